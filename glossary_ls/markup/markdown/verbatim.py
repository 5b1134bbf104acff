"""The end of content that is not text: fences, comments, formulas; statements, expressions and tags of MDX.

Such content continues over blank lines, so each line is searched with what is open before it. This module
must not know where the content starts, or what follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.markup.markdown import patterns
from glossary_ls.markup.markdown.lines import Verbatim

if TYPE_CHECKING:
    from glossary_ls.markup.markdown.lines import Lines

#: The content has ended before the line.
BEFORE = -1


def end_in_line(lines: Lines, verbatim: Verbatim, start: int) -> int | None:
    """Return the end of the open content in the current line from `start` on, or `BEFORE`.

    If it continues after the line, return None, and record what is open there.
    """
    if continued := _CONTINUED.get(verbatim.closer):
        return continued(lines, verbatim, start)
    if delimited := patterns.DELIMITED.get(verbatim.closer):
        found = delimited.closer.search(lines.text, start, lines.stop)
        return found.end() if found else None
    if lines.column - lines.base <= verbatim.level:
        fence = patterns.FENCE_END.match(lines.text, lines.here, lines.stop)
        if fence and fence[1].startswith(verbatim.closer):
            return lines.stop
    return None


def tag_end(text: str, start: int, stop: int, tag: Verbatim) -> tuple[int, Verbatim]:
    """Return the end of a tag of JSX, 0 if it continues after `stop`, and what is open there."""
    quote, level = tag.closer[1:], tag.level
    for found in patterns.TAG_SIGN.finditer(text, start, stop):
        char = found[0]
        if quote:
            quote = "" if char == quote else quote
        elif char in "{}":
            level = max(level + (1 if char == "{" else -1), 0)
        elif level == 0 and char == ">":
            return found.end(), tag
        elif level == 0:
            quote = char
    return 0, Verbatim(None, f"<{quote}", level)


def _tag(lines: Lines, verbatim: Verbatim, start: int) -> int | None:
    if _is_heading(lines, start):
        return BEFORE
    end, lines.verbatim = tag_end(lines.text, start, lines.stop, verbatim)
    return end or None


def _expression(lines: Lines, verbatim: Verbatim, start: int) -> int | None:
    return BEFORE if _is_heading(lines, start) else _nested(lines, verbatim, start)


def _nested(lines: Lines, verbatim: Verbatim, start: int) -> int | None:
    """Continue content that ends where its last bracket is closed."""
    sign, opener = _NESTED[verbatim.closer]
    level = verbatim.level
    for found in sign.finditer(lines.text, start, lines.stop):
        level += 1 if found[0].startswith(opener) else -1
        if level <= 0:
            return found.end()
    lines.verbatim = Verbatim(verbatim.kind, verbatim.closer, level)
    return None


def _statement(lines: Lines, verbatim: Verbatim, start: int) -> int | None:
    """Continue a statement, which ends with the line that closes its last bracket."""
    if _is_heading(lines, start):
        return BEFORE
    opened = len(patterns.OPENING_BRACKETS.findall(lines.text, start, lines.stop))
    level = verbatim.level + opened - len(patterns.CLOSING_BRACKETS.findall(lines.text, start, lines.stop))
    if level <= 0:
        return lines.stop
    lines.verbatim = Verbatim(verbatim.kind, "", level)
    return None


def _is_heading(lines: Lines, start: int) -> bool:
    """Return whether the line is a heading, which ends what somebody has forgotten to close."""
    return patterns.HEADING.match(lines.text, start, lines.stop) is not None


_NESTED = {"{": (patterns.BRACES, "{"), "environment": (patterns.DELIMITED["environment"].either, "\\begin")}
_CONTINUED = {
    "": _statement,
    "{": _expression,
    "environment": _nested,
    **dict.fromkeys(("<", '<"', "<'"), _tag),
}
