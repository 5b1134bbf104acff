"""The configuration file of a workspace folder: from its text to settings, with each problem at its line.

It must not know how settings are used, nor what an editor says.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from glossary_ls import paths
from glossary_ls.model import Problem, Severity
from glossary_ls.settings import DEFAULTS, Settings, parse
from glossary_ls.settings_kinds import folded
from glossary_ls.text import Span, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

OWN_FILE = "glossary-ls.toml"
SHARED_FILE = "pyproject.toml"

#: The files that may hold settings, the first one found counts.
CONFIG_FILES = (OWN_FILE, SHARED_FILE)

_TABLE = ("tool", "glossary-ls")
_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"^\s*([\w.\"' -]+?)\s*=")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a configuration file says; `readable` is false when nothing of it could be understood."""

    path: str
    text: Text
    settings: Settings = DEFAULTS
    problems: tuple[Problem, ...] = ()
    readable: bool = True


def read(path: str, text: Text, choices: Mapping[str, Collection[str]]) -> Configuration | None:
    """Read a configuration file; None when it holds no settings of ours.

    `choices` are the known names of rules and packs, as for `settings.parse`.
    """
    name = paths.name(path)
    try:
        table: object = tomllib.loads(text.source)
    except tomllib.TOMLDecodeError as error:
        if name == SHARED_FILE:
            # Other tools report it, and whether it holds settings of ours cannot be told.
            return None
        return Configuration(path, text, problems=(_syntax(name, str(error), text),), readable=False)
    if name == SHARED_FILE:
        for part in _TABLE:
            table = table.get(part) if isinstance(table, dict) else None
        if table is None:
            return None
    settings, problems = parse(table, name, choices)
    return Configuration(path, text, settings, tuple(_placed(problem, text) for problem in problems))


def _syntax(name: str, message: str, text: Text) -> Problem:
    place = _PLACE.search(message)
    start = text.offset_at_line_column(int(place[1]), int(place[2])) if place else len(text)
    span = Span(start, text.line_span(text.line_index(start)).end)
    cause = message[: place.start()].strip() if place else message
    return Problem(
        "invalid-toml", f"{name} is not TOML: {cause}; the last settings stay in force", span, Severity.ERROR
    )


def _placed(problem: Problem, text: Text) -> Problem:
    """Put a problem on the line of its key; when the key is not found, on the first line."""
    wanted = folded(str(problem.data.get("setting", "")))
    line = _line_of(wanted, text) if wanted else 0
    return replace(problem, span=text.line_span(line))


def _line_of(wanted: str, text: Text) -> int:
    header = ""
    for number, line in enumerate(text.lines):
        if found := _HEADER.match(line):
            header = found[1]
            written = header
        elif found := _KEY.match(line):
            written = f"{header}.{found[1]}"
        else:
            continue
        if ("." + folded(re.sub(r"[\"' ]", "", written))).endswith("." + wanted):
            return number
    return 0
