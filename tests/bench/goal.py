"""A goal: what is measured, how far it may go, and whether it is reached.

It must not know how anything is measured.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Goal:
    """Samples of a ratio to `peer`, or of a quantity in `unit`, and the limit that their median must keep."""

    what: str
    samples: Sequence[float]
    limit: float
    peer: str = ""
    unit: str = "x"
    at_least: bool = False

    @property
    def value(self) -> float:
        """The median of the samples."""
        return statistics.median(self.samples)

    @property
    def spread(self) -> float:
        """The median distance of the samples from their median."""
        return statistics.median(abs(sample - self.value) for sample in self.samples)

    @property
    def verdict(self) -> str:
        """Whether the goal is met, missed, or missed by less than the spread."""
        excess = self.limit - self.value if self.at_least else self.value - self.limit
        if excess <= 0:
            return "met"
        return "within the spread" if excess <= self.spread else "missed"

    @property
    def is_missed(self) -> bool:
        """Whether it is missed by more than the spread."""
        return self.verdict == "missed"

    def cells(self) -> tuple[str, ...]:
        """Return the cells of its row."""
        sign = ">=" if self.at_least else "<="
        unit = f"x {self.peer}" if self.peer else self.unit
        numbers = _number(self.value), f"{sign} {_number(self.limit)}", _number(self.spread)
        return self.what, f"{numbers[0]} {unit}", numbers[1], numbers[2], self.verdict


HEAD = ("What", "Measured", "Goal", "Spread", "Verdict")


def table(goals: Iterable[Goal]) -> str:
    """Return goals as a table in Markdown."""
    rows = [HEAD, ("---",) * len(HEAD), *(goal.cells() for goal in goals)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
