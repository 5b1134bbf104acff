"""The command line: `glossary-ls` for editors (serve), for CI (check), people and other tools.

Start with `main`, the entry point. Each command is one module with `add` (declares the arguments) and `run`
(returns the exit code: 0 for success, 1 for problems found or no result, 2 for wrong usage or unreadable
input). It is imported on demand, so that the server answers its client before the core is loaded. Only
`serve` may import the protocol layer.
"""

from __future__ import annotations

import argparse
import atexit
import builtins
import gc
import io
import os
import re
import sys
from contextlib import contextmanager
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, NoReturn, Protocol, cast

from glossary_ls import __version__
from glossary_ls.base.patterns import lazily
from glossary_ls.cli.errors import InputError, fail, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Command(Protocol):
    """The interface of the module of a command."""

    SUMMARY: str

    def add(self, parser: argparse.ArgumentParser, /) -> None:
        """Declare the arguments."""

    def run(self, options: argparse.Namespace, /) -> int:
        """Run the command and return the exit code."""


#: The commands; each is the name of a module in this package, behind a name of Python with an underscore.
COMMANDS = (
    *("serve", "init", "check", "harvest", "new", "coverage"),
    *("explain", "compare", "list", "search", "topics", "guide", "hover"),
    *("sources", "fetch", "export", "import", "mcp"),
    *("rule", "config", "doctor", "schema", "clean", "completions"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    if argv[:1] == ["help"]:
        argv = [*argv[1:2], "--help"]
    if not argv or (argv[0] not in COMMANDS and argv[0] not in {"-h", "--help", "-V", "--version"}):
        if argv and not argv[0].startswith("-"):
            hint = nearest(argv[0], COMMANDS) or f"; choose from {', '.join(COMMANDS)}"
            return fail(f"unknown command {argv[0]!r}{hint}")
        # Editors start the server without a command, or with --stdio.
        argv.insert(0, "serve")
    if argv[0] == "serve":
        return _run(argv)
    with _little_collected():
        return _run(argv)


@contextmanager
def _little_collected() -> Iterator[None]:
    """Have the garbage collector search seldom: nearly all that a command creates is in use until its end.

    With the end of the process, which need not search either, that saves a quarter of a short check.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(_MOST_UNSEARCHED)
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
    try:
        yield
    finally:
        # What is there counts as old, so that it is not searched at once.
        gc.freeze()
        gc.unfreeze()
        gc.set_threshold(*thresholds)


#: The number of new objects after which the garbage collector searches them.
_MOST_UNSEARCHED = 3_000_000


def _run(argv: Sequence[str]) -> int:
    """Parse the arguments, the first of which may be a command, and run it."""
    # Python has None for a stream that is closed when it starts. The server has its own answer to that.
    if argv[0] != "serve":
        sys.stderr = sys.stderr or io.StringIO()
        if sys.stdout is None:
            return fail("standard output is closed")
    # The help names all commands; nothing else needs to import them.
    reader = parser(
        COMMANDS if argv[0] in {"-h", "--help"} else [each for each in argv[:1] if each in COMMANDS]
    )
    options, unknown = reader.parse_known_args(argv)
    if unknown:
        return fail(
            f"unrecognized arguments: {' '.join(unknown)}{_right_spelling(unknown[0], options.known)}"
        )
    for stream in (sys.stdout, sys.stderr):
        prepare(stream, sys.platform)
    try:
        code = int(options.run(options))
        if sys.stdout is not None:
            sys.stdout.flush()
    except InputError as error:
        return fail(str(error))
    except OSError as error:
        _abandon_output()
        # A reader of the output, such as `head`, may close it; a full disk is an error.
        return 0 if isinstance(error, BrokenPipeError) else fail(_reason(error))
    except (KeyboardInterrupt, EOFError):
        # The second one is Ctrl-D at a question. The prompt of the shell begins a new line.
        if sys.stderr.isatty():
            print(file=sys.stderr)
        return 130
    return code


def _reason(error: OSError) -> str:
    """Return what failed, behind the path of the file, if there is one."""
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if isinstance(error.filename, str) else reason


def _right_spelling(written: str, known: Sequence[str]) -> str:
    """Return the part of a message that offers an option for one that does not exist, or an empty string."""
    name = written.partition("=")[0]
    if name == "--output-format" and "--json" in known:
        return nearest("--json", known)
    return nearest(name, known)


def _abandon_output() -> None:
    """Write what is left of standard output nowhere: flushing at exit must not raise again."""
    if sys.stdout is sys.stderr:
        # The server keeps its own output apart; the error must be seen.
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def prepare(stream: object, platform: str) -> None:
    """Have a stream take every character: glossaries have some that the code pages of Windows lack.

    What programs and files get is UTF-8 on every system, unless PYTHONIOENCODING says otherwise.
    """
    if not isinstance(stream, io.TextIOWrapper):
        return
    is_read_by_program = platform == "win32" and not stream.isatty() and "PYTHONIOENCODING" not in os.environ
    stream.reconfigure(encoding="utf-8" if is_read_by_program else stream.encoding, errors="backslashreplace")


class _Parser(argparse.ArgumentParser):
    """A parser that reports wrong usage in one line, with the nearest right spelling."""

    def error(self, message: str) -> NoReturn:
        """Print the message, and exit with 2."""
        if found := _CHOICE.search(message):
            message += nearest(found["written"], re.findall(r"[\w-]+", found["known"]))
        sys.exit(fail(f"{message} (see {self.prog} --help)"))


#: How argparse says that a value is not among the choices, with quotes in some versions of Python.
_CHOICE = lazily(r"invalid choice: '(?P<written>.*)' \(choose from (?P<known>.*)\)")


def parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the argument parser with the subcommands `names`."""
    root = _Parser(
        prog="glossary-ls",
        allow_abbrev=False,
        description="Explain the terms in runbooks and design docs: in editors, in CI and in the terminal.",
        epilog="Without a command, run the language server on standard input and output.",
    )
    root.add_argument("-V", "--version", action="version", version=f"glossary-ls {__version__}")
    commands = root.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name in names:
        command = module_of(name)
        summary = command.SUMMARY
        description = f"{summary[0].upper()}{summary[1:]}."
        sub = commands.add_parser(name, help=summary, description=description, allow_abbrev=False)
        command.add(sub)
        known = [text for action in sub._actions for text in action.option_strings]  # noqa: SLF001  no other way
        sub.set_defaults(run=command.run, known=known)
    return root


def module_of(name: str) -> Command:
    """Import the module of a command, whose name hides neither a keyword nor a builtin of Python."""
    is_taken = iskeyword(name) or hasattr(builtins, name)
    return cast("Command", import_module(f"glossary_ls.cli.{name}{'_' * is_taken}"))
