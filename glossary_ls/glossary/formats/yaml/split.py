"""A glossary file cut at its entries, so that only entries which nobody has read yet have to be parsed.

An entry parsed alone is what it is among the others, as long as nothing reaches over its end: an open quote,
an alias, a line further to the left. `cut` takes no risk: where it is not sure it gives up, and the file is
read as a whole. The pieces of a file that is broken are those that can be read (see `salvage` for files that
cannot be cut). This module knows how glossaries are laid out. It must not know what an entry means, and not
what is remembered of one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from glossary_ls.base.dataclass import replace
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, common_ends
from glossary_ls.glossary.formats.yaml.keys import FILE_KEYS
from glossary_ls.markup.yaml_nodes import (
    Mapping,
    Node,
    NotYamlError,
    Scalar,
    Sequence,
    UnknownAnchorError,
    forbidden,
    moved,
    parse_part,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_Item = TypeVar("_Item")

if TYPE_CHECKING:
    Read = Callable[[str, "Form"], _Item]

_BLANK_LINES = r"(?: *(?:#[^\r\n]*)?\r?\n)*"
_START = lazily(rf"{_BLANK_LINES}(?:---(?: +#[^\r\n]*| *)\r?\n{_BLANK_LINES})?")
_LEFTMOST = lazily(r"\n(?=[^ \t\r\n#][^\r\n]*:)(?!-(?:[ \r\n]|\Z))")
_TERMS = lazily(rf"terms *:(?: +#[^\r\n]*)? *\r?\n{_BLANK_LINES}(?P<indent> *)(?=[^ \t\r\n#])")
_ITEM = r"(?=-(?:[ \r\n]|\Z))"
_PAIR = r"(?=[^ \t\r\n#][^\r\n]*:)"

#: A key in its line: a colon ends it only in front of a blank.
_NAME = lazily(
    r"""(?:"(?P<double>[^"\r\n]*)"|'(?P<single>[^'\r\n]*)'|(?P<plain>[^\r\n]*?))[ \t]*:(?=[ \t\r\n]|\Z)"""
)
_DASH = lazily(r"-(?:[ \r\n]|\Z)")

#: What begins no simple key: a list, a collection in brackets, a complex key, a merge, a directive.
_ODD_KEYS = ("- ", "-\n", "-\r", "[", "{", "?", ":", "<<", "%", "&", "*", "!")

#: The start of another document, the end of one, or a complex key.
_MARK = lazily(r"\n(?:---|\.\.\.|\?)")
_ODD_STARTS = (" ", "\t", "---", "...")

#: Line ends to YAML 1.1 but not to editors, and a byte order mark.
_ODD_CHARACTERS = ("\x85", "\u2028", "\u2029", "\ufeff")


class Form(NamedTuple):
    """How the entries of a file are written: as a list or a mapping, in which column and how deep."""

    is_list: bool
    column: int
    depth: int


class Cut(NamedTuple, Generic[_Item]):
    """A file in pieces, one for each entry, and what is wrong with those that cannot be read.

    `items` holds what was read of each piece; None where it cannot be read, or is no entry. `ends` is where
    each of them starts, and the end of the last one. `head` holds all pairs that are not entries; the value
    of its `terms` is empty. `has_head` means that the file has the full form, with its entries below a key.
    """

    items: list[_Item | None]
    errors: list[NotYamlError]
    source: str
    form: Form
    ends: list[int]
    head: Mapping | None = None
    has_head: bool = False


class UnsureError(Exception):
    """The file has to be read as a whole."""


#: The form of a file of which the outermost keys are the entries, and of what is beside entries.
TOP = Form(is_list=False, column=0, depth=0)


def cut(source: str, read: Read[_Item], last: Cut[_Item] | None = None) -> Cut[_Item] | None:
    """Return a glossary in pieces, or None when it has to be read as a whole.

    `read` reads a text up to where the next piece starts, or raises like `parsed`. `last` are the pieces of
    an earlier text, which are not read again where both texts are the same.
    """
    try:
        return (_edited(source, read, last) if last else None) or _cut(source, read)
    except UnsureError:
        return None


