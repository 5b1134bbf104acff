"""The XML of JUnit, which CI systems show as tests: each file is a suite, each problem a test that fails."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.xml import document, element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Row
    from glossary_ls.cli.reporters.xml import Lines


def report(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the document once all problems are known; without any, it has one test that passes."""
    files = [(path, list(found)) for path, found in groupby(rows, key=lambda row: row.path)]
    number = sum(len(found) for _, found in files)
    suites = [_suite(path, [_failure(row) for row in found]) for path, found in files]
    if not suites:
        number, suites = 1, [_suite("glossary-ls", [element("testcase", name="check")], failures=0)]
    failures = number if files else 0
    yield document(
        element("testsuites", children=suites, name="glossary-ls", tests=number, failures=failures, errors=0)
    )


def _suite(name: str, cases: list[Lines], failures: int | None = None) -> Lines:
    failed = len(cases) if failures is None else failures
    return element(
        "testsuite", children=cases, name=name, tests=len(cases), failures=failed, errors=0, skipped=0
    )


def _failure(row: Row) -> Lines:
    place = f"line {row.line}, column {row.column}"
    failure = element("failure", f"{place}: {row.message}", message=row.message, type=row.severity)
    return element(
        "testcase",
        children=[failure],
        name=f"{row.code} ({place})",
        classname=row.path,
        file=row.path,
        line=row.line,
    )
