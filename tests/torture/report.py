"""The page docs/reliability.md: what was tried in the last long run, and what broke."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = "docs/reliability.md"

_HEAD = """# Reliability

This page is written by `make torture`, which tries to break the server for an hour. A row describes the last
run of its kind, which may have been a share of the full length. CI runs a small part of each row with every
change.

| Tried | Number | Share | Broken | Broken means |
| --- | --- | --- | --- | --- |
"""

_TAIL = """
Repeat it with `make torture`, a tenth of it with `python -m tests.torture 0.1`, and a tenth of some rows with
`python -m tests.torture 0.1 kills sessions`; the rows are functions of `tests/torture/runs.py`. What is tried
at random is drawn from fixed seeds.

[Security](security.md) lists what an untrusted repository may not do, and the tests that hold each line.
"""


class Result(NamedTuple):
    """What was tried, how often, and how many of these broke; `means` says what counts as broken."""

    what: str
    number: int
    unit: str
    broken: int
    means: str


def page(results: Iterable[Result], share: float, before: str) -> str:
    """Return the page with new results; the other rows are those of the page `before`."""
    rows = {line.split("|")[1].strip(): line for line in before.splitlines() if line.startswith("| ")}
    rows = {what: line for what, line in rows.items() if what not in {"Tried", "---"}}
    for each in results:
        number = f"{each.number:,} {each.unit}"
        rows[each.what] = f"| {each.what} | {number} | {share:.0%} | {each.broken} | {each.means} |"
    return _HEAD + "".join(f"{line}\n" for line in rows.values()) + _TAIL
