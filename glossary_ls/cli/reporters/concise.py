"""One line for each problem, as compilers write it, so that editors and terminals can link the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.reporters.look import CODE, NOTE, PATH, PLAIN, Look
from glossary_ls.cli.reporters.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.cli.reporters.row import Row


def report(rows: Iterable[Row], look: Look = PLAIN) -> Iterator[str]:
    """Yield a line for each problem as soon as it is found."""
    for row in rows:
        yield headline(row, look)


def headline(row: Row, look: Look) -> str:
    """Return the line for a problem."""
    return " ".join(parts(row, look))


def parts(row: Row, look: Look) -> tuple[str, str, str]:
    """Return the parts of the line for a problem: where it is, the message, and the rule."""
    place = look.paint(f"{visible(row.path)}:{row.line}:{row.column}", PATH, "")
    severity = look.paint(row.severity, row.severity, "")
    code = look.paint(row.code, CODE, row.code)
    fixable = f" {look.paint('[*]', NOTE, '')}" if row.fix and row.fix.is_safe else ""
    return f"{place}: {severity}:", visible(row.message), f"[{code}]{fixable}"
