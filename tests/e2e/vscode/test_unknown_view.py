"""The view of unknown acronyms in a real Visual Studio Code: what is shown, edited, added and accepted.

The tests share one window with those of the other views, because its start costs more than they do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")

from playwright.sync_api import expect

from tests.e2e.vscode import side_bar
from tests.e2e.vscode.code import until, wait
from tests.e2e.vscode.side_bar import UNKNOWN, row, see_rows, view

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.vscode.code import Window


@pytest.fixture(scope="module")
def window(side_bar_window: Window) -> Window:
    """The window with the side bar open, and a document with unknown acronyms in front."""
    side_bar_window.command("View: Close All Editors")
    side_bar.open_editor(side_bar_window, "queue.md")
    side_bar_window.command("Glossary: Review Unknown Acronyms")
    return side_bar_window


def check(window: Window, label: str) -> None:
    """Check an acronym."""
    box = row(window, UNKNOWN, label).locator(".custom-view-tree-node-item-checkbox")
    until(
        lambda: None if box.get_attribute("aria-checked") == "true" else box.click(timeout=5000),
        lambda: box.get_attribute("aria-checked") == "true",
        f"{label} is checked",
    )


def press(window: Window, label: str, action: str, is_done: Callable[[], bool]) -> None:
    """Press a button of a row."""

    def act() -> None:
        found = row(window, UNKNOWN, label)
        found.hover(timeout=5000)
        found.locator(f'.action-label[aria-label^="{action}"]').first.click(timeout=5000)

    until(act, is_done, f"{action} of {label}")


def glossary(window: Window) -> str:
    """Save everything, and return the glossary."""
    window.command("File: Save All")
    return (window.folder / "glossary.yaml").read_text()


def test_a_use_is_opened_and_a_rare_action_is_chosen_from_a_list(window: Window) -> None:
    row(window, UNKNOWN, "JZKP").wait_for()
    side_bar.unfold(window, UNKNOWN, "JZKP")
    until(
        lambda: row(window, UNKNOWN, "rare.md:1").click(timeout=5000),
        lambda: window.tab("rare.md").is_visible(),
        "the document of the use is open",
    )
    window.page.locator(".editor-instance .view-line").first.click()
    window.go_to(1, 10)
    rows = window.page.locator(".quick-input-list .monaco-list-row")
    window.choose("More...", lambda: rows.count() > 0)
    expect(rows.filter(has_text="Review all unknown acronyms").first).to_be_visible()
    rows.filter(has_text="Ignore 'unknown-acronym' on this line").first.click()
    window.see("ignore-next-line unknown-acronym")


def test_unknown_acronyms_are_reviewed_all_at_once(window: Window) -> None:
    see_rows(
        window,
        UNKNOWN,
        "QXWZ Quoted Extra Wait Zone? \u00b7 2 uses",
        "LQRS Lookup Queue Run Stream? \u00b7 1 use",
        "VVKJ 1 use",
        "WQVZ 1 use",
    )
    expect(view(window, UNKNOWN).locator(".pane-header .description")).to_have_text("4")

    view(window, UNKNOWN).get_by_text("4 in this workspace.").wait_for()

    # What the user enters takes the place of the guess, and checks the acronym.
    press(window, "VVKJ", "Edit Expansion", window.box().is_visible)
    window.enter("Very Various Kinds of Joy")
    wait(
        lambda: "VVKJ Very Various Kinds of Joy \u00b7 1 use" in side_bar.texts(window, UNKNOWN),
        "the expansion is shown",
        lambda: str(side_bar.texts(window, UNKNOWN)),
    )
    check(window, "QXWZ")
    view(window, UNKNOWN).get_by_text("2 of 4 checked.").wait_for()
    until(
        lambda: side_bar.press(window, UNKNOWN, "Add Checked"),
        lambda: len(side_bar.texts(window, UNKNOWN)) == 2,
        "two acronyms are left",
    )
    wait(lambda: "Very Various Kinds of Joy" in glossary(window), "the glossary is written")
    assert "  - term: QXWZ\n    expansion: Quoted Extra Wait Zone\n" in glossary(window)

    side_bar.menu(window, row(window, UNKNOWN, "WQVZ"), "Accept")
    wait(lambda: len(side_bar.texts(window, UNKNOWN)) == 1, "the acronym is gone")
    wait(lambda: "accept: [WQVZ]" in glossary(window), "the acronym is accepted")

    press(window, "LQRS", "Add to Glossary", window.box().is_visible)
    expect(window.box()).to_have_value("Lookup Queue Run Stream")
    window.enter()
    wait(lambda: "Lookup Queue Run Stream" in glossary(window), "the glossary is written")
    view(window, UNKNOWN).get_by_text("Every acronym in the documents of this workspace").wait_for()
