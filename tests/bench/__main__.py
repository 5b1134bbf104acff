"""`make bench`: whether the goals of speed are reached, as ratios of two measurements in one run.

Absolute times say more about the machine than about the program; a ratio to a yardstick that runs in the
same minute does not. Without arguments, `page` measures the goals, writes `docs/performance.md`, and fails
for a goal that is missed by more than the spread; with `--quick`, or `QUICK` in the environment, it takes two
minutes and writes nothing. The names of suites print other measurements, none of which fails.

`python -m tests.bench compare BEFORE` compares two versions instead; see `compare`.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from tests.bench import compare

if TYPE_CHECKING:
    from tests.bench.timing import Row

#: The module of each suite. It is imported when its turn comes, so that `compare` needs none of them.
SUITES = {
    "start": "start_up",
    "check": "commands",
    "formats": "formats",
    "scan": "scanning",
    "edit": "editing",
    "requests": "requests",
    "vscode": "vscode",
}


def show(row: Row) -> None:
    """Print one row."""
    print(f"  {row.what:<46}{row.milliseconds:>10.2f} ms   {row.ratio:>8.2f} x {row.yardstick}", flush=True)


def main() -> int:
    """Measure the goals, or run the suites that are named on the command line; or compare two versions."""
    names = sys.argv[1:]
    if names[:1] == ["compare"]:
        return compare.main(names[1:])
    if not names or names == ["--quick"]:
        page = import_module("tests.bench.page")
        return int(page.run(quick=bool(names or os.environ.get("QUICK"))))
    for name in names:
        print(name)
        for row in import_module(f"tests.bench.{SUITES[name]}").rows():
            show(row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
