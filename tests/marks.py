"""The marker format: a test case as a text file with documents, marks under their lines and golden answers.

CONTRIBUTING.md explains it to writers. A case file is a preamble (why the case exists), then sections:

    -- glossary.yaml --      a file of the workspace
    -- doc.md --             another one; carets under a line mark a span of it, and a verb says what is there
    -- settings.json --      the editor's settings
    -- @name --              a golden answer, which a mark names as @name

A mark line is blanks, carets, a verb of `VERBS` and an argument. It belongs to the text line above it and is
not a part of the document. Columns count code points.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

#: The verbs of `pointing`: about one mark, and those that have to name everything of their kind in a file.
SINGLE = ("def", "refs", "uses", "highlight", "rename", "refuse", "query", "loc")
WHOLE = ("token", "symbol", "lens", "fold", "link")

VERBS = ("hover", "diag", "complete", "has", "not", "hint", "actions", "fix", *SINGLE, *WHOLE)

_SECTION = re.compile(r"-- (\S+) --")
_MARK = re.compile(r"( *)(\^+) ([a-z]+)(?: (.*))?")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a case expects at code points [start, end) of `line` (from 0) of a file."""

    file: str
    line: int
    start: int
    end: int
    verb: str
    argument: str
    source_line: int


@dataclass(slots=True)
class Case:
    """One parsed case file."""

    path: Path
    reason: str
    files: dict[str, str] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    goldens: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def documents(self) -> list[str]:
        """The files that have marks; the runner opens these."""
        return list(dict.fromkeys(mark.file for mark in self.marks))


def parse(path: Path) -> Case:
    """Read a case file; a mistake in it is a ValueError that names the line."""
    case = Case(path, "")
    section: str | None = None
    lines: list[str] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        header = _SECTION.fullmatch(line)
        if header:
            _close(case, section, lines)
            section, lines = header[1], []
            continue
        mark = _MARK.fullmatch(line) if section and not section.startswith("@") else None
        if mark and section:
            case.marks.append(_mark(path, number, section, len(lines) - 1, mark))
        else:
            lines.append(line)
    _close(case, section, lines)
    for mark_ in case.marks:
        golden = mark_.argument.rpartition(" ")[2]
        if golden.startswith("@") and golden[1:] not in case.goldens:
            raise ValueError(f"{path}:{mark_.source_line}: no section -- {golden} --")
    return case


def _mark(path: Path, number: int, section: str, line: int, mark: re.Match[str]) -> Mark:
    blanks, carets, verb, argument = mark.groups()
    if verb not in VERBS:
        raise ValueError(f"{path}:{number}: unknown verb {verb!r}; the verbs are {', '.join(VERBS)}")
    if line < 0:
        raise ValueError(f"{path}:{number}: there is no line above this mark")
    start = len(blanks)
    return Mark(section, line, start, start + len(carets), verb, (argument or "").strip(), number)


def _close(case: Case, section: str | None, lines: list[str]) -> None:
    # The line break in front of the next section header belongs to the format, not to the section.
    text = "\n".join(lines)
    if section is None:
        case.reason = text.strip()
    elif section.startswith("@"):
        case.goldens[section[1:]] = text.strip("\n")
    elif section == "settings.json":
        case.settings = json.loads(text)
    else:
        case.files[section] = text


def update_goldens(path: Path, answers: dict[str, str]) -> None:
    """Write `answers` into the golden sections of a case file."""
    output: list[str] = []
    skipping = False
    for line in path.read_text("utf-8").split("\n"):
        header = _SECTION.fullmatch(line)
        if header:
            skipping = header[1].startswith("@") and header[1][1:] in answers
            output.append(line)
            if skipping:
                output += [*answers[header[1][1:]].split("\n"), ""]
        elif not skipping:
            output.append(line)
    path.write_text("\n".join(output).rstrip("\n") + "\n", "utf-8")
