"""Commands read documents at URLs: in memory, on shared disks and web servers, and in S3."""

from __future__ import annotations

import contextlib
import json
import pickle
import re
import sys
from typing import TYPE_CHECKING

import fsspec
import pytest

from glossary_ls.vfs.url_files import UrlFiles, is_url, reason, shown
from tests import command
from tests.store_server import ACCESS_KEY, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.store_server import Server

Capture = pytest.CaptureFixture[str]

TEXTS = {
    ".gitignore": "left-out/\n",
    "a.md": "# One\n\nThe queue zone exchange (QZX) is here. The QQF is not.\n",
    "b/glossary.yaml": "QZF: Quick Zone Form\nQZG: [\n",
    "b/two [1].md": "The QZX, the QZF, and the quick zebra exit (QZE).\n",
    "b/notes.bin": "The QQV.\n",
    "c.rst": "Three\n=====\n\nThe quiet zone edge (QZE).\n",
    "left-out/d.md": "The QQW.\n",
}
COMMANDS = (("check", "--json"), ("harvest", "--json"), ("coverage", "--json"))

#: What aiohttp and botocore warn about when their programs end, on some versions of Python.
pytestmark = [
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving({f"docs/{name}": text.encode() for name, text in TEXTS.items()}) as running:
        yield running


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, the current one. Beside it, `disk/docs` has the same documents."""
    for name, text in TEXTS.items():
        path = tmp_path / "disk/docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
def s3(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "topsecret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    return server


def on_disk(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    """Return what a command prints about the documents on the disk."""
    with contextlib.chdir("../disk"):
        return command.run(capsys, *arguments, "docs")


def same_as_on_disk(capsys: Capture, url: str) -> None:
    """Compare what commands print about a URL with what they print about the disk."""
    for arguments in COMMANDS:
        code, out, err = on_disk(capsys, *arguments)
        assert "docs/b/two [1].md" in out
        # Fingerprints are those of paths below the root folder.
        at_url = re.sub(r'(["\s])docs(?=[/"])', rf"\1{url}", out)
        expected = _without_fingerprints(at_url)
        found = command.run(capsys, *arguments, url)
        assert _without_fingerprints(found[1]) == expected
        assert (found[0], found[2]) == (code, err)


def _without_fingerprints(out: str) -> list[str]:
    return [line for line in out.splitlines() if '"fingerprint"' not in line]


def test_documents_in_s3_are_read_with_their_glossaries_and_ignored_files(
    capsys: Capture, s3: Server
) -> None:
    same_as_on_disk(capsys, "s3://bucket/docs")
    assert not [each for each in s3.requests if "left-out/d.md" in each or "notes.bin" in each]


def test_several_processes_read_from_s3(capsys: Capture, s3: Server) -> None:
    expected = command.run(capsys, "check", "s3://bucket/docs")
    assert expected[0] == 1
    s3.requests.clear()
    assert command.run(capsys, "check", "-j", "2", "s3://bucket/docs") == expected


def test_credentials_are_never_printed(capsys: Capture, s3: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "wrong")
    code, out, err = command.run(capsys, "check", "s3://bucket/docs/")
    assert (code, out) == (2, "")
    assert err.startswith("glossary-ls: s3://bucket/docs/: ")
    assert "topsecret" not in err
    url = s3.url.replace("//", "//me:topsecret@")
    code, out, err = command.run(capsys, "check", f"{url}/docs/?token=topsecret")
    assert code == 2
    assert "a URL must not contain a password" in err
    assert "topsecret" not in err
    text = "403, message='Forbidden', url='https://me:topsecret@x.org/a.md?X-Amz-Signature=topsecret'"
    assert reason(ValueError(text)) == "403, message='Forbidden', url='https://...@x.org/a.md?...'"


def test_documents_on_a_web_server_are_read(capsys: Capture, server: Server) -> None:
    url = f"{server.url}/docs"
    code, out, err = command.run(capsys, "check", "--json", f"{url}/")
    expected = on_disk(capsys, "check", "--json")
    assert (code, err) == (expected[0], expected[2])
    assert [row["code"] for row in json.loads(out)] == [row["code"] for row in json.loads(expected[1])]
    assert {row["path"] for row in json.loads(out)} >= {f"{url}/a.md", f"{url}/c.rst"}


def test_a_file_that_fails_is_reported_and_the_rest_is_checked(
    capsys: Capture, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "broken", {"docs/a.md"})
    code, out, err = command.run(capsys, "check", f"{server.url}/docs/")
    assert code == 2
    assert f"{server.url}/docs/c.rst:4:22: " in out
    assert f"glossary-ls: {server.url}/docs/a.md: cannot be read: 403 Forbidden\n" == err


def test_one_file_on_a_web_server_is_named_without_its_query(capsys: Capture, server: Server) -> None:
    code, out, err = command.run(capsys, "check", f"{server.url}/docs/a.md?token=topsecret")
    assert (code, err) == (1, "")
    assert out.startswith(f"{server.url}/docs/a.md:3:44: ")
    assert "topsecret" not in out


def test_documents_on_a_shared_disk_are_read(capsys: Capture, folder: Path) -> None:
    same_as_on_disk(capsys, (folder.parent / "disk/docs").as_uri())
    nothing = (folder / "none").as_uri()
    assert command.run(capsys, "check", nothing)[2] == f"glossary-ls: {nothing}: no such file or folder\n"


def test_settings_and_glossaries_of_the_root_folder_hold_for_urls(capsys: Capture, folder: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/docs/a.md", b"The QQF, the QZL and the QZM.\n")
    memory.pipe("/docs/glossary-ls.toml", b"accept = ['QZL']\n")
    (folder / "glossary-ls.toml").write_text("accept = ['QZM']\n")
    (folder / "glossary.yaml").write_text("QQF: Quick Queue Form\n")
    found = command.run(capsys, "check", "--quiet", "memory://docs", "--exclude", "/b/")
    assert found[1].splitlines() == [
        "memory://docs/a.md:1:14: information: 'QZL' is not defined [unknown-acronym]"
    ]
    code, out, _ = command.run(capsys, "check", "--quiet", "--root", "memory://docs", "memory://docs")
    assert (code, [line.split("'")[1] for line in out.splitlines()]) == (1, ["QQF", "QZM"])
    assert command.run(capsys, "check", "memory://docs", "--exclude", "/a.md")[:2] == (0, "")
    code, _, _ = command.run(
        capsys, "check", "--fix", "--unsafe-fixes", "--root", "memory://docs", "memory://docs"
    )
    assert code in {1, 2}
    assert memory.cat("/docs/a.md") == b"The QQF, the QZL and the QZM.\n"
    memory.rm("/docs", recursive=True)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("memory://none", "memory://none: no such file or folder"),
        ("nothing://x", "nothing://x: Protocol not known: nothing"),
        ("gs://x", "gs://x: a package is missing: Please install gcsfs to access Google Storage"),
    ],
)
def test_a_url_that_cannot_be_read_is_reported_with_the_reason(
    capsys: Capture, url: str, message: str
) -> None:
    assert command.run(capsys, "check", url) == (2, "", f"glossary-ls: {message}\n")


def test_a_server_that_cannot_be_reached_is_told_from_a_missing_file(capsys: Capture, server: Server) -> None:
    assert command.run(capsys, "check", "http://127.0.0.1:1/a.md")[2].startswith(
        "glossary-ls: http://127.0.0.1:1/a.md: Cannot connect to host 127.0.0.1:1"
    )
    missing = f"{server.url}/docs/none.md"
    assert command.run(capsys, "check", missing)[2] == f"glossary-ls: {missing}: no such file or folder\n"


def test_the_missing_extra_is_named(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    assert command.run(capsys, "check", "https://x.invalid/a.md?token=1")[2] == (
        "glossary-ls: https://x.invalid/a.md?...: reading URLs needs more packages: "
        "pip install 'glossary-ls[remote]'\n"
    )


def test_files_at_urls_are_paths_below_a_folder(folder: Path) -> None:
    url = (folder.parent / "disk/docs").as_uri()
    files = UrlFiles("/ws", [url])
    top = f"/ws/{url}"
    assert files.add(url) == files.top_of(f"{top}/b/x.md") == top
    assert [item.name for item in files.list_folder(top)] == [".gitignore", "a.md", "b", "c.rst"]
    assert files.read(f"{top}/a.md") == TEXTS["a.md"].encode()
    # A URI has one slash in front of the path.
    collapsed = f"{top}/a.md".replace("///", "/")
    assert files.identity(collapsed) == files.identity(f"{top}/a.md")
    assert files.url_of(collapsed) == f"{url}/a.md"
    assert files.signature(f"{top}/none.md") is None
    assert files.is_folder(f"{top}/b")
    again = pickle.loads(pickle.dumps(files))  # noqa: S301  because it was made here
    assert again.read(collapsed) == TEXTS["a.md"].encode()
    with pytest.raises(OSError, match="only read"):
        files.exchange(f"{top}/a.md", None, "")
    assert not is_url("c://docs")
    assert shown("github://org:repo@main/a.md") == "github://...@main/a.md"
