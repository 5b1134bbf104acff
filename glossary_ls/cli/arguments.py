"""Arguments that several commands share, so that they are spelled alike. It must not import the core."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def add_paths(parser: argparse.ArgumentParser, what: str) -> None:
    """Declare the files and folders of a command; `what` begins the help."""
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", default=["."], help=f"{what} (default: current folder)"
    )


def add_subject(parser: argparse.ArgumentParser) -> None:
    """Declare the document or folder that a command is about."""
    parser.add_argument(
        "path", metavar="PATH", nargs="?", default="", help="a document or folder (default: the root folder)"
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Declare the argument for output that scripts read."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def add_limit(parser: argparse.ArgumentParser, default: int, what: str) -> None:
    """Declare the argument for the most rows that people see; 0 stands for all."""
    parser.add_argument(
        "--limit",
        metavar="N",
        type=number_from(0),
        default=default,
        help=f"{what}; 0 for all (default: %(default)s)",
    )


def add_quiet(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Declare the argument for less output on standard error."""
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="print results and errors, but no summary and no progress"
    )


def number_from(least: int, most: int = 0) -> Callable[[str], int]:
    """Return a function that reads a whole number for argparse; `most` is the largest one, 0 for no limit."""

    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least or 0 < most < int(text):
            raise ArgumentTypeError(f"{text!r} is no number from {least} {f'to {most}' if most else 'on'}")
        return int(text)

    return read
