"""The table in docs/export.md: which keys of a term each written format keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary.exports import TERM_WRITERS
from glossary_ls.glossary.exports.export import NATIVE_KEYS
from glossary_ls.glossary.formats.yaml import keys

if TYPE_CHECKING:
    from glossary_ls.glossary.exports import Writer

_FIELDS = {name: field for field, name in NATIVE_KEYS.items()}


def manual() -> str:
    """Return a row for each key and a column for each format, in Markdown."""
    titles = " | ".join(f"`{each.id}`" for each in TERM_WRITERS)
    names = [spec.name for spec in keys.TERM if spec.name != "term"]
    rows = (
        f"| `{name}` | {' | '.join(_cell(each, _FIELDS.get(name, name)) for each in TERM_WRITERS)} |"
        for name in names
    )
    line = f"| --- |{' --- |' * len(TERM_WRITERS)}"
    return "\n".join((f"| Key | {titles} |", line, *rows))


def _cell(writer: Writer, field: str) -> str:
    if field in writer.kept:
        return "kept"
    return "text" if field in writer.keys else ""
