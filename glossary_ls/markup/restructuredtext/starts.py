"""What a line of reStructuredText can start: explicit markup, items, fields, options, arguments.

Each function parses its construct, given the match of its pattern, and returns True, or returns False. This
module must not know constructs that extend over several lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.markup.plain import ENTRY
from glossary_ls.markup.prose import CELL
from glossary_ls.markup.restructuredtext.directives import directive
from glossary_ls.markup.restructuredtext.layout import Body, Context

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.markup.restructuredtext.layout import Line
    from glossary_ls.markup.restructuredtext.line_parser import LineParser

#: The marker of explicit markup ("Explicit Markup Blocks" in docutils), and what may follow it.
_MARKER = lazily(r"(?:\.\.|__)(?=[ \t]|\Z)[ \t]*")
_FOOTNOTE = lazily(r"\[(?:[0-9]{1,6}|[#*]|#?[\w.+:-]+)\](?=[ \t]|\Z)[ \t]*")
_TARGET = lazily(r"_(?:`[^`\r\n]*`|[^\s:\\]?(?:[^:\\\r\n]|\\.|:(?!\s|\Z))*):(?=[ \t]|\Z)[ \t]*")
_SUBSTITUTION = lazily(r"\|[^|\r\n]+\|[ \t]+([\w-]+)::(?=[ \t]|\Z)[ \t]*")
_DIRECTIVE = lazily(r"([A-Za-z0-9](?:[\w.+-]|:(?=\w))*)[ ]?::(?=[ \t]|\Z)[ \t]*")
_WORD = lazily(r"\S+(?:[ \t]+|\Z)")

_BULLET = lazily("[-*+\u2022\u2023\u2043](?=[ \t]|\\Z)[ \t]*")
_ENUMERATOR = lazily(r"\(?(?:[0-9]{1,4}|[A-Za-z]|[ivxIVX]{1,5}|#)[.)](?=[ \t]|\Z)[ \t]*")
_FIELD = lazily(r":(?![:\s])(?:[^:\\\r\n`]|\\.|:(?!\s|\Z)|`[^`\r\n]*+`)++:(?=\s|\Z)[ \t]*")
_OPTION = lazily(
    r"(?:(?:--?|\+|/)[\w?][\w-]*+(?:[ =](?:<[^<>\r\n]+>|[A-Za-z][\w-]*+))?(?:,[ ]|(?=  |\Z)))+(?:[ ]{2,}|\Z)"
)
_LINE_BLOCK = lazily(r"\|(?=[ \t]|\Z)[ \t]*")
FENCE = lazily(r"`{3,}")
_DOCTEST = lazily(r">>>(?=[ \t]|\Z)")
_ROW = lazily(r"[*+-][ \t]+(?=[*+-](?:[ \t]|\Z))")
_LIST_CELL = lazily(r"[*+-](?=[ \t]|\Z)[ \t]*")
_ARGUMENT = lazily(r"\*{0,2}[A-Za-z_][\w.]*(?:[ \t]*\([^()\r\n]*(?:\([^()\r\n]*\)[^()\r\n]*)*\))?:(?=[ \t])")
_ARGUMENTS = lazily(
    r"(?:other\s|keyword\s)?(?:arg|param|attr|return|raise|yield|field|member|var|key|option|except|warn)",
    re.IGNORECASE,
)
#: A term in capitals and its definition.
_ENTRY = lazily(rf"(?={ENTRY})")
_TYPED = lazily(r"\*{0,2}[A-Za-z_][\w.]*(?:,[ ]\*{0,2}[A-Za-z_][\w.]*)*[ ]:(?:[ ]|\Z)")

#: The indentation of the next line, if it is not blank.
_BELOW = lazily(r"[ \t]*(?:\r\n?|\n)([ \t]*)(?=\S)")


def _explicit(parser: LineParser, line: Line, marker: re.Match[str]) -> bool:
    """Parse a directive, a target, a footnote or a comment."""
    parser.close_paragraph()
    parser.writer.builder.break_()
    text, after = parser.text, marker.end()
    if text[line.start] == "_":
        parser.writer.hide(after, line.stop, RegionKind.URL)
    elif footnote := _FOOTNOTE.match(text, after, line.stop):
        _open_text(parser, line, footnote.end())
    elif target := _TARGET.match(text, after, line.stop):
        parser.writer.hide(target.end(), line.stop, RegionKind.URL)
        parser.contexts.append(Context(Body.ARGUMENTS, line.indent))
    elif substitution := _SUBSTITUTION.match(text, after, line.stop):
        if substitution[1] == "replace":
            _open_text(parser, line, substitution.end())
        else:
            parser.contexts.append(Context(Body.MARKUP, line.indent))
    elif found := _DIRECTIVE.match(text, after, line.stop):
        _directive(parser, line, found)
    else:
        # Two dots alone are an empty comment, unless the next line is indented.
        below = _BELOW.match(text, after)
        is_empty = after == line.stop and not (below and len(below[1].expandtabs()) > line.indent)
        body = Body.ARGUMENTS if is_empty else Body.MARKUP
        parser.contexts.append(Context(body, line.indent))
    return True


def _directive(parser: LineParser, line: Line, found: re.Match[str]) -> None:
    known, start = directive(found[1]), found.end()
    body = known.body
    if body is Body.TEXT and not (known.title or known.text) and start < line.stop:
        # Arguments may continue on the next lines, such as more signatures of a function.
        body = Body.ARGUMENTS
    parser.contexts.append(Context(body, line.indent, options=True))
    for _ in range(known.skipped):
        word = _WORD.match(parser.text, start, line.stop)
        start = word.end() if word else start
    if known.title:
        _open_text(parser, line, start, RegionKind.HEADING)
    elif known.text:
        _open_text(parser, line, start)
    elif body is Body.MATH:
        parser.writer.hide(start, line.stop, RegionKind.MATH)


def _open_text(parser: LineParser, line: Line, start: int, kind: RegionKind = RegionKind.PROSE) -> None:
    """Open a paragraph with the rest of the line, if there is any."""
    if start < line.stop:
        parser.open_paragraph(start, line, kind=kind, loose=True)


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
    parser.open_paragraph(cell.end(), line, loose=True, join=CELL)
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
    """Parse the start of a paragraph after a bullet, a label or the mark of a line block."""
    parser.open_paragraph(found.end(), line, loose=True)
    return True


def _enumerated(parser: LineParser, line: Line, found: re.Match[str]) -> bool:
    return not _continues(parser, line) and _text(parser, line, found)


def _continues(parser: LineParser, line: Line) -> bool:
    """Return whether a line of text at this indentation continues the open paragraph."""
    paragraph = parser.paragraph
    return paragraph is not None and not paragraph.loose and paragraph.indent == line.indent


def _option(parser: LineParser, line: Line, found: re.Match[str]) -> bool:
    """Parse a command-line option, which is code, and the start of its description."""
    if _continues(parser, line):
        return False
    parser.writer.hide(*found.span(), RegionKind.CODE_BLOCK)
    return _text(parser, line, found)


def _typed(parser: LineParser, line: Line, _found: re.Match[str]) -> bool:
    """Skip an argument in a docstring with its type: `name : type`."""
    if not _may_be_argument(parser, line):
        return False
    parser.close_paragraph()
    parser.writer.builder.break_()
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
    term = None if _is_listed_argument(parser, line) else _ENTRY.match(parser.text, line.start, line.stop)
    return _text(parser, line, term or found)


def _is_listed_argument(parser: LineParser, line: Line) -> bool:
    """Return whether the line above with less indentation is the title of a list of arguments."""
    above = (other for other in reversed(parser.lines) if other.start < line.start)
    title = next((other for other in above if other.indent < line.indent), None)
    return title is not None and _ARGUMENTS.match(parser.text, title.start, title.stop) is not None


def _may_be_argument(parser: LineParser, line: Line) -> bool:
    return parser.is_code is not None and not (parser.first_is_loose and line is parser.lines[0])


STARTS: tuple[tuple[re.Pattern[str], Callable[[LineParser, Line, re.Match[str]], bool]], ...] = (
    (_MARKER, _explicit),
    (_LIST_CELL, _list_table),
    (_DOCTEST, _doctest),
    (FENCE, _fence),
    (_BULLET, _text),
    (_ENUMERATOR, _enumerated),
    (_FIELD, _text),
    (_OPTION, _option),
    (_LINE_BLOCK, _text),
    (_TYPED, _typed),
    (_ARGUMENT, _argument),
)
