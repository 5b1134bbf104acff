"""Counting the steps of a function, to test that its cost grows linearly without measuring time.

A step is a call of a function, or a character that `str.find` or a regular expression of `glossary_ls` scans.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any, SupportsIndex

import pytest

from glossary_ls.base import memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Repetitions of a unit in the shorter of two inputs.
_REPETITIONS = 200


class _Counter:
    def __init__(self) -> None:
        self.steps = 0

    def event(self, *_: object) -> None:
        self.steps += 1


class _Source(str):
    """A text that counts the characters that `find` scans, in itself and in its slices."""

    __slots__ = ("counter",)
    counter: _Counter

    @classmethod
    def of(cls, text: str, counter: _Counter) -> _Source:
        source = cls(text)
        source.counter = counter
        return source

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        found = super().__getitem__(key)
        return _Source.of(found, self.counter) if isinstance(key, slice) else found

    def find(self, sub: str, start: Any = 0, end: Any = None, /) -> int:  # noqa: ANN401  as in `str`
        found = super().find(sub, start, end)
        self.counter.steps += (found if found >= 0 else len(self) if end is None else end) - start
        return found


class _Pattern:
    """A compiled regular expression that counts the characters that it scans."""

    def __init__(self, pattern: re.Pattern[str], counter: _Counter) -> None:
        self._pattern = pattern
        self._counter = counter

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  because attributes differ in type
        return getattr(self._pattern, name)

    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        return self._counted(self._pattern.match(text, pos, endpos), pos, pos + 1)

    def fullmatch(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        return self._counted(self._pattern.fullmatch(text, pos, endpos), pos, pos + 1)

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        return self._counted(self._pattern.search(text, pos, endpos), pos, min(endpos, len(text)))

    def finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]:
        for match in self._pattern.finditer(text, pos, endpos):
            self._counted(match, pos, pos)
            pos = match.end()
            yield match
        self._counter.steps += max(min(endpos, len(text)) - pos, 0)

    def _counted(self, match: re.Match[str] | None, pos: int, failed_at: int) -> re.Match[str] | None:
        self._counter.steps += max((match.end() if match else failed_at) - pos, 0)
        return match


def _counting(value: object, counter: _Counter) -> object:
    """Return a value with the patterns in it replaced by counting ones."""
    if isinstance(value, re.Pattern):
        return _Pattern(value, counter)
    if isinstance(value, dict):
        return {key: _counting(item, counter) for key, item in value.items()}
    if isinstance(value, tuple) and value:
        items: list[Any] = [_counting(item, counter) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    return value


def count_steps(function: Callable[[str], object], text: str) -> int:
    """Return the number of steps of a call, with empty memos."""
    memo.clear()
    counter = _Counter()
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith(("glossary_ls.markup", "glossary_ls.acronyms", "glossary_ls.glossary")):
                for attribute, value in list(vars(module).items()):
                    if isinstance(value, re.Pattern | dict | tuple) and not attribute.startswith("__"):
                        patch.setattr(module, attribute, _counting(value, counter))
        sys.setprofile(counter.event)
        try:
            function(_Source.of(text, counter))
        finally:
            sys.setprofile(None)
    return counter.steps


def assert_linear(function: Callable[[str], object], unit: str, start: str = "") -> None:
    """Check that twice the text takes about twice the steps, not four times as many."""
    once, twice = (count_steps(function, start + unit * (_REPETITIONS * factor)) for factor in (1, 2))
    assert twice < 2.6 * once + 500, f"{once} steps become {twice} for {unit!r}"
