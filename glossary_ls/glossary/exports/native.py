"""The native format, which says everything, in the order of the terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary.exports.export import ALL_HEAD, ALL_KEYS, Writer, Written
from glossary_ls.glossary.formats import NATIVE

if TYPE_CHECKING:
    from glossary_ls.glossary.exports.export import Export


def write(export: Export) -> Written:
    """Return a glossary in the native format."""
    editor = NATIVE.editor
    terms = (item.term for item in export.items)
    return Written(editor.new_file(export.head, terms) if editor else "")


WRITER = Writer("yaml", "glossary.yaml", "YAML", ALL_KEYS, write, ALL_HEAD, ALL_KEYS)
