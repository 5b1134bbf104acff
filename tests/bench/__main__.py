"""`make bench`: how fast things are, as ratios of two measurements in one run.

Absolute times say more about the machine than about the program; a ratio to a yardstick that runs in the same
minute does not. Each row names its yardstick. Nothing here is a test: no build fails for a busy machine.

`python -m tests.bench compare BEFORE` compares two versions instead; see `compare`.
"""

from __future__ import annotations

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
    "scan": "scanning",
    "edit": "editing",
    "requests": "requests",
    "vscode": "vscode",
}


def show(row: Row) -> None:
    """Print one row."""
    print(f"  {row.what:<46}{row.milliseconds:>10.2f} ms   {row.ratio:>8.2f} x {row.yardstick}", flush=True)


def main() -> int:
    """Run the suites that are named on the command line, or all; or compare two versions."""
    names = sys.argv[1:]
    if names[:1] == ["compare"]:
        return compare.main(names[1:])
    for name in names or SUITES:
        print(name)
        for row in import_module(f"tests.bench.{SUITES[name]}").rows():
            show(row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
