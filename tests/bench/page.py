"""The goals of speed as a table in `docs/performance.md`."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from tests.bench import commands, growth, reopening, serving, throughput
from tests.bench.goal import Goal, table
from tests.bench.growth import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


#: The packages of which the versions are stated.
_PACKAGES = ("pygls", "PyYAML", "daachorse", "codespell", "typos", "ripgrep")

#: What the name of a check and its yardstick contain, and how often as long it may take.
_CHECKS = (
    ("processes", "codespell (wall)", 1.0),
    ("folder", "codespell (CPU)", 1.5),
    ("folder", "typos (CPU)", 3.0),
    ("again", "codespell (CPU)", 1.3),
)


def checks() -> Iterator[Goal]:
    """Yield the goals of `glossary-ls check`."""
    for row in commands.rows():
        for what, yardstick, limit in _CHECKS:
            is_folder = "one file" not in row.what
            if what in row.what and row.yardstick == yardstick and is_folder == (what != "again"):
                yield Goal(row.what, [row.ratio], limit, yardstick)
                break


def run(*, quick: bool) -> int:
    """Measure everything, print and write it; return 1 if a goal is missed by more than the spread."""
    with tempfile.TemporaryDirectory() as cache:
        # Nothing is found in the user's own cache.
        for environment in (os.environ, serving.ENV):
            environment.update({"XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache})
        return _run(quick=quick)


def _run(*, quick: bool) -> int:
    found: list[Goal] = []
    suites: list[Callable[[], Iterator[Goal]]] = [
        lambda: serving.goals(quick=quick),
        lambda: throughput.goals(quick=quick),
        lambda: reopening.goals(quick=quick),
        *([] if quick else [checks]),
    ]
    for suite in suites:
        for goal in suite():
            print("  ".join(goal.cells()), flush=True)
            found.append(goal)
    curves = list(growth.curves(quick=quick))
    found += growth.goals(curves)
    if not quick:
        write(found)
    missed = [goal.what for goal in found if goal.is_missed]
    print(f"{len(found)} goals, {len(missed)} missed", *missed, sep="\n  ")
    return int(bool(missed))


def write(goals: list[Goal]) -> None:
    """Replace the table in the page."""
    text = PAGE.read_text("utf-8")
    measured = f"<!-- goals -->\n{table(goals)}\n\n{_versions()}\n<!-- end of goals -->"
    new = re.sub(r"<!-- goals -->.*<!-- end of goals -->", lambda _: measured, text, flags=re.DOTALL)
    PAGE.write_text(new, "utf-8")


def _versions() -> str:
    packages = ", ".join(f"{name} {found}" for name in _PACKAGES if (found := _version(name)))
    node = shutil.which("node")
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False) if node else None
    nodes = f", Node {asked.stdout.strip()}" if asked else ""
    system = f"{platform.system()} {platform.machine()}"
    return f"Python {sys.version.split()[0]}, {packages}{nodes}, {system}."


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