def parsed(text: str, form: Form) -> Node:
    """Read a piece. Raises NotYamlError, or UnsureError when it is not one entry or borrows from others."""
    if not form.is_list and text.startswith(_ODD_KEYS):
        raise UnsureError
    before = " " * form.column
    try:
        root, borrows = parse_part(before + text, -form.column, form.depth)
    except NotYamlError:
        # What is wrong is wrong inside it and not where the next one starts.
        parse_part(before + text.rstrip(), -form.column, form.depth)
        raise UnsureError from None
    if isinstance(root, Sequence) and form.is_list and len(root.items) == 1 and not borrows:
        return root
    if isinstance(root, Mapping) and not form.is_list and len(root.pairs) == 1 and not borrows:
        return root
    raise UnsureError


def _cut(source: str, read: Read[_Item]) -> Cut[_Item]:
    begin = _START.match(source)
    start = begin.end() if begin else 0
    if start == len(source) or _is_odd(source, start) or forbidden(source[:start]) >= 0:
        raise UnsureError
    if _DASH.match(source, start):
        form = Form(is_list=True, column=0, depth=0)
        return _read(source, form, _starts_of(source, start, len(source), form), len(source), read)
    starts = [start, *(found.end() for found in _LEFTMOST.finditer(source, start))]
    names = [_name_at(source, at) for at in starts]
    if {*names}.intersection(FILE_KEYS) <= {"accept"}:
        return _shorthand(source, starts, names, read)
    return _full(source, starts, names, read)


def _is_odd(source: str, start: int) -> bool:
    """Return whether anything in a text from `start` on makes it doubtful where an entry ends."""
    return (
        source.startswith(_ODD_STARTS, start)
        or _MARK.search(source, start) is not None
        or any(map(source.__contains__, _ODD_CHARACTERS))
        or ("\r" in source and source.count("\r") != source.count("\r\n"))
    )


def _name_at(source: str, start: int) -> str:
    """Return the key at an offset. Raises UnsureError for one with an escape."""
    name = _NAME.match(source, start)
    if name is None:
        return ""
    if "\\" in name[0]:
        raise UnsureError
    return name["double"] or name["single"] or name["plain"] or ""


def _starts_of(source: str, first: int, end: int, form: Form) -> list[int]:
    """Return where the entries of a form start, given the first one.

    A line that begins none, such as one that is being typed, belongs to the entry above it.
    """
    following = re.compile(rf"\n{' ' * form.column}{_ITEM if form.is_list else _PAIR}")
    return [first, *(found.end() for found in following.finditer(source, first, end))]


def _shorthand(source: str, starts: list[int], names: list[str], read: Read[_Item]) -> Cut[_Item]:
    found = _read(source, TOP, starts, len(source), read)
    if "accept" not in names:
        return found
    at = names.index("accept")
    items: list[_Item | None] = [*found.items[:at], None, *found.items[at + 1 :]]
    if names.count("accept") > 1 or found.items[at] is None or not any(items):
        raise UnsureError
    span = Span(found.ends[at], found.ends[at + 1])
    pairs = _pairs(_read(source, TOP, [span.start], span.end, parsed))
    if not isinstance(pairs[0][1], Sequence):
        raise UnsureError
    return found._replace(items=items, head=Mapping(span, pairs))


