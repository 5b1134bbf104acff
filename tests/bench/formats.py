"""`glossary-ls check` as a process, in each output format: its processor time on many findings.

`python -m tests.bench formats` prints the ratio of each format to `concise` twice: for a check of all
documents, and for one that takes their reports from the cache, where writing is more of the whole.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from glossary_ls.cli.reporters import REPORTERS
from tests.bench import scale
from tests.bench.commands import Command, in_turn
from tests.bench.timing import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the formats are compared with.
YARDSTICK = "concise"

_DOCUMENTS, _NOTES = 60, 20
_TIMES, _TIMES_AGAIN = 3, 9


def rows() -> Iterator[Row]:
    """Yield the measurements."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, cache = Path(temporary, "documents"), Path(temporary, "cache")
        write(folder)
        check = (sys.executable, "-m", "glossary_ls", "check", "--quiet", "--jobs", "1")
        for what, options, times in (("", ("--no-cache",), _TIMES), (", again", (), _TIMES_AGAIN)):
            commands = [Command(name, (*check, *options, "--output-format", name, ".")) for name in REPORTERS]
            if not options:
                in_turn(commands[:1], folder, cache, 1)
            took = in_turn(commands, folder, cache, times)
            for name in REPORTERS:
                cpu = took[name].cpu
                yield Row(
                    f"check --output-format {name}{what}", cpu * 1000, cpu / took[YARDSTICK].cpu, YARDSTICK
                )


def write(folder: Path) -> None:
    """Write a repository of documents with unknown acronyms, and others with a fix."""
    (folder / ".git").mkdir(parents=True)
    for number in range(_DOCUMENTS):
        notes = []
        for note in range(number * _NOTES, (number + 1) * _NOTES):
            notes.append(scale.document(note))
            notes.append("Two API's share a Slo.\n")
        (folder / f"{number:03}.md").write_text("\n".join(notes), "utf-8")
