"""Disabling a rule in a TOML configuration file, with its comments and order preserved.

The standard library has no TOML writer, so the edit is made on lines and returned only if the result parses
to the expected value. This module must not know which rules exist.
"""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from glossary_ls.base.edits import applied
from glossary_ls.base.model import TextEdit
from glossary_ls.base.text import Span, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_TABLE = "rules"
_OFF = "off"

_HEADER = re.compile(r"\s*\[([^\[\]]+)\]")
_ANY_HEADER = re.compile(r"\s*\[")
_PAIR = re.compile(r"(\s*)([\w.\"' -]+?)\s*=\s*")
_VALUE = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_NOTHING = re.compile(r"\s*(?:#.*)?$")


def switch_off(source: str | None, rule: str, below: Sequence[str] = ()) -> tuple[TextEdit, ...]:
    """Return the edit that disables a rule; empty when there is no safe one.

    `below` are the names of the tables that enclose the settings. `source` is None for a new file.
    """
    old = source or ""
    try:
        wanted: dict[str, Any] = deepcopy(tomllib.loads(old))
        table = wanted
        for name in (*below, _TABLE):
            table = table.setdefault(name, {})
        table[rule] = _OFF
        edit = _edit(Text(old), rule, below)
        done = tomllib.loads(applied(old, [edit])) == wanted
    except (tomllib.TOMLDecodeError, AttributeError, TypeError):
        # The file is not TOML, or a value that is not a table is in the place of the rules.
        return ()
    return (edit,) if done else ()


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
