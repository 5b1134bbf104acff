"""What an inline parser finds in a stretch of text, and how the readable text is written from it.

The rules add tokens from left to right; whatever lies between two tokens is text. A rule may come back to a
token of its own (the opening bracket of a link) or take the last ones away (an image swallows its
description).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span
from glossary_ls.markup.block import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.markup.markdown.emphasis import Delimiter
    from glossary_ls.markup.prose import ProseBuilder


#: A link of at most this many words is a pointer, the name of what it leads to.
POINTER_WORDS = 2


class Do(Enum):
    """What becomes of a token in the readable text."""

    KEEP = 0
    DROP = 1
    SPACE = 2
    CELL = 3
    BREAK = 4
    OPAQUE = 5
    DELIMITER = 6
    CODE = 7
    LINK_START = 8
    LINK_END = 9
    GLOSS = 10


class Token(NamedTuple):
    """Something that is not plain text; a tuple, because there are many."""

    start: int
    end: int
    do: Do
    #: A part of it: the code of a code span, the text that is put in brackets as a gloss.
    inner: tuple[int, int] = (0, 0)
    delimiter: Delimiter | None = None


class Bracket(NamedTuple):
    """An opening bracket, with how much had been found before it."""

    start: int
    image: bool
    tokens: int
    delimiters: int
    regions: int


@dataclass(slots=True)
class Scan:
    """One stretch of text, `text[start:end]`, while it is read, and what has been found in it."""

    text: str
    start: int
    end: int
    kind: RegionKind
    jsx: bool
    tokens: list[Token] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    #: Runs that have not been paired; those inside a link are paired when the link ends.
    delimiters: list[Delimiter] = field(default_factory=list)
    brackets: list[Bracket] = field(default_factory=list)
    #: A link contains no link: brackets that were opened before this place make none.
    linked: int = -1
    #: Where runs of backticks are, by length, and which brace closes which; found out when first needed.
    backticks: dict[int, list[int]] | None = None
    braces: dict[int, int] | None = None
    #: Closing strings that are known not to come any more.
    missing: set[str] = field(default_factory=set)

    def token(self, start: int, end: int, do: Do, inner: tuple[int, int] = (0, 0)) -> int:
        """Add a token and return where to read on."""
        self.tokens.append(Token(start, end, do, inner))
        return end

    def region(self, start: int, end: int, kind: RegionKind) -> None:
        """Add a stretch that is not readable."""
        self.regions.append(Region(Span(start, end), kind))

    def hide(self, start: int, end: int, do: Do, kind: RegionKind = RegionKind.MARKUP) -> int:
        """Add a token that is not readable and return where to read on."""
        self.region(start, end, kind)
        return self.token(start, end, do)

    def find(self, closer: str, start: int) -> int:
        """Find a closing string; -1 when it is not there, which is found out once."""
        if closer in self.missing:
            return -1
        found = self.text.find(closer, start, self.end)
        if found < 0:
            self.missing.add(closer)
        return found

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return a range without the white space at its ends."""
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        return start, end


def write(scan: Scan, builder: ProseBuilder) -> None:
    """Write the text between the tokens, and what the tokens leave of themselves."""
    kind = scan.kind
    position = scan.start
    pointers = _pointers(scan)
    for token in scan.tokens:
        if token.do is Do.KEEP:
            continue
        if token.delimiter is not None:
            position = _write_delimiter(token, token.delimiter, position, builder, kind)
            continue
        if position < token.start:
            builder.add(position, token.start, kind)
        position = token.end
        if token.do is Do.LINK_START:
            kind = RegionKind.LINK if token.start in pointers else scan.kind
        elif token.do is Do.LINK_END:
            kind = scan.kind
        elif write_token := _WRITERS.get(token.do):
            write_token(scan, token, builder)
    builder.add(position, scan.end, kind)


def _pointers(scan: Scan) -> set[int]:
    """Return where the short links start: a few words that point to what explains them.

    A longer link is a part of the sentence that it stands in, and is read as such.
    """
    pointers: set[int] = set()
    opening: Token | None = None
    for token in scan.tokens:
        if token.do is Do.LINK_START:
            opening = token
        elif token.do is Do.LINK_END and opening is not None:
            if len(scan.text[opening.end : token.start].split()) <= POINTER_WORDS:
                pointers.add(opening.start)
            opening = None
    return pointers


def _write_delimiter(
    token: Token, delimiter: Delimiter, position: int, builder: ProseBuilder, kind: RegionKind
) -> int:
    """Leave out what pairing has used up at either end of a run; what is left in the middle is text."""
    if delimiter.left:
        builder.add(position, token.start, kind)
        position = token.start + delimiter.left
    if delimiter.right:
        builder.add(position, token.end - delimiter.right, kind)
        position = token.end
    return position


def _write_code(scan: Scan, token: Token, builder: ProseBuilder) -> None:
    """Write code; in a table, a pipe in it is escaped without being code itself."""
    start, end = token.inner
    if scan.kind is RegionKind.TABLE:
        while (pipe := scan.text.find("\\|", start, end)) >= 0:
            builder.add(start, pipe, RegionKind.CODE_INLINE)
            builder.add(pipe + 1, pipe + 2, RegionKind.CODE_INLINE)
            start = pipe + 2
    builder.add(start, end, RegionKind.CODE_INLINE)


def _write_gloss(scan: Scan, token: Token, builder: ProseBuilder) -> None:
    builder.space()
    builder.mark("(")
    builder.add(*token.inner, scan.kind)
    builder.mark(")")


_WRITERS: dict[Do, Callable[[Scan, Token, ProseBuilder], None]] = {
    Do.SPACE: lambda _scan, _token, builder: builder.space(),
    Do.CELL: lambda _scan, _token, builder: builder.cell(),
    Do.BREAK: lambda _scan, _token, builder: builder.break_(),
    Do.OPAQUE: lambda _scan, _token, builder: builder.opaque(),
    Do.CODE: _write_code,
    Do.GLOSS: _write_gloss,
}
