"""The kinds of value that a setting may have: how each is read, layered and described.

A kind never raises on a wrong value; it returns what is usable and says what is wrong with the rest. This
module must not know which settings there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from glossary_ls.base.globs import complaint
from glossary_ls.base.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

T = TypeVar("T")
Json = bool | int | str | list[str] | dict[str, str]


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of value.

    `read` returns the value, None when nothing of it is usable, and what is wrong with it; its second
    argument are the names that the value may hold, none of them meaning any. `schema` describes the value in
    JSON Schema, given those names and what they mean. `merge` lays its second argument over the first. `json`
    returns the value as JSON has it.
    """

    read: Callable[[object, Collection[str]], tuple[T | None, tuple[str, ...]]]
    schema: Callable[[Mapping[str, str]], dict[str, object]]
    merge: Callable[[T, T], T]
    json: Callable[[T], Json]


def flag() -> Kind[bool]:
    """Return the kind of a switch."""

    def read(value: object, choices: Collection[str]) -> tuple[bool | None, tuple[str, ...]]:
        del choices
        if isinstance(value, bool):
            return value, ()
        return None, (f"expected true or false, not {show(value)}",)

    return Kind(read, lambda _: {"type": "boolean"}, _replace, bool)


def count(minimum: int, maximum: int) -> Kind[int]:
    """Return the kind of a whole number between two bounds, both allowed."""

    def read(value: object, choices: Collection[str]) -> tuple[int | None, tuple[str, ...]]:
        del choices
        if isinstance(value, float) and value.is_integer():
            # Lua and JavaScript have one type of number.
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and minimum <= value <= maximum:
            return value, ()
        return None, (f"expected a whole number from {minimum} to {maximum}, not {show(value)}",)

    return Kind(read, lambda _: {"type": "integer", "minimum": minimum, "maximum": maximum}, _replace, int)


def choice(meanings: Mapping[str, str]) -> Kind[str]:
    """Return the kind of one of several words; `meanings` says what each of them does."""

    def read(value: object, choices: Collection[str]) -> tuple[str | None, tuple[str, ...]]:
        del choices
        if isinstance(value, str) and value in meanings:
            return value, ()
        hint = suggestion(value, meanings) if isinstance(value, str) else ""
        return None, (f"expected one of {', '.join(meanings)}, not {show(value)}{hint}",)

    def schema(choices: Mapping[str, str]) -> dict[str, object]:
        del choices
        return {"type": "string", "enum": list(meanings), "enumDescriptions": list(meanings.values())}

    return Kind(read, schema, _replace, str)


def names() -> Kind[tuple[str, ...]]:
    """Return the kind of a list in which order matters; a list above replaces the one below."""

    def read(value: object, choices: Collection[str]) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
        found, complaints = _strings(value)
        if found is None or not choices:
            return found, complaints
        unknown = [
            f"unknown name {name!r}{suggestion(name, choices)}" for name in found if name not in choices
        ]
        return tuple(name for name in found if name in choices), (*complaints, *unknown)

    return Kind(read, _list_schema, _replace, list)


def paths() -> Kind[tuple[str, ...]]:
    """Return the kind of a list of files below the workspace folder.

    A setting may come with a repository that nobody has read yet, so it must not name any other file.
    """

    def read(value: object, choices: Collection[str]) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
        del choices
        found, complaints = _strings(value)
        if found is None:
            return None, complaints
        outside = [
            f"{path!r} is not a path below the workspace folder; move the file there"
            for path in found
            if not _is_inside(path)
        ]
        return tuple(filter(_is_inside, found)), (*complaints, *outside)

    return Kind(read, _list_schema, _replace, list)


def globs() -> Kind[tuple[str, ...]]:
    """Return the kind of a list of patterns for paths, as in a `.gitignore`."""

    def read(value: object, choices: Collection[str]) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
        del choices
        found, complaints = _strings(value)
        if found is None:
            return None, complaints
        wrong = {pattern: complaint(pattern) for pattern in found}
        good = tuple(pattern for pattern in found if not wrong[pattern])
        return good, (*complaints, *filter(None, wrong.values()))

    return Kind(read, _list_schema, _replace, list)


