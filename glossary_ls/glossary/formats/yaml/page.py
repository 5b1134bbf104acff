"""A YAML file as lines: where an entry with its comments begins and ends, and how the file is laid out.

Knows lines, columns, comments and blank lines, and nothing of glossaries.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.edits import insertion
from glossary_ls.base.model import TextEdit
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, Text
from glossary_ls.markup.yaml_nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.markup.yaml_nodes import Node

_LINE_END = lazily(r"\r\n|\r|\n")
_PROPERTIES = lazily(r"(?:[&!]\S*\s+)*")
_DOCUMENT_END = lazily(r"^\.\.\.(?=\s|$)", re.MULTILINE)

#: A list on one line is continued on the next when it would become longer.
_WIDEST = 100

#: From this many entries on, a file that is in alphabetical order is taken to be so on purpose.
_FEWEST_SORTED = 3


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of a block list or mapping: its name, and the offsets of its dash or key and of its end."""

    name: str
    start: int
    end: int


class Page:
    """The text of a YAML file."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = Text(source)
        end = _LINE_END.search(source)
        self.newline = "\r\n" if end is not None and end[0] == "\r\n" else "\n"

    def line(self, offset: int) -> int:
        """Return the line of an offset, from 0."""
        return self.text.line_index(offset)

    def column(self, offset: int) -> int:
        """Return how far from the start of its line an offset is."""
        return offset - self.text.line_starts[self.line(offset)]

    def content(self, line: int) -> str:
        """Return a line without its terminator."""
        return self.text.line_span(line).of(self.source)

    def indent(self, line: int) -> int:
        """Return how many blanks a line begins with."""
        content = self.content(line)
        return len(content) - len(content.lstrip(" "))

    def is_comment(self, line: int) -> bool:
        """Return whether a line is a comment and nothing else."""
        return self.content(line).lstrip().startswith("#")

    def is_blank(self, line: int) -> bool:
        """Return whether a line is empty."""
        return not self.content(line).strip()

    def is_flow(self, node: Node) -> bool:
        """Return whether a list or mapping is written in brackets."""
        return not isinstance(node, Scalar) and self.source.startswith(("[", "{"), self._inner(node) - 1)

    def last(self, node: Node) -> int:
        """Return where the last written character of a node ends; comments behind it do not count."""
        if isinstance(node, Scalar):
            return node.span.start + len(node.span.of(self.source).rstrip())
        if self.is_flow(node):
            return node.span.end
        if isinstance(node, Mapping):
            # A value without text is behind the colon of its key.
            parts = (part for pair in node.pairs for part in pair)
            return max(map(self.last, parts), default=node.span.start + 1)
        return max(map(self.last, node.items), default=node.span.start + 1)

    def end_of_entry(self, end: int, column: int) -> int:
        """Return the end of the last line that belongs to an entry: comments indented more deeply do."""
        line = self.line(end)
        while (
            line + 1 < len(self.text.lines) and self.is_comment(line + 1) and self.indent(line + 1) > column
        ):
            line += 1
        return self.text.line_span(line).end

    def start_of_entry(self, start: int, column: int, *, first: bool = False) -> int:
        """Return the start of the first line that belongs to an entry: comments right above it do.

        Those above the first entry are about all of them, unless a blank line separates them from the head.
        """
        line = top = self.line(start)
        while top > 0 and self.is_comment(top - 1) and self.indent(top - 1) <= column:
            top -= 1
        if first and not (top > 0 and self.is_blank(top - 1)):
            top = line
        return self.text.line_starts[top]

    def foot(self) -> int:
        """Return where something new goes in a file that holds nothing but comments."""
        end = _DOCUMENT_END.search(self.source)
        return end.start() if end else len(self.source)

    # --- adding -------------------------------------------------------------------------------------------

    def insert_row(self, rows: Sequence[Row], column: int, lines: Sequence[str], place: int) -> TextEdit:
        """Add an entry to a block behind `place` others (see `place_of`)."""
        body = self.block(lines, column)
        gap = self.newline if self._is_spaced(rows, column) else ""
        if place == len(rows):
            at = self.end_of_entry(rows[-1].end, column)
            return insertion(at, self.newline + gap + body)
        at = self.start_of_entry(rows[place].start, column, first=place == 0)
        return insertion(at, body + self.newline + gap)

    def insert_flow(self, node: Node, children: Sequence[Node], new: str) -> tuple[TextEdit, ...]:
        """Add an item at the end of a list or mapping in brackets."""
        closer = node.span.end - 1
        if not children:
            return (TextEdit(Span(self._inner(node), closer), new),)
        end = max(map(self.last, children))
        gap = self.source[end:closer]
        if "\n" not in gap:
            if gap.lstrip().startswith(","):
                return (insertion(end + gap.index(",") + 1, f" {new}"),)
            wraps = len(new) + self.column(closer) > _WIDEST
            blank = self.newline + " " * self.column(children[0].span.start) if wraps else " "
            return (insertion(end, f",{blank}{new}"),)
        line_end = self.text.line_span(self.line(end)).end
        own_line = self.newline + " " * self.indent(self.line(end)) + new
        if gap.lstrip().startswith(","):
            return (insertion(line_end, own_line + ","),)
        return (insertion(end, ","), insertion(line_end, own_line))

    def block(self, lines: Sequence[str], column: int) -> str:
        """Return lines as one text, each but the empty ones indented."""
        return self.newline.join(" " * column + line if line else "" for line in lines)

    def append(self, lines: Sequence[str]) -> TextEdit:
        """Add lines at the end of a file without entries, with an empty line in front of them."""
        at = self.foot()
        before = self.source[:at]
        body = self.block(lines, 0) + self.newline
        if not before.strip("\ufeff \t\r\n"):
            return insertion(at, body)
        if before.endswith(("\n\n", "\n\r\n")):
            return insertion(at, body)
        # In front of the last line end, if any: editors differ in what they make of an edit behind it.
        end = len(before.rstrip("\r\n"))
        gap = self.newline * (1 if before.rstrip().endswith("---") else 2)
        return insertion(end, gap + self.block(lines, 0))

    def _inner(self, node: Node) -> int:
        """Return where the inside of a list or mapping in brackets starts."""
        properties = _PROPERTIES.match(self.source, node.span.start)
        return (properties.end() if properties else node.span.start) + 1

    def _is_spaced(self, rows: Sequence[Row], column: int) -> bool:
        """Return whether entries have an empty line between them."""
        above = (self.line(self.start_of_entry(row.start, column)) - 1 for row in rows[1:])
        return 2 * sum(map(self.is_blank, above)) > len(rows) - 1


def place_of(name: str, others: Iterable[str]) -> int:
    """Return how many entries come in front of a new one: all but those behind it in an alphabetical list."""
    names = [other.casefold() for other in others]
    if len(names) < _FEWEST_SORTED or names != sorted(names):
        return len(names)
    return sum(other <= name.casefold() for other in names)


def names_of(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the names of entries."""
    return (row.name for row in rows)
