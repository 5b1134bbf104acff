"""The acronyms of a single text, for use as a library. It must not know glossaries or settings."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from glossary_ls.acronyms.candidates import find_candidates
from glossary_ls.acronyms.classify import LENIENT, plain_words, unknown_acronyms
from glossary_ls.acronyms.definitions import definition_below, explained_by, find_definitions
from glossary_ls.acronyms.sections import in_sections
from glossary_ls.acronyms.vocabulary import EMPTY, Vocabulary
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import READABLE
from glossary_ls.markup import parse
from glossary_ls.markup.prose import PlacedProse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.model import Definition
    from glossary_ls.base.text import Span
    from glossary_ls.markup.block import Block


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym in a text, the spans of its uses with plural endings, and its definitions in the text."""

    base: str
    uses: tuple[Span, ...]
    definitions: tuple[Definition, ...] = ()


def find(text: str, language: str = "plaintext", vocabulary: Vocabulary = EMPTY) -> tuple[Acronym, ...]:
    """Return the acronyms of `text`, defined or not, in the order of their first use.

    `language` is the language identifier of an editor; code and addresses are skipped. `vocabulary` has the
    words in capitals that are not acronyms (see `words` in the data of the package); without it, only shape
    and use decide.
    """
    blocks = [(start, block) for start, block in parse(text, language) if block.prose.text]
    defined: dict[str, list[Definition]] = {}
    definitions = list(_definitions(text, blocks))
    prose = [PlacedProse(start, block.prose) for start, block in blocks]
    definitions += in_sections(prose, text, {found.short_span for found in definitions})
    for definition in definitions:
        defined.setdefault(definition.short, []).append(definition)
    explained = {form for short in defined for form in explained_by(short)}
    candidates = [use.shifted(start) for start, block in blocks for use in find_candidates(block.prose)]
    plain = plain_words(block.prose for _, block in blocks)
    places = {base: set(_places(base, blocks)) for base in defined}
    for unknown in unknown_acronyms(
        candidates, explained.__contains__, plain.__getitem__, vocabulary, LENIENT
    ):
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
    for heading, body in pairwise(PlacedProse(start, block.prose) for start, block in blocks):
        if found := definition_below(heading, body, text):
            yield found


def _places(base: str, blocks: Iterable[tuple[int, Block]]) -> Iterator[Span]:
    """Yield the spans at which a defined acronym is a word, whatever its shape."""
    word = re.compile(rf"(?<![\w-]){re.escape(base)}(?:['\u2019]?s)?(?![\w-])")
    for start, block in blocks:
        for match in word.finditer(block.prose.text):
            if block.prose.kind_at(match.start()) in READABLE:
                yield block.prose.span(*match.span()).shifted(start)
