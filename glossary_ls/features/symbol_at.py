"""What the cursor is on, for everything that leads from one place of a term to its others.

In prose that is what the hover explains; in a glossary file a name of an entry, a reference to another one,
or a term within a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base.dataclass import dataclass
from glossary_ls.features.hover import meaning
from glossary_ls.glossary.model import NAMES, REFERENCES

if TYPE_CHECKING:
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Definition, Term
    from glossary_ls.base.text import Span
    from glossary_ls.glossary.model import Placed, Value


@dataclass(frozen=True, slots=True)
class Subject:
    """A name at `span`, as written there, the terms that it may mean, and the document's own definition."""

    span: Span
    name: str
    senses: tuple[Term, ...]
    own: Definition | None = None


def subject_at(document: Document, offset: int) -> Subject | None:
    """Return what is at `offset`, or None when it names no term."""
    file = glossary_file_of(document)
    found = file.value_at(offset) if file else None
    if found is not None and found[1].role in NAMES | REFERENCES:
        return _in_entry(document, *found)
    shown = meaning(document, offset)
    if shown is None:
        return None
    return Subject(shown.span, shown.name, shown.senses, own_definition(document, shown.name))


def own_definition(document: Document, name: str) -> Definition | None:
    """Return the document's own definition of an acronym."""
    for definition in document.analysis.meanings:
        if name in {definition.short, definition.short + "s"}:
            return definition
    return None


def _in_entry(document: Document, placed: Placed, value: Value) -> Subject | None:
    if value.role in NAMES:
        # The glossary may apply to other documents only.
        senses: tuple[Term, ...] = (placed.term,) if document.locate(placed.term) else ()
    else:
        senses = document.glossary.senses(value.text)
    return Subject(value.content, value.text, senses) if senses else None
