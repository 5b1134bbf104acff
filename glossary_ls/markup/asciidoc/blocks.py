"""The line structure of AsciiDoc: blocks, lists and tables, as Asciidoctor parses them.

A `Block` is the text between blank lines. Delimited blocks and tables of AsciiDoc continue over them, so an
open one is in the state between blocks. This module must not know inline markup.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.markup.asciidoc.inline import inline
from glossary_ls.markup.block import LINE
from glossary_ls.markup.prose import DEFINES
from glossary_ls.markup.writer import Writer

if TYPE_CHECKING:
    from glossary_ls.markup.block import Block, State


@dataclass(frozen=True, slots=True)
class AsciiState:
    """The state between two blocks.

    `verbatim` is the closing line of the open verbatim block, `kind` its kind, None for a comment; `table` is
    the closing line of the open table. `style` is the kind that an attribute line gives to the next block.
    """

    verbatim: str = ""
    kind: RegionKind | None = RegionKind.CODE_BLOCK
    table: str = ""
    style: RegionKind | None = None


def parse(source: str, start: int, state: State) -> Block:
    """Parse a block of AsciiDoc."""
    writer = Writer(source, start)
    if not writer.text:
        return writer.block(state)
    parser = _BlockParser(writer, state if isinstance(state, AsciiState) else AsciiState())
    parser.header = state is None and writer.text.startswith("= ")
    for found in LINE.finditer(writer.text):
        if found.start(1) < found.end(1):
            parser.parse_line(*found.span(1))
    parser.close_paragraph()
    return writer.block(parser.state)


_VERBATIM = lazily(r"(-{4,}|\.{4,}|\+{4,}|/{4,}|`{3,}|~{3,})(?:(?<=`)[^`]*)?\Z")
_TABLE = lazily(r"[|,:!]={3,}\Z")
_CONTAINER = lazily(r"(?:={4,}|\*{4,}|_{4,}|--)\Z")
_UNDERLINE = lazily(r"([-=~^+])\1{2,}\Z")
_HEADING = lazily(r"(?:={1,6}|#{1,6})[ \t]+(?=\S)")
_ATTRIBUTES = lazily(r"\[(?:\[.*\]|[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]\Z")
_CODE_STYLE = lazily(
    r"\[(?:source|listing|literal|pass|,|mermaid|plantuml|graphviz|ditaa|blockdiag|seqdiag|vega|kroki|verse%code)\b"
    r"|\[,"
)
_MATH_STYLE = lazily(r"\[(?:stem|latexmath|asciimath)\b")
_ENTRY = lazily(r":!?[A-Za-z0-9_][\w-]*!?:(?:[ \t].*)?\Z")
_MACRO = lazily(r"[A-Za-z][\w-]*::[^\s\[]*\[.*\]\Z")
_RULE = lazily(r"(?:'{3,}|<{3,}|-{3}|\*{3}|- - -|\* \* \*)\Z")
#: The title of a block, unless the line is an item.
_TITLE = lazily(r"\.(?=[^\s.])")
_ADMONITION = lazily(r"(?:NOTE|TIP|IMPORTANT|CAUTION|WARNING):[ \t]+")
_ITEM = lazily(
    r"[ \t]*(?:[*\u2022]{1,6}|-|\.{1,6}|[0-9]{1,4}\.|[A-Za-z][.)]|<(?:[0-9]+|\.)>)[ \t]+(?:\[[ x*]\][ \t]+)?"
)
_TERM = lazily(r"[ \t]*(\S.*?)(?<![:;]):{2,4}(?:[ \t]+|\Z)|[ \t]*(\S.*?)(?<![:;]);;(?:[ \t]+|\Z)")
_CELL = lazily(r"(?<!\\)(?:(?:\d+(?:\.\d+)?|\.\d+)[+*])?[<^>]?(?:\.[<^>])?[adehlmsv]?\|")


class _BlockParser:
    """The state of a block while its lines are parsed."""

    def __init__(self, writer: Writer, state: AsciiState) -> None:
        self.writer = writer
        self.text = writer.text
        self.state = state
        self.header = False
        #: The open paragraph: its start (-1 for none), its end and its number of lines.
        self.start = self.end = -1
        self.size = 0
        #: The kind of the literal paragraph, which continues to the end of the block.
        self.literal: RegionKind | None = None
        #: Whether the last line of the table has one cell, and the next line continues the row.
        self.row = False
        #: Whether the definition of a term is expected.
        self.term = False

    def parse_line(self, start: int, end: int) -> None:
        """Parse a line that is not empty."""
        stop = start + len(self.text[start:end].rstrip(" \t"))
        line = self.text[start:stop]
        if self.state.verbatim:
            self._verbatim(line, start, stop)
        elif self.literal is not None:
            self.writer.hide_line(start, stop, self.literal)
        elif self.state.table:
            self._table(line, start, stop)
        elif not line or not self._structure(line, start, stop):
            self._text(start, stop)

    def close_paragraph(self) -> None:
        """Write the open paragraph."""
        if self.start >= 0:
            self._write(RegionKind.PROSE)

    def _write(self, kind: RegionKind) -> None:
        if self.term:
            self.writer.builder.separate(DEFINES)
            self.term = False
        else:
            self.writer.builder.break_()
        inline(self.writer, self.start, self.end, kind)
        self.start = -1

    def _open_paragraph(self, start: int, end: int) -> None:
        self.close_paragraph()
        if start < end:
            self.start, self.end, self.size = start, end, 1

    def _verbatim(self, line: str, start: int, stop: int) -> None:
        if line == self.state.verbatim:
            self.state = AsciiState(table=self.state.table)
        else:
            self.writer.hide_line(start, stop, self.state.kind)

    def _table(self, line: str, start: int, stop: int) -> None:
        writer = self.writer
        if line == self.state.table:
            self.state = AsciiState()
            writer.builder.break_()
            return
        if verbatim := _VERBATIM.match(line):
            self.state = replace(self.state, verbatim=verbatim[1], kind=RegionKind.CODE_BLOCK)
            return
        cells = list(_CELL.finditer(self.text, start, stop)) if self.state.table[0] == "|" else []
        if not cells:
            writer.builder.space()
            inline(writer, start, stop, RegionKind.TABLE)
            return
        if cells[0].start() > start:
            writer.builder.space()
            inline(writer, start, cells[0].start(), RegionKind.TABLE)
        elif not self.row or len(cells) > 1:
            writer.builder.break_()
        for index, cell in enumerate(cells):
            if index or cells[0].start() > start or (self.row and len(cells) == 1):
                writer.builder.cell()
            until = cells[index + 1].start() if index + 1 < len(cells) else stop
            inline(writer, cell.end(), until, RegionKind.TABLE)
        self.row = len(cells) == 1

    def _structure(self, line: str, start: int, stop: int) -> bool:
        """Parse a line of markup; return False if it is text."""
        first = line[0]
        if self._underlines(line):
            self._write(RegionKind.HEADING)
            return True
        if first in _DELIMITERS and self._delimiter(line):
            return True
        if any(first in chars and pattern.match(line) for chars, pattern in _MARKUP_LINES) or _MACRO.match(
            line
        ):
            self._markup(line)
            return True
        return self._opening(line, start, stop)

    def _underlines(self, line: str) -> bool:
        """Return whether the line underlines a heading of the same length, plus or minus one."""
        return (
            self.start >= 0
            and self.size == 1
            and _UNDERLINE.match(line) is not None
            and abs(self.end - self.start - len(line)) <= 1
        )

    def _delimiter(self, line: str) -> bool:
        if found := _VERBATIM.match(line):
            kind = None if line[0] == "/" else self.state.style or RegionKind.CODE_BLOCK
            self.state = AsciiState(verbatim=found[1], kind=kind)
        elif _TABLE.match(line):
            self.state = AsciiState(table=line)
            self.row = False
        elif _CONTAINER.match(line):
            if self.state.style is not None:
                self.state = AsciiState(verbatim=line, kind=self.state.style)
        else:
            return False
        self.close_paragraph()
        self.writer.builder.break_()
        return True

    def _markup(self, line: str) -> None:
        self.close_paragraph()
        self.writer.builder.break_()
        style = None
        if line[0] == "[":
            style = RegionKind.CODE_BLOCK if _CODE_STYLE.match(line) else self.state.style
            style = RegionKind.MATH if _MATH_STYLE.match(line) else style
            style = RegionKind.MARKUP if line.startswith("[comment") else style
        self.state = AsciiState(style=style)

    def _opening(self, line: str, start: int, stop: int) -> bool:
        """Parse headings, titles, admonitions and items; return False for other lines."""
        style, self.state = self.state.style, AsciiState()
        if self.start < 0 and _TITLE.match(line) and not _ITEM.match(line):
            self.writer.builder.break_()
            inline(self.writer, start + 1, stop, RegionKind.HEADING)
            self.state = AsciiState(style=style)
            return True
        if style is not None and self.start < 0:
            self.literal = style
            self.writer.hide_line(start, stop, style)
            return True
        if self.start < 0 and (heading := _HEADING.match(line)):
            self._open_paragraph(start + heading.end(), stop)
            self._write(RegionKind.HEADING)
            return True
        if self.header:
            # The lines below the title of a document are its authors and its revision.
            self.writer.builder.break_()
            return True
        if self.start < 0 and (label := _ADMONITION.match(line)):
            self._open_paragraph(start + label.end(), stop)
            return True
        return self._item(line, start, stop)

    def _item(self, line: str, start: int, stop: int) -> bool:
        if line.strip() == "+":
            self.close_paragraph()
            return True
        if item := _ITEM.match(line):
            self._open_paragraph(start + item.end(), stop)
            return True
        if ("::" in line or ";;" in line) and (term := _TERM.match(line)):
            self._open_paragraph(*(start + place for place in term.span(1 if term[1] else 2)))
            self.close_paragraph()
            self.term = True
            self._open_paragraph(start + term.end(), stop)
            return True
        if self.start < 0 and not self.term and line[0] in " \t":
            self.literal = RegionKind.CODE_BLOCK
            self.writer.hide_line(start, stop, RegionKind.CODE_BLOCK)
            return True
        return False

    def _text(self, start: int, stop: int) -> None:
        if self.start < 0:
            self.start, self.size = start, 0
        self.end = max(stop, start)
        self.size += 1


_DELIMITERS = frozenset("-.+/`~|,:!=*_")
_MARKUP_LINES = (
    ("/", re.compile(r"//(?!/)")),
    (":", _ENTRY),
    ("[", _ATTRIBUTES),
    ("'<-*", _RULE),
)
