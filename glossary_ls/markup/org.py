"""Org: headings, lists, tables, blocks, drawers and inline markup, as Org 9 ("Org Syntax") reads them.

Blocks such as `#+begin_src`, drawers and formulas continue over blank lines, so an open one is in the state
between blocks. This module must not know other markup languages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.markup.block import LINE
from glossary_ls.markup.formulas import formula_end
from glossary_ls.markup.scan import InlineScan, InlineSyntax, address, write_inline
from glossary_ls.markup.writer import Writer

if TYPE_CHECKING:
    from glossary_ls.markup.block import Block, State


class Open(NamedTuple):
    """Content that is not text, up to the line `closer` in lower case; without a kind it is markup."""

    closer: str
    kind: RegionKind | None


def parse(source: str, start: int, state: State) -> Block:
    """Parse a block of Org; the state is what is open, or None."""
    lines = _Lines(Writer(source, start), state if isinstance(state, Open) else None)
    for found in LINE.finditer(lines.writer.text):
        if found.start() < found.end():
            _read(lines, *found.span(1))
    lines.close_paragraph()
    return lines.writer.block(lines.opened)


@dataclass(slots=True)
class _Lines:
    """The state of a block while its lines are parsed: what is open, and the range of the open paragraph."""

    writer: Writer
    opened: Open | None
    start: int = -1
    end: int = -1
    #: The cell that follows the term of a list item begins with the paragraph.
    is_definition: bool = False
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.writer.text

    def close_paragraph(self) -> None:
        """Write the open paragraph."""
        if self.start >= 0:
            self.write(self.start, self.end, is_cell=self.is_definition)
        self.start, self.is_definition = -1, False

    def write(
        self, start: int, end: int, kind: RegionKind = RegionKind.PROSE, *, is_cell: bool = False
    ) -> None:
        """Write text that is a sentence or a cell of its own."""
        if is_cell:
            self.writer.builder.cell()
        else:
            self.writer.builder.break_()
        inline(self.writer, start, end, kind)


_HEADING = lazily(r"\*+[ \t]+")
#: What may precede the title of a heading.
_STATUS = lazily(
    r"(?:(?:TODO|DONE|NEXT|WAIT|WAITING|HOLD|STARTED|DOING|INPROGRESS|IN-PROGRESS|SOMEDAY|MAYBE|PROJ|DELEGATED"
    r"|CANCELL?ED|COMMENT)(?=[ \t]|\Z)[ \t]*)?(?:\[#[A-Z0-9]{1,2}\][ \t]*)?(?:COMMENT(?=[ \t]|\Z)[ \t]*)?"
)
_TAGS = lazily(r"(?:^|[ \t]+):[\w@#%:]+:[ \t]*\Z")
_KEYWORD = lazily(r"#\+([\w-]+(?:\[[^\]\r\n]*\])?):[ \t]*|#\+(?=[A-Za-z])", re.IGNORECASE)
_BLOCK = lazily(r"#\+begin_([\w-]+)(?=\s|\Z)", re.IGNORECASE)
#: A formula that ends on another line.
_ENVIRONMENT = lazily(r"\\begin\{([A-Za-z0-9]{1,30}\*?)\}(?!.*\\end\{)")
_DRAWER = lazily(r":([\w-]+):[ \t]*\Z")
_FIXED = lazily(r"(?:#|:)(?=[ \t]|\Z)")
_PLANNING = lazily(r"(?:(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):[ \t]*[\[<])")
_RULE = lazily(r"-{5,}[ \t]*\Z|\|-[-+|]*[ \t]*\Z")
_ITEM = lazily(
    r"(?:[-+]|[0-9]{1,9}[.)]|[A-Za-z][.)]|(?<=[ \t])\*)(?:[ \t]+|\Z)(?:\[@[0-9A-Za-z]+\][ \t]*)?"
    r"(?:\[[ X-]\][ \t]+)?"
)
_TERM = lazily(r"(\S.*?)[ \t]+::(?:[ \t]+|\Z)")
_FOOTNOTE = lazily(r"\[fn:[\w-]+\][ \t]*")

#: The keywords whose value is text, and the blocks and drawers that are none.
_TITLES = word_set("title subtitle caption")
_CODE = word_set("src example export ascii html latex")
_HIDDEN_DRAWERS = word_set("properties logbook clock")


def _read(lines: _Lines, start: int, stop: int) -> None:
    """Parse a line."""
    text, writer = lines.text, lines.writer
    first = start + len(text[start:stop]) - len(text[start:stop].lstrip(" \t"))
    if lines.opened is not None:
        if text[first:stop].rstrip(" \t").lower() == lines.opened.closer:
            lines.opened = None
        elif first < stop:
            writer.hide_line(first, stop, lines.opened.kind)
        writer.builder.break_()
    elif first == stop:
        lines.close_paragraph()
    elif first == start and (heading := _HEADING.match(text, first, stop)):
        lines.close_paragraph()
        _heading(lines, heading.end(), stop)
    elif text[first] in "#:\\-|SDC" and _is_markup(lines, first, stop):
        pass
    elif text[first] == "|":
        lines.close_paragraph()
        _row(lines, first, stop)
    elif item := _ITEM.match(text, first, stop):
        lines.close_paragraph()
        _open_item(lines, item.end(), stop)
    elif first == start and (note := _FOOTNOTE.match(text, first, stop)):
        lines.close_paragraph()
        lines.start, lines.end = note.end(), stop
    else:
        lines.start = first if lines.start < 0 else lines.start
        lines.end = stop


def _heading(lines: _Lines, start: int, stop: int) -> None:
    status = _STATUS.match(lines.text, start, stop)
    start = status.end() if status else start
    tags = _TAGS.search(lines.text, start, stop)
    lines.write(start, tags.start() if tags else stop, RegionKind.HEADING)
    lines.writer.builder.break_()


def _open_item(lines: _Lines, start: int, stop: int) -> None:
    if term := _TERM.match(lines.text, start, stop):
        lines.write(*term.span(1))
        start, lines.is_definition = term.end(), True
    lines.start, lines.end = start, stop


def _row(lines: _Lines, start: int, stop: int) -> None:
    """Write the cells of a row of a table."""
    stop = start + len(lines.text[start:stop].rstrip(" \t"))
    pipes = [at for at in range(start, stop) if lines.text[at] == "|"]
    ends = pipes[1:] if len(pipes) > 1 and pipes[-1] == stop - 1 else [*pipes[1:], stop]
    for number, (pipe, end) in enumerate(zip(pipes, ends, strict=False)):
        lines.write(pipe + 1, end, RegionKind.TABLE, is_cell=number > 0)
    lines.writer.builder.break_()


def _block(name: str) -> Open | None:
    """Return what a block with this name opens; the content of the others is text."""
    if name == "comment":
        return Open("#+end_comment", None)
    return Open(f"#+end_{name}", RegionKind.CODE_BLOCK) if name in _CODE else None


def _is_markup(lines: _Lines, first: int, stop: int) -> bool:
    """Parse a line that is no text; return False for other lines."""
    text, writer = lines.text, lines.writer
    kind: RegionKind | None = None
    if found := _BLOCK.match(text, first, stop):
        lines.opened = _block(found[1].lower())
    elif found := _DRAWER.match(text, first, stop):
        lines.opened = Open(":end:", None) if found[1].lower() in _HIDDEN_DRAWERS else None
    elif found := _KEYWORD.match(text, first, stop):
        if (found[1] or "").lower() in _TITLES:
            lines.close_paragraph()
            lines.write(found.end(), stop, RegionKind.HEADING)
    elif _FIXED.match(text, first, stop):
        kind = RegionKind.CODE_BLOCK if text[first] == ":" else None
    elif found := _ENVIRONMENT.match(text, first, stop):
        kind = RegionKind.MATH
        lines.opened = Open(f"\\end{{{found[1]}}}".lower(), kind)
    elif not (_PLANNING.match(text, first, stop) or _RULE.match(text, first, stop)):
        return False
    lines.close_paragraph()
    writer.hide_line(first, stop, kind)
    return True


# --- inline markup ----------------------------------------------------------------------------------------

_MAX_DEPTH = 6
#: The maximum number of words of a link that names its target.
_POINTER_WORDS = 2
_MARK = r"[=~*/_+\[<$\\{]|@@|(?:src|call)_"
#: What may precede and follow emphasis.
_BEFORE = lazily(r"(?<![^\s\-({'\"|])")
_CLOSE = {mark: re.compile(rf"(?<=\S){re.escape(mark)}(?=[\s\-.,;:!?'\"){{}}\[\\|]|\Z)") for mark in "=~*/_+"}
_LINK = lazily(r"\[\[([^\[\]\r\n]{1,500}+)\](?:\[((?:[^\]]|\](?!\])){1,500}+)\])?\]")
_NOTE = lazily(r"\[fn:[\w-]*(?:\]|:((?:[^\[\]]|\[[^\[\]]*+\]){1,1000}+)\])|\[cite[^\[\]]*+\]|\[\d*[/%]\d*\]")
_TIMESTAMP = lazily(r"[<\[]\d{4}-\d\d-\d\d[^<>\[\]\r\n]{0,60}[>\]]")
_ANGLE = lazily(r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\r\n]{1,500}+>")
_TARGET = lazily(r"<<<([^<>\r\n]{1,200}+)>>>|<<[^<>\r\n]{1,200}+>>")
_SNIPPET = lazily(r"@@[\w-]+:(?:[^@]|@(?!@))*+@@")
_MACRO = lazily(r"\{\{\{[^{}]{1,300}+\}\}\}")
_SOURCE = lazily(r"(?:src|call)_[\w-]+(?:\[[^\[\]\r\n]*+\])?[{(][^{}()\r\n]*+[})]")
_FORMULA = lazily(r"\$\$[^$]++\$\$|(?<![\w$])\$(?![\s$.,;])[^$\r\n]*+(?<![\s.,;])\$(?![\w$])")


def inline(writer: Writer, start: int, end: int, kind: RegionKind, depth: int = 0) -> None:
    """Write the readable text of `start` to `end`, offsets into the text of the writer."""
    if depth > _MAX_DEPTH:
        writer.builder.add(start, end, kind)
    else:
        write_inline(InlineScan(_SYNTAX, writer, start, end, kind, depth))


def _emphasis(scan: InlineScan, at: int) -> int:
    mark = scan.text[at]
    found = scan.close(mark, at + 1) if _BEFORE.match(scan.text, at) else None
    if found is not None:
        scan.flush(at, found.end())
        if mark in "=~":
            scan.writer.code(at, found.end(), at + 1, found.start())
        else:
            inline(scan.writer, at + 1, found.start(), scan.kind, scan.depth + 1)
    return at + 1


def _bracket(scan: InlineScan, at: int) -> None:
    """Parse a link, a footnote, a citation, a number of done tasks or a date."""
    if link := scan.take(_LINK, at):
        if link[2] is None:
            scan.writer.opaque(*link.span(), RegionKind.URL)
            return
        scan.writer.hide(at, link.start(2), RegionKind.URL)
        # A longer text is part of the sentence, not the name of the target.
        kind = RegionKind.LINK if len(link[2].split()) <= _POINTER_WORDS else scan.kind
        inline(scan.writer, *link.span(2), kind, scan.depth + 1)
    elif note := scan.take(_NOTE, at):
        if note[1]:
            scan.writer.builder.space()
            inline(scan.writer, *note.span(1), scan.kind, scan.depth + 1)
    elif scan.take(_TIMESTAMP, at):
        scan.writer.builder.opaque()


def _angle(scan: InlineScan, at: int) -> None:
    """Parse a date, an address or a target."""
    if scan.take(_TIMESTAMP, at):
        scan.writer.builder.opaque()
    elif found := scan.take(_ANGLE, at):
        scan.writer.opaque(*found.span(), RegionKind.URL)
    elif (target := scan.take(_TARGET, at)) and target[1]:
        inline(scan.writer, *target.span(1), scan.kind, scan.depth + 1)


def _dollar(scan: InlineScan, at: int) -> int:
    if found := scan.take(_FORMULA, at):
        scan.writer.opaque(*found.span(), RegionKind.MATH)
    return at + (2 if scan.text.startswith("$$", at) else 1)


def _backslash(scan: InlineScan, at: int) -> None:
    end = formula_end(scan.text, at, scan.end, scan.missing)
    if end is not None:
        scan.flush(at, end)
        scan.writer.opaque(at, end, RegionKind.MATH)
    elif scan.text.startswith("\\\\", at):
        # A line break.
        scan.flush(at, min(at + 2, scan.end))
        scan.writer.builder.space()


def _at_sign(scan: InlineScan, at: int) -> None:
    if not scan.take(_SNIPPET, at):
        address(scan, at)


def _brace(scan: InlineScan, at: int) -> None:
    if scan.take(_MACRO, at):
        scan.writer.builder.opaque()


def _source(scan: InlineScan, at: int) -> int:
    if found := scan.take(_SOURCE, at):
        scan.writer.opaque(*found.span(), RegionKind.CODE_INLINE)
    return at + 1


_SYNTAX = InlineSyntax(
    _MARK,
    {
        **dict.fromkeys("=~*/_+", _emphasis),
        "[": _bracket,
        "<": _angle,
        "$": _dollar,
        "\\": _backslash,
        "@": _at_sign,
        "{": _brace,
        **dict.fromkeys("sc", _source),
    },
    _CLOSE,
)
