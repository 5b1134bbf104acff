"""The wheel, installed into an empty virtual environment, works from any folder and brings its data."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

REPOSITORY = Path(__file__).parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def run(*command: object, cwd: Path, code: int = 0) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=REPOSITORY)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in an environment that has nothing but what the wheel asks for."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=True)
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    run(folder / SCRIPTS / "python", *install, wheel, cwd=folder)
    return folder / SCRIPTS / "glossary-ls"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An unrelated folder with a document in it."""
    (tmp_path / "notes.md").write_text("# Notes\n\nThe SLA of the XQZT team.\n")
    return tmp_path


def test_the_wheel_has_the_data_inside_the_package(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    data = {
        f"glossary_ls/{path.relative_to(REPOSITORY).as_posix()}"
        for path in (REPOSITORY / "data").rglob("*.*")
    }
    assert data
    assert data <= names


def test_the_wheel_has_nothing_but_the_package(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"glossary_ls"}


def test_it_tells_its_version(command: Path, folder: Path) -> None:
    assert run(command, "--version", cwd=folder).startswith("glossary-ls ")


def test_it_explains(command: Path, folder: Path) -> None:
    assert "Service Level Agreement" in run(command, "explain", "SLA", cwd=folder)


def test_it_guides(command: Path, folder: Path) -> None:
    assert "5. " in run(command, "guide", cwd=folder)


def test_it_checks(command: Path, folder: Path) -> None:
    (line,) = run(command, "check", "--quiet", "notes.md", cwd=folder, code=1).splitlines()
    assert line.startswith("notes.md:3:16: information: 'XQZT' is not defined")


def test_it_serves(command: Path, folder: Path) -> None:
    messages = [
        b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}',
        b'{"jsonrpc":"2.0","id":2,"method":"shutdown"}',
        b'{"jsonrpc":"2.0","method":"exit"}',
    ]
    spoken = b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(message), message) for message in messages)
    done = subprocess.run([command], input=spoken, cwd=folder, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b'"serverInfo"' in done.stdout
