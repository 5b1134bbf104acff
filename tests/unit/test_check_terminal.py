"""`glossary-ls check` on a terminal: color, width, links, progress; and plain text everywhere else."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from glossary_ls.cli import main, terminal
from glossary_ls.cli.reporters import full
from glossary_ls.cli.reporters.look import Look
from glossary_ls.cli.reporters.row import Row
from glossary_ls.cli.reporters.safe import clipped, width

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SEQUENCE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(f"# A\n\n{'Long words. ' * 20}The QXZ. {'More of it. ' * 20}\n", "utf-8")
    return tmp_path


def on_terminal(
    folder: Path, *arguments: str, columns: int = 80, variables: Mapping[str, str] | None = None
) -> str:
    """Return what a terminal of a width is sent."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    master, slave = pty.openpty()
    inherited = {key: value for key, value in os.environ.items() if not key.endswith("_COLOR")}
    environment = inherited | {"TERM": "xterm", "COLUMNS": str(columns)} | dict(variables or {})
    command = [sys.executable, "-m", "glossary_ls", "check", *arguments]
    with subprocess.Popen(
        command, cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=environment
    ) as process:
        os.close(slave)
        found = b""
        try:
            while chunk := os.read(master, 4096):
                found += chunk
        except OSError:
            # The end of a pseudo-terminal on Linux.
            pass
        assert process.wait() == 1
    os.close(master)
    return found.decode().replace("\r\n", "\n")


def test_a_message_is_broken_between_words_on_a_terminal() -> None:
    row = Row("a.md", 1, 1, 1, 4, "hint", "some-rule", "'QXZ' is long enough to be broken, twice, here", "")
    assert next(iter(full.report([row], Look(30, wraps=True)))).splitlines() == [
        "a.md:1:1: hint: 'QXZ' is long",
        "    enough to be broken,",
        "    twice, here [some-rule]",
    ]
    assert "\n" not in next(iter(full.report([row], Look(30))))


@pytest.mark.parametrize("columns", [80, 200])
def test_a_terminal_gets_the_full_report_in_its_width(folder: Path, columns: int) -> None:
    text = on_terminal(folder, columns=columns)
    assert "\x1b[34minformation\x1b[0m" in text
    assert re.search(r"\x1b\]8;id=\d+;file:///.*/rules/unknown-acronym\.md\x1b\\", text)
    plain = _SEQUENCE.sub("", text)
    assert "\x1b" not in plain.replace("\r\x1b[K", "")
    shown, carets = [line for line in plain.splitlines() if re.match(r" +\d* \|", line)]
    assert width(shown) <= columns
    assert shown[carets.index("^") :][:3] == "QXZ"
    assert "1 problem in 1 file" in plain


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("harbor", 6, "harbor"),
        ("harbor", 5, "harb…"),
        ("harbor", 1, "…"),
        ("harbor", 0, ""),
        ("字字字", 6, "字字字"),
        ("字字字", 5, "字字…"),
        ("字字字", 4, "字…"),
        ("e\u0301e\u0301", 1, "…"),
    ],
)
def test_a_text_is_cut_at_a_column(text: str, columns: int, expected: str) -> None:
    assert clipped(text, columns) == expected


def test_an_excerpt_whose_words_fill_the_line_is_cut_behind_them() -> None:
    look = Look(60)
    row = Row("a.md", 3, 1, 3, 55, "warning", "x", "y", "", "", ("Q" * 54 + " and more",), None)
    assert f" 3 | {'Q' * 54}" in full.report([row], look)


def test_no_color(folder: Path) -> None:
    for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        text = on_terminal(folder, "--quiet", variables=variables)
        assert "\x1b" not in text
        assert "   | " in text


def test_color_elsewhere_only_on_request(folder: Path) -> None:
    def printed(*arguments: str, **variables: str) -> str:
        environment = {key: value for key, value in os.environ.items() if not key.endswith("_COLOR")}
        command = [sys.executable, "-m", "glossary_ls", "check", "--quiet", *arguments]
        return subprocess.run(
            command, cwd=folder, env=environment | variables, capture_output=True, check=False
        ).stdout.decode()

    plain = printed()
    assert plain.startswith("a.md:3:")
    assert "\x1b" not in plain
    assert plain.count("\n") == 1
    for colored in (printed("--color", "always"), printed(FORCE_COLOR="1")):
        assert _SEQUENCE.sub("", colored) == plain
        assert colored != plain
    assert printed("--color", "never", FORCE_COLOR="1") == plain
    assert "\x1b" not in printed("--format", "json", FORCE_COLOR="1")


def test_rich_is_loaded_for_a_terminal_only(folder: Path) -> None:
    program = (
        "import sys; from glossary_ls.cli import main; main(['check', '--output-format', 'full']); "
        "print([name for name in ('rich', 'asyncio', 'subprocess') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_progress_is_shown_after_a_second_and_erased(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 0.5, 1.1, 1.15, 1.3])
    screen = terminal.Screen(is_terminal=True, is_watched=True, look=None, now=lambda: next(times))
    drawn = []
    for done in range(5):
        screen.progress(done, 10)
        drawn.append(capsys.readouterr().err)
    assert [bool(each) for each in drawn] == [False, False, True, False, True]
    assert drawn[2].endswith("] 2/10")
    screen.print("a line")
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("a line\n", "\r\x1b[K")
    screen.print("another")
    assert capsys.readouterr().err == ""


def test_progress_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert not terminal.screen("auto", quiet=False).is_watched


@pytest.mark.parametrize("command", ["explain", "guide", "hover", "sources"])
def test_no_command_prints_escape_sequences_of_a_glossary(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = r"\e[31mred \e]0;title\a"
    entry = f'  - term: SLO\n    definition: "{evil}"\n    owner: "{evil}"\n'
    head = f'title: "{evil}"\nguide:\n  text: "{evil}"\n'
    (tmp_path / "glossary.yaml").write_text(f"{head}terms:\n{entry}")
    (tmp_path / "a.md").write_text("The SLO.\n")
    (tmp_path / "\x1b[31m.glossary.yaml").write_text("QXZ: a\n")
    monkeypatch.chdir(tmp_path)
    rest = {"explain": ["SLO"], "hover": ["a.md:1:5"]}.get(command, [])
    main([command, *rest])
    printed = capsys.readouterr()
    assert "\x1b" not in printed.out + printed.err
    assert "\\x1b" in printed.out
