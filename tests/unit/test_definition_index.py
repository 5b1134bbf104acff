"""The definition index: which documents are read, how often, and what counts while they are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glossary_ls.base.text import Encoding
from glossary_ls.rules.shared.undefined import Undefined
from glossary_ls.vfs.files import DiskFiles, cache_folder
from glossary_ls.workspace import definition_cache, definition_index, file_index
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import LinkedFiles, MemoryFiles

if TYPE_CHECKING:
    from pathlib import Path

RTO = "The recovery time objective (RTO) is an hour."
USE = "The RTO matters."
DOC = "file:///ws/docs/use.md"


class CountingFiles(MemoryFiles):
    """Remembers which files were read."""

    def __init__(self, files: dict[str, str | bytes]) -> None:
        super().__init__(files)
        self.reads: list[str] = []

    def read(self, path: str) -> bytes:
        self.reads.append(path)
        return super().read(path)

    def documents_read(self) -> list[str]:
        found = [path for path in self.reads if path.endswith((".md", ".txt", ".rst"))]
        self.reads.clear()
        return found


def workspace(files: MemoryFiles, **settings: object) -> Workspace:
    space = Workspace(files, ["/ws"], Encoding.UTF16)
    space.configure({"packs": [], **settings})
    space.open(DOC, "markdown", 1, USE)
    return space


def codes(space: Workspace, uri: str = DOC) -> list[str]:
    findings = space.findings(uri)
    assert findings is not None
    return [problem.code for problem in findings.problems]


def messages(space: Workspace, uri: str = DOC) -> list[str]:
    findings = space.findings(uri)
    assert findings is not None
    return [problem.message for problem in findings.problems]


def test_an_acronym_that_a_neighbour_spells_out_is_a_hint() -> None:
    space = workspace(MemoryFiles({"/ws/ops/backup.md": f"# Backup\n\n{RTO}"}))
    assert codes(space) == ["unknown-acronym"]
    assert space.read_definitions()
    findings = space.findings(DOC)
    assert findings is not None
    (problem,) = findings.problems
    assert problem.code == "defined-elsewhere"
    assert problem.message == (
        "'RTO' is defined as 'recovery time objective' in ops/backup.md, but not in this document"
    )
    assert problem.data == Undefined("RTO", "recovery time objective")
    (related,) = problem.related
    assert related.place is not None
    assert (related.path, related.place.line) == ("/ws/ops/backup.md", 2)
    assert not space.read_definitions()


def test_only_documents_of_the_workspace_are_read() -> None:
    files = CountingFiles(
        {
            "/ws/.gitignore": "drafts/\n*.tmp.md\n",
            "/ws/a.md": "x",
            "/ws/b.txt": "x",
            "/ws/c.rst": "x",
            "/ws/drafts/d.md": RTO,
            "/ws/e.tmp.md": RTO,
            "/ws/node_modules/f.md": RTO,
            "/ws/.git/g.md": RTO,
            "/ws/h.py": RTO,
            "/other/i.md": RTO,
            "/ws/large.md": RTO + " " * file_index.LARGEST,
            "/ws/binary.md": b"\xff\xff recovery time objective (RTO)",
        }
    )
    space = workspace(files)
    space.read_definitions()
    assert files.documents_read() == ["/ws/a.md", "/ws/b.txt", "/ws/binary.md", "/ws/c.rst"]
    assert len(space.definition_index.definitions_of("/ws")) == 0


@pytest.mark.parametrize(
    ("limit", "value"), [("MOST_DOCUMENTS", 2), ("MOST_TEXT", 60), ("MOST_DEFINITIONS", 2)]
)
def test_limits_hold(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_index if limit == "MOST_DOCUMENTS" else definition_index, limit, value)
    space = workspace(MemoryFiles({f"/ws/{number}.md": f"{number} {RTO}" for number in range(9)}))
    space.read_definitions()
    assert len(space.definition_index.definitions_of("/ws")) == 2


def test_a_second_start_reads_only_what_has_changed() -> None:
    files = CountingFiles({"/ws/a.md": RTO, "/ws/b.md": "nothing", "/ws/c.md": "more"})
    workspace(files).read_definitions()
    assert len(files.documents_read()) == 3
    files.put("/ws/b.md", "The recovery point objective (RPO).")
    files.remove("/ws/c.md")
    space = workspace(files)
    space.read_definitions()
    assert files.documents_read() == ["/ws/b.md"]
    assert codes(space) == ["defined-elsewhere"]
    assert len(space.definition_index.definitions_of("/ws")) == 2


def test_a_touched_or_moved_file_with_the_same_text_is_not_parsed_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = MemoryFiles({"/ws/a.md": RTO, "/ws/b.md": "nothing"})
    workspace(files).read_definitions()
    files.put("/ws/b.md", "nothing")
    files.remove("/ws/a.md")
    files.put("/ws/moved.md", RTO)
    monkeypatch.setattr("glossary_ls.analysis.folder_definitions.read", None)
    space = workspace(files)
    space.read_definitions()
    assert [found.path for found in space.definition_index.definitions_of("/ws").find("RTO")] == [
        "/ws/moved.md"
    ]


@pytest.mark.parametrize("kept", ["", "garbage", '{"format": 1}\n', "[]\n[]"])
def test_a_broken_cache_is_ignored_and_written_anew(kept: str) -> None:
    files = MemoryFiles({"/ws/a.md": RTO})
    name = definition_cache.name_of("/ws")
    files.write_cache(name, kept)
    space = workspace(files)
    space.read_definitions()
    assert codes(space) == ["defined-elsewhere"]
    assert "RTO" in (files.read_cache(name) or "")


def test_the_cache_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    disk = DiskFiles()
    assert disk.read_cache("a.json") is None
    disk.write_cache("a.json", "text")
    assert disk.read_cache("a.json") == "text"
    (file,) = (tmp_path / "glossary-ls").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    left = file.parent / ".a.json.unfinished"
    left.write_text("")
    for number in range(80):
        disk.write_cache(f"{number}.json", "x")
    assert len(list(file.parent.iterdir())) == 64
    assert not left.exists()
    for number in range(10):
        disk.write_cache(f"glossary-{number}.json", "x")
    assert sorted(each.name for each in file.parent.glob("glossary-*")) == [
        f"glossary-{number}.json" for number in range(2, 10)
    ]
    monkeypatch.setenv("XDG_CACHE_HOME", str(file.parent / "79.json"))
    disk.write_cache("a.json", "a place that cannot be written costs nothing")
    assert disk.read_cache("a.json") is None


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {"HOME": "/home/me"}, "/home/me/.cache/glossary-ls"),
        ("linux", {"HOME": "/home/me", "XDG_CACHE_HOME": "/c"}, "/c/glossary-ls"),
        ("linux", {"HOME": "/home/me", "XDG_CACHE_HOME": "relative"}, "/home/me/.cache/glossary-ls"),
        ("darwin", {"HOME": "/Users/me"}, "/Users/me/Library/Caches/glossary-ls"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/glossary-ls"),
        ("linux", {}, ""),
    ],
)
def test_where_caches_are(platform: str, environ: dict[str, str], expected: str) -> None:
    assert cache_folder(platform, environ) == expected


def test_an_open_document_counts_as_it_stands_in_the_editor() -> None:
    files = MemoryFiles({"/ws/a.md": "nothing"})
    space = workspace(files)
    space.read_definitions()
    space.open("file:///ws/a.md", "markdown", 1, "nothing")
    space.record_definitions("file:///ws/a.md")
    before = space.definition_index.revision
    space.change("file:///ws/a.md", 2, [(None, None, RTO)])
    space.record_definitions("file:///ws/a.md")
    assert codes(space, "file:///ws/a.md") == []
    assert space.definition_index.revision > before
    assert codes(space) == ["defined-elsewhere"]
    space.close("file:///ws/a.md")
    assert codes(space) == ["unknown-acronym"]
    files.put("/ws/a.md", f"Saved: {RTO}")
    assert space.read_definitions()
    assert codes(space) == ["defined-elsewhere"]


def test_typing_that_defines_nothing_new_changes_nothing_elsewhere() -> None:
    space = workspace(MemoryFiles())
    space.open("file:///ws/a.md", "markdown", 1, RTO)
    assert codes(space, "file:///ws/a.md") == []
    space.record_definitions("file:///ws/a.md")
    before = space.definition_index.revision
    first = space.snapshot("file:///ws/a.md")
    assert space.snapshot("file:///ws/a.md") is first
    space.change("file:///ws/a.md", 2, [((0, 0), (0, 0), "\n\nOne. ")])
    space.record_definitions("file:///ws/a.md")
    assert space.definition_index.revision == before
    found = space.definition_index.definitions_of("/ws").find("RTO")[0]
    assert (found.place.line, found.span.start) == (2, RTO.index("RTO") + 7)


def test_an_ignored_document_says_nothing_to_others_even_when_it_is_open() -> None:
    space = workspace(MemoryFiles({"/ws/.gitignore": "drafts"}))
    space.open("file:///ws/drafts/a.md", "markdown", 1, RTO)
    space.record_definitions("file:///ws/drafts/a.md")
    assert codes(space) == ["unknown-acronym"]


def test_an_open_document_that_becomes_ignored_says_nothing_to_others() -> None:
    files = MemoryFiles({})
    space = workspace(files)
    space.open("file:///ws/a.md", "markdown", 1, RTO)
    space.record_definitions("file:///ws/a.md")
    assert codes(space) == ["defined-elsewhere"]
    files.put("/ws/.gitignore", "a.md")
    space.changed(["/ws/.gitignore"])
    space.read_definitions()
    assert codes(space) == ["unknown-acronym"]


def test_a_link_that_appears_is_no_second_document() -> None:
    files = LinkedFiles({"/ws/a.md": RTO, "/ws/b.md": "x"}, {"/ws/link.md": "/ws/b.md"})
    space = workspace(files)
    space.read_definitions()
    files.link("/ws/link.md", "/ws/a.md")
    space.changed(["/ws/link.md"])
    space.read_definitions()
    assert [found.path for found in space.definition_index.definitions_of("/ws").find("RTO")] == ["/ws/a.md"]


def test_files_come_change_and_go() -> None:
    files = MemoryFiles({"/ws/sub/a.md": RTO})
    space = workspace(files)
    space.read_definitions()
    assert codes(space) == ["defined-elsewhere"]
    files.put("/ws/b.md", RTO)
    assert not space.changed(["/ws/b.md", "/ws/node_modules/c.md"])
    assert space.read_definitions()
    assert len(space.definition_index.definitions_of("/ws")) == 2
    files.remove("/ws/sub/a.md")
    space.changed([], ["/ws/sub"])
    space.read_definitions()
    assert "in b.md," in messages(space)[0]
    files.put("/ws/.gitignore", "b.md")
    space.changed(["/ws/.gitignore"])
    space.read_definitions()
    assert codes(space) == ["unknown-acronym"]


def test_a_walk_that_finds_nothing_new_changes_nothing() -> None:
    space = workspace(MemoryFiles({"/ws/a.md": RTO}))
    space.read_definitions()
    harvest, revision = space.definition_index.definitions_of("/ws"), space.definition_index.revision
    space.definition_index.invalidate()
    assert space.read_definitions()
    assert space.definition_index.definitions_of("/ws") is harvest
    assert space.definition_index.revision == revision


def test_work_that_is_broken_off_counts_as_far_as_it_came() -> None:
    space = workspace(MemoryFiles({"/ws/a.md": RTO, "/ws/b.md": "The recovery point objective (RPO)."}))
    work = space.definition_index.next_task(space.wants_definitions)
    assert work is not None
    for _ in work:
        if work.indexed:
            break
    space.definition_index.apply(work)
    assert len(space.definition_index.definitions_of("/ws")) == 1
    assert not space.read_definitions()


def test_folders_that_go_take_their_harvest_along() -> None:
    space = workspace(MemoryFiles({"/ws/a.md": RTO, "/two/a.md": RTO}))
    space.read_definitions()
    space.set_roots(["/ws", "/two"])
    assert len(space.definition_index.definitions_of("/ws")) == 1
    space.read_definitions()
    assert len(space.definition_index.definitions_of("/two")) == 1
    space.set_roots(["/two"])
    assert len(space.definition_index.definitions_of("/ws")) == 0


def test_folders_that_go_take_their_settings_along() -> None:
    space = workspace(MemoryFiles({}))
    space.configure({"packs": [], "accept": ["RTO"]}, root="/ws")
    assert codes(space) == []
    space.set_roots(["/ws/docs/deeper"])
    space.set_roots(["/ws"])
    assert codes(space) == ["unknown-acronym"]


def test_it_can_be_switched_off() -> None:
    files = CountingFiles({"/ws/a.md": RTO})
    space = workspace(files, **{"neighbours.enabled": False})
    assert not space.read_definitions()
    assert codes(space) == ["unknown-acronym"]
    space.configure({"packs": []})
    assert space.read_definitions()
    assert codes(space) == ["defined-elsewhere"]
    space.configure({"packs": [], "rules": {"defined-elsewhere": "off"}})
    assert codes(space) == []
    space.configure({"packs": [], "rules": {"unknown-acronym": "off"}})
    assert codes(space) == ["defined-elsewhere"]
    space.configure({"packs": [], "accept": ["RTO"]})
    assert codes(space) == []


def test_wordings_that_differ_are_linked_once_each() -> None:
    files = MemoryFiles(
        {
            "/ws/docs/a.md": RTO,
            "/ws/b.md": RTO.replace("recovery", "Recovery"),
            "/ws/c.md": "The regional transport office (RTO).",
        }
    )
    space = workspace(files)
    space.read_definitions()
    findings = space.findings(DOC)
    assert findings is not None
    assert [related.path for related in findings.problems[0].related] == ["/ws/docs/a.md", "/ws/c.md"]
