"""The command line: its output and its exit codes 0, 1 and 2."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from glossary_ls import __version__
from tests.command import run

DOCUMENT = "# Notes\n\n😀 The QXZ needs an SLO.\n\nThe load\nbalancing is `fine`.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Create a workspace and make it the current folder."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "notes.md").write_text(DOCUMENT, "utf-8")
    (tmp_path / "docs" / "data.bin").write_bytes(b"\xff\xfeQXA")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_prints_locations_and_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "docs")
    assert code == 1
    assert out.startswith("docs/notes.md:3:7: information: 'QXZ'")
    assert out.endswith("[unknown-acronym]\n1 problem in 1 file\n")
    (folder / "glossary.yaml").write_text("QXZ: Queue of Xeric Zebras\n", "utf-8")
    assert run(capsys, "check", "docs") == (0, "No problems in 1 file\n", "")
    assert run(capsys, "check", "--quiet", "docs") == (0, "", "")


def test_check_reports_a_broken_glossary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "glossary.yaml").write_text("- term: QXZ\n  summary: x\n  defintion: x\n", "utf-8")
    code, out, _ = run(capsys, "check", "docs/notes.md")
    assert code == 1
    assert out.startswith("glossary.yaml:3:3: warning: the key 'defintion' is not known")


def test_a_document_in_another_encoding_is_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "docs" / "notes.md").write_bytes(b"A caf\xe9, and the QXZ.\n")
    code, out, _ = run(capsys, "check", "--quiet", "docs")
    assert code == 1
    assert out == "docs/notes.md:1:6: warning: notes.md is not valid UTF-8: save it as UTF-8 [not-utf-8]\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_an_unreadable_file_does_not_hide_the_findings_in_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(folder / "docs" / "a.md")
    (folder / "docs" / ".#notes.md").symlink_to("nowhere")
    code, out, err = run(capsys, "check", "docs")
    assert (code, out.count("QXZ")) == (2, 1)
    assert err.count("\n") == 1
    assert "a.md: cannot be read" in err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("level", "code"), [("hint", 1), ("information", 1), ("warning", 0), ("error", 0)])
def test_fail_on(capsys: pytest.CaptureFixture[str], level: str, code: int) -> None:
    found, out, _ = run(capsys, "check", "--fail-on", level)
    assert found == code
    assert "'QXZ'" in out


@pytest.mark.usefixtures("folder")
def test_check_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "check", "--format", "json")
    (row,) = json.loads(out)
    assert (row["path"], row["line"], row["column"], row["end_column"]) == ("docs/notes.md", 3, 7, 10)
    assert row["code"] == "unknown-acronym"


@pytest.mark.usefixtures("folder")
def test_check_reads_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"The QXZ.\n")))
    code, out, _ = run(capsys, "check", "-", "--stdin-filename", "docs/new.md")
    assert (code, out.split(": ")[0]) == (1, "docs/new.md:1:5")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "nowhere.md"], "nowhere.md: no such file or folder"),
        (["explain", "--root", "nowhere", "latency"], "nowhere: no such folder"),
        (["hover", "docs/notes.md"], "is not a location; write FILE:LINE:COLUMN"),
        (["hover", "docs/notes.md:99:1"], "has only"),
        (["hover", "nowhere.md:1:1"], "cannot be read"),
        (["chek"], "unknown command 'chek'"),
        (["check", "--nonsense"], "unrecognized arguments"),
    ],
)
def test_wrong_usage_has_a_message_and_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


@pytest.mark.usefixtures("folder")
def test_hover(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "hover", "docs/notes.md:5:6")
    assert code == 0
    assert out.startswith("load balancing: spreading requests")
    assert run(capsys, "hover", "--markdown", "docs/notes.md:6:1")[1].startswith(
        "**load balancing**: spreading"
    )
    assert run(capsys, "hover", "docs/notes.md:1:1")[:2] == (1, "")


@pytest.mark.usefixtures("folder")
def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", "blue", "green", "deployments")
    assert (code, out.split(":")[0]) == (0, "blue-green deployment")
    code, out, err = run(capsys, "explain", "latencie")
    assert (code, out) == (1, "")
    assert "Did you mean latency" in err


@pytest.mark.usefixtures("folder")
def test_guide(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "guide")
    assert code == 0
    assert "\n5. " in out
    assert "**" not in out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version")[:2] == (0, f"glossary-ls {__version__}\n")


@pytest.fixture
def _neighbors(folder: Path) -> None:
    (folder / "ops").mkdir()
    (folder / "ops" / "b.md").write_text("# B\n\nThe queue transfer zone (QTZ) is full.\n", "utf-8")
    (folder / "use.md").write_text("The QTZ matters.\n", "utf-8")


@pytest.mark.usefixtures("_neighbors")
def test_check_reads_other_documents_when_needed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for arguments in (("use.md",), ("use.md",), (".",)):
        _, out, _ = run(capsys, "check", *arguments)
        assert (
            "use.md:1:5: hint: 'QTZ' is defined as 'queue transfer zone' in ops/b.md, but not in this "
            "document [defined-elsewhere]\n"
        ) in out


@pytest.mark.usefixtures("_neighbors")
def test_check_does_not_read_other_documents_without_need(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossary_ls.workspace.definition_index.IndexTask", None)
    Path("ops/plain.md").write_text("The SLO is met.\n", "utf-8")
    code, out, _ = run(capsys, "check", "--quiet", "ops/plain.md")
    assert (code, out) == (0, "")


def test_check_of_a_folder_checks_only_documents(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "only").mkdir()
    (folder / "only" / "image.png").write_bytes(b"The QXZ")
    (folder / "only" / "main.py").write_text("# The QXZ\n", "utf-8")
    assert run(capsys, "check", "only")[0] == 0


def test_check_finds_conflicts_between_documents_whatever_else_is_in_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "docs" / "notes.md").write_text("The queue transfer zone (QTZ) is full.\n", "utf-8")
    (folder / "docs" / "oncall.md").write_text("The quiet time zone (QTZ) is long.\n", "utf-8")
    code, out, _ = run(capsys, "check", "docs")
    assert (code, out.count("[conflicting-definition]")) == (1, 2)


def test_the_server_is_started_without_the_core() -> None:
    program = "import sys; from glossary_ls.cli import parser; parser(['serve']); print(*sorted(sys.modules))"
    output = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert "glossary_ls.cli.serve" in output.split()
    assert not {"glossary_ls.workspace.workspace", "glossary_ls.analysis.scan", "yaml"} & set(output.split())


def test_sources_lists_glossaries_and_says_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "glossary.yaml").write_text("extends: [shared/base.yaml]\nterms: [{term: QWB}]\n", "utf-8")
    (folder / "shared").mkdir()
    (folder / "shared" / "base.yaml").write_text("SLO: Slow Lorry Order\n", "utf-8")
    (folder / "glossary-ls.toml").write_text('sources = ["gone.yaml"]\npacks = ["common-tech"]\n', "utf-8")
    code, out, _ = run(capsys, "sources", "docs/notes.md")
    assert code == 0
    assert [" ".join(line.split()) for line in out.splitlines()][:2] == [
        "glossary.yaml yaml 1 term by its name",
        "shared/base.yaml yaml 1 term named by a setting or another glossary",
    ]
    assert "common-tech" in out
    assert "gone.yaml" in out
    assert "the file does not exist" in out
    rows = json.loads(run(capsys, "sources", "--json")[1])
    assert [row["used"] for row in rows] == [True, True, True, False]


def test_sources_says_which_entry_answers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "glossary.yaml").write_text("# ours\nSLO: Slow Lorry Order\n", "utf-8")
    code, out, _ = run(capsys, "sources", "--term", "SLO")
    assert code == 0
    assert out.splitlines()[0] == "glossary.yaml:2  answers  SLO: Slow Lorry Order"
    assert "also has the name  SLO: Service Level Objective" in out.splitlines()[1]
    assert run(capsys, "sources", "--term", "QXZ")[0] == 1
    assert run(capsys, "sources", "nowhere.md")[0] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes")
def test_sources_names_what_is_no_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(folder / "team.glossary.yaml")
    (folder / "docs" / "glossary.yaml").mkdir()
    out = run(capsys, "sources", "docs")[1]
    assert re.search(r"docs/glossary\.yaml +- +not used +it is a folder, not a file", out)
    assert re.search(r"team\.glossary\.yaml +- +not used +it is not a regular file", out)


@pytest.mark.parametrize("name", ["terms", "glossary"])
def test_sources_says_why_a_folder_is_no_glossary(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def reasons(*texts: str) -> list[str]:
        for at, text in enumerate(texts):
            (pages / f"{at}.md").write_text(f"---\ntitle: Gate {at}\n---\n\n{text}\n", "utf-8")
        lines = run(capsys, "sources")[1].splitlines()
        return [re.split(" {2,}", line)[-1] for line in lines if line.startswith(f"{name}/")]

    pages = folder / name
    pages.mkdir()
    used = "by its name and contents: page with the property 'title'"
    assert (
        reasons(*["A check before a release."] * 2) == ["fewer than 3 pages of its folder explain a term"] * 2
    )
    assert reasons(*["A check before a release."] * 3) == [used] * 3
    is_weak = name == "terms"
    other = "the pages of its folder do not look like terms with explanations" if is_weak else used
    assert reasons(*["A check of much, and so on. " * 20] * 3) == [other] * 3


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (5_000, ""),
        (5_001, "has 5,001 patterns, of which the first 5,000 count"),
        (200_000, "has 1,288,890 bytes, more than the limit of 1,000,000, and is not read"),
    ],
)
def test_a_gitignore_with_too_many_patterns_is_reported(
    lines: int, told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / ".gitignore").write_text("".join(f"{number}\n" for number in range(lines)), "utf-8")
    _, out, _ = run(capsys, "check")
    found = [line for line in out.splitlines() if line.startswith(".gitignore:")]
    assert len(found) == bool(told)
    assert told in "".join(found)


@pytest.mark.usefixtures("folder")
def test_a_closed_stream_is_an_error_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    code, _, err = run(capsys, "check", "-")
    assert (code, err) == (2, "glossary-ls: standard input is closed\n")
    assert run(capsys, "init")[0] == 0
    with monkeypatch.context() as closed:
        closed.setattr(sys, "stderr", None)
        assert run(capsys, "check")[0] == 1
    with monkeypatch.context() as closed:
        closed.setattr(sys, "stdout", None)
        assert run(capsys, "check") == (2, "", "glossary-ls: standard output is closed\n")


@pytest.mark.usefixtures("folder")
def test_fetch_says_that_no_url_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "fetch")
    assert (code, out, err.count("\n")) == (0, "", 1)
    assert "`sources` names none" in err


def test_sources_says_how_to_use_what_is_not_used(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "terms.csv").write_text("term,definition\nQAA,Quick Alpha\nQBB,Quick Beta\n", "utf-8")
    _, out, err = run(capsys, "sources")
    assert "not used" in out
    assert 'add "PATH" to the list `sources`' in err
    (folder / "glossary-ls.toml").write_text('sources = ["terms.csv"]\n', "utf-8")
    _, out, err = run(capsys, "sources")
    assert re.search(r"terms\.csv +csv +2 terms +named by a setting", out)
    assert err == ""
    (folder / "glossary-ls.toml").write_text('sources = ["!terms.csv"]\n', "utf-8")
    assert run(capsys, "sources")[2] == ""
