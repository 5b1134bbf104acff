"""Shared glossaries on the command line: packages, and URLs once they are fetched; the page about them."""

from __future__ import annotations

import asyncio
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import trustme

from glossary_ls.base import paths
from glossary_ls.lsp.tasks import LoopClock, TaskQueue
from glossary_ls.vfs.files import DiskFiles
from glossary_ls.workspace.fix_targets import targets
from glossary_ls.workspace.workspace import Workspace
from tests.clock import SimulatedClock
from tests.command import run
from tests.https_server import Request, https_server, isolate
from tests.unit.test_packages import installed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.https_server import Server

PAGE = (Path(__file__).parents[2] / "docs" / "glossaries" / "shared.md").read_text("utf-8")

#: A file of an example: its name in a line of its own, and its text.
_FILE = re.compile(r"^`([^`\n]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)

#: The address that the page uses.
EXAMPLE = "https://docs.example.org"


def example(heading: str) -> dict[str, str]:
    """Return the files of an example of the page, by name."""
    rest = PAGE.partition(f"\n## {heading}\n")[2]
    section = re.split(r"^##+ (?:In|At|Who|Problems)\b", rest, maxsplit=1, flags=re.MULTILINE)[0]
    return dict(_FILE.findall(section))


def lay_out(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def root(tmp_path: Path, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> Path:
    isolate(authority, tmp_path, monkeypatch)
    folder = tmp_path / "ws"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def server(authority: trustme.CA) -> Iterator[Server]:
    with https_server(authority, {}) as running:
        yield running


# --- packages ---------------------------------------------------------------------------------------------


def test_a_package_as_the_page_shows_it(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = example("In a Python package")
    points = re.search(
        r'^\[project\.entry-points\."(.+)"\]\n(\w+) = "(.+)"$', files["pyproject.toml"], re.MULTILINE
    )
    assert points
    site = tmp_path / "site"
    installed(site, "acme-glossary", "[{}]\n{} = {}\n".format(*points.groups()))
    lay_out(site, {name: text for name, text in files.items() if name.startswith("acme_glossary/")})
    monkeypatch.syspath_prepend(str(site))
    lay_out(root, {"glossary-ls.toml": files["glossary-ls.toml"]})
    code, out, _ = run(capsys, "explain", "error budget")
    assert code == 0
    assert "What an objective leaves to spend." in out
    code, out, _ = run(capsys, "sources")
    assert "from the Python package acme-glossary" in out


def test_a_package_below_the_workspace_folder_is_not_written_to(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = root / "env"
    installed(site, "acme", "[glossary_ls.packs]\nx = acme:glossary.yaml\n", "acme/glossary.yaml")
    monkeypatch.syspath_prepend(str(site))
    lay_out(root, {"glossary-ls.toml": 'sources = ["package:acme"]\n'})
    folder = paths.normal(str(root))
    workspace = Workspace(DiskFiles(), [folder])
    document = f"{folder}/a.md"
    assert workspace.glossary_of(document).senses("SLO")[0].expansion == "Service Level Objective"
    assert next(targets(workspace, document)).title == "a new glossary.yaml"


# --- URLs -------------------------------------------------------------------------------------------------


def test_a_url_as_the_page_shows_it(root: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    files = example("At a URL")
    url = server.url("/team/glossary.csv")
    page = files["glossary.csv"].encode()
    server.answers["/team/glossary.csv"] = lambda request: request.reply(200, page)
    settings = files["glossary-ls.toml"]
    assert f'"{EXAMPLE}/team/glossary.csv"' in settings
    lay_out(root, {"glossary-ls.toml": settings.replace(EXAMPLE, server.url(""))})
    assert "leaves to spend" not in run(capsys, "explain", "error budget")[1]
    code, out, error = run(capsys, "fetch")
    assert (code, out) == (1, "")
    assert error == f"{url}: not fetched; to accept it, run `glossary-ls fetch URL`\n"
    assert f"'{url}' is not read until you accept it" in run(capsys, "sources")[2]
    assert server.asked == []
    code, out, error = run(capsys, "fetch", url)
    assert (code, error) == (0, "")
    assert out.startswith(f"{url}: ")
    code, out, _ = run(capsys, "explain", "error budget")
    assert code == 0
    assert "What an objective leaves to spend." in out
    code, out, error = run(capsys, "sources")
    assert f"from {url}" in out
    assert error == ""
    assert run(capsys, "fetch")[0] == 0
    assert len(server.asked) == 2


def test_a_url_that_cannot_be_fetched(root: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, error = run(capsys, "fetch", server.url("/gone.md"), "--root", str(root))
    assert (code, out) == (1, "")
    assert error.startswith(f"{server.url('/gone.md')}: file not found (404); correct the address")
    code, out, error = run(capsys, "fetch", "http://example.org/a.md")
    assert (code, out) == (2, "")
    assert "http://example.org/a.md: only https URLs are read; use the https address" in error


def test_a_glossary_may_name_another(root: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    def first(request: Request) -> None:
        request.reply(200, f'version: 1\nextends: ["{server.url("/b.yaml")}"]\nterms: []\n'.encode())

    server.answers["/a.yaml"] = first
    server.answers["/b.yaml"] = lambda request: request.reply(200, b"QXZT: Quiet Xenon Zone Terminal\n")
    lay_out(root, {"glossary-ls.toml": f'sources = ["{server.url("/a.yaml")}"]\n'})
    code, _, error = run(capsys, "fetch", server.url("/a.yaml"))
    assert (code, server.asked) == (1, ["/a.yaml"])
    assert error.startswith(f"{server.url('/b.yaml')}: not fetched")
    assert run(capsys, "fetch", server.url("/b.yaml"))[0] == 0
    assert run(capsys, "explain", "QXZT")[0] == 0


# --- submodules -------------------------------------------------------------------------------------------


def test_a_submodule_as_the_page_shows_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay_out(root, example("In a git submodule"))
    code, out, _ = run(capsys, "explain", "error budget")
    assert code == 0
    assert "What an objective leaves to spend." in out


# --- threads ----------------------------------------------------------------------------------------------


def test_what_waits_runs_in_a_thread_and_calls_back_on_the_loop() -> None:
    seen: list[tuple[bool, bool]] = []

    async def main() -> None:
        here, done = threading.get_ident(), asyncio.Event()

        def arrived(where: int) -> None:
            seen.append((where != here, threading.get_ident() == here))
            done.set()

        LoopClock().call_in_thread(threading.get_ident, arrived)
        await asyncio.wait_for(done.wait(), 30)

    asyncio.run(main())
    assert seen == [(True, True)]


def test_what_arrives_after_the_end_of_the_session_is_dropped() -> None:
    clock = SimulatedClock()
    tasks = TaskQueue(clock)
    seen: list[int] = []
    tasks.call_in_thread(lambda: 1, seen.append)
    clock.advance(1)
    tasks.call_in_thread(lambda: 2, seen.append)
    tasks.close()
    tasks.call_in_thread(lambda: 3, seen.append)
    clock.advance(1)
    assert seen == [1]
