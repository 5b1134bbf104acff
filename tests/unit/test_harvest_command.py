"""`glossary-ls harvest`: the report, what it writes, and the review on a terminal."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from glossary_ls.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = {
    "docs/a.md": (
        "The Order Intake Gateway (OIG) writes to the order ledger. The VVQ is full.\nSee the order ledger.\n"
    ),
    "docs/b.md": "The Order Input Gate (OIG) feeds the order ledgers. Ask the VVQ, or the QXZ.\n",
    "README.md": "Nothing is missing here.\n",
}
NONE = "Nothing to add to glossary.yaml.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_the_report_says_what_is_missing_how_often_it_is_used_and_where(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["harvest"]) == 0
    said = capsys.readouterr()
    assert said.out == (
        "Acronyms without an explanation: 3 in 3 documents\n"
        "  OIG = Order Input Gate: 2 uses in 2 documents, first in docs/a.md:1\n"
        "      defined in docs/b.md:1, but 'Order Intake Gateway' in docs/a.md:1\n"
        "  VVQ: 2 uses in 2 documents, first in docs/a.md:1\n"
        "  QXZ: 1 use in 1 document, first in docs/b.md:1\n"
        "\n"
        "Recurring phrases without an entry: 1 in 3 documents\n"
        "  order ledger: 3 uses in 2 documents, first in docs/a.md:1\n"
    )
    assert said.err == ""


def test_what_cannot_be_read_is_reported_behind_the_rest(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "docs/latin.md").write_bytes(b"In the caf\xe9.")
    assert main(["harvest", "--acronyms"]) == 2
    said = capsys.readouterr()
    assert said.out.startswith("Acronyms without an explanation: 3 in 3 documents\n")
    assert said.err == "glossary-ls: docs/latin.md: is not valid UTF-8: save it as UTF-8\n"


@pytest.mark.parametrize(("command", "code"), [("check", 0), ("harvest", 0), ("coverage", 1)])
def test_a_folder_without_documents_is_reported_alike(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, code: int
) -> None:
    (folder / "none").mkdir()
    assert main([command, "none"]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "glossary-ls: no documents found; name files, or folders that contain some\n"


def test_paths_are_relative_to_the_current_folder_in_each_format(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "docs")
    for command in ("check", "harvest", "coverage"):
        main([command, "--root", "..", "--json", "b.md"])
        assert '"path": "b.md"' in capsys.readouterr().out, command
    main(["coverage", "--root", "..", "b.md"])
    assert "b.md:1" in capsys.readouterr().out.split()


@pytest.mark.usefixtures("folder")
def test_what_is_listed_can_be_narrowed(capsys: pytest.CaptureFixture[str]) -> None:
    def lines(*arguments: str) -> list[str]:
        assert main(["harvest", *arguments]) == 0
        return capsys.readouterr().out.splitlines()

    assert lines("--acronyms", "--limit", "1")[0] == "Acronyms without an explanation: 1 of 3 in 3 documents"
    assert lines("--phrases", "--min-uses", "4") == ["The glossary lacks nothing that 3 documents use."]
    assert lines("README.md") == ["The glossary lacks nothing that 1 document uses."]
    assert lines("--acronyms", "--exclude", "b.md", "--color", "always")[1].startswith("  \x1b[1mVVQ\x1b[0m")


@pytest.mark.usefixtures("folder")
def test_json_has_every_wording_with_its_places(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["harvest", "--json", "docs"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["documents"] == 2
    first, *_, last = found["missing"]
    assert (first["name"], first["kind"], first["conflict"]) == ("OIG", "acronym", True)
    assert [each["text"] for each in first["expansions"]] == ["Order Input Gate", "Order Intake Gateway"]
    assert first["expansions"][1]["places"] == [{"path": "docs/a.md", "line": 1}]
    assert (last["name"], last["kind"], last["uses"]) == ("order ledger", "phrase", 3)


def test_writing_makes_a_glossary_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["harvest", "--write", "--quiet"]) == 0
    written = (folder / "glossary.yaml").read_text("utf-8")
    assert "  # 3 uses in 2 documents: docs/a.md:1, docs/b.md:1\n  - term: order ledger\n" in written
    capsys.readouterr()
    assert main(["harvest", "docs/a.md", "docs/b.md", "--write"]) == 0
    said = capsys.readouterr()
    assert "VVQ" in said.out
    assert "OIG" not in said.out
    assert said.out.endswith(NONE)
    assert said.err == ""
    assert (folder / "glossary.yaml").read_text("utf-8") == written


def test_writing_keeps_what_a_glossary_has(folder: Path) -> None:
    mine = "# Ours.\nterms:\n  - term: AAB   # first\n    expansion: An Able Bee\n  - term: ZZB\n    url: /\n"
    (folder / "docs/glossary.yaml").write_text(mine, "utf-8")
    assert main(["harvest", "--acronyms", "--write", "docs/glossary.yaml"]) == 0
    written = (folder / "docs/glossary.yaml").read_text("utf-8")
    assert [line for line in written.splitlines() if line in mine.splitlines()] == mine.splitlines()
    assert "  # 2 uses in 2 documents: docs/a.md:1, docs/b.md:1; defined in docs/b.md:1, but" in written
    assert not (folder / "glossary.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--write", "docs"], "docs: is a folder; name a glossary"),
        (
            ["--write", "README.md"],
            "README.md: entries can only be added to a glossary in YAML",
        ),
        (["--write", "new.md"], "new.md: no name of a glossary, such as glossary.yaml or team.glossary.yaml"),
        (["--review"], "--review asks on a terminal; --write adds all without asking"),
        (["-"], "'-': standard input cannot be harvested; name a file"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_usage(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["harvest", *arguments]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"glossary-ls: {message}"


# --- the review -------------------------------------------------------------------------------------------


class Terminal:
    """A review in a pseudo-terminal: `press` keys, `until` something is shown."""

    def __init__(self, folder: Path) -> None:
        pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
        self._master, slave = pty.openpty()
        command = [sys.executable, "-m", "glossary_ls", "harvest", "--review", "docs/a.md", "docs/b.md"]
        environment = os.environ | {"NO_COLOR": "1", "TERM": "xterm"}
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=environment
        )
        os.close(slave)
        self._shown = ""

    def until(self, text: str) -> str:
        """Return what is shown up to a text; what follows is kept."""
        while text not in self._shown:
            ready, _, _ = select.select([self._master], [], [], 60)
            assert ready, f"{text!r} is not shown: {self._shown!r}"
            try:
                self._shown += os.read(self._master, 4096).decode()
            except OSError:
                pytest.fail(f"ended before {text!r}: {self._shown!r}")
        before, _, self._shown = self._shown.partition(text)
        return before + text

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def close(self) -> None:
        """End the program if it runs."""
        self.process.kill()
        self.process.wait()
        os.close(self._master)


@pytest.fixture
def terminal(folder: Path) -> Iterator[Terminal]:
    opened = Terminal(folder)
    yield opened
    opened.close()


def test_a_review_asks_saves_and_undoes(folder: Path, terminal: Terminal) -> None:
    glossary = folder / "glossary.yaml"
    terminal.until("1/4  OIG = Order Input Gate?")
    terminal.until("q quit: ")
    terminal.press("?u")
    terminal.until("no such key")
    terminal.until("nothing to undo")
    terminal.press("a")
    terminal.until("OIG = Order Input Gate")
    terminal.until("2/4  VVQ")
    assert "expansion: Order Input Gate" in glossary.read_text("utf-8")
    terminal.press("u")
    terminal.until("undone")
    terminal.until("1/4  OIG")
    assert "OIG" not in glossary.read_text("utf-8")
    terminal.press("e")
    terminal.until("expansion [Order Input Gate]: ")
    terminal.press("Order Intake Gateway\n")
    terminal.until("2/4  VVQ")
    assert "expansion: Order Intake Gateway" in glossary.read_text("utf-8")
    # Somebody else edits the file.
    glossary.write_text(glossary.read_text("utf-8") + "  # Mine.\n", "utf-8")
    terminal.press("u")
    terminal.until("not undone: the glossary was changed by somebody else")
    terminal.press("i")
    terminal.until("VVQ needs no entry")
    assert "  # Mine.\n" in glossary.read_text("utf-8")
    terminal.press("s")
    terminal.until("QXZ is skipped")
    terminal.until("4/4  order ledger")
    assert "accept: [VVQ]" in glossary.read_text("utf-8")
    terminal.press("e")
    terminal.until("definition: ")
    terminal.press("Where orders are kept for a day.\n")
    terminal.until("4 of 4 reviewed.")
    assert terminal.process.wait(60) == 0
    assert "definition: Where orders are kept for a day." in glossary.read_text("utf-8")
    assert main(["harvest", "docs/a.md", "docs/b.md", "--write", "--quiet", "--phrases"]) == 0


def test_a_review_can_be_left_at_any_time(folder: Path, terminal: Terminal) -> None:
    terminal.until("q quit: ")
    # What is typed ahead counts.
    terminal.press("\nq")
    terminal.until("1 of 4 reviewed.")
    assert terminal.process.wait(60) == 0
    assert "term: OIG" in (folder / "glossary.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("harvest", "--limit", "-1"),
        ("harvest", "--min-uses", "0"),
        ("coverage", "--limit", "x"),
        ("check", "--jobs", "0"),
    ],
)
def test_numbers_are_checked_alike(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(arguments)
    assert leaving.value.code == 2
    assert f"{arguments[2]!r} is no number from " in capsys.readouterr().err
