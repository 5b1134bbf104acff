"""Entries by their syntax alone: definition lists, `{glossary}` of MyST, `*[QWB]: ...`, `<dl>`, components.

This module must not know what else is on a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.acronyms.forms import base_of
from glossary_ls.base.dataclass import replace
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, stripped
from glossary_ls.glossary.formats.markdown import inline
from glossary_ls.glossary.formats.markdown.lines import Kind, Line
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.names import is_acronym, stands_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Formatters take the stars of two lines for emphasis, and write `_[` or `\*[`.
_ABBREVIATION = lazily(r"[ ]{0,3}(?:\\?\*|_)\[([^\[\]]{1,120})\][ ]?:[ \t]*(.*)")
#: One of several acronyms in a line: `QWB: queue wait budget; FO: fan out`.
_LISTED = lazily(r"\s*([^\s;:][^;:]{0,30}?)(?:\s*[:=\u2013\u2014]|\s+-)\s+(\S[^;]*?)\s*\.?\s*(?:;|$)")
_FEWEST_LISTED = 3
#: An acronym with words behind it, as an item or a paragraph.
_BARE = lazily(r"[ ]{0,3}(?:[-*+][ \t]+)?([^\W_][\w/&.-]{1,15})[ \t]+([^\W_]\S*[ \t].*)")
_REMARK = lazily(r"\s*\([^()]*\)$")
#: So many of the lines of such a list have the letters of their acronym.
_SPELLED = 0.7

_MARK = lazily(r"[ ]{0,3}[:~](?:[ \t]+(?=\S)|[ \t]*$)")
_BULLET = lazily(r"[-*+]\s|\d+[.)]\s|[|>#]")
_MARKED = lazily(r"\*\*[^*]+\*\*|`[^`]+`")
_MARKED_NAMES = lazily(r"(?:\*\*[^*]+\*\*|`[^`]+`)(?:\s*[,/]\s*(?:\*\*[^*]+\*\*|`[^`]+`))+")
_MOST_NAME = 240
_MOST_TERMS = 6

_DL_TAG = lazily(r"<(/?)(dl|dt|dd)\b([^<>]*)>", re.IGNORECASE)
_COMPONENT = lazily(
    r"<([A-Z][\w.]*)((?:\s+[\w:-]+(?:=(?:\"[^\"]*\"|'[^']*'|\{[^{}]*\}))?)*)\s*(/?)>", re.ASCII
)
_ATTRIBUTE = lazily(r"([\w:-]+)=(?:\"([^\"]*)\"|'([^']*)'|\{[\"'`]([^{}\"'`]*)[\"'`]\})")
#: The title of a component that is a term has more than a letter.
_FEWEST_LETTERS = 2
_TERM_ATTRIBUTES = ("term", "name", "title", "word", "acronym", "abbr")
_TEXT_ATTRIBUTES = ("definition", "description", "meaning", "text", "def")


class Found(NamedTuple):
    """Entries, and the lines that they take: from the first to the one behind the last."""

    draft: Draft
    first: int
    end: int


# --- definition lists and MyST ------------------------------------------------------------------------------


def definition_lists(lines: Sequence[Line]) -> Iterator[Found]:
    """Yield the entries of definition lists: names above texts behind `: `, and what is indented below."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if (
            line.kind is Kind.TEXT
            and _MARK.match(line.text)
            and at
            and (first := _names_above(lines, at)) < at
        ):
            end = _end_of_texts(lines, at)
            yield _found(lines, first, at, end)
            at = end
        elif line.kind is Kind.GLOSSARY:
            end = _directive_end(lines, at)
            yield from _directive(lines, at, end)
            at = end
        else:
            at += 1


def _names_above(lines: Sequence[Line], at: int) -> int:
    """Return the first line with a name above a text, at most one blank line away; `at` if there is none."""
    above = at - 1
    if lines[above].kind is Kind.BLANK:
        above -= 1
    first = above
    while first >= 0 and at - first <= _MOST_TERMS + 1 and _may_be_name(lines[first]):
        first -= 1
    if first >= 0 and lines[first].kind is Kind.TEXT and first < above:
        # Only the last line of a paragraph is a name.
        return above
    return first + 1 if first < above else at


def _may_be_name(line: Line) -> bool:
    return (
        line.kind is Kind.TEXT
        and line.at <= 3
        and not _MARK.match(line.text)
        and not _BULLET.match(line.content)
        and len(line.content) <= _MOST_NAME
    )


