"""`check --statistics`: how many problems there are of each rule, in place of the problems."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.safe import json_text
from glossary_ls.rules.pages import summary_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Row


def as_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a line for each rule: count, code, whether all can be fixed, and what it reports."""
    counts, fixable = _counts(rows)
    columns = max((len(str(count)) for count in counts.values()), default=0)
    names = max(map(len, counts), default=0)
    for code, count in _in_order(counts):
        mark = "*" if fixable[code] == count else "-" if fixable[code] else " "
        yield f"{count:>{columns}}  {code:<{names}}  [{mark}]  {summary_of(code)}"


def as_json(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a JSON array with the same."""
    counts, fixable = _counts(rows)
    yield json_text(
        [
            {"code": code, "count": count, "fixable": fixable[code], "summary": summary_of(code)}
            for code, count in _in_order(counts)
        ],
        indent=2,
    )


def _counts(rows: Iterable[Row]) -> tuple[Counter[str], Counter[str]]:
    """Return the number of problems of each code, and of those with a safe fix."""
    counts: Counter[str] = Counter()
    fixable: Counter[str] = Counter()
    for row in rows:
        counts[row.code] += 1
        fixable[row.code] += bool(row.fix and row.fix.is_safe)
    return counts, fixable


def _in_order(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
