"""How cost grows with documents, glossaries and workspaces, as a plot and as exponents.

`python -m tests.bench.growth` measures up to the largest sizes, which takes some minutes and 4 GB of memory,
and writes the plot and the table of `docs/performance.md`.
"""

from __future__ import annotations

import itertools
import math
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis.scan import scan
from glossary_ls.base import memo
from glossary_ls.base.model import Term
from glossary_ls.base.text import Text
from glossary_ls.glossary import formats
from glossary_ls.glossary.index import build, merged
from tests.bench.documents import glossary
from tests.bench.goal import Goal
from tests.bench.large_glossaries import yaml_of
from tests.bench.texts import prose
from tests.bench.throughput import fill, harvest
from tests.glossaries import file_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


_ROOT = Path(__file__).parents[2]
PAGE = _ROOT / "docs" / "performance.md"
PLOT = _ROOT / "docs" / "images" / "growth.svg"


class Point(NamedTuple):
    """Seconds of processor time for a size, and the most memory of a process with nothing else, in MB."""

    size: int
    seconds: float
    memory: float = 0


class Curve(NamedTuple):
    """What is measured by size."""

    what: str
    unit: str
    points: Sequence[Point]

    @property
    def exponent(self) -> float:
        """The steepest rise over a hundredfold, or over all: 1 is in proportion to the size."""
        points = [(math.log(each.size), math.log(each.seconds)) for each in self.points if each.seconds > 0]
        spans = list(zip(points, points[2:], strict=False)) or list(pairwise(points))
        return max((took[1] - before[1]) / (took[0] - before[0]) for before, took in spans)


class _Kind(NamedTuple):
    """What grows: sizes for a quick run, for a usual one and for a full one, and what prepares a run."""

    what: str
    unit: str
    quick: Sequence[int]
    usual: Sequence[int]
    full: Sequence[int]
    prepare: Callable[[int], Callable[[], object]]


def curves(*, quick: bool) -> Iterator[Curve]:
    """Yield the curves, without memory."""
    for kind in _KINDS:
        points = [Point(size, _seconds(kind, size)) for size in (kind.quick if quick else kind.usual)]
        yield Curve(kind.what, kind.unit, points)


def full_curves() -> Iterator[Curve]:
    """Yield the curves up to the largest sizes, with a process of its own for each point."""
    for kind in _KINDS:
        points: list[Point] = []
        for size in kind.full:
            command = [sys.executable, "-m", "tests.bench.growth", kind.what, str(size)]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            points.append(Point(size, *map(float, told.split())))
            print(kind.what, *points[-1], flush=True)
        yield Curve(kind.what, kind.unit, points)


def goals(found: Sequence[Curve]) -> Iterator[Goal]:
    """Yield how steep the curves are; n log n rises by less than 1.2 at these sizes."""
    for curve in found:
        smallest, largest = curve.points[0].size, curve.points[-1].size
        what = f"growth of {curve.what}, {smallest:,} to {largest:,} {curve.unit}"
        yield Goal(what, [curve.exponent], 1.2, unit="(exponent)")


def _seconds(kind: _Kind, size: int) -> float:
    run = kind.prepare(size)
    took: list[float] = []
    while sum(took) < 0.2 and len(took) < 5:
        start = time.process_time()
        run()
        took.append(time.process_time() - start)
    return min(took)


def _scan(size: int) -> Callable[[], object]:
    index = glossary(600)
    index.find("compiled before the clock runs")
    text = Text(prose(size, 600)[:size])

    def run() -> None:
        memo.clear()
        scan(text, "markdown", index)

    return run


