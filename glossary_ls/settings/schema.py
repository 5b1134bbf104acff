"""The table of settings, and reading settings of an editor or a file into a frozen `Settings`.

The table is the dataclass itself: each field has the key that users write, the kind of its value and a
description. The JSON schema, the configuration of the extension and the manual are generated from it. An
invalid value is reported as a problem and replaced by the default; nothing here raises. This module must not
know where settings come from, nor read a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from glossary_ls.base.dataclass import dataclass, field, fields, replace
from glossary_ls.base.model import Problem
from glossary_ls.settings.kinds import (
    Kind,
    SourceName,
    choice,
    count,
    flag,
    folded,
    globs,
    levels,
    name_set,
    names,
    show,
    source_names,
    suggestion,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from glossary_ls.base.model import Severity

#: The section of the settings in editors.
SECTION = "glossary_ls"

T = TypeVar("T")


# --- the table --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """A row of the table: a setting and its description."""

    key: str
    kind: Kind[Any]
    default: object
    summary: str


def _option(key: str, kind: Kind[T], default: T, summary: str) -> T:
    option = Option(key, kind, default, summary)
    if isinstance(default, dict):
        return cast("T", field(default_factory=default.copy, metadata={"option": option}))
    return field(default=default, metadata={"option": option})


def _on(key: str, summary: str) -> bool:
    return _option(key, flag(), default=True, summary=summary)


def _off(key: str, summary: str) -> bool:
    return _option(key, flag(), default=False, summary=summary)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Settings:
    """The values of all settings, for one document."""

    hover: bool = _on("hover.enabled", "Show the meaning of a term on hover.")
    completion: bool = _on("completion.enabled", "Suggest glossary terms while typing.")
    completion_limit: int = _option(
        "completion.limit", count(1, 1000), 100, "Maximum number of suggested terms."
    )
    completion_minimum: int = _option(
        "completion.minimumLength",
        count(0, 20),
        2,
        (
            "Minimum number of characters before terms are suggested. A capital letter inside a sentence is "
            "always enough."
        ),
    )
    inlay_hints: bool = _on(
        "inlayHints.enabled", "Show the expansion of an acronym at its first use, as an inlay hint."
    )
    inlay_hint_terms: str = _option(
        "inlayHints.show",
        choice(
            {
                "acronyms": "The expansions of acronyms.",
                "terms": "The expansions of acronyms, and the summaries of other terms.",
            }
        ),
        "acronyms",
        "Which terms have inlay hints: `acronyms` only, or also other `terms` with a summary.",
    )
    inlay_hint_repeat: str = _option(
        "inlayHints.repeat",
        choice(
            {
                "document": "Once per document, at the first use.",
                "section": "Once per section, at the first use below each heading.",
            }
        ),
        "document",
        "How often a term has an inlay hint: once per `document` or once per `section`.",
    )
    inlay_hint_length: int = _option(
        "inlayHints.maxLength", count(5, 500), 60, "Maximum number of characters in an inlay hint."
    )
    inlay_hint_built_in: int = _option(
        "inlayHints.maxBuiltIn",
        count(0, 1000),
        15,
        (
            "Maximum number of terms of the built-in glossaries that have inlay hints in a document: those "
            "that it uses most often. Terms of your own glossaries always have theirs."
        ),
    )
    inlay_hint_known: tuple[str, ...] = _option(
        "inlayHints.known",
        names(),
        ("AKS", "EC2", "GKE", "GPT", "GPU", "HA", "LB", "OOM", "RPC"),
        "Acronyms of the built-in glossaries that have no inlay hint, because their readers know them.",
    )
    code_actions: bool = _on("codeActions.enabled", "Offer quick fixes for problems, and refactorings.")
    save_glossaries: bool = _off(
        "codeActions.saveGlossaries",
        (
            "Write glossaries that are not open in the editor to the disk when a code action adds to them, "
            "instead of leaving an unsaved file."
        ),
    )
    navigation: bool = _on(
        "navigation.enabled",
        "Go to the definition and references of a term, highlight its uses, and rename it.",
    )
    symbols: bool = _on(
        "symbols.enabled", "Show the outline of a glossary file, and search for terms by name."
    )
    folding: bool = _on("folding.enabled", "Fold the entries of a glossary file.")
    code_lens: bool = _on(
        "codeLens.enabled", "Show the number of uses of a term above its entry in a glossary file."
    )
    semantic_tokens: bool = _off(
        "semanticTokens.enabled", "Highlight glossary terms, deprecated terms and unknown acronyms in color."
    )
    review_months: int = _option(
        "glossaryFiles.reviewMonths",
        count(0, 600),
        24,
        "Number of months after which the review of an entry is out of date; 0 disables the check.",
    )
    diagnostics: bool = _on("diagnostics.enabled", "Report the problems that rules find in documents.")
    diagnostics_delay: int = _option(
        "diagnostics.delay",
        count(0, 10_000),
        200,
        "Pause in typing, in milliseconds, after which the word at the cursor is checked.",
    )
    max_problems: int = _option(
        "diagnostics.limit", count(1, 10_000), 500, "Maximum number of problems reported per document."
    )
    workspace_diagnostics: bool = _off(
        "diagnostics.workspace",
        "Also check documents that are not open, in editors that support workspace diagnostics.",
    )
    severities: Mapping[str, Severity] = _option(
        "rules", levels(), {}, "Severity of each rule; `off` disables the rule."
    )
    accept: frozenset[str] = _option(
        "accept",
        name_set(),
        frozenset(),
        "Acronyms that are accepted without a definition, in addition to those of lower layers.",
    )
    neighbors: bool = _on(
        "neighbours.enabled",
        (
            "Read the other documents of the workspace folder, and use the definitions of acronyms that they "
            "contain."
        ),
    )
    packs: tuple[str, ...] = _option(
        "packs",
        names(),
        ("llm-deployment", "cloud-devops", "common-tech"),
        "Built-in glossaries to use, in order of precedence.",
    )
    sources: tuple[SourceName, ...] = _option(
        "sources",
        source_names(),
        (),
        (
            "Additional glossaries: files, folders and patterns below the workspace folder, `package:NAME` "
            "for an installed Python package, and URLs. A table with `path` and `format` names the format as "
            "well. `!PATTERN` excludes files."
        ),
    )
    check_include: tuple[str, ...] = _option(
        "check.include",
        globs(),
        (),
        (
            "Patterns, in the syntax of `.gitignore`, of other files that `glossary-ls check` checks in "
            "folders, such as source files: their comments are checked."
        ),
    )
    user_glossary: bool = _on("userGlossary", "Use the glossary in the user's configuration folder.")


def options() -> Iterator[tuple[str, Option]]:
    """Yield each attribute of `Settings` with its row of the table."""
    for row in fields(Settings):
        yield row.name, row.metadata["option"]


DEFAULTS = Settings()

_OPTIONS = dict(options())
_MAPPINGS = frozenset(name for name, option in _OPTIONS.items() if isinstance(option.default, dict))


#: Settings that had another name.
_FORMER = {"glossaries": "sources"}

_BY_KEY = {folded(option.key): name for name, option in _OPTIONS.items()} | _FORMER


# --- reading ----------------------------------------------------------------------------------------------

#: More unknown settings are not compared with the known ones: the file is not one of this program.
_MOST_SUGGESTIONS = 20


def parse(
    raw: object, where: str, choices: Mapping[str, Collection[str]] | None = None
) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the settings of an editor or a file: nested objects, dotted keys, or both.

    Keys may be in camelCase, kebab-case or snake_case; null means "not set". An object that has the section
    as a key is replaced by the value of that key. `where` is the name of the source in messages. `choices`
    are the valid names in `rules` and `packs`, by attribute; without them all names are valid.
    """
    given, problems = read(raw, where, choices)
    return replace(DEFAULTS, **given), problems  # type: ignore[arg-type]  # because each kind gave its type


