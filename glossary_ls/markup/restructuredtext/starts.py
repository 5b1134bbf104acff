"""What a line of reStructuredText can start: explicit markup, items, fields, options, arguments.

Each function parses its construct, given the match of its pattern, and returns True, or returns False. This
module must not know constructs that extend over several lines.
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


def _explicit(parser: LineParser, line: Line, _found: re.Match[str]) -> bool:
    """Parse a directive, a target, a footnote or a comment."""
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


def _list_table(parser: LineParser, line: Line, cell: re.Match[str]) -> bool:
    top = parser.top(Body.LIST_TABLE)
    if top is None:
        return False
    if row := _ROW.match(parser.text, line.start, line.stop):
        first = _LIST_CELL.match(parser.text, row.end(), line.stop)
        column = line.indent + row.end() - row.start()
        parser.contexts[-1] = replace(top, columns=(column,))
        parser.open_paragraph(first.end() if first else row.end(), line, loose=True, low=column)
        return True
    if top.columns != (line.indent,):
        return False
    parser.open_paragraph(cell.end(), line, loose=True, cell=True)
    return True


def _fence(parser: LineParser, line: Line, _found: re.Match[str]) -> bool:
    """Parse a Markdown fence, which is common in docstrings."""
    if not parser.is_code:
        return False
    parser.close_paragraph()
    parser.contexts.append(Context(Body.FENCE, -1))
    parser.writer.hide_line(line.start, line.stop, RegionKind.CODE_BLOCK)
    return True


def _doctest(parser: LineParser, line: Line, _found: re.Match[str]) -> bool:
    parser.close_paragraph()
    parser.contexts.append(Context(Body.CODE_PARAGRAPH, line.indent - 1))
    parser.writer.hide_line(line.start, line.stop, RegionKind.CODE_BLOCK)
    return True


def _text(parser: LineParser, line: Line, found: re.Match[str]) -> bool:
    """Parse the start of a paragraph after a bullet or the mark of a line block."""
    parser.open_paragraph(found.end(), line, loose=True)
    return True


def _enumerated(parser: LineParser, line: Line, found: re.Match[str]) -> bool:
    return not _continues(parser, line) and _text(parser, line, found)


def _continues(parser: LineParser, line: Line) -> bool:
    """Return whether a line of text at this indentation continues the open paragraph."""
    paragraph = parser.paragraph
    return paragraph is not None and not paragraph.loose and paragraph.indent == line.indent


def _field(
    parser: LineParser, line: Line, label: re.Match[str], kind: RegionKind = RegionKind.MARKUP
) -> bool:
    """Parse a label and the start of its text."""
    parser.close_paragraph()
    parser.writer.builder.break_()
    parser.writer.hide(*label.span(), kind)
    parser.open_paragraph(label.end(), line, loose=True)
    return True


def _option(parser: LineParser, line: Line, found: re.Match[str]) -> bool:
    """Parse a command-line option, which is code, and the start of its description."""
    return not _continues(parser, line) and _field(parser, line, found, RegionKind.CODE_BLOCK)


def _typed(parser: LineParser, line: Line, _found: re.Match[str]) -> bool:
    """Skip an argument in a docstring with its type: `name : type`."""
    if not _may_be_argument(parser, line):
        return False
    parser.close_paragraph()
    parser.writer.hide_line(line.start, line.stop, RegionKind.MARKUP)
    return True


def _argument(parser: LineParser, line: Line, found: re.Match[str]) -> bool:
    """Parse an argument in a docstring with its description: `name (type): description`."""
    paragraph = parser.paragraph
    if not line.indent or not _may_be_argument(parser, line):
        return False
    if paragraph is not None and not (paragraph.loose and paragraph.low == line.indent):
        section = parser.text[paragraph.end - 1] == ":" and paragraph.indent < line.indent
        if not section or paragraph.size != 1:
            return False
    return _field(parser, line, found)


def _may_be_argument(parser: LineParser, line: Line) -> bool:
    return parser.is_code is not None and not (parser.first_is_loose and line is parser.lines[0])


STARTS: tuple[tuple[re.Pattern[str], Callable[[LineParser, Line, re.Match[str]], bool]], ...] = (
    (explicit.MARKER, _explicit),
    (_LIST_CELL, _list_table),
    (_DOCTEST, _doctest),
    (FENCE, _fence),
    (_BULLET, _text),
    (_ENUMERATOR, _enumerated),
    (_FIELD, _field),
    (_OPTION, _option),
    (_LINE_BLOCK, _text),
    (_TYPED, _typed),
    (_ARGUMENT, _argument),
)
