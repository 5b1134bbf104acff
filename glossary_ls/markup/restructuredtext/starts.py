"""What a line of reStructuredText can start: explicit markup, items, fields, options, arguments.

Each function parses its construct and returns True, or returns False. This module must not know constructs
that extend over several lines.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.markup.restructuredtext import explicit
from glossary_ls.markup.restructuredtext.layout import Body, Context

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.markup.restructuredtext.layout import Line
    from glossary_ls.markup.restructuredtext.line_parser import LineParser

_BULLET = re.compile("[-*+\u2022\u2023\u2043](?=[ \t]|\\Z)[ \t]*")
_ENUMERATOR = re.compile(r"\(?(?:[0-9]{1,4}|[A-Za-z]|[ivxIVX]{1,5}|#)[.)](?=[ \t]|\Z)[ \t]*")
_FIELD = re.compile(r":(?![:\s])(?:[^:\\\r\n`]|\\.|:(?!\s|\Z)|`[^`\r\n]*+`)++:(?=\s|\Z)[ \t]*")
_OPTION = re.compile(
    r"(?:(?:--?|\+|/)[\w?][\w-]*+(?:[ =](?:<[^<>\r\n]+>|[A-Za-z][\w-]*+))?(?:,[ ]|(?=  |\Z)))+(?:[ ]{2,}|\Z)"
)
_LINE_BLOCK = re.compile(r"\|(?=[ \t]|\Z)[ \t]*")
FENCE = re.compile(r"`{3,}")
_DOCTEST = re.compile(r">>>(?=[ \t]|\Z)")
_ROW = re.compile(r"[*+-][ \t]+(?=[*+-](?:[ \t]|\Z))")
_LIST_CELL = re.compile(r"[*+-](?=[ \t]|\Z)[ \t]*")
_ARGUMENT = re.compile(
    r"\*{0,2}[A-Za-z_][\w.]*(?:[ \t]*\([^()\r\n]*(?:\([^()\r\n]*\)[^()\r\n]*)*\))?:(?=[ \t])"
)
_TYPED = re.compile(r"\*{0,2}[A-Za-z_][\w.]*(?:,[ ]\*{0,2}[A-Za-z_][\w.]*)*[ ]:(?:[ ]|\Z)")


def _explicit(parser: LineParser, line: Line) -> bool:
    """Parse a directive, a target, a footnote or a comment."""
    if not explicit.MARKER.match(parser.text, line.start, line.stop):
        return False
    parser.close_paragraph()
    found = explicit.read(parser.text, line)
    parser.writer.builder.break_()
    parser.writer.hide(line.start, found.marker, RegionKind.MARKUP)
    parser.writer.hide(found.marker, found.text, found.region)
    if found.context is not None:
        parser.contexts.append(found.context)
    if found.text < line.stop:
        parser.open_paragraph(found.text, line, kind=found.kind, loose=True)
    return True


def _list_table(parser: LineParser, line: Line) -> bool:
    top = parser.top(Body.LIST_TABLE)
    if top is None:
        return False
    if row := _ROW.match(parser.text, line.start, line.stop):
        cell = _LIST_CELL.match(parser.text, row.end(), line.stop)
        column = line.indent + row.end() - row.start()
        parser.contexts[-1] = replace(top, columns=(column,))
        parser.open_paragraph(cell.end() if cell else row.end(), line, loose=True, low=column)
        return True
    cell = _LIST_CELL.match(parser.text, line.start, line.stop)
    if cell is None or top.columns != (line.indent,):
        return False
    parser.open_paragraph(cell.end(), line, loose=True, cell=True)
    return True


def _fence(parser: LineParser, line: Line) -> bool:
    """Parse a Markdown fence, which is common in docstrings."""
    if not parser.is_code or not FENCE.match(parser.text, line.start, line.stop):
        return False
    parser.close_paragraph()
    parser.contexts.append(Context(Body.FENCE, -1))
    parser.writer.hide_line(line.start, line.stop, RegionKind.CODE_BLOCK)
    return True


def _doctest(parser: LineParser, line: Line) -> bool:
    if not _DOCTEST.match(parser.text, line.start, line.stop):
        return False
    parser.close_paragraph()
    parser.contexts.append(Context(Body.CODE_PARAGRAPH, line.indent - 1))
    parser.writer.hide_line(line.start, line.stop, RegionKind.CODE_BLOCK)
    return True


def _item(parser: LineParser, line: Line) -> bool:
    text, paragraph = parser.text, parser.paragraph
    found = _BULLET.match(text, line.start, line.stop)
    if found is None and (paragraph is None or paragraph.loose or paragraph.indent != line.indent):
        found = _ENUMERATOR.match(text, line.start, line.stop)
    if found is None:
        return False
    parser.open_paragraph(found.end(), line, loose=True)
    return True


def _labeled(
    parser: LineParser,
    line: Line,
    label: re.Match[str] | None,
    kind: RegionKind = RegionKind.MARKUP,
) -> bool:
    """Parse a label and the start of its text, if there is a label."""
    if label is None:
        return False
    parser.close_paragraph()
    parser.writer.builder.break_()
    parser.writer.hide(*label.span(), kind)
    parser.open_paragraph(label.end(), line, loose=True)
    return True


def _field(parser: LineParser, line: Line) -> bool:
    if parser.text[line.start] != ":":
        return False
    return _labeled(parser, line, _FIELD.match(parser.text, line.start, line.stop))


def _option(parser: LineParser, line: Line) -> bool:
    """Parse a command-line option, which is code, and the start of its description."""
    if parser.paragraph is not None and not parser.paragraph.loose and parser.paragraph.indent == line.indent:
        return False
    return _labeled(parser, line, _OPTION.match(parser.text, line.start, line.stop), RegionKind.CODE_BLOCK)


def _line_block(parser: LineParser, line: Line) -> bool:
    found = _LINE_BLOCK.match(parser.text, line.start, line.stop)
    if found is None:
        return False
    parser.open_paragraph(found.end(), line, loose=True)
    return True


def _argument(parser: LineParser, line: Line) -> bool:
    """Parse an argument in a docstring: `name (type): description`, or `name : type`."""
    if not parser.is_code or (parser.first_is_loose and line is parser.lines[0]):
        return False
    paragraph = parser.paragraph
    if found := _TYPED.match(parser.text, line.start, line.stop):
        parser.close_paragraph()
        parser.writer.hide_line(line.start, line.stop, RegionKind.MARKUP)
        return True
    if paragraph is not None and not (paragraph.loose and paragraph.low == line.indent):
        section = parser.text[paragraph.end - 1] == ":" and paragraph.indent < line.indent
        if not section or paragraph.size != 1:
            return False
    found = _ARGUMENT.match(parser.text, line.start, line.stop) if line.indent else None
    return _labeled(parser, line, found)


STARTS: tuple[Callable[[LineParser, Line], bool], ...] = (
    _explicit,
    _list_table,
    _doctest,
    _fence,
    _item,
    _field,
    _option,
    _line_block,
    _argument,
)
