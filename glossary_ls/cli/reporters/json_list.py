"""One JSON array with an object for each problem, for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.safe import json_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glossary_ls.cli.reporters.row import Row


def report(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the array once all problems are known."""
    yield json_rows(map(as_object, rows))


def as_object(row: Row) -> Mapping[str, object]:
    """Return what is written about a problem."""
    fix = row.fix
    return {
        "path": row.path,
        "line": row.line,
        "column": row.column,
        "end_line": row.end_line,
        "end_column": row.end_column,
        "severity": row.severity,
        "code": row.code,
        "message": row.message,
        "fingerprint": row.fingerprint,
        "fix": fix
        and {
            "title": fix.title,
            "applicability": "safe" if fix.is_safe else "unsafe",
            "edits": [
                {
                    "line": edit.line,
                    "column": edit.column,
                    "end_line": edit.end_line,
                    "end_column": edit.end_column,
                    "content": edit.new,
                }
                for edit in fix.edits
            ],
        },
    }
