"""A glossary file cut at its entries, so that only entries which nobody has read yet have to be parsed.

An entry parsed alone is what it is among the others, as long as nothing reaches over its end: an open quote,
an alias, a line further to the left. `cut` takes no risk: where it is not sure it gives up, and the file is
read as a whole. The pieces of a file that is broken are those that can be read (see `salvage` for files that
cannot be cut). This module knows how glossaries are laid out. It must not know what an entry means, and not
what is remembered of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from glossary_ls.base.text import Span
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

_BLANK_LINES = r"(?: *(?:#[^\r\n]*)?\r?\n)*"
_START = re.compile(rf"{_BLANK_LINES}(?:---(?: +#[^\r\n]*| *)\r?\n{_BLANK_LINES})?")
_LEFTMOST = re.compile(r"\n(?=[^ \t\r\n#][^\r\n]*:)(?!-(?:[ \r\n]|\Z))")
_TERMS = re.compile(rf"terms *:(?: +#[^\r\n]*)? *\r?\n{_BLANK_LINES}(?P<indent> *)(?=[^ \t\r\n#])")
_ITEM = r"(?=-(?:[ \r\n]|\Z))"
_PAIR = r"(?=[^ \t\r\n#][^\r\n]*:)"

#: A key in its line: a colon ends it only in front of a blank.
_NAME = re.compile(
    r"""(?:"(?P<double>[^"\r\n]*)"|'(?P<single>[^'\r\n]*)'|(?P<plain>[^\r\n]*?))[ \t]*:(?=[ \t\r\n]|\Z)"""
)
_DASH = re.compile(r"-(?:[ \r\n]|\Z)")

#: What begins no simple key: a list, a collection in brackets, a complex key, a merge, a directive.
_ODD_KEYS = ("- ", "-\n", "-\r", "[", "{", "?", ":", "<<", "%", "&", "*", "!")

#: Where another document, the end of one, or a complex key may be.
_MARKS = ("\n---", "\n...", "\n?")
_ODD_STARTS = (" ", "\t", "---", "...")

#: Line ends to YAML 1.1, beside those that are line ends to editors.
_OTHER_BREAKS = ("\x85", "\u2028", "\u2029")


class Form(NamedTuple):
    """How the entries of a file stand: as a list or a mapping, in which column and how deep."""

    is_list: bool
    column: int
    depth: int


@dataclass(frozen=True, slots=True, eq=False)
class Cut(Generic[_Item]):
    """A file in pieces: what was read of each, the offset at which it starts, and its line from 0.

    `head` holds all pairs that are no entries; the value of its `terms` is empty.
    """

    head: Mapping | None
    form: Form
    items: tuple[_Item, ...]
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    errors: tuple[NotYamlError, ...] = ()

    @property
    def has_head(self) -> bool:
        """Whether the file has the full form, with its entries below a key."""
        return self.form.depth > 0


class UnsureError(Exception):
    """The file has to be read as a whole."""


#: The form of a file of which the outermost keys are the entries, and of what stands beside entries.
TOP = Form(is_list=False, column=0, depth=0)


def cut(source: str, read: Callable[[str, Form], _Item]) -> Cut[_Item] | None:
    """Return a glossary in pieces, or None when it has to be read as a whole.

    `read` reads an entry, given its text up to where the next one starts. It raises what `parsed` raises.
    """
    try:
        return _cut(source, read)
    except UnsureError:
        return None


def is_odd(source: str, start: int = 0) -> bool:
    """Tell whether anything in a text, or in it from `start` on, makes it doubtful where an entry ends."""
    return (
        any(source.find(mark, start) >= 0 for mark in _MARKS)
        or any(map(source.__contains__, _OTHER_BREAKS))
        or source.count("\r") != source.count("\r\n")
        or "\ufeff" in source
    )


def name_at(source: str, start: int) -> str:
    """Return the key at an offset. Raises UnsureError when it is not sure how it reads."""
    name = _NAME.match(source, start)
    if name is None:
        return ""
    if "\\" in name[0]:
        raise UnsureError
    return name["double"] or name["single"] or name["plain"] or ""


def starts_of(source: str, first: int, end: int, form: Form) -> list[int]:
    """Return where the entries of a form start, given the first one.

    A line that begins none, such as one that is being typed, belongs to the entry above it.
    """
    following = re.compile(rf"\n{' ' * form.column}{_ITEM if form.is_list else _PAIR}")
    return [first, *(found.end() for found in following.finditer(source, first, end))]


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


