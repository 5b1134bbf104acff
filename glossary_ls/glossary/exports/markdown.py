"""One page in Markdown: a section for each letter, a heading for each term, links between terms.

Anchors are those that GitHub gives headings.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from glossary_ls.base.model import Status
from glossary_ls.glossary.exports.export import ALL_HEAD, ALL_KEYS, Writer, Written, avoided, other_names
from glossary_ls.glossary.exports.texts import Names, anchors, by_letter, escaped, explanation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export
    from glossary_ls.glossary.model import Guide

_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_HEADING = re.compile(r" {0,3}#{1,6} +(.*?)[ #]*$")
_UNDERLINE = re.compile(r" {0,3}(?:-+|=+) *$")
_NO_ANCHOR = re.compile(r"[^\w -]")


def write(export: Export) -> Written:
    """Return the page."""
    guide = export.head.guide
    sections = [(letter, [item.term for item in items]) for letter, items in by_letter(export.items)]
    before = [export.title, *([_title(guide)] if guide else [])]
    headings = [*before, *chain.from_iterable((letter, *map(_heading, terms)) for letter, terms in sections)]
    # All headings in their order, because a repeated anchor gets a number.
    found = iter(anchors(headings, _anchor)[len(before) :])
    placed = [(letter, next(found), [(term, next(found)) for term in terms]) for letter, terms in sections]
    links = _Links(chain.from_iterable(terms for _, _, terms in placed))
    blocks = [f"# {escaped(export.title)}", export.head.description, *(_guide(guide) if guide else ())]
    blocks += [f"License: {escaped(export.head.license)}"] if export.head.license else []
    blocks.append(" · ".join(f"[{escaped(letter)}](#{anchor})" for letter, anchor, _ in placed))
    for letter, _, terms in placed:
        blocks.append(f"## {escaped(letter)}")
        for term, _ in terms:
            blocks += _entry(term, links)
    blocks += _comparisons([term for _, _, terms in placed for term, _ in terms])
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

    def listed(self, names: Iterable[str]) -> str:
        """Return the names of terms as links."""
        return ", ".join(map(self.link, names))


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
    yield f"### {escaped(_heading(term))}"
    yield _tame(explanation(term))
    fields = [f"- **{label}:** {_indented(text)}" for label, text in _fields(term, links) if text]
    yield "\n".join(fields)


def _fields(term: Term, links: _Links) -> Iterator[tuple[str, str]]:
    yield "Also called", _names(other_names(term))
    yield "Avoid", _names(avoided(term))
    yield "Not to be confused with", links.listed(contrast.term for contrast in term.contrasts)
    yield "See also", links.listed(term.related)
    yield "Topics", _names(term.topics)
    yield "Status", "" if term.status is Status.ACTIVE else str(term.status)
    yield "Replaced by", links.link(term.replaced_by) if term.replaced_by else ""
    yield "Owner", escaped(term.owner)
    yield "Reviewed", escaped(term.reviewed)
    yield "Source", escaped(term.source)
    yield "License", escaped(term.license)
    yield "More", term.url


def _comparisons(terms: Iterable[Term]) -> Iterator[str]:
    """Yield the sections about more than one term."""
    listed = list(terms)
    compared = [(term, each) for term in listed for each in term.contrasts if each.difference]
    questions = [each for term in listed for each in term.questions]
    if compared:
        yield "## Confusing terms"
    for term, contrast in compared:
        yield f"**{escaped(term.name)} vs {escaped(contrast.term)}**"
        yield _tame(contrast.difference)
    if questions:
        yield "## Common questions"
    for question in questions:
        yield f"**{escaped(question.question)}**"
        yield _tame(question.answer)


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(escaped, names))


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
    return "\n".join(found)


WRITER = Writer(
    "markdown",
    "GLOSSARY.md",
    "Markdown",
    ALL_KEYS - {"case", "established", "scope"},
    write,
    ALL_HEAD - {"accept"},
)
