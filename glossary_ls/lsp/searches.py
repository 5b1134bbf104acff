"""Searches: requests about the whole workspace, answered in the background.

A small search is answered at once, within its first slice; the others run one after the other, so that the
second finds what the first has read. Those that the user waits for come before those that an editor sends by
itself. Places are converted as they are found, because the open documents count as of the request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.features.library import LeftOut, Source
from glossary_ls.lsp.jsonrpc import Deferred
from glossary_ls.lsp.tasks import Priority, Progress, Task
from glossary_ls.lsp.to_lsp import locations

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from glossary_ls.features.library import Step
    from glossary_ls.lsp.handlers.request import DocumentContext
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.lsp.session import Session

#: How many skipped files are named.
_MOST_NAMED = 5


def search(
    session: Session,
    steps: Generator[None, None, Json],
    is_current: Callable[[], bool],
    progress: Progress | None = None,
) -> Answer:
    """Return what a search returns, or a deferred answer; one without progress is not urgent.

    Once it is no longer current, the request is refused as `ContentModified`.
    """
    deferred = Deferred(lambda: session.tasks.cancel(task))
    priority = Priority.SEARCH if progress else Priority.COUNT
    task = Task(priority, steps, deferred.resolve, deferred.refuse, is_current, progress)
    session.tasks.start(task)
    return deferred


class FoundUses:
    """The uses of a term that a search has found so far, as `Location`s, and the files that it skipped."""

    def __init__(self, context: DocumentContext) -> None:
        self.context = context
        self.places: list[Json] = []
        self._session = context.session
        self._files = 0
        self._skipped: list[LeftOut] = []
        self._revision = self._session.workspace.revision

    def add(self, step: Step) -> None:
        """Add the result of one step."""
        if isinstance(step, Source):
            self._files += 1
            self.places += locations(step, self.context)
        elif step is not None:
            self._skipped.append(step)

    def collect(self, steps: Iterable[Step]) -> Generator[None, None, list[Json]]:
        """Run a search, and return all places."""
        for step in steps:
            self.add(step)
            yield
        self.log_skipped()
        return self.places

    def search(self, steps: Generator[None, None, Json], title: str = "") -> Answer:
        """Return the result of `steps`, or a deferred answer; the user waits for a search with a title."""
        progress = self._session.progress(title, self._message, self.context.progress_token)
        return search(self._session, steps, self._is_current, progress if title else None)

    def _is_current(self) -> bool:
        """Return whether glossaries and settings are those with which the search began."""
        return self._session.workspace.revision == self._revision

    def _message(self) -> str:
        return counted(len(self.places), self._files)

    def log_skipped(self) -> None:
        """Log which files were skipped, the same ones once."""
        if self._skipped:
            message = f"not searched for terms: {named(self._skipped, self._session)}"
            self._session.notice(message, message)


def counted(places: int, files: int) -> str:
    """Return the numbers of uses and files as a phrase."""
    return f"{places} use{'' if places == 1 else 's'} in {files} file{'' if files == 1 else 's'}"


def named(skipped: Sequence[LeftOut], session: Session) -> str:
    """Return the names of skipped files, with the reasons."""
    shown = [each.described(_name(each.path, session)) for each in skipped[:_MOST_NAMED]]
    more = len(skipped) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _name(path: str, session: Session) -> str:
    root = session.workspace.root_of(path)
    return path if path in session.workspace.roots else paths.relative(path, root)
