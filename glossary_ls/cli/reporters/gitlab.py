"""The Code Quality report of GitLab, which shows it in the changes of a merge request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.safe import json_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Row

_SEVERITIES = {"error": "critical", "warning": "major", "information": "minor", "hint": "info"}


def report(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the report once all problems are known."""
    yield json_rows(map(_issue, rows))


def _issue(row: Row) -> dict[str, object]:
    return {
        "description": row.message,
        "check_name": row.code,
        "fingerprint": row.fingerprint,
        "severity": _SEVERITIES[row.severity],
        "location": {"path": row.path, "lines": {"begin": row.line, "end": row.end_line}},
    }
