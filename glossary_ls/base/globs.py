"""Path patterns with the semantics of a `.gitignore` (gitignore(5)).

Paths are relative to the folder of the pattern and have forward slashes. A pattern without a slash matches at
any depth, `**` any number of folders, a folder everything below it; `!` negates a pattern. Patterns come from
repositories that nobody has read: matching takes time in proportion to the product of the lengths at most.
This module must not read files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

#: A longer pattern matches nothing, as no path is longer.
_LONGEST = 4096

_ANY_FOLDERS = "**"

#: A piece of a name in a pattern: stars, one other wildcard, an escaped character or a character.
_PIECE = lazily(r"(\*+)|(\?)|\[([!^]?)(\]?(?:\\.|[^\]\\])*)\]|\\(.)|([^\\\[])", re.DOTALL)

#: A range of characters in brackets, or one of them; either end may be escaped.
_RANGE = lazily(r"\\?(.)-\\?(.)|\\?(.)", re.DOTALL)


def matches(patterns: Iterable[str], path: str) -> bool:
    """Return whether the last pattern that matches a path includes it."""
    return verdict(tuple(patterns), path) is True


def verdict(patterns: tuple[str, ...], path: str) -> bool | None:
    """Return whether the last pattern that matches a path includes it, or None when none matches.

    A path that ends with a slash is a folder. Comments and invalid patterns match nothing. Patterns for the
    path itself have precedence over those for a folder above it.
    """
    parts, is_folder = path.removesuffix("/").split("/"), path.endswith("/")
    inherited = None
    for pattern in reversed(_compiled(patterns)):
        found = pattern.match(parts, is_folder=is_folder)
        if found:
            return pattern.includes
        if found is not None and inherited is None:
            inherited = pattern.includes
    return inherited


def complaint(pattern: str) -> str:
    """Return the error in a pattern that a user wrote, or an empty string."""
    if "\\" in pattern:
        return f"the pattern {pattern!r} contains a backslash; separate folders with '/'"
    if pattern.startswith("~") or ":" in pattern.partition("/")[0] or ".." in pattern.split("/"):
        return f"the pattern {pattern!r} points outside the folder; write it relative to the folder"
    if pattern.count("[") > pattern.count("]"):
        return f"the pattern {pattern!r} has an unclosed bracket"
    if not _compiled((pattern,)):
        return f"the pattern {pattern!r} matches nothing"
    return ""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern: runs of names, between which there may be any folders.

    A pattern that `is_anchored` has its first run at the start of a path. `only_folders` are meant by one
    that ends with a slash, and `only_below` what is in them by one that ends with stars.
    """

    includes: bool
    is_anchored: bool
    runs: tuple[tuple[Callable[[str], object], ...], ...]
    only_folders: bool
    only_below: bool

    def match(self, parts: Sequence[str], *, is_folder: bool) -> bool | None:
        """Return None without a match, else whether the path itself matches, not just a folder above it."""
        is_above = self.only_below or (self.only_folders and not is_folder)
        end = self._end(parts, len(parts) - is_above)
        return None if end is None else end == len(parts) or self.only_below

    def _end(self, parts: Sequence[str], stop: int) -> int | None:
        """Return the number of parts up to the last place where the last run ends, at most `stop`.

        All runs but the last are taken at the first place possible, which leaves most for the others.
        """
        start = 0
        for number, run in enumerate(self.runs):
            last = stop - len(run)
            if number == 0 and self.is_anchored:
                places: Iterable[int] = (0,) if last >= 0 else ()
            elif number == len(self.runs) - 1:
                places = range(last, start - 1, -1)
            else:
                places = range(start, last + 1)
            for place in places:
                if all(part(parts[place + index]) for index, part in enumerate(run)):
                    start = place + len(run)
                    break
            else:
                return None
        return start if self.runs else stop if stop > 0 else None


@memo.recent(512)
def _compiled(patterns: tuple[str, ...]) -> tuple[_Pattern, ...]:
    return tuple(found for line in patterns if (found := _pattern(line)))


def _pattern(line: str) -> _Pattern | None:
    """Return the pattern in a line; None for a comment, an empty line, and an invalid one."""
    written = line if line.endswith("\\ ") else line.rstrip()
    names = written.removeprefix("!").split("/")
    if not any(names) or written.startswith("#") or len(written) > _LONGEST:
        return None
    is_anchored = len(names) > 1 and names[1:] != [""]
    only_folders = not names[-1]
    only_below = len(names) > 1 and names[-1] == _ANY_FOLDERS
    names = names[not names[0] :]
    while names and names[-1] in {"", _ANY_FOLDERS}:
        names.pop()
    if names[:1] == [_ANY_FOLDERS]:
        is_anchored = False
    try:
        runs = tuple(_runs(names))
    except ValueError:
        return None
    return _Pattern(not written.startswith("!"), is_anchored, runs, only_folders, only_below)


def _runs(names: Iterable[str]) -> Iterator[tuple[Callable[[str], object], ...]]:
    run: list[Callable[[str], object]] = []
    for name in names:
        if name != _ANY_FOLDERS:
            run.append(_name(name))
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _name(pattern: str) -> Callable[[str], object]:
    """Return a function that says whether a name in a path matches one of a pattern. Raises ValueError."""
    if not re.search(r"[*?\[\\]", pattern):
        return pattern.__eq__
    if not pattern.strip("*"):
        return bool
    return re.compile("".join(_expression(pattern)), re.DOTALL).fullmatch


def _expression(pattern: str) -> Iterator[str]:
    """Yield the parts of an expression for a name. Raises ValueError.

    What follows a star is taken at the first place possible, for good, unless it ends the pattern.
    """
    between = [""]
    at = 0
    while at < len(pattern):
        piece = _PIECE.match(pattern, at)
        if piece is None:
            raise ValueError("an unclosed bracket, or an escape at the end")
        stars, any_, negated, listed, escaped, plain = piece.groups()
        if stars:
            between.append("")
        elif any_:
            between[-1] += "."
        elif listed is not None:
            between[-1] += f"[{'^' if negated else ''}{''.join(_ranges(listed))}]"
        else:
            between[-1] += re.escape(escaped or plain)
        at = piece.end()
    first, *others = between
    yield first
    yield from (f"(?>.*?{other})" for other in others[:-1])
    yield from (f".*{other}" for other in others[-1:])


def _ranges(listed: str) -> Iterator[str]:
    """Yield what brackets contain, as an expression. Raises ValueError."""
    for found in _RANGE.finditer(listed):
        first, last, one = found.groups()
        if one is not None:
            yield re.escape(one)
        elif first > last:
            raise ValueError(f"{first} is behind {last}")
        else:
            yield f"{re.escape(first)}-{re.escape(last)}"
