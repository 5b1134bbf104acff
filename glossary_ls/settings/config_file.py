"""Read the configuration file of a workspace folder, with problems at the lines that cause them.

It must not know how settings are used, nor read a file or the settings of an editor.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from glossary_ls.base import memo, paths
from glossary_ls.base.dataclass import dataclass, field, replace
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, Text
from glossary_ls.settings import overrides
from glossary_ls.settings.kinds import folded
from glossary_ls.settings.schema import DEFAULTS, SettingPlace, Settings, overlay_given
from glossary_ls.settings.schema import read as read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from glossary_ls.settings.overrides import Override

OWN_FILE = "glossary-ls.toml"
SHARED_FILE = "pyproject.toml"

#: The files that may contain settings; the first one that does is used.
CONFIG_FILES = (OWN_FILE, SHARED_FILE)

#: A longer file is not read, in characters.
_LONGEST = 1_000_000

#: How many problems of a file are reported.
_MOST_PROBLEMS = 100

_TABLE = ("tool", "glossary-ls")
_HEADER = lazily(r"^\s*\[\[?\s*([^\]]+?)\s*\]")
_KEY = lazily(r"^\s*([\w.\"' -]+?)\s*=")
_ENTRY = lazily(rf"^\s*\[\[[^\]]*\b{overrides.KEY}[\"' ]*\]\]")
_PLACE = lazily(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Configuration:
    """The content of a configuration file; `readable` is false when it is not valid TOML.

    `given` are the settings that it has outside of overrides, by attribute.
    """

    path: str
    text: Text
    settings: Settings = DEFAULTS
    overrides: tuple[Override, ...] = ()
    problems: tuple[Problem, ...] = ()
    readable: bool = True
    given: Mapping[str, object] = field(default_factory=dict)


def read(path: str, text: Text, choices: Mapping[str, Collection[str]]) -> Configuration | None:
    """Read a configuration file, or return None when it has no settings of this program.

    `choices` are the names of rules and packs, as for `schema.parse`.
    """
    name = paths.name(path)
    table, error = _table(text.source)
    if error:
        if name == SHARED_FILE:
            # Other tools report the error, and it is unknown whether the file has settings of this program.
            return None
        return Configuration(path, text, problems=(_syntax(name, error, text),), readable=False)
    if name == SHARED_FILE:
        for part in _TABLE:
            table = table.get(part) if isinstance(table, dict) else None
        if table is None:
            return None
    table, listed = overrides.split(table)
    given, problems = read_table(table, name, choices)
    found, override_problems = overrides.read(listed, name, choices)
    # Each one is searched for in the file.
    reported = (*problems, *override_problems)[:_MOST_PROBLEMS]
    placed = tuple(_placed(problem, text) for problem in reported)
    settings = overlay_given(DEFAULTS, given)
    return Configuration(path, text, settings, found, placed, given=given)


def _table(source: str) -> tuple[object, str]:
    """Return the content of a file, and what is wrong with it if it cannot be read."""
    if len(source) > _LONGEST:
        return None, f"it is longer than {_LONGEST:,} characters"
    try:
        return tomllib.loads(source), ""
    except tomllib.TOMLDecodeError as error:
        return None, str(error)
    except RecursionError:
        return None, "it is nested too deeply"
    except ValueError:
        # Python reads no numbers that take it long.
        return None, "a number has too many digits"


def tables_in(path: str) -> tuple[str, ...]:
    """Return the names of the tables that enclose the settings in a configuration file."""
    return _TABLE if paths.name(path) == SHARED_FILE else ()


def line_of(configuration: Configuration, key: str, override: int | None = None) -> int | None:
    """Return the line, from 0, that sets a key, or opens the table that does; None if it is not found.

    `override` is the number of the override that the key is in.
    """
    text = configuration.text
    if override is None:
        wanted, lines = ".".join((*tables_in(configuration.path), key)), range(len(text.lines))
    else:
        inside = (*tables_in(configuration.path), overrides.KEY)
        wanted, lines = ".".join((*inside, key)), _override_lines(text, override)
    keys = dict(reversed([(written.removeprefix("."), line) for line, written in _keys(text, lines)]))
    return keys.get(folded(wanted))


def _syntax(name: str, message: str, text: Text) -> Problem:
    place = _PLACE.search(message)
    start = text.offset_at_line_column(int(place[1]), int(place[2])) if place else len(text)
    span = Span(start, text.line_span(text.line_index(start)).end)
    cause = message[: place.start()].strip() if place else message
    return Problem(
        "invalid-toml",
        f"{name} is not valid TOML: {cause}; the last valid settings stay in effect",
        span,
        Severity.ERROR,
    )


def _placed(problem: Problem, text: Text) -> Problem:
    """Return the problem with the span of the line of its key or, if that is not found, of the first line."""
    place = problem.data if isinstance(problem.data, SettingPlace) else SettingPlace("")
    wanted, number = folded(place.key), place.override
    part = _override_lines(text, number) if number is not None else range(len(text.lines))
    keys = (
        (line for line, key in _keys(text, part) if f".{key}".endswith("." + wanted)) if wanted else iter(())
    )
    line = next(keys, part.start)
    if number is not None:
        line = _line_of_item(problem.message, text, range(line, part.stop)) or line
    return replace(problem, span=text.line_span(line))


@memo.recent(4)
def _keys(text: Text, lines: range) -> tuple[tuple[int, str], ...]:
    """Return the lines that set a key or open a table, with the folded dotted name."""
    found = []
    header = ""
    for number in lines:
        if opened := _HEADER.match(text.lines[number]):
            header = opened[1]
            written = header
        elif key := _KEY.match(text.lines[number]):
            written = f"{header}.{key[1]}"
        else:
            continue
        found.append((number, folded(re.sub(r"[\"' ]", "", written))))
    return tuple(found)


def _override_lines(text: Text, number: int) -> range:
    """Return the lines of the override with this index, or of the whole list if it is an inline array."""
    starts = [line for line, text_ in enumerate(text.lines) if _ENTRY.match(text_)]
    if number >= len(starts):
        whole = (line for line, key in _keys(text, range(len(text.lines))) if key.endswith(overrides.KEY))
        return range(next(whole, 0), len(text.lines))
    ends = (*starts[number + 1 :], len(text.lines))
    return range(starts[number], ends[0])


def _line_of_item(message: str, text: Text, lines: range) -> int | None:
    """Return the line of the list item that a message quotes."""
    for quoted in re.findall(r"'([^']+)'", message):
        for line in lines:
            if f'"{quoted}"' in text.lines[line] or f"'{quoted}'" in text.lines[line]:
                return line
    return None
