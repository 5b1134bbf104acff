"""`check --fix` and `--diff`: writing what `fixing` proposes, as a whole file or as a patch."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING

from glossary_ls.cli.errors import InputError
from glossary_ls.cli.fixing import fixed
from glossary_ls.cli.reporters.safe import visible

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from glossary_ls.base.text import Text
    from glossary_ls.cli.project import Checked, Project


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="make the safe fixes, and report what is left")
    group.add_argument(
        "--unsafe-fixes",
        action="store_true",
        help="include fixes that add or remove words, or guess; with --fix or --diff",
    )
    group.add_argument(
        "--diff",
        action="store_true",
        help="print what --fix would change, as a patch, and exit with 1 if that is anything",
    )
    group.add_argument(
        "--fix-only", action="store_true", help="fix like --fix, but do not report or fail for what is left"
    )
    group.add_argument(
        "--exit-non-zero-on-fix",
        action="store_true",
        help="exit with 1 if files were fixed, even if nothing is left",
    )


def is_fixing(options: argparse.Namespace) -> bool:
    """Return whether the arguments ask for fixes, written or not."""
    return bool(options.fix or options.fix_only or options.diff)


def corrected(
    project: Project, checked: Checked, *, unsafe: bool, wanted: Callable[[int], bool]
) -> Checked | None:
    """Return a file with its fixes made, checked again; None if there is nothing to fix.

    `wanted` says which lines, counted from 0, may be changed. Nothing is written.
    """
    if checked.document is None:
        return None
    text = fixed(checked.document, unsafe=unsafe, wanted=wanted)
    return None if text == checked.findings.text.source else project.check(checked.path, text)


def write(project: Project, before: Checked, after: Checked) -> None:
    """Replace the content of a file, in its encoding; nobody sees a part of it. Raises InputError."""
    name = project.display_path(after.path)
    try:
        texts = before.findings.text.source, after.findings.text.source
        if not project.files.exchange(after.path, *texts):
            raise InputError(f"{name}: has changed meanwhile and is not fixed; run the check again")
    except OSError as error:
        raise InputError(f"{name}: cannot be written: {error.strerror or error}") from error


def patch(before: Text, after: Text, name: str) -> Iterator[str]:
    """Yield the lines of a patch, without line breaks.

    On a terminal, control characters are made visible; elsewhere the patch can be applied as it is.
    """
    shown = visible if sys.stdout.isatty() else str
    old, new = _lines(before.source), _lines(after.source)
    for line in difflib.unified_diff(old, new, visible(name), visible(name)):
        content = line.removesuffix("\n")
        yield shown(content)
        if content == line:
            yield "\\ No newline at end of file"


def _lines(source: str) -> list[str]:
    """Return the lines with their ends, as `patch` counts them: a carriage return alone is no end."""
    *lines, last = source.split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]
