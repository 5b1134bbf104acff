"""The line structure of reStructuredText; the state between blocks are the open contexts.

`read_lines` parses the lines of a block, which has no blank lines, and writes their text. Where docutils
would report a line as an error, it is parsed as its author probably meant it. This module must not know
inline markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.markup.block import EOL
from glossary_ls.markup.prose import BREAK, DEFINES
from glossary_ls.markup.restructuredtext import tables
from glossary_ls.markup.restructuredtext.layout import PASSING, Body, Context, Line
from glossary_ls.markup.restructuredtext.line_parser import LITERAL, LineParser
from glossary_ls.markup.restructuredtext.starts import FENCE, STARTS
from glossary_ls.markup.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.markup.block import Block, State

#: An RFC 2822 header, as at the start of PEPs (`PEP: 8`).
_HEADER = lazily(
    rf"\ufeff?[A-Z][A-Za-z-]*:(?:[ \t][^\r\n]*)?{EOL}"
    rf"(?:(?:[A-Z][A-Za-z-]*:(?=[ \t\r\n]|\Z)|[ \t]+)[^\r\n]*+(?:{EOL}|\Z))++\Z"
)


def parse(source: str, start: int, state: State) -> Block:
    """Parse a block; the state is the open contexts, outermost first, and None allows a header."""
    writer = Writer(source, start)
    if state is None and _HEADER.match(writer.text):
        writer.hide(0, len(writer.text), RegionKind.FRONT_MATTER)
        return writer.block(())
    contexts = state if isinstance(state, tuple) else ()
    return writer.block(read_lines(writer, 0, len(writer.text), contexts) if writer.text else contexts)


def read_lines(
    writer: Writer,
    start: int,
    end: int,
    contexts: tuple[Context, ...],
    is_code: Callable[[str], bool] | None = None,
) -> tuple[Context, ...]:
    """Parse the block from `start` to `end`, and return the contexts that are open after it.

    `is_code`, which returns whether a line is code, is given for docstrings; in these, `start` may be inside
    a line, and arguments may be listed in the styles of Google and NumPy.
    """
    parser = LineParser(writer, contexts, is_code)
    for found in _LINE.finditer(writer.text, start, end):
        if found.start(2) < found.end(2):
            column = len(found[1].expandtabs(8))
            parser.lines.append(Line(found.start(), found.start(2), found.end(2), column))
    if is_code and parser.lines and start and writer.text[start - 1] not in "\r\n":
        parser.first_is_loose = True
    index = 0
    while index < len(parser.lines):
        index = _read(parser, index)
    parser.close_paragraph()
    if parser.rows is not None:
        top = parser.top(Body.SIMPLE_TABLE)
        parser.rows.flush(len(top.columns) if top else 0)
    return tuple(
        replace(context, options=False) for context in parser.contexts if context.body not in PASSING
    )


_LINE = lazily(r"([ \t]*+)([^\r\n]*+)(?:\n|\r\n?+|\Z)")
_ADORNMENT = lazily(r"([!-/:-@\[-`{-~])\1*[ \t]*\Z")
_OPTION_OF_DIRECTIVE = lazily(r":[A-Za-z][\w.+ -]*:(?=\s|\Z)")

_VERBATIM = {
    Body.CODE: RegionKind.CODE_BLOCK,
    Body.MATH: RegionKind.MATH,
    Body.MARKUP: None,
    Body.ARGUMENTS: None,
    Body.CODE_PARAGRAPH: RegionKind.CODE_BLOCK,
    Body.FENCE: RegionKind.CODE_BLOCK,
}


def _read(parser: LineParser, index: int) -> int:
    """Parse the line at `index`, and return the index of the next one."""
    line = parser.lines[index]
    _close_contexts(parser, line, index)
    top = parser.contexts[-1] if parser.contexts else None
    if top is not None and _belongs(parser, top, line):
        return index + 1
    if parser.paragraph is None or not parser.paragraph.loose or line.indent <= parser.paragraph.low:
        after = _structure(parser, index)
        if after is not None:
            return after
    for pattern, start in STARTS:
        found = pattern.match(parser.text, line.start, line.stop)
        if found and start(parser, line, found):
            return index + 1
    _text(parser, line)
    return index + 1


def _close_contexts(parser: LineParser, line: Line, index: int) -> None:
    contexts = parser.contexts
    if parser.paragraph is not None and LITERAL.search(
        parser.text, parser.paragraph.start, parser.paragraph.end
    ):
        parser.close_paragraph()
    while contexts and line.indent <= contexts[-1].indent:
        top = contexts[-1]
        if top.quoted and index == 0 and line.indent == top.indent and _is_quoted(parser):
            contexts[-1] = Context(Body.CODE_PARAGRAPH, line.indent - 1)
            for other in parser.lines:
                parser.writer.hide_line(other.start, other.stop, RegionKind.CODE_BLOCK)
            parser.lines = []
            return
        parser.close_paragraph()
        contexts.pop()


def _is_quoted(parser: LineParser) -> bool:
    """Return whether the block is a quoted literal block: each line starts with the same punctuation."""
    char = parser.text[parser.lines[0].start]
    return (
        _ADORNMENT.match(char) is not None
        and not parser.text.startswith("..", parser.lines[0].start)
        and all(parser.text[line.start] == char for line in parser.lines)
    )


def _belongs(parser: LineParser, top: Context, line: Line) -> bool:
    """Parse a line that belongs to an open context; return False for other lines."""
    writer = parser.writer
    if not parser.lines:
        return True
    if top.options:
        if _OPTION_OF_DIRECTIVE.match(parser.text, line.start, line.stop):
            parser.close_paragraph()
            writer.builder.break_()
            return True
        if parser.paragraph is None or top.body not in {Body.LIST_TABLE, Body.CSV}:
            parser.contexts[-1] = replace(top, options=False)
    if top.body in _VERBATIM:
        parser.close_paragraph()
        if top.quoted:
            parser.contexts[-1] = replace(top, quoted=False)
        writer.hide_line(line.start, line.stop, _VERBATIM[top.body])
        if top.body is Body.FENCE and FENCE.match(parser.text, line.start, line.stop):
            parser.contexts.pop()
        return True
    if top.body is Body.CSV and parser.paragraph is None:
        tables.read_values(writer, line)
        return True
    if top.body is Body.SIMPLE_TABLE:
        _simple_table_line(parser, top, line)
        return True
    return False


def _simple_table_line(parser: LineParser, top: Context, line: Line) -> None:
    rows = parser.rows = parser.rows or tables.Rows(parser.writer)
    if not tables.SIMPLE_BORDER.match(parser.text, line.start, line.stop):
        tables.read_simple_row(parser.writer, rows, line, top.columns)
        return
    rows.flush(len(top.columns))
    parser.contexts.pop()
    if top.borders < 2 and line is not parser.lines[-1]:
        parser.contexts.append(replace(top, borders=top.borders + 1))


def _structure(parser: LineParser, index: int) -> int | None:
    """Parse headings, transitions and tables, which extend over several lines; return the next index."""
    text, line = parser.text, parser.lines[index]
    paragraph = parser.paragraph
    if _ADORNMENT.match(text, line.start, line.stop) and line.stop - line.start > 1:
        return _adornment(parser, index)
    if paragraph is not None:
        return None
    if text[line.start] == "+" and tables.GRID_BORDER.match(text, line.start, line.stop):
        last = index + 1
        while last < len(parser.lines) and tables.GRID_LINE.match(text, parser.lines[last].start):
            last += 1
        tables.read_grid(parser.writer, parser.lines[index:last])
        return last
    if text[line.start] == "=" and tables.SIMPLE_BORDER.match(text, line.start, line.stop):
        borders = tables.COLUMN.finditer(text, line.start, line.stop)
        columns = tuple(border.start() - line.physical for border in borders)
        parser.contexts.append(Context(Body.SIMPLE_TABLE, line.indent - 1, columns=columns, borders=1))
        return index + 1
    return None


def _adornment(parser: LineParser, index: int) -> int | None:
    text, line = parser.text, parser.lines[index]
    paragraph = parser.paragraph
    if paragraph is not None:
        title = paragraph.end - paragraph.start
        if paragraph.size == 1 and line.stop - line.start >= min(title, 3) and paragraph.join == BREAK:
            parser.paragraph = paragraph._replace(kind=RegionKind.HEADING)
        elif line.stop - line.start < 4:
            return None
        parser.close_paragraph()
        return index + 1
    over = text[line.start : line.stop].rstrip()
    if index + 2 < len(parser.lines):
        title_line, under = parser.lines[index + 1], parser.lines[index + 2]
        if text[under.start : under.stop].rstrip() == over:
            parser.open_paragraph(title_line.start, title_line, kind=RegionKind.HEADING)
            parser.close_paragraph()
            return index + 3
    return index + 1 if len(over) > 3 else None


def _text(parser: LineParser, line: Line) -> None:
    """Continue the paragraph or open one; a line indented below a single line is its definition."""
    paragraph = parser.paragraph
    if parser.is_code and parser.is_code(parser.text[line.start : line.stop]):
        parser.close_paragraph()
        parser.writer.hide_line(line.start, line.stop, RegionKind.CODE_BLOCK)
        return
    if _is_term(parser, line):
        parser.open_paragraph(line.start, line)
    elif paragraph is None:
        loose = parser.first_is_loose and line is parser.lines[0]
        parser.open_paragraph(line.start, line, loose=loose, low=-1 if loose else None)
    elif line.indent == paragraph.indent or (paragraph.loose and line.indent > paragraph.low):
        parser.paragraph = paragraph._replace(end=line.stop, size=paragraph.size + 1)
    elif line.indent > paragraph.indent:
        parser.open_paragraph(line.start, line, join=DEFINES if paragraph.size == 1 else BREAK)
    else:
        parser.open_paragraph(line.start, line)


def _is_term(parser: LineParser, line: Line) -> bool:
    """Return whether a line is a term in a glossary, of which an entry may have several."""
    top = parser.top(Body.GLOSSARY)
    if top and not top.columns:
        top = parser.contexts[-1] = replace(top, columns=(line.indent,))
    return top is not None and top.columns == (line.indent,)
