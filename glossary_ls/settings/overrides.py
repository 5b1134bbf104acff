"""Overrides: settings for some of the documents of a workspace folder, told by path and language.

It must not know which file they stand in, nor how settings are used.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from glossary_ls.base import globs
from glossary_ls.base.model import Problem
from glossary_ls.settings.kinds import folded, name_set, show
from glossary_ls.settings.kinds import globs as patterns
from glossary_ls.settings.schema import read as read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

KEY = "overrides"
PATHS = "paths"
LANGUAGES = "languages"

_PATHS, _LANGUAGES = patterns(), name_set()


@dataclass(frozen=True, slots=True)
class Override:
    """Settings, by attribute, for the documents that match one of `paths` and are in one of `languages`.

    Nothing in `paths` stands for all paths, nothing in `languages` for all languages.
    """

    paths: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    given: Mapping[str, object] = field(default_factory=dict)

    def concerns(self, path: str, language: str) -> bool:
        """Tell whether a document is meant; `path` is relative to the workspace folder."""
        if self.languages and language.lower() not in self.languages:
            return False
        return not self.paths or (bool(path) and globs.matches(self.paths, path))


def split(table: object) -> tuple[object, object]:
    """Return settings without their overrides, and the overrides as they were written, or None."""
    if not isinstance(table, dict):
        return table, None
    ours = {key for key in table if isinstance(key, str) and folded(key) == KEY}
    rest = {key: value for key, value in table.items() if key not in ours}
    return rest, next((table[key] for key in ours), None)


def read(
    raw: object, where: str, choices: Mapping[str, Collection[str]]
) -> tuple[tuple[Override, ...], tuple[Problem, ...]]:
    """Read the list of overrides; a wrong one is left out, the `data` of a problem has its number."""
    if raw is None:
        return (), ()
    if not isinstance(raw, list):
        problem = _problem(where, KEY, f"expected a list of tables ([[{KEY}]]), not {show(raw)}", 0)
        return (), (problem,)
    found: list[Override] = []
    problems: list[Problem] = []
    for number, entry in enumerate(raw):
        override, complaints = _override(entry, where, choices, number)
        problems += (replace(each, data={**each.data, "override": number}) for each in complaints)
        if override is not None:
            found.append(override)
    return tuple(found), tuple(problems)


def _override(
    entry: object, where: str, choices: Mapping[str, Collection[str]], number: int
) -> tuple[Override | None, tuple[Problem, ...]]:
    if not isinstance(entry, dict):
        return None, (_problem(where, KEY, f"expected a table, not {show(entry)}", number),)
    selectors = {folded(str(key)): value for key, value in entry.items()}
    settings_of = {key: value for key, value in entry.items() if folded(str(key)) not in {PATHS, LANGUAGES}}
    given, problems = read_table(settings_of, where, choices)
    paths, wrong_paths = _PATHS.read(selectors.get(PATHS, []), ())
    languages, wrong_languages = _LANGUAGES.read(selectors.get(LANGUAGES, []), ())
    complaints = (
        *(_problem(where, PATHS, text, number) for text in wrong_paths),
        *(_problem(where, LANGUAGES, text, number) for text in wrong_languages),
        *problems,
    )
    if not paths and not languages:
        # Without a selector that can be used, it would speak about every document.
        if not wrong_paths and not wrong_languages:
            missing = f"says for which documents it is: add `{PATHS}` or `{LANGUAGES}`"
            complaints = (_problem(where, KEY, f"nothing {missing}", number), *complaints)
        return None, complaints
    if (PATHS in selectors and not paths) or (LANGUAGES in selectors and not languages):
        return None, complaints
    lower = frozenset(language.lower() for language in languages or ())
    return Override(paths or (), lower, given), complaints


def _problem(where: str, key: str, message: str, number: int) -> Problem:
    return Problem(
        "invalid-setting", f"{where}: `{key}`: {message}", data={"setting": key, "override": number}
    )


def list_schema(properties: Mapping[str, object]) -> dict[str, object]:
    """Return the JSON Schema of the list; `properties` are those of the settings."""
    listed = {"type": "array", "uniqueItems": True, "items": {"type": "string", "minLength": 1}}
    selectors = {
        PATHS: {**listed, "description": "Patterns as in a .gitignore, relative to the workspace folder."},
        LANGUAGES: {**listed, "description": "Language identifiers, such as markdown or plaintext."},
    }
    return {
        "type": "array",
        "description": "Settings for some documents only; a later entry is laid over an earlier one.",
        "items": {
            "type": "object",
            "properties": {**selectors, **properties},
            "anyOf": [{"required": [PATHS]}, {"required": [LANGUAGES]}],
            "additionalProperties": False,
        },
    }
