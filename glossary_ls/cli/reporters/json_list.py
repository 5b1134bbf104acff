"""One JSON array with an object for each problem, for scripts."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Row


def report(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the array once all problems are known."""
    yield json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False)
