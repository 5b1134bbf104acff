"""The command line: `glossary-ls` for editors (serve), for CI (check), people and other tools.

Start with `main`, the entry point. Each command is one module with `add` (declares the arguments) and `run`
(returns the exit code: 0 for success, 1 for problems found or no result, 2 for wrong usage or unreadable
input). It is imported on demand, so that the server answers its client before the core is loaded. Only
`serve` may import the protocol layer.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Protocol, cast

from glossary_ls import __version__
from glossary_ls.cli.errors import InputError, fail

if TYPE_CHECKING:
    from collections.abc import Sequence


class Command(Protocol):
    """The interface of the module of a command."""

    SUMMARY: str

    def add(self, parser: argparse.ArgumentParser, /) -> None:
        """Declare the arguments."""

    def run(self, options: argparse.Namespace, /) -> int:
        """Run the command and return the exit code."""


#: The commands; each is the name of a module in this package, behind a keyword of Python with an underscore.
COMMANDS = ("serve", "check", "hover", "explain", "guide", "sources", "fetch", "export", "import")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    if not argv or (argv[0] not in COMMANDS and argv[0] not in {"-h", "--help", "--version"}):
        if argv and not argv[0].startswith("-"):
            parser().error(f"unknown command {argv[0]!r}; choose from {', '.join(COMMANDS)}")
        # Editors start the server without a command, or with --stdio.
        argv.insert(0, "serve")
    options = parser([argv[0]] if argv[0] in COMMANDS else COMMANDS).parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        prepare(stream, sys.platform)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except InputError as error:
        return fail(str(error))
    except BrokenPipeError:
        # The reader of the output, such as `head`, has closed it; flushing at exit must not raise again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return code


def prepare(stream: object, platform: str) -> None:
    """Have a stream take every character: glossaries have some that the code pages of Windows lack.

    What programs and files get is UTF-8 on every system, unless PYTHONIOENCODING says otherwise.
    """
    if not isinstance(stream, io.TextIOWrapper):
        return
    is_read_by_program = platform == "win32" and not stream.isatty() and "PYTHONIOENCODING" not in os.environ
    stream.reconfigure(encoding="utf-8" if is_read_by_program else stream.encoding, errors="backslashreplace")


def parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the argument parser with the subcommands `names`."""
    root = argparse.ArgumentParser(
        prog="glossary-ls",
        description="Explain the terms in runbooks and design docs: in editors, in CI and in the terminal.",
        epilog="Without a command, run the language server on standard input and output.",
    )
    root.add_argument("--version", action="version", version=f"glossary-ls {__version__}")
    commands = root.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in names:
        command = cast("Command", import_module(f"glossary_ls.cli.{name}{'_' * iskeyword(name)}"))
        summary = command.SUMMARY
        sub = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        command.add(sub)
        sub.set_defaults(run=command.run)
    return root
