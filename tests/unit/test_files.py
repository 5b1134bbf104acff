"""Files: decoding, atomic writes, folders, `.gitignore` and the in-memory implementation."""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path
from threading import Timer

import pytest

from glossary_ls.base import paths
from glossary_ls.glossary import discovery
from glossary_ls.vfs import files as files_module
from glossary_ls.vfs import ignore, walk
from glossary_ls.vfs.files import DiskFiles, Files, data_names, data_text, decoded, read_text, user_folder
from glossary_ls.vfs.ignore import Ignore
from tests.memory_files import MemoryFiles

TREE = {
    "a.md": "",
    "glossary.yaml": "",
    "notes.yaml": "",
    "team.glossary.yml": "",
    ".glossary/x.yaml": "",
    ".glossary/deep/y.yml": "",
    ".glossary/README.md": "",
    "docs/.glossary.yaml": "",
    "docs/.gitignore": "build/\n!keep.glossary.yaml\n",
    "docs/build/glossary.yaml": "",
    "docs/drop.glossary.yaml": "",
    "docs/keep.glossary.yaml": "",
    "node_modules/p/glossary.yaml": "",
    ".gitignore": "/docs/?*.glossary.yaml\nignored/\n",
    "ignored/glossary.yaml": "",
}

FOUND = [
    "glossary.yaml",
    "team.glossary.yml",
    ".glossary/x.yaml",
    ".glossary/deep/y.yml",
    "docs/.glossary.yaml",
    "docs/keep.glossary.yaml",
]


@pytest.fixture(params=["memory", "disk"])
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Files, str]:
    if request.param == "memory":
        return MemoryFiles({f"/ws/{name}": text for name, text in TREE.items()}), "/ws"
    for name, text in TREE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return DiskFiles(), paths.normal(str(tmp_path))


def test_glossaries_are_found_by_name_and_gitignore(tree: tuple[Files, str]) -> None:
    files, root = tree
    assert [paths.relative(path, root) for path in walk.walk(files, root, discovery.is_glossary)] == FOUND


def test_the_glossaries_of_one_folder(tree: tuple[Files, str]) -> None:
    files, root = tree
    found = discovery.folder_glossaries(files, root, root, Ignore(files, root))
    expected = [".glossary/deep/y.yml", ".glossary/x.yaml", "glossary.yaml", "team.glossary.yml"]
    assert [paths.relative(path, root) for path in found] == expected
    assert all(discovery.scope_of(path) == root for path in found)


def test_documents_are_walked_in_order(tree: tuple[Files, str]) -> None:
    files, root = tree
    found = walk.walk(files, root, lambda path: path.endswith(".md"))
    assert [paths.relative(path, root) for path in found] == ["a.md", ".glossary/README.md"]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "LARGEST", 1 << 20)
    path = tmp_path / "a.md"
    path.write_bytes(b"x" * (1 << 20))
    assert len(read_text(DiskFiles(), paths.normal(str(path))).text) == 1 << 20
    path.write_bytes(b"x" * ((1 << 20) + 1))
    source = read_text(DiskFiles(), paths.normal(str(path)))
    assert not source.readable
    assert source.problems[0].message.endswith("cannot be read: the file is larger than 1 MB")


def test_an_inventory_that_inflates_to_too_much_has_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"# Sphinx inventory version 2\n# x\n# 1\n# zlib\n" + zlib.compress(b"x" * 1000)
    monkeypatch.setattr(files_module, "LARGEST", 1000)
    assert decoded(content, "/objects.inv").text.endswith("x" * 1000)
    monkeypatch.setattr(files_module, "LARGEST", 999)
    assert decoded(content, "/objects.inv").text == "# Sphinx inventory version 2\n# x\n# 1\n# zlib\n"


def test_a_gitignore_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ignore, "_LONGEST", 4)
    files = MemoryFiles({"/ws/.gitignore": "*.a\n", "/ws/x/.gitignore": "*.aa\n"})
    rules = Ignore(files, "/ws")
    assert rules.matches("/ws/1.a", is_folder=False)
    assert not rules.matches("/ws/x/1.aa", is_folder=False)


