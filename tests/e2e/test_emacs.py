"""The server in a real Emacs: through editors/emacs and Eglot, by what Eldoc, Flymake and others show.

To see that these tests can fail, break the server as described in test_neovim.py: the tests that
look at explanations fail, and the one of the definition, which is found in the same way.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

if not sys.platform.startswith("linux"):
    pytest.skip("Emacs is installed from Debian's packages", allow_module_level=True)

from tests.e2e.emacs import PACKAGE, batch, observations, program
from tests.e2e.neovim import is_running, wait

pytestmark = pytest.mark.skipif(
    program() is None,
    reason="there is no Emacs with Eglot and markdown-mode; as root on Debian, run tests/e2e/install-editors",
)

FILES = {
    "notes.md": """\
# Notes 🐢

The 🚀 SLA of the XQZT team names a zonk.

Nobody explains the XYQ.
""",
    "glossary.yaml": """\
version: 1
terms:
  - term: zonk
    definition: The first meaning.
  - term: blue frobnicator
    definition: It frobnicates.
  - term: yarpel
    definition: The only word that begins like this.
""",
    "old.glossary.yaml": "version: 1\nterms:\n  - term: zink\n    defintion: Oops.\n",
    "new.glossary.yaml": "version: 1\nterms:\n  - term: zank\n    defintion: Oops.\n",
    "todo.txt": "Ask the XQZT team.\n",
    "deployment.yaml": "kind: XQZT\n",
    "paper.tex": "\\documentclass{article}\n",
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    workspace = tmp_path_factory.mktemp("emacs") / "workspace"
    workspace.mkdir()
    # Eglot asks git for the folders to watch.
    subprocess.run(["git", "init", "--quiet", workspace], check=True)
    for name, text in FILES.items():
        (workspace / name).write_text(text)
    emacs = program()
    assert emacs
    return observations(emacs, workspace)


def covered(findings: list[dict[str, str]], kind: str) -> list[str]:
    return [finding["covers"] for finding in findings if finding["type"] == f"eglot-{kind}"]


def test_findings_are_quiet_and_in_their_place_behind_an_emoji(seen: dict[str, Any]) -> None:
    assert covered(seen["findings"], "note") == ["XQZT", "XYQ"]
    assert len(seen["findings"]) == 2
    assert seen["findings"][0]["text"].startswith("glossary-ls [unknown-acronym]: 'XQZT' is not defined")


def test_eldoc_explains_what_is_at_point_and_begins_with_the_gist(seen: dict[str, Any]) -> None:
    assert seen["acronym"].startswith("SLA — Service Level Agreement\n")
    assert seen["term"].startswith("zonk: The first meaning.\n")


def test_what_is_explained_is_drawn_without_signs_of_markdown(seen: dict[str, Any]) -> None:
    assert "Service Level" in seen["acronym"]
    assert "*" not in seen["acronym"]


def test_where_there_is_no_term_nothing_is_said(seen: dict[str, Any]) -> None:
    assert seen["no term"] == ""


def test_a_word_is_completed(seen: dict[str, Any]) -> None:
    assert seen["word"] == "The yarpel"
    assert seen["capital"] == "Yarpel"


def test_a_phrase_is_completed_from_its_last_word(seen: dict[str, Any]) -> None:
    if seen["version"] >= 30:
        pytest.skip("the Eglot of Emacs 30 takes no offer that starts before the word at point")
    assert seen["phrase"] == "Our blue frobnicator"


def test_a_definition_is_found_in_the_glossary(seen: dict[str, Any]) -> None:
    assert seen["definition"] == ["glossary.yaml:3"]


def test_a_code_action_adds_a_term_to_the_glossary(seen: dict[str, Any]) -> None:
    assert "Add 'XQZT' to glossary.yaml" in seen["actions"]
    assert "  - term: XQZT\n" in seen["added"]


def test_a_code_action_edits_the_document(seen: dict[str, Any]) -> None:
    assert seen["ignored"].startswith("<!-- glossary-ls: accept XYQ -->\n")


def test_an_added_entry_is_shown_or_its_place_is_told(seen: dict[str, Any]) -> None:
    told = "'XQZT' is in glossary.yaml, line 10; fill in the explanation. The file is not saved yet."
    assert told in seen["told where"] or seen["point"].endswith('expansion: "')


def test_unknown_acronyms_are_reviewed_in_a_draft(seen: dict[str, Any]) -> None:
    assert "  # 2 uses: notes.md:" in seen["draft"]
    assert '  - term: XQZT\n    expansion: ""\n' in seen["draft"]


def test_guides_and_comparisons_are_shown(seen: dict[str, Any]) -> None:
    assert seen["guide"].startswith("# Running LLMs")
    assert "## How similar terms differ\n\n- **" in seen["guide"]


def test_settings_of_eglot_reach_the_server(seen: dict[str, Any]) -> None:
    assert "XQZT" in covered(seen["louder"], "error")


def test_glossary_files_are_checked_whether_they_start_the_server_or_not(seen: dict[str, Any]) -> None:
    assert seen["glossary mode"] == "glossary-ls-yaml-mode"
    assert covered(seen["glossary findings"], "warning") == ["defintion"]
    assert covered(seen["more glossary findings"], "warning") == ["defintion"]


def test_plain_text_is_read_once_it_has_the_mode(seen: dict[str, Any]) -> None:
    assert [finding["covers"] for finding in seen["text findings"]] == ["XQZT"]


def test_files_of_other_servers_are_left_alone(seen: dict[str, Any]) -> None:
    assert seen["other yaml"] is False
    assert seen["latex"] is False
    assert "latex-mode is not supported" in seen["reason"]


def test_eglot_refuses_nothing_that_the_server_asks_for(seen: dict[str, Any]) -> None:
    assert seen["refused"] == []


def test_the_servers_end_with_emacs(seen: dict[str, Any]) -> None:
    assert seen["servers"]
    wait(lambda: not any(map(is_running, seen["servers"])), "the servers have ended")


@pytest.mark.parametrize(
    "code",
    [
        '(progn (require (quote bytecomp)) (setq byte-compile-error-on-warn t) (byte-compile-file "{file}"))',
        '(progn (require (quote checkdoc)) (checkdoc-file "{file}"))',
    ],
    ids=["compiles", "is documented"],
)
def test_the_package_is_tidy(tmp_path: Path, code: str) -> None:
    file = tmp_path / "glossary-ls.el"
    file.write_bytes((PACKAGE / "glossary-ls.el").read_bytes())
    emacs = program()
    assert emacs
    run = batch(emacs, "--eval", code.format(file=file))
    assert run.returncode == 0, run.stderr
    assert not run.stderr.strip()
