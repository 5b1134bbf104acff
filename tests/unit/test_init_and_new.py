"""`glossary-ls init` and `new`: what they find, what they write, and that they change nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glossary_ls.cli import main, terminal

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = {
    "docs/a.md": "The Order Intake Gateway (OIG) is up. Ask the VVQ.\n",
    "docs/b.md": "The Order Intake Gateway (OIG) is down.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    put(tmp_path, DOCUMENTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(arguments) == code
    said = capsys.readouterr()
    return said.out if code == 0 else said.err


def test_a_folder_is_set_up_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = printed(capsys, "init")
    assert "Would write glossary-ls.toml" in first
    assert "`glossary-ls init --yes` writes without asking." in first
    assert contents(folder) == DOCUMENTS
    second = printed(capsys, "init", "--yes")
    assert "2 documents, with 2 acronyms and 0 phrases that no glossary explains" in second
    assert "Wrote glossary.yaml: 1 acronym with the definition that the documents give\n" in second
    for editor in ("VS Code", "Neovim", "Emacs"):
        assert f"  {editor}: " in second
    written = contents(folder)
    assert "expansion: Order Intake Gateway" in written["glossary.yaml"]
    assert "VVQ" not in written["glossary.yaml"]
    assert printed(capsys, "check", "--quiet", "glossary-ls.toml", "glossary.yaml") == ""
    third = printed(capsys, "init", "--yes")
    assert "  glossary.yaml: a glossary with 1 term (yaml)\n  glossary-ls.toml: settings" in third
    assert "Nothing is left to set up." in third
    assert contents(folder) == written


def test_what_is_there_is_found_and_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = {
        "pyproject.toml": "[tool.glossary-ls]\naccept = []\n",
        "mkdocs.yml": "site_name: x\n",
        ".vale.ini": "StylesPath = styles\n",
        "styles/config/vocabularies/Team/accept.txt": "Kubernetes\n[Oo]bservability\nZanzibar\n",
        ".contextive/definitions.yml": "contexts:\n  - terms:\n      - name: Hub\n        definition: Here\n",
        "docs/team/glossary.yaml": "VVQ: Very Vocal Queue\n",
    }
    put(folder, there)
    said = printed(capsys, "init", "--yes")
    for line in (
        ".contextive/definitions.yml: a glossary with 1 term (contextive)",
        "docs/team/glossary.yaml: a glossary with 1 term (yaml)",
        "pyproject.toml: settings of glossary-ls",
        "mkdocs.yml: MkDocs; `glossary-ls export --to mkdocs` writes abbreviations for it",
        ".vale.ini: Vale; its vocabularies are read as accepted words",
    ):
        assert f"  {line}\n" in said
    after = contents(folder)
    assert after.keys() - there.keys() - DOCUMENTS.keys() == {"glossary.yaml"}
    assert after | there | DOCUMENTS == after


def test_a_terminal_is_asked_for_each_file(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossary_ls.cli.init.can_ask", lambda: True)
    asked = []

    def answer(question: str) -> str:
        asked.append(question)
        return "n" if "toml" in question else ""

    monkeypatch.setattr("builtins.input", answer)
    said = printed(capsys, "init")
    assert asked[0] == "Write glossary-ls.toml (settings, with comments)? [Y/n] "
    assert "Would write glossary-ls.toml" in said
    assert "Wrote glossary.yaml" in said
    assert contents(folder).keys() - DOCUMENTS.keys() == {"glossary.yaml"}
    assert not terminal.can_ask()


@pytest.mark.parametrize("ending", [EOFError, KeyboardInterrupt])
def test_ctrl_d_and_ctrl_c_at_a_question_end_the_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch, ending: type[BaseException]
) -> None:
    def answer(question: str) -> str:
        raise ending(question)

    monkeypatch.setattr("glossary_ls.cli.init.can_ask", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    assert main(["init"]) == 130
    assert contents(folder) == DOCUMENTS


def test_a_term_is_added_where_the_team_keeps_its_terms(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    added = printed(capsys, "new", "VVQ", "--expansion", "Very  Vocal\nQueue")
    assert added == "glossary.yaml:3: 'VVQ' is added\n"
    written = contents(folder)["glossary.yaml"]
    assert written.endswith("  - term: VVQ\n    expansion: Very Vocal Queue\n")
    again = printed(capsys, "new", "vvq", code=1)
    assert again == "glossary.yaml:3: 'vvq' has an entry already\n"
    assert contents(folder)["glossary.yaml"] == written
    other = printed(capsys, "new", "VVQ", "--expansion", "Video Volume Quota")
    assert "'VVQ' is added, beside another meaning in line 3" in other
    assert printed(capsys, "new", "warm", "standby").endswith(
        "'warm standby' is added; fill in what it means\n"
    )
    explained = printed(capsys, "new", "warm standby", "--definition", "A replica that runs.")
    assert explained.endswith("'warm standby' is explained\n")
    assert contents(folder)["glossary.yaml"].count("warm standby") == 1


@pytest.mark.usefixtures("folder")
def test_a_term_is_refused_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, message in (
        (("new", " "), "the term is empty"),
        (("new", "X", "--glossary", "docs"), "docs: is a folder; name a glossary"),
        (
            ("new", "X", "--glossary", "docs/a.md"),
            "docs/a.md: entries can only be added to a glossary in YAML",
        ),
    ):
        assert printed(capsys, *arguments, code=2) == f"glossary-ls: {message}\n"
    assert "is added" in printed(capsys, "new", "X1Q", "--glossary", "docs/glossary.yaml")