def _compile(terms: int) -> Callable[[], object]:
    names = [f"{first}{number} {second}" for number in range(terms // 4 + 1) for first, second in _PAIRS]
    sources = build([file_of("made-up.yaml", [*map(Term, names[:terms])])]).sources

    def run() -> None:
        memo.clear()
        merged(sources).find("anything")

    return run


def _read(terms: int) -> Callable[[], object]:
    text = Text(yaml_of(terms))

    def run() -> None:
        memo.clear()
        formats.parse("made-up.yaml", text)

    return run


def _harvest(count: int) -> Callable[[], object]:
    folder = tempfile.TemporaryDirectory()
    places = (Path(folder.name).resolve() / str(number) for number in itertools.count())
    place = next(places)
    place.mkdir()
    fill(place, count)

    def run() -> None:
        nonlocal place
        # Nothing is known yet of a folder with another name.
        place = place.rename(next(places))
        harvest(place)
        _ = folder

    return run


_PAIRS = tuple(product(("alpha", "service"), ("budget", "window")))

_KINDS = (
    _Kind(
        "scan of a document",
        "characters",
        (1_000, 10_000, 100_000, 1_000_000),
        (1_000, 10_000, 100_000, 1_000_000, 10_000_000),
        (1_000, 10_000, 100_000, 1_000_000, 10_000_000),
        _scan,
    ),
    _Kind(
        "reading a glossary",
        "terms",
        (1_000, 10_000),
        (1_000, 10_000),
        (70, 1_000, 10_000, 80_000),
        _read,
    ),
    _Kind(
        "compiling a glossary",
        "terms",
        (1_000, 10_000),
        (1_000, 10_000, 100_000),
        (70, 1_000, 10_000, 100_000, 1_000_000),
        _compile,
    ),
    _Kind(
        "definitions of a workspace",
        "files",
        (10, 100),
        (10, 100, 1_000, 10_000),
        (10, 100, 1_000, 10_000, 100_000),
        _harvest,
    ),
)


# --- the plot ---------------------------------------------------------------------------------------------

_COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")
_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 640, 400, 70, 50


def svg(found: Sequence[Curve]) -> str:
    """Return the curves with logarithmic axes as SVG."""
    sizes = [math.log10(size) for curve in found for size, _, _ in curve.points]
    times = [math.log10(took) for curve in found for _, took, _ in curve.points]
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
        points = [(x(math.log10(size)), y(math.log10(took))) for size, took, _ in curve.points]
        path = " ".join(f"{at:.0f},{height:.0f}" for at, height in points)
        color = _COLORS[number % len(_COLORS)]
        lines.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        lines += [f'<circle cx="{at:.0f}" cy="{height:.0f}" r="3" fill="{color}"/>' for at, height in points]
        lines.append(
            f'<text x="{_LEFT + 10}" y="{36 + 16 * number}" fill="{color}">{curve.what} ({curve.unit})</text>'
        )
    lines.append(f'<text x="{_WIDTH / 2:.0f}" y="{_HEIGHT - 10}" text-anchor="middle">size</text>')
    return "\n".join([*lines, "</svg>", ""])


def table(found: Sequence[Curve]) -> str:
    """Return the largest sizes of the curves as a table in Markdown."""
    rows = [
        f"| {curve.what} | {last.size:,} {curve.unit} | {last.seconds:.3g} s | {last.memory:.0f} MB "
        f"| {curve.exponent:.2f} |"
        for curve in found
        for last in curve.points[-1:]
    ]
    return "\n".join(
        (
            "| What | Largest | Processor time | Most memory | Exponent |",
            "| --- | --- | --- | --- | --- |",
            *rows,
        )
    )


def main(arguments: Sequence[str]) -> None:
    """Measure one point, or all of them and write the plot and the table of `docs/performance.md`."""
    if arguments:
        kind = next(each for each in _KINDS if each.what == arguments[0])
        seconds = _seconds(kind, int(arguments[1]))
        print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        found = list(full_curves())
    PLOT.write_text(svg(found), "utf-8")
    text = PAGE.read_text("utf-8")
    measured = f"<!-- growth -->\n{table(found)}\n<!-- end of growth -->"
    PAGE.write_text(
        re.sub(r"<!-- growth -->.*<!-- end of growth -->", lambda _: measured, text, flags=re.DOTALL), "utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
