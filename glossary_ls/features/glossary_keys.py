"""The keys of a glossary file: what each of them means, and what may be written for it.

The explanations are those of the JSON schema. Completion looks at the lines and not at the YAML, because a
file in which somebody is typing is seldom YAML.
"""

from __future__ import annotations

import json
import re
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.yaml.cuts import cut
from glossary_ls.glossary.formats.yaml.outline import outline
from glossary_ls.glossary.formats.yaml.scalars import scalar
from glossary_ls.glossary.index import key as folded
from glossary_ls.vfs.files import data_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.text import Text

#: Which part of the schema explains the keys below these keys.
_DEFINITIONS: dict[tuple[str, ...], str] = {
    (): "glossary",
    ("guide",): "guide",
    ("terms",): "term",
    ("terms", "aliases"): "alias",
    ("terms", "not_to_be_confused_with"): "comparison",
    ("terms", "questions"): "question",
}

#: Values that name another term.
_NAMING = frozenset(
    {
        ("terms", "related"),
        ("terms", "replaced_by"),
        ("terms", "not_to_be_confused_with"),
        ("terms", "not_to_be_confused_with", "term"),
        ("terms", "questions", "about"),
    }
)

#: So many lines above are looked at one by one.
_NEAR = 40

_BLANK = re.compile(r"\s*(?:#.*)?$")
_COMMENT = re.compile(r"(?:^|\s)#")
_BRACKET = re.compile(r"[\[{]")
_KEY_REST = re.compile(r"([A-Za-z_]*)[ ]*:")
_KEYED = re.compile(r"(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*)(?P<key>[A-Za-z_]+)[ ]*:(?:[ ]+(?P<value>.*))?$")
_STARTED = re.compile(r"(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*)(?P<word>[\w.+/ -]*)$")
_IN_FLOW = re.compile(r"(?:^|[\[{,])\s*(?:(?P<key>[A-Za-z_]+)\s*:\s+)?[\"']?(?P<word>[^\[\]{},\"':]*)$")


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """What the key at `span` means (Markdown)."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class KeyItem:
    """An offer in a glossary file: a key, a value of a list of choices, or the name of a term."""

    label: str
    insert: str
    span: Span
    kind: str
    detail: str = ""
    help: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class KeyItems:
    """The offers at a place, in their order; `incomplete` when there are more than fit."""

    items: tuple[KeyItem, ...]
    incomplete: bool = False


def key_help(document: Document, offset: int) -> KeyHelp | None:
    """Return what the key at `offset` means, or None when there is none."""
    found = outline(document.text).key_at(offset)
    schema = _schema(found.below).get(found.name) if found else None
    if found is None or schema is None:
        return None
    lines = [f"**{found.name}**", _described(schema)]
    choices = schema.get("enum", ())
    if choices:
        default = schema.get("default")
        lines.append(
            "*Values:* " + ", ".join(f"`{one}`{' (default)' if one == default else ''}" for one in choices)
        )
    return KeyHelp(found.span, "\n\n".join(line for line in lines if line))


def complete_key(document: Document, offset: int) -> KeyItems | None:
    """Return what may be written at `offset`, or None where a text of the writer's own stands."""
    place = _place(document.text, offset)
    if place is None:
        return None
    if place.is_value:
        return _values(document, place)
    keys = _schema(place.below)
    if not keys:
        return None
    # A key that is changed in its place has its colon already.
    rest = _KEY_REST.match(document.text.source, offset)
    span = Span(place.span.start, rest.end(1)) if rest else place.span
    items = (
        KeyItem(name, name if rest else f"{name}: ", span, "key", help=_described(schema))
        for name, schema in keys.items()
        if name not in place.used
    )
    return KeyItems(tuple(items))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something is being typed: what it replaces, the keys above it, and those beside it."""

    span: Span
    below: tuple[str, ...]
    is_value: bool
    used: frozenset[str] = frozenset()


def _values(document: Document, place: _Place) -> KeyItems | None:
    if place.below in _NAMING:
        return _names(document, place)
    schema = _schema(place.below[:-1]).get(place.below[-1]) if place.below else None
    choices = schema.get("enum", ()) if schema else ()
    if not choices and schema and schema.get("type") == "boolean":
        choices = ("true", "false")
    if not choices:
        return None
    return KeyItems(tuple(KeyItem(str(one), str(one), place.span, "value") for one in choices))


def _names(document: Document, place: _Place) -> KeyItems:
    limit = document.settings.completion_limit
    source = document.text.source
    typed = folded(place.span.of(source))
    is_quoted = source[: place.span.start].endswith(("'", '"'))
    found: dict[str, KeyItem] = {}
    # Most terms have an expansion or an alias as well.
    most = 4 * limit
    seen: list[str] = []
    for name, term in document.glossary.each_starting_with(typed, most):
        seen.append(name)
        if len(found) > limit:
            break
        if name == term.name:
            gist = term.expansion or term.summary
            insert = name if is_quoted else scalar(name, flow=True)
            found.setdefault(name, KeyItem(name, insert, place.span, "term", detail=gist, term=name))
    return KeyItems(tuple(found.values())[:limit], len(found) > limit or len(seen) == most)


# --- where the cursor is ----------------------------------------------------------------------------------


def _place(text: Text, offset: int) -> _Place | None:
    line = text.line_index(offset)
    before = text.source[text.line_start(line) : offset]
    if _COMMENT.search(before):
        return None
    keyed = _KEYED.match(before)
    if keyed:
        column = len(keyed["indent"]) + len(keyed["dashes"])
        return _in_value(keyed["value"] or "", (*_above(text, line, column), keyed["key"]), offset)
    bracket = _BRACKET.search(before)
    if bracket:
        column = len(before) - len(before.lstrip(" -"))
        return _in_flow(before[bracket.start() :], _above(text, line, column), offset)
    started = _STARTED.match(before)
    return _in_block(text, line, started, offset) if started else None


def _in_block(text: Text, line: int, started: re.Match[str], offset: int) -> _Place | None:
    """Find the place in a line that holds nothing but what is being typed."""
    column = len(started["indent"]) + len(started["dashes"])
    below = _above(text, line, column)
    span = Span(offset - len(started["word"]), offset)
    if started["dashes"] and below in _NAMING and not _is_plain_mapping(below):
        return _Place(span, below, is_value=True)
    if " " in started["word"]:
        return None
    return _Place(span, below, is_value=False, used=_beside(text, line, column))


def _is_plain_mapping(below: tuple[str, ...]) -> bool:
    return below in _DEFINITIONS and below != ("terms", "not_to_be_confused_with")


def _in_value(value: str, below: tuple[str, ...], offset: int) -> _Place | None:
    if value.startswith(("[", "{")):
        return _in_flow(value, below, offset)
    word = value.lstrip("\"'")
    return _Place(Span(offset - len(word), offset), below, is_value=True)


def _in_flow(flow: str, below: tuple[str, ...], offset: int) -> _Place | None:
    """Find the place within brackets: in braces a key or the value of one, in a list a value."""
    found = _IN_FLOW.search(flow)
    if found is None:
        return None
    span = Span(offset - len(found["word"]), offset)
    inner = flow[max(flow.rfind("["), flow.rfind("{")) :]
    in_braces = flow.count("{") > flow.count("}")
    if found["key"] and in_braces:
        in_list = inner.startswith("[")
        return _Place(span, (*below, found["key"]) if not in_list else below, is_value=True)
    if in_braces and not inner.startswith("["):
        used = frozenset(re.findall(r"[{,]\s*([A-Za-z_]+)\s*:", flow[flow.rfind("{") :]))
        return _Place(span, below, is_value=False, used=used)
    if in_braces:
        named = re.findall(r"([A-Za-z_]+)\s*:\s*\[[^\]]*$", flow)
        return _Place(span, (*below, *named[-1:]), is_value=True)
    return _Place(span, below, is_value=True)


def _above(text: Text, line: int, column: int) -> tuple[str, ...]:
    """Return the keys that a line below them, indented to `column`, belongs to, the outermost first."""
    found: list[str] = []
    bare_list = False
    above = line
    siblings = ""
    while (above := _outer(text, above, column, siblings)) >= 0:
        content = text.line_span(above).of(text.source)
        if _BLANK.match(content):
            continue
        keyed = _KEYED.match(content)
        indent = len(content) - len(content.lstrip(" "))
        dashed = content.lstrip(" ").startswith("-")
        if keyed is not None:
            at = len(keyed["indent"]) + len(keyed["dashes"])
            if at < column and not keyed["value"]:
                found.insert(0, keyed["key"])
                column = at
            elif indent < column and dashed:
                column = min(column, indent + 1) if at >= column else column
        if dashed and indent == 0:
            bare_list = True
        if column == 0:
            break
        siblings = " " * indent + "- " if dashed and column == indent + 1 else ""
    is_entry = column > 0 or bare_list
    if found[:1] not in (["terms"], ["guide"]) and is_entry:
        found.insert(0, "terms")
    return tuple(found)


def _outer(text: Text, line: int, column: int, siblings: str) -> int:
    """Return the nearest line above that is not indented as far as `column`, or -1; it may be empty.

    Most lines above are inside other entries. Those that start with `siblings` begin them, and are passed by.
    """
    if not column:
        return line - 1
    line = _above_entries(text, line, column, siblings)
    inside = (" " * column, siblings or " " * column)
    reach = max(line - _NEAR, 0)
    for above in range(line - 1, reach - 1, -1):
        if not text.lines[above].startswith(inside):
            return above
    pattern = _outside(column, siblings)
    while reach > 0:
        # Twice as far each time, because most keys are near.
        high, reach = text.line_start(reach), max(2 * reach - line, 0)
        found = deque(pattern.finditer(text.source, max(text.line_start(reach) - 1, 0), high), maxlen=1)
        if found:
            return text.line_index(found[0].end())
    return 0 if line > 0 and not text.lines[0].startswith(inside) else -1


def _above_entries(text: Text, line: int, column: int, siblings: str) -> int:
    """Return the line of the first entry if there is nothing but entries in between, else the same line."""
    parts = cut(text)
    if parts is None or parts.errors or not parts.texts or not parts.lines[0] < line <= parts.lines[-1]:
        return line
    form = parts.form
    beside = f"{' ' * form.column}- " if form.is_list else ""
    return parts.lines[0] if column == form.column + form.is_list and siblings == beside else line


@lru_cache(maxsize=32)
def _outside(column: int, siblings: str) -> re.Pattern[str]:
    passed = f"|{siblings}" if siblings else ""
    return re.compile(rf"[\r\n](?! {{{column}}}{passed}|[ \t]*[\r\n])(?=[^\r\n])")


def _beside(text: Text, line: int, column: int) -> frozenset[str]:
    """Return the keys of the mapping that a line, indented to `column`, belongs to."""
    return frozenset((*_run(text, line, column, -1), *_run(text, line, column, 1)))


def _run(text: Text, line: int, column: int, step: int) -> Iterator[str]:
    """Yield the keys at a column, line by line in one direction until the mapping ends."""
    lines = text.lines
    own = text.line_span(line).of(text.source)
    if step < 0 and own.lstrip(" ").startswith("-"):
        return
    line += step
    while 0 <= line < len(lines):
        content = text.line_span(line).of(text.source)
        if not _BLANK.match(content):
            keyed = _KEYED.match(content)
            indent = len(content) - len(content.lstrip(" "))
            at = len(keyed["indent"]) + len(keyed["dashes"]) if keyed else indent
            if step > 0 and indent < column:
                return
            if keyed and at == column:
                yield keyed["key"]
            if indent < column:
                return
        line += step


# --- the schema -------------------------------------------------------------------------------------------


@lru_cache
def _schema(below: tuple[str, ...]) -> Mapping[str, dict[str, Any]]:
    """Return the schema of each key that may stand below some keys."""
    name = _DEFINITIONS.get(below)
    if name is None:
        return {}
    found = _definitions()[name]
    for choice in found.get("anyOf", ()):
        # Either a plain string or a mapping.
        found = choice if "properties" in choice else found
    properties: dict[str, dict[str, Any]] = found.get("properties", {})
    return properties


@lru_cache(maxsize=1)
def _definitions() -> dict[str, Any]:
    definitions: dict[str, Any] = json.loads(data_text("schema/glossary.schema.json"))["definitions"]
    return definitions


def _described(schema: Mapping[str, Any]) -> str:
    text = schema.get("description", "")
    if not text and "$ref" in schema:
        text = _definitions()[schema["$ref"].rpartition("/")[2]].get("description", "")
    return str(text)
