"""Reuse: what did not change is not parsed, compiled, scanned or checked again."""

from __future__ import annotations

from cProfile import Profile
from string import ascii_uppercase
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from glossary_ls.analysis import folder_definitions
from glossary_ls.analysis import scan as scan_module
from glossary_ls.analysis.scan import scan, scan_later
from glossary_ls.base.text import Text
from glossary_ls.glossary import formats, layer
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.glossary.index import build, merged
from glossary_ls.glossary.model import source_of
from glossary_ls.glossary.store import Store
from glossary_ls.matching import matcher
from glossary_ls.workspace.findings import check, preparing
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.matching.spellings import Name

SOURCE = "".join(f"- {{term: name{number}, expansion: Term {number}}}\n" for number in range(9))
PATH, YAML, DOC = "/ws/glossary.yaml", "file:///ws/glossary.yaml", "file:///ws/a.md"


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Callable[[object, str], Mock]:
    def wrapped(owner: object, name: str) -> Mock:
        found = Mock(wraps=getattr(owner, name))
        monkeypatch.setattr(owner, name, found)
        return found

    return wrapped


@pytest.fixture
def compiled(spy: Callable[[object, str], Mock]) -> Callable[[], list[list[str]]]:
    """Return the names that were compiled since the last call, for each compilation."""
    calls = spy(matcher, "Compiled")

    def names() -> list[list[str]]:
        found: list[tuple[Name, ...]] = [call.args[0] for call in calls.mock_calls]
        calls.reset_mock()
        return [sorted(name.text for name in each) for each in found]

    return names


def workspace(text: str = "name1") -> Workspace:
    space = Workspace(MemoryFiles({PATH: SOURCE}), ["/ws"])
    space.configure({"packs": []})
    space.open(DOC, "markdown", 1, text)
    return space


def test_an_edited_glossary_compiles_only_its_new_names(compiled: Callable[[], list[list[str]]]) -> None:
    glossary = build([read(PATH, SOURCE)])
    glossary.find("name1")
    other = build([read("/ws/other.yaml", "- other\n")])
    other.find("other")
    compiled()
    for name, expected in (("second", [["second"]]), ("third", [["third"]]), ("name1", [])):
        file = read(PATH, SOURCE.replace("name1,", f"{name},"))
        # The version in between was never searched, and passes on what it was given.
        glossary = build([file], [other, build([file], [glossary])])
        assert glossary.find(name)
        assert compiled() == expected


def test_the_matcher_of_an_earlier_glossary_is_not_kept() -> None:
    earlier = build([read(PATH, SOURCE)])
    earlier.find("name1")
    later = build([read(PATH, SOURCE + "- new\n")], [earlier])
    assert later.compiled is earlier.compiled
    later.find("new")
    assert all(kept is not earlier.compiled for kept in vars(later).values())


def test_an_edited_glossary_file_compiles_only_its_new_names(
    compiled: Callable[[], list[list[str]]],
) -> None:
    space = workspace()
    space.open(YAML, "yaml", 1, SOURCE)
    assert space.snapshot(DOC)
    compiled()
    for version, name in enumerate(("second", "third"), 2):
        space.change(YAML, version, [(None, None, SOURCE.replace("name1,", f"{name},"))])
        assert space.snapshot(DOC)
        assert compiled() == [[name]]


def test_the_names_of_an_unchanged_layer_are_indexed_once(spy: Callable[[object, str], Mock]) -> None:
    own, other = source_of(read(PATH, SOURCE)), source_of(read("/ws/other.yaml", "- other\n"))
    assert merged([own, other]).term("other")
    indexed = spy(layer, "Names")
    assert merged([source_of(read(PATH, SOURCE + "- new\n")), other]).term("new")
    assert indexed.call_count == 1


def test_the_text_of_a_glossary_file_is_parsed_once(spy: Callable[[object, str], Mock]) -> None:
    texts = {PATH: Text(SOURCE)}
    store = Store(MemoryFiles({"/ws/closed.yaml": "- one\n"}), texts.get)
    parsed = spy(formats, "parse")
    for path in (PATH, PATH, "/ws/closed.yaml", "/ws/closed.yaml"):
        assert store.get(path)
    assert parsed.call_count == 2
    texts[PATH] = Text(SOURCE)
    store.mark("/ws/closed.yaml")
    for path in (PATH, "/ws/closed.yaml"):
        assert store.get(path)
    assert parsed.call_count == 4


def test_equal_entries_of_two_files_are_two_terms() -> None:
    first, second = read(PATH, "- one\n"), read("/ws/other.yaml", "- one\n")
    assert first.terms[0] is not second.terms[0]
    assert read(PATH, "# x\n- one\n").terms[0] is first.terms[0]


def test_another_glossary_makes_no_block_be_parsed_again(spy: Callable[[object, str], Mock]) -> None:
    before = scan(Text("name1\n\nnew\n"), "markdown", build([read(PATH, SOURCE)]))
    scanned = spy(scan_module, "_scan_block")
    after = scan(before.text, "markdown", build([read(PATH, SOURCE + "- new\n")]), before)
    assert len(after.mentions) == 2
    assert not scanned.called


def test_a_glossary_file_is_scanned_as_prose_on_demand(spy: Callable[[object, str], Mock]) -> None:
    scanned = spy(scan_module, "_scan_block")
    first = scan_later(Text("name1"), "yaml", build([read(PATH, SOURCE)]))
    again = scan_later(Text("name1"), "yaml", build([read(PATH, SOURCE)]), first)
    assert not scanned.called
    assert again.mentions == scan(again.text, "yaml", again.glossary).mentions


def test_definitions_of_an_unchanged_document_are_recorded_once(spy: Callable[[object, str], Mock]) -> None:
    space = workspace("a recovery point objective (RPO)")
    recorded = spy(folder_definitions, "of_document")
    for _ in range(2):
        space.record_definitions(DOC)
    assert recorded.call_count == 1
    known = space.definition_index.definitions_of("/ws")
    assert [found.path for found in known.find("RPO")] == ["/ws/a.md"]
    space.change(DOC, 2, [((0, 33), (0, 33), "\n\nMore text.")])
    space.record_definitions(DOC)
    assert recorded.call_count == 2
    assert space.definition_index.definitions_of("/ws") is known


def test_an_unchanged_document_is_checked_once() -> None:
    space = workspace("The QXZT.")
    found = space.findings(DOC)
    assert found is not None
    assert space.findings(DOC) is found
    space.change(DOC, 2, [((0, 0), (0, 0), "x ")])
    assert space.findings(DOC) is not found


def test_the_check_of_a_prepared_document_only_combines() -> None:
    unknown = "".join(f"The QX{letter}Z is a queue zone (EQ{letter}).\n\n" for letter in ascii_uppercase)
    calls = {}
    for is_prepared in (False, True):
        document = Workspace(MemoryFiles(), ["/ws"]).analyze("/ws/a.md", "markdown", Text(unknown * 12))
        for _ in preparing(document) if is_prepared else ():
            pass
        profile = Profile()
        found = profile.runcall(check, document)
        assert len(found.problems) >= len(ascii_uppercase)
        calls[is_prepared] = sum(entry.callcount for entry in profile.getstats())
    assert calls[True] < calls[False] / 4, calls
