"""Misspellings: the known acronym that an unknown one may be a misspelling of.

Two acronyms that differ in one letter are usually just two acronyms: a suggestion needs strong evidence, and
none is better than a wrong one. This module must not know any rule.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.rules.shared.guessing import expansion_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document

#: Most acronyms of fewer letters are one typing error away from another one.
_FEWEST_LETTERS = 4


def misspellings_of(name: str) -> Iterator[str]:
    """Yield the forms of an acronym with two adjacent letters swapped, one doubled, or one lost.

    The last letter is neither doubled nor lost: LDAP and LDAPS are two acronyms.
    """
    for at in range(len(name) - 1):
        head, letter, tail = name[:at], name[at], name[at + 1 :]
        if letter != tail[0]:
            yield head + tail[0] + letter + tail[1:]
        yield head + letter + letter + tail
        if len(name) > _FEWEST_LETTERS:
            yield head + tail


def meant_here(document: Document, is_explained: Callable[[str], bool]) -> Mapping[str, str]:
    """Return the known acronyms of a document by their misspellings; the more frequent one wins.

    They are defined in the document, or in a glossary and used repeatedly.
    """
    uses: Counter[str] = Counter()
    for _, counts in document.analysis.facts(_uses):
        uses.update(counts)
    defined = {definition.short for definition in document.analysis.meanings}
    known = [
        base
        for base, count in uses.most_common()
        if len(base) >= _FEWEST_LETTERS
        and base.isalpha()
        and (base in defined or (count > 1 and is_explained(base)))
    ]
    found: dict[str, str] = {}
    for base in known:
        for wrong in misspellings_of(base):
            found.setdefault(wrong, base)
    return found


def meant(base: str, uses: int, known: Mapping[str, str], document: Document) -> str:
    """Return the acronym that an unknown one is probably a misspelling of, or an empty string.

    `known` is the result of `meant_here`. An acronym that is used twice, or the initials of a phrase of the
    document, is one of its own.
    """
    if uses > 1 or base not in known or expansion_of(base, document):
        return ""
    return known[base]


def _uses(chunk: Chunk, _text: str) -> Counter[str]:
    return Counter(candidate.base for scanned in chunk.blocks for candidate in scanned.candidates)