def read(
    raw: object,
    where: str,
    choices: Mapping[str, Collection[str]] | None = None,
    override: int | None = None,
) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """Read settings like `parse`, and return only those that are set, by attribute.

    `override` is the number of the override that they are in.
    """
    if raw is None:
        return {}, ()
    raw = section(raw)
    if not isinstance(raw, dict):
        message = f"expected an object, not {show(raw)}"
        return {}, (problem("invalid-setting", where, "", message, override),)
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
            known = [option.key for option in _OPTIONS.values()] if len(problems) < _MOST_SUGGESTIONS else ()
            message = f"unknown setting{suggestion(key, known)}"
            problems.append(problem("unknown-setting", where, key, message, override))
    found: dict[str, object] = {}
    for attribute, value in values.items():
        option = _OPTIONS[attribute]
        if value is None:
            continue
        result, errors = option.kind.read(value, (choices or {}).get(attribute, ()))
        problems += (problem("invalid-setting", where, option.key, error, override) for error in errors)
        if result is not None:
            found[attribute] = result
    return found, tuple(problems)


def section(raw: object) -> object:
    """Return the value of the section in the settings of an editor, or `raw` if it has no such key."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            if isinstance(key, str) and folded(key) == folded(SECTION):
                return {} if value is None else value
    return raw


def is_ours(raw: object) -> bool:
    """Return whether an object contains the section, or a key that looks like a setting of this program."""
    inner = section(raw)
    if not isinstance(inner, dict):
        return False
    groups = (
        {folded(SECTION)}
        | {folded(option.key.partition(".")[0]) for option in _OPTIONS.values()}
        | _FORMER.keys()
    )
    return inner is not raw or any(folded(str(key).partition(".")[0]) in groups for key in inner)


def overlay(below: Settings, above: Settings) -> Settings:
    """Return `below` with the values of `above` that differ from the default.

    Editors send the defaults of settings that the user did not set; those must not hide the values of the
    configuration file.
    """
    given = {
        name: getattr(above, name)
        for name, option in _OPTIONS.items()
        if getattr(above, name) != option.default
    }
    return overlay_given(below, given)


def overlay_given(below: Settings, given: Mapping[str, object]) -> Settings:
    """Return `below` with the values in `given`, by attribute, including those equal to the default."""
    changed: dict[str, Any] = {
        name: _OPTIONS[name].kind.merge(getattr(below, name), value) for name, value in given.items()
    }
    return replace(below, **changed) if changed else below


def _flat(raw: Mapping[object, object], prefix: str) -> Iterator[tuple[str, object]]:
    """Yield dotted keys with their values; only objects that are groups of the table are descended into."""
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
    """Add a value to `values`; two objects for the same key are merged."""
    before = values.get(attribute)
    if isinstance(before, dict) and isinstance(value, dict):
        values[attribute] = {**before, **value}
    else:
        values[attribute] = value


@dataclass(frozen=True, slots=True)
class SettingPlace:
    """Where a problem of settings is: the key, and the number of the override that it is in, from 0."""

    key: str
    override: int | None = None


def problem(code: str, where: str, key: str, message: str, override: int | None = None) -> Problem:
    """Return a problem with a setting; `where` is the name of the source in messages."""
    subject = f"{where}: `{key}`: " if key else f"{where}: "
    return Problem(code, subject + message, data=SettingPlace(key, override))
