"""Finds the Python interpreters of this machine, by version."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASK = "import sys; print('%d.%d' % sys.version_info[:2])"


def find(version: str) -> str:
    """Return the command of a CPython of a version such as `3.12`, or an empty string."""
    return next((found for found in _candidates(version) if _version(found) == version), "")


def _candidates(version: str) -> Iterator[str]:
    """Yield the places where a Python of a version may be, the likeliest first."""
    yield sys.executable
    # A stand-in of pyenv only says that the version is not selected; the real one may come later on the path.
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if found := shutil.which(f"python{version}", path=folder):
            yield found
    home = os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv"
    yield from sorted(glob.glob(f"{home}/versions/{version}.*/bin/python"))  # noqa: PTH207  because it sorts text
    yield from _answer("uv", "python", "find", "--no-project", "--offline", version)
    yield from _answer("py", f"-{version}", "-c", "import sys; print(sys.executable)")


def _answer(*command: str) -> Iterator[str]:
    """Yield what a command prints, if there is one and it succeeds."""
    if shutil.which(command[0]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not done.returncode:
            yield done.stdout.strip()


def _version(python: str) -> str:
    done = subprocess.run([python, "-c", _ASK], capture_output=True, text=True, check=False)
    return done.stdout.strip()
