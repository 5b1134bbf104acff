"""Edits that the client has made in files that, as far as the server can see, are still as they were.

A client may keep an edit in a document that it does not tell about until it is shown or saved. The next edit
has to be one of that text, or it would undo the first or break the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.edits import applied
from glossary_ls.base.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.base.model import TextEdit


@dataclass(frozen=True, slots=True)
class AppliedEdits:
    """Texts before and after an edit by path; what was before is None for a file that did not exist."""

    _texts: dict[str, tuple[str | None, Text]] = field(default_factory=dict)

    def record(self, path: str, before: Text | None, edits: Iterable[TextEdit]) -> None:
        """Record that the client has edited a file that had a text."""
        source = None if before is None else before.source
        after = Text(applied(source or "", tuple(edits)))
        known = self._texts.get(path)
        if known is not None and known[1].source == source:
            # Of several edits in a row, the server still sees what was before the first.
            source = known[0]
        self._texts[path] = source, after

    def text(self, path: str, seen: Text | None) -> Text | None:
        """Return the text that a file has for the client, if the server sees `seen`: edited or not."""
        if path not in self._texts:
            return seen
        before, after = self._texts[path]
        if before != (None if seen is None else seen.source):
            # The editor, or whoever wrote the file, has told about it.
            del self._texts[path]
            return seen
        return after
