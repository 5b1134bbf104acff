"""Globs as in a `.gitignore`: the only module that knows how a pattern matches a path.

Paths are relative to the folder that a pattern speaks about and have forward slashes. A pattern without a
slash matches at any depth, `**` any number of folders, a folder all that is below it; `!` takes a match back.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pathspec


def matches(patterns: Iterable[str], path: str) -> bool:
    """Tell whether the last pattern that speaks about a path takes it in."""
    return verdict(tuple(patterns), path) is True


def verdict(patterns: tuple[str, ...], path: str) -> bool | None:
    """Return what the last pattern about a path says, or None when there is none.

    A path that ends with a slash is a folder. A line that is no pattern, such as a comment, says nothing.
    """
    return _compiled(patterns).check_file(path).include


def complaint(pattern: str) -> str:
    """Return what is wrong with a pattern that a user wrote, or nothing."""
    if "\\" in pattern:
        return f"the pattern {pattern!r} has a backslash; write a slash between folders"
    if pattern.startswith("~") or ":" in pattern.partition("/")[0] or ".." in pattern.split("/"):
        return f"the pattern {pattern!r} leads out of the folder; write it relative to the folder"
    if pattern.count("[") > pattern.count("]"):
        return f"the pattern {pattern!r} has a bracket that is not closed"
    if all(found.include is None for found in _compiled((pattern,)).patterns):
        return f"the pattern {pattern!r} matches nothing"
    return ""


@lru_cache(maxsize=512)
def _compiled(patterns: tuple[str, ...]) -> pathspec.GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  because it takes longer to import than all of ours

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError:
        # A bad line costs itself.
        return GitIgnoreSpec.from_lines(line for line in patterns if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  as above

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
