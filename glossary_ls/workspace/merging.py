"""Merged glossaries: documents with the same layers share one, and large ones are compiled in the background.

This module must not know which layers count for a document.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from glossary_ls import rules
from glossary_ls.base.leftovers import free, freed_slowly
from glossary_ls.glossary.index import merged

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.base.background import Background
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import Source

#: How many merged glossaries are kept; documents in one folder share one.
_MOST_MERGED = 16

#: Layers with more entries and accepted words are compiled in the background, where there is one.
AT_ONCE = 5_000

_Key = tuple[int, ...]


class Merging:
    """The glossaries that were merged last.

    Where there is a `background`, large ones are compiled there: until then, the last one that was merged of
    the same files takes their place, or one of the small layers, and `on_ready` is called when they are.
    """

    def __init__(self) -> None:
        self.background: Background | None = None
        self.on_ready: Callable[[], None] = lambda: None
        self._merged: dict[_Key, Glossary] = {}
        self._is_compiling = False
        #: The keys of glossaries with an older version of a large file, used until others are there.
        self._outdated: set[_Key] = set()
        #: Those whose place others took; documents may still refer to them.
        self._superseded: list[object] = []

    def of(self, sources: tuple[Source, ...]) -> Glossary:
        """Return the glossary of some layers, the nearest first."""
        key = _key(sources)
        found = self._merged.pop(key, None)
        if found is None:
            found = merged(sources, reversed(self._merged.values()))
            if self.background is not None and sum(map(_size, sources)) > AT_ONCE:
                return self._meanwhile(found)
        return self._kept(key, found)

    def _meanwhile(self, wanted: Glossary) -> Glossary:
        """Have a glossary compiled, one at a time, and return what to use until then."""
        if not self._is_compiling and self.background is not None:
            self._is_compiling = True
            self.background(partial(_compiled, wanted), self._arrived)
        files = [file.path for file in wanted.files]
        last = (
            each for each in reversed(self._merged.values()) if [file.path for file in each.files] == files
        )
        small = tuple(source for source in wanted.sources if _size(source) <= AT_ONCE)
        known = next(last, None) or self._merged.get(_key(small))
        return known or self._kept(_key(small), merged(small, reversed(self._merged.values())))

    def _arrived(self, glossary: Glossary) -> None:
        self._is_compiling = False
        self._supersede(glossary)
        self._kept(_key(glossary.sources), glossary)
        self.on_ready()

    def outdate(self, path: str) -> None:
        """Record that there is a new version of a large file."""
        self._outdated.update(
            key for key, each in self._merged.items() if any(file.path == path for file in each.files)
        )

    def _supersede(self, glossary: Glossary) -> None:
        """Forget the glossaries that another one was compiled in place of.

        They are freed in the background when that happens again, and nothing else refers to them.
        """
        files = [file.path for file in glossary.files]
        self._outdated &= self._merged.keys()
        old = [key for key in self._outdated if [file.path for file in self._merged[key].files] == files]
        last, self._superseded = self._superseded, [self._merged.pop(key) for key in old]
        if last and self.background is not None:
            self.background(partial(free, last), lambda _: None)

    def _kept(self, key: _Key, glossary: Glossary) -> Glossary:
        # The glossary holds the layers, so their ids stay taken; the last used one is the last to go.
        self._merged[key] = glossary
        if len(self._merged) > _MOST_MERGED:
            del self._merged[next(iter(self._merged))]
        return glossary


def _key(sources: tuple[Source, ...]) -> _Key:
    return tuple(map(id, sources))


def _size(source: Source) -> int:
    return sum(len(file.entries) + len(file.head.accept) for file in source.files)


def _compiled(glossary: Glossary) -> Glossary:
    with freed_slowly():
        glossary.prepare()
        rules.prepare(glossary)
    return glossary
