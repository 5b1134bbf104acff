"""`make bench`: how fast things are, as ratios of two measurements in one run.

Absolute times say more about the machine than about the program; a ratio to a yardstick that runs in the same
minute does not. Each row names its yardstick. Nothing here is a test: no build fails for a busy machine.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.bench import editing, requests, scanning, start_up, vscode

if TYPE_CHECKING:
    from tests.bench.timing import Row

SUITES = {
    "start": start_up.rows,
    "scan": scanning.rows,
    "edit": editing.rows,
    "requests": requests.rows,
    "vscode": vscode.rows,
}


def show(row: Row) -> None:
    """Print one row."""
    print(f"  {row.what:<46}{row.milliseconds:>10.2f} ms   {row.ratio:>8.2f} x {row.yardstick}", flush=True)


def main() -> None:
    """Run the suites that are named on the command line, or all."""
    for name in sys.argv[1:] or SUITES:
        print(name)
        for row in SUITES[name]():
            show(row)


if __name__ == "__main__":
    main()
