"""The state of the line structure of reStructuredText: the open paragraph and the open contexts.

This module must not know what a line can start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.markup.prose import BREAK, CELL, DEFINES
from glossary_ls.markup.restructuredtext.inline import inline
from glossary_ls.markup.restructuredtext.layout import Body, Context, Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.markup.restructuredtext.tables import Rows
    from glossary_ls.markup.writer import Writer

#: The end of a paragraph before a literal block.
LITERAL = lazily(r"::[ \t]*\Z")
_SENTENCES = lazily(r"[.!?]\s+\S")


class Paragraph(NamedTuple):
    """The open paragraph.

    Lines at `indent` continue it; if it is `loose` (an item, a footnote), so do all that are indented more
    than `low`.
    """

    start: int
    end: int
    indent: int
    low: int
    #: Its number of lines.
    size: int
    kind: RegionKind
    loose: bool
    #: Separates it from the text before.
    join: str


class LineParser:
    """The state of a block while its lines are parsed."""

    def __init__(
        self, writer: Writer, contexts: tuple[Context, ...], is_code: Callable[[str], bool] | None
    ) -> None:
        self.writer = writer
        self.text = writer.text
        self.contexts = list(contexts)
        self.is_code = is_code
        self.first_is_loose = False
        self.lines: list[Line] = []
        self.paragraph: Paragraph | None = None
        self.rows: Rows | None = None

    def top(self, body: Body) -> Context | None:
        """Return the innermost context if it has that body, else None."""
        top = self.contexts[-1] if self.contexts else None
        return top if top and top.body is body else None

    def open_paragraph(  # noqa: PLR0913  because a paragraph is all of this
        self,
        start: int,
        line: Line,
        *,
        kind: RegionKind = RegionKind.PROSE,
        loose: bool = False,
        join: str = BREAK,
        low: int | None = None,
    ) -> None:
        """Open a paragraph whose first line is `line` from `start` on."""
        self.close_paragraph()
        if kind is RegionKind.PROSE and any(context.body is Body.LIST_TABLE for context in self.contexts):
            kind = RegionKind.TABLE
        indent = line.indent + start - line.start
        low = line.indent if low is None else low
        self.paragraph = Paragraph(start, line.stop, indent, low, int(start < line.stop), kind, loose, join)

    def close_paragraph(self) -> None:
        """Write the open paragraph; two colons at its end open a literal block."""
        paragraph, self.paragraph = self.paragraph, None
        if paragraph is None:
            return
        start, end = paragraph.start, paragraph.end
        is_description = paragraph.join == DEFINES and self._is_description(paragraph)
        self.writer.builder.separate(CELL if is_description else paragraph.join)
        literal = LITERAL.search(self.text, start, end) if self.text.endswith("::", start, end) else None
        if literal:
            # The colons are rendered as one colon after a word, and as none after a space.
            alone = literal.start() == start or self.text[literal.start() - 1].isspace()
            inline(self.writer, start, literal.start() + (0 if alone else 1), paragraph.kind)
            indent = paragraph.low if paragraph.loose else paragraph.indent
            self.contexts.append(Context(Body.CODE, indent, quoted=True))
        else:
            inline(self.writer, start, end, paragraph.kind)

    def _is_description(self, paragraph: Paragraph) -> bool:
        """Return whether text below a term is more than a phrase, and not in a glossary."""
        in_glossary = any(context.body is Body.GLOSSARY for context in self.contexts)
        return not in_glossary and _SENTENCES.search(self.text, paragraph.start, paragraph.end) is not None
