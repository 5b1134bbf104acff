"""TermBase eXchange (ISO 30042:2019, version 3) in the dialect TBX-Basic and its style DCA."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import AliasKind, Status
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.exports.export import PROSE, Writer, Written, without_draft
from glossary_ls.glossary.exports.prose import plain
from glossary_ls.glossary.exports.texts import Names, anchors, ascii_slug, explanation, in_order
from glossary_ls.glossary.reading.literal import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export

#: What XML 1.0 cannot hold.
_FORBIDDEN = lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"

_TITLE = "TBX"

_KINDS = {AliasKind.ABBREVIATION: "abbreviation", AliasKind.VARIANT: "variant"}


def write(export: Export) -> Written:
    """Return the file: a concept for each term, with the name, the expansion and the aliases as its terms."""
    items = in_order(export.items)
    ids = anchors([f"c-{item.term.name}" for item in items], ascii_slug)
    names = Names(item.term for item in items)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {MARK} -->",
        f'<tbx type="TBX-Basic" style="dca" xml:lang={_attribute(export.language)} xmlns="{_NAMESPACE}">',
        "  <tbxHeader>",
        "    <fileDesc>",
        f"      <titleStmt><title>{_text(export.title)}</title></titleStmt>",
        f"      <sourceDesc><p>{_text(export.head.description or export.title)}</p></sourceDesc>",
        "    </fileDesc>",
        "  </tbxHeader>",
        "  <text>",
        "    <body>",
    ]
    for item, own in zip(items, ids, strict=True):
        related = [(name, names.place(name)) for name in item.term.related]
        targets = [(name, None if place is None else ids[place]) for name, place in related]
        lines += (f"      {line}" for line in _concept(item.term, own, export.language, targets))
    lines += ["    </body>", "  </text>", "</tbx>", ""]
    return Written("\n".join(lines), tuple(without_draft(export, _TITLE)))


def _concept(term: Term, own: str, language: str, related: list[tuple[str, str | None]]) -> Iterator[str]:
    yield f"<conceptEntry id={_attribute(own)}>"
    for topic in term.topics:
        yield f'  <descrip type="subjectField">{_text(topic)}</descrip>'
    if text := plain(explanation(replace(term, facts=()), examples=False)):
        yield f'  <descrip type="definition">{_text(text)}</descrip>'
    if term.source:
        yield f'  <admin type="source">{_text(term.source)}</admin>'
    for name, target in related:
        to = f" target={_attribute(target)}" if target else ""
        yield f'  <ref type="crossReference"{to}>{_text(name)}</ref>'
    if term.url:
        yield f'  <xref type="externalCrossReference" target={_attribute(term.url)}>{_text(term.url)}</xref>'
    yield from (f"  <note>{_text(plain(fact))}</note>" for fact in term.facts)
    yield f"  <langSec xml:lang={_attribute(language)}>"
    for lines in _sections(term):
        yield "    <termSec>"
        yield from (f"      {line}" for line in lines)
        yield "    </termSec>"
    yield "  </langSec>"
    yield "</conceptEntry>"


def _sections(term: Term) -> Iterator[list[str]]:
    """Yield the lines of each name of a term."""
    status = "deprecatedTerm-admn-sts" if term.status is Status.DEPRECATED else "preferredTerm-admn-sts"
    contexts = [f'<descrip type="context">{_text(plain(example))}</descrip>' for example in term.examples]
    yield [*_name(term.name, "acronym" if term.expansion else "", status), *contexts]
    if term.expansion:
        yield list(_name(term.expansion, "fullForm", "admittedTerm-admn-sts"))
    for alias in term.aliases:
        kind = "deprecatedTerm" if alias.kind is AliasKind.AVOID else "admittedTerm"
        yield list(_name(alias.name, _KINDS.get(alias.kind, ""), f"{kind}-admn-sts"))


def _name(name: str, kind: str, status: str) -> Iterator[str]:
    yield f"<term>{_text(name)}</term>"
    if kind:
        yield f'<termNote type="termType">{kind}</termNote>'
    yield f'<termNote type="administrativeStatus">{status}</termNote>'


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))


_KEYS = PROSE | {"expansion", "aliases", "topics", "related", "status", "source", "url"}

WRITER = Writer("tbx", "glossary.tbx", _TITLE, _KEYS, write, frozenset({"description"}), _KEYS - {"summary"})
