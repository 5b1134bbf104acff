"""The kinds of values of settings: how to read, merge and describe them.

Reading never raises; it returns the valid part of a value and messages about the rest. This module must not
know which settings exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.globs import complaint
from glossary_ls.base.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of values.

    `read` returns the value, or None if no part of it is valid, and error messages; its second argument are
    the valid names, where none means any. `schema` returns the JSON Schema of the value, given those names
    and their meanings. `merge` overlays its second argument on the first.
    """

    read: Callable[[object, Collection[str]], tuple[T | None, tuple[str, ...]]]
    schema: Callable[[Mapping[str, str]], dict[str, object]]
    merge: Callable[[T, T], T]


def flag() -> Kind[bool]:
    """Return the kind of boolean values."""

    def read(value: object, _: Collection[str]) -> tuple[bool | None, tuple[str, ...]]:
        if isinstance(value, bool):
            return value, ()
        return None, (f"expected true or false, not {show(value)}",)

    return Kind(read, lambda _: {"type": "boolean"}, _replace)


def count(minimum: int, maximum: int) -> Kind[int]:
    """Return the kind of integers between two inclusive bounds."""

    def read(value: object, _: Collection[str]) -> tuple[int | None, tuple[str, ...]]:
        if isinstance(value, float) and value.is_integer():
            # Lua and JavaScript may send integers as floats.
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and minimum <= value <= maximum:
            return value, ()
        return None, (f"expected a whole number from {minimum} to {maximum}, not {show(value)}",)

    return Kind(read, lambda _: {"type": "integer", "minimum": minimum, "maximum": maximum}, _replace)


def choice(meanings: Mapping[str, str]) -> Kind[str]:
    """Return the kind of enumerations; `meanings` are the values and their descriptions."""

    def read(value: object, _: Collection[str]) -> tuple[str | None, tuple[str, ...]]:
        if isinstance(value, str) and value in meanings:
            return value, ()
        hint = suggestion(value, meanings) if isinstance(value, str) else ""
        return None, (f"expected one of {', '.join(meanings)}, not {show(value)}{hint}",)

    def schema(_: Mapping[str, str]) -> dict[str, object]:
        return {"type": "string", "enum": list(meanings), "enumDescriptions": list(meanings.values())}

    return Kind(read, schema, _replace)


def names() -> Kind[tuple[str, ...]]:
    """Return the kind of ordered lists of names, which replace a list of a lower layer."""
    return _checked_list(_name_error)


class SourceName(NamedTuple):
    """A glossary that a setting names, and the id of its format, which is detected if it is empty.

    `where` is a file, a folder or a pattern below the workspace folder, `package:NAME` or a URL. With `!` in
    front, it is a pattern for files that are excluded.
    """

    where: str
    format: str = ""


def source_names() -> Kind[tuple[SourceName, ...]]:
    """Return the kind of lists of glossaries.

    Settings may come from an untrusted repository, so they must not name files outside of it.
    """

    def read(
        value: object, formats: Collection[str]
    ) -> tuple[tuple[SourceName, ...] | None, tuple[str, ...]]:
        if value == {}:
            # Editors that are written in Lua may send an empty list as an empty object.
            return (), ()
        if not isinstance(value, list | tuple):
            return None, (f"expected a list of glossaries, not {show(value)}",)
        found: dict[SourceName, None] = {}
        errors: list[str] = []
        for item in value:
            source = _source(item)
            error = _source_error(source, item, formats)
            if error or source is None:
                errors.append(error)
            else:
                found[source] = None
        return tuple(found), tuple(errors)

    def schema(formats: Mapping[str, str]) -> dict[str, object]:
        where = {"type": "string", "minLength": 1}
        ids: dict[str, object] = {"type": "string", "enum": list(formats)} if formats else {"type": "string"}
        item = {
            "type": "object",
            "properties": {"path": where, "format": ids},
            "required": ["path"],
            "additionalProperties": False,
        }
        return {"type": "array", "uniqueItems": True, "items": {"anyOf": [where, item]}}

    return Kind(read, schema, _replace)


def _source(item: object) -> SourceName | None:
    if isinstance(item, str) and item.strip():
        return SourceName(item.strip())
    if isinstance(item, dict) and set(item) <= {"path", "format"}:
        where, named = item.get("path"), item.get("format", "")
        if isinstance(where, str) and where.strip() and isinstance(named, str):
            return SourceName(where.strip(), named)
    return None


