"""A glossary file cut at its entries, so that only the entries that an edit touched have to be parsed.

An entry parsed alone is what it is among the others, as long as nothing reaches over its end: an open quote,
an alias, a line further to the left. `cut` takes no risk: where it is not sure it gives up, and the file is
read as a whole. The pieces of a file that is broken are those that can be read (see `salvage` for files that
cannot be cut). This module knows how glossaries are laid out and must not know what an entry means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from glossary_ls.readers.memory import Memory
from glossary_ls.readers.nodes import (
    Mapping,
    Node,
    NotYamlError,
    Scalar,
    Sequence,
    UnknownAnchorError,
    forbidden,
    parse_part,
)
from glossary_ls.text import Span

#: The keys that make a file one with a head; a list of accepted acronyms alone does not (see `has_head`).
FILE_KEYS = ("version", "name", "description", "language", "license", "guide", "accept", "terms")

_BLANK_LINES = r"(?: *(?:#[^\r\n]*)?\r?\n)*"
_START = re.compile(rf"{_BLANK_LINES}(?:---(?: +#[^\r\n]*| *)\r?\n{_BLANK_LINES})?")
_LEFTMOST = re.compile(r"\n(?=[^ \t\r\n#][^\r\n]*:)(?!-(?:[ \r\n]|\Z))")
_TERMS = re.compile(rf"terms *:(?: +#[^\r\n]*)? *\r?\n{_BLANK_LINES}(?P<indent> *)(?=[^ \t\r\n#])")
_ITEM = r"(?=-(?:[ \r\n]|\Z))"
_PAIR = r"(?=[^ \t\r\n#][^\r\n]*:)"
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


@dataclass(frozen=True, slots=True)
class Cut:
    """A file in pieces. `head` holds all pairs that are no entries; the value of its `terms` is empty."""

    head: Mapping | None
    form: Form
    pieces: tuple[Piece, ...]
    errors: tuple[NotYamlError, ...] = ()

    @property
    def has_head(self) -> bool:
        """Whether the file has the full form, with its entries below a key."""
        return self.form.depth > 0


class _UnsureError(Exception):
    """The file has to be read as a whole."""


#: The texts that are known to be one entry each, with the number of their line ends.
_SOUND: Memory[int] = Memory()

_TOP = Form(is_list=False, column=0, depth=0)


def cut(source: str) -> Cut | None:
    """Return a glossary in pieces, or None when it has to be read as a whole."""
    try:
        return _cut(source)
    except _UnsureError:
        return None


def node_of(piece: Piece, form: Form) -> Node:
    """Return the list or mapping with one entry that a piece is; spans count from its start."""
    node = piece.node or parse_part(" " * form.column + piece.text, -form.column, form.depth).root
    assert node is not None  # noqa: S101  because `cut` hands out no other piece
    return node


def lines_of(source: str, parts: Cut, first: int, last: int) -> Span:
    """Return the whole lines that some pieces in a row stand on, given the first and the last one."""
    start = parts.pieces[first].start - parts.form.column
    end = parts.pieces[last].start + len(parts.pieces[last].text)
    # A piece ends where the next one starts, which may be further to the right than its line.
    return Span(start, source.rfind("\n", 0, end) + 1 if end < len(source) else end)


def _cut(source: str) -> Cut:
    begin = _START.match(source)
    start = begin.end() if begin else 0
    odd = source.startswith(_ODD_STARTS, start) or any(source.find(mark, start) >= 0 for mark in _MARKS)
    breaks = any(map(source.__contains__, _OTHER_BREAKS)) or source.count("\r") != source.count("\r\n")
    if odd or breaks or "\ufeff" in source or forbidden(source[:start]) >= 0:
        raise _UnsureError
    if start == len(source):
        raise _UnsureError
    if _DASH.match(source, start):
        form = Form(is_list=True, column=0, depth=0)
        pieces, errors = _read(source, form, _starts(source, start, len(source), form), len(source))
        return Cut(None, form, pieces, errors)
    starts = [start, *(found.end() for found in _LEFTMOST.finditer(source, start))]
    names = [source[at : source.find(":", at)].rstrip(" \t").strip("\"'") for at in starts]
    if any("\\" in name for name in names):
        raise _UnsureError
    if {*names}.intersection(FILE_KEYS) <= {"accept"}:
        return _shorthand(source, starts, names)
    return _full(source, starts, names)


def _shorthand(source: str, starts: list[int], names: list[str]) -> Cut:
    pieces, errors = _read(source, _TOP, starts, len(source))
    if "accept" not in names:
        return Cut(None, _TOP, pieces, errors)
    at = starts[names.index("accept")]
    accept = next((piece for piece in pieces if piece.start == at), None)
    pairs = _pairs(accept) if accept else ()
    if accept is None or not isinstance(pairs[0][1], Sequence):
        raise _UnsureError
    if names.count("accept") > 1 or len(pieces) < 2:
        raise _UnsureError
    head = Mapping(Span(at, at + len(accept.text)), pairs)
    return Cut(head, _TOP, tuple(piece for piece in pieces if piece is not accept), errors)


def _full(source: str, starts: list[int], names: list[str]) -> Cut:
    if names.count("terms") != 1:
        raise _UnsureError
    number = names.index("terms")
    end = starts[number + 1] if number + 1 < len(starts) else len(source)
    begin = _TERMS.match(source, starts[number], end)
    if begin is None:
        raise _UnsureError
    first, column = begin.end(), len(begin["indent"])
    form = Form(_DASH.match(source, first) is not None, column, depth=1)
    if (not form.is_list and not column) or forbidden(source[starts[number] : first]) >= 0:
        raise _UnsureError
    before, broken_before = _read(source, _TOP, starts[:number], starts[number])
    pieces, broken = _read(source, form, _starts(source, first, end, form), end)
    after, broken_after = _read(source, _TOP, starts[number + 1 :], len(source))
    key = Scalar(Span(starts[number], starts[number] + len("terms")), "terms")
    span = Span(first, end)
    terms = (key, Sequence(span, ()) if form.is_list else Mapping(span, ()))
    pairs = (
        *(pair for piece in before for pair in _pairs(piece)),
        terms,
        *(pair for piece in after for pair in _pairs(piece)),
    )
    errors = (*broken_before, *broken, *broken_after)
    return Cut(Mapping(Span(starts[0], len(source)), pairs), form, pieces, errors)


def _starts(source: str, first: int, end: int, form: Form) -> list[int]:
    """Return where the entries of a form start, given the first one.

    A line that begins none, such as one that is being typed, belongs to the entry above it.
    """
    following = re.compile(rf"\n{' ' * form.column}{_ITEM if form.is_list else _PAIR}")
    return [first, *(found.end() for found in following.finditer(source, first, end))]


def _read(
    source: str, form: Form, starts: list[int], end: int
) -> tuple[tuple[Piece, ...], tuple[NotYamlError, ...]]:
    """Return the pieces that can be read, and what is wrong with the others."""
    if not starts:
        return (), ()
    sound = _SOUND.of(form)
    good: list[Piece] = []
    errors: list[NotYamlError] = []
    line = source.count("\n", 0, starts[0])
    for start, following in pairwise((*starts, end)):
        text = source[start:following]
        lines = sound.get(text)
        if lines is not None:
            good.append(Piece(text, start, line, None))
            line += lines
            continue
        lines = text.count("\n")
        try:
            node = _parsed(text, form)
        except NotYamlError as error:
            if not errors and not _is_broken(source, Span(start, end), form):
                raise _UnsureError from None
            errors.append(NotYamlError(error.message, error.offset + start))
        else:
            good.append(Piece(text, start, line, node))
            _SOUND.learn(form, text, lines)
        line += lines
    return tuple(good), tuple(errors)


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


def _parsed(text: str, form: Form) -> Node:
    """Read a piece. Raises NotYamlError, or _UnsureError when it is not one entry or borrows from others."""
    if not form.is_list and text.startswith(_ODD_KEYS):
        raise _UnsureError
    before = " " * form.column
    try:
        root, borrows = parse_part(before + text, -form.column, form.depth)
    except NotYamlError:
        # What is wrong is wrong inside it and not where the next one starts.
        parse_part(before + text.rstrip(), -form.column, form.depth)
        raise _UnsureError from None
    if isinstance(root, Sequence) and form.is_list and len(root.items) == 1 and not borrows:
        return root
    if isinstance(root, Mapping) and not form.is_list and len(root.pairs) == 1 and not borrows:
        return root
    raise _UnsureError


def _pairs(piece: Piece) -> tuple[tuple[Node, Node], ...]:
    """Return the pair of a piece of the head where it stands in the file."""
    root = parse_part(piece.text, piece.start).root
    return root.pairs if isinstance(root, Mapping) else ()
