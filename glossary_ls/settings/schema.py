"""What a user can set: one table, read from any editor or file into a frozen `Settings` and its problems.

The table is the dataclass itself: each field carries the key users write, the kind of value it takes and the
sentence that explains it. The JSON schema, the extension's configuration and the manual are made from it (see
`settings_docs`). A wrong value falls back to the default and becomes a problem; nothing here raises. This
module must not know where settings come from, nor read a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from glossary_ls.base.model import Problem
from glossary_ls.settings.kinds import (
    Kind,
    choice,
    count,
    flag,
    folded,
    levels,
    name_set,
    names,
    paths,
    show,
    suggestion,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from glossary_ls.base.model import Severity

#: The name under which editors keep our settings.
SECTION = "glossary_ls"

T = TypeVar("T")


# --- the table --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """One row of the table: what a user writes and what it means."""

    key: str
    kind: Kind[Any]
    default: object
    summary: str


def _option(key: str, kind: Kind[T], default: T, summary: str) -> T:
    option = Option(key, kind, default, summary)
    if isinstance(default, dict):
        return cast("T", field(default_factory=default.copy, metadata={"option": option}))
    return field(default=default, metadata={"option": option})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a user can set, for one workspace folder."""

    hover: bool = _option(
        "hover.enabled", flag(), default=True, summary="Explain a term when the mouse rests on it."
    )
    completion: bool = _option(
        "completion.enabled", flag(), default=True, summary="Offer the glossary's terms while typing."
    )
    completion_limit: int = _option(
        "completion.limit", count(1, 1000), default=100, summary="How many terms to offer at once."
    )
    completion_minimum: int = _option(
        "completion.minimumLength",
        count(0, 20),
        default=2,
        summary=(
            "How many characters to type before terms are offered; a capital inside a sentence is enough."
        ),
    )
    inlay_hints: bool = _option(
        "inlayHints.enabled",
        flag(),
        default=True,
        summary="Show what an acronym stands for at its first use, as an inline note.",
    )
    inlay_hint_terms: str = _option(
        "inlayHints.show",
        choice(
            {
                "acronyms": "What an acronym stands for.",
                "terms": "What an acronym stands for, and for other terms their summary.",
            }
        ),
        default="acronyms",
        summary="Which terms get an inline note: only `acronyms`, or other `terms` with a summary as well.",
    )
    inlay_hint_repeat: str = _option(
        "inlayHints.repeat",
        choice(
            {
                "document": "Once, at the first use in the document.",
                "section": "At the first use below each heading.",
            }
        ),
        default="document",
        summary="How often a term gets a note: once in a `document`, or in each `section` below a heading.",
    )
    inlay_hint_length: int = _option(
        "inlayHints.maxLength",
        count(5, 500),
        default=60,
        summary="How many characters an inline note may have.",
    )
    code_actions: bool = _option(
        "codeActions.enabled", flag(), default=True, summary="Offer remedies for findings, and rewordings."
    )
    navigation: bool = _option(
        "navigation.enabled",
        flag(),
        default=True,
        summary="Go to definitions and references of terms, mark their uses, and rename them.",
    )
    symbols: bool = _option(
        "symbols.enabled",
        flag(),
        default=True,
        summary="Show the outline of a glossary file, and find terms by their names.",
    )
    folding: bool = _option(
        "folding.enabled", flag(), default=True, summary="Fold the entries of a glossary file."
    )
    code_lens: bool = _option(
        "codeLens.enabled",
        flag(),
        default=True,
        summary="Show above each entry of a glossary file how often its term is used.",
    )
    semantic_tokens: bool = _option(
        "semanticTokens.enabled",
        flag(),
        default=False,
        summary="Colour known and deprecated terms and unknown acronyms.",
    )
    review_months: int = _option(
        "glossaryFiles.reviewMonths",
        count(0, 600),
        default=24,
        summary="After how many months an entry with a review date is to be looked at again; 0 for never.",
    )
    diagnostics: bool = _option(
        "diagnostics.enabled", flag(), default=True, summary="Report what the rules find in documents."
    )
    diagnostics_delay: int = _option(
        "diagnostics.delay",
        count(0, 10_000),
        default=200,
        summary="How many milliseconds to wait after the last key before reporting.",
    )
    max_problems: int = _option(
        "diagnostics.limit",
        count(1, 10_000),
        default=500,
        summary="How many findings to report per document.",
    )
    workspace_diagnostics: bool = _option(
        "diagnostics.workspace",
        flag(),
        default=False,
        summary="Report on documents that are not open as well, in editors that ask for the findings of all.",
    )
    severities: Mapping[str, Severity] = _option(
        "rules", levels(), default={}, summary="How loudly each rule reports; `off` silences it."
    )
    accept: frozenset[str] = _option(
        "accept",
        name_set(),
        default=frozenset(),
        summary="Acronyms that need no explanation here; the lists of all layers add up.",
    )
    neighbours: bool = _option(
        "neighbours.enabled",
        flag(),
        default=True,
        summary=(
            "Read the other documents of the workspace folder, and say which of them spells out an acronym "
            "that this one does not."
        ),
    )
    packs: tuple[str, ...] = _option(
        "packs",
        names(),
        default=("llm-deployment", "common-tech"),
        summary="The built-in glossaries to use, the most important first.",
    )
    glossaries: tuple[str, ...] = _option(
        "glossaries",
        paths(),
        default=(),
        summary="Further glossary files, as paths below the workspace folder.",
    )
    user_glossary: bool = _option(
        "userGlossary",
        flag(),
        default=True,
        summary="Use the glossary in the user's own configuration folder.",
    )


