"""What a report says about the findings of a file: places, fingerprints and fixes. It must not print."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from glossary_ls.base.model import Severity
from glossary_ls.cli.fixing import fix_of, is_safe
from glossary_ls.cli.reporters.row import Edit, Proposal, Row
from glossary_ls.rules.shared.fix import DocumentChange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem, TextEdit
    from glossary_ls.base.text import Text
    from glossary_ls.cli.project import Checked

#: How much of a text is compared in fingerprints, in code points.
_MOST_COMPARED = 200


def rows_of(checked: Checked, path: str, key: str) -> Iterator[Row]:
    """Yield the findings of a file; `path` is its name for the user, `key` the one in fingerprints."""
    text = checked.findings.text
    seen: Counter[tuple[str, str]] = Counter()
    for problem in checked.findings.problems:
        if problem.severity is Severity.OFF:
            continue
        start, end = text.line_column(problem.span.start), text.line_column(problem.span.end)
        about = problem.code, subject(problem, text)
        seen[about] += 1
        yield Row(
            path,
            *start,
            *end,
            str(problem.severity),
            problem.code,
            problem.message,
            _fingerprint(key, *about, seen[about]),
            about[1],
            tuple(line.rstrip("\r\n") for line in text.lines[start[0] - 1 : end[0]]),
            _proposal(problem, checked.document, text),
        )


def subject(problem: Problem, text: Text) -> str:
    """Return what a problem is about: its words on one line or, if it has none, its message."""
    words = problem.span.of(text.source)[:_MOST_COMPARED]
    return " ".join(words.split()) or problem.message


def _fingerprint(path: str, code: str, about: str, number: int) -> str:
    """Return what stays the same when other lines change; `number` counts equal problems of the file."""
    return sha256("\0".join((path, code, about, str(number))).encode("utf-8", "replace")).hexdigest()[:32]


def _proposal(problem: Problem, document: Document | None, text: Text) -> Proposal | None:
    fix = fix_of(problem, document) if document else None
    if fix is None or not isinstance(fix.change, DocumentChange):
        return None
    return Proposal(fix.title, is_safe(problem), tuple(_edit(edit, text) for edit in fix.change.edits))


def _edit(edit: TextEdit, text: Text) -> Edit:
    (line, column), (end_line, end_column) = map(text.line_column, (edit.span.start, edit.span.end))
    first, last = text.lines[line - 1], text.lines[end_line - 1]
    return Edit(line, column, end_line, end_column, edit.new, first[: column - 1], last[: end_column - 1])
