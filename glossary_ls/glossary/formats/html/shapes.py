"""The shapes of glossaries in HTML: lists of definitions, tables, headings with text, paragraphs with a name.

Each function finds the entries of one shape. This module must not know which of them a page has.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, stripped, word_set
from glossary_ls.glossary.formats.html.markdown import long_forms, markdown, name_of
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.labels import Field, field_of
from glossary_ls.glossary.reading.openings import meaningful
from glossary_ls.glossary.reading.page_entries import with_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from glossary_ls.glossary.formats.html.events import Event

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

#: Lists of definitions that describe code or a page, by their class.
_OTHER_LIST = lazily(
    r"(?:^|\s)(?:py|js|c|cpp|std|function|class|method|field-list|option-list|meta\w*)(?:\s|$)"
)
_GLOSSARY_LIST = lazily(r"gloss|terms?\b|defin", re.IGNORECASE)

#: A heading above several terms, or above none.
_NO_NAME = lazily(
    r"\W*\w?\W*|[A-Z0-9] ?[-\u2013\u2026] ?[A-Z0-9]|(?:glossary|glossaries|glossar|glossaire|contents|"
    r"table of contents|on this page|references?|see also|related topics|navigation|introduction|"
    r"overview|notes?|feedback|sources?|further reading|about this (?:page|glossary)|"
    r"how to use this (?:page|glossary)|legend|terms|definitions)",
    re.IGNORECASE,
)

#: Of these, the words that are names in some glossaries.
_AMBIGUOUS = lazily(
    r"references?|notes?|sources?|legend|introduction|overview|feedback|navigation", re.IGNORECASE
)

#: What separates a name from its definition in one paragraph.
_SEPARATOR = lazily(r"[\s:\u2013\u2014.-]*")

_ENDS_PARAGRAPH = _HEADINGS | word_set("p li dt dd div section article td tr ul ol table dl")

#: An element that a paragraph opens with, if it opens with a name.
_NAMES = frozenset({"strong", "b", "dfn"})
_MOST_WORDS = 10
_FEWEST = 3

#: Between a heading and its first paragraph are the tags of lists, and so many characters at most.
_NEAR = 60

#: What opens so many paragraphs is the label of a field.
_MANY = 3


def lists(source: str, page: Sequence[Event]) -> Iterator[Draft]:
    """Yield the entries of lists of definitions; several names above one text are names of one entry."""
    starts = [at for at, event in enumerate(page) if event.kind == "open" and event.name == "dl"]
    classes = {at: page[at].attributes.get("class", "") for at in starts}
    is_marked = any(map(_GLOSSARY_LIST.search, classes.values()))
    end = 0
    for at in starts:
        if at < end:
            continue
        end = _closing(page, at)
        if _OTHER_LIST.search(classes[at]) or (is_marked and not _GLOSSARY_LIST.search(classes[at])):
            continue
        yield from _list(source, page[at + 1 : end])


def _closing(page: Sequence[Event], at: int) -> int:
    """Return the number of the event that closes an element, or of the one behind the last."""
    depth = 0
    for number in range(at, len(page)):
        if page[number].name == page[at].name:
            depth += 1 if page[number].kind == "open" else -1
            if not depth:
                return number
    return len(page)


def _list(source: str, inside: Sequence[Event]) -> Iterator[Draft]:
    """Yield the entries of one list; the end tags of names and texts may be missing."""
    depth = 0
    marks: list[int] = []
    for number, event in enumerate(inside):
        if event.name == "dl":
            depth = max(depth + (1 if event.kind == "open" else -1), 0)
        elif event.name in {"dt", "dd"} and event.kind == "open" and not depth:
            marks.append(number)
    found = _Open(source)
    for number, following in pairwise([*marks, len(inside)]):
        if inside[number].name == "dt":
            yield from found.name(inside[number:following])
        else:
            found.text(inside[number:following])
    yield from found.finished()


class _Open:
    """An entry that is being read: its names, and the texts below them."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._names: list[Piece] = []
        self._texts: list[str] = []
        self._fields: list[tuple[Field, Piece]] = []
        self._start = self._body = self._end = 0

    def name(self, part: Sequence[Event]) -> Iterator[Draft]:
        """Add a name; yield the entry before it if that has a text already."""
        if self._texts:
            yield from self.finished()
        if not self._names:
            self._start = part[0].span.start
        piece = name_of(self._source, part[1:])
        self._names += [piece] if piece.text else []
        self._fields += long_forms(part)
        self._end = _end(self._source, part)

    def text(self, part: Sequence[Event]) -> None:
        """Add a text."""
        if not self._texts:
            self._body = part[0].span.end
        self._texts.append(markdown(self._source, part[1:]))
        self._end = _end(self._source, part)

    def finished(self) -> Iterator[Draft]:
        """Yield the entry, if it has a name that is not a letter above others."""
        definition = "\n\n".join(filter(None, self._texts))
        names, fields = tuple(self._names), tuple(self._fields)
        self._names, self._texts, self._fields = [], [], []
        if names and (definition or not _NO_NAME.fullmatch(names[0].text)):
            body = Span(self._body, self._end) if definition else None
            yield Draft(Span(self._start, self._end), names, definition, body, fields)


