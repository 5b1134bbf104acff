"""Run a command in this process, as the tests of the command line do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli import main

if TYPE_CHECKING:
    import pytest


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run a command and return its exit code and what it printed, on standard output and standard error."""
    try:
        code = main(arguments)
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err
