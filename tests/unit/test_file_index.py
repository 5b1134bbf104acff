"""The file index: a folder is walked once, and again when its listing may be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glossary_ls.workspace import file_index
from glossary_ls.workspace.file_index import FileIndex, Listing
from tests.memory_files import MemoryFiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.vfs.files import FolderItem


class Counting(MemoryFiles):
    """Counts the folders that are listed."""

    listed = 0

    def list_folder(self, folder: str) -> Sequence[FolderItem]:
        self.listed += 1
        return super().list_folder(folder)


class World:
    """An index of a small folder, and a clock."""

    def __init__(self) -> None:
        names = ("a.md", "glossary.yaml", "code.py", "sub/b.rst", "sub/team.glossary.yml")
        self.files = Counting({f"/ws/{name}": "" for name in names})
        self.time = 0.0
        self.index = FileIndex(self.files, lambda: self.time)

    def listing(self) -> Listing:
        steps = self.index.listing("/ws")
        while True:
            try:
                next(steps)
            except StopIteration as stop:
                found: Listing = stop.value
                return found


def test_documents_and_glossaries_are_listed() -> None:
    world = World()
    assert world.listing().documents == ("/ws/a.md", "/ws/sub/b.rst")
    assert world.listing().glossaries == ("/ws/glossary.yaml", "/ws/sub/team.glossary.yml")
    assert world.listing().is_whole
    assert world.files.listed == 2


def test_without_reports_a_listing_is_taken_to_be_right_for_a_while() -> None:
    world = World()
    first = world.listing()
    world.time = file_index.FRESH
    assert world.listing() is first
    world.time += 0.1
    world.files.put("/ws/new.md", "")
    assert "/ws/new.md" in world.listing().documents


@pytest.mark.parametrize(
    ("name", "is_news"), [("new.md", True), ("sub", True), ("a.md", False), ("code.py", False)]
)
def test_with_reports_a_folder_is_walked_again_when_its_listing_is_wrong(name: str, *, is_news: bool) -> None:
    world = World()
    world.index.is_watched = True
    first = world.listing()
    world.time = 1e9
    world.index.changed(["/elsewhere/new.md"])
    assert world.listing() is first
    if name == "new.md":
        world.files.put(f"/ws/{name}", "")
    world.index.changed([f"/ws/{name}"])
    assert (world.listing() is not first) is is_news


def test_a_deleted_document_is_no_longer_listed() -> None:
    world = World()
    world.index.is_watched = True
    world.listing()
    world.files.remove("/ws/a.md")
    world.index.changed(["/ws/a.md"])
    assert world.listing().documents == ("/ws/sub/b.rst",)


def test_the_limit_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_index, "MOST_DOCUMENTS", 1)
    found = World().listing()
    assert found.documents == ("/ws/a.md",)
    assert not found.is_whole
