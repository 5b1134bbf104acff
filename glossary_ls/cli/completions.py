"""`glossary-ls completions`: print the completions of the command line for a shell.

`shtab` writes them from the parser. This module must not know which commands there are.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SUMMARY = "print the completions of commands and options for a shell"

SHELLS = ("bash", "zsh", "fish", "powershell")

#: What is completed for arguments with these names in their help.
_FILES = frozenset({"FILE", "PATH"})
_FOLDERS = frozenset({"FOLDER"})
_CODES = frozenset({"CODE", "CODES"})


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("shell", choices=SHELLS, help="the shell")


def run(options: argparse.Namespace) -> int:
    """Print the completions."""
    import shtab  # noqa: PLC0415  because no other command needs it

    from glossary_ls.cli import parser  # noqa: PLC0415  which imports this module
    from glossary_ls.rules.pages import codes  # noqa: PLC0415  as shtab

    root = parser()
    for action in _actions(root):
        name = action.metavar or action.dest
        if name in _CODES:
            action.choices = sorted(codes())
        elif not action.choices and name in _FILES | _FOLDERS:
            # How shtab is told, by an attribute that argparse does not have.
            vars(action)["complete"] = shtab.DIRECTORY if name in _FOLDERS else shtab.FILE
    print(shtab.complete(root, shell=options.shell))
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments of a parser and of its commands."""
    for action in parser._actions:  # noqa: SLF001  no other way
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  no other way
            for each in action.choices.values():
                yield from _actions(each)
