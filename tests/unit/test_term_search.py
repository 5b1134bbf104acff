"""The search for terms: which documents are looked at, and when they are read again."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from glossary_ls.base import paths
from glossary_ls.base.text import Encoding
from glossary_ls.features.library import LeftOut
from glossary_ls.features.references import references
from glossary_ls.features.rename import Refusal, rename
from glossary_ls.vfs.files import DiskFiles, data_path
from glossary_ls.workspace import check_all, file_index
from glossary_ls.workspace import term_search as module
from glossary_ls.workspace.term_search import WorkspaceLibrary
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles
from tests.pointing import places

if TYPE_CHECKING:
    from pathlib import Path

ROOT = "/ws"


class Counting(MemoryFiles):
    """Files that count how often each is read."""

    def __init__(self, files: dict[str, str]) -> None:
        self.reads: list[str] = []
        super().__init__({f"{ROOT}/{name}": text for name, text in files.items()})

    def read(self, path: str) -> bytes:
        self.reads.append(path.removeprefix(f"{ROOT}/"))
        return super().read(path)


class World:
    """A workspace with one open document that names a term."""

    def __init__(self, **files: str) -> None:
        named = {f"{name}.md": text for name, text in files.items()}
        self.files = Counting({"glossary.yaml": "SLO: Service Level Objective\n", **named})
        self.time = 0.0
        self.workspace = Workspace(self.files, [ROOT], Encoding.UTF32, lambda: self.time)
        self.library = WorkspaceLibrary(self.workspace)
        self.workspace.open(f"file://{ROOT}/open.md", "markdown", 1, "SLO")

    def found(self) -> list[str]:
        document = self.workspace.snapshot(f"file://{ROOT}/open.md")
        assert document is not None
        found = references(document, 1, self.library, declaration=False)
        return [path.removeprefix(f"{ROOT}/") for path, _ in places(found)]


def test_only_documents_with_a_word_of_the_term_are_scanned_and_each_once() -> None:
    world = World(a="An SLO.", b="Nothing.", c="service level objectives")
    assert world.found() == ["open.md", "a.md", "c.md"]
    world.files.reads.clear()
    assert world.found() == ["open.md", "a.md", "c.md"]
    assert not {"a.md", "c.md"} & set(world.files.reads)


def test_a_known_file_that_changes_behind_its_signature_is_left_out() -> None:
    others = {f"b{number:02}": "An SLO." for number in range(module._MOST_TEXTS)}
    world = World(a="An SLO.", **others)
    assert "a.md" in world.found()

    class Changing(Counting):
        def signature(self, path: str) -> tuple[int, int] | None:
            known = super().signature(path)
            if path == f"{ROOT}/a.md" and not self.reads:
                self.reads.append("once")
                self.put(path, "Some more, and then an SLO.")
            return known

    world.files.reads.clear()
    world.files.__class__ = Changing
    assert "a.md" not in world.found()
    assert "a.md" in world.found()


def test_a_file_that_is_not_utf_8_is_left_out() -> None:
    world = World(a="An SLO.")
    world.files.put(f"{ROOT}/b.md", "Die gr\xf6\xdfte SLO.".encode("latin-1"))
    assert world.found() == ["open.md", "a.md"]
    document = world.workspace.snapshot(f"file://{ROOT}/open.md")
    assert document is not None
    steps = references(document, 1, world.library, declaration=False)
    left_out = [step for step in steps if isinstance(step, LeftOut)]
    assert left_out == [LeftOut(f"{ROOT}/b.md", "it cannot be read as UTF-8")]


def test_a_changed_file_is_read_again() -> None:
    world = World(a="An SLO.")
    assert world.found() == ["open.md", "a.md"]
    world.files.put(f"{ROOT}/a.md", "No more.")
    assert world.found() == ["open.md"]


def test_a_changed_glossary_counts() -> None:
    world = World(a="An SLO and an SLT.")
    assert world.found() == ["open.md", "a.md"]
    world.files.put(f"{ROOT}/glossary.yaml", "SLT: Service Level Target\n")
    world.workspace.changed([f"{ROOT}/glossary.yaml"])
    world.workspace.change(f"file://{ROOT}/open.md", 2, [(None, None, "SLT")])
    assert world.found() == ["open.md", "a.md"]


def test_a_new_file_is_found_after_a_moment_and_one_that_is_gone_is_left_out() -> None:
    world = World(a="An SLO.")
    assert world.found() == ["open.md", "a.md"]
    world.files.put(f"{ROOT}/b.md", "An SLO.")
    world.files.remove(f"{ROOT}/a.md")
    world.time = 10.0
    assert world.found() == ["open.md", "b.md"]


def test_large_files_are_left_out() -> None:
    world = World(a="SLO " * (file_index.LARGEST // 4 + 1))
    assert world.found() == ["open.md"]


def test_an_open_document_counts_as_it_stands_in_the_editor() -> None:
    world = World(a="An SLO.")
    world.workspace.open(f"file://{ROOT}/a.md", "markdown", 1, "Nothing.")
    assert world.found() == ["open.md"]
    world.workspace.change(f"file://{ROOT}/a.md", 2, [(None, None, "SLO, SLO")])
    assert world.found() == ["open.md", "a.md", "a.md"]


def test_outside_of_all_folders_nothing_on_the_disk_is_looked_at() -> None:
    files = Counting({"a.md": "GPU", "b.md": "GPU"})
    workspace = Workspace(files, [], Encoding.UTF32)
    workspace.open(f"file://{ROOT}/a.md", "markdown", 1, "GPU")
    document = workspace.snapshot(f"file://{ROOT}/a.md")
    assert document is not None
    found = references(document, 1, WorkspaceLibrary(workspace), declaration=False)
    assert [path for path, _ in places(found)] == [f"{ROOT}/a.md"]
    assert not files.reads


def test_the_packs_can_be_read() -> None:
    world = World()
    text = world.library.text(data_path("packs/common-tech.yaml"))
    assert text is not None
    assert "terms:" in text.source
    assert world.library.text(f"{ROOT}/none.md") is None


def test_a_closed_document_mentions_what_it_does_when_it_is_open() -> None:
    text = "# The SLO\n\n> SLOs and a service\n> level objective, `SLO_X`.\n\n- <b>SLO</b>\n"
    closed, opened = World(a=text), World(a=text)
    opened.workspace.open(f"file://{ROOT}/a.md", "markdown", 1, text)
    assert len(closed.found()) == 5
    assert sorted(closed.found()) == sorted(opened.found())


@pytest.fixture(params=["link", "hard link"])
def twice(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A folder with one document under two names, `AGENTS.md` and `CLAUDE.md`."""
    (tmp_path / "glossary.yaml").write_text("SLO: Service Level Objective\n")
    (tmp_path / "AGENTS.md").write_text("An SLO.")
    (tmp_path / "other.md").write_text("SLO")
    if request.param == "link":
        (tmp_path / "CLAUDE.md").symlink_to("AGENTS.md")
    else:
        os.link(tmp_path / "AGENTS.md", tmp_path / "CLAUDE.md")
    return paths.normal(str(tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize(
    ("opened", "edited"),
    [
        ((), "AGENTS.md"),
        (("AGENTS.md",), "AGENTS.md"),
        (("CLAUDE.md",), "CLAUDE.md"),
        (("AGENTS.md", "CLAUDE.md"), "CLAUDE.md"),
        (("CLAUDE.md", "AGENTS.md"), "AGENTS.md"),
    ],
)
def test_a_file_with_two_paths_is_edited_and_counted_once(
    twice: str, opened: tuple[str, ...], edited: str
) -> None:
    workspace = Workspace(DiskFiles(), [twice], Encoding.UTF32)
    workspace.configure({"packs": []})
    for name in ("other.md", *opened):
        workspace.open(
            paths.to_uri(f"{twice}/{name}"), "markdown", 1, "SLO" if name == "other.md" else "An SLO."
        )
    for asked in ("other.md", *opened):
        document = workspace.snapshot(paths.to_uri(f"{twice}/{asked}"))
        assert document is not None
        found = rename(document, document.text.source.index("SLO"), WorkspaceLibrary(workspace), "SLX")
        assert found is not None
        assert not isinstance(found, Refusal)
        changed = [paths.name(each.path) for each in found.files if each and not isinstance(each, LeftOut)]
        assert sorted(changed) == sorted(
            ["glossary.yaml", "other.md", asked if asked != "other.md" else edited]
        )
    checked = [path for path in check_all.files_below(workspace) if path]
    assert len(checked) == 3
    assert (f"{twice}/{edited}" in checked) is (len(opened) < 2 or edited == "AGENTS.md")
    if opened:
        assert check_all.uses_in_open(workspace).total() == 2


@pytest.mark.parametrize("view", ["git:/ws/a.md?x", "gitlens://x/ws/a.md", "review:/a.md"])
def test_views_of_documents_are_not_searched(view: str) -> None:
    world = World(a="An SLO.")
    world.workspace.open("untitled:Untitled-1", "markdown", 1, "SLO")
    world.workspace.open("vscode-notebook-cell:/ws/n.ipynb#a", "markdown", 1, "SLO", f"{ROOT}/n.ipynb")
    expected = sorted(["open.md", "a.md", "untitled:Untitled-1", "vscode-notebook-cell:/ws/n.ipynb#a"])
    assert sorted(world.found()) == expected
    world.workspace.open(view, "markdown", 1, "SLO")
    assert sorted(world.found()) == expected
    document = world.workspace.snapshot(view)
    assert document is not None
    found = references(document, 1, world.library, declaration=False)
    assert sorted(path.removeprefix(f"{ROOT}/") for path, _ in places(found)) == expected
    assert check_all.uses_in_open(world.workspace).total() == 3
