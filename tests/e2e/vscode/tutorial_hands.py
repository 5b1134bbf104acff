"""A person at Visual Studio Code who follows the tutorial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.e2e.vscode import side_bar
from tests.e2e.vscode.code import plain, until, wait

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.e2e.tutorial import Action
    from tests.e2e.vscode.code import Window


class CodeHands:
    """Does what a step says. What a busy machine loses is done again until its effect is seen."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def do(self, action: Action) -> None:
        """Do something once the editor is ready for it."""
        {"click": self._click, "text": self._type, "key": self._press}[action.kind](action)

    def see(self, text: str) -> None:
        """Wait until a text is on the page."""
        wait(lambda: text in self._text(), f"{text!r} on the page", self._text)

    def _text(self) -> str:
        return plain(self._window.page.locator("body").text_content() or "")

    def _click(self, action: Action) -> None:
        window, name = self._window, action.what
        if action.row:
            found = side_bar.row(window, side_bar.UNKNOWN, action.row)
            found.wait_for()
            until(lambda: self._press_button(found, name), window.box().is_visible, name)
        elif name.startswith("Check All"):
            side_bar.row(window, side_bar.UNKNOWN, "VRT").wait_for()
            boxes = side_bar.view(window, side_bar.UNKNOWN).locator('[role=checkbox][aria-checked="false"]')
            until(lambda: side_bar.press(window, side_bar.UNKNOWN, name), lambda: boxes.count() == 0, name)
        elif name.startswith("Add Checked"):
            until(
                lambda: side_bar.press(window, side_bar.UNKNOWN, name),
                self._tab("glossary.yaml").is_visible,
                name,
            )
        elif self._tab(name).is_visible():
            active = window.tab(name)
            window.repeat(self._tab(name).click, active)
        else:
            assert action.times == 2
            window.open(name)

    def _press_button(self, found: Locator, name: str) -> None:
        found.hover(timeout=5000)
        found.locator(f'.action-label[aria-label^="{name}"]').first.click(timeout=5000)

    def _tab(self, name: str) -> Locator:
        return self._window.page.locator(f'.tab[data-resource-name="{name}"]').first

    @property
    def _input(self) -> Locator:
        return self._window.page.locator(".quick-input-widget:visible input.input")

    def _type(self, action: Action) -> None:
        # What is there already: the sign of the command palette.
        text = self._input.input_value() + action.what
        self._input.fill(text)
        expect(self._input).to_have_value(text)
        if text.startswith(">"):
            first = self._window.page.locator(".quick-input-list .monaco-list-row").first
            wait(lambda: action.what in (first.text_content() or "").lower(), "the command is listed")

    def _press(self, action: Action) -> None:
        window = self._window
        if action.what == "F1":
            window.repeat(lambda: window.press("F1"), self._input)
        elif action.what == "Ctrl+S":
            file = window.folder / "glossary.yaml"
            until(lambda: window.press("Control+s"), file.exists, "the glossary is saved")
        else:
            widget = window.page.locator(".quick-input-widget:visible")
            until(
                lambda: self._input.press("Enter", timeout=5000),
                lambda: widget.count() == 0,
                "the box closes",
            )
