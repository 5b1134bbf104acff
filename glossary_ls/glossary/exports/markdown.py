"""One page in Markdown: a section for each letter, a heading for each term, links between terms.

Anchors are those that GitHub gives headings.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.exports.export import ALL_HEAD, ALL_KEYS, Writer, Written
from glossary_ls.glossary.exports.labeled import names, values
from glossary_ls.glossary.exports.texts import OTHER, Names, anchors, by_letter, escaped
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.literal import LABELS, LISTS, MARK, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export
    from glossary_ls.glossary.model import Guide

#: What is written without its label, or in another place.
_IN_TEXT = {Field.NAME, Field.EXPANSION, Field.SUMMARY, Field.DEFINITION}

#: The heading of names that do not start with a letter; a sign alone would be no heading.
_OTHER = "Other"

_FENCE = lazily(r" {0,3}(```+|~~~+)")
_HEADING = lazily(r" {0,3}#{1,6} +(.*?)[ #]*$")
_UNDERLINE = lazily(r" {0,3}(?:-+|=+) *$")
_NO_ANCHOR = lazily(r"[^\w -]")


def write(export: Export) -> Written:
    """Return the page."""
    guide = export.head.guide
    sections = [
        (_OTHER if letter == OTHER else letter, [item.term for item in items])
        for letter, items in by_letter(export.items)
    ]
    before = [export.title, *([_title(guide)] if guide else [])]
    headings = [*before, *chain.from_iterable((letter, *map(_heading, terms)) for letter, terms in sections)]
    # All headings in their order, because a repeated anchor gets a number.
    found = iter(anchors(headings, _anchor)[len(before) :])
    placed = [(letter, next(found), [(term, next(found)) for term in terms]) for letter, terms in sections]
    links = _Links(chain.from_iterable(terms for _, _, terms in placed))
    blocks = [
        f"<!-- {MARK} -->",
        f"# {escaped(export.title)}",
        _tame(export.head.description),
        *(_guide(guide) if guide else ()),
    ]
    blocks += [f"License: {escaped(export.head.license)}"] if export.head.license else []
    blocks.append(" · ".join(f"[{escaped(letter)}](#{anchor})" for letter, anchor, _ in placed))
    for letter, _, terms in placed:
        blocks.append(f"## {escaped(letter)}")
        for term, _ in terms:
            blocks += _entry(term, links)
    return Written("\n\n".join(filter(None, blocks)) + "\n")


class _Links:
    """Links to the terms of the page."""

    def __init__(self, placed: Iterable[tuple[Term, str]]) -> None:
        rows = list(placed)
        self._names = Names(term for term, _ in rows)
        self._anchors = [anchor for _, anchor in rows]

    def link(self, name: str) -> str:
        """Return the name of a term as a link to it, if it is there."""
        place = self._names.place(name)
        return escaped(name) if place is None else f"[{escaped(name)}](#{self._anchors[place]})"


def _heading(term: Term) -> str:
    return f"{term.name} ({term.expansion})" if term.expansion else term.name


def _anchor(heading: str) -> str:
    return _NO_ANCHOR.sub("", heading).lower().replace(" ", "-")


def _title(guide: Guide) -> str:
    return guide.title or "Introduction"


def _guide(guide: Guide) -> Iterator[str]:
    yield f"## {escaped(_title(guide))}"
    yield _tame(guide.text)
    yield "\n".join(f"{number}. {_indented(point)}" for number, point in enumerate(guide.points, 1))


def _entry(term: Term, links: _Links) -> Iterator[str]:
    yield f"### {_written_name(term.name)}{f' ({escaped(term.expansion)})' if term.expansion else ''}"
    found = values(term, links.link)
    if summary := found[Field.SUMMARY]:
        yield f"**In short:** {summary}"
    yield _tame(term.definition)
    lines = []
    for label, field in LABELS.items():
        value = found.get(field)
        if not value or field in _IN_TEXT:
            continue
        if field in LISTS:
            yield f"**{label}:**"
            yield listed(value)
        else:
            lines.append(f"- **{label}:** {_value(field, value, links)}")
    yield "\n".join(lines)


def _written_name(name: str) -> str:
    """Return a name in a heading: what looks like an expansion, or like the end of the line, is escaped."""
    written = escaped(name)
    written = re.sub(r"[()]", r"\\\g<0>", written) if " (" in name else written
    return re.sub(r"(?<!\S)#(?=#*$)", r"\\#", written)


def _value(field: Field, value: str | tuple[str, ...], links: _Links) -> str:
    if field is Field.URL:
        return str(value)
    if isinstance(value, tuple):
        return names(value, links.link if field is Field.RELATED else escaped)
    return links.link(value) if field is Field.REPLACED_BY else escaped(value)


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")


def _tame(markdown: str) -> str:
    """Return a text without headings, which would end its entry."""
    found: list[str] = []
    fence = ""
    for line in markdown.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        elif not fence and (heading := _HEADING.match(line)):
            line = f"**{heading[1]}**"  # noqa: PLW2901  because all other lines stay
        elif not fence and found and _UNDERLINE.match(line):
            # It would make a heading of the line above.
            continue
        found.append(line)
    return "\n".join((*found, *filter(None, (fence,))))


WRITER = Writer(
    "markdown",
    "GLOSSARY.md",
    "Markdown",
    ALL_KEYS,
    write,
    ALL_HEAD - {"accept"},
    ALL_KEYS,
)
