"""A glossary file cut at its entries, so that only the entries that an edit touched have to be parsed.

An entry parsed alone is what it is among the others, as long as nothing reaches over its end: an open quote,
an alias, a line further to the left. `cut_whole` takes no risk: where it is not sure it gives up, and the
file is read as a whole. The pieces of a file that is broken are those that can be read (see `salvage` for
files that cannot be cut). This module knows how glossaries are laid out. It must not know what an entry
means, and not that a file may be the next version of another one (see `cuts`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.yaml.memory import Memory
from glossary_ls.glossary.formats.yaml.nodes import (
    Mapping,
    Node,
    NotYamlError,
    Scalar,
    Sequence,
    UnknownAnchorError,
    forbidden,
    parse_part,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The keys that make a file one with a head; a list of accepted acronyms alone does not (see `has_head`).
FILE_KEYS = ("version", "name", "description", "language", "license", "guide", "accept", "terms")

_BLANK_LINES = r"(?: *(?:#[^\r\n]*)?\r?\n)*"
_START = re.compile(rf"{_BLANK_LINES}(?:---(?: +#[^\r\n]*| *)\r?\n{_BLANK_LINES})?")
LEFTMOST = re.compile(r"\n(?=[^ \t\r\n#][^\r\n]*:)(?!-(?:[ \r\n]|\Z))")
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


class Piece(NamedTuple):
    """An entry: its text up to where the next one starts, the offset of it, and its line from 0.

    `node` is there when the piece was parsed just now.
    """

    text: str
    start: int
    line: int
    node: Node | None


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A file in pieces: their texts, the offsets at which they start, and their lines from 0.

    `head` holds all pairs that are no entries; the value of its `terms` is empty. The entries end at `end`.
    `nodes` are those of the pieces that were parsed just now, by their number.
    """

    head: Mapping | None
    form: Form
    texts: tuple[str, ...]
    starts: list[int]
    lines: list[int]
    end: int
    errors: tuple[NotYamlError, ...] = ()
    nodes: dict[int, Node] = field(default_factory=dict)

    def piece(self, index: int) -> Piece:
        """Return one of the pieces."""
        return Piece(self.texts[index], self.starts[index], self.lines[index], self.nodes.get(index))

    @property
    def pieces(self) -> Iterator[Piece]:
        """The pieces, ascending."""
        return map(self.piece, range(len(self.texts)))

    @property
    def has_head(self) -> bool:
        """Whether the file has the full form, with its entries below a key."""
        return self.form.depth > 0


class UnsureError(Exception):
    """The file has to be read as a whole."""


#: The texts that are known to be one entry each, with the number of their line ends.
_SOUND: Memory[int] = Memory()

#: The form of a file of which the outermost keys are the entries, and of what stands beside entries.
TOP = Form(is_list=False, column=0, depth=0)


def cut_whole(source: str) -> Cut | None:
    """Return a glossary in pieces, or None when it has to be read as a whole."""
    try:
        return _cut(source)
    except UnsureError:
        return None


def node_of(piece: Piece, form: Form) -> Node:
    """Return the list or mapping with one entry that a piece is; spans count from its start."""
    node = piece.node or parse_part(" " * form.column + piece.text, -form.column, form.depth).root
    assert node is not None  # noqa: S101  because a `Cut` hands out no other piece
    return node


def lines_of(source: str, parts: Cut, first: int, last: int) -> Span:
    """Return the whole lines that some pieces in a row stand on, given the first and the last one."""
    start = parts.starts[first] - parts.form.column
    end = parts.starts[last] + len(parts.texts[last])
    # A piece ends where the next one starts, which may be further to the right than its line.
    return Span(start, source.rfind("\n", 0, end) + 1 if end < len(source) else end)


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