def _end_of_texts(lines: Sequence[Line], at: int) -> int:
    """Return the line behind the texts of a name: further texts, indented lines, rests of paragraphs."""
    end = at + 1
    is_blank = False
    while end < len(lines):
        line = lines[end]
        if line.kind is Kind.BLANK:
            is_blank = True
        elif line.kind in {Kind.HEADING, Kind.RULE}:
            break
        elif line.kind is Kind.CODE and not is_blank:
            pass
        elif _MARK.match(line.text) or line.at >= 2 or line.text[:1] == "\t":
            is_blank = False
        elif is_blank or (end + 1 < len(lines) and _MARK.match(lines[end + 1].text)):
            break
        end += 1
    while lines[end - 1].kind is Kind.BLANK:
        end -= 1
    return end


def _directive_end(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and lines[at].kind in {Kind.GLOSSARY, Kind.BLANK}:
        at += 1
    return at


def _directive(lines: Sequence[Line], at: int, end: int) -> Iterator[Found]:
    """Yield the entries of a directive between two lines."""
    while at < end:
        line = lines[at]
        if line.kind is not Kind.GLOSSARY or line.at or _MARK.match(line.text):
            at += 1
            continue
        if re.match(r":\w+:", line.text):
            at += 1
            continue
        first = at
        while (
            at < end
            and lines[at].kind is Kind.GLOSSARY
            and not lines[at].at
            and not _MARK.match(lines[at].text)
        ):
            at += 1
        text = at
        while at < end and (lines[at].kind is Kind.BLANK or lines[at].at or _MARK.match(lines[at].text)):
            at += 1
        last = at
        while lines[last - 1].kind is Kind.BLANK:
            last -= 1
        yield _found(lines, first, text, last)


def _found(lines: Sequence[Line], first: int, at: int, end: int) -> Found:
    names = [line for line in lines[first:at] if line.kind is not Kind.BLANK]
    pieces = tuple(piece for line in names for piece in _names(line))
    body = [
        _MARK.sub("", line.text, count=1) if _MARK.match(line.text) else line.text for line in lines[at:end]
    ]
    definition = inline.tidy("\n".join(inline.readable(text) for text in _dedented(body)))
    start = names[0].start + names[0].at
    last = max(lines[end - 1].start + lines[end - 1].end, pieces[-1].span.end)
    span = Span(lines[at].start, last) if at < end else None
    return Found(Draft(Span(start, last), pieces, definition, span), first, end)


def _names(line: Line) -> Iterator[Piece]:
    """Yield the names in a line: one, or several of which each is marked."""
    start, end = line.start + line.at, line.start + line.end
    if _MARKED_NAMES.fullmatch(line.content):
        for found in _MARKED.finditer(line.content):
            yield Piece(inline.plain(found[0]), Span(*found.span()).shifted(start))
    else:
        yield Piece(inline.plain(line.content), Span(start, end))


def _dedented(body: Sequence[str]) -> Iterator[str]:
    indents = [len(text) - len(text.lstrip()) for text in body[1:] if text.strip()]
    least = min(indents, default=0)
    for number, text in enumerate(body):
        yield text.strip() if number == 0 else text[least:]


# --- abbreviations ----------------------------------------------------------------------------------------


def abbreviations(lines: Sequence[Line]) -> Iterator[Found]:
    """Yield the entries `*[QWB]: Queue Wait Budget`; successive lines with one text name one entry."""
    last: Found | None = None
    for at, line in enumerate(lines):
        if line.kind is Kind.TEXT and (found := _ABBREVIATION.match(line.text)):
            name = Piece(found[1].strip(), Span(*found.span(1)).shifted(line.start))
            start, end = stripped(line.text, *found.span(2))
            body = Span(line.start + start, line.start + end)
            text = inline.tidy(inline.readable(found[2]))
            draft = Draft(Span(line.start + line.at, line.start + line.end), (name,), text, body)
            if last is not None and last.end == at and last.draft.definition == text:
                span = Span(last.draft.span.start, draft.span.end)
                draft = replace(last.draft, span=span, names=(*last.draft.names, name))
                last = Found(draft, last.first, at + 1)
                continue
            if last is not None:
                yield last
            last = Found(draft, at, at + 1)
    if last is not None:
        yield last


def running_lists(lines: Sequence[Line]) -> Iterator[Found]:
    """Yield the entries of lines that list acronyms with their long forms, separated by semicolons."""
    for at, line in enumerate(lines):
        if line.kind is not Kind.TEXT or line.text.count(";") < _FEWEST_LISTED - 1:
            continue
        parts: list[re.Match[str]] = []
        end = line.at
        while end < line.end and (part := _LISTED.match(line.text, end, line.end)):
            parts.append(part)
            end = part.end()
        if end < line.end or len(parts) < _FEWEST_LISTED or not all(is_acronym(part[1]) for part in parts):
            continue
        for part in parts:
            name, body = (Span(*part.span(number)).shifted(line.start) for number in (1, 2))
            yield Found(Draft(Span(name.start, body.end), (Piece(part[1], name),), part[2], body), at, at + 1)


def bare_lists(lines: Sequence[Line]) -> Iterator[Found]:
    """Yield the entries of lists with nothing between names and long forms: `QWB Queue Wait Budget`."""
    run: list[tuple[int, re.Match[str]]] = []
    for at, line in enumerate(lines):
        found = _BARE.fullmatch(line.text, 0, line.end) if line.kind is Kind.TEXT else None
        if found and all(map(is_acronym, found[1].split("/"))):
            run.append((at, found))
        elif line.kind is not Kind.BLANK:
            yield from _bare_list(lines, run)
            run = []
    yield from _bare_list(lines, run)


def _bare_list(lines: Sequence[Line], run: Sequence[tuple[int, re.Match[str]]]) -> Iterator[Found]:
    spelled = sum(stands_for(base_of(found[1]), _REMARK.sub("", found[2])) for _, found in run)
    if spelled < _FEWEST_LISTED or spelled < _SPELLED * len(run):
        return
    for at, found in run:
        name, body = (Span(*found.span(number)).shifted(lines[at].start) for number in (1, 2))
        yield Found(Draft(Span(name.start, body.end), (Piece(found[1], name),), found[2], body), at, at + 1)


# --- HTML ---------------------------------------------------------------------------------------------------


def html_lists(source: str) -> Iterator[Draft]:
    """Yield the entries of `<dl>`: the names of successive `<dt>`, and the text of their `<dd>`."""
    if "<dt" not in source and "<DT" not in source:
        return
    names: list[Piece] = []
    body: list[Span] = []
    kind, start = "", 0
    for tag in (*_DL_TAG.finditer(source), None):
        if kind:
            end = tag.start() if tag else len(source)
            span = Span(*stripped(source, start, end))
            if kind == "dt" and body:
                yield from _html_entry(source, names, body)
                names, body = [], []
            if kind == "dt" and (text := inline.plain(span.of(source)[: 2 * _MOST_NAME])):
                names.append(Piece(text, span))
            elif kind == "dd":
                body.append(span)
        kind, start = ("", 0) if tag is None or tag[1] else (tag[2].lower(), tag.end())
        if kind == "dl" or (tag and tag[2].lower() == "dl"):
            yield from _html_entry(source, names, body)
            names, body, kind = [], [], ""
    yield from _html_entry(source, names, body)


def _html_entry(source: str, names: Sequence[Piece], body: Sequence[Span]) -> Iterator[Draft]:
    if names and body:
        text = inline.tidy("\n\n".join(html_text(span.of(source)) for span in body))
        whole = Span(names[0].span.start, body[-1].end)
        yield Draft(whole, tuple(names), text, Span(body[0].start, body[-1].end))


def html_text(source: str) -> str:
    """Return the text of some HTML as Markdown: paragraphs, items and code; other tags are left out."""
    text = re.sub(r"\s+", " ", source)
    text = re.sub(r"\s*</?(?:p|div|ul|ol|br|section)\b[^<>]*>\s*", "\n\n", text)
    text = re.sub(r"\s*<li\b[^<>]*>\s*", "\n- ", text)
    text = re.sub(r"</?code\b[^<>]*>", "`", text)
    text = re.sub(r"<a\b[^<>]*?\bhref=\"(https?:[^\"]*)\"[^<>]*>([^<>]*)</a>", r"[\2](\1)", text)
    text = re.sub(r"</?[A-Za-z][^<>]*>", "", text)
    lines = [line.strip() for line in text.splitlines()]
    return inline.tidy("\n".join(lines))


def components(source: str) -> Iterator[Draft]:
    """Yield the entries of components with a term and a text: `<Term name="Shard">A part ...</Term>`."""
    unclosed: set[str] = set()
    for tag in _COMPONENT.finditer(source):
        values = {
            each[1].lower(): Piece(
                each[each.lastindex or 2], Span(*each.span(each.lastindex or 2)).shifted(tag.start(2))
            )
            for each in _ATTRIBUTE.finditer(tag[2])
        }
        name = next((values[key] for key in _TERM_ATTRIBUTES if key in values), None)
        if name is None or len(name.text) < _FEWEST_LETTERS:
            # A letter is the title of a part of the page.
            continue
        text = next((values[key] for key in _TEXT_ATTRIBUTES if key in values), None)
        if text is not None:
            yield Draft(Span(*tag.span()), (name,), inline.readable(text.text), text.span)
        elif not tag[3]:
            closing = -1 if tag[1] in unclosed else source.find(f"</{tag[1]}>", tag.end())
            if closing < 0:
                unclosed.add(tag[1])
            elif source.find(f"<{tag[1]} ", tag.end(), closing) < 0:
                span = Span(*stripped(source, tag.end(), closing))
                yield Draft(
                    Span(tag.start(), max(span.end, tag.end())), (name,), html_text(span.of(source)), span
                )
