"""The body of an entry: its definition as Markdown, and the labeled texts in it.

This module must not know how entries are found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, word_set
from glossary_ls.glossary.formats.markdown import inline
from glossary_ls.glossary.formats.markdown.candidates import CERTAIN_LABELS
from glossary_ls.glossary.formats.markdown.leads import BULLET, Mark, lead_of
from glossary_ls.glossary.formats.markdown.lines import Kind
from glossary_ls.glossary.reading.drafts import Piece
from glossary_ls.glossary.reading.labels import Field, field_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glossary_ls.glossary.formats.markdown.lines import Line

#: Labels that need no emphasis.
_PLAIN_LABELS = word_set(
    "definition synonyms synonym aliases aka related example examples abbreviation acronym"
) | {
    "also known as",
    "also called",
    "see also",
    "related terms",
    "not to be confused with",
    "other names",
}
#: Labels of items in bold, beside those that are labels anywhere.
_ITEM_LABELS = word_set("avoid prohibited topics tags category") | {"do not use", "aliases to avoid"}
#: Labels of columns and keys that are parts of things as often in a text.
_PARTS = word_set("body text content details group area field short long")
#: Fields that end with their paragraph, so that further text is that of the definition again.
_SHORT_FIELDS = frozenset(Field) - {Field.DEFINITION}
_FOOTER = lazily(r"\s*(?:\*|_)?(?:last (?:updated|modified|reviewed)|page generated)\b", re.IGNORECASE)
_MOST_TITLE = 240
#: The mark of a definition list, below a heading.
_MARK = lazily(r"\A:[ \t]+")


class Body(NamedTuple):
    """A definition, its place without the blanks around it, labeled texts, and the links in all of it."""

    definition: str
    span: Span | None
    end: int
    fields: tuple[tuple[Field, Piece], ...]
    links: tuple[inline.Link, ...]


class _Part:
    """The lines of the definition, or of a labeled text."""

    def __init__(self, field: Field | None, *, is_item: bool = False) -> None:
        self.field = field
        self.is_item = is_item
        self.lines: list[str] = []
        self.start = -1
        self.end = -1

    def add(self, written: str, start: int, end: int) -> None:
        self.lines.append(written)
        if start < end:
            self.start = start if self.start < 0 else self.start
            self.end = end


def read_body(lines: Sequence[Line], first: int, offset: int, end: int, *, dedent: bool = False) -> Body:
    """Return the body that starts at an offset in line `first` and ends before line `end`.

    With `dedent`, the indent that all lines but the first share is that of an item around them. A rule ends a
    body.
    """
    parts = [_Part(None)]
    found: list[inline.Link] = []
    is_blank = False
    for at in range(first, end):
        line = lines[at]
        if line.kind is Kind.RULE and at > first:
            break
        if line.kind is Kind.HIDDEN or line.kind is Kind.BLANK:
            parts[-1].add("", 0, 0)
            is_blank = True
            continue
        start = offset - line.start if at == first else 0
        text = line.text[start : line.end]
        if line.kind is Kind.HEADING:
            _add_heading(parts, line)
        elif line.kind is Kind.CODE:
            parts[-1].add(line.text[start:], line.start + start, line.start + line.end)
        elif (at > first or offset == line.start) and (
            labeled := _label_of(at, line, is_among_labels=parts[-1].is_item)
        ):
            parts.append(_Part(labeled[0], is_item=bool(BULLET.match(line.text, line.at))))
            parts[-1].add(
                inline.readable(line.text[labeled[1] : line.end]),
                line.start + labeled[1],
                line.start + line.end,
            )
        else:
            if (
                is_blank
                and parts[-1].field in _SHORT_FIELDS
                and _is_paragraph(line)
                and any(map(str.strip, parts[-1].lines))
            ):
                parts.append(_Part(None))
            if not _FOOTER.match(text):
                shift = len(text) - len(text.lstrip())
                parts[-1].add(inline.readable(text), line.start + start + shift, line.start + line.end)
        if "](" in text or "[[" in text:
            found += inline.links(text)
        is_blank = False
    return _finished(parts, found, dedent=dedent)


def _add_heading(parts: list[_Part], line: Line) -> None:
    title = inline.plain(line.content[:_MOST_TITLE])
    field = field_of(title)
    if field is not None:
        parts.append(_Part(field))
    else:
        if parts[-1].field is not None:
            parts.append(_Part(None))
        parts[-1].add(f"{'#' * line.level} {title}", line.start + line.at, line.start + line.end)


def _label_of(at: int, line: Line, *, is_among_labels: bool) -> tuple[Field, int] | None:
    """Return the field that a line opens with the label of, and the offset of the text behind that.

    An item may be about what its bold words name, so that it needs a usual label, or an item with a label
    before it.
    """
    lead = lead_of(at, line)
    if lead is None or lead.indent > 5:
        return None
    name = inline.plain(lead.name.shifted(-line.start).of(line.text)).strip(" :.-\u2014").lower()
    if lead.mark is Mark.PLAIN:
        is_label = lead.separator == ":" and name in _PLAIN_LABELS
    elif lead.mark in {Mark.STRONG, Mark.EMPHASIS}:
        is_set_off = lead.separator in {":", "-"} or lead.is_alone
        is_usual = is_among_labels or name in CERTAIN_LABELS or name in _PLAIN_LABELS or name in _ITEM_LABELS
        is_label = is_set_off and name not in _PARTS and (is_usual or not lead.is_item)
    else:
        is_label = False
    if not is_label:
        return None
    field = field_of(name)
    return (field, lead.rest - line.start) if field and field is not Field.NAME else None


def _is_paragraph(line: Line) -> bool:
    return line.at <= 1 and not BULLET.match(line.text, line.at) and line.text[line.at] not in ">|"


def _finished(parts: Iterable[_Part], found: Sequence[inline.Link], *, dedent: bool) -> Body:
    definition: list[str] = []
    fields: list[tuple[Field, Piece]] = []
    start, end, last = -1, -1, -1
    for part in parts:
        last = max(last, part.end)
        if part.field is None:
            definition += part.lines
            if part.start >= 0:
                start = part.start if start < 0 else start
                end = part.end
        elif part.start >= 0:
            text = inline.tidy("\n".join(_dedented(part.lines))).strip()
            if "\n" not in text:
                text = re.sub(r"^[-*+] ", "", text)
            if text:
                fields.append((part.field, Piece(text, Span(part.start, part.end))))
    if dedent:
        definition = _dedented(definition)
    span = Span(start, end) if start >= 0 else None
    text = _MARK.sub("", inline.tidy("\n".join(definition)).strip(), count=1)
    return Body(text, span, last, tuple(fields), tuple(found))


def _dedented(body: Sequence[str]) -> list[str]:
    indents = [len(text) - len(text.lstrip()) for text in body[1:] if text.strip()]
    least = min(indents, default=0)
    return [text.strip() if number == 0 else text[least:] for number, text in enumerate(body)]
