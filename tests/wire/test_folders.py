"""Folders and files over the wire: several roots, none at all, and files that are moved in the editor."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from glossary_ls.base import paths
from glossary_ls.vfs.files import DiskFiles
from tests.memory_files import MemoryFiles
from tests.wire.harness import WireClient, merged, uri

if TYPE_CHECKING:
    from pathlib import Path

OPERATIONS: dict[str, Any] = {
    "workspace": {"fileOperations": {"didCreate": True, "didRename": True, "didDelete": True}}
}


def meaning(client: WireClient, target: str, text: str = "The QXZT.") -> str:
    client.open(target, "markdown", text)
    found = client.hover(target, 0, 5)
    client.close(target)
    return found.split("\n")[0].partition(" \u2014 ")[2] if found else ""


def glossary(expansion: str) -> str:
    return f"terms:\n- term: QXZT\n  expansion: {expansion}\n"


def test_the_innermost_root_counts_and_names_that_begin_alike_do_not() -> None:
    files = MemoryFiles(
        {
            "/ws/a/glossary.yaml": glossary("In A"),
            "/ws/ab/glossary.yaml": glossary("In AB"),
            "/ws/a/deep/glossary.yaml": glossary("Deep"),
            "/ws/a/deep/glossary-ls.toml": "hover.enabled = false",
        }
    )
    client = WireClient(files=files, roots=("/ws/a", "/ws/ab"))
    assert meaning(client, "file:///ws/a/x.md") == "In A"
    assert meaning(client, "file:///ws/ab/x.md") == "In AB"
    assert meaning(client, "file:///ws/abc/x.md") == ""
    assert meaning(client, "file:///ws/a/deep/x.md") == "Deep"
    added = {"added": [{"uri": "file:///ws/a/deep", "name": "deep"}], "removed": []}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": added})
    assert meaning(client, "file:///ws/a/deep/x.md") == ""
    client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": added["added"]}})
    assert meaning(client, "file:///ws/a/deep/x.md") == "Deep"


def test_a_folder_that_is_taken_away_takes_its_glossary_with_it() -> None:
    files = MemoryFiles({"/ws/a/glossary.yaml": glossary("In A"), "/ws/b/glossary.yaml": glossary("In B")})
    client = WireClient(files=files, roots=("/ws/a", "/ws/b"))
    target = "file:///ws/b/sub/x.md"
    assert meaning(client, target) == "In B"
    event = {"added": [], "removed": [{"uri": "file:///ws/b", "name": "b"}]}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": event})
    assert meaning(client, target) == ""


def test_without_a_folder_there_are_the_packs_and_the_users_glossary() -> None:
    files = MemoryFiles({"/home/me/glossary.yaml": glossary("My own")}, user_folder="/home/me")
    client = WireClient(files=files, roots=())
    for target in ("file:///tmp/x.md", "untitled:Untitled-1"):
        assert meaning(client, target) == "My own"
        assert meaning(client, target, "The GPU.")
        client.open(target, "markdown", "The QVZT.")
        assert [item["code"] for item in client.diagnostics(target)] == ["unknown-acronym"]
        client.close(target)


def test_a_file_by_itself_has_the_glossary_beside_it() -> None:
    files = MemoryFiles({"/tmp/notes/glossary.yaml": glossary("Beside")})  # noqa: S108  because it is in memory
    client = WireClient(files=files, roots=())
    assert meaning(client, "file:///tmp/notes/x.md") == "Beside"


def test_operations_on_files_are_wanted_from_clients_that_tell_of_them() -> None:
    asked = WireClient(capabilities=OPERATIONS).initialized["capabilities"]["workspace"]["fileOperations"]
    assert set(asked) == {"didCreate", "didRename", "didDelete"}
    assert not WireClient().initialized["capabilities"]["workspace"].get("fileOperations")


@pytest.mark.parametrize("name", ["glossary.yaml", ".glossary/team.yaml"])
def test_a_glossary_that_is_created_renamed_and_deleted(name: str) -> None:
    client = WireClient(capabilities=OPERATIONS, files={"x.txt": ""})
    target = uri("a.md")
    assert meaning(client, target) == ""
    client.files.put(f"/ws/{name}", glossary("New"))
    client.notify("workspace/didCreateFiles", {"files": [{"uri": uri(name)}]})
    assert meaning(client, target) == "New"
    client.files.remove(f"/ws/{name}")
    client.files.put("/ws/sub/glossary.yaml", glossary("New"))
    moved = {"oldUri": uri(name), "newUri": uri("sub/glossary.yaml")}
    client.notify("workspace/didRenameFiles", {"files": [moved]})
    assert meaning(client, target) == ""
    assert meaning(client, uri("sub/a.md")) == "New"
    client.files.remove("/ws/sub/glossary.yaml")
    client.notify("workspace/didDeleteFiles", {"files": [{"uri": uri("sub/glossary.yaml")}]})
    assert meaning(client, uri("sub/a.md")) == ""


def test_a_folder_that_is_renamed_takes_what_is_in_it_along() -> None:
    client = WireClient(
        capabilities=merged(OPERATIONS),
        files={"old/glossary.yaml": glossary("Moved"), "old/b.md": "Queue Transfer Zone (QTZ)."},
    )
    target = uri("c.md")
    client.open(target, "markdown", "The QTZ.")
    assert client.diagnostics(target)[0]["relatedInformation"][0]["location"]["uri"] == uri("old/b.md")
    assert meaning(client, uri("old/x.md")) == "Moved"
    assert meaning(client, uri("new/x.md")) == ""
    for name in ("glossary.yaml", "b.md"):
        client.files.put(f"/ws/new/{name}", client.files.read(f"/ws/old/{name}"))
        client.files.remove(f"/ws/old/{name}")
    client.notify("workspace/didRenameFiles", {"files": [{"oldUri": uri("old"), "newUri": uri("new")}]})
    assert meaning(client, uri("new/x.md")) == "Moved"
    assert meaning(client, uri("old/x.md")) == ""
    assert client.diagnostics(target)[0]["relatedInformation"][0]["location"]["uri"] == uri("new/b.md")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_document_is_one_of_the_folder_whether_or_not_links_are_resolved(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    (real / "glossary.yaml").write_text(glossary("Here"))
    (real / "b.md").write_text("The QXZT and the XQVZ.")
    link.symlink_to(real)
    client = WireClient(files=DiskFiles(), roots=(paths.normal(str(link)),))
    target = paths.to_uri(paths.normal(str(real / "a.md")))
    client.open(target, "markdown", "The QXZT.")
    assert "Here" in (client.hover(target, 0, 5) or "")
    position = {"textDocument": {"uri": target}, "position": {"line": 0, "character": 5}}
    found = client.request("textDocument/references", {**position, "context": {"includeDeclaration": False}})
    assert [each["uri"] for each in found] == [target, paths.to_uri(paths.normal(str(link / "b.md")))]
    (definition,) = client.request("textDocument/definition", position)
    assert definition["targetUri"].endswith("/link/glossary.yaml")
