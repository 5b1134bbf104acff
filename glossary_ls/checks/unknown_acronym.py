"""Rule `unknown-acronym`: an acronym that neither the glossary nor the document explains."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from glossary_ls.acronyms.judge import Unknown, plain_words, unknown_acronyms
from glossary_ls.checks import misspellings
from glossary_ls.model import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from glossary_ls.document import Document
    from glossary_ls.harvest import Found
    from glossary_ls.model import Candidate

CODE = "unknown-acronym"
SEVERITY = Severity.INFORMATION
SUMMARY = "An acronym that neither the glossary nor the document explains."

#: The version at the end of `TLSv1`.
_VERSION = re.compile(r"v[0-9]$")


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the first use of each acronym that nobody explains."""
    unknowns = [unknown for unknown in find(document) if not elsewhere(document, unknown.base)]
    known = misspellings.known_here(document, _explained(document)) if unknowns else {}
    for unknown in unknowns:
        count = len(unknown.uses)
        uses = f" ({count} uses)" if count > 1 else ""
        meant = misspellings.meant(unknown.base, count, known, document)
        ending = unknown.uses[0].text[len(unknown.base) :]
        guess = f"; did you mean '{meant}'?" if meant else ""
        yield Problem(
            CODE,
            f"'{unknown.base}' is explained neither here nor in the glossary{uses}{guess}",
            unknown.uses[0].span,
            SEVERITY,
            {
                "acronym": unknown.base,
                "uses": count,
                **({"replacement": f"{meant}{ending}"} if meant else {}),
            },
        )


def elsewhere(document: Document, base: str) -> tuple[Found, ...]:
    """Return where other documents of the workspace spell an acronym out, the nearest one first."""
    return document.elsewhere(base) or document.elsewhere(_VERSION.sub("", base))


@lru_cache(maxsize=1)
def find(document: Document) -> tuple[Unknown, ...]:
    """Return the acronyms that neither a document nor its glossary explains, each with all of its uses.

    Several rules ask in turn.
    """
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
        return any(
            form in accepted or form in own or bool(document.glossary.senses(form)) for form in _forms(base)
        ) or (len(base) > 2 and base.upper() in own)

    return is_explained


def _forms(base: str) -> Iterator[str]:
    """Yield an acronym, also without a version and without the plural ending that a shouted one has."""
    yield base
    if _VERSION.search(base):
        yield base[:-2]
    if len(base) > 3 and base[-1] == "S":
        yield base[:-1]


def _plain_words(document: Document) -> Callable[[str], bool]:
    return plain_words(scanned.block.prose.text for scanned in document.analysis.blocks)
