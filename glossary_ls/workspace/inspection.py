"""Inspection: the problems of glossary files, the reader's and those that show beside other entries.

They are remembered until any glossary or setting changes, because they are asked for after every pause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.rules import check_glossary

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.base.model import Problem
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.store import Stored
    from glossary_ls.settings.schema import Settings


class Inspection:
    """The problems of the files in the store."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, Stored, tuple[Problem, ...]]] = {}

    def problems(
        self, stored: Stored, revision: int, around: Callable[[], tuple[Glossary, Settings]]
    ) -> tuple[Problem, ...]:
        """Return the problems of a file, ascending; `around` tells what it is merged into."""
        path = stored.file.path
        known = self._known.get(path)
        if known is None or known[0] != revision or known[1] is not stored:
            found = check_glossary(stored.file, *around())
            both = sorted((*stored.problems, *found), key=lambda problem: problem.span)
            known = self._known[path] = revision, stored, tuple(both)
        return known[2]