class _Run(Generic[_Item]):
    """Pieces in a row, as they are found: see `Cut`."""

    def __init__(self, form: Form, line: int, read: Callable[[str, Form], _Item]) -> None:
        """`line` is the one on which the first piece starts."""
        self.form = form
        self.line = line
        self.items: list[_Item] = []
        self.starts: list[int] = []
        self.lines: list[int] = []
        self.errors: list[NotYamlError] = []
        self._read = read

    def add(self, text: str, start: int) -> None:
        """Add the next piece. Raises what `parsed` raises."""
        self.items.append(self._read(text, self.form))
        self.starts.append(start)
        self.lines.append(self.line)
        self.line += text.count("\n")

    def cut(self, head: Mapping | None, errors: tuple[NotYamlError, ...] = ()) -> Cut[_Item]:
        """Return the pieces as the entries of a file."""
        errors = errors or tuple(self.errors)
        return Cut(head, self.form, tuple(self.items), tuple(self.starts), tuple(self.lines), errors)


def _cut(source: str, read: Callable[[str, Form], _Item]) -> Cut[_Item]:
    begin = _START.match(source)
    start = begin.end() if begin else 0
    if source.startswith(_ODD_STARTS, start) or is_odd(source, start) or forbidden(source[:start]) >= 0:
        raise UnsureError
    if start == len(source):
        raise UnsureError
    if _DASH.match(source, start):
        form = Form(is_list=True, column=0, depth=0)
        return _run(source, form, starts_of(source, start, len(source), form), len(source), read).cut(None)
    starts = [start, *(found.end() for found in _LEFTMOST.finditer(source, start))]
    names = [name_at(source, at) for at in starts]
    if {*names}.intersection(FILE_KEYS) <= {"accept"}:
        return _shorthand(source, starts, names, read)
    return _full(source, starts, names, read)


def _shorthand(
    source: str, starts: list[int], names: list[str], read: Callable[[str, Form], _Item]
) -> Cut[_Item]:
    run = _run(source, TOP, starts, len(source), read)
    if "accept" not in names:
        return run.cut(None)
    at = starts[names.index("accept")]
    if names.count("accept") > 1 or len(run.items) < 2 or at not in run.starts:
        raise UnsureError
    index = run.starts.index(at)
    del run.items[index], run.starts[index], run.lines[index]
    end = next((start for start in starts if start > at), len(source))
    pairs = _pairs(parsed(source[at:end], TOP), at)
    if not isinstance(pairs[0][1], Sequence):
        raise UnsureError
    return run.cut(Mapping(Span(at, end), pairs))


def _full(source: str, starts: list[int], names: list[str], read: Callable[[str, Form], _Item]) -> Cut[_Item]:
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
    before = _run(source, TOP, starts[:number], starts[number], parsed)
    run = _run(source, form, starts_of(source, first, end, form), end, read)
    after = _run(source, TOP, starts[number + 1 :], len(source), parsed)
    key = Scalar(Span(starts[number], starts[number] + len("terms")), "terms")
    span = Span(first, end)
    terms = (key, Sequence(span, ()) if form.is_list else Mapping(span, ()))
    pairs = (*_pairs_of(before), terms, *_pairs_of(after))
    head = Mapping(Span(starts[0], len(source)), pairs)
    return run.cut(head, (*before.errors, *run.errors, *after.errors))


def _run(
    source: str, form: Form, starts: list[int], end: int, read: Callable[[str, Form], _Item]
) -> _Run[_Item]:
    """Return the pieces that can be read, and what is wrong with the others."""
    run = _Run(form, source.count("\n", 0, starts[0]) if starts else 0, read)
    for start, following in pairwise((*starts, end) if starts else ()):
        text = source[start:following]
        try:
            run.add(text, start)
        except NotYamlError as error:
            if not run.errors and not _is_broken(source, Span(start, end), form):
                raise UnsureError from None
            run.errors.append(NotYamlError(error.message, error.offset + start))
            run.line += text.count("\n")
    return run


def _is_broken(source: str, span: Span, form: Form) -> bool:
    """Tell whether entries are no YAML, given that the first of them is none when it stands alone.

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


def _pairs_of(run: _Run[Node]) -> tuple[tuple[Node, Node], ...]:
    """Return the pairs of the head where they stand in the file."""
    found = map(_pairs, run.items, run.starts)
    return tuple(pair for pairs in found for pair in pairs)


def _pairs(node: Node, start: int) -> tuple[tuple[Node, Node], ...]:
    """Return the pair of a piece of the head where it stands in the file."""
    root = moved(node, start)
    return root.pairs if isinstance(root, Mapping) else ()
