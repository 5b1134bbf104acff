"""The coverage of one document: a function of its text, its settings and its glossary, and of nothing else.

An acronym is explained in the document by a definition, or by another name of its term before its first use.
What `check` would not report, because it is accepted or ignored, is not held against the document. It must
not know other documents.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls import rules
from glossary_ls.analysis import disambiguation, expansions, folder_definitions
from glossary_ls.analysis.context import SENTENCES
from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.model import Severity
from glossary_ls.features.coverage.model import (
    Coverage,
    Defined,
    DocumentCoverage,
    EntryId,
    Explained,
    Spot,
    Tally,
    Use,
)
from glossary_ls.rules import unexplained_entry, unknown_acronym
from glossary_ls.rules.shared.undefined import Undefined
from glossary_ls.vfs.files import portable

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Candidate, Mention, RegionKind, Term

#: The rules that report what nothing explains.
_REPORTING = frozenset({unknown_acronym.CODE, unexplained_entry.CODE})

#: What is listed for each document, and not only counted.
_LISTED = frozenset({Explained.LATE, Explained.NOT_EXPANDED, Explained.NOWHERE})


def coverage_of(document: Document) -> Coverage:
    """Return the coverage of a document; nothing for a glossary, which uses each of its terms."""
    is_page = any(file.path == document.path for file in document.files)
    if is_page or glossary_file_of(document) is not None:
        return Coverage()
    document = replace(rules.accepting(document), neighbors=folder_definitions.EMPTY)
    entries = tuple(_entries(document))
    unknown = tuple(_unknown(document))
    known = _of_entries(document, entries, {use.name for _, use in unknown})
    uses = [use for _, use in sorted((*known, *unknown, *_defined_here(document, entries)))]
    row = DocumentCoverage(
        document.path,
        sum(use.uses for use in uses),
        Counter(use.explained for use in uses),
        tuple(use for use in uses if use.explained in _LISTED),
    )
    return Coverage(
        (row,),
        {_id(document, each.term): _tally(document, each.uses, each.first) for each in entries},
        {use.name: _tally(document, use.uses, start) for start, use in unknown},
        _definitions(document),
    )


@dataclass(slots=True)
class _Entry:
    """The mentions of a term: how many, and the first offsets, in sentences by a `short` or a `long` form."""

    term: Term
    uses: int
    first: int
    short: int | None = None
    long: int | None = None


def _entries(document: Document) -> Iterator[_Entry]:
    """Yield the terms that a document mentions, as the senses that fit it best."""
    found: dict[int, _Entry] = {}
    for kind, mention in _mentions(document):
        term, start = mention.term, mention.span.start
        entry = found.setdefault(id(term), _Entry(term, 0, start))
        entry.uses += 1
        written = mention.span.of(document.text.source)
        short = next(expansions.short_forms_in(written, term), "")
        if not short:
            entry.long = start if entry.long is None else entry.long
        elif entry.short is None and kind in SENTENCES and short != short.lower():
            entry.short = start
    yield from found.values()


def _mentions(document: Document) -> Iterator[tuple[RegionKind, Mention]]:
    analysis = document.analysis
    for start, scanned in zip(analysis.starts, analysis.blocks, strict=False):
        for mention in scanned.mentions:
            kind = scanned.kind_at(mention.span.start)
            yield kind, disambiguation.fitting(document, mention.shifted(start))


def _of_entries(
    document: Document, entries: Iterable[_Entry], unknown: Container[str]
) -> Iterator[tuple[int, Use]]:
    """Yield the use of each term, with the offset that it is listed at.

    An entry that explains nothing is left out where its name is an acronym: one that the document defines and
    one that is unknown are counted as such, and others are accepted or ignored.
    """
    acronyms = {candidate.base for candidate in document.analysis.candidates}
    acronyms.update(document.analysis.definitions_by_short)
    for entry in entries:
        term = entry.term
        is_acronym = any(name in unknown or name in acronyms for name in term.names)
        if not term.is_bare or not (is_acronym or _is_accepted(document, term)):
            explained = _explained(document, entry)
            is_early = explained in {Explained.LATE, Explained.NOT_EXPANDED}
            at = entry.short if is_early and entry.short is not None else entry.first
            yield at, Use(term.name, explained, entry.uses, _line(document, at))


def _explained(document: Document, entry: _Entry) -> Explained:
    """Return where a reader finds what a term means."""
    term = entry.term
    if term.is_bare:
        return Explained.NOWHERE
    if entry.short is None or term.established or _is_accepted(document, term):
        return Explained.GLOSSARY
    by_short = document.analysis.definitions_by_short
    # A definition explains from its first word on: the long form comes first in most.
    starts = [
        min(definition.short_span.start, definition.long_span.start)
        for name in term.names
        for definition in by_short.get(name, ())
    ]
    if entry.long is not None:
        starts.append(entry.long)
    if not starts:
        return Explained.NOT_EXPANDED
    return Explained.IN_DOCUMENT if min(starts) <= entry.short else Explained.LATE


def _is_accepted(document: Document, term: Term) -> bool:
    return not document.settings.accept.isdisjoint(term.names)


def _defined_here(document: Document, entries: Iterable[_Entry]) -> Iterator[tuple[int, Use]]:
    """Yield the acronyms that the document defines and no glossary explains, each with its first offset."""
    known = {name for entry in entries if not entry.term.is_bare for name in entry.term.names}
    uses: dict[str, list[Candidate]] = {}
    for candidate in document.analysis.candidates:
        uses.setdefault(candidate.base, []).append(candidate)
    for short, definitions in document.analysis.definitions_by_short.items():
        if short in known or short in document.settings.accept:
            continue
        first = definitions[0]
        start = min(first.short_span.start, first.long_span.start)
        found = uses.get(short, [])
        sentences = [each.span.start for each in found if each.kind in SENTENCES]
        is_late = bool(sentences) and sentences[0] < start
        at = found[0].span.start if found else first.short_span.start
        explained = Explained.LATE if is_late else Explained.IN_DOCUMENT
        yield at, Use(short, explained, max(len(found), 1), _line(document, at))


def _unknown(document: Document) -> Iterator[tuple[int, Use]]:
    """Yield the acronyms that `check` reports as unknown, each with its first offset."""
    settings = document.settings
    if not settings.diagnostics:
        return
    others = {rule.CODE: Severity.OFF for rule in rules.RULES if rule.CODE not in _REPORTING}
    reporting = replace(settings, severities={**settings.severities, **others})
    counts = {found.uses[0].span: len(found.uses) for found in unknown_acronym.find(document)}
    seen: set[str] = set()
    for problem in rules.run(replace(document, settings=reporting)):
        if isinstance(problem.data, Undefined) and problem.data.acronym not in seen:
            seen.add(problem.data.acronym)
            at, uses = problem.span.start, counts.get(problem.span, 1)
            yield at, Use(problem.data.acronym, Explained.NOWHERE, uses, _line(document, at))


def _definitions(document: Document) -> Mapping[str, tuple[Defined, ...]]:
    return {
        short: (Defined(document.path, _line(document, first.short_span.start), first.long),)
        for short, (first, *_) in document.analysis.definitions_by_short.items()
    }


def _tally(document: Document, uses: int, first: int) -> Tally:
    return Tally(uses, 1, (Spot(document.path, _line(document, first), uses),))


def _id(document: Document, term: Term) -> EntryId:
    file = document.glossary.file_of(term)
    return EntryId(portable(file.path) if file else "", term.name, term.expansion)


def _line(document: Document, offset: int) -> int:
    return document.text.line_index(offset) + 1
