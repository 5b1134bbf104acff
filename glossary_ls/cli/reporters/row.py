"""One line of a report: a problem at a line and column."""

from __future__ import annotations

from glossary_ls.base.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces a range of the file of a row with `new`; lines and columns count from 1, the end is excluded.

    `end_old` is the text of the last line before the end, and `start_old` that of the first before the start.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    new: str
    start_old: str
    end_old: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fix of a row: what it is called, and whether it never changes what the text says."""

    title: str
    is_safe: bool
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A problem in the file at `path`, as the user knows it; lines and columns count from 1.

    Columns count code points. `fingerprint` stays the same when other lines change. `subject` is the text
    that the problem is about, and `lines` are those that it is on, without line breaks.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    severity: str
    code: str
    message: str
    fingerprint: str
    subject: str = ""
    lines: tuple[str, ...] = ()
    fix: Proposal | None = None
