"""The page docs/reliability.md: what was tried in the last long run, and what broke."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = "docs/reliability.md"

_HEAD = """# Reliability

This page is written by `make torture`, which tries to break the server; it describes a run of {share:.0%} of
the full length. CI runs a small part of each row with every change.

| Tried | Number | Broken | Broken means |
| --- | --- | --- | --- |
"""

_TAIL = """
Repeat it with `make torture`, or a tenth of it with `python -m tests.torture 0.1`; a row is a function of
`tests/torture/runs.py`. What is tried at random is drawn from fixed seeds.

[Security](security.md) lists what an untrusted repository may not do, and the tests that hold each line.
"""


class Result(NamedTuple):
    """What was tried, how often, and how many of these broke; `means` says what counts as broken."""

    what: str
    number: int
    unit: str
    broken: int
    means: str
    detail: str = ""


def page(results: Iterable[Result], share: float) -> str:
    """Return the page."""
    rows = "".join(
        f"| {each.what} | {each.number:,} {each.unit}{each.detail} | {each.broken} | {each.means} |\n"
        for each in results
    )
    return _HEAD.format(share=share) + rows + _TAIL
