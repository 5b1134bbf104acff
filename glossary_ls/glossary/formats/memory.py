"""The one memory of parsed entries, by file, layout and text.

A text that is in a file twice is two entries, each with a term of its own: terms are compared by identity.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from glossary_ls.base.dataclass import replace
from glossary_ls.base.memo import WeightedMemo
from glossary_ls.glossary.model import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

_Rest = TypeVar("_Rest")

#: Entries, and what is there of entries without a name; up to so many characters.
_KNOWN: WeightedMemo[object] = WeightedMemo(24_000_000)

#: What an entry takes beside its text, as so many characters.
_EACH = 500


def remembered(path: str, layout: Hashable, text: str, read: Callable[[], Entry | _Rest]) -> Entry | _Rest:
    """Return the result of `read` for a text of a file with a layout. Raises what `read` raises.

    A text without a path, such as an edit that is tried out, shares the entries of any file.
    """
    asked = path, layout, text
    known = _KNOWN.get(asked)
    if known is None:
        known = _KNOWN.keep(asked, read(), len(text) + _EACH)
        _KNOWN.keep(("", layout, text), known, 0)
    return known  # type: ignore[return-value]  # because a layout belongs to one format


def distinct(items: Sequence[Entry | _Rest]) -> Sequence[Entry | _Rest]:
    """Return the entries of a file, with a copy in place of an entry that was there before."""
    if len(set(map(id, items))) == len(items):
        return items
    count: Counter[int] = Counter()
    found: list[Entry | _Rest] = []
    for item in items:
        number = count[id(item)]
        count[id(item)] += 1
        known = _KNOWN.get((item, number)) if number else item
        if known is None:
            known = replace(item, term=replace(item.term)) if isinstance(item, Entry) else item
            _KNOWN.keep((item, number), known, _EACH)
        found.append(known)  # type: ignore[arg-type]  # because it is a copy of the item
    return found
