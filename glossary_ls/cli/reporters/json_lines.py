"""One JSON object on a line for each problem, for scripts that read while the check goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.json_list import as_object
from glossary_ls.cli.reporters.safe import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Row


def report(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a line for each problem as soon as it is found."""
    yield from (json_text(as_object(row)) for row in rows)