def _source_error(source: SourceName | None, item: object, formats: Collection[str]) -> str:
    if source is None:
        return f"expected a path, or a table with 'path' and 'format', not {show(item)}"
    if source.format and formats and source.format not in formats:
        return f"unknown format {source.format!r}{suggestion(source.format, formats)}"
    if source.where.startswith(("package:", "https://")):
        return ""
    if source.where.startswith("http://"):
        return f"{source.where!r} is not encrypted; use a URL that starts with https://"
    if source.where.startswith("!"):
        return complaint(source.where[1:])
    return _path_error(source.where)


def globs() -> Kind[tuple[str, ...]]:
    """Return the kind of lists of `.gitignore` patterns."""
    return _checked_list(lambda pattern, _: complaint(pattern))


def _checked_list(error_of: Callable[[str, Collection[str]], str]) -> Kind[tuple[str, ...]]:
    """Return the kind of lists of strings for which `error_of`, given the choices, returns nothing."""

    def read(value: object, choices: Collection[str]) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
        found, errors = _strings(value)
        if found is None:
            return None, errors
        wrong = {item: error_of(item, choices) for item in found}
        valid = tuple(item for item in found if not wrong[item])
        return valid, (*errors, *filter(None, wrong.values()))

    return Kind(read, _list_schema, _replace)


def name_set() -> Kind[frozenset[str]]:
    """Return the kind of unordered lists of names, which add to a list of a lower layer."""

    def read(value: object, _: Collection[str]) -> tuple[frozenset[str] | None, tuple[str, ...]]:
        found, errors = _strings(value)
        return (None if found is None else frozenset(found)), errors

    return Kind(read, _list_schema, frozenset.union)


def levels() -> Kind[Mapping[str, Severity]]:
    """Return the kind of objects of rule and severity, merged rule by rule."""

    def read(
        value: object, choices: Collection[str]
    ) -> tuple[Mapping[str, Severity] | None, tuple[str, ...]]:
        if value == []:
            # Editors that are written in Lua may send an empty object as an empty list.
            return {}, ()
        if not isinstance(value, dict):
            return None, (f"expected an object of rule and severity, not {show(value)}",)
        found: dict[str, Severity] = {}
        errors: list[str] = []
        known = tuple(Severity)
        for code, level in value.items():
            if choices and code not in choices:
                errors.append(f"unknown rule {code!r}{suggestion(str(code), choices)}")
            elif level in known:
                found[str(code)] = Severity(level)
            else:
                errors.append(f"rule {code!r}: expected one of {', '.join(known)}, not {show(level)}")
        return found, tuple(errors)

    def schema(choices: Mapping[str, str]) -> dict[str, object]:
        level: dict[str, object] = {"type": "string", "enum": [str(name) for name in Severity]}
        rules = {code: level | {"description": summary} for code, summary in choices.items()}
        return {"type": "object", "properties": rules, "additionalProperties": False if rules else level}

    return Kind(read, schema, lambda below, above: {**below, **above})


def folded(name: str) -> str:
    """Return a key without case, hyphens and underscores: equal for camelCase, snake_case and kebab-case."""
    return name.replace("-", "").replace("_", "").lower()


def suggestion(name: str, known: Collection[str]) -> str:
    """Return the end of an error message that suggests the closest known name, or an empty string."""
    from difflib import get_close_matches  # noqa: PLC0415  because only an error needs it

    candidates = {folded(candidate): candidate for candidate in known}
    close = get_close_matches(folded(name), candidates, n=1, cutoff=0.6)
    return f"; did you mean `{candidates[close[0]]}`?" if close else ""


def show(value: object) -> str:
    """Return a short representation of a wrong value, in JSON notation for constants."""
    try:
        written = repr(value)
    except RecursionError:
        return "a value that is nested too deeply"
    text = {"True": "true", "False": "false", "None": "null"}.get(written, written)
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
        # Editors that are written in Lua may send an empty list as an empty object.
        return (), ()
    if not isinstance(value, list | tuple):
        return None, (f"expected a list of names, not {show(value)}",)
    found = tuple(dict.fromkeys(name.strip() for name in value if isinstance(name, str) and name.strip()))
    wrong = [item for item in value if not (isinstance(item, str) and item.strip())]
    return found, tuple(f"expected a name, not {show(item)}" for item in wrong)


def _name_error(name: str, choices: Collection[str]) -> str:
    if not choices or name in choices:
        return ""
    return f"unknown name {name!r}{suggestion(name, choices)}"


def _path_error(path: str) -> str:
    parts = path.replace("\\", "/").split("/")
    if parts[0] and ":" not in parts[0] and parts[0] != "~" and ".." not in parts:
        return ""
    return f"{path!r} is not a path below the workspace folder; move the file there"
