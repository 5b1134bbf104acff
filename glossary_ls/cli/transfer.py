"""What `export` and `import` share: where the result goes, and the report of what it does not say.

It must not know formats or writers.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.cli.errors import InputError
from glossary_ls.cli.printing import print_error, safe
from glossary_ls.cli.project import shown
from glossary_ls.cli.wording import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from glossary_ls.glossary.exports.export import LeftOut
    from glossary_ls.vfs.files import Files

#: The output that is no file.
STANDARD_OUTPUT = "-"

#: How many entries the report names for each reason.
_MOST_NAMED = 5


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    """Declare the argument for a rehearsal."""
    parser.add_argument("--dry-run", action="store_true", help="print the report, and write nothing")


def write(files: Files, output: str, text: str) -> None:
    """Write the result to a file, as a whole, or to standard output."""
    if output == STANDARD_OUTPUT:
        _print(text)
        return
    try:
        files.write(paths.normal(output), text)
    except OSError as error:
        raise _unwritable(output, error) from error


def exchange(files: Files, output: str, before: str | None, text: str) -> bool:
    """Write the result if the output is still `before`, None for no file; return whether it was."""
    if output == STANDARD_OUTPUT:
        _print(text)
        return True
    try:
        return files.exchange(paths.normal(output), before, text)
    except OSError as error:
        raise _unwritable(output, error) from error


def _unwritable(output: str, error: OSError) -> InputError:
    return InputError(f"{shown(paths.normal(output))}: cannot be written: {error.strerror or error}")


def _print(text: str) -> None:
    # A terminal would obey what is in a glossary; a program gets it as it is.
    sys.stdout.write(safe(text) if sys.stdout.isatty() else text)


def report(done: str, left_out: Iterable[LeftOut]) -> None:
    """Print what was done, and what was not carried over: by reason, with the places."""
    print_error(done)
    groups: dict[tuple[str, str], list[LeftOut]] = {}
    for each in left_out:
        groups.setdefault((each.key, each.reason), []).append(each)
    if groups:
        print("Not carried over:", file=sys.stderr)
    for (key, reason), group in groups.items():
        places = [f"{shown(item.path)}:{item.line}: {item.term.name}" for _, _, item in group if item]
        number = f" ({counted(len(places), 'term')})" if places else ""
        print_error(f"  {key}: {reason}{number}")
        for place in _shortened(places):
            print_error(f"    {place}")


def _shortened(places: Sequence[str]) -> Sequence[str]:
    if len(places) <= _MOST_NAMED:
        return places
    return [*places[:_MOST_NAMED], f"and {len(places) - _MOST_NAMED} more"]


def destination(output: str, *, dry_run: bool) -> str:
    """Return the part of a report that says where the result is, or would be."""
    where = "standard output" if output == STANDARD_OUTPUT else output
    return f"would be written to {where}" if dry_run else f"written to {where}"
