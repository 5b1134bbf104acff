"""Guessing what an acronym stands for; the user reviews the guess.

The sources are definitions in other documents, the words of the document, and the built-in glossaries that
the settings leave out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from glossary_ls.analysis.context import SENTENCES
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.store import pack, pack_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.chunks import Chunk, ScannedBlock
    from glossary_ls.analysis.document import Document

#: The fewest letters of an acronym: fewer initials match anything.
_FEWEST = 3

#: From this many letters on, initials in lower case are no coincidence; with fewer, the words must have
#: capitals, recur, or be a term.
_MANY = 4

#: How many characters of a document are searched, from its start.
_READ = 60_000

_SMALL_WORDS = ("of", "and", "the", "for", "to", "in", "on", "by", "per", "with", "a")
_SMALL = rf"(?:(?:{'|'.join(_SMALL_WORDS)})[ -])?"
_WORD = lazily(r"[A-Za-z]+")


class Origin(StrEnum):
    """Where a guess comes from; `NONE` if there is none."""

    WORKSPACE = "workspace"
    DOCUMENT = "document"
    BUILT_IN = "builtIn"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Guess:
    """The long form that an acronym may have, and where it comes from.

    `where` names the source for a person. `path` and `line` (from 0) are those of a definition in a document.
    """

    long: str = ""
    origin: Origin = Origin.NONE
    where: str = ""
    path: str = ""
    line: int = 0


def guess(acronym: str, document: Document) -> Guess:
    """Return the best guess at what an acronym stands for."""
    for found in document.definitions_elsewhere(acronym)[:1]:
        where = document.neighbors.shown(found.path)
        return Guess(found.long, Origin.WORKSPACE, where, found.path, found.place.line)
    if long := expansion_of(acronym, document):
        return Guess(long, Origin.DOCUMENT, "words with these initials")
    for name in pack_names():
        if name not in document.settings.packs:
            for term in pack(name).terms:
                if term.expansion and acronym in term.names:
                    return Guess(term.expansion, Origin.BUILT_IN, pack(name).head.name or name)
    return Guess()


def expansion_of(acronym: str, document: Document) -> str:
    """Return the words of the document whose initials are the acronym, or an empty string."""
    if not acronym.isalpha() or len(acronym) < _FEWEST:
        return ""
    rough, exact = _patterns(acronym)
    runs: Counter[str] = Counter()
    for initials, prose in _read(document):
        if rough.search(initials):
            runs.update(exact.findall(prose))
    for run, _ in runs.most_common():
        words = [word for word in re.split("[ -]", run) if word]
        if words[-1].lower() in _SMALL_WORDS:
            continue
        capital = all(word[0].isupper() for word in words if len(word) > 3)
        if capital or len(acronym) >= _MANY or runs[run] > 1 or document.glossary.senses(run):
            return run
    return ""


def first_use(phrase: str, document: Document) -> Span | None:
    """Return the span of the first use of a guessed phrase in a sentence."""
    for start, scanned in document.analysis.placed_in(Span(0, _READ)):
        prose = scanned.block.prose
        at = prose.text.find(phrase)
        if at >= 0 and prose.kind_at(at) in SENTENCES:
            return prose.span(at, at + len(phrase)).shifted(start)
    return None


def _read(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the initials and the words of the blocks in the part of a document that is searched."""
    analysis = document.analysis
    for start, chunk in zip(analysis.chunk_starts, analysis.chunks, strict=False):
        if start + chunk.starts[-1] <= _READ:
            yield chunk.fact(_initials, document.text.source, start)
        elif start < _READ:
            # The size of a chunk depends on earlier edits, the guess must not.
            yield _initials_of(chunk.blocks[: bisect_left(chunk.starts, _READ - start)])


def _initials(chunk: Chunk, _text: str) -> tuple[str, str]:
    return _initials_of(chunk.blocks)


def _initials_of(blocks: Iterable[ScannedBlock]) -> tuple[str, str]:
    """Return the initials of the words in blocks, in upper case for small words, and the words."""
    prose = "\n".join(scanned.block.prose.text for scanned in blocks)
    initials = (word[0].upper() if word in _SMALL_WORDS else word[0].lower() for word in _WORD.findall(prose))
    return "".join(initials), prose


def _patterns(acronym: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern for the acronym among initials, a quick test, and one for its words in a text."""
    rough = "[A-Z]?".join(f"[{letter.upper()}{letter.lower()}]" for letter in acronym)
    words = (f"[{letter.upper()}{letter.lower()}][a-z]{{2,}}" for letter in acronym)
    return re.compile(rough), re.compile(rf"(?<![\w-]){f'[ -]{_SMALL}'.join(words)}(?![\w-])")
