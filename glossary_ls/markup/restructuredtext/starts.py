"""What a line of reStructuredText may begin: explicit markup, items, fields, options, and in docstrings more.

Each function tells whether the line begins the thing, and reads it. This module must not know what takes more
than one line to tell.
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
    from glossary_ls.markup.restructuredtext.reader import Reader

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


def _explicit(reader: Reader, line: Line) -> bool:
    """Read what begins with two dots: a directive, a target, a footnote, a comment."""
    if not explicit.MARKER.match(reader.text, line.start, line.stop):
        return False
    reader.leave()
    found = explicit.read(reader.text, line)
    reader.writer.builder.break_()
    reader.writer.hide(line.start, found.marker, RegionKind.MARKUP)
    reader.writer.hide(found.marker, found.text, found.region)
    if found.context is not None:
        reader.contexts.append(found.context)
    if found.text < line.stop:
        reader.open(found.text, line, kind=found.kind, loose=True)
    return True


def _list_table(reader: Reader, line: Line) -> bool:
    top = reader.top(Body.LIST_TABLE)
    if top is None:
        return False
    if row := _ROW.match(reader.text, line.start, line.stop):
        cell = _LIST_CELL.match(reader.text, row.end(), line.stop)
        column = line.indent + row.end() - row.start()
        reader.contexts[-1] = replace(top, columns=(column,))
        reader.open(cell.end() if cell else row.end(), line, loose=True, low=column)
        return True
    cell = _LIST_CELL.match(reader.text, line.start, line.stop)
    if cell is None or top.columns != (line.indent,):
        return False
    reader.open(cell.end(), line, loose=True, cell=True)
    return True


def _fence(reader: Reader, line: Line) -> bool:
    """Read a fence of Markdown, which many docstrings use."""
    if not reader.is_code or not FENCE.match(reader.text, line.start, line.stop):
        return False
    reader.leave()
    reader.contexts.append(Context(Body.FENCE, -1))
    reader.writer.hide_line(line.start, line.stop, RegionKind.CODE_BLOCK)
    return True


def _doctest(reader: Reader, line: Line) -> bool:
    if not _DOCTEST.match(reader.text, line.start, line.stop):
        return False
    reader.leave()
    reader.contexts.append(Context(Body.CODE_PARAGRAPH, line.indent - 1))
    reader.writer.hide_line(line.start, line.stop, RegionKind.CODE_BLOCK)
    return True


def _item(reader: Reader, line: Line) -> bool:
    text, paragraph = reader.text, reader.paragraph
    found = _BULLET.match(text, line.start, line.stop)
    if found is None and (paragraph is None or paragraph.loose or paragraph.indent != line.indent):
        found = _ENUMERATOR.match(text, line.start, line.stop)
    if found is None:
        return False
    reader.open(found.end(), line, loose=True)
    return True


def _field(reader: Reader, line: Line) -> bool:
    if reader.text[line.start] != ":":
        return False
    found = _FIELD.match(reader.text, line.start, line.stop)
    if found is None:
        return False
    reader.leave()
    reader.writer.builder.break_()
    reader.writer.hide(*found.span())
    reader.open(found.end(), line, loose=True)
    return True


def _option(reader: Reader, line: Line) -> bool:
    """Read an option of a command, which is code, and what is said about it."""
    if reader.paragraph is not None and not reader.paragraph.loose and reader.paragraph.indent == line.indent:
        return False
    found = _OPTION.match(reader.text, line.start, line.stop)
    if found is None:
        return False
    reader.leave()
    reader.writer.builder.break_()
    reader.writer.hide(*found.span(), RegionKind.CODE_BLOCK)
    reader.open(found.end(), line, loose=True)
    return True


def _line_block(reader: Reader, line: Line) -> bool:
    found = _LINE_BLOCK.match(reader.text, line.start, line.stop)
    if found is None:
        return False
    reader.open(found.end(), line, loose=True)
    return True


def _argument(reader: Reader, line: Line) -> bool:
    """Read an argument in a docstring: `name (type): what it means`, or `name : type`."""
    if not reader.is_code or (reader.first_is_loose and line is reader.lines[0]):
        return False
    paragraph = reader.paragraph
    if found := _TYPED.match(reader.text, line.start, line.stop):
        reader.leave()
        reader.writer.hide_line(line.start, line.stop, RegionKind.MARKUP)
        return True
    if paragraph is not None and not (paragraph.loose and paragraph.low == line.indent):
        section = reader.text[paragraph.end - 1] == ":" and paragraph.indent < line.indent
        if not section or paragraph.size != 1:
            return False
    found = _ARGUMENT.match(reader.text, line.start, line.stop)
    if found is None or line.indent == 0:
        return False
    reader.leave()
    reader.writer.builder.break_()
    reader.writer.hide(*found.span())
    reader.open(found.end(), line, loose=True)
    return True


STARTS: tuple[Callable[[Reader, Line], bool], ...] = (
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