def _end(source: str, part: Sequence[Event]) -> int:
    """Return where the last tag or word of some events ends."""
    last = next(
        (event for event in reversed(part) if event.kind != "text" or event.span.of(source).strip()), part[0]
    )
    return stripped(source, *last.span)[1]


# --- tables -----------------------------------------------------------------------------------------------


def tables(source: str, page: Sequence[Event], *, headed: bool = False) -> Iterator[Draft]:
    """Yield the rows of tables that have a column of names and one that explains them.

    With `headed`, these need headings that say so.
    """
    at = 0
    while at < len(page):
        if page[at].name == "table" and page[at].kind == "open":
            end = _closing(page, at)
            yield from _table(source, page[at + 1 : end], headed=headed)
            at = end
        at += 1


def _table(source: str, inside: Sequence[Event], *, headed: bool) -> Iterator[Draft]:
    rows = [cells for cells in _rows(inside) if cells]
    if not rows:
        return
    header = [field_of(name_of(source, cell[1:]).text) for cell in rows[0]]
    is_header = all(cell[0].name == "th" for cell in rows[0]) or sum(each is not None for each in header) > 1
    if headed and (not is_header or {Field.NAME, Field.ACRONYM}.isdisjoint(header)):
        return
    columns = _columns(header) if is_header else (Field.NAME, Field.DEFINITION)
    if columns is None or (not is_header and any(len(cells) > len(columns) for cells in rows)):
        return
    for cells in rows[1:] if is_header else rows:
        draft = _row(source, cells, columns)
        if draft:
            yield draft


def _rows(inside: Sequence[Event]) -> Iterator[list[Sequence[Event]]]:
    """Yield the cells of each row, each with its start tag first."""
    cells: list[tuple[int, int]] = []
    start = -1
    for number, event in enumerate(inside):
        if event.name in {"tr", "td", "th"} and start >= 0:
            cells.append((start, number))
            start = -1
        if event.name == "tr":
            yield [inside[first:last] for first, last in cells]
            cells = []
        elif event.name in {"td", "th"} and event.kind == "open":
            start = number
    yield [inside[first:last] for first, last in (*cells, *(((start, len(inside)),) if start >= 0 else ()))]


def _columns(header: Sequence[Field | None]) -> tuple[Field | None, ...] | None:
    """Return what the columns are to a term; None if the table has no terms."""
    names = [at for at, field in enumerate(header) if field in {Field.NAME, Field.ACRONYM, Field.EXPANSION}]
    texts = [
        at for at, field in enumerate(header) if field in {Field.DEFINITION, Field.SUMMARY, Field.EXPANSION}
    ]
    columns = list(header)
    if len(header) > 1 and names and not texts and None in header[names[0] + 1 :]:
        columns[header.index(None, names[0] + 1)] = Field.DEFINITION
    elif not names and texts and texts[0]:
        columns[0] = Field.NAME
    elif not names or len(header) < 2:
        return None
    if Field.NAME not in columns:
        columns[columns.index(Field.ACRONYM) if Field.ACRONYM in columns else 0] = Field.NAME
    return tuple(columns)


