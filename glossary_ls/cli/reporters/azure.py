"""Logging commands of Azure Pipelines, which shows them as issues of a run; it knows errors and warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Row


def report(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a command for each problem as soon as it is found."""
    for row in rows:
        kind = "error" if row.severity == "error" else "warning"
        place = f"sourcepath={_property(row.path)};linenumber={row.line};columnnumber={row.column}"
        text = _data(row.message)
        yield f"##vso[task.logissue type={kind};{place};code={_property(row.code)};]{text}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%AZP25")


def _property(text: str) -> str:
    return _data(text).replace(";", "%3B").replace("]", "%5D")
