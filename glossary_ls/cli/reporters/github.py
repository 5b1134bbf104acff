"""Workflow commands of GitHub Actions, which shows them as annotations of a pull request.

Values are escaped as the toolkit of GitHub Actions does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Row

_COMMANDS = {"error": "error", "warning": "warning"}


def report(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a command for each problem as soon as it is found."""
    for row in rows:
        places = {"file": row.path, "line": row.line, "endLine": row.end_line, "col": row.column}
        if row.end_line == row.line:
            # Columns of a range of several lines are refused.
            places["endColumn"] = row.end_column
        places["title"] = f"glossary-ls ({row.code})"
        values = ",".join(f"{key}={_property(str(value))}" for key, value in places.items())
        place = f"{visible(row.path)}:{row.line}:{row.column}"
        text = _data(f"{place}: {row.message} [{row.code}]")
        yield f"::{_COMMANDS.get(row.severity, 'notice')} {values}::{text}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
