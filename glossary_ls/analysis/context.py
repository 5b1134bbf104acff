"""The text around an offset in a document, for several rules.

All offsets count from the start of the document. This module must not know any rule.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.model import READABLE, RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.markup import prose
from glossary_ls.matching.ties import is_tied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.chunks import Chunk, ScannedBlock
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Definition
    from glossary_ls.base.text import Span

#: The kinds of region that a reader reads, the text of links included.
SHOWN = READABLE | {RegionKind.LINK}

#: The kinds of region that have no words of the writer.
SILENT = frozenset({RegionKind.URL, RegionKind.MATH, RegionKind.MARKUP})

#: The kinds of region that are read line by line, and those of them in which there are whole sentences.
RUNNING = READABLE - {RegionKind.TABLE}
SENTENCES = RUNNING - {RegionKind.HEADING}

_SPACE = r"[ \t]*(?:[ \t]|\r?\n[ \t>]*(?![\s>]))"
_WORD_AFTER = lazily(rf"{_SPACE}([^\W\d_]+)(?![\w'\u2019/-])")
_OPENING = lazily(r"(?:^|[\r\n.!?:|])[ \t]*(?:[#>*+|-]+|\d+[.)])?[ \t*_\"'\u201c\u2018(\[|]*$")

#: What comes before a term that is an item of a list of terms.
_ENTRY = lazily(r"[\s>*+#|:.\d_`\[(-]*")
#: A footnote of reStructuredText, and what opens the expansion in a tooltip, a summary or a footnote.
_NOTE = lazily(r"[ \t]*\.\. \[[^\[\]\s]+\][ \t]")
_ASIDE = lazily(
    r"(?:<(?:abbr|acronym|dfn)\b[^<>]*|<summary\b[^<>]*>[^<]*|footnote:[\w-]*\[[^\[\]]*"
    r"|(?::abbr:|\{abbr\})`[^`]*)\Z"
)
_MOST_BEFORE = 200
_HEAD_END = lazily(r"[^()\s]+\)[*_]*\s*(?::|-|\u2013|\u2014)|[^()\s]+\):?[*_]+:?\s")
_GLOSSARY_HEADING = lazily(
    r"\b(?:glossary|acronyms?|abbreviations?|terminology|terms|definitions|vocabulary|references"
    r"|bibliography)\b",
    re.IGNORECASE,
)


class Following(NamedTuple):
    """The word after an offset with nothing but white space between, and the offset of its end."""

    word: str
    end: int


def word_after(source: str, offset: int) -> Following:
    """Return the word that follows; an empty one if a hyphen, a number or a sign does."""
    found = _WORD_AFTER.match(source, offset)
    return Following(found[1], found.end()) if found else Following("", offset)


def uses_of(name: str, source: str) -> Iterator[int]:
    """Yield the offsets at which a name is a whole word or its plural."""
    # The pattern starts with the name itself, which the engine searches for quickly.
    for found in re.finditer(rf"{re.escape(name)}(?:e?s)?(?![^\W_])", source):
        if found.start() == 0 or not source[found.start() - 1].isalnum():
            yield found.start()


def is_wording(scanned: ScannedBlock, span: Span) -> bool:
    """Return whether a span of a block is words that a reader reads, and not tied to code."""
    readable = scanned.block.prose
    first, last = readable.flat_at(span.start), readable.flat_at(span.end - 1)
    if first is None or last is None or readable.kind_at(first) not in SHOWN:
        return False
    return not is_tied(readable.text, first, last + 1)


def starts_sentence(source: str, offset: int) -> bool:
    """Return whether a capital is usual at `offset`, as it is at the start of any line."""
    return _OPENING.search(source[max(0, offset - 80) : offset]) is not None


def opens_sentence(document: Document, offset: int) -> bool:
    """Return whether a sentence, a heading, an item or a cell starts at `offset`."""
    for start, scanned in document.analysis.blocks_near(offset):
        flat = scanned.block.prose.flat_at(offset - start)
        if flat is not None:
            return prose.opens_sentence(scanned.block.prose.text, flat)
    return False


def is_entry(document: Document, definition: Definition) -> bool:
    """Return whether a definition is in a title, table, note or list of terms, which may repeat the text."""
    analysis = document.analysis
    start = definition.short_span.start
    if analysis.kind_at(start) in {RegionKind.HEADING, RegionKind.TABLE}:
        return True
    line = document.text.line_span(document.text.line_index(start))
    source = document.text.source
    if source.startswith("|", line.start) or _ENTRY.fullmatch(source, line.start, start):
        return True
    long = definition.long_span
    before = source[max(long.start - _MOST_BEFORE, 0) : long.start]
    if _NOTE.match(source, line.start, long.start) or _ASIDE.search(before):
        return True
    if (
        long.end <= start
        and _ENTRY.fullmatch(source, line.start, long.start)
        and _HEAD_END.match(source, start)
    ):
        return True
    return _GLOSSARY_HEADING.search(_heading_above(document, start)) is not None


def _heading_above(document: Document, offset: int) -> str:
    """Return the text of the last heading before `offset`."""
    chunks = document.analysis.facts(_headings)
    # In the chunk at the offset the first heading may come later; the one before has a heading, too.
    for index in range(bisect_right(chunks, offset, key=itemgetter(0)) - 1, -1, -1):
        start, headings = chunks[index]
        above = bisect_right(headings, offset - start, key=itemgetter(0))
        if above:
            return headings[above - 1][1]
    return ""


def _headings(chunk: Chunk, _text: str) -> list[tuple[int, str]]:
    """Return the offset of each block of a chunk that has a heading, and the text of the heading."""
    found: list[tuple[int, str]] = []
    for start, scanned in chunk.placed():
        prose = scanned.block.prose
        heading = [piece for piece in prose.pieces if piece.kind is RegionKind.HEADING]
        if heading:
            texts = (prose.text[piece.flat : piece.flat + piece.length] for piece in heading)
            found.append((start, " ".join(texts)))
    return found
