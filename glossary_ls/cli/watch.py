"""`check --watch`: check again when a file changes, until Ctrl-C.

Files are polled, which works on every file system. This module must not know how files are checked.
"""

from __future__ import annotations

import sys
from time import monotonic, sleep
from typing import TYPE_CHECKING, NoReturn

from glossary_ls.cli import targets
from glossary_ls.cli.errors import InputError, fail
from glossary_ls.cli.printing import print_error
from glossary_ls.cli.wording import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from glossary_ls.cli.project import Project
    from glossary_ls.vfs.files import Signature

#: In seconds; a longer pause keeps the work of looking at many files below a tenth of the time.
_SHORTEST_PAUSE = 0.4
_PAUSE_PER_POLL = 9

#: Erase the screen and what was scrolled out of it, and go to its start (ECMA-48, 8.3.39; xterm).
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"


def watch(
    options: argparse.Namespace, project: Callable[[], Project], check: Callable[[Project], int]
) -> NoReturn:
    """Call `check` with a new project now, and whenever a file that it depends on has changed.

    Raises KeyboardInterrupt in the end, and InputError for arguments that cannot be watched.
    """
    if targets.STANDARD_INPUT in options.paths:
        raise InputError("--watch: standard input cannot be watched")
    if options.write_baseline:
        raise InputError("--watch writes no baseline; leave out --write-baseline")
    while True:
        current = project()
        # What changes during the check is seen afterwards.
        state = _state(current, options)
        if sys.stdout.isatty():
            print(_CLEAR, end="")
        try:
            check(current)
        except InputError as error:
            fail(str(error))
        sys.stdout.flush()
        if not options.quiet:
            print_error(f"Watching {counted(len(state), 'file')} for changes; Ctrl-C ends.")
        _wait(current, options, state)


def _wait(project: Project, options: argparse.Namespace, state: Mapping[str, Signature | None]) -> None:
    """Return once a file has changed: one that is checked, a glossary, or a configuration file."""
    while True:
        started = monotonic()
        if project.workspace.poll() or _state(project, options) != state:
            return
        sleep(max(_SHORTEST_PAUSE, _PAUSE_PER_POLL * (monotonic() - started)))


def _state(project: Project, options: argparse.Namespace) -> Mapping[str, Signature | None]:
    """Return the signatures of the files that are checked now; none if an argument does not exist."""
    try:
        found = targets.targets(project, options.paths, targets.exclusion(options))
        return {path: project.files.signature(path) for path in found}
    except InputError:
        return {}
