"""The one memory of parsed entries, by file, layout and text.

A text that is in a file twice is two entries, each with a term of its own: terms are told apart by identity.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from glossary_ls.base.memo import WeightedMemo
from glossary_ls.glossary.model import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

_Rest = TypeVar("_Rest")

#: Entries, and what is there of entries without a name; up to so many characters.
_KNOWN: WeightedMemo[object] = WeightedMemo(24_000_000)

#: What an entry takes beside its text, as so many characters.
_EACH = 500


def remembered(path: str, layout: Hashable, text: str, read: Callable[[], Entry | _Rest]) -> Entry | _Rest:
    """Return what was read of a text in a file, laid out in some way. Raises what `read` raises."""
    asked = path, layout, text
    known = _KNOWN.get(asked)
    if known is None:
        known = _KNOWN.keep(asked, read(), len(text) + _EACH)
    return known  # type: ignore[return-value]  # because a layout belongs to one format


def told_apart(items: Iterable[Entry | _Rest]) -> Iterator[Entry | _Rest]:
    """Yield entries of one file, of those that are one object each time another one."""
    count: dict[int, int] = {}
    for item in items:
        number = count[id(item)] = count.get(id(item), -1) + 1
        if not number or not isinstance(item, Entry):
            yield item
            continue
        asked = item, number
        known = _KNOWN.get(asked)
        if not isinstance(known, Entry):
            known = replace(item, term=replace(item.term))
            _KNOWN.keep(asked, known, _EACH)
        yield known
