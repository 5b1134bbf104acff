"""Pages that `glossary-ls export` has written: headings with labeled values (see `literal`), or tooltips.

This module must not know any other shape of a page.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import replace
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.markdown.definition_lists import abbreviations
from glossary_ls.glossary.formats.markdown.lines import read_page
from glossary_ls.glossary.model import Guide, Head
from glossary_ls.glossary.reading import literal
from glossary_ls.glossary.reading.drafts import Draft, Piece, glossary_file
from glossary_ls.glossary.reading.labels import Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

_HEADING = lazily(r"(?P<signs>#{1,3}) (?P<title>.*)")
_FENCE = lazily(r"(?P<mark>```+|~~~+)")
_LONG = lazily(r"(?P<name>.*?) \((?P<long>.*)\)")
_SUMMARY = lazily(r"\*\*In short:\*\* ")
_LIST = lazily(r"\*\*(?P<label>Facts|Examples|Not to be confused with|Questions):\*\*")
_FIELD = lazily(r"- \*\*(?P<label>[A-Z][a-z ]+):\*\* ")
_LICENSE = lazily(r"License: (?P<name>.+)")
_LETTERS = lazily(r"\[(?:\\.|[^\[\]\\])+\]\(#[^()]*\)(?: · \[(?:\\.|[^\[\]\\])+\]\(#[^()]*\))*")
_POINT = lazily(r"\d+\. ")


class _Line(NamedTuple):
    """A line without its terminator, and where it starts in the file."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _Section(NamedTuple):
    """The lines between a heading and the next one."""

    level: int
    heading: _Line
    title: Span
    lines: list[_Line]


def read(path: str, text: Text) -> GlossaryFile:
    """Read a page that has the mark. Never raises."""
    found = list(_sections(text))
    drafts = [_draft(text.source, section) for section in found if section.level == 3]
    drafts = drafts or [_tooltip(each.draft) for each in abbreviations(read_page(text).lines)]
    evidence = "a page that glossary-ls has written" if drafts else ""
    named = [draft for draft in drafts if draft.names]
    return glossary_file(
        path, text, named, head=_head(text.source, found), evidence=evidence, is_acronyms=False
    )


def _sections(text: Text) -> Iterator[_Section]:
    current: _Section | None = None
    fence = ""
    start = 0
    for written in text.lines:
        line = _Line(written.rstrip("\r\n"), start)
        start += len(written)
        mark = _FENCE.match(line.text)
        if fence:
            fence = "" if mark and mark["mark"].startswith(fence) else fence
        elif mark:
            fence = mark["mark"]
        elif heading := _HEADING.fullmatch(line.text):
            if current is not None:
                yield current
            title = Span(*heading.span("title")).shifted(line.start)
            current = _Section(len(heading["signs"]), line, title, [])
            continue
        if current is not None:
            current.lines.append(line)
    if current is not None:
        yield current


# --- entries ----------------------------------------------------------------------------------------------


def _draft(source: str, section: _Section) -> Draft:
    title = section.title.of(source).strip()
    found = _LONG.fullmatch(title)
    written, long = (found["name"], found["long"]) if found else (title, "")
    at = section.title.start
    name = Piece(literal.unescaped(written), Span(at, at + len(written)))
    fields: list[tuple[Field, Piece]] = []
    if found:
        fields.append(
            (Field.EXPANSION, Piece(literal.unescaped(long), Span(*found.span("long")).shifted(at)))
        )
    rest = _trimmed(section.lines)
    end = rest[-1].end if rest else section.title.end
    rest = _take_values(rest, fields)
    rest = _take_lists(rest, fields)
    rest = _take_summary(rest, fields)
    return Draft(
        Span(at, end),
        (name,) if name.text else (),
        "\n".join(line.text for line in rest),
        Span(rest[0].start, rest[-1].end) if rest else None,
        tuple(fields),
        is_literal=True,
    )


def _tooltip(draft: Draft) -> Draft:
    """Return the draft of `*[ABC]: ...` lines, whose text is the expansion unless it is a sentence."""
    if draft.definition.endswith((".", "!", "?")):
        return replace(draft, is_literal=True)
    fields = ((Field.EXPANSION, Piece(draft.definition, draft.body or draft.span)),)
    return replace(draft, definition="", body=None, fields=fields, is_literal=True)


