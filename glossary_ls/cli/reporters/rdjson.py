"""The Reviewdog Diagnostic Format, which reviewdog turns into comments on a change.

Its columns count bytes of UTF-8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.safe import json_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Row

_SEVERITIES = {"error": "ERROR", "warning": "WARNING"}


def report(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the report once all problems are known."""
    yield f'{{"source": {{"name": "glossary-ls"}}, "diagnostics": {json_rows(map(_diagnostic, rows))}}}'


def _diagnostic(row: Row) -> dict[str, object]:
    first, last = (row.lines[0], row.lines[-1]) if row.lines else ("", "")
    place = {
        "start": _position(row.line, first[: row.column - 1]),
        "end": _position(row.end_line, last[: row.end_column - 1]),
    }
    found: dict[str, object] = {
        "message": row.message,
        "location": {"path": row.path, "range": place},
        "severity": _SEVERITIES.get(row.severity, "INFO"),
        "code": {"value": row.code},
    }
    if row.fix:
        found["suggestions"] = [
            {
                "range": {
                    "start": _position(edit.line, edit.start_old),
                    "end": _position(edit.end_line, edit.end_old),
                },
                "text": edit.new,
            }
            for edit in row.fix.edits
        ]
    return found


def _position(line: int, before: str) -> dict[str, int]:
    return {"line": line, "column": len(before.encode("utf-8", "replace")) + 1}
