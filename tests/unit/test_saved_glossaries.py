"""What is saved of a large glossary says the same as its text, and is used for no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from glossary_ls.base import paths
from glossary_ls.base.dataclass import fields, replace
from glossary_ls.base.text import Text
from glossary_ls.glossary import formats, saved
from glossary_ls.glossary.store import Store
from glossary_ls.matching.spellings import patterns_of
from glossary_ls.vfs.files import DiskFiles, read_text
from tests.bench.large_glossaries import file_of
from tests.memory_files import MemoryFiles
from tests.unit.test_glossary_fixtures import FILES, FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from glossary_ls.glossary.model import GlossaryFile

PATH = "/ws/archive.glossary.yaml"
TEXT = file_of("yaml", 100_000)[1].decode()
STAMP = "as it is now"


def _read(path: Path) -> GlossaryFile:
    name = paths.normal(str(path))
    source = read_text(DiskFiles(), name, is_legacy=formats.is_legacy(name))
    return formats.parse(name, Text(source.text), path.relative_to(FOLDER).parts[0])


def _form(file: GlossaryFile) -> str:
    return "\n".join(saved.dump(file, STAMP))


def _assert_equal(found: GlossaryFile | None, expected: GlossaryFile) -> None:
    assert found is not None
    for each in fields(expected):
        if each.name not in {"items", "patterns"}:
            assert getattr(found, each.name) == getattr(expected, each.name)
    assert len(found.items) == len(expected.items)
    for entry, other in zip(found.items, expected.items, strict=True):
        for each in fields(other):
            assert getattr(entry, each.name) == getattr(other, each.name)
        assert entry.names == other.names
    assert len({id(term) for term in found.terms}) == len(found.terms)
    names = {row.name for entry in expected.items for row in entry.names}
    assert dict(saved.patterns(found.patterns)) == {name: patterns_of(name) for name in names}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_both_forms_of_a_glossary_are_equal(path: Path) -> None:
    file = _read(path)
    _assert_equal(saved.load(file.path, file.text, STAMP, _form(file)), file)


def test_both_forms_of_many_entries_are_equal() -> None:
    file = formats.parse(PATH, Text(TEXT))
    _assert_equal(saved.load(PATH, file.text, STAMP, _form(file)), file)


def test_an_entry_with_an_equal_term_stays_as_it_is() -> None:
    file = formats.parse(PATH, Text(TEXT))
    found = saved.load(PATH, file.text, STAMP, _form(file))
    assert found is not None
    entry = found.items[-1].with_term(file.items[-1].term)
    assert entry.term is file.items[-1].term
    assert (entry.span, entry.values) == (file.items[-1].span, file.items[-1].values)


def test_a_form_is_used_for_nothing_else() -> None:
    file = formats.parse(PATH, Text(TEXT))
    form = _form(file)
    assert saved.load(PATH, Text(TEXT + "\n"), STAMP, form) is None
    assert saved.load(PATH, file.text, "of another program", form) is None
    assert saved.load("/ws/other.yaml", file.text, STAMP, form) is None


@pytest.mark.parametrize("number", range(8))
def test_a_damaged_form_is_not_used(number: int) -> None:
    file = formats.parse(PATH, Text(TEXT))
    form = _form(file)
    at = number * len(form) // 8
    for damaged in (form[:at], form[:at] + form[at + 1 :], f"{form[:at]}\x00{form[at + 1 :]}"):
        assert saved.load(PATH, file.text, STAMP, damaged) is None


def test_an_entry_that_says_more_than_its_text_is_not_saved() -> None:
    file = formats.parse(PATH, Text(TEXT))
    assert _form(file)
    first = replace(file.items[0], source="of another text")
    assert not saved.dump(replace(file, items=(first, *file.items[1:])), STAMP)


# --- in the store -----------------------------------------------------------------------------------------


def _names(store: Store) -> list[str]:
    stored = store.get(PATH)
    assert stored is not None
    return [term.name for term in stored.file.terms]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Save small glossaries as well, and return the paths of those that are parsed."""
    found: list[str] = []
    parse = formats.parse

    def recorded(path: str, text: Text, format_id: str = "") -> GlossaryFile:
        found.append(path)
        return parse(path, text, format_id)

    monkeypatch.setattr(saved, "WORTH", 0)
    monkeypatch.setattr(formats, "parse", recorded)
    return found


def test_the_next_start_parses_nothing(parsed: list[str]) -> None:
    files = MemoryFiles({PATH: TEXT})
    names = _names(Store(files, lambda _: None))
    assert _names(Store(files, lambda _: None)) == names
    assert len(parsed) == 1
    files.put(PATH, TEXT.replace("amber anchor audit", "amber anchor quiz"))
    assert _names(Store(files, lambda _: None))[0] == "amber anchor quiz"
    assert len(parsed) == 2


def test_a_server_saves_what_it_has_read_and_shows(
    parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossary_ls.glossary.store.AT_ONCE", 0)
    files = MemoryFiles({PATH: TEXT})
    for _ in range(2):
        store = Store(files, lambda _: None)
        waiting: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []
        store.background = lambda work, done, waiting=waiting: waiting.append((work, done))
        assert _names(store) == []
        while waiting:
            work, done = waiting.pop()
            done(work())
            assert len(_names(store)) == TEXT.count("- term:")
    assert len(parsed) == 1


def test_the_text_of_an_editor_is_not_saved(parsed: list[str]) -> None:
    files = MemoryFiles({PATH: "terms: []\n"})
    text = Text(TEXT)
    names = _names(Store(files, lambda _: text))
    assert _names(Store(files, lambda _: text)) == names
    assert len(parsed) == 2


def test_small_glossaries_are_not_saved(parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "WORTH", len(TEXT) + 1)
    files = MemoryFiles({PATH: TEXT})
    for _ in range(2):
        _names(Store(files, lambda _: None))
    assert len(parsed) == 2


def test_a_file_that_was_touched_keeps_its_layer(parsed: list[str]) -> None:
    files = MemoryFiles({PATH: TEXT})
    store = Store(files, lambda _: None)
    before = store.get(PATH)
    files.put(PATH, TEXT)
    store.mark(PATH)
    after = store.get(PATH)
    assert before is not None
    assert after is not None
    assert after.source is before.source
    assert [entry.term for entry in after.file.items] == [entry.term for entry in before.file.items]
    assert all(map(lambda one, other: one.term is other.term, after.file.items, before.file.items))
    assert len(parsed) == 1


def test_a_glossary_of_too_many_entries_is_neither_used_nor_saved(
    parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossary_ls.glossary.store._MOST_ENTRIES", 20)
    files = MemoryFiles({PATH: TEXT})
    count = TEXT.count("- term:")
    stored = Store(files, lambda _: None).get(PATH)
    assert stored is not None
    assert stored.file.terms == ()
    (problem,) = stored.problems
    assert f"archive.glossary.yaml has {count} entries, more than the limit of 20" in problem.message
    assert files.read_cache(saved.name_of(PATH, "")) is None
    monkeypatch.setattr("glossary_ls.glossary.store._MOST_ENTRIES", count)
    assert len(_names(Store(files, lambda _: None))) == count
    assert len(parsed) == 2
