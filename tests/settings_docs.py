"""Documentation of the settings, generated from the table in `schema`: JSON Schema, extension, manual.

Each function takes the names in `rules` and `packs` with their descriptions, by attribute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.settings import overrides
from glossary_ls.settings.schema import SECTION, Option, options

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"

#: The sections of the settings page of Visual Studio Code: title, name, and the first parts of the keys.
_SECTIONS = (
    (
        "Explanations",
        "explanations",
        "hover inlayHints decorations semanticTokens completion navigation symbols folding codeLens",
    ),
    ("Findings and Fixes", "findings", "diagnostics rules accept codeActions check"),
    ("Glossaries", "glossaries", "packs sources userGlossary neighbours glossaryFiles"),
    ("Language Server", "program", "server trace"),
)


def json_schema(choices: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """Return the JSON Schema of a `glossary-ls.toml`."""
    groups: dict[str, dict[str, object]] = {}
    for attribute, option in options():
        group, _, name = option.key.rpartition(".")
        groups.setdefault(group, {})[name] = _property(option, choices.get(attribute, {}))
    nested = {
        group: {"type": "object", "properties": properties, "additionalProperties": False}
        for group, properties in groups.items()
        if group
    }
    properties = nested | groups.get("", {})
    return {
        "$schema": _SCHEMA_ID,
        "title": "Settings of glossary_ls",
        "type": "object",
        "properties": {**properties, overrides.KEY: _overrides_schema(properties)},
        "additionalProperties": False,
    }


def editor_properties(choices: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, object]]:
    """Return the `contributes.configuration.properties` of the Visual Studio Code extension."""
    return {
        f"{SECTION}.{option.key}": _property(option, choices.get(attribute, {})) | {"scope": "resource"}
        for attribute, option in options()
    }


def editor_sections(properties: Mapping[str, Mapping[str, object]]) -> list[dict[str, object]]:
    """Return the `contributes.configuration` of the extension, given all its settings.

    Visual Studio Code makes the label of a setting from its key, without what the key has in common with the
    identifier of the section: `Inlay Hints: Max Length`.
    """
    sections: dict[str, dict[str, object]] = {name: {} for _, name, _ in _SECTIONS}
    place = [(group, name) for _, name, groups in _SECTIONS for group in groups.split()]
    order = {group: number for number, (group, _) in enumerate(place)}
    for key in sorted(properties, key=lambda key: order[key.split(".")[1]]):
        section = sections[dict(place)[key.split(".")[1]]]
        # Without a number, settings are sorted by the alphabet.
        section[key] = {**properties[key], "order": len(section) + 1}
    return [
        {"id": f"{SECTION}.{name}", "title": title, "order": number, "properties": sections[name]}
        for number, (title, name, _) in enumerate(_SECTIONS, 1)
    ]


def manual(choices: Mapping[str, Mapping[str, str]]) -> str:
    """Return the page of the manual on settings, in Markdown."""
    rows = [
        f"| `{option.key}` | {_kind(option)} | {_default(option)} | {option.summary} |"
        for _, option in options()
    ]
    names = [
        f"\n## Names for `{option.key}`\n\n| Name | Description |\n| --- | --- |\n"
        + "\n".join(f"| `{name}` | {meaning} |" for name, meaning in choices[attribute].items())
        + "\n"
        for attribute, option in options()
        if choices.get(attribute)
    ]
    return _MANUAL.replace("@rows@", "\n".join(rows)) + "".join(names)


def _property(option: Option, choices: Mapping[str, str]) -> dict[str, object]:
    return {
        **option.kind.schema(choices),
        "default": as_json(option.default),
        "description": option.summary.replace("`", ""),
    }


def as_json(value: object) -> object:
    """Return a default as JSON."""
    return list(value) if isinstance(value, tuple | frozenset) else value


def _kind(option: Option) -> str:
    schema = option.kind.schema({})
    match schema["type"]:
        case "integer":
            return f"{schema['minimum']} to {schema['maximum']}"
        case "boolean":
            return "true or false"
        case "array":
            return "list of names"
        case "string":
            words = schema["enum"]
            return " or ".join(f"`{word}`" for word in words) if isinstance(words, list) else ""
    return "object of rule and severity"


def _default(option: Option) -> str:
    value = as_json(option.default)
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return ", ".join(f"`{name}`" for name in value) or "none"
    return "none" if value == {} else f"`{value}`"


def _overrides_schema(properties: Mapping[str, object]) -> dict[str, object]:
    """Return the JSON Schema of the list of overrides; `properties` are those of the settings."""
    listed = {"type": "array", "uniqueItems": True, "items": {"type": "string", "minLength": 1}}
    selectors = {
        overrides.PATHS: {
            **listed,
            "description": "Patterns as in a .gitignore, relative to the workspace folder.",
        },
        overrides.LANGUAGES: {
            **listed,
            "description": "Language identifiers, such as markdown or plaintext.",
        },
    }
    return {
        "type": "array",
        "description": "Settings for some documents only; later entries take precedence over earlier ones.",
        "items": {
            "type": "object",
            "properties": {**selectors, **properties},
            "anyOf": [{"required": [overrides.PATHS]}, {"required": [overrides.LANGUAGES]}],
            "additionalProperties": False,
        },
    }


_MANUAL = """\
# Settings

