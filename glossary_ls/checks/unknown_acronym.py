"""Rule `unknown-acronym`: an acronym that neither the glossary nor the document explains."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from glossary_ls.acronyms.judge import Unknown, unknown_acronyms
from glossary_ls.model import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.document import Document
    from glossary_ls.glossary import Glossary
    from glossary_ls.model import Candidate

CODE = "unknown-acronym"
SEVERITY = Severity.INFORMATION
SUMMARY = "An acronym that neither the glossary nor the document explains."

#: A word that stands by itself and is not all capitals.
_PLAIN_WORD = re.compile(r"(?<![\w./@#$-])[^\W\d_][a-z]{2,}(?![\w/-]|\.\w)")


#: The version at the end of `TLSv1`.
_VERSION = re.compile(r"v[0-9]$")


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the first use of each acronym that nobody explains."""
    for unknown in find(document):
        count = len(unknown.uses)
        uses = f" ({count} uses)" if count > 1 else ""
        yield Problem(
            CODE,
            f"'{unknown.base}' is explained neither here nor in the glossary{uses}",
            unknown.uses[0].span,
            SEVERITY,
            {"acronym": unknown.base, "uses": count},
        )


def find(document: Document) -> tuple[Unknown, ...]:
    """Return the acronyms of a document that nobody explains, each with all of its uses."""
    return unknown_acronyms(
        outside_terms(document), _explained(document), _plain_words(document), document.vocabulary
    )


def outside_terms(document: Document) -> Iterator[Candidate]:
    """Yield the candidates that are not part of a term that the glossary knows, as KV is in `KV cache`."""
    mentions = document.analysis.mentions
    starts = [mention.span.start for mention in mentions]
    for candidate in document.analysis.candidates:
        nearest = bisect_right(starts, candidate.span.start) - 1
        if nearest < 0 or mentions[nearest].span.end < candidate.span.start + len(candidate.base):
            yield candidate


def _explained(document: Document) -> Callable[[str], bool]:
    own = {definition.short for definition in document.analysis.definitions}
    own |= {short.upper() for short in own if len(short) > 2}
    accepted = document.settings.accept

    def is_explained(base: str) -> bool:
        stem = _VERSION.sub("", base)
        return (
            base in accepted
            or base in own
            or stem in own
            or (len(base) > 2 and base.upper() in own)
            or _knows(document.glossary, base)
            or (stem != base and _knows(document.glossary, stem))
        )

    return is_explained


def _knows(glossary: Glossary, base: str) -> bool:
    """Look an acronym up; the S of a short one is not a plural ending, so that GCS is not several GC."""
    senses = glossary.senses(base)
    if not base.endswith("S") or len(base) > 3:
        return bool(senses)
    return any(name.upper() == base.upper() for term in senses for name in term.names)


def _plain_words(document: Document) -> Callable[[str], bool]:
    @cache
    def words() -> frozenset[str]:
        texts = (scanned.block.prose.text for scanned in document.analysis.blocks)
        return frozenset(word.lower() for text in texts for word in _PLAIN_WORD.findall(text))

    return lambda word: word in words()