def _full(source: str, starts: list[int], names: list[str], read: Read[_Item]) -> Cut[_Item]:
    if names.count("terms") != 1:
        raise UnsureError
    number = names.index("terms")
    end = starts[number + 1] if number + 1 < len(starts) else len(source)
    begin = _TERMS.match(source, starts[number], end)
    if begin is None:
        raise UnsureError
    first, column = begin.end(), len(begin["indent"])
    form = Form(_DASH.match(source, first) is not None, column, depth=1)
    if (not form.is_list and not column) or forbidden(source[starts[number] : first]) >= 0:
        raise UnsureError
    before = _read(source, TOP, starts[:number], starts[number], parsed)
    found = _read(source, form, _starts_of(source, first, end, form), end, read)
    after = _read(source, TOP, starts[number + 1 :], len(source), parsed)
    key = Scalar(Span(starts[number], starts[number] + len("terms")), "terms")
    span = Span(first, end)
    terms = (key, Sequence(span, ()) if form.is_list else Mapping(span, ()))
    head = Mapping(Span(starts[0], len(source)), (*_pairs(before), terms, *_pairs(after)))
    errors = [*before.errors, *found.errors, *after.errors]
    return found._replace(errors=errors, head=head, has_head=True)


def _read(source: str, form: Form, starts: list[int], end: int, read: Read[_Item]) -> Cut[_Item]:
    """Return the pieces, and what is wrong with those that cannot be read."""
    items: list[_Item | None] = []
    errors: list[NotYamlError] = []
    ends = [*starts, end]
    for start, following in pairwise(ends):
        try:
            items.append(read(source[start:following], form))
        except UnknownAnchorError:
            # The anchor may be in another entry.
            raise UnsureError from None
        except NotYamlError as error:
            if not errors and not _is_broken(source, Span(start, end), form):
                raise UnsureError from None
            errors.append(NotYamlError(error.message, error.offset + start))
            items.append(None)
    return Cut(items, errors, source, form, ends)


def _edited(source: str, read: Read[_Item], last: Cut[_Item]) -> Cut[_Item] | None:
    """Return the pieces of a text of which only some entries differ from an earlier one, or None.

    These entries are cut again together with the one on either side, which shows where they begin and end.
    What is in front of the second entry, behind the last one or beside the shorthand is left to `_cut`.
    """
    form, ends, most = last.form, last.ends, len(last.items)
    if last.errors or form == TOP or ends[-1] != len(last.source):
        return None
    same, behind = common_ends(last.source, source)
    first = min(bisect_right(ends, same), most) - 2
    following = min(bisect_left(ends, len(last.source) - behind) + 1, most)
    if first < 0:
        return None
    by = len(source) - len(last.source)
    start, end = ends[first], ends[following] + by
    part = source[start:end]
    if _is_odd(part, 0) or (last.has_head and _LEFTMOST.search(part)):
        return None
    try:
        found = _read(part, form, _starts_of(part, 0, len(part), form), len(part), read)
    except UnsureError:
        return None
    if found.errors:
        return None
    return last._replace(
        items=[*last.items[:first], *found.items, *last.items[following:]],
        source=source,
        ends=[*ends[:first], *[at + start for at in found.ends[:-1]], *[at + by for at in ends[following:]]],
        head=_stretched(last.head, len(source)) if last.head else None,
    )


def _stretched(head: Mapping, end: int) -> Mapping:
    """Return a head whose last value, the entries, has another end."""
    *others, (key, value) = head.pairs
    terms = replace(value, span=Span(value.span.start, end))
    return Mapping(Span(head.span.start, end), (*others, (key, terms)))


def _is_broken(source: str, span: Span, form: Form) -> bool:
    """Return whether entries are no YAML, given that the first of them is none by itself.

    All in front of them is sound, so that what is wrong here is wrong in the whole file, too.
    """
    rest = span.of(source)
    try:
        parse_part(" " * form.column + rest, -form.column, form.depth)
    except UnknownAnchorError:
        return False
    except NotYamlError as error:
        # What is open at the end may be closed behind it.
        return span.end == len(source) or error.offset < len(rest.rstrip())
    return False


def _pairs(found: Cut[Node]) -> tuple[tuple[Node, Node], ...]:
    """Return the pairs of the head where they are in the file."""
    nodes = (moved(node, start) for node, start in zip(found.items, found.ends, strict=False) if node)
    return tuple(pair for node in nodes if isinstance(node, Mapping) for pair in node.pairs)
