"""Each problem with the line that it is on, and carets below the place. For people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.concise import headline
from glossary_ls.cli.reporters.look import GUTTER, NOTE, PLAIN, Look
from glossary_ls.cli.reporters.safe import shortened, visible, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Row

#: How many columns of context are kept to the left of a place in a line that is too long.
_LEFT = 20

_TAB = "    "


def report(rows: Iterable[Row], look: Look = PLAIN) -> Iterator[str]:
    """Yield a few lines for each problem as soon as it is found."""
    for row in rows:
        yield headline(row, look)
        if row.lines:
            yield from _excerpt(row, look)
        if row.fix:
            kind = "fix" if row.fix.is_safe else "unsafe fix"
            yield look.paint(f"  = {kind}: {visible(row.fix.title)}", NOTE, "")
        yield ""


def _excerpt(row: Row, look: Look) -> Iterator[str]:
    """Yield the first line of a problem, and the carets below it."""
    line = row.lines[0]
    start = row.column - 1
    end = row.end_column - 1 if row.end_line == row.line else len(line)
    before, marked, after = (_shown(part) for part in (line[:start], line[start:end], line[end:]))
    number = str(row.line)
    room = max(look.width - len(number) - 5, 2 * _LEFT)
    if width(before) + width(marked) + width(after) > room:
        before, marked, after = _cut(before, marked, after, room)
    carets = "^" * (width(marked) or 1)
    bar = look.paint(f" {number} |", GUTTER, "")
    below = look.paint(f" {' ' * len(number)} |", GUTTER, "")
    yield f"{bar} {before}{look.paint(marked, row.severity, '')}{after}".rstrip()
    yield f"{below} {' ' * width(before)}{look.paint(carets, row.severity, '')}"


def _shown(text: str) -> str:
    return visible(text.replace("\t", _TAB))


def _cut(before: str, marked: str, after: str, room: int) -> tuple[str, str, str]:
    """Return the parts of a line with what does not fit into `room` columns left out at either end."""
    if width(before) > _LEFT:
        before = f"…{_last(before, _LEFT - 1)}"
    rest = room - width(before)
    if width(marked) > rest:
        return before, shortened(marked, rest), ""
    rest -= width(marked)
    return before, marked, shortened(after, rest)


def _last(text: str, columns: int) -> str:
    while width(text) > columns:
        text = text[max(1, (width(text) - columns) // 2) :]
    return text