def _row(source: str, cells: Sequence[Sequence[Event]], columns: Sequence[Field | None]) -> Draft | None:
    names: list[Piece] = []
    fields: list[tuple[Field, Piece]] = []
    for cell, field in zip(cells, columns, strict=False):
        piece = name_of(source, cell[1:])
        if field is Field.NAME and not names:
            names += [piece] if piece.text else []
        elif field is not None and field is not Field.NAME and piece.text:
            is_text = field in {Field.DEFINITION, Field.SUMMARY, Field.EXAMPLE, Field.FACT}
            fields.append((field, Piece(markdown(source, cell[1:]) if is_text else piece.text, piece.span)))
    span = Span(cells[0][0].span.start, _end(source, cells[-1]))
    if not names or not fields or _NO_NAME.fullmatch(names[0].text):
        return None
    return Draft(span, tuple(names), fields=tuple(fields))


# --- headings and paragraphs ------------------------------------------------------------------------------


def headings(source: str, page: Sequence[Event]) -> Iterator[Draft]:
    """Yield the headings of the level at which most have a text; those above are topics."""
    found = [at for at, event in enumerate(page) if event.name in _HEADINGS and event.kind == "open"]
    ends = dict(pairwise([*found, len(page)]))
    closings = {at: _until(page, at + 1, frozenset({page[at].name})) for at in found}
    named = _named(source, page, closings)
    told = [at for at in found if at in named and _has_text(source, page[closings[at] : ends[at]])]
    levels = [page[at].name for at in told]
    level = max(sorted(set(levels), reverse=True), key=levels.count, default="")
    if levels.count(level) < _FEWEST:
        return
    topic = ""
    stops = [at for at in found if page[at].name <= level]
    for at, stop in pairwise([*stops, len(page)]):
        piece = name_of(source, page[at + 1 : closings[at]])
        if page[at].name < level:
            topic = "" if page[at].name == "h1" or at not in named else piece.text
        elif at in named:
            end = _end(source, page[at : _last_text(source, page, closings[at], stop) + 1])
            events, fields = _with_list(source, page[closings[at] + 1 : stop])
            definition = markdown(source, events)
            body = Span(page[closings[at]].span.end, end) if definition and closings[at] < len(page) else None
            topics = (topic,) if topic else ()
            kept, labeled = with_fields(definition, body) if body else (definition, ())
            yield Draft(Span(page[at].span.start, end), (piece,), kept, body, (*labeled, *fields), topics)


def _with_list(source: str, part: Sequence[Event]) -> tuple[Sequence[Event], tuple[tuple[Field, Piece], ...]]:
    """Return the text of an entry without a list of labels and values at its end, and the fields in that."""
    at = next(
        (number for number, event in enumerate(part) if event.name == "dl" and event.kind == "open"), -1
    )
    end = _closing(part, at) if at >= 0 else -1
    if at < 0 or _has_text(source, part[end:]):
        return part, ()
    inside = part[at + 1 : end]
    marks = [n for n, event in enumerate(inside) if event.name in {"dt", "dd"} and event.kind == "open"]
    cells = [
        (inside[n].name, name_of(source, inside[n + 1 : stop])) for n, stop in pairwise((*marks, len(inside)))
    ]
    fields: list[tuple[Field, Piece]] = []
    field: Field | None = None
    for name, piece in cells:
        if name == "dt":
            field = field_of(piece.text)
            if field is None:
                return part, ()
        elif field is not None and piece.text:
            fields.append((field, piece))
    return part[:at], tuple(fields)


def _named(source: str, page: Sequence[Event], closings: Mapping[int, int]) -> set[int]:
    """Return the headings that may be names, by their numbers.

    What titles the frame of a page, as `Sources`, may be a name between others.
    """
    texts = {at: name_of(source, page[at + 1 : end]).text for at, end in closings.items()}
    named = {at for at, text in texts.items() if not _NO_NAME.fullmatch(text)}
    others = {at for at, text in texts.items() if at not in named and _AMBIGUOUS.fullmatch(text)}
    for at in others:
        same = [other < at for other in named - others if page[other].name == page[at].name]
        if sum(same) >= _FEWEST and len(same) - sum(same) >= _FEWEST:
            named.add(at)
    return named


def _until(page: Sequence[Event], at: int, names: frozenset[str]) -> int:
    """Return the number of the next tag with one of some names."""
    return next((number for number in range(at, len(page)) if page[number].name in names), len(page))


