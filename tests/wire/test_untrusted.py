"""An untrusted repository: no line of it may stop the server, or the answers about everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from glossary_ls.cli import main
from glossary_ls.glossary import store
from tests.memory_files import MemoryFiles
from tests.wire.harness import WireClient, uri
from tests.wire.test_commands import Editor

if TYPE_CHECKING:
    from pathlib import Path

DOC = uri("a.md")
TEXT = "The QXZ.\n"

#: Files that once made every request fail, or hang.
ODD: dict[str, dict[str, str]] = {
    "patterns": {
        ".gitignore": "[z-a]\n" + "a\n" * 600_000,
        "stars/.gitignore": f"[z-a]\n{'a*' * 40}b\n",
        f"stars/{'a' * 120}": "",
        "folders/.gitignore": f"{'**/a/' * 20}b\n",
        f"folders/{'a/' * 60}b.md": TEXT,
        "glossary.yaml": "terms:\n  - term: SLO\n    scope: ['[z-a]', 'a*a*a*a*a*a*a*b']\n",
    },
    "deep": {"glossary-ls.toml": f"x = {'[' * 600}{']' * 600}\n"},
    "digits": {"glossary-ls.toml": f"x = {'9' * 5000}\n"},
    "large": {"glossary-ls.toml": "# x\n" * 300_000},
    "foreign": {"pyproject.toml": f"[tool.other]\nx = {'9' * 5000}\n"},
    "settings": {
        "glossary-ls.toml": 'sources = ["[z-a]/*.yaml", "**/**/**/*.md"]\n'
        '[[overrides]]\npaths = ["[z-a]", "a*a*a*a*a*a*a*a*b"]\npacks = []\n',
        "glossary/a.md": f"+++\nx = {'9' * 5000}\n+++\n# SLO\n\nText.\n",
    },
}


@pytest.mark.parametrize("files", ODD.values(), ids=ODD)
def test_an_odd_file_leaves_everything_else_working(files: dict[str, str]) -> None:
    client = Editor({"a.md": TEXT, **files})
    client.open(DOC, "markdown", TEXT)
    assert "unknown-acronym" in [each["code"] for each in client.diagnostics(DOC)]
    checked: dict[str, Any] = client.execute("checkWorkspace", {})
    assert checked["documents"] >= 1
    assert not checked["cancelled"]
    assert client.execute("reload")["version"]
    assert client.execute("addTerm", "QXZ", "Queue Zone")["applied"]


@pytest.mark.parametrize("name", ["deep", "digits", "large", "foreign"])
def test_an_odd_file_is_reported_by_the_command(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, text in {"a.md": TEXT, **ODD[name]}.items():
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    main(["check", "."])
    printed = capsys.readouterr()
    assert "unknown-acronym" in printed.out
    assert ("invalid-toml" in printed.out) == (name in {"deep", "digits", "large"})
    assert "Traceback" not in printed.err


def test_front_matter_with_a_long_number_costs_no_document() -> None:
    client = WireClient(files=MemoryFiles())
    client.open(DOC, "markdown", f"+++\nx = {'9' * 5000}\n+++\n{TEXT}")
    assert [each["code"] for each in client.diagnostics(DOC)] == ["unknown-acronym"]


def test_settings_of_the_editor_that_are_nested_deeply() -> None:
    deep: object = "x"
    for _ in range(400):
        deep = [deep]
    client = WireClient(settings={"packs": deep, "rules": {"unknown-acronym": deep}, "sources": deep})
    client.open(DOC, "markdown", TEXT)
    assert "unknown-acronym" in [each["code"] for each in client.diagnostics(DOC)]


def test_a_check_is_answered_although_publishing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Editor({"a.md": TEXT})
    session = client.server.protocol.session
    assert session is not None

    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(session.publisher, "own_files_changed", fail)
    assert client.execute("checkWorkspace", {})["documents"] == 1


@pytest.mark.parametrize(
    ("name", "limit", "count", "text"),
    [
        ("_MOST_LINES", 20, "21 lines", "\n" * 21),
        ("_LONGEST", 100, "101 characters", "x" * 101),
        ("_MOST_ENTRIES", 2, "3 entries", "A: b\nC: d\nE: f\n"),
    ],
    ids=["lines", "characters", "entries"],
)
def test_a_glossary_that_is_too_large_is_reported_and_keeps_what_it_had(
    name: str, limit: int, count: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, name, limit)
    client = Editor({"a.md": "The SLO.\n", "glossary.yaml": "SLO: Service Level Objective\n"})
    client.open(DOC, "markdown", "The SLO.\n")
    glossary = uri("glossary.yaml")
    client.open(glossary, "yaml", text)
    (found,) = client.diagnostics(glossary)
    assert found["message"] == (
        f"glossary.yaml has {count}, more than the limit of {limit}, and is not read; "
        "split it into several glossaries"
    )
    assert "Service Level Objective" in str(client.hover(DOC, 0, 5))
    client.change(glossary, 2, "SLO: Something Less Obvious\n")
    assert client.diagnostics(glossary) == []
    assert "Something Less Obvious" in str(client.hover(DOC, 0, 5))
