"""The XML of Checkstyle, which Jenkins and many other tools read."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.xml import document, element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Row
    from glossary_ls.cli.reporters.xml import Lines

_SEVERITIES = {"error": "error", "warning": "warning"}


def report(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the document once all problems are known."""
    files = (
        element("file", name=path, children=map(_error, found))
        for path, found in groupby(rows, key=lambda row: row.path)
    )
    # The version is that of the format.
    yield document(element("checkstyle", children=files, version="4.3"))


def _error(row: Row) -> Lines:
    return element(
        "error",
        line=row.line,
        column=row.column,
        severity=_SEVERITIES.get(row.severity, "info"),
        message=row.message,
        source=f"glossary-ls.{row.code}",
    )
