"""`--dask`: what commands print is what they print without it, whatever happens to workers."""

from __future__ import annotations

import os
import pickle
import re
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Any

import psutil  # type: ignore[import-untyped]  # only one call needs it
import pytest

import glossary_ls
from glossary_ls.cli import cluster
from glossary_ls.cli.project import Project
from glossary_ls.cli.shards import shards
from glossary_ls.integrations import dask
from tests import command
from tests.store_server import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.store_server import Server

Capture = pytest.CaptureFixture[str]

TEXTS: dict[str, str | bytes] = {
    "glossary-ls.toml": 'accept = ["QZM"]\npacks = ["common-tech"]\nsources = ["terms/*.csv"]\n',
    ".gitignore": "left-out/\n",
    "terms/words.csv": "term,expansion\nQZP,Quick Zone Port\n",
    **{
        f"docs/{name}.md": f"The queue zone exchange {name} (QZX) has the QF{name.upper()}.\n"
        for name in "abcdefgh"
    },
    "docs/deep/i.md": "The QZE, the QZM, the QZP, the QZK and the API.\n",
    "docs/deep/glossary.yaml": "QZE: Quick Zone Exit\nQZE2: [\n",
    "docs/deep/broken.md": b"The QQG.\xff\n",
    "docs/left-out/j.md": "The QQW.\n",
}
COMMANDS = (
    ("check", "--json"),
    ("harvest", "--json", "--limit", "0"),
    ("coverage", "--json"),
)

#: How long a program may take to start on a loaded machine, in seconds.
PATIENCE = 180


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder with the documents, which is the current one."""
    for name, text in TEXTS.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


# --- in this process --------------------------------------------------------------------------------------


class FakeCluster:
    """A cluster on another machine: everything is pickled, and the disk with the documents is not there.

    Workers are lost over the document with the path `deadly`, and `forgets` a path that was sent.
    """

    deadly = ""
    forgets = ""

    def __init__(self, address: str) -> None:
        self.address = address
        self.folder = Path.cwd()

    def close(self) -> None:
        """Do nothing."""

    def share(self, function: Callable[..., Any], *arguments: Any) -> bytes:  # noqa: ANN401  as given
        """Return what makes the shared thing."""
        if self.forgets:
            arguments[0].record.answers.pop(("read", self.forgets), None)
        return pickle.dumps((function, arguments))

    def map(self, function: Any, items: Iterable[Any], shared: bytes) -> Iterator[object]:  # noqa: ANN401  as given
        """Do everything elsewhere."""
        sent = [pickle.dumps((function, item)) for item in items]
        elsewhere = self.folder.rename(f"{self.folder}-moved")
        try:
            make, arguments = pickle.loads(shared)  # noqa: S301  because it was made here
            opened = pickle.loads(pickle.dumps(make(*arguments)))  # noqa: S301  as above
            results = []
            for each in sent:
                done, item = pickle.loads(each)  # noqa: S301  as above
                is_deadly = any(document.path.endswith(self.deadly or "\0") for document in item)
                results.append(dask.Lost(item, 4) if is_deadly else pickle.dumps(done(item, opened)))
        finally:
            elsewhere.rename(self.folder)
        yield from (
            pickle.loads(each) if isinstance(each, bytes) else each  # noqa: S301  as above
            for each in results
        )


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[FakeCluster]:
    class Own(FakeCluster):
        pass

    monkeypatch.setattr(dask, "Cluster", Own)
    return Own


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("arguments", COMMANDS)
def test_workers_need_nothing_of_the_disk_of_the_client(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    expected = command.run(capsys, *arguments)
    assert "docs/deep/i.md" in expected[1]
    assert "QZK" in expected[1]
    assert "QQW" not in expected[1]
    only_here: list[object] = []
    monkeypatch.setattr(cluster, "_NotDone", only_here.append)
    assert command.run(capsys, *arguments, "--dask", "tcp://x:1") == expected
    assert only_here == []


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_file_that_no_worker_survives_is_reported_and_the_rest_is_done(
    capsys: Capture, fake: type[FakeCluster], folder: Path, arguments: tuple[str, ...]
) -> None:
    fake.deadly = "b.md"
    code, out, err = command.run(capsys, *arguments, "--dask", "tcp://x:1", "docs")
    assert code == 2
    lost = "glossary-ls: docs/b.md: cannot be read: 4 workers were lost while they read it\n"
    assert lost in err
    (folder / "docs/b.md").unlink()
    expected = command.run(capsys, *arguments, "docs")
    assert out == expected[1]
    assert err.replace(lost, "") == expected[2]


def test_what_workers_ask_for_without_having_it_is_done_here(
    capsys: Capture, fake: type[FakeCluster]
) -> None:
    expected = command.run(capsys, "check")
    fake.forgets = f"{Project().root}/docs/deep/glossary.yaml"
    assert command.run(capsys, "check", "--dask", "tcp://x:1") == expected


def test_only_what_workers_ask_is_sent() -> None:
    project = Project()
    files = [f"{project.root}/docs/{name}.md" for name in "abc"]
    sent = cluster.OnCluster(project, shards(project, files), FakeCluster("tcp://x:1"))._shipment  # type: ignore[arg-type]  # a fake one
    listed = sent.record.answers["list_folder", f"{project.root}/docs"]
    assert [item.name for item in listed] == ["deep", "left-out"]
    assert not [path for _, path in sent.record.answers if path.endswith("a.md")]
    assert sent.record.answers["read", f"{project.root}/terms/words.csv"].startswith(b"term,")


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("arguments", [("--fix",), ("--diff",), ("-",)])
def test_a_cluster_only_reports_about_files(capsys: Capture, arguments: tuple[str, ...]) -> None:
    code, _, err = command.run(capsys, "check", "--dask", "tcp://x:1", *arguments)
    assert code == 2
    assert "--dask only reports" in err


def test_the_missing_extra_is_named(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "glossary_ls.integrations.dask")
    assert command.run(capsys, "check", "--dask", "tcp://x:1") == (
        2,
        "",
        "glossary-ls: --dask needs more packages: pip install 'glossary-ls[dask]'\n",
    )


def test_an_address_without_a_scheduler_is_reported(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "_CONNECTING", 1)
    with closing(socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        code, out, err = command.run(capsys, "check", "--dask", address)
    assert (code, out) == (2, "")
    assert err.startswith(f"glossary-ls: {address}: no Dask scheduler answers within 1 seconds: ")
    assert err.count("\n") == 1


# --- real processes ---------------------------------------------------------------------------------------


def start(*arguments: str, log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen((sys.executable, "-m", "dask", *arguments), stdout=output, stderr=output)


def logged(log: Path, pattern: str) -> str:
    """Wait for a line of a program, and return what the group of a pattern matches."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := re.search(pattern, log.read_text("utf-8")):
            return found[1]
        time.sleep(0.05)
    pytest.fail(log.read_text("utf-8"))


