"""Links in a repository do not lead out of it, and what a repository ignores is not used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from glossary_ls.base import paths
from glossary_ls.vfs.files import DiskFiles, cache_folder, decoded, user_folder
from glossary_ls.vfs.ignore import Ignore
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from glossary_ls.vfs.files import FolderItem, Signature


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_linked_configuration_and_ignore_files_are_not_read(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "ws"
    outside.mkdir()
    inside.mkdir()
    (outside / "glossary-ls.toml").write_text("packs = []\n")
    (outside / "ignore").write_text("*.md\n" * 6_000)
    (inside / "glossary-ls.toml").symlink_to(outside / "glossary-ls.toml")
    (inside / ".gitignore").symlink_to(outside / "ignore")
    root = paths.normal(str(inside))
    workspace = Workspace(DiskFiles(), [root])
    assert workspace.settings_of(f"{root}/a.md").packs
    rules = Ignore(DiskFiles(), root)
    assert not rules.matches(f"{root}/a.md", is_folder=False)
    # Not even the number of its patterns is told.
    assert rules.problem(root) is None


def test_a_glossary_that_becomes_ignored_is_no_longer_used() -> None:
    files = MemoryFiles({"/ws/glossary.yaml": "SLO: Service Level Objective\n", "/ws/a.md": ""})
    workspace = Workspace(files, ["/ws"])
    workspace.configure({"packs": []})
    assert workspace.glossary_of("/ws/a.md").senses("SLO")
    files.put("/ws/.gitignore", "glossary.yaml\n")
    workspace.changed(["/ws/.gitignore"])
    assert not workspace.glossary_of("/ws/a.md").senses("SLO")


@pytest.mark.parametrize("home", ["", ".", "home", "../home"])
def test_no_folder_of_the_user_is_below_the_current_one(home: str) -> None:
    for platform in ("linux", "darwin", "win32"):
        assert user_folder(platform, {"HOME": home}) == ""
        assert cache_folder(platform, {"HOME": home}) == ""


def test_an_encoding_is_named_in_full() -> None:
    (problem,) = decoded(b"\xff\xfea", "/ws/a.md").problems
    assert problem.message == "a.md is not valid UTF-16: save it as UTF-8"


def test_a_place_outside_that_a_repository_names_is_neither_listed_nor_looked_up() -> None:
    class Watched(MemoryFiles):
        def list_folder(self, folder: str) -> Sequence[FolderItem]:
            assert paths.is_within(folder, "/ws"), folder
            return super().list_folder(folder)

        def signature(self, path: str) -> Signature | None:
            assert paths.is_within(path, "/ws"), path
            return super().signature(path)

        def resolve(self, path: str) -> str:
            # Windows sends the user's credentials to a server whose share is looked up.
            assert not path.startswith("//"), path
            return super().resolve(path)

    named = "['//server/share/a.yaml', '\\\\\\\\server\\\\share', '/secret', '../secret/a.yaml']"
    files = Watched(
        {
            "/ws/glossary-ls.toml": f"sources = {named.replace(chr(39), chr(34))}\n",
            "/ws/glossary.yaml": f"extends: {named}\nterms: [SLO]\n",
            "/secret/a.yaml": "SLO: Secret\n",
        }
    )
    workspace = Workspace(files, ["/ws"])
    workspace.open("file:///ws/a.md", "markdown", 1, "The SLO.\n")
    assert workspace.findings("file:///ws/a.md") is not None
    settings, glossary = (
        workspace.findings(f"file:///ws/{name}") for name in ("glossary-ls.toml", "glossary.yaml")
    )
    assert settings is not None
    assert settings.problems
    assert glossary is not None
    assert str(glossary.problems).count("is not in the workspace folder /ws") == 4
    assert [term.name for term in workspace.glossary_of("/ws/a.md").senses("SLO")] == ["SLO"]
    workspace.poll()