def test_so_many_patterns_count_for_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ignore, "_MOST_PATTERNS", 3)
    files = MemoryFiles(
        {"/ws/.gitignore": "#\n\n*.a\n*.b\n*.c\n*.d\n", "/ws/x/.gitignore": "*.e\n*.f\n", "/ws/y": ""}
    )
    rules = Ignore(files, "/ws")
    assert [rules.matches(f"/ws/1.{name}", is_folder=False) for name in "abcd"] == [True, True, True, False]
    assert [name for name in "abcdef" if rules.matches(f"/ws/x/1.{name}", is_folder=False)] == ["a", "e", "f"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_out_of_the_workspace_are_not_followed(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "ws"
    outside.mkdir()
    root.mkdir()
    (outside / "glossary.yaml").write_text("")
    (root / "real.yaml").write_text("")
    (root / "glossary.yaml").symlink_to(outside / "glossary.yaml")
    (root / "linked").symlink_to(outside)
    (root / "inner.glossary.yaml").symlink_to(root / "real.yaml")
    found = walk.walk(DiskFiles(), paths.normal(str(root)), discovery.is_glossary)
    assert [paths.name(path) for path in found] == ["inner.glossary.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_file_that_links_lead_to_is_found_once(tmp_path: Path) -> None:
    root = tmp_path / "real"
    (root / "build").mkdir(parents=True)
    (root / ".gitignore").write_text("build\n")
    (root / "z.md").write_text("")
    (root / "build" / "made.md").write_text("")
    (root / "a.md").symlink_to(root / "z.md")
    (root / "b.md").symlink_to(root / "build" / "made.md")
    (root / "c.md").symlink_to(root / "b.md")
    (tmp_path / "link").symlink_to(root)
    for folder in (root, tmp_path / "link"):
        found = walk.walk(DiskFiles(), paths.normal(str(folder)), lambda path: path.endswith(".md"))
        assert [paths.name(path) for path in found] == ["z.md", "b.md"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_circular_link_hides_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    entries = DiskFiles().list_folder(paths.normal(str(tmp_path)))
    assert [(entry.name, entry.is_folder, entry.is_link) for entry in entries] == [
        ("a.md", False, False),
        ("circle", False, True),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    source = read_text(DiskFiles(), paths.normal(str(tmp_path / "a.md")))
    assert not source.readable
    assert source.problems[0].message.endswith("it is not a regular file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_that_takes_the_place_of_a_file_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "a.md"
    os.mkfifo(pipe)
    # So that a reader is not held up for ever.
    Timer(2, lambda: pipe.write_text("read")).start()
    monkeypatch.setattr(files_module, "_status", lambda _path: Path(__file__).stat())
    with pytest.raises(OSError, match="regular"):
        DiskFiles().read(str(pipe))
    with pipe.open("rb") as file:
        assert file.read() == b"read"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"caf\xc3\xa9", "café"),
        (b"\xef\xbb\xbfA", "A"),
        ("é".encode("utf-16"), "é"),
        (b"a\r\nb\rc", "a\r\nb\rc"),
    ],
)
def test_decoding(content: bytes, text: str) -> None:
    source = read_text(MemoryFiles({"/a": content}), "/a")
    assert (source.text, source.problems) == (text, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read_and_reported(encoding: str) -> None:
    text = "term,definition\ncafé,a bar\n"
    source = read_text(MemoryFiles({"/d/a.csv": text.encode(encoding)}), "/d/a.csv", is_legacy=True)
    assert source.text == text
    assert [problem.code for problem in source.problems] == ["not-utf-8"]
    assert "byte order mark: save it as UTF-8" in source.problems[0].message


def test_invalid_bytes_are_a_problem_at_their_offset() -> None:
    source = read_text(MemoryFiles({"/d/a.md": b"caf\xc3\xa9 caf\xe9"}), "/d/a.md")
    assert source.text == "café caf\ufffd"
    assert source.problems[0].code == "not-utf-8"
    assert source.problems[0].span.start == 8
    assert source.problems[0].message == "a.md is not valid UTF-8: save it as UTF-8"
    [problem] = read_text(MemoryFiles({"/d/a.md": b"\x89PNG\r\n\0\0"}), "/d/a.md").problems
    assert problem.message == "a.md is not valid UTF-8: exclude it if it is no text"


@pytest.mark.parametrize("files", [MemoryFiles(), DiskFiles()], ids=["memory", "disk"])
def test_a_missing_file_is_a_problem(files: Files) -> None:
    source = read_text(files, "/no/such/file")
    assert not source.readable
    assert source.problems[0].code == "unreadable-file"
    assert files.signature("/no/such/file") is None
    assert not files.list_folder("/no/such")


def test_a_write_replaces_the_whole_file_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "new" / "glossary.yaml"
    files = DiskFiles()
    files.write(paths.normal(str(target)), "é\r\n")
    assert target.read_bytes() == b"\xc3\xa9\r\n"
    target.chmod(0o600)
    before = files.signature(paths.normal(str(target)))
    files.write(paths.normal(str(target)), "longer text")
    assert files.signature(paths.normal(str(target))) != before
    assert target.stat().st_mode & 0o777 == 0o600 or sys.platform == "win32"
    assert [entry.name for entry in target.parent.iterdir()] == ["glossary.yaml"]


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "glossary.yaml"
    target.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        DiskFiles().write(paths.normal(str(target)), "\ud800")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"HOME": "/home/u"}, "/home/u/.config/glossary-ls"),
        ("linux", {"HOME": "/home/u", "XDG_CONFIG_HOME": "/x"}, "/x/glossary-ls"),
        ("linux", {"HOME": "/home/u", "XDG_CONFIG_HOME": "relative"}, "/home/u/.config/glossary-ls"),
        ("darwin", {"HOME": "/Users/u"}, "/Users/u/Library/Application Support/glossary-ls"),
        ("win32", {"APPDATA": "/appdata"}, "/appdata/glossary-ls"),
        ("linux", {}, ""),
    ],
)
def test_the_folder_of_the_user(platform: str, environ: dict[str, str], folder: str) -> None:
    assert paths.is_within(user_folder(platform, environ), folder) or sys.platform == "win32"


