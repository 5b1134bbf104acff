"""The invariants of blocks that the incremental scan relies on, for property tests of the parsers."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from unicodedata import normalize

from glossary_ls.base.model import RegionKind

if TYPE_CHECKING:
    from glossary_ls.markup.block import Block, Parser


def blocks(parser: Parser, source: str) -> list[tuple[int, Block]]:
    """Return the blocks of a document, each with its start."""
    found: list[tuple[int, Block]] = []
    start = 0
    state = None
    while start < len(source):
        block = parser(source, start, state)
        assert block.length > 0
        assert block.lookahead >= block.length
        assert hash(block.state) == hash(block.state)
        found.append((start, block))
        start += block.length
        state = block.state
    assert start == len(source)
    return found


def assert_invariants(parser: Parser, source: str) -> None:
    """Check that blocks tile the document, and that pieces and regions are in order and in bounds."""
    for start, block in blocks(parser, source):
        text = source[start : start + block.length]
        assert not re.search(
            r"[\t\r\f\v]|  |\n\n|[ ][\n\x1f]|[\n\x1e\x1f][ ]|\A[ \n]|[ \n]\Z", block.prose.text
        )
        flat = 0
        for piece in block.prose.pieces:
            assert piece.flat >= flat
            assert 0 <= piece.start < piece.end <= len(text)
            flat = piece.flat + piece.length
            written, read = text[piece.start : piece.end], block.prose.text[piece.flat : flat]
            assert read
            assert read in ((normalize("NFC", written), unescape(written)) if piece.extent else (written,))
        position = 0
        for region in block.regions:
            assert position <= region.span.start < region.span.end <= len(text)
            position = region.span.end
            for piece in block.prose.pieces:
                if piece.start < region.span.end and region.span.start < piece.end:
                    assert piece.kind is region.kind is RegionKind.CODE_INLINE


def assert_local(parser: Parser, source: str, other: str) -> None:
    """Check that text beyond the lookahead of a block does not affect it."""
    state = None
    for start, block in blocks(parser, source):
        if start + block.lookahead < len(source):
            assert parser(source[: start + block.lookahead] + other, start, state) == block
        state = block.state


def assert_line_ends(parser: Parser, source: str) -> None:
    """Check that the three line terminators are equivalent."""
    plain = re.sub(r"\r\n?", "\n", source)
    expected = [block.prose.text for _, block in blocks(parser, plain)]
    for end in ("\r\n", "\r"):
        assert [block.prose.text for _, block in blocks(parser, plain.replace("\n", end))] == expected


def read(parser: Parser, source: str) -> str:
    """Return the readable text, one or more lines per block; ` | ` separates cells, `=` marks definitions."""
    texts = [block.prose.text for _, block in blocks(parser, source) if block.prose.text]
    return "\n".join(texts).replace("\x1f", " | ").replace("\x1e", "=").replace("\ufffc", "…")


def hidden(parser: Parser, source: str, kind: RegionKind) -> list[str]:
    """Return the texts of the regions of a kind."""
    return [
        source[start + region.span.start : start + region.span.end]
        for start, block in blocks(parser, source)
        for region in block.regions
        if region.kind is kind
    ]


def kinds(parser: Parser, source: str) -> set[tuple[str, str]]:
    """Return the words of the readable text with their kinds."""
    return {
        (word, piece.kind.value)
        for _, block in blocks(parser, source)
        for piece in block.prose.pieces
        for word in block.prose.text[piece.flat : piece.flat + piece.length].split()
    }
