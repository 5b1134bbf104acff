"""The reports of earlier checks, kept in the user's cache folder: a file is checked again if its may differ.

A report depends on the text of its file, on all that applies to the file (`_context`), and on what the other
documents define for the acronyms that the rules looked up there. The first line of the cache is a JSON object
with the format, the folder and a checksum of the rest; each further line has the path of a document and, as a
JSON array, its report. This module must not know how files are checked, and must not print.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from glossary_ls.base import memo
from glossary_ls.base.dataclass import fields, is_dataclass
from glossary_ls.cli.check_steps import Report
from glossary_ls.cli.reporters.row import Edit, Proposal, Row
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.markup import language_of
from glossary_ls.vfs.files import program_stamp, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glossary_ls.base.text import Text
    from glossary_ls.cli.project import Project
    from glossary_ls.cli.selection import Selection
    from glossary_ls.settings.schema import Settings

_FORMAT = 1

#: The most that is kept of a folder, in characters; the oldest reports are dropped first.
_MOST_KEPT = 32 * 1024 * 1024


class _Known(NamedTuple):
    """A report with a digest of all that it depends on but the answers of other documents."""

    digest: str
    answers: list[list[str]]
    report: Report


class KnownReports:
    """What is known of the reports of some files, which are up to date but for what others define."""

    def __init__(self, project: Project, files: Sequence[str]) -> None:
        self._project = project
        self._lines = _load(project.files.read_cache(self._name), project.root) if files else {}
        self._digests = {path: digest for path in files if (digest := self._digest(path))}
        self._known: dict[str, _Known] = {}
        for path, digest in self._digests.items():
            known = _known(path, project.display_path(path), self._lines.get(json.dumps(path), ""))
            if known is not None and known.digest == digest:
                self._known[path] = known
        self._new: dict[str, str] = {}

    def __contains__(self, path: str) -> bool:
        """Return whether there is a report, unless other documents define something else by now."""
        return path in self._known

    def get(self, path: str) -> Report | None:
        """Return the report of a file if it is still true; the other documents are read if that matters."""
        known = self._known.get(path)
        if known is None:
            return None
        if known.answers:
            self._project.workspace.read_definitions()
        answers = self._answers(path, [short for short, _ in known.answers])
        return known.report if answers == known.answers else None

    def keep(self, report: Report) -> None:
        """Remember the report of a document that was checked now."""
        digest = self._digests.get(report.path)
        if digest is None or report.asked is None:
            return
        rows = [_values(row)[1:] for row in report.rows]
        kept = [digest, self._answers(report.path, sorted(report.asked)), rows]
        self._new[json.dumps(report.path)] = json.dumps(kept, separators=(",", ":"))

    def write(self) -> None:
        """Write what is new to the cache."""
        if not self._new:
            return
        for path in self._new:
            self._lines.pop(path, None)
        lines = [f"{path}\t{row}" for path, row in (self._lines | self._new).items()]
        size = sum(map(len, lines))
        first = 0
        while size > _MOST_KEPT:
            size -= len(lines[first])
            first += 1
        body = "\n".join(lines[first:])
        header = {"format": _FORMAT, "root": self._project.root, "checksum": _digest_of(body)}
        self._project.files.write_cache(self._name, f"{json.dumps(header)}\n{body}")

    @property
    def _name(self) -> str:
        return f"reports-{_digest_of(self._project.root)}.json"

    # --- what a report depends on -------------------------------------------------------------------------

    def _digest(self, path: str) -> str:
        """Return a digest of a document and of all that applies to it, or an empty string for other files."""
        if is_glossary(path):
            return ""
        source = read_text(self._project.files, path)
        if source.problems:
            return ""
        return _digest_of(f"{self._context(path)}\n{path}\n{language_of(path)}\n{source.text}")

    def _context(self, path: str) -> str:
        """Return a digest of the program, the day, and what the user wants of a file."""
        workspace = self._project.workspace
        parts = [program_stamp(), sys.version, f"{datetime.now(UTC):%Y-%m-%d}"]
        parts += _digest_of_value(workspace.settings_of(path)), _digest_of_value(self._project.selection)
        for file in workspace.active(path, None).files:
            parts += (file.path, file.format, _digest_of_source(file.text))
        return _digest_of("\n".join(parts))

    def _answers(self, path: str, asked: Iterable[str]) -> list[list[str]]:
        """Return a digest of what the other documents define for each of some acronyms."""
        workspace = self._project.workspace
        found = workspace.definitions_around(path, workspace.settings_of(path))
        return [[short, _digest_of(repr(found.find(short, path)))] for short in asked]


@memo.about
def _digest_of_value(value: Settings | Selection) -> str:
    return _digest_of(json.dumps(_plain(value)))


@memo.about
def _digest_of_source(text: Text) -> str:
    return _digest_of(text.source)


def _plain(value: Any) -> Any:  # noqa: ANN401  because it becomes JSON
    """Return what tells a value from others, in an order that does not depend on the process."""
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, frozenset):
        return sorted(map(repr, value))
    if hasattr(value, "items"):
        return sorted([repr(name), _plain(each)] for name, each in value.items())
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str) else repr(value)


def _digest_of(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


# --- the text of the cache --------------------------------------------------------------------------------


def _load(text: str | None, root: str) -> dict[str, str]:
    """Return the line of each path, written as JSON; nothing if the text is broken, or of another folder."""
    head, _, body = (text or "").partition("\n")
    try:
        header = json.loads(head)
    except (ValueError, RecursionError):
        return {}
    if header != {"format": _FORMAT, "root": root, "checksum": _digest_of(body)}:
        return {}
    rows = (line.partition("\t") for line in body.split("\n") if line)
    return {path: row for path, _, row in rows}


def _known(path: str, shown: str, line: str) -> _Known | None:
    """Return what the line of a path says, or None if it is none; `shown` is the path for the user."""
    try:
        digest, answers, rows = json.loads(line)
        asked = frozenset(short for short, _ in answers)
        return _Known(digest, answers, Report(path, tuple(_row(shown, row) for row in rows), asked))
    except (ValueError, TypeError, IndexError, RecursionError):
        return None


def _values(row: Row) -> list[object]:
    fix = row.fix and [row.fix.title, row.fix.is_safe, [_fields(edit) for edit in row.fix.edits]]
    return [*_fields(row)[:-1], fix]


def _fields(value: Row | Edit) -> list[object]:
    return [getattr(value, each.name) for each in fields(value)]


def _row(path: str, values: Sequence[Any]) -> Row:
    line, column, end_line, end_column, *texts, lines, fix = values
    severity, code, message, fingerprint, subject = texts
    place = line, column, end_line, end_column
    proposal = Proposal(fix[0], fix[1], tuple(Edit(*edit) for edit in fix[2])) if fix else None
    return Row(path, *place, severity, code, message, fingerprint, subject, tuple(lines), proposal)