def test_the_data_of_the_program() -> None:
    assert "common-tech.yaml" in data_names("packs")
    assert data_text("packs/common-tech.yaml")
    assert data_names("no-such-folder") == ()


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///a%20b/%C3%A9.md", "/a b/é.md"),
        ("file:///gr%F6%DFe.md", "/gr\udcf6\udcdfe.md"),
        ("file:///C%3A/x/y.md", "c:/x/y.md"),
        ("file:///c:/x/y.md", "c:/x/y.md"),
        ("file://server/share/y.md", "//server/share/y.md"),
        ("file:///ws//a/./b/../y.md", "/ws/a/y.md"),
        ("file:///ws/%2E%2E/y.md", "/y.md"),
        ("file:///c:/ws/../y.md", "c:/y.md"),
        ("file:///ws/.glossary/y.yaml", "/ws/.glossary/y.yaml"),
        ("file:///a%00b.md", ""),
        ("untitled:Untitled-1", ""),
        ("vscode-notebook-cell:/a.ipynb#W0", ""),
        ("file://[broken", ""),
        ("", ""),
    ],
)
def test_paths_of_uris(uri: str, path: str) -> None:
    assert paths.from_uri(uri) == path
    if path:
        assert paths.from_uri(paths.to_uri(path)) == path


def test_an_invalid_path_has_a_uri() -> None:
    assert paths.to_uri("/\ud800.md") == "file:///%ED%A0%80.md"


def test_folders_are_compared_by_components() -> None:
    assert paths.is_within("/ws/a/b", "/ws/a")
    assert not paths.is_within("/ws/ab", "/ws/a")
    assert paths.is_within("/x", "/")
    assert paths.ancestors("/ws/a/b", "/ws") == ("/ws/a/b", "/ws/a", "/ws")
    assert paths.ancestors("/other", "/ws") == ()