def name_set() -> Kind[frozenset[str]]:
    """Return the kind of a list in which order does not matter; a list above adds to the one below."""

    def read(value: object, choices: Collection[str]) -> tuple[frozenset[str] | None, tuple[str, ...]]:
        del choices
        found, complaints = _strings(value)
        return (None if found is None else frozenset(found)), complaints

    return Kind(read, _list_schema, frozenset.union, sorted)


def levels() -> Kind[Mapping[str, Severity]]:
    """Return the kind of an object of rule and severity; a rule above replaces the same rule below."""

    def read(
        value: object, choices: Collection[str]
    ) -> tuple[Mapping[str, Severity] | None, tuple[str, ...]]:
        if value == []:
            # Some editors cannot tell an empty object from an empty list.
            return {}, ()
        if not isinstance(value, dict):
            return None, (f"expected an object of rule and severity, not {show(value)}",)
        found: dict[str, Severity] = {}
        complaints: list[str] = []
        known = tuple(Severity)
        for code, level in value.items():
            if choices and code not in choices:
                complaints.append(f"unknown rule {code!r}{suggestion(str(code), choices)}")
            elif level in known:
                found[str(code)] = Severity(level)
            else:
                complaints.append(f"rule {code!r}: expected one of {', '.join(known)}, not {show(level)}")
        return found, tuple(complaints)

    def schema(choices: Mapping[str, str]) -> dict[str, object]:
        level: dict[str, object] = {"type": "string", "enum": [str(name) for name in Severity]}
        rules = {code: level | {"description": summary} for code, summary in choices.items()}
        return {"type": "object", "properties": rules, "additionalProperties": False if rules else level}

    def json(value: Mapping[str, Severity]) -> Json:
        return {code: str(level) for code, level in value.items()}

    def merge(below: Mapping[str, Severity], above: Mapping[str, Severity]) -> Mapping[str, Severity]:
        return {**below, **above}

    return Kind(read, schema, merge, json)


def folded(name: str) -> str:
    """Return a key without what tells camelCase, snake_case and kebab-case apart."""
    return name.replace("-", "").replace("_", "").lower()


def suggestion(name: str, known: Collection[str]) -> str:
    """Return the end of a sentence that offers the known name nearest to a wrong one, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415  because only a mistake needs it

    candidates = {folded(candidate): candidate for candidate in known}
    close = get_close_matches(folded(name), candidates, n=1, cutoff=0.6)
    return f"; did you mean `{candidates[close[0]]}`?" if close else ""


def show(value: object) -> str:
    """Return a short picture of a wrong value."""
    text = {"True": "true", "False": "false", "None": "null"}.get(repr(value), repr(value))
    return text if len(text) <= 40 else text[:37] + "..."


def _replace(_: Any, above: T) -> T:  # noqa: ANN401  because the value below does not matter
    return above


def _list_schema(choices: Mapping[str, str]) -> dict[str, object]:
    items: dict[str, object] = {"type": "string", "minLength": 1}
    if choices:
        items = {"type": "string", "enum": list(choices), "enumDescriptions": list(choices.values())}
    return {"type": "array", "uniqueItems": True, "items": items}


def _strings(value: object) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    if value == {}:
        # Some editors cannot tell an empty list from an empty object.
        return (), ()
    if not isinstance(value, list | tuple):
        return None, (f"expected a list of names, not {show(value)}",)
    found = tuple(dict.fromkeys(name.strip() for name in value if isinstance(name, str) and name.strip()))
    wrong = [item for item in value if not (isinstance(item, str) and item.strip())]
    return found, tuple(f"expected a name, not {show(item)}" for item in wrong)


def _is_inside(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return bool(parts[0]) and ":" not in parts[0] and parts[0] != "~" and ".." not in parts
