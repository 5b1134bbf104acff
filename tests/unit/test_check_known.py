"""`glossary-ls check --baseline` and `--changed`: only new problems, only changed lines."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.cli.changed_lines import _unquoted
from tests import command

DOCUMENT = "# Notes\n\nThe QXZ.\n\nThe QYZ. The SLO's are met.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "notes.md").write_text(DOCUMENT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command, and return its exit code and what it printed."""
    return command.run(capsys, "check", *arguments)


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, int, str]]:
    """Return file, line and code of what is reported."""
    rows = json.loads(run(capsys, "--format", "json", *arguments)[1])
    return [(row["path"], row["line"], row["code"]) for row in rows]


# --- baseline ---------------------------------------------------------------------------------------------


def test_only_new_problems_are_reported(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "--baseline", "known.json", "--write-baseline") == (
        0,
        "",
        "3 problems written to known.json\n",
    )
    assert run(capsys, "--baseline", "known.json") == (0, "No problems in 1 file\n", "")
    note = folder / "docs" / "notes.md"
    edited = DOCUMENT.replace("The QXZ", "Not only the QXZ")
    moved = f"A new start.\n\nThe QZZ is new.\n\n{edited}Two GPU's are late.\n"
    note.write_text(moved, "utf-8")
    assert found(capsys, "--baseline", "known.json") == [
        ("docs/notes.md", 3, "unknown-acronym"),
        ("docs/notes.md", 10, "plural-apostrophe"),
    ]
    # The file is the same wherever the command is run.
    monkeypatch.chdir(folder / "docs")
    assert len(found(capsys, "--root", "..", "--baseline", "../known.json")) == 2


def test_what_is_gone_is_mentioned_and_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "docs" / "other.md").write_text("The QWW.\n", "utf-8")
    arguments = ("--baseline", "known.json", "--write-baseline")
    run(capsys, *arguments)
    (folder / "docs" / "notes.md").write_text("The QXZ.\n", "utf-8")
    code, out, err = run(capsys, "--baseline", "known.json")
    assert (code, out) == (0, "No problems in 2 files\n")
    assert err.startswith("2 problems of known.json not found any more")
    # What was not checked is neither gone nor removed.
    assert run(capsys, "--baseline", "known.json", "docs/other.md", "--json") == (0, "[]\n", "")
    run(capsys, *arguments, "docs/notes.md")
    entries = json.loads((folder / "known.json").read_text("utf-8"))["findings"]
    assert [(entry["path"], entry["subject"]) for entry in entries] == [
        ("docs/notes.md", "QXZ"),
        ("docs/other.md", "QWW"),
    ]


