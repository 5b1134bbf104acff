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

#: What has a dotted line below it: the colour of the line, and where it is, in pixels.
_UNDERLINED = """
() => [...document.querySelectorAll('.view-overlays .cdr')]
  .map(mark => [getComputedStyle(mark), mark.getBoundingClientRect()])
  .filter(([style]) => style.borderBottomStyle === 'dotted')
  .map(([style, {left, right, top, bottom}]) => [style.borderBottomColor, left, right, top, bottom])
"""


def underlines(window: Window) -> list[tuple[str, float, float, float, float]]:
    """Return colour, left, right, top and bottom of each underline in the editor."""
    found: list[tuple[str, float, float, float, float]] = window.page.evaluate(_UNDERLINED)
    return found


def is_underlined(window: Window, text: str) -> bool:
    """Tell whether there is an underline below the middle of a text, where it stands first."""
    x, y = window.place(text)
    return any(left < x < right and top < y < bottom for _, left, right, top, bottom in underlines(window))


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
        assert len({colour for colour, *_ in underlines(window)}) == 2

        settings.write_text(json.dumps({"glossary_ls.decorations": "first"}))
        see(window, 2)

        window.go_to(1)
        window.press("Control+Home")
        window.page.keyboard.type("A zonk. ")
        wait(lambda: is_underlined(window, "zonk"), "the new first use")
        see(window, 2)
        settings.write_text(json.dumps({"glossary_ls.decorations": "all"}))
        see(window, 5)

        (folder / "glossary.yaml").write_text(GLOSSARY.replace("term: zonk", "term: zinc"))
        see(window, 1)
        settings.write_text("{}")
        see(window, 0)
