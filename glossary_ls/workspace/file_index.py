"""The documents and glossary files below each workspace folder, for everything that needs all of them.

A folder is walked in steps, and again only when a file in it appeared or disappeared, or, where nobody
reports that, after `FRESH` seconds. A file that links lead to has one path. This module states the limits
that hold for the definition index, searches and checks alike. It must not know what the files hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.markup.languages import is_document
from glossary_ls.vfs.walk import steps

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from glossary_ls.vfs.files import Files

#: Larger documents, in bytes, are not read: people write smaller ones.
LARGEST = 1024 * 1024

#: Further documents of a workspace folder are left out.
MOST_DOCUMENTS = 10_000

#: How many files are listed between two pauses: some two milliseconds of work.
_EACH_PAUSE = 32

#: For how many seconds a listing counts where nobody reports which files appear and disappear.
FRESH = 2.0


@dataclass(frozen=True, slots=True)
class Listing:
    """The files below a folder, in the order of a walk; `is_whole` is false where a limit cut it off."""

    documents: tuple[str, ...] = ()
    glossaries: tuple[str, ...] = ()
    is_whole: bool = True

    @property
    def files(self) -> tuple[str, ...]:
        """Documents and glossaries."""
        return (*self.documents, *self.glossaries)


@dataclass(eq=False)
class FileIndex:
    """Listings by workspace folder.

    `is_watched` is set when every file that appears or disappears is reported to `changed`; `_now` returns
    the time in seconds.
    """

    _files: Files
    _now: Callable[[], float]
    is_watched: bool = False
    _listings: dict[str, tuple[Listing, float]] = field(default_factory=dict)

    def listing(self, root: str) -> Generator[None, None, Listing]:
        """Return the files below a folder; yield for pauses while it is walked."""
        known = self._listings.get(root)
        if known is None or not (self.is_watched or self._now() - known[1] <= FRESH):
            started = self._now()
            listing = yield from self._walk(root)
            known = self._listings[root] = listing, started
        return known[0]

    def changed(self, changed: Iterable[str]) -> None:
        """Drop the listings that no longer match the disk, given files that may have been made or deleted."""
        for path in changed:
            for root, (listing, _) in tuple(self._listings.items()):
                if paths.is_within(path, root) and not self._is_listed_rightly(path, listing):
                    del self._listings[root]

    def clear(self) -> None:
        """Drop all listings: the rules about ignored files may have changed, or the folders."""
        self._listings.clear()

    def _is_listed_rightly(self, path: str, listing: Listing) -> bool:
        """Return whether a listing has a file exactly if it exists; that of a folder is not known."""
        if not (is_document(path) or is_glossary(path)):
            # Files of other kinds are never listed; a folder may have brought or taken any number of files.
            return self._files.signature(path) is not None
        return (path in listing.files) == (self._files.signature(path) is not None)

    def _walk(self, root: str) -> Generator[None, None, Listing]:
        documents: list[str] = []
        glossaries: list[str] = []
        for path in steps(self._files, root, lambda path: is_document(path) or is_glossary(path)):
            if path:
                (glossaries if is_glossary(path) else documents).append(path)
                if len(documents) > MOST_DOCUMENTS:
                    return Listing(tuple(documents[:-1]), tuple(glossaries), is_whole=False)
            if not path or len(documents) % _EACH_PAUSE == 0:
                yield
        return Listing(tuple(documents), tuple(glossaries))
