"""Measuring: the median of several runs."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement and its ratio to a yardstick of the same run."""

    what: str
    milliseconds: float
    ratio: float
    yardstick: str


def median(run: Callable[[], object], times: int = 7) -> float:
    """Return the median duration of `run` in milliseconds."""
    durations = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        durations.append((time.perf_counter() - start) * 1000)
    return statistics.median(durations)


def medians_in_turn(*runs: Callable[[], object], times: int = 7) -> list[float]:
    """Return the median of each run; they take turns, so that a busy minute hits all alike."""
    durations: list[list[float]] = [[] for _ in runs]
    for _ in range(times):
        for index, run in enumerate(runs):
            durations[index].append(median(run, 1))
    return [statistics.median(of_run) for of_run in durations]
