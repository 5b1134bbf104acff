"""Rule `avoid-alias`: a discouraged name of a term, or a deprecated term."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis import context, disambiguation
from glossary_ls.base import memo
from glossary_ls.base.model import AliasKind, Problem, Severity, Status
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.index import key
from glossary_ls.matching.inflection import plural_of, plurals, singular_name
from glossary_ls.matching.words import as_read
from glossary_ls.rules.shared import replacement
from glossary_ls.rules.shared.replacement import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Mention, Term
    from glossary_ls.glossary.index import Glossary

CODE = "avoid-alias"
SEVERITY = Severity.INFORMATION
SUMMARY = "A discouraged name of a term, or a deprecated term that another one replaces."
fixes = replacement.fixes

#: What comes before a name that is mentioned on purpose.
_ON_PURPOSE = lazily(
    r"(?:\b(?:formerly|previously|originally|earlier|called|known as|aka|a\.k\.a\.|instead of|rather than|"
    r"not|renamed from|successor (?:of|to)|replaces|replaced|deprecated)\s+(?:the\s+|as\s+|an?\s+)?|"
    r"[\"'\u2018\u201c])[*_]*$",
    re.IGNORECASE,
)

#: How many characters before a name are searched for it.
_BEFORE = 32


class Avoided(NamedTuple):
    """A discouraged name in the glossary, what to write instead, and whether the term is deprecated."""

    name: str
    preferred: str
    deprecated: bool


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the first use of each discouraged name."""
    uses: dict[Avoided, list[Mention]] = {}
    for avoided, mention in find(document):
        uses.setdefault(avoided, []).append(mention)
    for avoided, mentions in uses.items():
        yield _problem(document, avoided, mentions)


def each(document: Document) -> Iterator[Problem]:
    """Yield a problem at every use of a discouraged name."""
    return (_problem(document, avoided, [mention]) for avoided, mention in find(document))


def find(document: Document) -> Iterator[tuple[Avoided, Mention]]:
    """Yield every use of a discouraged name."""
    source = document.text.source
    for start, uses in document.analysis.facts(_uses):
        for use in uses:
            mention = use.mention.shifted(start)
            at = mention.span.start
            on_purpose = _ON_PURPOSE.search(source[max(0, at - _BEFORE) : at])
            if not on_purpose and use.written not in document.settings.accept:
                fitting = disambiguation.fitting(document, mention)
                yield use.avoided[id(fitting.term)], mention


class _Use(NamedTuple):
    """A mention by a discouraged name, as written, and the name by the identity of each sense."""

    mention: Mention
    written: str
    avoided: Mapping[int, Avoided]


def _uses(chunk: Chunk, text: str) -> tuple[_Use, ...]:
    """Return the mentions in a chunk that a reader reads and whose name is discouraged by every sense."""
    table = discouraged_names(chunk.glossary)
    found: list[_Use] = []
    for start, scanned in chunk.placed():
        for local in scanned.mentions:
            if all(id(term) in table for term in local.senses):
                mention = local.shifted(start)
                written = as_read(mention.span.of(text))
                avoided = _avoided(table, mention, written)
                if avoided and context.is_wording(scanned, local.span):
                    found.append(_Use(mention, written, avoided))
    return tuple(found)


def _preferred(written: str, avoided: Avoided, *, opening: bool) -> str:
    """Return the preferred name in the number and case of `written`.

    A capital at its start is kept where a sentence starts (`opening`).
    """
    preferred = avoided.preferred
    if key(written) != key(avoided.name) and key(written) in _forms(avoided.name):
        is_singular = key(written) == key(singular_name(avoided.name))
        preferred = singular_name(preferred) if is_singular else plural_of(preferred)
    if preferred == preferred.lower() and avoided.name == avoided.name.lower():
        words = written.split()
        if len(written) > 1 and written.isupper():
            return preferred.upper()
        if len(words) > 1 and all(word[:1].isupper() for word in words):
            return " ".join(word[:1].upper() + word[1:] for word in preferred.split(" "))
    if opening and written[:1].isupper() and avoided.name[:1].islower() and preferred.split(" ")[0].islower():
        preferred = preferred[:1].upper() + preferred[1:]
    return preferred


def _problem(document: Document, avoided: Avoided, mentions: list[Mention]) -> Problem:
    source = document.text.source
    span = mentions[0].span
    written = " ".join(span.of(source).split())
    new = _preferred(as_read(written), avoided, opening=context.opens_sentence(document, span.start))
    count = f" ({len(mentions)} uses)" if len(mentions) > 1 else ""
    why = "is deprecated, replaced by" if avoided.deprecated else "is a discouraged name of"
    return Problem(
        CODE,
        f"'{written}' {why} '{avoided.preferred}': write '{new}'{count}",
        span,
        data=Replacement(new, len(mentions), avoided.preferred),
    )


@memo.about
def discouraged_names(glossary: Glossary) -> Mapping[int, tuple[Avoided, ...]]:
    """Return the discouraged names of each term that has any, by the identity of the term."""
    terms = [term for term in glossary.terms if term.aliases or term.status is Status.DEPRECATED]
    rows = {id(term): tuple(_names_to_avoid(glossary, term)) for term in terms}
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


def _avoided(
    table: Mapping[int, tuple[Avoided, ...]], mention: Mention, written: str
) -> Mapping[int, Avoided]:
    """Return the discouraged name of each sense of a mention; nothing if one does not discourage it."""
    found: dict[int, Avoided] = {}
    for term in mention.senses:
        avoided = next((name for name in table[id(term)] if key(written) in _forms(name.name)), None)
        if avoided is None:
            return {}
        found[id(term)] = avoided
    return found


def _forms(name: str) -> frozenset[str]:
    """Return the keys of a name in the singular and in the plural."""
    head, blank, last = key(name).rpartition(" ")
    several = (f"{head}{blank}{form}" for form in (*plurals(last), last + "s"))
    return frozenset({key(name), key(singular_name(name)), *several})
