"""Memory: what was found out about entries of glossary files, by the form of the file and their text.

It must not know what that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

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
