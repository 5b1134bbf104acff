"""Help for those who write a glossary in YAML by hand: what keys mean, and what may be written at a place.

It looks at the lines and not at the YAML, because a file in which somebody is typing is seldom YAML. It must
not know which terms there are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.format import Blank, Offer, Typing
from glossary_ls.glossary.formats.yaml.keys import BELOW, choices_of, spec_of
from glossary_ls.glossary.formats.yaml.scalars import scalar
from glossary_ls.glossary.model import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import Key

#: Keys that hold a plain name or keys of their own, and what the name is to the entry.
_CONTRAST = ("terms", "not_to_be_confused_with")

_BLANK = lazily(r"\s*(?:#.*)?$")
_COMMENT = lazily(r"(?:^|\s)#")
_BRACKET = lazily(r"[\[{]")
_KEY_REST = lazily(r"([A-Za-z_]*)[ ]*:")
_KEYED = lazily(r"(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*)(?P<key>[A-Za-z_]+)[ ]*:(?:[ ]+(?P<value>.*))?$")
_STARTED = lazily(r"(?P<indent>[ ]*)(?P<dashes>(?:-[ ]+)*)(?P<word>[\w.+/ -]*)$")
_IN_FLOW = lazily(r"(?:^|[\[{,])\s*(?:(?P<key>[A-Za-z_]+)\s*:\s+)?[\"']?(?P<word>[^\[\]{},\"':]*)$")


def explain(key: Key) -> str:
    """Return the description of a key (Markdown); empty if the key is unknown."""
    spec = spec_of(key.below, key.name)
    if spec is None:
        return ""
    choices = spec.choices or ()
    values = ", ".join(f"`{one}`{' (default)' if one == spec.default else ''}" for one in choices)
    lines = (f"**{key.name}**", spec.description, f"*Values:* {values}" if values else "")
    return "\n\n".join(line for line in lines if line)


def written(name: str) -> str:
    """Return the name of a term as a value."""
    return scalar(name, flow=True)


def blank_at(text: Text, offset: int) -> Blank | None:
    """Return the completions at `offset`; None inside free text."""
    place = _place(text, offset)
    if place is None:
        return None
    if place.is_value:
        return _value(place)
    specs = BELOW.get(place.below, ())
    if not specs:
        return None
    # A key that is changed in its place has its colon already.
    rest = _KEY_REST.match(text.source, offset)
    span = Span(place.span.start, rest.end(1)) if rest else place.span
    offers = (
        Offer(spec.name, spec.name if rest else f"{spec.name}: ", spec.description)
        for spec in specs
        if spec.name not in place.used
    )
    return Blank(Typing.KEY, span, tuple(offers))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something is being typed: what it replaces, the keys above it, and those beside it."""

    span: Span
    below: tuple[str, ...]
    is_value: bool
    used: frozenset[str] = frozenset()


def _value(place: _Place) -> Blank | None:
    if _is_reference(place.below):
        return Blank(Typing.REFERENCE, place.span)
    spec = spec_of(place.below[:-1], place.below[-1]) if place.below else None
    choices = choices_of(spec) if spec else ()
    offers = tuple(Offer(one, one) for one in choices)
    return Blank(Typing.CHOICE, place.span, offers) if offers else None


def _is_reference(below: tuple[str, ...]) -> bool:
    """Return whether a value below some keys is the name of another term."""
    spec = spec_of(below[:-1], below[-1]) if below else None
    return below == _CONTRAST or (spec is not None and spec.role in REFERENCES)


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
    if started["dashes"] and _is_reference(below) and not _is_plain_mapping(below):
        return _Place(span, below, is_value=True)
    if " " in started["word"]:
        return None
    return _Place(span, below, is_value=False, used=_beside(text, line, column))


def _is_plain_mapping(below: tuple[str, ...]) -> bool:
    return below in BELOW and below != _CONTRAST


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
    """Return the nearest line above that is not indented as far as `column`, or -1; it may be blank.

    Most lines above are inside other entries. Those that start with `siblings` begin them, and are passed by.
    """
    inside = (" " * column, siblings or " " * column, "\n", "\r")
    lines = text.lines
    found = (above for above in range(line - 1, -1, -1) if not column or not lines[above].startswith(inside))
    return next(found, -1)


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
