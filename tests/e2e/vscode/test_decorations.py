"""Underlines below terms in a real Visual Studio Code: for first uses, for all, and for none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")

from tests.e2e.vscode.code import Window, wait

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.e2e.vscode.code import Code

GLOSSARY = """\
version: 1
terms:
  - term: zonk
    definition: The first meaning.
  - term: olde
    definition: Of yore.
    status: deprecated
"""

NOTES = "# Notes\n\nThe zonk and the olde one.\n\nA zonk is a zonk.\n"

#: The text of what has a dotted line below it, with how often the colour changes.
_UNDERLINED = """
() => [...document.querySelectorAll('.view-overlays .cdr')]
  .filter(mark => getComputedStyle(mark).borderBottomStyle === 'dotted')
  .map(mark => getComputedStyle(mark).borderBottomColor)
"""


def underlines(window: Window) -> list[str]:
    """Return the colour of each underline in the editor."""
    found: list[str] = window.page.evaluate(_UNDERLINED)
    return found


def see(window: Window, count: int) -> None:
    wait(lambda: len(underlines(window)) == count, f"{count} underlines", lambda: str(underlines(window)))


def test_underlines_follow_setting_text_and_glossary(browser: Browser, code: Code, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    (folder / ".vscode").mkdir(parents=True)
    settings = folder / ".vscode" / "settings.json"
    (folder / "glossary-ls.toml").write_text("packs = []\nsemanticTokens.enabled = false\n")
    (folder / "glossary.yaml").write_text(GLOSSARY)
    (folder / "notes.md").write_text(NOTES)
    with Window(browser, code, folder) as window:
        window.open("notes.md")
        settings.write_text(json.dumps({"glossary_ls.decorations": "all"}))
        see(window, 4)
        # The deprecated term is told apart.
        assert len(set(underlines(window))) == 2

        settings.write_text(json.dumps({"glossary_ls.decorations": "first"}))
        see(window, 2)

        window.go_to(1)
        window.press("Control+Home")
        window.page.keyboard.type("A zonk. ")
        see(window, 2)
        settings.write_text(json.dumps({"glossary_ls.decorations": "all"}))
        see(window, 5)

        (folder / "glossary.yaml").write_text(GLOSSARY.replace("term: zonk", "term: zinc"))
        see(window, 1)
        settings.write_text("{}")
        see(window, 0)
