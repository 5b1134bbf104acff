"""What `make bench` says of a measurement, and what it draws."""

from __future__ import annotations

import pytest

from tests.bench.goal import Goal, table
from tests.bench.growth import Curve, Point, goals, svg
from tests.bench.growth import table as table_of_curves


@pytest.mark.parametrize(
    ("samples", "limit", "verdict"),
    [
        ([1.0, 1.2, 1.1], 1.1, "met"),
        ([1.0, 1.2, 1.1], 1.05, "within the spread"),
        ([1.0, 1.2, 1.1], 0.9, "missed"),
        ([1.1], 1.0, "missed"),
    ],
)
def test_a_goal_is_missed_by_more_than_the_spread(samples: list[float], limit: float, verdict: str) -> None:
    assert Goal("a", samples, limit).verdict == verdict
    mirrored = Goal("a", [-sample for sample in samples], -limit, at_least=True)
    assert mirrored.verdict == verdict


def test_a_table_has_a_row_for_each_goal() -> None:
    rows = table([Goal("check", [1.5], 2, "codespell"), Goal("rate", [20], 15, unit="MB/s", at_least=True)])
    assert rows.splitlines()[2:] == [
        "| check | 1.5 x codespell | <= 2 | 0 | met |",
        "| rate | 20 MB/s | >= 15 | 0 | met |",
    ]


def test_a_curve_is_as_steep_as_its_steepest_part() -> None:
    straight = Curve("a scan", "characters", [Point(10, 0.1), Point(100, 1.0), Point(1000, 10.0, 40)])
    bent = Curve(
        "a walk", "files", [Point(10, 0.1), Point(100, 0.1), Point(1000, 10.0), Point(10_000, 1000.0)]
    )
    assert straight.exponent == pytest.approx(1.0)
    assert bent.exponent == pytest.approx(2.0)
    assert [goal.is_missed for goal in goals([straight, bent])] == [False, True]
    assert svg([straight, bent]).count("<polyline ") == 2
    assert "| a scan | 1,000 characters | 10 s | 40 MB | 1.00 |" in table_of_curves([straight, bent])
