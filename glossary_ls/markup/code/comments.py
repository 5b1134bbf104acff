"""The lines of a comment: paragraphs, items, documentation tags, fences, commented-out code.

The lines are without the comment markers of the language. The markup of documentation tools (Javadoc,
Doxygen, rustdoc, JSDoc, XML documentation) is parsed in all languages alike. This module must not know where
comments are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import stripped
from glossary_ls.markup.code.classify import is_code, is_legal, is_pragma
from glossary_ls.markup.code.inline import inline
from glossary_ls.markup.plain import ENTRY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.markup.writer import Writer

_ITEM = lazily(r"(?:[-*+\u2022o]|[0-9]{1,3}[.)]|\([0-9a-z]\)|#{1,6})(?=[ \t])[ \t]*|--[ \t]+")
_ENTRY = lazily(ENTRY)
_TAG = lazily(
    r"[@\\](?:(?:param|tparam|arg|argument|property|prop|typedef|callback|template|typeParam|field|member|var)"
    r"(?:\[[a-z, ]+\])?(?:[ \t]+\{[^{}\r\n]*\})?(?:[ \t]+(?:\[[^\[\]\r\n]*\]|<?[$\w.]+>?)(?:[ \t]+-)?)?"
    r"|(?:throws?|exception|retval|raises?|see|link|yields?|type|augments|extends|implements)"
    r"(?:[ \t]+(?:\{[^{}\r\n]*\}|[\w.:#]+(?=[ \t]|\Z)))?"
    r"|(?:returns?|result)(?:[ \t]+\{[^{}\r\n]*\})?"
    r"|(?:author|since|version|serial|default(?:value)?|module|namespace|class|ingroup|defgroup|file|addtogroup|name"
    r"|category|example|memberof|access|requires)\b[^\r\n]*"
    r"|[A-Za-z]\w*)[ \t]*|:(?!\s)[\w*,. \t-]+:(?=\s|\Z)[ \t]*"
)
_NOTE = lazily(
    r"=(?:head[1-6]|item|over|back|cut|pod|begin|end|for|encoding)\b[ \t]*|(?:TODO|FIXME|XXX)(?=[ \t])[ \t]*"
    r"|(?:TODO|FIXME|XXX|HACK|BUG|NOTE|NB|OPTIMIZE|REVIEW|WARNING|SAFETY|PERF|INVARIANT)(?:\([^()\r\n]*\))?"
    r"(?::|\Z|(?=[ \t]+-[ \t]))[ \t:-]*"
)
_FENCE = lazily(r"`{3,}|~{3,}")
_CODE_TAG = lazily(
    r"(?<!\{)@(?:code|verbatim|startuml|dot|msc|example)\b|\\(?:code|verbatim|startuml|dot|msc)\b"
    r"|<(?:pre|code)\b[^<>]*>\s*(?:\{@code)?\s*\Z|\{@code\s*\Z"
)
_CODE_TAG_END = lazily(r"[@\\]end\w+|</(?:pre|code)>|[@\\][a-z]|\}\s*\Z")


def read_comment(writer: Writer, lines: Sequence[tuple[int, int]], *, doc: bool, settings: bool) -> None:
    """Write the text of a comment, whose lines are given as offsets; blank lines may be empty ranges."""
    text = writer.text
    if is_legal(text[lines[0][0] : lines[-1][1]]):
        writer.builder.break_()
        return
    parser = _CommentParser(writer, RegionKind.DOCSTRING if doc else RegionKind.COMMENT, settings=settings)
    trimmed = [(begin, *stripped(text, begin, end)) for begin, end in lines]
    base = min((start - begin for begin, start, end in trimmed if start < end), default=0)
    writer.builder.break_()
    for begin, start, end in trimmed:
        parser.parse_line(start, end, start - begin - base)
    writer.builder.break_()


class _CommentParser:
    """The state of a comment while its lines are parsed."""

    def __init__(self, writer: Writer, kind: RegionKind, *, settings: bool) -> None:
        self.writer = writer
        self.text = writer.text
        self.kind = kind
        self.settings = settings
        #: The closer of the open code block: a fence, or `@` for a documentation tag.
        self.closer = ""
        self.blank = True
        self.code = False

    def parse_line(self, start: int, end: int, indent: int) -> None:
        """Parse a line with an indentation of `indent`, relative to the least indented line."""
        line = self.text[start:end]
        if self.closer:
            closed = line.startswith(self.closer) if self.closer[0] in "`~" else _CODE_TAG_END.search(line)
            self.writer.hide_line(start, end, RegionKind.CODE_BLOCK)
            self.closer = "" if closed else self.closer
            return
        if not any(map(str.isalnum, line)):
            self.writer.builder.break_()
            self._open_fence(line)
            self.blank = True
            return
        if self._open_fence(line) or self._is_code(line, indent):
            self.writer.hide_line(start, end, RegionKind.CODE_BLOCK)
            self.code, self.blank = True, False
            return
        self.code = self.blank = False
        if is_pragma(line):
            self.writer.builder.break_()
        else:
            self._text(start, end)

    def _open_fence(self, line: str) -> bool:
        if fence := _FENCE.match(line):
            self.closer = fence[0]
        elif _CODE_TAG.search(line):
            self.closer = "@"
        return bool(self.closer)

    def _is_code(self, line: str, indent: int) -> bool:
        if indent >= 4 and (self.code or self.blank) and not _ITEM.match(line):
            return True
        return line[0] not in "@:" and is_code(line, settings=self.settings)

    def _text(self, start: int, end: int) -> None:
        builder = self.writer.builder
        if item := _ITEM.match(self.text, start, end):
            builder.break_()
            start = item.end()
        elif _ENTRY.match(self.text, start, end):
            builder.break_()
        tag = _TAG.match(self.text, start, end) if self.text[start : start + 1] in {"@", "\\", ":"} else None
        if label := tag or _NOTE.match(self.text, start, end):
            builder.break_()
            start = label.end()
        builder.space()
        inline(self.writer, start, end, self.kind)
