"""Plots in SVG, which a page contains: bars whose lengths are percentages, so that texts keep their size.

The colors are those of the classes in the style of the page. It must not know what is plotted.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: In pixels: the height of a bar with its label above it, the offset of the bar in it, and its thickness.
_ROW, _BELOW, _THICK = 40, 20, 12

#: The height of a stacked bar.
_STACK = 28

_COLUMN, _GAP, _BASE = 120, 18, 20


class Bar(NamedTuple):
    """A labeled bar; `text` is the value for people."""

    label: str
    value: float
    text: str


class Part(NamedTuple):
    """A part of a stacked bar, and its class."""

    name: str
    value: float


def stacked(title: str, parts: Iterable[Part]) -> str:
    """Return one bar that is divided in proportion to the values."""
    shown = [part for part in parts if part.value]
    whole = sum(part.value for part in shown) or 1
    drawn: list[str] = []
    start = 0.0
    for part in shown:
        size = 100 * part.value / whole
        drawn.append(_rect(part.name, start, size, 0, _STACK))
        start += size
    return _svg(title, _STACK, drawn)


def bars(title: str, rows: Sequence[Bar], most: float) -> str:
    """Return a bar for each row below its label; `most` is the value of the longest possible bar."""
    return _svg(title, _ROW * len(rows), _drawn(rows, most or 1))


def columns(title: str, rows: Sequence[Bar]) -> str:
    """Return a column for each row above its label, with the value above it."""
    most = max((row.value for row in rows), default=0) or 1
    size = 100 / max(len(rows), 1)
    drawn: list[str] = []
    for number, row in enumerate(rows):
        middle = size * (number + 0.5)
        height = _COLUMN * row.value / most
        top = _GAP + _COLUMN - height
        drawn.append(_rect("bar", middle - size * 0.35, size * 0.7, top, height))
        drawn.append(_text(middle, top - 5, row.text))
        drawn.append(_text(middle, _GAP + _COLUMN + _BASE - 5, row.label))
    return _svg(title, _GAP + _COLUMN + _BASE, drawn)


def _drawn(rows: Sequence[Bar], most: float) -> Iterator[str]:
    for number, row in enumerate(rows):
        top = number * _ROW
        yield _text(0, top + _BELOW - 6, row.label, "start")
        yield _text(100, top + _BELOW - 6, row.text, "end")
        yield _rect("track", 0, 100, top + _BELOW, _THICK)
        yield _rect("bar", 0, 100 * row.value / most, top + _BELOW, _THICK)


def _svg(title: str, height: int, drawn: Iterable[str]) -> str:
    name = escape(title)
    return f'<svg role="img" aria-label="{name}" width="100%" height="{height}">{"".join(drawn)}</svg>'


def _rect(name: str, start: float, size: float, top: float, height: float) -> str:
    place = f'x="{start:.2f}%" y="{top:.1f}" width="{size:.2f}%" height="{height:.1f}"'
    return f'<rect class="{escape(name)}" {place}/>'


def _text(start: float, base: float, text: str, anchor: str = "middle") -> str:
    return f'<text x="{start:.2f}%" y="{base:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