<!-- Generated by `make generate`; edit glossary_ls/settings/schema.py or tests/settings_docs.py instead. -->

All settings are optional. They are read from three sources; later ones take precedence:

1. the defaults below;
2. `glossary-ls.toml` in the workspace folder, or the table `[tool.glossary-ls]` in its `pyproject.toml`;
3. the settings of the editor.

Changes take effect without a restart. Keys are written with dots or as nested tables, in camelCase,
kebab-case or snake_case. A list replaces that of an earlier source, except `accept`, which is appended to it;
`rules` are merged rule by rule. Editors send the default of every setting that is not set, so a value in the
editor that equals the default does not override the file. An invalid value or an unknown key is reported at
its line, and the default is used instead.

```toml
accept = ["ACME"]
packs = ["llm-deployment", "common-tech"]
sources = ["docs/terms/platform.yaml"]

[inlayHints]
enabled = false

[rules]
unknown-acronym = "information"
```

## Settings for some documents

Overrides in the configuration file are settings for the documents that match a path pattern, have a language,
or both. They take precedence over all other settings, those of the editor included, and later overrides over
earlier ones.

```toml
[[overrides]]
paths = ["docs/adr/**", "!docs/adr/template.md"]
accept = ["ADR"]

[overrides.rules]
unknown-acronym = "off"

[[overrides]]
languages = ["plaintext"]
diagnostics.enabled = false
```

`paths` are relative to the workspace folder and have the syntax of a `.gitignore`: a pattern without a slash
matches at any depth, `**` matches any number of folders, and `!` negates a pattern. `languages` are language
identifiers of editors. A pattern that cannot match is reported at its line, and an override without a valid
selector is ignored.

## Definitions in other documents

With `neighbours.enabled`, the server reads the Markdown, MDX, reStructuredText, AsciiDoc, Org and plain-text
files of the workspace folder in the background. It respects `.gitignore` and does not follow links out of the
folder. It skips files larger than 1 MB, and stops after 10,000 files, 50,000 definitions or, in one pass,
64 million characters, so that it uses at most about 60 MB of memory. The results are stored in your cache
folder (`$XDG_CACHE_HOME/glossary-ls`, `~/Library/Caches/glossary-ls` or `%LOCALAPPDATA%\\glossary-ls`),
readable only by you, so that the next start reads only changed files. The cache has one file for each of the
last 64 workspace folders and can be deleted at any time.

## All settings

| Key | Value | Default | Description |
| --- | --- | --- | --- |
@rows@
"""
