"""The glossary file of Contextive: one context with all terms.

The expansion is the first alias, because that is how Contextive finds acronyms. What
Contextive has no key for is below `meta`, which it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary.exports.export import ALL_KEYS, Writer, Written, other_names
from glossary_ls.glossary.exports.labeled import values
from glossary_ls.glossary.exports.texts import explanation
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.literal import LABELS, MARK, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export

#: What has a place of its own: as the text, or as names by which a term is found.
_APART = {
    Field.NAME,
    Field.SUMMARY,
    Field.DEFINITION,
    Field.FACT,
    Field.EXAMPLE,
    Field.CONTRAST,
    Field.QUESTION,
    Field.ALIASES,
}

#: What a reader of a hover would not want to know.
_UNSAID = {Field.CASE, Field.ESTABLISHED, Field.SCOPE}


def write(export: Export) -> Written:
    """Return the file; every text is on as many lines as it has."""
    context: dict[str, object] = {"name": export.title}
    if export.head.description:
        context["domainVisionStatement"] = export.head.description
    context["terms"] = [_term(item.term) for item in export.items]
    return Written(f"# {MARK}\n{_dumped({'contexts': [context]})}")


def _term(term: Term) -> dict[str, object]:
    pairs: dict[str, object] = {
        "name": term.name,
        "definition": explanation(term, examples=False),
        "aliases": [name for name in (term.expansion, *other_names(term)) if name],
        "examples": [*term.examples],
        "meta": dict(_meta(term)),
    }
    return {key: value for key, value in pairs.items() if value}


def _meta(term: Term) -> Iterator[tuple[str, str]]:
    """Yield what is shown with a term, by its label; abbreviations are among the aliases, too."""
    found = values(term)
    for label, field in LABELS.items():
        if field not in _APART | _UNSAID and (value := found[field]):
            yield label, value if isinstance(value, str) else joined(value)


def _dumped(value: object) -> str:
    import yaml  # noqa: PLC0415  because only this writer needs it

    class Dumper(yaml.SafeDumper):
        """Writes texts with several lines as literal blocks."""

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, "|" if "\n" in value else None)

    Dumper.add_representer(str, text)
    return yaml.dump(value, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)


_KEYS = ALL_KEYS - {"contrasts", "questions", "case", "established", "scope"}

WRITER = Writer(
    "contextive",
    "definitions.glossary.yml",
    "Contextive",
    _KEYS,
    write,
    frozenset({"description"}),
    _KEYS - {"summary", "facts"},
)
