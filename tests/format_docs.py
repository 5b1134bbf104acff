"""The JSON schema of a glossary in YAML and the table of the manual, made from the table of keys."""

from __future__ import annotations

from typing import Any

from glossary_ls.glossary.formats.yaml import keys
from glossary_ls.glossary.formats.yaml.keys import Kind, Spec, choices_of

_TEXT = {"type": "string", "minLength": 1}

#: The definitions of the schema that hold the keys of a table: its name, title, description and needed keys.
_TABLES: tuple[tuple[tuple[Spec, ...], str, str, str, tuple[str, ...]], ...] = (
    (keys.GUIDE, "guide", "Guide", "An introduction to the subject, shown by `glossary-ls guide`.", ()),
    (keys.TERM, "term", "Term", "One term, in one meaning. Write one entry for each meaning.", ("term",)),
    (keys.CONTRAST, "comparison", "Comparison", "Another term, and how the two differ.", ("term",)),
    (keys.QUESTION, "question", "Question", "A question, with its answer.", ("question", "answer")),
)

#: What a list of a kind holds.
_ITEMS: dict[Kind, dict[str, Any]] = {
    Kind.TEXTS: _TEXT,
    Kind.ALIASES: {"$ref": "#/definitions/alias"},
    Kind.CONTRASTS: {"$ref": "#/definitions/comparison"},
    Kind.QUESTIONS: {"$ref": "#/definitions/question"},
}

#: What a value of any other kind is.
_OTHERS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.FLAG: {"type": "boolean", "default": False},
    Kind.VERSION: {"type": "integer", "enum": [1]},
    Kind.TERMS: {"anyOf": [{"$ref": "#/definitions/termList"}, {"$ref": "#/definitions/shorthand"}]},
}

_SHORTHAND = (
    "Each key is a term, its value what the term stands for or means. A short text without a full stop at an "
    "acronym is the expansion, any other text the definition."
)


def json_schema() -> dict[str, Any]:
    """Return the JSON schema of a glossary file."""
    shorthand = {"$ref": "#/definitions/shorthand"}
    terms = {"$ref": "#/definitions/termList"}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Glossary",
        "description": "A glossary file for glossary_ls: an object with `terms`, a list of terms, or the "
        "shorthand `NAME: what it stands for or means`.",
        "anyOf": [
            {"$ref": "#/definitions/glossary"},
            terms,
            {"allOf": [shorthand, {"not": {"required": ["terms"]}}]},
        ],
        "definitions": {
            "glossary": {
                **_object(keys.FILE, "Glossary", "A glossary with a head.", ()),
                "anyOf": [{"required": ["terms"]}, {"required": ["accept"]}],
            },
            "termList": {"type": "array", "items": {"$ref": "#/definitions/term"}},
            "shorthand": {
                "type": "object",
                "description": _SHORTHAND,
                "properties": {"accept": _value(next(spec for spec in keys.FILE if spec.name == "accept"))},
                "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "object"}]},
            },
            "alias": {
                "description": "Another name for the term: just the name, or the name with its kind.",
                "anyOf": [_TEXT, _object(keys.ALIAS, "Alias", "Another name.", ("name",))],
            },
            **{name: _object(specs, title, text, needed) for specs, name, title, text, needed in _TABLES},
        },
    }


def _object(specs: tuple[Spec, ...], title: str, description: str, needed: tuple[str, ...]) -> dict[str, Any]:
    found = {
        "type": "object",
        "title": title,
        "description": description,
        "additionalProperties": False,
        "properties": {spec.name: _value(spec) for spec in specs},
    }
    return {**found, "required": list(needed)} if needed else found


def _value(spec: Spec) -> dict[str, Any]:
    described = {"description": spec.description, **spec.rules}
    if spec.kind in _ITEMS:
        return {**described, "type": "array", "items": _ITEMS[spec.kind]}
    if spec.kind is Kind.CHOICE:
        return {**described, "type": "string", "enum": list(choices_of(spec)), "default": spec.default}
    return {"$ref": "#/definitions/guide"} if spec.kind is Kind.GUIDE else {**described, **_OTHERS[spec.kind]}


def manual() -> str:
    """Return the keys of a term as a table in Markdown."""
    rows = (f"| `{spec.name}` | {_held(spec)} | {spec.description} |" for spec in keys.TERM)
    return "\n".join(("| Key | Holds | Meaning |", "| --- | --- | --- |", *rows))


def _held(spec: Spec) -> str:
    choices = ", ".join(f"`{one}`" for one in choices_of(spec)) if spec.choices else ""
    return choices or spec.kind.value
