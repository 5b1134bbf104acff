"""How cost grows with documents, glossaries and workspaces, as a plot and as exponents."""

from __future__ import annotations

import math
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis.scan import scan
from glossary_ls.base import memo
from glossary_ls.base.text import Text
from glossary_ls.glossary.index import merged
from tests.bench.documents import document, glossary
from tests.bench.goal import Goal
from tests.bench.throughput import fill, harvest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Curve(NamedTuple):
    """Seconds of processor time by size."""

    what: str
    unit: str
    points: Sequence[tuple[int, float]]

    @property
    def exponent(self) -> float:
        """The steepest rise over a hundredfold, or over all: 1 is in proportion to the size."""
        points = [(math.log(size), math.log(took)) for size, took in self.points if took > 0]
        spans = list(zip(points, points[2:], strict=False)) or list(pairwise(points))
        return max((took[1] - before[1]) / (took[0] - before[0]) for before, took in spans)


def curves(*, quick: bool) -> Iterator[Curve]:
    """Yield the curves."""
    index = glossary(600)
    index.find("compiled before the clock runs")
    sizes = (1_000, 10_000, 100_000, 1_000_000) if quick else (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
    scan(Text(document(1_000)), "markdown", index)
    yield _curve("scan of a document", "characters", sizes, _scan)
    terms = (1_000, 10_000) if quick else (1_000, 10_000, 100_000)
    yield _curve("compiling a glossary", "terms", terms, _compile)
    counts = (10, 100) if quick else (10, 100, 1_000, 10_000)
    yield _curve("definitions of a workspace", "files", counts, _harvest)


def goals(found: Sequence[Curve]) -> Iterator[Goal]:
    """Yield how steep the curves are; n log n rises by less than 1.2 at these sizes."""
    for curve in found:
        smallest, largest = curve.points[0][0], curve.points[-1][0]
        what = f"growth of {curve.what}, {smallest:,} to {largest:,} {curve.unit}"
        yield Goal(what, [curve.exponent], 1.2, unit="(exponent)")


def _curve(
    what: str, unit: str, sizes: Sequence[int], prepare: Callable[[int], Callable[[], object]]
) -> Curve:
    points: list[tuple[int, float]] = []
    for size in sizes:
        run = prepare(size)
        took: list[float] = []
        while sum(took) < 0.2 and len(took) < 5:
            start = time.process_time()
            run()
            took.append(time.process_time() - start)
        points.append((size, min(took)))
    return Curve(what, unit, points)


def _scan(size: int) -> Callable[[], object]:
    text = Text(document(size)[:size])
    return lambda: scan(text, "markdown", glossary(600))


def _compile(terms: int) -> Callable[[], object]:
    sources = glossary(terms).sources

    def run() -> None:
        memo.clear()
        merged(sources).find("anything")

    return run


def _harvest(count: int) -> Callable[[], object]:
    def run() -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve()
            fill(folder, count)
            harvest(folder)

    return run


# --- the plot ---------------------------------------------------------------------------------------------

_COLORS = ("#0072b2", "#d55e00", "#009e73")
_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 640, 400, 70, 50


def svg(found: Sequence[Curve]) -> str:
    """Return the curves with logarithmic axes as SVG."""
    sizes = [math.log10(size) for curve in found for size, _ in curve.points]
    times = [math.log10(took) for curve in found for _, took in curve.points]
    left, right = math.floor(min(sizes)), math.ceil(max(sizes))
    low, high = math.floor(min(times)), math.ceil(max(times))

    def x(value: float) -> float:
        return _LEFT + (value - left) / (right - left) * (_WIDTH - _LEFT - 20)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - (value - low) / (high - low) * (_HEIGHT - _BOTTOM - 20)

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-size="12">',
        "<style>text { font-family: sans-serif }</style>",
        "<title>How cost grows with size</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
    ]
    for power in range(left, right + 1):
        lines.append(f'<path d="M{x(power):.0f} 20V{_HEIGHT - _BOTTOM}" stroke="#ddd"/>')
        lines.append(f'<text x="{x(power):.0f}" y="{_HEIGHT - 32}" text-anchor="middle">{10**power:,}</text>')
    for power in range(low, high + 1):
        label = f"{10.0**power:g} s"
        lines.append(f'<path d="M{_LEFT} {y(power):.0f}H{_WIDTH - 20}" stroke="#ddd"/>')
        lines.append(f'<text x="{_LEFT - 6}" y="{y(power) + 4:.0f}" text-anchor="end">{label}</text>')
    for number, curve in enumerate(found):
        points = [(x(math.log10(size)), y(math.log10(took))) for size, took in curve.points]
        path = " ".join(f"{at:.0f},{height:.0f}" for at, height in points)
        color = _COLORS[number % len(_COLORS)]
        lines.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        lines += [f'<circle cx="{at:.0f}" cy="{height:.0f}" r="3" fill="{color}"/>' for at, height in points]
        lines.append(
            f'<text x="{_LEFT + 10}" y="{36 + 16 * number}" fill="{color}">{curve.what} ({curve.unit})</text>'
        )
    lines.append(f'<text x="{_WIDTH / 2:.0f}" y="{_HEIGHT - 10}" text-anchor="middle">size</text>')
    return "\n".join([*lines, "</svg>", ""])
