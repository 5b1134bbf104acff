"""Paths and URIs of Windows and macOS: drives, servers, backslashes, and capitals that do not count."""

from __future__ import annotations

import io
import ntpath
from pathlib import PureWindowsPath
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base import paths
from glossary_ls.base.text import Encoding
from glossary_ls.cli import prepare
from glossary_ls.features.hover import hover
from glossary_ls.markup import languages
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import CaselessFiles, MemoryFiles

if TYPE_CHECKING:
    from glossary_ls.analysis.document import Document

TERM = "version: 1\nterms:\n- term: {name}\n  expansion: {expansion}\n"

#: Components of a path that Windows allows.
NAMES = st.text("abÄß ._-()#%+é", min_size=1, max_size=8).filter(lambda name: name.strip(" .") == name)


@pytest.fixture
def _windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "os", SimpleNamespace(path=ntpath, sep="\\"))


@pytest.mark.usefixtures("_windows")
@pytest.mark.parametrize(
    ("given_path", "expected"),
    [
        (r"C:\Docs\a.md", "c:/Docs/a.md"),
        (r"C:/Docs/..\Docs\.\a.md", "c:/Docs/a.md"),
        ("C:\\", "c:/"),
        (r"\\Server\Share\a.md", "//server/Share/a.md"),
        (r"\\?\C:\Docs\a.md", "c:/Docs/a.md"),
        (r"\\?\UNC\Server\Share\a.md", "//server/Share/a.md"),
    ],
)
def test_paths_of_windows_have_one_form(given_path: str, expected: str) -> None:
    assert paths.normal(given_path) == expected


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("file:///c%3A/Docs/a%20b.md", "c:/Docs/a b.md"),
        ("file:///C:/Docs/a.md", "c:/Docs/a.md"),
        ("FILE:///C:/Docs/a.md", "c:/Docs/a.md"),
        ("file://localhost/C:/Docs/a.md", "c:/Docs/a.md"),
        ("file:///c:", "c:/"),
        ("file:///C:/", "c:/"),
        ("file://C:/Docs/a.md", "c:/Docs/a.md"),
        ("file:///C:%5CDocs%5Ca.md", "c:/Docs/a.md"),
        ("file:///C:/Docs/../a.md", "c:/a.md"),
        ("file://Server/Share/a.md", "//server/Share/a.md"),
        ("file:////Server/Share/a.md", "//server/Share/a.md"),
        ("file:///home/a%5Cb.md", "/home/a\\b.md"),
        ("untitled:Untitled-1", ""),
        ("vscode-notebook-cell:/c%3A/a.ipynb#W0", ""),
    ],
)
def test_uris_have_one_form(uri: str, expected: str) -> None:
    assert paths.from_uri(uri) == expected


@given(st.sampled_from(["C:\\", "z:\\", "\\\\server\\share\\"]), st.lists(NAMES, min_size=1, max_size=4))
def test_a_path_of_windows_survives_its_uri(root: str, names: list[str]) -> None:
    windows = PureWindowsPath(root, *names)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "os", SimpleNamespace(path=ntpath, sep="\\"))
        path = paths.normal(str(windows))
    uri = paths.to_uri(path)
    assert PureWindowsPath(path) == windows
    assert paths.from_uri(uri) == path == paths.from_uri(windows.as_uri())
    # Clients differ in what they encode, and in the capitals of the drive.
    assert unquote(uri).lower() == unquote(windows.as_uri()).lower()


@given(st.sampled_from(["C:\\", "\\\\server\\share\\"]), st.lists(NAMES, min_size=1, max_size=4))
def test_parents_and_names_are_those_of_windows(root: str, names: list[str]) -> None:
    windows = PureWindowsPath(root, *names)
    path = paths.folder(windows.as_posix())
    assert PureWindowsPath(paths.parent(path)) == windows.parent
    assert paths.name(path) == windows.name
    top = paths.folder(PureWindowsPath(root).as_posix())
    expected = [parent for parent in windows.parents if parent.parts]
    assert list(map(PureWindowsPath, paths.ancestors(paths.parent(path), top))) == expected