def options() -> Iterator[tuple[str, Option]]:
    """Yield each attribute of `Settings` with its row of the table."""
    for row in fields(Settings):
        yield row.name, row.metadata["option"]


DEFAULTS = Settings()

_OPTIONS = dict(options())
_MAPPINGS = frozenset(name for name, option in _OPTIONS.items() if isinstance(option.default, dict))


_BY_KEY = {folded(option.key): name for name, option in _OPTIONS.items()}


# --- reading ----------------------------------------------------------------------------------------------


def parse(
    raw: object, where: str, choices: Mapping[str, Collection[str]] | None = None
) -> tuple[Settings, tuple[Problem, ...]]:
    """Read settings as an editor or a file gives them: nested objects, dotted keys, or both.

    Keys may be written in camelCase, kebab-case or snake_case; null means "not set". When an object holds one
    named like the section, only that one is ours. `where` names the place in messages. `choices` are, by
    attribute, the names that `rules` and `packs` may hold; without them any name is taken.
    """
    given, problems = read(raw, where, choices)
    return replace(DEFAULTS, **given), problems  # type: ignore[arg-type]  # because each kind gave its type


def read(
    raw: object, where: str, choices: Mapping[str, Collection[str]] | None = None
) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """Read settings like `parse`, and return only what was given, by attribute."""
    if raw is None:
        return {}, ()
    raw = section(raw)
    if not isinstance(raw, dict):
        return {}, (_problem("invalid-setting", where, "", f"expected an object, not {show(raw)}"),)
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for key, value in _flat(raw, ""):
        attribute = _BY_KEY.get(folded(key))
        head, _, rest = key.partition(".")
        if attribute is not None:
            _collect(values, attribute, value)
        elif rest and _BY_KEY.get(folded(head)) in _MAPPINGS:
            _collect(values, _BY_KEY[folded(head)], {rest: value})
        elif value is not None:
            known = [option.key for option in _OPTIONS.values()]
            problems.append(
                _problem("unknown-setting", where, key, f"unknown setting{suggestion(key, known)}")
            )
    found: dict[str, object] = {}
    for attribute, value in values.items():
        option = _OPTIONS[attribute]
        if value is None:
            continue
        result, complaints = option.kind.read(value, (choices or {}).get(attribute, ()))
        problems.extend(_problem("invalid-setting", where, option.key, text) for text in complaints)
        if result is not None:
            found[attribute] = result
    return found, tuple(problems)


def section(raw: object) -> object:
    """Return the part of an editor's settings that is ours: the object under our name, or all of it."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            if isinstance(key, str) and folded(key) == folded(SECTION):
                return {} if value is None else value
    return raw


def is_ours(raw: object) -> bool:
    """Tell whether an object holds anything that looks like a setting of ours."""
    inner = section(raw)
    if not isinstance(inner, dict):
        return False
    ours = {folded(SECTION)} | {folded(option.key.partition(".")[0]) for option in _OPTIONS.values()}
    return inner is not raw or any(folded(str(key).partition(".")[0]) in ours for key in inner)


def overlay(below: Settings, above: Settings) -> Settings:
    """Lay one layer of settings over another.

    A value equal to the default leaves what is below as it is: editors fill in the defaults of what the user
    never set, and those must not hide the configuration file.
    """
    given = {
        name: getattr(above, name)
        for name, option in _OPTIONS.items()
        if getattr(above, name) != option.default
    }
    return overlay_given(below, given)


def overlay_given(below: Settings, given: Mapping[str, object]) -> Settings:
    """Lay settings that were given, by attribute, over others; here a default is as good as any value."""
    changed: dict[str, Any] = {
        name: _OPTIONS[name].kind.merge(getattr(below, name), value) for name, value in given.items()
    }
    return replace(below, **changed) if changed else below


def _flat(raw: Mapping[object, object], prefix: str) -> Iterator[tuple[str, object]]:
    """Yield dotted keys with their values; objects are followed only where the table has groups."""
    section_start = folded(SECTION) + "."
    for name, value in raw.items():
        key = f"{prefix}{name}"
        if folded(key).startswith(section_start):
            key = key.partition(".")[2]
        name_folded = folded(key)
        is_group = name_folded not in _BY_KEY and any(
            known.startswith(name_folded + ".") for known in _BY_KEY
        )
        if is_group and isinstance(value, dict):
            yield from _flat(value, key + ".")
        elif not (is_group and value == []):
            yield key, value


def _collect(values: dict[str, object], attribute: str, value: object) -> None:
    """Remember a value; two objects for the same key are one."""
    before = values.get(attribute)
    if isinstance(before, dict) and isinstance(value, dict):
        values[attribute] = {**before, **value}
    else:
        values[attribute] = value


def _problem(code: str, where: str, key: str, message: str) -> Problem:
    subject = f"{where}: `{key}`: " if key else f"{where}: "
    return Problem(code, subject + message, data={"setting": key} if key else {})
