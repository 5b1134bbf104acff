"""Run everything by the hour, and write docs/reliability.md: `make torture`.

With a number as argument, that share of the hour, such as 0.1.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.torture.report import PAGE, page
from tests.torture.runs import run_all


def main() -> int:
    """Run everything; return 1 if anything broke."""
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    with tempfile.TemporaryDirectory() as folder:
        results = run_all(Path(folder), share)
    Path(PAGE).write_text(page(results, share), "utf-8")
    for result in results:
        sys.stdout.write(f"{result.what}: {result.number:,} {result.unit}, {result.broken} broken\n")
    return int(any(result.broken for result in results))


sys.exit(main())
