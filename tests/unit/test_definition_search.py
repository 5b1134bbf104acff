"""Definitions that are searched for: they are those of the index, and few documents are parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glossary_ls.analysis import folder_definitions
from glossary_ls.workspace import definition_search
from glossary_ls.workspace.definition_search import SearchedDefinitions
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Documents in which marks, tags, references and blanks are between the letters of an acronym.
TEXTS = {
    "plain.md": "The recovery time objective (RTO) is an hour. The RTOs.",
    "mixed.md": "The quick zone (QZ) and the Recovery Table Overview (rto).",
    "emphasis.md": "The queue **z**one e**x**change (**Q**Z*X*).",
    "tags.md": "Carbon dioxide (C<b>O</b>2), and `Q`*ZY* stands for queue zone yard.",
    "numbers.md": "The queue frame length (&#81;FL).",
    "soft.md": "The quiet bus line (Q\u00adB\u200bL).",
    "link.md": "The quiet gate list ([QG](https://example.com/qg)L).",
    "words.md": "It needs polymerase II (Pol\nII), and input/output and continuous delivery (IO/CD).",
    "list.rst": "Carbon monoxide (C\\ :sub:`O`).\n\n:abbr:`QWX (queue worker exit)`",
    "wide.md": "\u4e16\u754c\u5356\u6613\u673a\u5173 (WTO), and the Z\u00fcrcher Ordnung (Z\u00d6).",
    "use.md": "The RTO, the QZX, the JSON.",
}


def space(texts: dict[str, str] = TEXTS) -> tuple[Workspace, MemoryFiles]:
    files = MemoryFiles({f"/ws/{name}": text for name, text in texts.items()})
    return Workspace(files, ["/ws"]), files


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the name of each document that is parsed."""
    names: list[str] = []
    read = folder_definitions.read

    def reading(path: str, source: str, language: str) -> Iterator[None]:
        names.append(path.rpartition("/")[2])
        return read(path, source, language)

    monkeypatch.setattr(folder_definitions, "read", reading)
    return names


def test_a_search_finds_what_the_index_has() -> None:
    whole, _ = space()
    whole.read_definitions()
    expected = whole.definition_index.definitions_of("/ws")
    shorts = {
        each.short
        for name, text in TEXTS.items()
        for each in definition_search.result_of(
            folder_definitions.read(name, text, "restructuredtext" if name.endswith(".rst") else "markdown")
        )
    }
    assert {"RTO", "rto", "QZX", "QZY", "QFL", "QBL", "QGL", "Pol II", "QWX"} <= shorts
    for short in sorted(shorts):
        searched, _ = space()
        searched.definition_index.search("/ws")
        found = searched.definition_index.definitions_of("/ws")
        assert found.find(short, "/ws/use.md") == expected.find(short, "/ws/use.md") != ()


def test_only_documents_that_hold_the_acronym_are_parsed(parsed: list[str]) -> None:
    workspace, _ = space({"a.md": "The RTO and HRTO.", "b.md": "The PRTO, RTOX, R T O.", "c.md": "An RTO's."})
    workspace.definition_index.search("/ws")
    found = workspace.definition_index.definitions_of("/ws")
    assert found.find("RTO") == found.find("RTO") == ()
    assert sorted(parsed) == ["a.md", "c.md"]


def test_a_document_is_parsed_once_for_several_checks(parsed: list[str]) -> None:
    first, files = space()
    first.definition_index.search("/ws")
    expected = first.definition_index.definitions_of("/ws").find("RTO")
    first.definition_index.keep("/ws")
    assert "plain.md" in parsed
    parsed.clear()
    again = Workspace(files, ["/ws"])
    again.definition_index.search("/ws")
    found = again.definition_index.definitions_of("/ws")
    assert isinstance(found, SearchedDefinitions)
    assert found.find("RTO") == expected
    assert parsed == []
    assert not found.is_new


def test_after_many_acronyms_every_document_is_parsed(parsed: list[str]) -> None:
    workspace, _ = space()
    workspace.definition_index.search("/ws")
    found = workspace.definition_index.definitions_of("/ws")
    for number in range(70):
        found.find(f"QX{number}")
    assert sorted(parsed) == sorted(TEXTS)