def test_a_worker_that_is_killed_in_the_midst_changes_nothing(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    documents = {name: text if isinstance(text, bytes) else text.encode() for name, text in TEXTS.items()}
    with serving(documents) as server:
        url = f"{server.url}/docs/"
        expected = [command.run(capsys, *arguments, url) for arguments in COMMANDS]
        log = tmp_path / "scheduler"
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        started = [start("scheduler", *options, log=log)]
        try:
            address = logged(log, r"Scheduler at:\s+(tcp://\S+)")
            names = "one", "two"
            common = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path))
            started += [start("worker", address, *common, log=tmp_path / name) for name in names]
            for name in names:
                logged(tmp_path / name, r"(Registered to)")
            killed = kill_reader(server, "GET /docs/c.md", [process.pid for process in started[1:]])
            found = [command.run(capsys, *arguments, url, "--dask", address) for arguments in COMMANDS]
            assert len(killed) == 1
            for one, other in zip(found, expected, strict=True):
                assert one[1].splitlines() == other[1].splitlines()
                assert one == other
            monkeypatch.setattr(glossary_ls, "__version__", "0.0.1")
            code, out, err = command.run(capsys, "check", url, "--dask", address)
            assert (code, out) == (2, "")
            assert "the scheduler has glossary-ls " in err
            assert "; install glossary-ls 0.0.1 there\n" in err
        finally:
            for process in started:
                process.kill()
                process.wait()


def kill_reader(server: Server, request: str, workers: list[int]) -> list[int]:
    """Kill the first worker that sends a request, before it is answered; return those that were killed."""
    killed: list[int] = []

    def on_request(found: str, port: int) -> None:
        if found == request and not killed:
            for worker in workers:
                ports = {each.laddr.port for each in psutil.Process(worker).net_connections()}
                if port in ports:
                    killed.append(worker)
                    os.kill(worker, signal.SIGKILL)

    server.on_request = on_request
    return killed
