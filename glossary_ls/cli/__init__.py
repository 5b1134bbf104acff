"""The command line: `glossary-ls` for editors (serve), for CI (check) and for people (hover, explain, guide).

Each command is one module with `add` (its arguments) and `run` (returns the exit code: 0 nothing found,
1 something found, 2 wrong usage or unreadable input). A module is loaded when its command is asked for: the
server must answer its client before it loads the core, and only `serve` imports the protocol layer.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from glossary_ls import __version__
from glossary_ls.cli.errors import InputError, fail

if TYPE_CHECKING:
    from collections.abc import Sequence


class Command(Protocol):
    """What a command's module offers."""

    SUMMARY: str

    def add(self, parser: argparse.ArgumentParser, /) -> None:
        """Declare the arguments."""

    def run(self, options: argparse.Namespace, /) -> int:
        """Do the work and return the exit code."""


#: The commands, each the name of a module beside this one.
COMMANDS = ("serve", "check", "hover", "explain", "guide")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    if not argv or (argv[0] not in COMMANDS and argv[0] not in {"-h", "--help", "--version"}):
        if argv and not argv[0].startswith("-"):
            parser().error(f"there is no command {argv[0]!r}; the commands are {', '.join(COMMANDS)}")
        # Editors start a server with no command at all, or with --stdio.
        argv.insert(0, "serve")
    options = parser([argv[0]] if argv[0] in COMMANDS else COMMANDS).parse_args(argv)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except InputError as error:
        return fail(str(error))
    except BrokenPipeError:
        # The reader of our output (head, a pager) has seen enough; nothing may be flushed on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return code


def parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of the command line, as far as it concerns the commands `names`."""
    root = argparse.ArgumentParser(
        prog="glossary-ls",
        description="Explains the terms of runbooks and design docs: in editors, in CI and in the terminal.",
        epilog="With no command it is a language server on standard input and output, as editors expect.",
    )
    root.add_argument("--version", action="version", version=f"glossary-ls {__version__}")
    commands = root.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in names:
        command = cast("Command", import_module(f"glossary_ls.cli.{name}"))
        summary = command.SUMMARY
        sub = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        command.add(sub)
        sub.set_defaults(run=command.run)
    return root