def test_a_drive_is_its_own_parent() -> None:
    assert paths.parent("c:/") == "c:/"
    assert paths.ancestors("c:/docs", "c:/") == ("c:/docs", "c:/")
    assert paths.folder("c:/") == "c:/"
    assert paths.folder("c:/docs/") == "c:/docs"


def test_a_path_with_a_drive_is_not_below_another_folder() -> None:
    assert paths.join("c:/ws", "D:/shared/glossary.yaml") == "d:/shared/glossary.yaml"
    assert paths.join("c:/ws", "docs", "a.md") == "c:/ws/docs/a.md"
    assert paths.join("c:/", "a.md") == "c:/a.md"


def test_the_name_of_a_file_decides_about_its_language_whatever_the_separator() -> None:
    assert languages.language_of("C:\\Docs\\a.rst") == languages.language_of("c:/docs/a.rst") != ""


def _document(space: Workspace, uri: str, text: str = "XQZT") -> Document:
    space.configure({"packs": []})
    space.open(uri, "markdown", 1, text)
    found = space.snapshot(uri)
    assert found
    return found


@pytest.mark.parametrize(
    ("root", "drive", "uri"),
    [
        ("c:/", "c:", "file:///C%3A/ws/docs/a.md"),
        ("c:/ws", "c:", "file:///c:/ws/docs/a.md"),
        ("//server/share", "//server/share", "file://SERVER/share/ws/docs/a.md"),
    ],
)
def test_glossaries_between_the_root_and_a_document_apply(root: str, drive: str, uri: str) -> None:
    contents = {f"{root.rstrip('/')}/glossary.yaml": TERM.format(name="XQZT", expansion="of the root")}
    contents[f"{drive}/ws/docs/glossary.yaml"] = TERM.format(name="QLX", expansion="of the folder")
    document = _document(Workspace(MemoryFiles(contents), [root], Encoding.UTF16), uri)
    assert document.glossary.senses("XQZT")
    assert document.glossary.senses("QLX")
    assert hover(document, 0)


@pytest.mark.parametrize(
    "uri", ["file:///c:/TEAM/docs/a.md", "file:///C%3A/team/docs/a.md", "file:///c:/Team/docs/a.md"]
)
def test_capitals_of_the_workspace_folder_do_not_count_where_the_disk_ignores_them(uri: str) -> None:
    files = CaselessFiles({"c:/Team/Glossary.yaml": TERM.format(name="XQZT", expansion="found")})
    space = Workspace(files, ["c:/Team"], Encoding.UTF16)
    document = _document(space, uri)
    assert [file.path for file in document.files] == ["c:/Team/Glossary.yaml"]
    assert space.root_of(document.path) == "c:/Team"
    assert space.key(uri) == "c:/Team/docs/a.md"


def test_a_change_reported_in_other_capitals_counts() -> None:
    files = CaselessFiles({"c:/Team/glossary.yaml": TERM.format(name="XQZT", expansion="old")})
    space = Workspace(files, ["c:/Team"], Encoding.UTF16)
    assert [term.expansion for term in _document(space, "file:///c:/team/a.md").glossary.senses("XQZT")] == [
        "old"
    ]
    files.put("c:/TEAM/glossary.yaml", TERM.format(name="XQZT", expansion="new"))
    assert space.changed(["c:/TEAM/glossary.yaml"])
    found = space.snapshot("file:///c:/team/a.md")
    assert found
    assert [term.expansion for term in found.glossary.senses("XQZT")] == ["new"]


def test_capitals_count_where_the_disk_respects_them() -> None:
    files = MemoryFiles({"/Team/glossary.yaml": TERM.format(name="XQZT", expansion="of another folder")})
    space = Workspace(files, ["/Team"], Encoding.UTF16)
    assert not _document(space, "file:///team/a.md").glossary.senses("XQZT")
    assert space.root_of("/team/a.md") == "/team"


@pytest.mark.parametrize("platform", ["win32", "linux"])
def test_output_has_every_character(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="cp1252")
    prepare(stream, platform)
    stream.write("λ → Ж")
    stream.flush()
    assert written.getvalue() == ("λ → Ж".encode() if platform == "win32" else rb"\u03bb \u2192 \u0416")
