"""The tokens of the inline parser, and writing the readable text from them.

Rules add tokens from left to right; the rest is text. A rule may replace its own token (the opening bracket
of a link) or remove the last ones (those in the description of an image). This module must not know the
rules.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import RegionKind
from glossary_ls.markup.prose import DEFINES

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.markup.markdown.emphasis import Delimiter
    from glossary_ls.markup.markdown.lines import Verbatim
    from glossary_ls.markup.prose import ProseBuilder
    from glossary_ls.markup.writer import Writer


#: The maximum number of words of a pointer: a link whose text is the name of its target.
POINTER_WORDS = 2


class Effect(Enum):
    """The effect of a token on the readable text."""

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
    DEFINITION = 11
    DEFINES = 12
    REFERENCE = 13

    # Members are unique objects; the hash of `Enum` is a function of Python, called for every token.
    __hash__ = object.__hash__


class Token(NamedTuple):
    """A range that is not plain text; a tuple, because there are many."""

    start: int
    end: int
    effect: Effect
    #: The content of a code span, or the text of a gloss.
    inner: tuple[int, int] = (0, 0)
    delimiter: Delimiter | None = None


class Bracket(NamedTuple):
    """An opening bracket, with the numbers of tokens, delimiters and regions before it."""

    start: int
    image: bool
    tokens: int
    delimiters: int
    regions: int


@dataclass(slots=True)
class Scan:
    """The state of the inline parser for `text[start:end]`, the text of the writer."""

    writer: Writer
    start: int
    end: int
    kind: RegionKind
    jsx: bool
    text: str = field(init=False)
    tokens: list[Token] = field(default_factory=list)
    #: Delimiter runs to be paired; those inside a link are paired at its end.
    delimiters: list[Delimiter] = field(default_factory=list)
    brackets: list[Bracket] = field(default_factory=list)
    #: Links do not nest: brackets before this offset cannot open one.
    linked: int = -1
    #: The starts of backtick runs by length, and the closing brace of each brace; computed on demand.
    backticks: dict[int, list[int]] | None = None
    braces: dict[int, int] | None = None
    #: Closing delimiters that do not occur in the rest of the text.
    missing: set[str] = field(default_factory=set)
    #: What is open at the end and continues over blank lines.
    unclosed: Verbatim | None = None

    def __post_init__(self) -> None:
        self.text = self.writer.text

    def token(self, start: int, end: int, effect: Effect, inner: tuple[int, int] = (0, 0)) -> int:
        """Add a token, and return its end."""
        self.tokens.append(tuple.__new__(Token, (start, end, effect, inner, None)))
        return end

    def hide(self, start: int, end: int, effect: Effect, kind: RegionKind) -> int:
        """Add a token and a region, and return their end."""
        self.writer.hide(start, end, kind)
        return self.token(start, end, effect)

    def find(self, closer: str, start: int) -> int:
        """Return the offset of a closing delimiter, or -1; a failed search is recorded."""
        if closer in self.missing:
            return -1
        found = self.text.find(closer, start, self.end)
        if found < 0:
            self.missing.add(closer)
        return found


def write(scan: Scan) -> None:
    """Write the text between the tokens, and the effects of the tokens."""
    builder, kind = scan.writer.builder, scan.kind
    position = scan.start
    for number, token in enumerate(scan.tokens):
        if token.effect is Effect.KEEP:
            continue
        if token.delimiter is not None:
            # The characters at either end of a run may be markup; the rest is text.
            opening, closing = token.start + token.delimiter.left, token.end - token.delimiter.right
            for start, end in ((token.start, opening), (closing, token.end)):
                if start < end:
                    builder.add(position, start, kind)
                    position = end
            continue
        if position < token.start:
            builder.add(position, token.start, kind)
        position = token.end
        if token.effect is Effect.LINK_START:
            kind = RegionKind.LINK if _is_pointer(scan, number) else scan.kind
        elif token.effect is Effect.LINK_END:
            kind = scan.kind
        elif write_token := _WRITERS.get(token.effect):
            write_token(scan, token, builder, kind)
    builder.add(position, scan.end, kind)


def _is_pointer(scan: Scan, number: int) -> bool:
    """Return whether the link that a token starts has a short text, which names the target.

    A longer text is part of the sentence and is treated as prose.
    """
    start = scan.tokens[number].end
    # By index: a slice would be copied for each link.
    for following in range(number + 1, len(scan.tokens)):
        token = scan.tokens[following]
        if token.effect is Effect.LINK_END:
            return len(scan.text[start : token.start].split()) <= POINTER_WORDS
        if token.effect is Effect.LINK_START:
            break
    return False


def _write_code(scan: Scan, token: Token, builder: ProseBuilder, _kind: RegionKind) -> None:
    """Write the content of a code span; in a table, the backslash of an escaped pipe is not part of it."""
    start, end = token.inner
    if scan.kind is RegionKind.TABLE:
        while (pipe := scan.text.find("\\|", start, end)) >= 0:
            builder.add(start, pipe, RegionKind.CODE_INLINE)
            builder.add(pipe + 1, pipe + 2, RegionKind.CODE_INLINE)
            start = pipe + 2
    builder.add(start, end, RegionKind.CODE_INLINE)


def _write_gloss(scan: Scan, token: Token, builder: ProseBuilder, _kind: RegionKind) -> None:
    builder.space()
    builder.mark(DEFINES + "(")
    builder.add(*token.inner, scan.kind)
    builder.mark(")")


_WRITERS: dict[Effect, Callable[[Scan, Token, ProseBuilder, RegionKind], None]] = {
    Effect.SPACE: lambda _scan, _token, builder, _kind: builder.space(),
    Effect.CELL: lambda _scan, _token, builder, _kind: builder.cell(),
    Effect.BREAK: lambda _scan, _token, builder, _kind: builder.break_(),
    Effect.OPAQUE: lambda _scan, _token, builder, _kind: builder.opaque(),
    Effect.CODE: _write_code,
    Effect.REFERENCE: lambda _scan, token, builder, kind: builder.reference(token.start, token.end, kind),
    Effect.GLOSS: _write_gloss,
    Effect.DEFINITION: lambda _scan, _token, builder, _kind: builder.separate(DEFINES),
    Effect.DEFINES: lambda _scan, _token, builder, _kind: builder.mark(DEFINES),
}
