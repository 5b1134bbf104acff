"""Edits of a TOML configuration file, with its comments and order preserved: rules off, items in a list.

The standard library has no TOML writer, so the edit is made on lines and returned only if the result parses
to the expected value. This module must not know which rules exist.
"""

from __future__ import annotations

import json
import re
import tomllib
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from glossary_ls.base.edits import applied
from glossary_ls.base.model import TextEdit
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_TABLE = "rules"
_OFF = "off"

_HEADER = lazily(r"\s*\[([^\[\]]+)\]")
_ANY_HEADER = lazily(r"\s*\[")
_PAIR = lazily(r"(\s*)([\w.\"' -]+?)\s*=\s*")
_VALUE = lazily(r"\"[^\"\n]*\"|'[^'\n]*'")
#: A list of strings and tables, and an item or a comment in it.
_LIST = lazily(r"\[(?:[^\]\"'#]|\"[^\"\n]*\"|'[^'\n]*'|#[^\n]*+)*+\]")
_ITEM = lazily(r"\"[^\"\n]*\"|'[^'\n]*'|\{[^}\n]*\}|#[^\n]*")
_NOTHING = lazily(r"\s*(?:#.*)?$")


def switch_off(source: str | None, rule: str, below: Sequence[str] = ()) -> tuple[TextEdit, ...]:
    """Return the edit that disables a rule; empty when there is no safe one.

    `below` are the names of the tables that enclose the settings. `source` is None for a new file.
    """

    def change(settings: dict[str, Any]) -> None:
        settings.setdefault(_TABLE, {})[rule] = _OFF

    return _checked(source or "", below, change, lambda text: _edit(text, rule, below))


def add_to_list(source: str | None, key: str, item: str, below: Sequence[str] = ()) -> tuple[TextEdit, ...]:
    """Return the edit that adds an item to the end of a list of strings; empty when there is no safe one.

    The other arguments are those of `switch_off`.
    """

    def change(settings: dict[str, Any]) -> None:
        settings.setdefault(key, []).append(item)

    return _checked(source or "", below, change, lambda text: _list_edit(text, key, item, below))


def _checked(
    old: str,
    below: Sequence[str],
    change: Callable[[dict[str, Any]], None],
    edit_of: Callable[[Text], TextEdit],
) -> tuple[TextEdit, ...]:
    """Return an edit if it does to a file what `change` does to its settings."""
    try:
        wanted: dict[str, Any] = deepcopy(tomllib.loads(old))
        table = wanted
        for name in below:
            table = table.setdefault(name, {})
        change(table)
        edit = edit_of(Text(old))
        done = tomllib.loads(applied(old, [edit])) == wanted
    except (ValueError, RecursionError, AttributeError, TypeError):
        # The file is not TOML, or a value of another type is in the place.
        return ()
    return (edit,) if done else ()


def _list_edit(text: Text, key: str, item: str, below: Sequence[str]) -> TextEdit:
    home, header, last = ".".join(below), "", None
    new = json.dumps(item, ensure_ascii=False)
    for number, line in enumerate(text.lines):
        if _ANY_HEADER.match(line):
            found = _HEADER.match(line)
            header = _bare(found[1]) if found else "?"
        if header != home:
            continue
        pair = _PAIR.match(line)
        if pair and _bare(pair[2]) == key:
            return _append(text, text.line_start(number) + pair.end(), new)
        last = number if line.strip() and not (home == "" and _ANY_HEADER.match(line)) else last
    newline = "\r\n" if text.lines[0].endswith("\r\n") else "\n"
    written = f"{key} = [{new}]"
    if last is not None:
        return _behind(text, last, newline + written)
    if home:
        at = len(text.source.rstrip())
        gap = 2 * newline if at else ""
        return TextEdit(Span(at, at), f"{gap}[{home}]{newline}{written}{'' if at else newline}")
    return TextEdit(Span(0, 0), written + newline * (2 if text.source.strip() else 1))


def _append(text: Text, opening: int, new: str) -> TextEdit:
    """Return the edit that adds an item behind the last one of the list that opens at an offset."""
    depth_end = _LIST.match(text.source, opening)
    end = depth_end.end() - 1 if depth_end else opening + 1
    items = [found.end() for found in _ITEM.finditer(text.source, opening + 1, end) if found[0][0] != "#"]
    if not items:
        return TextEdit(Span(end, end), new)
    at = items[-1]
    start = text.source.rfind("\n", 0, at) + 1
    head = text.source[start:at]
    indent = head[: len(head) - len(head.lstrip())]
    has_own_line = _ITEM.match(head.lstrip()) is not None
    return TextEdit(Span(at, at), f",\n{indent}{new}" if has_own_line else f", {new}")


def _edit(text: Text, rule: str, below: Sequence[str]) -> TextEdit:
    home, table = ".".join(below), ".".join((*below, _TABLE))
    header, own, near = "", None, None
    for number, line in enumerate(text.lines):
        if _ANY_HEADER.match(line):
            found = _HEADER.match(line)
            header = _bare(found[1]) if found else ""
        elif _NOTHING.match(line):
            continue
        if header == table:
            own = number
            pair = _PAIR.match(line)
            if pair and _bare(pair[2]) == rule and (value := _VALUE.match(line, pair.end())):
                return TextEdit(Span(*value.span()).shifted(text.line_start(number)), f'"{_OFF}"')
        elif home and f"{header}.".startswith(f"{home}."):
            near = number
    newline = "\r\n" if text.lines[0].endswith("\r\n") else "\n"
    if own is not None:
        pair = _PAIR.match(text.lines[own])
        indent = pair[1] if pair else ""
        return _behind(text, own, f'{newline}{indent}{rule} = "{_OFF}"')
    lines = f'[{table}]{newline}{rule} = "{_OFF}"'
    if not text.source.strip():
        return TextEdit(Span(0, len(text)), lines + newline)
    last = len(Text(text.source.rstrip()).lines) - 1
    return _behind(text, last if near is None else near, 2 * newline + lines)


def _bare(name: str) -> str:
    """Return a key without quotes and blanks."""
    return re.sub(r"[\"' ]", "", name)


def _behind(text: Text, line: int, new: str) -> TextEdit:
    end = text.line_span(line).end
    return TextEdit(Span(end, end), new)
