"""`glossary-ls check --watch`, and `check.include`: which files are checked, and when."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from glossary_ls.cli import main
from tests import command

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("The QXZ.\n", "utf-8")
    (tmp_path / "glossary-ls.toml").write_text("packs = []\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command, and return its exit code and what it printed."""
    return command.run(capsys, "check", *arguments)


def watched(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *changes: Callable[[], object]
) -> list[str]:
    """Watch `docs`, make a change in each pause, and return what was found before and after each change."""
    found: list[str] = []
    left = list(changes)

    def pause(_: float) -> None:
        printed = capsys.readouterr()
        found.append(printed.out + printed.err)
        if not left:
            raise KeyboardInterrupt
        left.pop(0)()

    monkeypatch.setattr("glossary_ls.cli.watch.sleep", pause)
    assert main(["check", "--watch", "docs"]) == 130
    return found


def test_watch_checks_again_after_each_change(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, glossary, settings = folder / "docs/a.md", folder / "glossary.yaml", folder / "glossary-ls.toml"
    found = watched(
        monkeypatch,
        capsys,
        lambda: document.write_text("Words. The QYZ.\n", "utf-8"),
        lambda: (folder / "docs/b.md").write_text("The QWZ.\n", "utf-8"),
        lambda: glossary.write_text("QWZ: Queue of Wide Zebras\n", "utf-8"),
        lambda: settings.write_text("packs = []\nrules = {unknown-acronym = 'off'}\n", "utf-8"),
    )
    assert [[name for name in ("QXZ", "QYZ", "QWZ") if name in each] for each in found] == [
        ["QXZ"],
        ["QYZ"],
        ["QYZ", "QWZ"],
        ["QYZ"],
        [],
    ]
    assert "Watching 1 file for changes; Ctrl-C ends.\n" in found[0]
    assert "Watching 2 files" in found[2]
    assert "\x1b" not in "".join(found)


def test_watch_survives_what_cannot_be_read_now(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = folder / "moved"
    found = watched(
        monkeypatch,
        capsys,
        lambda: (folder / "docs").rename(moved),
        lambda: moved.rename(folder / "docs"),
    )
    assert ["QXZ" in each for each in found] == [True, False, True]
    assert "glossary-ls: docs: no such file or folder\n" in found[1]


def test_watch_clears_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    (found,) = watched(monkeypatch, capsys)
    assert found.startswith(f"{_CLEAR}docs/a.md:1:5")


@pytest.mark.parametrize("arguments", [("-",), ("--baseline", "b.json", "--write-baseline")])
def test_what_cannot_be_watched_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, out, err = run(capsys, "--watch", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT between processes")
def test_ctrl_c_ends_a_real_process_with_130(folder: Path) -> None:
    # Tests that run in the background of a shell ignore the signal, which the process would inherit.
    start = "import signal, runpy; signal.signal(signal.SIGINT, signal.default_int_handler)"
    run_module = "runpy.run_module('glossary_ls', run_name='__main__', alter_sys=True)"
    command = [sys.executable, "-c", f"{start}; {run_module}", "check", "--quiet", "--watch", "docs"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert "QXZ" in process.stdout.readline()
        (folder / "docs/a.md").write_text("Words, and then the QYZ.\n", "utf-8")
        assert "QYZ" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(60) == 130
        finally:
            process.kill()


def test_source_files_are_included_by_pattern(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("src/main.py", "src/gen/x.py", "tools/x.go", "build/y.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("# The QVZ of // it\n// The QVZ\n", "utf-8")
    (folder / ".gitignore").write_text("build/\n", "utf-8")
    assert run(capsys, "--show-files", ".")[1].split() == ["docs/a.md"]
    settings = 'packs = []\n[check]\ninclude = ["*.py", "!src/gen/**"]\n'
    (folder / "glossary-ls.toml").write_text(settings, "utf-8")
    assert run(capsys, "--show-files", ".")[1].split() == ["docs/a.md", "src/main.py"]
    rows = json.loads(run(capsys, "--format", "json", "src")[1])
    assert [(row["path"], row["line"]) for row in rows] == [("src/main.py", 1)]
    # A file that is named is checked in any case.
    assert run(capsys, "--show-files", "tools/x.go")[1].split() == ["tools/x.go"]
