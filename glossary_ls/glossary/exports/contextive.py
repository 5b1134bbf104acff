"""The glossary file of Contextive: one context with all terms.

The expansion is the first alias, because that is how Contextive finds acronyms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import Status
from glossary_ls.glossary.exports.export import PROSE, Writer, Written, other_names, without_avoided
from glossary_ls.glossary.exports.texts import explanation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export

#: What is shown with a term, by the title that it has.
_META: Mapping[str, Callable[[Term], str]] = {
    "Topics": lambda term: ", ".join(term.topics),
    "See also": lambda term: ", ".join(term.related),
    "Status": lambda term: "" if term.status is Status.ACTIVE else str(term.status),
    "Replaced by": lambda term: term.replaced_by,
    "Owner": lambda term: term.owner,
    "Source": lambda term: term.source,
    "More": lambda term: term.url,
}


def write(export: Export) -> Written:
    """Return the file; every text is on as many lines as it has."""
    context: dict[str, object] = {"name": export.title}
    if export.head.description:
        context["domainVisionStatement"] = export.head.description
    context["terms"] = [_term(item.term) for item in export.items]
    return Written(_dumped({"contexts": [context]}), tuple(without_avoided(export, "Contextive")))


def _term(term: Term) -> dict[str, object]:
    aliases = [name for name in (term.expansion, *other_names(term)) if name]
    values: dict[str, object] = {
        "name": term.name,
        "definition": explanation(term, examples=False),
        "aliases": aliases,
        "examples": [*term.examples],
        "meta": {title: text for title, of in _META.items() if (text := of(term))},
    }
    return {key: value for key, value in values.items() if value}


def _dumped(value: object) -> str:
    import yaml  # noqa: PLC0415  because only this writer needs it

    class Dumper(yaml.SafeDumper):
        """Writes texts with several lines as literal blocks."""

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, "|" if "\n" in value else None)

    Dumper.add_representer(str, text)
    return yaml.dump(value, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)


WRITER = Writer(
    "contextive",
    "definitions.glossary.yml",
    "Contextive",
    PROSE | {"expansion", "aliases", "topics", "related", "status", "replaced_by", "owner", "source", "url"},
    write,
    frozenset({"description"}),
)
