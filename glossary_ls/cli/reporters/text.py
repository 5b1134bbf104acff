"""One line for each problem, as compilers write it, so that editors and terminals can link the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Row


def report(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a line for each problem as soon as it is found."""
    for row in rows:
        yield f"{row.path}:{row.line}:{row.column}: {row.severity}: {row.message} [{row.code}]"
