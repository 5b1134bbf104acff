"""Try to break the server by the hour, and write docs/reliability.md: `make torture`.

`python -m tests.torture SHARE RUN ...` does a share of the hour, such as 0.1, and only some of `RUNS`, whose
rows replace those of the page.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.torture.report import PAGE, page
from tests.torture.runs import RUNS


def main() -> int:
    """Do the runs one after the other, and write the page after each; return 1 if anything broke."""
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    broken = 0
    for name in sys.argv[2:] or RUNS:
        with tempfile.TemporaryDirectory() as folder:
            results = RUNS[name](Path(folder), share)
        Path(PAGE).write_text(page(results, share, Path(PAGE).read_text("utf-8")), "utf-8")
        for result in results:
            broken += result.broken
            sys.stdout.write(f"{result.what}: {result.number:,} {result.unit}, {result.broken} broken\n")
            sys.stdout.flush()
    return int(bool(broken))


sys.exit(main())