def _has_text(source: str, part: Sequence[Event]) -> bool:
    return any(event.kind == "text" and event.span.of(source).strip() for event in part)


def _last_text(source: str, page: Sequence[Event], at: int, stop: int) -> int:
    """Return the number of the last text between two events."""
    numbers = (
        n for n in range(stop - 1, at, -1) if page[n].kind == "text" and page[n].span.of(source).strip()
    )
    return next(numbers, at)


def paragraphs(source: str, page: Sequence[Event]) -> Iterator[Draft]:
    """Yield the paragraphs and items that open with a name in bold, or that have a `<dfn>`."""
    found = [*_opened(source, page)]
    names = Counter(draft.names[0].text.casefold() for draft in found)
    labels = {name for name, count in names.items() if count > 1 and (count >= _MANY or field_of(name))}
    yield from (draft for draft in found if draft.names[0].text.casefold() not in labels)


def below_topics(headed: Sequence[Draft], opened: Sequence[Draft]) -> list[Draft]:
    """Return paragraphs with the headings above as their topics; none if the headings are terms.

    Headings are topics if the texts of most begin with such a paragraph, and there are clearly fewer of them.
    """
    starts = {draft.span.start for draft in opened}
    bodies = [draft.body for draft in headed if draft.body]
    begun = sum(not starts.isdisjoint(range(body.start, body.start + _NEAR)) for body in bodies)
    if 2 * len(opened) < 3 * begun or 3 * begun < 2 * len(headed):
        return []
    topics: tuple[str, ...] = ()
    end = 0
    found: list[Draft] = []
    following = iter([*headed, None])
    heading = next(following)
    for draft in opened:
        while heading is not None and heading.span.start < draft.span.start:
            topics, end = (*heading.topics, heading.names[0].text), heading.span.end
            heading = next(following)
        found.append(replace(draft, topics=topics if draft.span.start < end else ()))
    return found


def _opened(source: str, page: Sequence[Event]) -> Iterator[Draft]:
    number = 0
    while number < len(page):
        event = page[number]
        if event.kind == "open" and event.name in {"p", "li"}:
            stop = _until(page, number + 1, _ENDS_PARAGRAPH)
            starts = [number, *_broken(source, page, number, stop)]
            for start, end in pairwise([*starts, stop]):
                draft = _paragraph(source, page[start:end])
                if draft:
                    yield draft
            number = stop
        else:
            number += 1


def _broken(source: str, page: Sequence[Event], start: int, stop: int) -> Iterator[int]:
    """Yield the line breaks in a paragraph that stand in front of a name, by their numbers."""
    for number in range(start + 1, stop - 1):
        if page[number].name == "br":
            behind = (event for event in page[number + 1 : stop] if event.span.of(source).strip())
            opened = next(behind, None)
            if opened is not None and opened.kind == "open" and opened.name in _NAMES:
                yield number


def _paragraph(source: str, part: Sequence[Event]) -> Draft | None:
    inner = [event for event in part[1:] if event.kind != "text" or event.span.of(source).strip()]
    opened = next((event for event in part if event.kind == "open" and event.name == "dfn"), None)
    if opened is None:
        first = next((event for event in inner if event.name not in {"a", "span"}), None)
        opened = first if first and first.kind == "open" and first.name in _NAMES else None
    if opened is None:
        return None
    at = part.index(opened)
    end = _until(part, at + 1, frozenset({opened.name}))
    piece = name_of(source, part[at + 1 : end])
    rest = markdown(source, part[end + 1 :])
    is_sentence = opened.name == "dfn" and not _SEPARATOR.fullmatch(markdown(source, part[1:at]))
    definition = markdown(source, part[1:]) if is_sentence else rest[_separator_end(rest) :]
    if not piece.text or len(piece.text.split()) > _MOST_WORDS or not meaningful(definition):
        return None
    span = Span(part[0].span.start, _end(source, part))
    # A name that is never closed goes on to the end.
    body = Span(min(part[end - 1].span.end, span.end), span.end)
    return Draft(span, (piece,), definition, body)


def _separator_end(text: str) -> int:
    found = _SEPARATOR.match(text)
    return found.end() if found else 0