@pytest.mark.parametrize(
    "content", ["", "[]", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}']
)
def test_a_broken_baseline_is_wrong_usage(
    folder: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    (folder / "known.json").write_text(content, "utf-8")
    code, out, err = run(capsys, "--baseline", "known.json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "known.json" in err


@pytest.mark.usefixtures("folder")
def test_a_baseline_must_exist_and_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--write-baseline creates it" in run(capsys, "--baseline", "no.json")[2]
    assert "needs --baseline FILE" in run(capsys, "--write-baseline")[2]


# --- changed lines ----------------------------------------------------------------------------------------


def git(*arguments: str) -> None:
    """Run git as somebody."""
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(folder: Path) -> Path:
    git("init")
    git("add", ".")
    git("commit", "-m", "x")
    return folder


def test_only_changed_lines_are_checked(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(capsys, "--changed") == []
    (repository / "docs" / "notes.md").write_text(DOCUMENT.replace("QYZ", "QVZ"), "utf-8")
    name = 'new "ü\t.md'
    (repository / name).write_text("The QWW.\n", "utf-8")
    expected = [
        (name, 1, "unknown-acronym"),
        ("docs/notes.md", 5, "unknown-acronym"),
        ("docs/notes.md", 5, "plural-apostrophe"),
    ]
    assert sorted(found(capsys, "--changed")) == sorted(expected)
    git("add", ".")
    assert sorted(found(capsys, "--changed")) == sorted(expected)
    assert found(capsys, "docs", "--changed") == expected[1:]
    git("commit", "-m", "y")
    assert found(capsys, "--changed") == []
    assert sorted(found(capsys, "--changed", "HEAD~1")) == sorted(expected)


@pytest.mark.usefixtures("repository")
def test_all_files_are_changed_before_the_first_commit(capsys: pytest.CaptureFixture[str]) -> None:
    git("checkout", "--orphan", "fresh")
    assert {path for path, *_ in found(capsys, "--changed")} == {"docs/notes.md"}


def test_what_others_changed_is_not_reported(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("checkout", "-b", "mine")
    (repository / "mine.md").write_text("The QWW.\n", "utf-8")
    git("add", ".")
    git("commit", "-m", "mine")
    git("checkout", "main")
    (repository / "docs" / "notes.md").write_text("Nothing.\n", "utf-8")
    git("commit", "-am", "theirs")
    git("checkout", "mine")
    assert found(capsys, "--changed", "main") == [("mine.md", 1, "unknown-acronym")]


def test_fixes_are_made_on_changed_lines_only(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = repository / "docs" / "notes.md"
    note.write_text(f"{DOCUMENT}\nThe GPU's are late.\n", "utf-8")
    assert run(capsys, "--changed", "--fix") == (0, "1 problem fixed in 1 file, 0 left\n", "")
    assert note.read_text("utf-8") == f"{DOCUMENT}\nThe GPUs are late.\n"


def test_lines_that_look_like_headers_are_lines(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "docs" / "notes.md").write_text(f"{DOCUMENT}\n++ b/x\n\n@@ -1 +1 @@ QXX\n", "utf-8")
    assert found(capsys, "--changed") == [("docs/notes.md", 9, "unknown-acronym")]


#: What a repository says to have a program run, which is called RUN here: its configuration, and files.
HOSTILE: dict[str, tuple[str, dict[str, str]]] = {
    "clean": ('[filter "x"]\n\tclean = RUN\n', {".gitattributes": "* filter=x"}),
    "process": ('[filter "x"]\n\tprocess = RUN\n\trequired\n', {".git/info/attributes": "* filter=x"}),
    "included": (
        "[include]\n\tpath = ../more\n",
        {"more": '[filter "x.Y"]\n\tclean = RUN\n', ".gitattributes": "* filter=x.Y"},
    ),
    "monitor": ("[core]\n\tfsmonitor = RUN\n", {}),
    "text": ('[diff "x"]\n\ttextconv = RUN\n\tcommand = RUN\n', {".gitattributes": "* diff=x"}),
    "diff": ("[diff]\n\texternal = RUN\n[core]\n\tpager = RUN\n[pager]\n\tdiff = RUN\n", {}),
    "hook": ("[core]\n\thooksPath = hooks\n", {"hooks/post-index-change": "#!/bin/sh\nRUN\n"}),
    "lines": ("[diff]\n\tinterHunkContext = 99\n\torderFile = docs\n\tnoprefix = true\n", {}),
}


def configure(repository: Path, text: str) -> None:
    """Add to the configuration of a repository; RUN is a program that leaves a trace."""
    with (repository / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write(text.replace("RUN", f"touch {repository}/ran"))


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are written for a shell")
@pytest.mark.parametrize("name", HOSTILE)
def test_no_program_that_a_repository_names_is_run(
    name: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configuration, files = HOSTILE[name]
    configure(repository, configuration)
    for path, text in files.items():
        (repository / path).parent.mkdir(exist_ok=True)
        (repository / path).write_text(text.replace("RUN", f"touch {repository}/ran"), "utf-8")
        (repository / path).chmod(0o755)
    note = repository / "docs" / "notes.md"
    note.write_text(DOCUMENT.replace("QYZ", "QVZ").replace("Notes", "Pages"), "utf-8")
    assert [line for _, line, _ in found(capsys, "--changed")] == [5, 5]
    assert not (repository / "ran").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are written for a shell")
@pytest.mark.parametrize(
    "remote",
    [
        '[remote "x"]\n\turl = ext::RUN\n[protocol "ext"]\n\tallow = always\n',
        '[remote "x"]\n\turl = ssh://localhost/x\n[core]\n\tsshCommand = RUN\n',
    ],
    ids=["ext", "ssh"],
)
def test_what_a_partial_clone_lacks_is_not_fetched(
    remote: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    partial = '[remote "x"]\n\tpromisor = true\n[extensions]\n\tpartialClone = x\n'
    configure(repository, f"[core]\n\trepositoryFormatVersion = 1\n{remote}{partial}")
    blob = hashlib.sha1(f"blob {len(DOCUMENT)}\0{DOCUMENT}".encode(), usedforsecurity=False).hexdigest()
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    (repository / "docs" / "notes.md").write_text("The QVZ.\n", "utf-8")
    code, _, error = run(capsys, "--changed")
    assert (code, error.startswith("glossary-ls: --changed: fatal: ")) == (2, True)
    assert not (repository / "ran").exists()


def test_a_part_of_a_clone_that_looks_like_a_repository_is_none(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = repository / "part"
    shutil.copytree(repository / ".git", part)
    with (part / "config").open("a", encoding="utf-8") as file:
        file.write("[core]\n\tbare = false\n\tworktree = .\n")
    (part / "a.md").write_text("The QVZ.\n", "utf-8")
    os.chdir(part)
    code, _, error = run(capsys, "--changed")
    assert (code, "bare repository" in error) == (2, True)


@pytest.mark.usefixtures("repository")
def test_a_filter_whose_name_cannot_be_passed_on_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    git("config", "filter.a=b.clean", "false")
    assert run(capsys, "--changed") == (
        2,
        "",
        "glossary-ls: --changed: the name of the filter 'a=b' of git contains '='; rename it\n",
    )


def test_changed_needs_a_revision_of_a_repository(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "--changed", "docs")[::2] == (
        2,
        "glossary-ls: --changed: git has no revision 'docs'; to check a path, write --changed=HEAD docs\n",
    )
    assert run(capsys, "--changed=--output=x")[0] == 2
    assert not (repository / "x").exists()
    assert "standard input" in run(capsys, "--changed=HEAD", "-")[2]


@pytest.mark.usefixtures("folder")
def test_changed_without_a_repository(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    assert "not a git repository" in run(capsys, "--changed")[2]
    monkeypatch.setenv("PATH", "")
    assert "cannot be run" in run(capsys, "--changed")[2]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_quoted_paths_are_read(path: str) -> None:
    escapes = {ord(char): f"\\{short}" for char, short in zip('\a\b\t\n\v\f\r"\\', 'abtnvfr"\\', strict=True)}
    quoted = "".join(
        escapes.get(byte, chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}") for byte in path.encode()
    )
    assert _unquoted(f'"{quoted}"') == path
