"""The keys and values of a glossary file: what they mean, and what may be written.

The format of the file knows them; what its assistant calls free text is left to the terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base.dataclass import dataclass
from glossary_ls.features.completion import CompletionItem, Completions
from glossary_ls.glossary import formats
from glossary_ls.glossary.format import Typing
from glossary_ls.glossary.index import key as folded

if TYPE_CHECKING:
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.text import Span
    from glossary_ls.glossary.format import Assistant


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """What the key at `span` means (Markdown)."""

    span: Span
    text: str


def key_help(document: Document, offset: int) -> KeyHelp | None:
    """Return what the key at `offset` means, or None when there is none."""
    file = glossary_file_of(document)
    assistant = formats.assistant_for(file) if file else None
    found = file.key_at(offset) if file and assistant else None
    text = assistant.explain(found) if assistant and found else ""
    return KeyHelp(found.span, text) if found and text else None


def complete_key(document: Document, offset: int) -> Completions | None:
    """Return the keys and values that may be written at `offset`, or None inside free text."""
    file = glossary_file_of(document)
    assistant = formats.assistant_for(file) if file else None
    blank = assistant.blank_at(document.text, offset) if assistant else None
    if assistant is None or blank is None:
        return None
    if blank.typing is Typing.REFERENCE:
        return _names(document, blank.span, assistant)
    kind = "key" if blank.typing is Typing.KEY else "value"
    items = (
        CompletionItem(each.label, each.insert, blank.span, kind=kind, help=each.help)
        for each in blank.offers
    )
    return Completions(tuple(items), incomplete=False)


def _names(document: Document, span: Span, assistant: Assistant) -> Completions:
    limit = document.settings.completion_limit
    source = document.text.source
    is_quoted = source[: span.start].endswith(("'", '"'))
    # Most terms have an expansion or an alias as well.
    most = 4 * limit
    rows = list(document.glossary.starting_with(folded(span.of(source)), most))
    found: dict[str, CompletionItem] = {}
    for name, term in rows:
        if name == term.name:
            insert = name if is_quoted else assistant.written(name)
            found.setdefault(name, CompletionItem(name, insert, span, term.gist, term=name))
    return Completions(tuple(found.values())[:limit], len(found) > limit or len(rows) == most)