class Run:
    """Pieces in a row, as they are found: see `Cut`."""

    def __init__(self, form: Form, line: int) -> None:
        """`line` is the one on which the first piece starts."""
        self.form = form
        self.line = line
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.lines: list[int] = []
        self.nodes: dict[int, Node] = {}
        self.errors: list[NotYamlError] = []
        self._sound = _SOUND.of(form)

    def add(self, text: str, start: int) -> None:
        """Add the next piece. Raises what `parsed` raises."""
        lines = self._sound.get(text)
        if lines is None:
            node = parsed(text, self.form)
            lines = text.count("\n")
            self.nodes[len(self.texts)] = node
            _SOUND.learn(self.form, text, lines)
        self.texts.append(text)
        self.starts.append(start)
        self.lines.append(self.line)
        self.line += lines

    def cut(self, head: Mapping | None, end: int, errors: tuple[NotYamlError, ...] = ()) -> Cut:
        """Return the pieces as the entries of a file."""
        errors = errors or tuple(self.errors)
        return Cut(head, self.form, tuple(self.texts), self.starts, self.lines, end, errors, self.nodes)


def _cut(source: str) -> Cut:
    begin = _START.match(source)
    start = begin.end() if begin else 0
    if source.startswith(_ODD_STARTS, start) or is_odd(source, start) or forbidden(source[:start]) >= 0:
        raise UnsureError
    if start == len(source):
        raise UnsureError
    if _DASH.match(source, start):
        form = Form(is_list=True, column=0, depth=0)
        run = _read(source, form, starts_of(source, start, len(source), form), len(source))
        return run.cut(None, len(source))
    starts = [start, *(found.end() for found in LEFTMOST.finditer(source, start))]
    names = [name_at(source, at) for at in starts]
    if {*names}.intersection(FILE_KEYS) <= {"accept"}:
        return _shorthand(source, starts, names)
    return _full(source, starts, names)


def _shorthand(source: str, starts: list[int], names: list[str]) -> Cut:
    run = _read(source, TOP, starts, len(source))
    if "accept" not in names:
        return run.cut(None, len(source))
    at = starts[names.index("accept")]
    if names.count("accept") > 1 or len(run.texts) < 2 or at not in run.starts:
        raise UnsureError
    index = run.starts.index(at)
    accept = run.texts.pop(index)
    del run.starts[index], run.lines[index]
    run.nodes = {number - (number > index): node for number, node in run.nodes.items() if number != index}
    pairs = _pairs(accept, at)
    if not isinstance(pairs[0][1], Sequence):
        raise UnsureError
    return run.cut(Mapping(Span(at, at + len(accept)), pairs), len(source))


def _full(source: str, starts: list[int], names: list[str]) -> Cut:
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
    before = _read(source, TOP, starts[:number], starts[number])
    run = _read(source, form, starts_of(source, first, end, form), end)
    after = _read(source, TOP, starts[number + 1 :], len(source))
    key = Scalar(Span(starts[number], starts[number] + len("terms")), "terms")
    span = Span(first, end)
    terms = (key, Sequence(span, ()) if form.is_list else Mapping(span, ()))
    pairs = (*_pairs_of(before), terms, *_pairs_of(after))
    head = Mapping(Span(starts[0], len(source)), pairs)
    return run.cut(head, end, (*before.errors, *run.errors, *after.errors))


def _read(source: str, form: Form, starts: list[int], end: int) -> Run:
    """Return the pieces that can be read, and what is wrong with the others."""
    run = Run(form, source.count("\n", 0, starts[0]) if starts else 0)
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


def _pairs_of(run: Run) -> tuple[tuple[Node, Node], ...]:
    """Return the pairs of the head where they stand in the file."""
    found = map(_pairs, run.texts, run.starts)
    return tuple(pair for pairs in found for pair in pairs)


def _pairs(text: str, start: int) -> tuple[tuple[Node, Node], ...]:
    """Return the pair of a piece of the head where it stands in the file."""
    root = parse_part(text, start).root
    return root.pairs if isinstance(root, Mapping) else ()
