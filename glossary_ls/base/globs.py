"""Path patterns with the semantics of a `.gitignore` (gitignore(5)).

Paths are relative to the folder of the pattern and have forward slashes. A pattern without a slash matches at
any depth, `**` any number of folders, a folder everything below it; `!` negates a pattern. This module must
not read files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import memo

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pathspec


def matches(patterns: Iterable[str], path: str) -> bool:
    """Return whether the last pattern that matches a path includes it."""
    return verdict(tuple(patterns), path) is True


def verdict(patterns: tuple[str, ...], path: str) -> bool | None:
    """Return whether the last pattern that matches a path includes it, or None when none matches.

    A path that ends with a slash is a folder. Comments and invalid patterns match nothing.
    """
    return _compiled(patterns).check_file(path).include


def complaint(pattern: str) -> str:
    """Return the error in a pattern that a user wrote, or an empty string."""
    if "\\" in pattern:
        return f"the pattern {pattern!r} contains a backslash; separate folders with '/'"
    if pattern.startswith("~") or ":" in pattern.partition("/")[0] or ".." in pattern.split("/"):
        return f"the pattern {pattern!r} points outside the folder; write it relative to the folder"
    if pattern.count("[") > pattern.count("]"):
        return f"the pattern {pattern!r} has an unclosed bracket"
    if all(found.include is None for found in _compiled((pattern,)).patterns):
        return f"the pattern {pattern!r} matches nothing"
    return ""


@memo.recent(512)
def _compiled(patterns: tuple[str, ...]) -> pathspec.GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  because its import is slow and not always needed

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError:
        # An invalid line disables only itself.
        return GitIgnoreSpec.from_lines(line for line in patterns if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  as above

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
