"""`check` with a cache: the report is that of a check of everything, whatever changed since the last one."""

from __future__ import annotations

import io
import itertools
import os
import shutil
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary_ls.cli import check, known_reports, main
from glossary_ls.cli.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from glossary_ls.cli.project import Checked

#: What the files of the folder may hold.
DOCUMENTS = (
    None,
    "The QZX is here.\n",
    "# One\n\nThe queue zone exchange (QZX) is here. The QQF is not.\n",
    "Text above.\n\nThe quick zebra exchange (QZX), and the QQG.\n",
    "The QZX and the quiet queue format (QQF), which QQF's readers know; two GPU's.\n",
)
FILES = {
    **dict.fromkeys(("a.md", "b.md", "sub/c.md"), DOCUMENTS),
    "glossary.yaml": (
        None,
        "terms:\n  - term: QQG\n",
        "terms:\n  - term: QQF\n    expansion: quaint queue\n",
    ),
    "sub/glossary.yaml": (None, "terms:\n  - term: QZX\n    scope: c.md\n"),
    "glossary-ls.toml": (
        None,
        '[diagnostics]\nacronyms.accept = ["QQF"]\n',
        "[diagnostics]\nworkspaceDefinitions = false\n",
        "[diagnostics.severity]\nunknown-acronym = 'error'\n",
    ),
    ".gitignore": (None, "b.md\n"),
}
ARGUMENTS = ((), ("--ignore", "defined-elsewhere"), ("--select", "ALL"), ("--jobs", "1", "sub"), ("a.md",))
CHANGES = st.sampled_from([(name, text) for name, texts in FILES.items() for text in texts])


#: The time of the next change: two may be within one tick of the clock of a file system.
_TIMES = itertools.count(10**18, 10**9)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty repository that is the current folder, with a cache of its own."""
    path = tmp_path_factory.mktemp("known")
    (path / ".git").mkdir()
    (path / "sub").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(path)
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(path / ".git" / "cache"))
        yield path


def write(folder: Path, name: str, text: str | None) -> None:
    path = folder / name
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(text, "utf-8")
        time = next(_TIMES)
        os.utime(path, ns=(time, time))


def fill(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the files, and no others."""
    for name in FILES:
        write(folder, name, texts.get(name))


def run(*arguments: str) -> str:
    """Return what a check prints."""
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        main(["check", "--format", "json", *arguments])
    return printed.getvalue()


@settings(max_examples=settings().max_examples // 12)
@given(st.lists(st.tuples(CHANGES, st.sampled_from(ARGUMENTS), st.booleans()), min_size=2, max_size=6))
def test_the_report_is_that_of_a_check_of_everything(
    folder: Path, steps: list[tuple[tuple[str, str | None], tuple[str, ...], bool]]
) -> None:
    fill(folder, {"a.md": DOCUMENTS[2], "b.md": DOCUMENTS[1], "sub/c.md": DOCUMENTS[4]})
    for change, arguments, is_folder in steps:
        write(folder, *change)
        if arguments == ("a.md",) and not (folder / "a.md").exists():
            continue
        with pytest.MonkeyPatch.context() as patch:
            # Other documents are read as in a check of many files.
            patch.setattr(check, "_FEW", 0 if is_folder else 16)
            assert run(*arguments) == run("--no-cache", *arguments)


@pytest.fixture
def checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Empty the cache, and return the names of the files that are checked from now on."""
    shutil.rmtree(folder / ".git/cache", ignore_errors=True)
    names: list[str] = []
    original = Project.check

    def spy(self: Project, path: str, source: str | None = None) -> Checked:
        names.append(self.key(path))
        return original(self, path, source)

    monkeypatch.setattr(Project, "check", spy)
    return names


def test_only_what_may_have_changed_is_checked(folder: Path, checked: list[str]) -> None:
    fill(folder, {"a.md": DOCUMENTS[2], "b.md": DOCUMENTS[1], "sub/c.md": "The QQX.\n"})
    run()
    assert checked == ["a.md", "b.md", "sub/c.md"]
    before = run()
    assert "QQX" in before
    assert "queue zone exchange" in before
    checked.clear()
    assert run() == before
    assert checked == []
    # The others look up acronyms, but not this one.
    write(folder, "sub/c.md", "The quiet queue cache (QQC).\n")
    run()
    assert checked == ["sub/c.md"]
    checked.clear()
    write(folder, "a.md", "# One\n\nThe quick zebra exchange (QZX) is here. The QQF is not.\n")
    assert "quick zebra exchange" in run()
    assert checked == ["a.md", "b.md"]
    checked.clear()
    write(folder, "glossary.yaml", "terms:\n  - term: QQF\n")
    run()
    assert checked == ["a.md", "b.md", "glossary.yaml", "sub/c.md"]


def test_a_damaged_cache_is_not_used(folder: Path, checked: list[str]) -> None:
    fill(folder, {"a.md": DOCUMENTS[2]})
    expected = run()
    (cache,) = (folder / ".git/cache/glossary-ls").glob("reports-*.json")
    whole = cache.read_text("utf-8")
    head, _, body = whole.partition("\n")
    damaged = body.replace("QQF", "QQQ")
    digest = known_reports._digest_of
    forged = "".join(f"{path}\t{row}\n" for path, row in ((body.partition("\t")[0], each) for each in BROKEN))
    for text in (
        f"{head}\n{damaged}",
        whole[:-20],
        "{",
        "",
        *(f"{head.replace(digest(body), digest(each))}\n{each}" for each in (forged, "no line")),
    ):
        cache.write_text(text, "utf-8")
        checked.clear()
        assert run() == expected
        assert checked == ["a.md"]


#: What another program may have written for a document.
BROKEN = ("", "[]", "{}", "[[", '["", [[1]], []]', '["", [], [[1]]]', '["", [], 1]')
