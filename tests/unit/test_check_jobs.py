"""`--jobs`: what commands print is the same whatever the number of processes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from glossary_ls.cli import check_steps, jobs, main
from glossary_ls.cli import project as project_module
from glossary_ls.cli.project import Project
from tests import command

if TYPE_CHECKING:
    from pathlib import Path

needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

TEXTS = {
    "a/one.md": "# One\n\nThe queue zone exchange (QZX) is here. The QQF is not.\n",
    "a/two.md": "# Two\n\nThe QZX, and the quick zebra exit (QZE).\n",
    "b/three.rst": "Three\n=====\n\nThe quiet zone edge (QZE) and the QZX's uses.\n",
    "b/broken.md": "The QQG.\n",
    "b/terms.glossary.yaml": "terms:\n  - term: QQH\n  - term: QQH\n",
    "b/four.md": "The QQH.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in TEXTS.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode() + b"\xff" * (name == "b/broken.md"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command, and return its exit code and what it printed."""
    return command.run(capsys, "check", "--format", "json", *arguments)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("is_forked", [pytest.param(True, marks=needs_fork), False])
def test_the_report_is_the_same_for_any_number_of_processes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, is_forked: bool
) -> None:
    monkeypatch.setattr(jobs, "_IS_FORKED", is_forked)
    expected = run(capsys, "--jobs", "1")
    for text in ("QZE' is 'quick zebra exit' here", "QZX' is defined as", "QQF", "not valid UTF-8", "QQH"):
        assert text in expected[1]
    assert run(capsys, "-j", "2") == expected


@needs_fork
@pytest.mark.usefixtures("folder")
def test_the_report_is_the_same_if_not_all_scans_fit_into_memory(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run(capsys, "--jobs", "2")
    monkeypatch.setattr(project_module, "MOST_AHEAD", 70)
    assert run(capsys, "--jobs", "2") == expected


@needs_fork
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["harvest", "coverage"])
def test_sums_are_the_same_for_any_number_of_processes(capsys: pytest.CaptureFixture[str], name: str) -> None:
    expected = command.run(capsys, name, "--json", "--jobs", "1")
    assert expected[0] == 2
    assert "broken.md: is not valid UTF-8" in expected[2]
    assert "QQF" in expected[1]
    assert command.run(capsys, name, "--json", "--jobs", "3") == expected


@needs_fork
@pytest.mark.usefixtures("folder")
def test_a_process_that_ends_early_is_an_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_steps, "_report", lambda *_: os._exit(1))
    code, _, err = run(capsys, "--jobs", "2")
    assert code == 2
    assert "a process that was reading files has ended" in err


def test_one_process_is_used_where_more_do_not_pay(folder: Path) -> None:
    project = Project()
    files = [str(folder / name) for name in TEXTS]
    assert jobs.number(project, files, None) == 1
    assert jobs.number(project, files, 3) == 3
    assert jobs.number(project, files[:2], 3) == 2


@pytest.mark.parametrize("number", ["0", "many"])
def test_the_number_of_processes_is_checked(capsys: pytest.CaptureFixture[str], number: str) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["check", "--jobs", number])
    assert leaving.value.code == 2
    assert "is no number from 1 on" in capsys.readouterr().err
