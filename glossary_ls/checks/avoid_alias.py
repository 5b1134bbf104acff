"""Rule `avoid-alias`: a name that the glossary wants to be avoided."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.checks import places
from glossary_ls.glossary import key
from glossary_ls.matching.inflection import plurals
from glossary_ls.model import AliasKind, Problem, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glossary_ls.document import Document
    from glossary_ls.glossary import Glossary
    from glossary_ls.model import Mention, Term

CODE = "avoid-alias"
SEVERITY = Severity.INFORMATION
SUMMARY = "A name that the glossary wants to be avoided, or a term that another one replaces."

#: Where a writer names the other form on purpose.
_ON_PURPOSE = re.compile(
    r"(?:\b(?:formerly|previously|originally|earlier|called|known as|aka|a\.k\.a\.|instead of|rather than|"
    r"not|renamed from|successor (?:of|to)|replaces|replaced|deprecated)\s+(?:the\s+|as\s+|an?\s+)?|"
    r"[\"'\u2018\u201c])[*_]*$",
    re.IGNORECASE,
)


class Avoided(NamedTuple):
    """A name to avoid as the glossary has it, what to write instead, and whether the term is outdated."""

    name: str
    preferred: str
    deprecated: bool


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the first use of each name to avoid."""
    uses: dict[Avoided, list[Mention]] = {}
    for avoided, mention in find(document):
        uses.setdefault(avoided, []).append(mention)
    for avoided, mentions in uses.items():
        yield _problem(document, avoided, mentions)


def find(document: Document) -> Iterator[tuple[Avoided, Mention]]:
    """Yield every use of a name to avoid."""
    table = _table(document.glossary)
    if not table:
        return
    source = document.text.source
    for mention in document.analysis.mentions:
        written = mention.span.of(source)
        avoided = _avoided(table, mention, written)
        if (
            avoided is not None
            and written not in document.settings.accept
            and places.is_shown(document, mention.span.start)
            and not _ON_PURPOSE.search(source[max(0, mention.span.start - 32) : mention.span.start])
        ):
            yield avoided, mention


def replacement(written: str, avoided: Avoided, *, opening: bool) -> str:
    """Return the preferred name in the number and, where a sentence opens, the capital of `written`."""
    preferred = avoided.preferred
    if key(written) in _plurals(avoided.name) and key(written) != key(avoided.name):
        head, blank, last = preferred.rpartition(" ")
        forms = plurals(last.lower())
        ending = forms[0] if forms else last.lower()
        preferred = f"{head}{blank}{last}s" if not last.islower() else f"{head}{blank}{ending}"
    if opening and written[:1].isupper() and avoided.name[:1].islower() and preferred.split(" ")[0].islower():
        preferred = preferred[:1].upper() + preferred[1:]
    return preferred


def _problem(document: Document, avoided: Avoided, mentions: list[Mention]) -> Problem:
    source = document.text.source
    span = mentions[0].span
    written = " ".join(span.of(source).split())
    new = replacement(written, avoided, opening=places.starts_sentence(source, span.start))
    count = f" ({len(mentions)} uses)" if len(mentions) > 1 else ""
    why = "is replaced by" if avoided.deprecated else "is a name to avoid for"
    return Problem(
        CODE,
        f"'{written}' {why} '{avoided.preferred}' in the glossary: write '{new}'{count}",
        span,
        SEVERITY,
        {"replacement": new, "term": avoided.preferred, "uses": len(mentions)},
    )


@lru_cache(maxsize=8)
def _table(glossary: Glossary) -> Mapping[int, tuple[Avoided, ...]]:
    """Return the names to avoid of each term that has any, by the identity of the term."""
    rows = {id(term): tuple(_names_to_avoid(glossary, term)) for term in glossary.terms}
    return {term: avoided for term, avoided in rows.items() if avoided}


def _names_to_avoid(glossary: Glossary, term: Term) -> Iterator[Avoided]:
    if term.status is Status.DEPRECATED and term.replaced_by:
        successor = glossary.term(term.replaced_by)
        preferred = successor.name if successor else term.replaced_by
        yield from (Avoided(name, preferred, deprecated=True) for name in term.names)
        return
    for alias in term.aliases:
        if alias.kind is AliasKind.AVOID:
            yield Avoided(alias.name, term.name, deprecated=False)


def _avoided(table: Mapping[int, tuple[Avoided, ...]], mention: Mention, written: str) -> Avoided | None:
    """Return what is to be avoided about a mention; None when some term welcomes the name."""
    found: Avoided | None = None
    for term in mention.senses:
        avoided = next(
            (name for name in table.get(id(term), ()) if key(written) in _plurals(name.name)), None
        )
        if avoided is None:
            return None
        found = found or avoided
    return found


@lru_cache(maxsize=256)
def _plurals(name: str) -> frozenset[str]:
    """Return the keys of a name, in both numbers."""
    head, blank, last = key(name).rpartition(" ")
    return frozenset({key(name), *(f"{head}{blank}{form}" for form in plurals(last))})
