"""Hover and completion by the kind of file: the keys and values of a glossary, or the words of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.features import completion as prose_completion
from glossary_ls.features import hover as prose_hover
from glossary_ls.features.glossary_keys import KeyHelp, KeyItems, complete_key, key_help
from glossary_ls.features.symbol_at import in_glossary_file
from glossary_ls.glossary.formats.yaml.outline import Role, outline

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.features.completion import Completions
    from glossary_ls.features.hover import Hover


def hover(document: Document, offset: int) -> Hover | KeyHelp | None:
    """Return what stands at `offset` means: a key of a glossary file, or a term."""
    found = key_help(document, offset) if in_glossary_file(document) else None
    return found or prose_hover.hover(document, offset)


def complete(
    document: Document, offset: int, *, asked: bool = True, uses: Callable[[Term], int] = lambda _: 0
) -> Completions | KeyItems:
    """Return what may be written at `offset`: keys and values of a glossary file, or terms."""
    if not in_glossary_file(document):
        return prose_completion.complete(document, offset, asked=asked, uses=uses)
    found = complete_key(document, offset)
    if found is not None:
        return found
    # To YAML the texts of a glossary are code; to its writer they are prose.
    value = outline(document.text).value_at(offset)
    is_text = value is not None and value[1].role is Role.TEXT
    return prose_completion.complete(document, offset, asked=asked, uses=uses, everywhere=is_text)
