"""Each problem with the line that it is on, and carets below the place. For people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.concise import headline, parts
from glossary_ls.cli.reporters.look import GUTTER, NOTE, PLAIN, Look
from glossary_ls.cli.reporters.safe import clipped, visible, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Proposal, Row

#: How many columns of context are kept to the left of a place in a line that is too long.
_LEFT = 20

_TAB = "    "

#: What a line begins with that continues a message.
_INDENT = "    "


def report(rows: Iterable[Row], look: Look = PLAIN) -> Iterator[str]:
    """Yield a few lines for each problem as soon as it is found."""
    for row in rows:
        yield _headline(row, look)
        if row.lines:
            yield from _excerpt(row, look)
        if row.fix:
            yield look.paint(f"  = {_how_to_fix(row.fix, row.message)}", NOTE, "")
        yield ""


def _headline(row: Row, look: Look) -> str:
    """Return the line for a problem, on a terminal broken between words."""
    if not look.wraps:
        return headline(row, look)
    head, message, tail = parts(row, look)
    plain_head, _, plain_tail = parts(row, PLAIN)
    line, column = head, width(plain_head)
    words = [(word, width(word)) for word in message.split(" ")]
    for word, columns in (*words, (tail, width(plain_tail))):
        fits = column + 1 + columns <= look.width
        line += f" {word}" if fits else f"\n{_INDENT}{word}"
        column = 1 + columns + (column if fits else len(_INDENT) - 1)
    return line


def _how_to_fix(fix: Proposal, message: str) -> str:
    """Return which option makes a fix, and what it does, unless the message has said that."""
    option = "--fix" if fix.is_safe else "--fix --unsafe-fixes"
    # The other edits of a fix adapt words around.
    is_said = max((edit.new for edit in fix.edits), key=len, default="") in message
    return f"fix with {option}" if is_said else f"fix with {option}: {visible(fix.title)}"


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
    """Return the parts of a line without what does not fit into `room` columns, whole words if possible."""
    left = max(_LEFT, room - width(marked) - width(after))
    if width(before) > left:
        before = f"…{_last(before, left - 1)}"
    rest = room - width(before)
    if width(marked) > rest:
        return before, clipped(marked, rest), ""
    rest -= width(marked)
    if width(after) > rest:
        cut = clipped(after, rest)
        words = cut.rpartition(" ")[0]
        after = f"{words.rstrip()}…" if words.strip() else cut
    return before, marked, after


def _last(text: str, columns: int) -> str:
    """Return the end of a text in so many columns, from the start of a word if one starts in it."""
    cut = text
    while width(cut) > columns:
        cut = cut[max(1, (width(cut) - columns) // 2) :]
    words = cut.partition(" ")[2].lstrip()
    return words if words.strip() and not text[: -len(cut)].endswith(" ") else cut
