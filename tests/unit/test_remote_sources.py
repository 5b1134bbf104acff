"""Which URLs are read, when they are fetched, and what the user is asked."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from glossary_ls.base import paths
from glossary_ls.base.model import Severity
from glossary_ls.vfs.files import DiskFiles
from glossary_ls.vfs.url_cache import Copy, Fetched
from glossary_ls.workspace.accepted_urls import FILE, AcceptedUrls
from glossary_ls.workspace.remote_sources import FRESH, RETRY, Question, RemoteSources
from tests.memory_files import MemoryFiles

ROOT = "/ws"
A, B = "https://example.org/a.md", "https://example.org/b.md"


class Fixture:
    """Sources with copies and a clock that a test sets."""

    def __init__(self, copies: dict[str, Copy] | None = None, files: MemoryFiles | None = None) -> None:
        self.now = 10_000.0
        self.copies = copies or {}
        self.looked_up: list[str] = []
        self.accepted = AcceptedUrls(files or MemoryFiles(user_folder="/user"))
        self.sources = RemoteSources(self.copy_of, self.accepted, lambda: self.now)

    def copy_of(self, url: str) -> Copy | None:
        self.looked_up.append(url)
        return self.copies.get(url)

    def name(self, *urls: str, by_user: bool = False) -> list[str]:
        """Name URLs in the workspace folder; return the paths of their copies."""
        return [self.sources.path(ROOT, url, by_user=by_user) for url in urls]

    def is_next(self, url: str, seconds: float) -> bool:
        """Let time pass; return whether a URL is due after so many seconds and not before."""
        self.now += seconds - 1
        is_early = self.sources.next_fetch() is not None
        self.now += 1
        return not is_early and self.sources.next_fetch() == url

    def message(self, url: str, root: str = ROOT) -> str:
        problem = self.sources.problem(root, url)
        return problem.message if problem else ""


# --- decisions --------------------------------------------------------------------------------------------


def test_decisions_are_for_one_workspace_and_url_and_outlive_the_server() -> None:
    files = MemoryFiles(user_folder="/user")
    accepted = AcceptedUrls(files)
    assert not accepted.is_accepted(ROOT, A)
    assert accepted.accept(ROOT, A) == ""
    assert accepted.refuse(ROOT, B) == ""
    for each in (accepted, AcceptedUrls(files)):
        assert each.is_accepted(ROOT, A)
        assert not each.is_refused(ROOT, A)
        assert each.is_refused(ROOT, B)
        assert not each.is_accepted("/other", A)
        assert not each.is_accepted(ROOT, A + "?x")
    accepted.accept(ROOT, B)
    assert AcceptedUrls(files).is_accepted(ROOT, B)


def test_two_servers_keep_each_others_decisions() -> None:
    files = MemoryFiles(user_folder="/user")
    one, two = AcceptedUrls(files), AcceptedUrls(files)
    one.accept(ROOT, A)
    two.accept("/other", A)
    assert one.is_accepted("/other", A)
    assert AcceptedUrls(files).is_accepted(ROOT, A)


@pytest.mark.skipif(sys.platform == "win32", reason="files have other rights there")
def test_nobody_else_reads_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    accepted = AcceptedUrls(DiskFiles())
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    accepted.accept(paths.normal(str(tmp_path / "link")), A)
    assert accepted.is_accepted(paths.normal(str(tmp_path / "real")), A)
    file = Path(accepted.path)
    assert file.parent.parent == tmp_path / "glossary-ls"
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    accepted.refuse(ROOT, B)
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text",
    [
        "", "[", "[]", "{}", '{"format": 2, "workspaces": {"/ws": {"https://example.org/a.md": true}}}',
        '{"format": 1, "workspaces": []}', '{"format": 1, "workspaces": {"/ws": [true]}}',
        '{"format": 1, "workspaces": {"/ws": {"https://example.org/a.md": "yes"}}}', "[" * 100_000,
    ],
)  # fmt: skip
def test_a_damaged_file_accepts_nothing(text: str) -> None:
    files = MemoryFiles({f"/user/{FILE}": text}, user_folder="/user")
    accepted = AcceptedUrls(files)
    assert not accepted.is_accepted(ROOT, A)
    accepted.accept(ROOT, A)
    assert json.loads(files.read(accepted.path))["workspaces"] == {ROOT: {A: True}}


def test_without_a_file_a_decision_holds_for_the_session() -> None:
    accepted = AcceptedUrls(MemoryFiles())
    assert "set HOME or XDG_CONFIG_HOME" in accepted.accept(ROOT, A)
    assert accepted.is_accepted(ROOT, A)


def test_a_decision_that_cannot_be_written_holds_for_the_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "glossary-ls").write_text("in the way")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    accepted = AcceptedUrls(DiskFiles())
    assert "accepted-urls.json: the answer could not be written: " in accepted.accept(ROOT, A)
    assert accepted.is_accepted(ROOT, A)


# --- what is fetched --------------------------------------------------------------------------------------


def test_a_repository_alone_causes_no_request() -> None:
    fixture = Fixture({A: Copy("/cache/a.md", when=9_999.0)})
    sources = fixture.sources
    assert fixture.name(A, B) == ["", ""]
    assert sources.next_fetch() is None
    assert fixture.looked_up == []
    assert fixture.message(A) == (
        f"'{A}' is not read until you accept it for this workspace folder; to read it, run "
        "`glossary-ls fetch URL` in the workspace folder"
    )


def test_an_accepted_url_is_fetched_once_per_hour() -> None:
    fixture = Fixture()
    sources = fixture.sources
    fixture.name(A)
    question = sources.next_question()
    assert question == Question(ROOT, A)
    sources.answer(question, is_accepted=True)
    assert sources.next_question() is None
    assert sources.next_fetch() == A
    assert sources.next_fetch() is None
    assert fixture.name(A) == [""]
    sources.fetched(A, Fetched("x", "/cache/a.md", checksum="1"))
    assert sources.take_news()
    assert fixture.name(A) == ["/cache/a.md"]
    assert fixture.is_next(A, FRESH)
    sources.fetched(A, Fetched("x", "/cache/a.md", checksum="1"))
    assert not sources.take_news()
    fixture.now += FRESH
    assert sources.next_fetch() == A
    sources.fetched(A, Fetched("y", "/cache/a.md", checksum="2"))
    assert sources.take_news()
    assert not sources.take_news()
    sources.refresh()
    assert sources.next_fetch() == A


def test_what_the_user_names_is_fetched_without_a_question() -> None:
    fixture = Fixture()
    fixture.name(A, B)
    fixture.name(A, by_user=True)
    fixture.name(A)
    assert fixture.sources.next_fetch() == A
    assert fixture.sources.next_question() == Question(ROOT, B)


def test_a_copy_serves_at_once_and_is_fetched_again_when_it_is_an_hour_old() -> None:
    old = 10_000.0 - FRESH
    fixture = Fixture({A: Copy("/cache/a.md", when=old + 60), B: Copy("/cache/b.md", when=old)})
    assert fixture.name(A, B, by_user=True) == ["/cache/a.md", "/cache/b.md"]
    assert fixture.sources.next_fetch() == B
    assert fixture.sources.next_fetch() is None
    assert fixture.is_next(A, 60)


def test_a_copy_from_the_future_is_not_believed() -> None:
    fixture = Fixture({A: Copy("/cache/a.md", when=1e12)})
    fixture.name(A, by_user=True)
    assert fixture.is_next(A, FRESH)


def test_a_failed_fetch_is_repeated_and_the_copy_serves() -> None:
    fixture = Fixture({A: Copy("/cache/a.md")})
    sources = fixture.sources
    fixture.name(A, B, by_user=True)
    assert (sources.next_fetch(), sources.next_fetch()) == (A, B)
    for has_news in (True, False):
        sources.fetched(A, Fetched("x", "/cache/a.md", "A is gone"))
        assert sources.take_news() is has_news
    sources.fetched(B, Fetched(problem="B is gone"))
    assert fixture.name(A, B) == ["/cache/a.md", ""]
    found = [sources.problem(ROOT, url) for url in (A, B)]
    assert [(each.message, each.severity) for each in found if each] == [
        ("A is gone", Severity.INFORMATION),
        ("B is gone", Severity.WARNING),
    ]
    assert fixture.is_next(A, RETRY)
    sources.fetched(A, Fetched("x", "/cache/a.md"))
    assert sources.problem(ROOT, A) is None


def test_what_is_not_named_any_more_is_not_fetched() -> None:
    fixture = Fixture()
    sources = fixture.sources
    fixture.name(A, B, by_user=True)
    sources.start_round()
    assert sources.next_fetch() is None
    fixture.name(B)
    assert sources.next_fetch() == B
    assert sources.next_fetch() is None
    sources.start_round()
    sources.start_round()
    assert not sources.is_used
    assert fixture.name(A, B) == ["", ""]
    assert sources.next_question() == Question(ROOT, A)


def test_a_new_name_is_reported_once() -> None:
    fixture = Fixture()
    reported: list[bool] = []
    fixture.sources.on_named = lambda: reported.append(True)
    fixture.name(A, A)
    assert len(reported) == 1
    fixture.name(A, A, by_user=True)
    assert len(reported) == 2


# --- what the user is asked -------------------------------------------------------------------------------


def test_each_workspace_is_asked_about_separately() -> None:
    fixture = Fixture()
    sources = fixture.sources
    for root in (ROOT, "/other"):
        sources.path(root, A)
    sources.answer(Question(ROOT, A), is_accepted=True)
    assert sources.next_question() == Question("/other", A)
    sources.next_fetch()
    sources.fetched(A, Fetched("x", "/cache/a.md"))
    assert sources.path(ROOT, A) == "/cache/a.md"
    assert sources.path("/other", A) == ""


def test_a_refused_url_is_never_asked_about_again() -> None:
    files = MemoryFiles(user_folder="/user")
    fixture = Fixture(files=files)
    fixture.name(A, B)
    fixture.sources.answer(Question(ROOT, A), is_accepted=False)
    assert fixture.sources.next_question() == Question(ROOT, B)
    problem = fixture.sources.problem(ROOT, A)
    assert problem
    assert problem.severity is Severity.HINT
    assert problem.message.startswith(f"'{A}' is not read, as you decided; ")
    again = Fixture(files=files)
    again.name(A)
    assert again.sources.next_question() is None
    assert again.sources.next_fetch() is None


def test_without_an_answer_there_are_no_more_questions_in_this_session() -> None:
    fixture = Fixture()
    fixture.name(A, B)
    fixture.sources.path("/other", A)
    assert fixture.sources.answer(Question(ROOT, A), is_accepted=None) == ""
    assert fixture.sources.next_question() == Question("/other", A)


@pytest.mark.parametrize("url", ["http://example.org/a.md", "https://me:secret@example.org/a.md", "ftp://x"])
def test_an_invalid_url_is_neither_fetched_nor_asked_about(url: str) -> None:
    fixture = Fixture()
    assert fixture.name(url, by_user=True) == [""]
    assert fixture.sources.next_fetch() is None
    assert fixture.sources.next_question() is None
    assert " is not read: " in fixture.message(url)
    assert "secret" not in fixture.message(url)


def test_a_decision_elsewhere_counts_after_an_update() -> None:
    files = MemoryFiles(user_folder="/user")
    fixture = Fixture({A: Copy("/cache/a.md")}, files)
    fixture.name(A)
    AcceptedUrls(files).accept(ROOT, A)
    for has_news in (True, False):
        fixture.sources.update()
        assert fixture.sources.take_news() is has_news
    assert fixture.name(A) == ["/cache/a.md"]
