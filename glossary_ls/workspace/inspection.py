"""Inspection: the problems of glossary files, the reader's and those that show beside other entries.

They are remembered until any glossary or setting changes, because they are asked for after every pause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary import lint

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.base.model import Problem
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.store import Shelved
    from glossary_ls.settings.schema import Settings


class Inspection:
    """The problems of the files on a shelf."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, Shelved, tuple[Problem, ...]]] = {}

    def problems(
        self, shelved: Shelved, revision: int, around: Callable[[], tuple[Glossary, Settings]]
    ) -> tuple[Problem, ...]:
        """Return the problems of a file, ascending; `around` tells what it is merged into."""
        path = shelved.file.path
        known = self._known.get(path)
        if known is None or known[0] != revision or known[1] is not shelved:
            found = lint.check(shelved.file, shelved.text, *around())
            both = sorted((*shelved.problems, *found), key=lambda problem: problem.span)
            known = self._known[path] = revision, shelved, tuple(both)
        return known[2]
