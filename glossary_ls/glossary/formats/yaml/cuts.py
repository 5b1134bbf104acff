"""Cuts: files in pieces, and after an edit only the pieces around it are looked for anew.

Reading, outlines and writers ask about the same text one after the other, and then about its next version: a
few cuts are remembered. A property test compares a cut that was made from an earlier one with one from
scratch. This module must not know what an entry means.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from glossary_ls.base.text import Span, Text, common_ends
from glossary_ls.glossary.formats.yaml.nodes import Mapping, NotYamlError, moved
from glossary_ls.glossary.formats.yaml.pieces import (
    FILE_KEYS,
    LEFTMOST,
    Cut,
    Run,
    UnsureError,
    cut_whole,
    is_odd,
    name_at,
    starts_of,
)

#: How many cuts are remembered, and how many characters their files have together; the last one always is.
_MOST = 4
_MOST_CHARACTERS = 24_000_000

#: No sign that makes a file doubtful is longer (see `is_odd`).
_REACH = 4


class _Known(NamedTuple):
    text: Text
    cut: Cut | None


_LATELY: deque[_Known] = deque()


def cut(source: str | Text) -> Cut | None:
    """Return a glossary in pieces, or None when it has to be read as a whole.

    A text that an editor made of an earlier one tells where it was edited. The parsed nodes of a cut are for
    who asks first.
    """
    text = source if isinstance(source, Text) else Text(source)
    known = next((known for known in _LATELY if known.text.source == text.source), None)
    if known is not None:
        _LATELY.remove(known)
        _LATELY.appendleft(known)
        return known.cut
    edits = (edited(known.cut, known.text, text) for known in _LATELY if known.cut is not None)
    found = next((parts for parts in edits if parts is not None), None) or cut_whole(text.source)
    _LATELY.appendleft(_Known(text, replace(found, nodes={}) if found is not None else None))
    while len(_LATELY) > _MOST or (len(_LATELY) > 1 and _size() > _MOST_CHARACTERS):
        _LATELY.pop()
    return found


def _size() -> int:
    return sum(len(known.text) for known in _LATELY)


def edited(old: Cut, left: Text, right: Text) -> Cut | None:
    """Return the cut of a text, given that of `left`; None when the edit may reach beyond some entries."""
    if old.errors or not old.texts:
        return None
    before, after = left.source, right.source
    same, behind = common_ends(left, right)
    behind = min(behind, len(before) - same, len(after) - same)
    if 2 * (same + behind) < len(before):
        return None
    edit = _Edit(before, after, same, len(before) - behind)
    try:
        return _beside(old, edit) if (window := _window(old, edit)) is None else _within(old, edit, *window)
    except (NotYamlError, UnsureError):
        return None


class _Edit(NamedTuple):
    """What a file was and is: from `start` to `end`, an offset of the old text, it is another one."""

    before: str
    after: str
    start: int
    end: int

    @property
    def by(self) -> int:
        """How far what stands behind it has moved."""
        return len(self.after) - len(self.before)

    @property
    def touched(self) -> str:
        """The new text with a few characters around it; a line end that is cut off there is left out."""
        end = self.end + self.by + _REACH
        text = self.after[max(self.start - _REACH, 0) : end]
        return text if end > len(self.after) else text.removesuffix("\r")


def _within(old: Cut, edit: _Edit, first: int, last: int) -> Cut | None:
    """Return the cut after an edit that can only have changed the pieces from `first` to before `last`."""
    until = old.starts[last] if last < len(old.texts) else old.end
    start, end = old.starts[first], until + edit.by
    if is_odd(edit.touched) or (old.has_head and LEFTMOST.search(edit.after, start, end)):
        return None
    run = Run(old.form, old.lines[first])
    for at, following in pairwise((*_starts(edit.after, start, end, old), end)):
        run.add(edit.after[at:following], at)
    more = run.line - old.lines[last] if last < len(old.texts) else 0
    return Cut(
        _head(old, until, edit.by),
        old.form,
        (*old.texts[:first], *run.texts, *old.texts[last:]),
        [*old.starts[:first], *run.starts, *_shifted(old.starts[last:], edit.by)],
        [*old.lines[:first], *run.lines, *_shifted(old.lines[last:], more)],
        old.end + edit.by,
        nodes={first + number: node for number, node in run.nodes.items()},
    )


def _beside(old: Cut, edit: _Edit) -> Cut | None:
    """Return the cut after an edit in front of the second entry or behind the last one.

    The file is cut without the others, which can be put in again as they were.
    """
    if len(old.texts) < 2 or (old.head is not None and not old.has_head):
        return None
    second = old.starts[1] - old.form.column
    if second <= edit.end and edit.start < old.end:
        return None
    by = edit.by if edit.end < second else 0
    gap, end = second + by, old.end + by
    few = cut_whole(edit.after[:gap] + edit.after[end:])
    if few is None or few.errors or few.form != old.form or few.end != gap:
        return None
    run = Run(old.form, few.lines[0])
    *texts, text = few.texts
    for each, start in zip((*texts, text + " " * old.form.column), few.starts, strict=True):
        run.add(each, start)
    return Cut(
        _head(few, gap, end - gap),
        old.form,
        (*run.texts, *old.texts[1:]),
        [*run.starts, *_shifted(old.starts[1:], by)],
        [*run.lines, *_shifted(old.lines[1:], run.line - old.lines[1])],
        end,
        nodes=run.nodes,
    )


def _window(old: Cut, edit: _Edit) -> tuple[int, int] | None:
    """Return the pieces that an edit may change: the first, and the one behind them.

    The pieces in front of them and behind them begin as before: their first lines, and the line ends above
    those, are not touched.
    """
    first = bisect_right(old.starts, edit.start) - 1
    if first >= 0 and edit.before.find("\n", old.starts[first], edit.start) < 0:
        first -= 1
    last = bisect_left(old.starts, edit.end + old.form.column + 1)
    if first < 0 or (last == len(old.texts) and edit.end >= old.end and old.end < len(edit.before)):
        return None
    until = old.starts[last] if last < len(old.texts) else old.end
    # Accepted acronyms stand between entries of the shorthand and are none.
    is_whole = until - old.starts[first] == sum(map(len, old.texts[first:last]))
    return (first, last) if is_whole else None


def _starts(source: str, first: int, end: int, old: Cut) -> list[int]:
    """Return where entries start. Raises UnsureError when one of them is none any more."""
    if old.has_head or old.form.is_list:
        return starts_of(source, first, end, old.form)
    starts = [first, *(found.end() for found in LEFTMOST.finditer(source, first, end))]
    if any(name_at(source, start) in FILE_KEYS for start in starts):
        raise UnsureError
    return starts


def _head(old: Cut, end: int, by: int) -> Mapping | None:
    """Return the head once what stands behind `end` has moved."""
    head = old.head
    if head is None or not by:
        return head
    if not old.has_head:
        behind = moved(head, by if head.span.start >= end else 0)
        return behind if isinstance(behind, Mapping) else None
    pairs = []
    for key, value in head.pairs:
        if key.span.start >= end:
            pairs.append((moved(key, by), moved(value, by)))
        elif value.span.end >= end:
            # The entries.
            pairs.append((key, replace(value, span=Span(value.span.start, value.span.end + by))))
        else:
            pairs.append((key, value))
    return Mapping(Span(head.span.start, head.span.end + by), tuple(pairs))


def _shifted(numbers: list[int], by: int) -> list[int]:
    return [number + by for number in numbers] if by else numbers
