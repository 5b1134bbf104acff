"""Reading one document: its undefined acronyms, its definitions, and its phrases.

The result depends on the arguments alone, so that documents can be read anywhere. This module must not know
other documents.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls import rules
from glossary_ls.acronyms.word_lists import word_lists
from glossary_ls.analysis import expansions, folder_definitions
from glossary_ls.analysis.document import Document
from glossary_ls.analysis.scan import scan
from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import Severity
from glossary_ls.base.text import Text
from glossary_ls.features.harvest.found import Acronym, Harvest, Phrase, Use, Wording
from glossary_ls.features.harvest.phrases import phrase_key, phrases_in
from glossary_ls.features.review import unknown
from glossary_ls.matching.inflection import singular_name
from glossary_ls.rules import unexplained_entry, unknown_acronym
from glossary_ls.rules.shared.guessing import Origin, first_use
from glossary_ls.rules.shared.undefined import to_be_explained

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.features.review import UnknownAcronym
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.settings.schema import Settings

#: The rules that find what is undefined, whatever the settings say about their severities.
_RULES = (unknown_acronym.CODE, unexplained_entry.CODE)
_SEVERITIES = {
    rule.CODE: Severity.INFORMATION if rule.CODE in _RULES else Severity.OFF for rule in rules.RULES
}


def harvest(path: str, source: str, language: str, settings: Settings, glossary: Glossary) -> Harvest:
    """Return what a glossary lacks for a document; `path` is the name of the document in the result."""
    analysis = scan(Text(source), language, glossary)
    return of_document(Document(path, language, analysis, settings, word_lists()))


def of_document(document: Document) -> Harvest:
    """Return what the glossary lacks for a document that has been scanned.

    What directives in the document hide or accept is left out.
    """
    settings = replace(document.settings, severities=_SEVERITIES)
    document = replace(document, settings=settings, neighbors=folder_definitions.EMPTY)
    defined = _defined(document)
    missing = unknown(document, to_be_explained(rules.run(document)))
    undefined = {each.name: _undefined(each, document) for each in missing}
    return Harvest(1, defined | undefined, dict(_phrases(document)))


def _undefined(found: UnknownAcronym, document: Document) -> Acronym:
    wordings: dict[str, Wording] = {}
    guess = found.guess
    if guess.long:
        place = first_use(guess.long, document) if guess.origin is Origin.DOCUMENT else None
        places = (_use(document, place.start),) if place else ()
        wordings[guess.long.lower()] = Wording(guess.long, guess.origin, 1, places, guess.where)
    return Acronym(len(found.uses), 1, 1, (_use(document, found.uses[0].start),), wordings, found.entry)


def _defined(document: Document) -> dict[str, Acronym]:
    """Return the acronyms that the document defines and the glossary does not."""
    accepted = document.settings.accept | document.glossary.accepted
    uses = Counter(candidate.base for candidate in document.analysis.candidates)
    found: dict[str, Acronym] = {}
    for definition in document.analysis.meanings:
        short, long = definition.short, definition.long
        senses = expansions.senses(document.glossary, short)
        is_known = short in accepted or any(not term.is_bare for term in senses)
        if is_known or not expansions.fits(short, long):
            continue
        if len(definition.written_span) > len(definition.short_span):
            # `Vision Language Models (VLMs)`
            long = singular_name(long)
        place = (_use(document, definition.short_span.start),)
        wording = {long.lower(): Wording(long, Origin.WORKSPACE, 1, place)}
        known = found.get(short) or Acronym(max(uses[short], 1), 1, 0, place)
        found[short] = replace(known, wordings=wording | dict(known.wordings))
    return found


def _phrases(document: Document) -> Iterator[tuple[str, Phrase]]:
    """Yield the phrases that no glossary has, by key."""
    uses: Counter[str] = Counter()
    nominal: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    first: dict[str, int] = {}
    for start, found in document.analysis.facts(phrases_in):
        for use in found:
            uses[use.key] += 1
            nominal[use.key] += use.is_nominal
            forms.setdefault(use.key, Counter())[use.form] += 1
            first.setdefault(use.key, start + use.offset)
    accepted = {phrase_key(name) for name in document.settings.accept | document.glossary.accepted}
    for key, count in uses.items():
        if key not in accepted and not any(map(document.glossary.senses, (key, *forms[key]))):
            place = (_use(document, first[key]),)
            yield key, Phrase(count, 1, nominal[key], place, forms[key])


def _use(document: Document, offset: int) -> Use:
    return Use(document.path, document.text.line_index(offset) + 1)
