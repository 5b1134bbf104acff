"""The cells of a notebook: documents that are parts of one file and share the acronyms that they define."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.base.model import Definition


class NotebookCells:
    """The definitions of each cell, by file.

    Mutators return whether the diagnostics of other cells may change.
    """

    def __init__(self) -> None:
        self._definitions: dict[str, dict[str, dict[str, str]]] = {}

    def record(self, path: str, cell: str, definitions: Iterable[Definition]) -> bool:
        """Replace the definitions of a cell."""
        defined = self._definitions.setdefault(path, {})
        before, defined[cell] = defined.get(cell, {}), {each.short: each.long for each in definitions}
        return defined[cell] != before

    def drop(self, path: str, cell: str) -> bool:
        """Remove a cell."""
        defined = self._definitions.get(path, {})
        gone = defined.pop(cell, {})
        if not defined:
            self._definitions.pop(path, None)
        return bool(gone)

    def defined_by_others(self, path: str, cell: str) -> dict[str, str]:
        """Return the long forms that the other cells of a file define, by acronym."""
        others = (defined for other, defined in self._definitions.get(path, {}).items() if other != cell)
        return {short: long for defined in others for short, long in defined.items()}