def _take_values(lines: Sequence[_Line], fields: list[tuple[Field, Piece]]) -> Sequence[_Line]:
    """Add the labeled values at the end of an entry to its fields, and return the lines before them."""
    first = len(lines)
    while first and (found := _FIELD.match(lines[first - 1].text)) and found["label"] in literal.LABELS:
        first -= 1
    for line in lines[first:]:
        found = _FIELD.match(line.text)
        if found is not None:
            field, text = literal.LABELS[found["label"]], line.text[found.end() :]
            several = literal.split(text) if field in literal.NAMES else (_value(field, text),)
            span = Span(line.start + found.end(), line.end)
            fields += ((field, Piece(each, span)) for each in several if each)
    return _trimmed(lines[:first])


def _value(field: Field, text: str) -> str:
    return text if field is Field.URL else literal.shown(text)


def _take_lists(lines: Sequence[_Line], fields: list[tuple[Field, Piece]]) -> Sequence[_Line]:
    """Add the items of the labeled lists of an entry to its fields, and return the lines before these."""
    heads = [
        at
        for at, line in enumerate(lines[:-2])
        if _LIST.fullmatch(line.text) and not lines[at + 1].text and lines[at + 2].text.startswith("* ")
    ]
    for head, end in pairwise((*heads, len(lines))):
        label = _LIST.fullmatch(lines[head].text)
        part = _trimmed(lines[head + 1 : end])
        if label is not None:
            span = Span(part[0].start, part[-1].end)
            texts = literal.items("\n".join(line.text for line in part))
            fields += ((literal.LABELS[label["label"]], Piece(text, span)) for text in texts)
    return _trimmed(lines[: heads[0]] if heads else lines)


def _take_summary(lines: Sequence[_Line], fields: list[tuple[Field, Piece]]) -> Sequence[_Line]:
    """Add the summary at the beginning of an entry to its fields, and return the lines behind it."""
    found = _SUMMARY.match(lines[0].text) if lines else None
    if found is None:
        return lines
    line = lines[0]
    fields.append((Field.SUMMARY, Piece(line.text[found.end() :], Span(line.start + found.end(), line.end))))
    return _trimmed(lines[1:])


def _trimmed(lines: Sequence[_Line]) -> Sequence[_Line]:
    """Return lines without the blank ones at both ends."""
    first, end = 0, len(lines)
    while first < end and not lines[first].text.strip():
        first += 1
    while end > first and not lines[end - 1].text.strip():
        end -= 1
    return lines[first:end]


# --- what the page says besides entries -------------------------------------------------------------------


def _head(source: str, found: Sequence[_Section]) -> Head:
    titles = [section for section in found if section.level == 1]
    about = found[1] if len(found) > 1 and found[1].level == 2 else None
    has_terms = len(found) > 2 and found[2].level == 3
    guide = about if about is not None and not has_terms else None
    before = [*(titles[0].lines if titles else ()), *(guide.lines if guide else ())]
    licenses = (_LICENSE.fullmatch(line.text) for line in before)
    license_ = next((literal.unescaped(each["name"]) for each in licenses if each), "")
    return Head(
        name=literal.unescaped(titles[0].title.of(source)) if titles else "",
        description=_text(titles[0].lines) if titles else "",
        guide=_guide(source, guide) if guide else None,
        license=license_,
    )


def _guide(source: str, section: _Section) -> Guide:
    lines = _text(section.lines).split("\n")
    first = next((at for at, line in enumerate(lines) if _POINT.match(line)), len(lines))
    points: list[str] = []
    for line in lines[first:]:
        if found := _POINT.match(line):
            points.append(line[found.end() :])
        elif points:
            points[-1] += f"\n{line.removeprefix('  ')}"
    title = literal.unescaped(section.title.of(source))
    text = "\n".join(lines[:first]).strip()
    return Guide(title, text, tuple(point.strip() for point in points))


def _text(lines: Sequence[_Line]) -> str:
    shown = [
        line for line in lines if not _LICENSE.fullmatch(line.text) and not _LETTERS.fullmatch(line.text)
    ]
    return "\n".join(line.text for line in _trimmed(shown))
