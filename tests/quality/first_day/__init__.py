"""What a new user sees before writing a glossary: findings and inlay notes with the built-in glossaries.

`python -m tests.quality.first_day [PACK ...]` prints the figures and the findings of a runbook and a design
document, as an SRE would write them, and of ten documents of the corpus, with the glossaries that are named
instead of those that are on by default. The two documents were written before the glossary of cloud and
operations.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from glossary_ls import rules
from glossary_ls.base.text import Span
from glossary_ls.features.inlay_hints import inlay_hints
from glossary_ls.markup import language_of
from glossary_ls.settings.schema import Settings
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles
from tests.quality.corpus import FOLDER

HERE = Path(__file__).parent

#: The documents of a first day, and ten of the corpus that are about running services.
OWN = (HERE / "runbook.md", HERE / "design.md")
DOCUMENTS = (
    *OWN,
    *(
        FOLDER / name
        for name in (
            "design-tenant-placement.md",
            "edge-sites.adoc",
            "kep-4127-topology-drain.md",
            "network-change-plan.md",
            "oncall-handover.md",
            "postmortem-expired-intermediate.md",
            "runbook-queue-gateway.md",
            "security-advisory.md",
            "serving-benchmark.md",
            "storage-tiers.rst",
        )
    ),
)


class Shown(NamedTuple):
    """What a document shows: the messages of its findings, and the names and labels of its inlay notes."""

    findings: tuple[str, ...]
    notes: tuple[str, ...]


def shown(path: Path, packs: tuple[str, ...] = Settings().packs) -> Shown:
    """Return what a document that is alone in a workspace shows with some built-in glossaries."""
    workspace = Workspace(MemoryFiles(), ["/w"])
    workspace.configure({"packs": list(packs)})
    uri = f"file:///w/{path.name}"
    workspace.open(uri, language_of(path.name), 1, path.read_text("utf-8"))
    document = workspace.snapshot(uri)
    assert document is not None
    hints = inlay_hints(document, Span(0, len(document.text)))
    return Shown(
        tuple(f"{problem.code}: {problem.message}" for problem in rules.run(document)),
        tuple(f"{hint.term} {hint.label}" for hint in hints),
    )


def main(packs: list[str]) -> int:
    """Print a row of the table in docs/quality.md for each document, then what it shows."""
    every = {path: shown(path, tuple(packs) or Settings().packs) for path in DOCUMENTS}
    for path, found in every.items():
        print(f"| `{path.name}` | {len(found.findings)} | {len(found.notes)} |")
    for path, found in every.items():
        print(f"== {path.name}", *found.findings, "-- notes", *found.notes, sep="\n   ")
    return 0
