"""Memory: what was found out about entries of glossary files, by the form of the file and their text.

It must not know what that is. All of it has a limit.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from glossary_ls.base.text import common_prefix, common_suffix

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

_Item = TypeVar("_Item")

#: How much is remembered in characters of entries, those of all files together.
_MOST = 24_000_000

#: What an entry takes beside its text, as so many characters.
_EACH = 500


class Memory(Generic[_Item]):
    """Items by form and text. Who types in a long entry makes a new text with every key: it has a limit."""

    __slots__ = ("_known", "_most", "_size")

    def __init__(self, most: int = _MOST) -> None:
        """Take the limit, in characters."""
        self._known: dict[Hashable, dict[str, _Item]] = {}
        self._most = most
        self._size = 0

    def of(self, form: Hashable) -> Mapping[str, _Item]:
        """Return what is known of the entries of a form, for now; too much is forgotten all at once."""
        if self._size > self._most:
            self._known.clear()
            self._size = 0
        return self._known.setdefault(form, {})

    def learn(self, form: Hashable, text: str, item: _Item) -> None:
        """Remember an item from now on."""
        self._known.setdefault(form, {})[text] = item
        self._size += len(text) + _EACH


class _Row(NamedTuple, Generic[_Item]):
    form: Hashable
    texts: tuple[object, ...]
    items: tuple[_Item, ...]


#: So many files are remembered in the order of their entries.
_MOST_FILES = 4


class Rows(Generic[_Item]):
    """Items of whole files in the order of their entries, of the files that were asked about last.

    To look up thousands of entries takes longer than to see which ones of a file are new.
    """

    __slots__ = ("_known",)

    def __init__(self, most: int = _MOST_FILES) -> None:
        """Take the limit, in files."""
        self._known: deque[_Row[_Item]] = deque(maxlen=most)

    def of(
        self, form: Hashable, texts: tuple[object, ...], find: Callable[[int], _Item]
    ) -> tuple[_Item, ...]:
        """Return an item for each entry of a file, given their texts or anything that tells them apart.

        `find` returns the item of an entry by its number; it must depend on nothing else.
        """
        items, before, behind = self._taken(form, texts)
        new = map(find, range(before, len(texts) - behind))
        items = (*items[:before], *new, *items[len(items) - behind :])
        self._known.appendleft(_Row(form, texts, items))
        return items

    def _taken(self, form: Hashable, texts: tuple[object, ...]) -> tuple[tuple[_Item, ...], int, int]:
        """Give up the last version of a file: its items, and how many at either end are as they were."""
        for index, known in enumerate(self._known):
            if known.form == form:
                before = common_prefix(known.texts, texts)
                most = min(len(known.texts), len(texts)) - before
                behind = min(common_suffix(known.texts, texts), most)
                if 2 * (before + behind) >= len(texts):
                    del self._known[index]
                    return known.items, before, behind
        return (), 0, 0
