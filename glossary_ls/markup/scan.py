"""Inline parsers that write to a `Writer` from left to right: marks, and a rule for each.

This module must not know any markup language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.markup import addresses

if TYPE_CHECKING:
    from glossary_ls.markup.writer import Writer


@dataclass(slots=True, eq=False)
class InlineScan:
    """A range of text while it is parsed; the text before `position` is already written.

    All offsets are into the text of the writer. `depth` is the number of enclosing ranges.
    """

    syntax: InlineSyntax
    writer: Writer
    position: int
    end: int
    kind: RegionKind
    depth: int = 0
    text: str = field(init=False)
    #: Closing delimiters of formulas that do not occur in the rest of the text.
    missing: set[str] = field(init=False, default_factory=set)
    _unclosed: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.text = self.writer.text

    def flush(self, start: int, end: int) -> None:
        """Write the text before `start` and skip to `end`."""
        if self.position < start:
            kind = self.kind if self.kind is RegionKind.LINK else self.writer.kind or self.kind
            self.writer.builder.add(self.position, start, kind)
        self.position = end

    def take(self, pattern: re.Pattern[str], start: int) -> re.Match[str] | None:
        """Match `pattern` at `start`; if it matches, write the text before it and skip the match."""
        found = pattern.match(self.text, start, self.end)
        if found is not None:
            self.flush(*found.span())
        return found

    def close(self, opener: str, start: int) -> re.Match[str] | None:
        """Return the closing delimiter of `opener`, whose content starts at `start`, or None.

        A failed search is recorded, so that unclosed openers cost linear time in all.
        """
        if start >= self.end or self.text[start].isspace() or opener in self._unclosed:
            return None
        found = self.syntax.closers[opener].search(self.text, start + 1, self.end)
        if found is None:
            self._unclosed.add(opener)
        return found


#: Parses what begins at a mark. A rule that takes nothing may return the offset at which to search on.
Rule = Callable[[InlineScan, int], int | None]


class InlineSyntax:
    """The marks of a language, its rules by the first character of a mark, and its closers by their openers.

    Addresses are parsed by `address`, unless `rules` have their own.
    """

    def __init__(
        self, mark: str, rules: Mapping[str, Rule], closers: Mapping[str, re.Pattern[str]] | None = None
    ) -> None:
        self.mark = re.compile(mark)
        self.mark_or_address = re.compile(rf"{mark}|{addresses.MARK.pattern}")
        self.rules = {":": address, "w": address, "@": address, **rules}
        self.closers = closers or {}


def write_inline(scan: InlineScan) -> None:
    """Write the readable text of a range."""
    text, start, end, syntax = scan.text, scan.position, scan.end, scan.syntax
    search = (syntax.mark_or_address if addresses.has_address(text, start, end) else syntax.mark).search
    mark = search(text, start, end)
    while mark is not None:
        after = syntax.rules[text[mark.start()]](scan, mark.start())
        mark = search(text, max(scan.position, mark.end(), after or 0), end)
    scan.flush(end, end)


def address(scan: InlineScan, at: int) -> None:
    """Parse an address whose mark is at `at`."""
    if found := addresses.address_at(scan.text, at, scan.position, scan.end):
        scan.flush(*found)
        scan.writer.opaque(*found, RegionKind.URL)


_REFERENCE = lazily(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def reference(scan: InlineScan, at: int) -> None:
    """Parse a character reference."""
    if found := scan.take(_REFERENCE, at):
        kind = scan.kind if scan.kind is RegionKind.LINK else scan.writer.kind or scan.kind
        scan.writer.builder.reference(*found.span(), kind)


#: Text without markup: no mark matches.
_PLAIN = InlineSyntax(r"(?!)", {})


def words(writer: Writer, start: int, end: int, kind: RegionKind = RegionKind.PROSE) -> None:
    """Write text without markup, with placeholders for the addresses in it."""
    write_inline(InlineScan(_PLAIN, writer, start, end, kind))
