"""Hover and completion by the kind of file: the keys and values of a glossary, or the words of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.features import completion as prose_completion
from glossary_ls.features import hover as prose_hover
from glossary_ls.features.glossary_keys import KeyHelp, KeyItems, complete_key, key_help
from glossary_ls.features.subject import in_glossary_file

if TYPE_CHECKING:
    from glossary_ls.document import Document
    from glossary_ls.features.completion import Completions
    from glossary_ls.features.hover import Hover


def hover(document: Document, offset: int) -> Hover | KeyHelp | None:
    """Return what stands at `offset` means: a key of a glossary file, or a term."""
    found = key_help(document, offset) if in_glossary_file(document) else None
    return found or prose_hover.hover(document, offset)


def complete(document: Document, offset: int) -> Completions | KeyItems:
    """Return what may be written at `offset`: keys and values of a glossary file, or terms."""
    found = complete_key(document, offset) if in_glossary_file(document) else None
    return found or prose_completion.complete(document, offset)
