"""Overrides: settings for the documents that match a path pattern or have a language.

It must not know in which file they are, nor how settings are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import globs, memo
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.settings.kinds import folded, name_set, show
from glossary_ls.settings.kinds import globs as patterns
from glossary_ls.settings.schema import problem
from glossary_ls.settings.schema import read as read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from glossary_ls.base.model import Problem

KEY = "overrides"
PATHS = "paths"
LANGUAGES = "languages"

_PATHS, _LANGUAGES = patterns(), name_set()


@dataclass(frozen=True, slots=True)
class Override:
    """Settings, by attribute, for the documents that match one of `paths` and have one of `languages`.

    Empty `paths` match all paths, empty `languages` all languages.
    """

    paths: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    given: Mapping[str, object] = field(default_factory=dict)

    def matches(self, path: str, language: str) -> bool:
        """Return whether the override applies to a document; `path` is relative to the workspace folder."""
        if self.languages and language.lower() not in self.languages:
            return False
        return not self.paths or (bool(path) and _matches(self.paths, path))


@memo.recent(1000)
def _matches(patterns: tuple[str, ...], path: str) -> bool:
    return globs.matches(patterns, path)


def split(table: object) -> tuple[object, object]:
    """Return the settings without the overrides, and the raw overrides or None."""
    if not isinstance(table, dict):
        return table, None
    keys = {key for key in table if isinstance(key, str) and folded(key) == KEY}
    rest = {key: value for key, value in table.items() if key not in keys}
    return rest, next((table[key] for key in keys), None)


def read(
    raw: object, where: str, choices: Mapping[str, Collection[str]]
) -> tuple[tuple[Override, ...], tuple[Problem, ...]]:
    """Read the list of overrides; invalid ones are left out. The `data` of a problem has the index."""
    if raw is None:
        return (), ()
    if not isinstance(raw, list):
        message = f"expected a list of tables ([[{KEY}]]), not {show(raw)}"
        return (), (problem("invalid-setting", where, KEY, message, 0),)
    rows = [_override(entry, where, choices, number) for number, entry in enumerate(raw)]
    found = tuple(override for override, _ in rows if override is not None)
    return found, tuple(each for _, problems in rows for each in problems)


def _override(
    entry: object, where: str, choices: Mapping[str, Collection[str]], number: int
) -> tuple[Override | None, tuple[Problem, ...]]:
    def invalid(key: str, message: str) -> Problem:
        return problem("invalid-setting", where, key, message, number)

    if not isinstance(entry, dict):
        return None, (invalid(KEY, f"expected a table, not {show(entry)}"),)
    selectors = {folded(str(key)): value for key, value in entry.items()}
    settings_of = {key: value for key, value in entry.items() if folded(str(key)) not in {PATHS, LANGUAGES}}
    given, problems = read_table(settings_of, where, choices, number)
    paths, wrong_paths = _PATHS.read(selectors.get(PATHS, []), ())
    languages, wrong_languages = _LANGUAGES.read(selectors.get(LANGUAGES, []), ())
    all_problems = (
        *(invalid(PATHS, text) for text in wrong_paths),
        *(invalid(LANGUAGES, text) for text in wrong_languages),
        *problems,
    )
    if not paths and not languages:
        # Without a valid selector, it would apply to every document.
        if not wrong_paths and not wrong_languages:
            message = f"selects no documents: add `{PATHS}` or `{LANGUAGES}`"
            all_problems = (invalid(KEY, message), *all_problems)
        return None, all_problems
    if (PATHS in selectors and not paths) or (LANGUAGES in selectors and not languages):
        return None, all_problems
    lower = frozenset(language.lower() for language in languages or ())
    return Override(paths or (), lower, given), all_problems
