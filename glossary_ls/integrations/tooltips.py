"""Tooltips in a rendered page: terms become links whose explanation is shown on hover and focus.

The text of a tooltip stands behind its link, hidden, and describes it (`role="tooltip"`), as the ARIA
Authoring Practices Guide has it; style sheets show it, a script only hides it again and keeps it in the
window. It must not know which program renders the page, nor where the terms come from.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from typing import TYPE_CHECKING

from glossary_ls.base.model import Status
from glossary_ls.base.text import word_set
from glossary_ls.features.listing import summary_of
from glossary_ls.glossary.exports.texts import sentence
from glossary_ls.glossary.names import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from glossary_ls.api.model import Mention
    from glossary_ls.base.model import Term

#: Elements without an end.
_VOID = word_set("area base br col embed hr img input link meta source track wbr")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

#: Elements in which nothing is linked: code, what can be activated or explains itself, and headings.
_CLOSED = _HEADINGS | word_set(
    """
    a abbr button code dfn dt kbd label math nav option pre samp script select style summary svg template
    textarea title var
    """
)

#: Elements of these classes are left alone: formulas, and what an author marks.
_CLOSED_CLASSES = frozenset(("arithmatex", "math", "no-glossary", "toctree-wrapper"))


#: How many senses of a name a tooltip has, those that fit the page best.
_MOST_SENSES = 3


class Uses(StrEnum):
    """Which uses of a term get a tooltip: the first one of each section or page, or all."""

    SECTION = "section"
    PAGE = "page"
    ALL = "all"


def annotated(
    html: str, mentions: Iterable[Mention], uses: Uses, address: Callable[[Term], str | None]
) -> str:
    """Return a part of a page with tooltips; the offsets of the mentions are those in `html`.

    `address` returns where a term is explained at length, or None for one that gets no tooltip.
    """
    outline = _Outline(html)
    seen: set[tuple[int, str]] = set()
    parts: list[str] = []
    end = number = 0
    for mention in mentions:
        where = address(mention.terms[0])
        written = html[mention.start : mention.end]
        # What a text says itself needs no tooltip; a name that is partly in bold is no text of one element.
        if where is None or mention.own_meaning or "<" in written or outline.is_closed(mention.start):
            continue
        senses = [term for term in mention.terms if address(term) is not None][:_MOST_SENSES]
        text = "<br>or ".join(filter(None, (_explained(term, mention.text) for term in senses)))
        place = outline.section(mention.start) if uses is Uses.SECTION else 0
        about = place, mention.terms[0].name
        if not text or (uses is not Uses.ALL and about in seen):
            continue
        seen.add(about)
        number += 1
        parts += html[end : mention.start], _linked(written, where, text, f"glossary-ls-{number}")
        end = mention.end
    return "".join((*parts, html[end:]))


def _linked(written: str, where: str, text: str, own: str) -> str:
    link = f'<a class="glossary-ls-term" href="{escape(where)}" aria-describedby="{own}">{written}</a>'
    tip = f'<span class="glossary-ls-tip" id="{own}" role="tooltip" data-search-exclude hidden>{text}</span>'
    return f'<span class="glossary-ls">{link}{tip}</span>'


def _explained(term: Term, written: str) -> str:
    """Return what a tooltip says about a term, or nothing; its name only if another one is written."""
    title = term.expansion
    if not key(written).startswith(key(term.name)):
        title = f"{term.name} ({title})" if title else term.name
    texts = []
    if term.status is Status.DEPRECATED:
        instead = f"; use {term.replaced_by}" if term.replaced_by else ""
        texts.append(escape(f"Deprecated{instead}."))
    if summary := summary_of(term):
        texts.append(escape(sentence(summary)))
    if title and (texts or term.expansion):
        texts.insert(0, f"<strong>{escape(title)}</strong>{':' * bool(texts)}")
    return " ".join(texts)


class _Outline(HTMLParser):
    """Where the sections of a part of a page start, and where nothing may be linked."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = list(
            accumulate(map(len, html.split("\n")), lambda at, length: at + length + 1, initial=0)
        )
        self._open: list[tuple[str, bool]] = []
        #: Where nothing may be linked from, and where it may be again, in turn.
        self._turns: list[int] = []
        self._sections: list[int] = []
        self.feed(html)
        self.close()

    def is_closed(self, offset: int) -> bool:
        """Return whether nothing may be linked at an offset."""
        return bisect_right(self._turns, offset) % 2 == 1

    def section(self, offset: int) -> int:
        """Return the number of the section that an offset is in."""
        return bisect_right(self._sections, offset)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note that an element starts."""
        if tag in _HEADINGS:
            self._sections.append(self._offset())
        if tag in _VOID:
            return
        classes = next((value or "" for name, value in attrs if name == "class"), "").split()
        is_closed = tag in _CLOSED or not _CLOSED_CLASSES.isdisjoint(classes)
        if is_closed and not any(closed for _, closed in self._open):
            self._turns.append(self._offset())
        self._open.append((tag, is_closed))

    def handle_endtag(self, tag: str) -> None:
        """Note that an element ends, and with it those in it that have no end of their own."""
        if not any(name == tag for name, _ in self._open):
            return
        was_closed = any(closed for _, closed in self._open)
        while self._open.pop()[0] != tag:
            pass
        if was_closed and not any(closed for _, closed in self._open):
            self._turns.append(self._offset())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave out an element without contents."""

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
