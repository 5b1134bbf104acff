"""Rule `conflicting-definition`: a document defines an acronym differently than the glossary or others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis import expansions
from glossary_ls.analysis.context import SHOWN
from glossary_ls.base.model import Definition, Problem, Related, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Place, Span
from glossary_ls.rules.shared.fix import no_fixes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Candidate, Term
    from glossary_ls.glossary.model import Located

CODE = "conflicting-definition"
SEVERITY = Severity.WARNING
SUMMARY = "A definition of an acronym that contradicts the glossary or other documents."
fixes = no_fixes

#: How many related terms show that a document is about a built-in term; one may be a coincidence.
_NEIGHBORS = 2

#: One word that an acronym of two letters is made of: `throughput (TP)`, `TP (throughput)`.
_WORD_BEFORE = lazily(r"([^\W\d_]{5,})[*_]*\s+\([*_]*$")
_CLOSED = lazily(r"[*_]*\)")
#: The start of `_WORD_AFTER`, or as much of it as there is before the end of a text.
_BEHIND = lazily(r"[*_]*\s+(?:\(|stands|is|\Z)|[*_]*\Z")
_WORD_AFTER = lazily(
    r"[*_]*\s+(?:\([*_]*([^\W\d_]{5,})[*_]*\)|(?:stands\s+for|is\s+short\s+for)\s+([^\W\d_]{5,}))"
)


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the first definition of each acronym that agrees with no sense in the glossary."""
    seen: set[str] = set()
    compared: set[tuple[str, str]] = set()
    found = [pair for pair in document.analysis.meanings if expansions.fits(pair.short, pair.long)]
    found += _contractions(document)
    for definition in sorted(found, key=lambda definition: definition.short_span):
        if definition.short in seen or definition.short in document.settings.accept:
            continue
        senses = _senses(document, definition)
        if senses and not _is_known(definition, senses):
            seen.add(definition.short)
            yield _problem(document, definition, senses)
        elif not senses and (definition.short, definition.long) not in compared:
            compared.add((definition.short, definition.long))
            yield from _conflicts_elsewhere(document, definition, seen)


def _conflicts_elsewhere(document: Document, definition: Definition, seen: set[str]) -> Iterator[Problem]:
    """Yield a problem if other documents define the acronym, and all of them differently."""
    others = document.definitions_elsewhere(definition.short)
    if not others or any(expansions.agree(definition.long, other.long) for other in others):
        return
    seen.add(definition.short)
    nearest = others[0]
    where = document.neighbors.shown(nearest.path)
    yield Problem(
        CODE,
        f"'{definition.short}' is '{definition.long}' here, but '{nearest.long}' in {where}: use another "
        "acronym, or add both senses to the glossary",
        definition.short_span,
        related=(Related(nearest.path, nearest.span, f"{nearest.short}: {nearest.long}", nearest.place),),
    )


def _contractions(document: Document) -> Iterator[Definition]:
    """Yield the known acronyms of two letters that the document defines by one word.

    That is too weak to be a definition elsewhere; here the glossary confirms it.
    """
    source = document.text.source
    for start, candidates in document.analysis.facts(_tied):
        for local in candidates:
            short, span = local.base, local.span.shifted(start)
            is_closed = _CLOSED.match(source, span.end)
            before = _WORD_BEFORE.search(source, max(0, span.start - 40), span.start) if is_closed else None
            found = before or _WORD_AFTER.match(source, span.end)
            if found is None:
                continue
            group = found.lastindex or 1
            long = found[group].lower()
            if long[0] == short[0].lower() and short[1].lower() in long[1:]:
                yield Definition(short, found[group], span, Span(*found.span(group)), span)


def _tied(chunk: Chunk, text: str) -> tuple[Candidate, ...]:
    """Return the acronyms of two letters beside what may be a bracket or a definition."""
    return tuple(
        each
        for each in chunk.candidates()
        if len(each.base) == 2
        and each.base.isupper()
        and each.kind in SHOWN
        and (_CLOSED.match(text, each.span.end) or _BEHIND.match(text, each.span.end))
    )


def _senses(document: Document, definition: Definition) -> Sequence[Term]:
    """Return the senses with a long form, if they are relevant to this document."""
    senses = [
        term
        for term in expansions.senses(document.glossary, definition.short)
        if any(expansions.long_forms(term))
    ]
    if any(not document.is_built_in(term) for term in senses):
        return senses
    # Established acronyms are used for other things all the time: PR, CD, AC.
    telling = [term for term in senses if not term.established]
    concerned = any(
        _names_neighbor(document, definition, term) or _is_about(document, term) for term in telling
    )
    return senses if concerned else ()


def _names_neighbor(document: Document, definition: Definition, term: Term) -> bool:
    """Return whether the long form is another term of the same glossary: then two terms share one acronym."""
    file_of = document.glossary.file_of
    return any(
        mention.span == definition.long_span and file_of(mention.term) is file_of(term)
        for mention in document.analysis.mentions_in(definition.long_span)
    )


def _is_about(document: Document, term: Term) -> bool:
    """Return whether the document is about the topic of a built-in term.

    The built-in glossaries know nothing of the team: TPM is tokens per minute only where tokens are a topic.
    """
    neighbors = {*term.related, *(contrast.term for contrast in document.glossary.contrasts(term))}
    named = {sense.name for mention in document.analysis.mentions for sense in mention.senses}
    return len(neighbors & named) >= _NEIGHBORS


def _is_known(definition: Definition, senses: Sequence[Term]) -> bool:
    if definition.long.isalnum() and not definition.long.isalpha():
        # `BF16 (bfloat16)` is another name, not an expansion.
        return True
    return expansions.any_agrees(senses, definition.long)


def _problem(document: Document, definition: Definition, senses: Sequence[Term]) -> Problem:
    meanings = [next(expansions.long_forms(term)) for term in senses]
    known = " or ".join(f"'{meaning}'" for meaning in dict.fromkeys(meanings))
    nearest = document.glossary.file_of(senses[0])
    where = f" ({nearest.head.name})" if nearest and nearest.head.name else ""
    return Problem(
        CODE,
        f"'{definition.short}' is '{definition.long}' here, but {known} in the glossary{where}: use another "
        "acronym, or add this sense to the glossary",
        definition.short_span,
        related=tuple(
            _related(found, f"'{definition.short}' is '{meaning}' here")
            for term, meaning in zip(senses, meanings, strict=True)
            if (found := document.locate(term)) is not None
        ),
    )


def _related(found: Located, message: str) -> Related:
    """Return the place of an entry, for clients that do not have the text of its file."""
    span = found.placed.span
    return Related(found.file.path, span, message, Place.of(found.file.text, Span(span.start, span.start)))
