"""All acronyms of a text at once, for use without an editor, a glossary or settings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from glossary_ls.acronyms.candidates import find_candidates
from glossary_ls.acronyms.classify import OPEN, plain_words, unknown_acronyms
from glossary_ls.acronyms.definitions import definition_below, find_definitions
from glossary_ls.acronyms.vocabulary import EMPTY, Vocabulary
from glossary_ls.base.model import READABLE, Definition
from glossary_ls.markup import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.text import Span
    from glossary_ls.markup.block import Block


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym of a text: every place of it, a plural ending included, and the text's own definitions."""

    base: str
    uses: tuple[Span, ...]
    definitions: tuple[Definition, ...] = ()


def find(text: str, language: str = "plaintext", vocabulary: Vocabulary = EMPTY) -> tuple[Acronym, ...]:
    """Return the acronyms of `text` by first use: those that it defines, and those that it only uses.

    `language` is an editor's language identifier; what it holds to be code or addresses is not looked at.
    `vocabulary` holds the words in capitals that are none (see `words` in the package's data); without it,
    shape and use alone decide.
    """
    blocks = [(start, block) for start, block in parse(text, language) if block.prose.text]
    defined: dict[str, list[Definition]] = {}
    for definition in _definitions(text, blocks):
        defined.setdefault(definition.short, []).append(definition)
    candidates = [use.shifted(start) for start, block in blocks for use in find_candidates(block.prose)]
    is_plain = plain_words(block.prose.text for _, block in blocks)
    places = {base: set(_places(base, blocks)) for base in defined}
    for unknown in unknown_acronyms(candidates, defined.__contains__, is_plain, vocabulary, OPEN):
        places[unknown.base] = {use.span for use in unknown.uses}
    for base, definitions in defined.items():
        places[base] |= {use.span for use in candidates if use.base == base and use.kind in READABLE}
        covered = {place.start for place in places[base]}
        places[base] |= {found.short_span for found in definitions if found.short_span.start not in covered}
    found = [
        Acronym(base, tuple(sorted(uses)), tuple(defined.get(base, ()))) for base, uses in places.items()
    ]
    return tuple(sorted(found, key=lambda acronym: acronym.uses[0]))


def _definitions(text: str, blocks: list[tuple[int, Block]]) -> Iterator[Definition]:
    for start, block in blocks:
        for definition in find_definitions(block.prose):
            yield definition.shifted(start)
    for (above, head), (below, body) in pairwise(blocks):
        spans = definition_below(head.prose, body.prose)
        if spans is not None:
            short, long = spans[0].shifted(above), spans[1].shifted(below)
            yield Definition(short.of(text), long.of(text), short, long)


def _places(base: str, blocks: Iterable[tuple[int, Block]]) -> Iterator[Span]:
    """Yield where a defined acronym stands as a word of its own, whatever its shape is."""
    word = re.compile(rf"(?<![\w-]){re.escape(base)}(?:['\u2019]?s)?(?![\w-])")
    for start, block in blocks:
        for match in word.finditer(block.prose.text):
            if block.prose.kind_at(match.start()) in READABLE:
                yield block.prose.span(*match.span()).shifted(start)
