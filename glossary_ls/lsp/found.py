"""Found: what a search through the workspace has found so far, as the protocol has it.

Places are converted as they come, while the text that they were found in is at hand; so an answer does not
depend on what is edited while the search goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.features.library import LeftOut, Source
from glossary_ls.lsp.locations import places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.features.library import Step
    from glossary_ls.lsp.messages import Json
    from glossary_ls.lsp.session import Session
    from glossary_ls.lsp.to_lsp import Context

#: How many files that were left out are named.
_MOST_NAMED = 5


class Found:
    """The places that were found, as `Location`s, and what was left out."""

    def __init__(self, session: Session, context: Context) -> None:
        self.context = context
        self.places: list[Json] = []
        self._session = session
        self._files = 0
        self._left_out: list[LeftOut] = []
        self._revision = session.workspace.revision

    def take(self, step: Step) -> None:
        """Take over what a step has found."""
        if isinstance(step, Source):
            self._files += 1
            self.places += places(step, self.context)
        elif step is not None:
            self._left_out.append(step)

    def is_valid(self) -> bool:
        """Tell whether the glossaries and settings still are those with which the search began."""
        return self._session.workspace.revision == self._revision

    def so_far(self) -> str:
        """Say how much was found."""
        return counted(len(self.places), self._files)

    def tell_left_out(self) -> None:
        """Log, once for each, what was not looked at."""
        if self._left_out:
            message = f"not searched for terms: {named(self._left_out, self._session)}"
            self._session.notice(message, message)


def counted(places: int, files: int) -> str:
    """Say how many places there are in how many files."""
    return f"{places} use{'' if places == 1 else 's'} in {files} file{'' if files == 1 else 's'}"


def named(left_out: Sequence[LeftOut], session: Session) -> str:
    """Name what was not looked at, with the reasons."""
    shown = [f"{_name(each.path, session)} ({each.reason})" for each in left_out[:_MOST_NAMED]]
    more = len(left_out) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _name(path: str, session: Session) -> str:
    root = session.workspace.root_of(path)
    return path if path in session.workspace.roots else paths.relative(path, root)
