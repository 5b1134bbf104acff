"""Read a file in TBX: one entry for each concept that has a term in the language that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.tbx import concepts
from glossary_ls.glossary.model import Head
from glossary_ls.glossary.reading import literal
from glossary_ls.glossary.reading.drafts import Draft, Piece, glossary_file
from glossary_ls.glossary.reading.labels import Field, field_of
from glossary_ls.glossary.reading.languages import chosen_for, primary
from glossary_ls.glossary.reading.names import is_acronym

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.formats.tbx.concepts import Concept, Note, Term
    from glossary_ls.glossary.model import GlossaryFile

_CODE = "invalid-tbx"

#: What a category is to a term, where that is not what its label says.
_FIELDS: dict[str, Field | None] = {
    "definition": Field.DEFINITION,
    "explanation": Field.FACT,
    "context": Field.EXAMPLE,
    "samplesentence": Field.EXAMPLE,
    "example": Field.EXAMPLE,
    "subjectfield": Field.TOPICS,
    "note": Field.FACT,
    "usage note": Field.FACT,
    "usagenote": Field.FACT,
    "crossreference": Field.RELATED,
    "relatedconcept": Field.RELATED,
    "source": Field.SOURCE,
    "antonymconcept": Field.CONTRAST,
    "antonymterm": Field.CONTRAST,
}

#: What is part of the statuses of terms that are not to be used, and of the one to be used.
_AVOIDED = ("deprecated", "superseded", "forbidden", "obsolete", "prohibited")
_PREFERRED = "preferred"

#: What a term is to the concept in a file that is read literally, by its type.
_TYPES = {
    "fullform": Field.EXPANSION,
    "abbreviation": Field.ABBREVIATIONS,
    "variant": Field.VARIANTS,
}

_SHORT = ("acronym", "abbreviation", "shortform", "short form", "initialism", "abbreviatedform")


def read(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    contents = concepts.read(text.source)
    found = contents.concepts
    language = chosen_for(((term.language for term in each.terms) for each in found), contents.language)
    draft_of = _literal_draft if literal.is_literal(text.source) else _draft
    drafts: list[Draft] = []
    missing: list[Concept] = []
    for concept in found:
        terms = [term for term in concept.terms if primary(term.language) == language and term.text]
        if terms:
            drafts.append(draft_of(concept, terms, language))
        else:
            missing.append(concept)
    problems = list(_problems(text, contents, missing, language))
    count = "1 concept" if len(drafts) == 1 else f"{len(drafts)} concepts"
    said = f"{count} with terms in '{language}'" if drafts else ""
    return glossary_file(path, text, drafts, head=Head(name=contents.title), problems=problems, evidence=said)


def _problems(
    text: Text, contents: concepts.Contents, missing: list[Concept], language: str
) -> Iterator[Problem]:
    if contents.error:
        at = min(contents.offset, len(text))
        end = text.line_span(text.line_index(at)).end
        message = f"this is not valid XML: {contents.error}; the concept is left out until it is mended"
        yield Problem(_CODE, message, Span(at, max(end, at)), Severity.ERROR)
    if missing:
        first = missing[0]
        count = "this concept has" if len(missing) == 1 else f"this concept and {len(missing) - 1} more have"
        message = f"{count} no term in '{language}'; add one, or the concept is left out"
        yield Problem("no-term-in-language", message, first.span, Severity.INFORMATION)


def _draft(concept: Concept, terms: list[Term], language: str) -> Draft:
    avoided = [term for term in terms if _is_avoided(term)]
    usable = [term for term in terms if term not in avoided] or terms
    usable.sort(key=lambda term: _PREFERRED not in _status(term))
    fields: list[tuple[Field, Piece]] = []
    # The acronym names the concept, and the full form is what it stands for.
    short = next((term for term in usable if _is_short(term)), None)
    full = next((term for term in usable if term is not short), None)
    names = [term for term in usable if term is not short or full is None]
    if short is not None and full is not None:
        names = [full, *(term for term in names if term is not full)]
        fields.append((Field.ACRONYM, Piece(short.text, short.span)))
    if avoided and usable is not terms:
        fields += [(Field.AVOID, Piece(term.text, term.span)) for term in avoided]
    elif avoided:
        fields.append((Field.STATUS, Piece("deprecated", avoided[0].span)))
    notes = [note for tag, note in concept.notes if not tag or primary(tag) == language]
    fields += _fields([*notes, *(note for term in terms for note in term.notes)])
    return Draft(concept.span, tuple(Piece(term.text, term.span) for term in names), fields=tuple(fields))


def _literal_draft(concept: Concept, terms: list[Term], language: str) -> Draft:
    """Return the draft of a concept whose first term names it, and whose others say what they are."""
    first, *others = terms
    fields: list[tuple[Field, Piece]] = []
    if _is_avoided(first):
        fields.append((Field.STATUS, Piece("deprecated", first.span)))
    for term in others:
        kinds = (_TYPES.get(note.text.lower()) for note in term.notes if note.category == "termtype")
        kind = next(filter(None, kinds), Field.ALIASES)
        fields.append((Field.AVOID if _is_avoided(term) else kind, Piece(term.text, term.span)))
    notes = [note for tag, note in concept.notes if not tag or primary(tag) == language]
    fields += _fields([*notes, *(note for term in terms for note in term.notes)])
    name = Piece(first.text, first.span)
    return Draft(concept.span, (name,), fields=tuple(fields), is_literal=True)


def _is_avoided(term: Term) -> bool:
    return any(each in _status(term) for each in _AVOIDED)


def _status(term: Term) -> str:
    statuses = (
        note.text
        for note in term.notes
        if note.category in {"administrativestatus", "normativeauthorization"}
    )
    return " ".join(statuses).lower()


def _is_short(term: Term) -> bool:
    kinds = [note.text.lower() for note in term.notes if note.category == "termtype"]
    return any(kind in _SHORT for kind in kinds) or (not kinds and is_acronym(term.text))


def _fields(notes: list[Note]) -> Iterator[tuple[Field, Piece]]:
    """Yield what notes say about a term; the same text is said once."""
    seen: set[tuple[Field, str]] = set()
    for note in notes:
        field = _FIELDS[note.category] if note.category in _FIELDS else _other(note)
        text = note.target if field is Field.URL else note.text
        if field is not None and text and (field, text) not in seen:
            seen.add((field, text))
            yield field, Piece(text, note.span)


def _other(note: Note) -> Field | None:
    if note.target.startswith(("http:", "https:")):
        return Field.URL
    field = field_of(note.category)
    return (
        field if field in {Field.DEFINITION, Field.EXAMPLE, Field.FACT, Field.TOPICS, Field.RELATED} else None
    )
