"""`glossary-ls check`: fixes, selection of rules and files, exit codes, wrong usage."""

from __future__ import annotations

import io
import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from glossary_ls.cli import main
from tests import command

if TYPE_CHECKING:
    from pathlib import Path

GLOSSARY = (
    "terms:\n  - term: inference server\n    summary: x\n    aliases: [{name: model server, kind: avoid}]\n"
)
DOCUMENT = "# Notes\r\n\r\nRestart the model server. The SLO's are met.\r\n"
FIXED = "# Notes\r\n\r\nRestart the inference server. The SLOs are met.\r\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "notes.md").write_bytes(DOCUMENT.encode())
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command, and return its exit code and what it printed."""
    return command.run(capsys, "check", *arguments)


def codes(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Return the codes that `check` reports."""
    return [row["code"] for row in json.loads(run(capsys, "--format", "json", *arguments)[1])]


# --- fixes ------------------------------------------------------------------------------------------------


def test_fix_writes_safe_fixes_and_reports_what_is_left(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = folder / "docs" / "notes.md"
    note.write_bytes(f"{DOCUMENT}The QXZ.\r\n".encode())
    note.chmod(0o640)
    code, out, err = run(capsys, "--fix")
    assert code == 1
    found, summary = out.splitlines()
    assert "'QXZ'" in found
    assert (summary, err) == ("2 problems fixed in 1 file, 1 left", "")
    assert note.read_bytes() == f"{FIXED}The QXZ.\r\n".encode()
    assert note.stat().st_mode & 0o777 == 0o640
    assert {path.name for path in note.parent.iterdir()} == {"notes.md"}
    assert run(capsys, "--fix", "--quiet")[2] == ""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_fix_keeps_the_encoding(folder: Path, capsys: pytest.CaptureFixture[str], encoding: str) -> None:
    note = folder / "docs" / "notes.md"
    note.write_bytes(f"{DOCUMENT}字\n".encode(encoding))
    assert run(capsys, "--fix")[0] == 0
    assert note.read_bytes() == f"{FIXED}字\n".encode(encoding)


def test_fix_follows_a_link(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = folder / "link.md"
    link.symlink_to(folder / "docs" / "notes.md")
    assert run(capsys, "--fix", "link.md")[0] == 0
    assert link.is_symlink()
    assert link.read_bytes() == FIXED.encode()


def test_what_cannot_be_decoded_is_not_fixed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = b"The model server is a caf\xe9.\n"
    (folder / "docs" / "notes.md").write_bytes(content)
    assert run(capsys, "--fix")[0] == 1
    assert (folder / "docs" / "notes.md").read_bytes() == content


def test_unsafe_fixes_are_made_only_on_request(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "# Notes\n\nThe service lane queue (SLQ). The service lane queue (SLQ).\n"
    note = folder / "docs" / "notes.md"
    note.write_text(text, "utf-8")
    assert codes(capsys, "--fix") == ["defined-twice"]
    assert note.read_text("utf-8") == text
    assert codes(capsys, "--fix", "--unsafe-fixes") == []
    assert note.read_text("utf-8") == "# Notes\n\nThe service lane queue (SLQ). The SLQ.\n"


def test_fix_makes_only_selected_fixes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--fix", "--select", "plural-apostrophe")
    assert b"model server. The SLOs" in (folder / "docs" / "notes.md").read_bytes()


def test_fix_only_does_not_report_or_fail(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "docs" / "notes.md").write_bytes(f"{DOCUMENT}The QXZ.\n".encode())
    assert run(capsys, "--fix-only") == (0, "", "2 problems fixed in 1 file\n")
    assert run(capsys, "--fix-only", "--exit-non-zero-on-fix") == (0, "", "")
    (folder / "docs" / "notes.md").write_bytes(DOCUMENT.encode())
    assert run(capsys, "--fix-only", "--exit-non-zero-on-fix")[0] == 1


@pytest.mark.parametrize("ending", ["", "\nNo line break at the end"])
def test_diff_is_a_patch_that_makes_the_same_fixes(
    folder: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    note = folder / "docs" / "notes.md"
    note.write_bytes(f"{DOCUMENT}{ending}".encode())
    code, out, err = run(capsys, "--diff")
    assert (code, err) == (1, "2 problems would be fixed in 1 file\n")
    assert note.read_bytes() == f"{DOCUMENT}{ending}".encode()
    subprocess.run(["git", "apply", "-p0"], input=out.encode(), check=True, cwd=folder)
    assert note.read_bytes() == f"{FIXED}{ending}".encode()
    assert run(capsys, "--diff") == (0, "", "")


def test_standard_input_is_fixed_to_standard_output(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{DOCUMENT}The QXZ.\r\n".encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert main(["check", "--fix", "-", "--stdin-filename", "docs/notes.md"]) == 1
    printed = capsysbinary.readouterr()
    assert printed.out == f"{FIXED}The QXZ.\r\n".encode()
    assert b"docs/notes.md:4:5: information: 'QXZ'" in printed.err
    assert (folder / "docs" / "notes.md").read_bytes() == DOCUMENT.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"caf\xe9")))
    assert main(["check", "--fix", "-"]) == 2


# --- rules ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_rules_are_selected(capsys: pytest.CaptureFixture[str]) -> None:
    assert codes(capsys) == ["avoid-alias", "plural-apostrophe"]
    assert codes(capsys, "--select", "avoid-alias,wrong-case") == ["avoid-alias"]
    assert codes(capsys, "--ignore", "avoid-alias", "--ignore", "wrong-case") == ["plural-apostrophe"]
    assert codes(capsys, "--select", "ALL", "--ignore", "plural-apostrophe") == [
        "avoid-alias",
        "expand-first-use",
    ]
    assert "expand-first-use" in codes(capsys, "--extend-select", "expand-first-use")


def test_selection_does_not_hide_a_broken_configuration(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "glossary-ls.toml").write_text("[rules\n", "utf-8")
    assert codes(capsys, "--select", "avoid-alias") == ["avoid-alias", "invalid-toml"]


@pytest.mark.usefixtures("folder")
def test_statistics(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--statistics")
    assert code == 1
    assert [line.split()[:3] for line in out.splitlines()] == [
        ["1", "avoid-alias", "[*]"],
        ["1", "plural-apostrophe", "[*]"],
        ["2", "problems", "in"],
    ]
    assert out.endswith("\n2 problems in 2 files (2 fixable with --fix)\n")
    rows = json.loads(run(capsys, "--statistics", "--format", "json")[1])
    assert [(row["code"], row["count"], row["fixable"]) for row in rows] == [
        ("avoid-alias", 1, 1),
        ("plural-apostrophe", 1, 1),
    ]


# --- files ------------------------------------------------------------------------------------------------


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Return the files that would be checked."""
    return run(capsys, "--show-files", *arguments)[1].splitlines()


def test_gitignore_counts_from_the_repository_down(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("docs/build/x.md", "docs/draft.md", "docs/sub/keep.draft.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x\n", "utf-8")
    (folder / ".git").mkdir()
    (folder / ".gitignore").write_text("build/\n*draft.md\n", "utf-8")
    (folder / "docs" / "sub" / ".gitignore").write_text("!keep.*\n", "utf-8")
    assert shown(capsys, "docs") == ["docs/notes.md", "docs/sub/keep.draft.md"]
    # What is named is checked.
    assert shown(capsys, "docs/draft.md", "docs/build") == ["docs/draft.md", "docs/build/x.md"]
    assert shown(capsys, "--force-exclude", "docs/draft.md", "docs/build", "docs/notes.md") == [
        "docs/notes.md"
    ]


@pytest.mark.usefixtures("folder")
def test_files_are_excluded(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys) == ["glossary.yaml", "docs/notes.md"]
    assert shown(capsys, "--exclude", "docs/") == ["glossary.yaml"]
    assert shown(capsys, "--exclude", "*.yaml", "docs", ".") == ["docs/notes.md"]
    assert shown(capsys, "--exclude", "docs", "docs/notes.md") == ["docs/notes.md"]
    assert shown(capsys, "--exclude", "docs", "--force-exclude", "docs/notes.md") == []


# --- exit codes and usage ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys)[0] == 1
    assert run(capsys, "--exit-zero")[0] == 0
    assert run(capsys, "-e", "nowhere.md")[0] == 2
    assert run(capsys, "--fail-on", "error")[0] == 0


def test_the_report_is_written_to_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "-o", "out/report.json", "--format", "json")[:2] == (1, "")
    assert len(json.loads((folder / "out" / "report.json").read_text("utf-8"))) == 2
    assert run(capsys, "-o", "docs")[0] == 2


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "--outputformat", "json"], "did you mean '--output-format'?"),
        (["check", "--format", "jsn"], "did you mean 'json'?"),
        (["check", "--select", "avoid-alis"], "there is no rule 'avoid-alis'; did you mean 'avoid-alias'?"),
        (["chekc"], "unknown command 'chekc'; did you mean 'check'?"),
        (["check", "--fail-on", "warn"], "did you mean 'warning'?"),
        (["check", "--stat"], "unrecognized arguments: --stat"),
        (["explain"], "the following arguments are required: TERM"),
    ],
)
def test_wrong_usage_is_one_line_with_the_nearest_spelling(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    try:
        code = main(arguments)
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    printed = capsys.readouterr()
    assert (code, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert printed.err.startswith("glossary-ls: ")
    assert message in printed.err
