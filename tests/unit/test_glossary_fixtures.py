"""Glossaries of all formats, each with a golden list of what is read from it.

`tests/fixtures/glossaries/FORMAT/NAME` is a glossary, and `NAME.golden` beside it has a line for each entry
and each problem. `pytest --update` writes the golden lists; the diff is the review.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from glossary_ls.base import paths
from glossary_ls.base.text import Text
from glossary_ls.glossary import formats
from glossary_ls.vfs.files import DiskFiles, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.glossary.model import GlossaryFile

FOLDER = Path(__file__).parents[1] / "fixtures" / "glossaries"
FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".golden")

#: As much of a definition is shown.
_SHOWN = 70


def _format(path: Path) -> str:
    """Return the id of the format of a fixture, which is the name of its folder."""
    return path.relative_to(FOLDER).parts[0]


def _lines(file: GlossaryFile) -> Iterator[str]:
    yield f"format: {file.format}"
    if file.evidence:
        yield f"evidence: {file.evidence}"
    head = file.head
    for name, value in (("name", head.name), ("license", head.license), ("accept", " ".join(head.accept))):
        if value:
            yield f"{name}: {value}"
    if head.guide:
        yield f"guide: {head.guide.title} | {len(head.guide.points)} points"
    for placed in file.entries:
        term = placed.term
        line = file.text.line_index(placed.name.span.start) + 1
        parts = [f"{line}: {term.name}"]
        if term.expansion:
            parts.append(f"= {term.expansion}")
        parts += [f"~{alias.kind} {alias.name}" for alias in term.aliases]
        parts += [f"#{topic}" for topic in term.topics]
        parts += [f">{name}" for name in term.related]
        parts += [f"!={contrast.term}" for contrast in term.contrasts]
        parts += [f"?{question.question}" for question in term.questions]
        if term.status != "active":
            parts.append(f"({term.status})")
        rest = [
            term.summary,
            term.definition,
            *term.examples,
            *term.facts,
            term.source,
            term.license,
            term.url,
        ]
        parts += [" ".join(text.split())[:_SHOWN] for text in rest if text]
        yield " | ".join(parts)
    for problem in file.problems:
        line = file.text.line_index(problem.span.start) + 1
        yield f"{line}: {problem.severity} {problem.code}: {problem.message}"


def _read(path: Path) -> GlossaryFile:
    name = paths.normal(str(path))
    source = read_text(DiskFiles(), name, is_legacy=formats.is_legacy(name))
    return formats.parse(name, Text(source.text), _format(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_what_is_read_from_a_glossary(path: Path, pytestconfig: pytest.Config) -> None:
    """The entries, with lines, names, expansions and definitions, are those of the golden list."""
    file = _read(path)
    found = "\n".join(_lines(file)) + "\n"
    golden = path.with_name(f"{path.name}.golden")
    if pytestconfig.getoption("--update"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_places_are_inside_of_the_file(path: Path) -> None:
    """Each entry and each value lies where its name is written, and entries do not overlap."""
    file = _read(path)
    end = 0
    for placed in file.entries:
        assert placed.span.start >= end or file.format == "yaml"
        assert placed.span.start <= placed.name.span.start <= placed.name.span.end <= placed.span.end
        assert placed.span.end <= len(file.text)
        end = placed.span.end
