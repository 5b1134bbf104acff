"""The glossary's side bar and panel in a window, as a person finds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.e2e.vscode.code import PATIENCE, plain, until, wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import FrameLocator, Locator

    from tests.e2e.vscode.code import Window

TERMS = "Terms"
DOCUMENT = "In This Document"
UNKNOWN = "Unknown Acronyms"


def show(window: Window) -> None:
    """Open the side bar of the glossary."""
    window.repeat(
        window.page.locator('.activitybar .action-label[aria-label="Glossary"]').click, view(window, TERMS)
    )
    rows(window, TERMS).first.wait_for()


def view(window: Window, name: str) -> Locator:
    """Return one of the views, with its title."""
    title = window.page.locator(".pane-header h3.title", has_text=name)
    return window.page.locator(".sidebar .pane", has=title)


def collapse(window: Window, name: str) -> None:
    """Hide all but the title of a view."""
    header = view(window, name).locator(".pane-header")
    closed = window.page.locator('.pane-header[aria-expanded="false"]', has_text=name)
    window.repeat(header.click, closed)


def rows(window: Window, name: str) -> Locator:
    """Return the rows of a view."""
    return view(window, name).locator(".monaco-list-row")


def row(window: Window, name: str, label: str) -> Locator:
    """Return the row with a label."""
    exact = window.page.locator(".label-name", has_text=re.compile(f"^{re.escape(label)}$"))
    return rows(window, name).filter(has=exact).first


def unfold(window: Window, name: str, label: str) -> None:
    """Show what is below a row."""
    _turn(row(window, name, label), "true")


def fold(window: Window, name: str, label: str) -> None:
    """Hide what is below a row."""
    _turn(row(window, name, label), "false")


def _turn(found: Locator, wanted: str) -> None:
    def turn() -> None:
        if found.get_attribute("aria-expanded") != wanted:
            found.locator(".monaco-tl-twistie").click()

    until(turn, lambda: found.get_attribute("aria-expanded") == wanted, f"expanded is {wanted}")


def texts(window: Window, name: str) -> list[str]:
    """Return what the rows of a view say, from top to bottom: the label, a blank and the description."""
    found = window.page.evaluate(
        """view => [...view.querySelectorAll('.monaco-list-row')]
          .sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top))
          .map(row => [...row.querySelectorAll('.label-name, .label-description')]
            .map(part => part.textContent).join(' '))""",
        view(window, name).element_handle(),
    )
    return [plain(each) for each in found]


def see_rows(window: Window, name: str, *expected: str) -> None:
    """Wait until a view has exactly these rows."""
    wait(
        lambda: texts(window, name) == list(expected),
        f"{expected} in the view",
        lambda: str(texts(window, name)),
    )


def press(window: Window, name: str, action: str) -> None:
    """Press a button in the title of a view, or of a row that the mouse is on."""
    view(window, name).locator(".pane-header").hover()
    view(window, name).locator(f'.action-label[aria-label^="{action}"]').first.click()


def group_by(window: Window, grouping: str) -> None:
    """Choose how the terms are grouped."""
    view(window, TERMS).locator(".pane-header").hover()
    button = view(window, TERMS).locator('.action-label[aria-label^="Group By"]').first
    _choose(window, button.click, f"Group by {grouping}")


def menu(window: Window, at: Locator, action: str) -> None:
    """Choose from the context menu of a row."""
    _choose(window, lambda: at.click(button="right"), action)


def _choose(window: Window, opening: Callable[[], object], action: str) -> None:
    items = window.page.locator(".monaco-menu .action-item", has_text=action)
    item = window.repeat(opening, items)
    item.hover()
    # A menu takes no click for a tenth of a second, so that the one that opened it chooses nothing.
    window.page.wait_for_timeout(200)
    until(
        lambda: item.click(timeout=PATIENCE * 100),
        lambda: not items.first.is_visible(),
        f"{action} is chosen",
    )


def panel(window: Window) -> FrameLocator:
    """Return the page that shows a term."""
    return window.page.frame_locator("iframe.webview.ready").frame_locator("#active-frame")


def open_editor(window: Window, name: str) -> None:
    """Bring a file to the front while the explorer is hidden."""
    tab = window.page.locator(f'.tab[data-resource-name="{name}"]')
    if tab.count():
        tab.first.click()
    else:
        box = window.page.locator(".quick-input-widget input")
        window.repeat(lambda: window.press("Control+p"), box)
        box.fill(name)
        window.page.locator(".quick-input-list .monaco-list-row", has_text=name).first.click()
    window.tab(name).wait_for()
