"""What `glossary-ls check` says at the end: how many problems were found or fixed. It must not print."""

from __future__ import annotations

from glossary_ls.cli.wording import counted


def of_problems(number: int, files: int, fixable: int) -> str:
    """Return the number of problems in some files, and of those with a safe fix."""
    found = counted(number, "problem") if number else "No problems"
    fixes = f" ({fixable} fixable with --fix)" if fixable else ""
    return f"{found} in {counted(files, 'file')}{fixes}"


def of_fixes(number: int, files: int, *, is_written: bool, left: int | None = None) -> str:
    """Return the number of problems that were or would be fixed, and of those that are left."""
    done = "fixed" if is_written else "would be fixed"
    rest = "" if left is None else f", {left} left"
    return f"{counted(number, 'problem')} {done} in {counted(files, 'file')}{rest}"
