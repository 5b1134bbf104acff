"""How commands print what they found: Markdown, tables and JSON, without control characters.

On a terminal, Markdown is formatted and wrapped, and tables fit into the width; elsewhere text is plain.
`rich` is imported only for a terminal. This module must not know what is printed.
"""

from __future__ import annotations

import sys
from itertools import chain
from typing import TYPE_CHECKING, Literal

from glossary_ls.cli import terminal
from glossary_ls.cli.project import add_root
from glossary_ls.cli.reporters.safe import clipped, json_text, visible, width

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from rich.segment import Segment

#: Longer lines of prose are hard to read.
_WIDEST = 100

#: A column that is not the last one is no wider than this, so that there is room for the others.
_WIDEST_COLUMN = 40

_GAP = "  "


def add_output(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the commands that print Markdown."""
    parser.add_argument("--markdown", action="store_true", help="print Markdown instead of plain text")
    add_root(parser)
    terminal.add(parser)


def print_json(value: object) -> None:
    """Print a value."""
    print(json_text(value, indent=2))


def print_error(line: str) -> None:
    """Print a line for the user to standard error."""
    print(visible(line), file=sys.stderr)


def print_markdown(options: argparse.Namespace, markdown: str, plain: str) -> None:
    """Print a text: formatted on a terminal, as Markdown on request, else as it is for readers elsewhere."""
    if options.markdown or not sys.stdout.isatty():
        print(safe(markdown if options.markdown else plain))
        return
    from rich.console import Console  # noqa: PLC0415  because its import is slow and not always needed
    from rich.markdown import Markdown  # noqa: PLC0415  as above
    from rich.segment import Segment, Segments  # noqa: PLC0415  as above

    colors: Literal["auto"] | None = "auto" if terminal.is_colored(options.color) else None
    console = Console(color_system=colors, highlight=False)
    most = console.options.update(width=min(console.width, _WIDEST))
    lines = console.render_lines(Markdown(safe(markdown), hyperlinks=False), most, pad=False)
    # An entity of Markdown may stand for a control character.
    cleaned = ([part._replace(text=visible(part.text)) for part in line] for line in lines)
    parts = chain.from_iterable((*_stripped(line), Segment.line()) for line in cleaned)
    console.print(Segments(parts), end="")


def _stripped(line: list[Segment]) -> list[Segment]:
    """Return the parts of a line without the blanks at its end."""
    while line and not line[-1].text.strip():
        line = line[:-1]
    return [*line[:-1], *(part._replace(text=part.text.rstrip()) for part in line[-1:])]


def safe(text: str) -> str:
    """Return a text of several lines with escapes in place of control characters."""
    return "\n".join(visible(line) for line in text.replace("\t", "    ").split("\n"))


def print_rows(rows: Iterable[Sequence[str]], *, is_cut: bool = True) -> None:
    """Print rows of as many cells each in columns; on a terminal, in its width unless `is_cut` is false."""
    cells = [[visible(text) for text in row] for row in rows]
    columns = [min(max(map(width, column)), _WIDEST_COLUMN) for column in zip(*cells, strict=True)]
    most = terminal.width() if is_cut and sys.stdout.isatty() else 0
    for row in cells:
        line = _GAP.join(text + " " * (size - width(text)) for text, size in zip(row, columns, strict=True))
        print(clipped(line.rstrip(), most) if most else line.rstrip())
