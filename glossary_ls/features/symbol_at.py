"""Subject: what the cursor is on, for everything that leads from one place of a term to its others.

In prose that is what the hover explains; in a glossary file a name of an entry, a reference to another one,
or a term within a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.base.text import Span
from glossary_ls.features.hover import meaning
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.glossary.formats.yaml.outline import NAMES, REFERENCES, Role, outline
from glossary_ls.glossary.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Definition, Term
    from glossary_ls.glossary.formats.yaml.outline import Entry, Outline, Value


@dataclass(frozen=True, slots=True)
class Subject:
    """A name at `span` as it is written there, the terms that it may mean, and the document's own definition.

    `role` tells what the name is in a glossary file; it is None in prose.
    """

    span: Span
    name: str
    senses: tuple[Term, ...]
    own: Definition | None = None
    role: Role | None = None


def subject_at(document: Document, offset: int) -> Subject | None:
    """Return what stands at `offset`, or None when it names no term."""
    if in_glossary_file(document):
        found = outline(document.text).value_at(offset)
        if found is not None and found[1].role in NAMES | REFERENCES:
            return _in_entry(document, *found)
    shown = meaning(document, offset)
    if shown is None:
        return None
    return Subject(shown.span, shown.name, shown.senses, own_definition(document, shown.name))


def in_glossary_file(document: Document) -> bool:
    """Tell whether a document is a glossary in YAML."""
    path = document.path
    if not path.endswith((".yaml", ".yml")):
        return False
    return is_glossary(path) or any(file.path == path for file in document.glossary.files)


def own_definition(document: Document, name: str) -> Definition | None:
    """Return the document's own definition of an acronym."""
    for definition in document.analysis.meanings:
        if name in {definition.short, definition.short + "s"}:
            return definition
    return None


def definitions_at(document: Document, offset: int) -> tuple[Definition, ...]:
    """Return the document's own definitions of which either form is at `offset`, ascending."""
    return document.analysis.definitions_in(Span(offset, offset))


def term_of(document: Document, entry: Entry) -> Term | None:
    """Return the term that an entry of a glossary file defines."""
    return document.glossary.entry(document.path, entry.span.start)


def terms_of(document: Document, found: Outline) -> Sequence[Term | None]:
    """Return the term that each entry of a glossary file defines; where one says to be does not count."""
    terms = next((file.terms for file in document.glossary.files if file.path == document.path), ())
    if isinstance(terms, Terms) and terms.starts == found.starts:
        # Read of the same text, with an entry for each term.
        return terms.as_read[: len(terms.starts)]
    return [term_of(document, entry) for entry in found.entries]


def content(value: Value) -> Span:
    """Return the span of a value without its quotes."""
    return (
        value.span if value.plain or len(value.span) < 2 else Span(value.span.start + 1, value.span.end - 1)
    )


def _in_entry(document: Document, entry: Entry, value: Value) -> Subject | None:
    if value.role in NAMES:
        term = term_of(document, entry)
        senses: tuple[Term, ...] = (term,) if term else ()
    else:
        senses = document.glossary.senses(value.text)
    return Subject(content(value), value.text, senses, None, value.role) if senses else None
