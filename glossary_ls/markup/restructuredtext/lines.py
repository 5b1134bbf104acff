"""The line structure of reStructuredText: what a line may begin, go on with or end.

`read_lines` goes through the lines of one block, which holds no blank line, and has their text written by
`inline` and `tables`. Authors and docstrings break the rules of docutils in small ways; where the rules would
make an error of a line, it is read as what its author meant. This module must not know inline markup.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.markup.restructuredtext import tables
from glossary_ls.markup.restructuredtext.layout import PASSING, Body, Context, Line
from glossary_ls.markup.restructuredtext.reader import LITERAL, Reader
from glossary_ls.markup.restructuredtext.starts import FENCE, STARTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.markup.writer import Writer


def read_lines(
    writer: Writer,
    start: int,
    end: int,
    contexts: tuple[Context, ...],
    is_code: Callable[[str], bool] | None = None,
) -> tuple[Context, ...]:
    """Read the block from `start` to `end` and return what stays open behind it.

    A docstring comes with `is_code`, which tells a line of code from text; in a docstring, `start` may be in
    the middle of a line, and arguments are listed in the styles of Google and NumPy.
    """
    reader = Reader(writer, contexts, is_code)
    for found in _LINE.finditer(writer.text, start, end):
        if found.start(2) < found.end(2):
            column = len(found[1].expandtabs(8))
            reader.lines.append(Line(found.start(), found.start(2), found.end(2), column))
    if is_code and reader.lines and start and writer.text[start - 1] not in "\r\n":
        reader.first_is_loose = True
    index = 0
    while index < len(reader.lines):
        index = _read(reader, index)
    reader.leave()
    if reader.rows is not None:
        top = reader.top(Body.SIMPLE_TABLE)
        reader.rows.flush(len(top.columns) if top else 0)
    return tuple(
        replace(context, options=False) for context in reader.contexts if context.body not in PASSING
    )


_LINE = re.compile(r"([ \t]*+)([^\r\n]*+)(?:\n|\r\n?+|\Z)")
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*[ \t]*\Z")
_OPTION_OF_DIRECTIVE = re.compile(r":[A-Za-z][\w.+ -]*:(?=\s|\Z)")

_VERBATIM = {
    Body.CODE: RegionKind.CODE_BLOCK,
    Body.MATH: RegionKind.MATH,
    Body.MARKUP: RegionKind.MARKUP,
    Body.ARGUMENTS: RegionKind.MARKUP,
    Body.CODE_PARAGRAPH: RegionKind.CODE_BLOCK,
    Body.FENCE: RegionKind.CODE_BLOCK,
}


def _read(reader: Reader, index: int) -> int:
    """Read the line at `index` and return the next one to read."""
    line = reader.lines[index]
    _close_contexts(reader, line, index)
    top = reader.contexts[-1] if reader.contexts else None
    if top is not None and _belongs(reader, top, line):
        return index + 1
    if reader.paragraph is None or not reader.paragraph.loose or line.indent <= reader.paragraph.low:
        after = _structure(reader, index)
        if after is not None:
            return after
    for start in STARTS:
        if start(reader, line):
            return index + 1
    _text(reader, line)
    return index + 1


def _close_contexts(reader: Reader, line: Line, index: int) -> None:
    contexts = reader.contexts
    if reader.paragraph is not None and LITERAL.search(
        reader.text, reader.paragraph.start, reader.paragraph.end
    ):
        reader.leave()
    while contexts and line.indent <= contexts[-1].indent:
        top = contexts[-1]
        if top.quoted and index == 0 and line.indent == top.indent and _is_quoted(reader):
            contexts[-1] = Context(Body.CODE_PARAGRAPH, line.indent - 1)
            for other in reader.lines:
                reader.writer.hide_line(other.start, other.stop, RegionKind.CODE_BLOCK)
            reader.lines = []
            return
        reader.leave()
        contexts.pop()


def _is_quoted(reader: Reader) -> bool:
    """Tell whether the block is a literal block that is marked by a sign before each line."""
    char = reader.text[reader.lines[0].start]
    return (
        _ADORNMENT.match(char) is not None
        and not reader.text.startswith("..", reader.lines[0].start)
        and all(reader.text[line.start] == char for line in reader.lines)
    )


def _belongs(reader: Reader, top: Context, line: Line) -> bool:
    """Read a line that an open context has all to itself."""
    writer = reader.writer
    if not reader.lines:
        return True
    if top.options:
        if _OPTION_OF_DIRECTIVE.match(reader.text, line.start, line.stop):
            reader.leave()
            writer.hide_line(line.start, line.stop, RegionKind.MARKUP)
            return True
        if reader.paragraph is None or top.body not in {Body.LIST_TABLE, Body.CSV}:
            reader.contexts[-1] = replace(top, options=False)
    if kind := _VERBATIM.get(top.body):
        reader.leave()
        if top.quoted:
            reader.contexts[-1] = replace(top, quoted=False)
        writer.hide_line(line.start, line.stop, kind)
        if top.body is Body.FENCE and FENCE.match(reader.text, line.start, line.stop):
            reader.contexts.pop()
        return True
    if top.body is Body.CSV and reader.paragraph is None:
        tables.read_values(writer, line)
        return True
    if top.body is Body.SIMPLE_TABLE:
        _simple_table_line(reader, top, line)
        return True
    return False


def _simple_table_line(reader: Reader, top: Context, line: Line) -> None:
    rows = reader.rows = reader.rows or tables.Rows(reader.writer)
    if not tables.SIMPLE_BORDER.match(reader.text, line.start, line.stop):
        tables.read_simple_row(reader.writer, rows, line, top.columns)
        return
    rows.flush(len(top.columns))
    reader.contexts.pop()
    if top.borders < 2 and line is not reader.lines[-1]:
        reader.contexts.append(replace(top, borders=top.borders + 1))


def _structure(reader: Reader, index: int) -> int | None:
    """Read headings, rules and tables, which take more than one line to tell."""
    text, line = reader.text, reader.lines[index]
    paragraph = reader.paragraph
    if _ADORNMENT.match(text, line.start, line.stop) and line.stop - line.start > 1:
        return _adornment(reader, index)
    if paragraph is not None:
        return None
    if text[line.start] == "+" and tables.GRID_BORDER.match(text, line.start, line.stop):
        last = index + 1
        while last < len(reader.lines) and tables.GRID_LINE.match(text, reader.lines[last].start):
            last += 1
        tables.read_grid(reader.writer, reader.lines[index:last])
        return last
    if text[line.start] == "=" and tables.SIMPLE_BORDER.match(text, line.start, line.stop):
        shift = line.start - line.physical
        columns = tuple(shift + column for column in tables.columns_of(text[line.start : line.stop]))
        reader.contexts.append(Context(Body.SIMPLE_TABLE, line.indent - 1, columns=columns, borders=1))
        return index + 1
    return None


def _adornment(reader: Reader, index: int) -> int | None:
    text, line = reader.text, reader.lines[index]
    paragraph = reader.paragraph
    if paragraph is not None:
        title = paragraph.end - paragraph.start
        if paragraph.size == 1 and line.stop - line.start >= min(title, 3) and not paragraph.cell:
            reader.paragraph = paragraph._replace(kind=RegionKind.HEADING)
        elif line.stop - line.start < 4:
            return None
        reader.leave()
        return index + 1
    over = text[line.start : line.stop].rstrip()
    if index + 2 < len(reader.lines):
        title_line, under = reader.lines[index + 1], reader.lines[index + 2]
        if text[under.start : under.stop].rstrip() == over:
            reader.open(title_line.start, title_line, kind=RegionKind.HEADING)
            reader.leave()
            return index + 3
    return index + 1 if len(over) > 3 else None


def _text(reader: Reader, line: Line) -> None:
    """Go on with the paragraph or begin one; a line indented under a single line is its definition."""
    paragraph = reader.paragraph
    if reader.is_code and reader.is_code(reader.text[line.start : line.stop]):
        reader.leave()
        reader.writer.hide_line(line.start, line.stop, RegionKind.CODE_BLOCK)
        return
    if paragraph is None:
        loose = reader.first_is_loose and line is reader.lines[0]
        reader.open(line.start, line, loose=loose, low=-1 if loose else None)
    elif line.indent == paragraph.indent or (paragraph.loose and line.indent > paragraph.low):
        reader.paragraph = paragraph._replace(end=line.stop, size=paragraph.size + 1)
    elif line.indent > paragraph.indent:
        reader.open(line.start, line, cell=paragraph.size == 1)
    else:
        reader.open(line.start, line)
