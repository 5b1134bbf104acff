"""The tutorial in a real Visual Studio Code: the steps of the page lead to its glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")

from tests.e2e import tutorial
from tests.e2e.vscode.code import Window, wait
from tests.e2e.vscode.tutorial_hands import CodeHands

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.e2e.vscode.code import Code


def test_the_steps_lead_to_the_glossary(browser: Browser, code: Code, tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    root = tutorial.create_repository(tmp_path / "work")
    start, opening, *steps = tutorial.steps(tutorial.VSCODE)
    assert start.actions[0].what == "code ."
    with Window(browser, code, root) as window:
        hands = CodeHands(window)
        tutorial.follow([opening], hands)
        wait(lambda: window.squiggles() == tutorial.TERMS, "a finding for each acronym")
        tutorial.follow(steps, hands)
        wait(lambda: window.squiggles() == 0, "no finding is left")
        written = (root / "glossary.yaml").read_text("utf-8")
    assert tutorial.expansions(written) == tutorial.glossary()
