"""The cells of a notebook: documents that are parts of one file and share the acronyms that they define."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.base.model import Definition
    from glossary_ls.settings.schema import Settings


class Cells:
    """The definitions of each cell, by file.

    Mutators return whether the diagnostics of other cells may change.
    """

    def __init__(self) -> None:
        self._said: dict[str, dict[str, dict[str, str]]] = {}

    def take(self, path: str, cell: str, definitions: Iterable[Definition]) -> bool:
        """Replace the definitions of a cell."""
        said = self._said.setdefault(path, {})
        before, said[cell] = said.get(cell, {}), {each.short: each.long for each in definitions}
        return said[cell] != before

    def drop(self, path: str, cell: str) -> bool:
        """Remove a cell."""
        said = self._said.get(path, {})
        gone = said.pop(cell, {})
        if not said:
            self._said.pop(path, None)
        return bool(gone)

    def around(self, path: str, cell: str) -> dict[str, str]:
        """Return the long forms that the other cells of a file define, by acronym."""
        others = (said for other, said in self._said.get(path, {}).items() if other != cell)
        return {short: long for said in others for short, long in said.items()}

    def settings(self, settings: Settings, path: str, cell: str) -> Settings:
        """Return the settings for a cell: what other cells define is accepted."""
        accepted = settings.accept.union(self.around(path, cell))
        return settings if accepted == settings.accept else replace(settings, accept=accepted)
