"""Take the manual's pictures of Visual Studio Code: the real editor, with the packed extension, on the demo.

`make screenshots` runs it: python -m tests.e2e.vscode.pictures
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize, expect, sync_playwright

from tests.e2e.chromium import program
from tests.e2e.vscode import side_bar
from tests.e2e.vscode.code import BROWSER_FLAGS, REPOSITORY, Code, Window, missing, package, wait

IMAGES = REPOSITORY / "docs" / "images"
DEMO = REPOSITORY / "docs" / "demo" / "runbook.md"

#: What the team adds to the demo: a few terms, and a document with acronyms that nothing explains.
GLOSSARY = """\
version: 1
name: Chat team
terms:
  - term: blast radius
    definition: Everything that breaks when one thing breaks.
  - term: break-glass role
    definition: The role that an engineer on call takes when nothing else helps. Its use is logged.
"""
DESIGN = """\
# Design

The quota transfer service (QTS) asks the MRP twice. An RQB holds what the QTS drops.

The RQB is emptied by the regional batch runner, whose RBR alerts go to the platform team. The blast
radius of a full RQB is one region; the break-glass role can empty it.
"""
OPERATIONS = """\
# Operations

Each region has a regional quota buffer (RQB).
"""

#: The largest a picture may be, in bytes.
LIMIT = 250_000

SIZE = ViewportSize(width=1120, height=620)

#: For the side bar, the document and the panel beside each other.
WIDE = ViewportSize(width=1300, height=660)

THEMES = {"dark": "Default Dark Modern", "light": "Default Light Modern"}

#: Only the document, and what the server says about it.
QUIET: dict[str, object] = {
    "breadcrumbs.enabled": False,
    "editor.hover.above": False,
    "editor.lineHeight": 21,
    "editor.renderLineHighlight": "none",
    "editor.occurrencesHighlight": "off",
    "editor.guides.indentation": False,
    "workbench.activityBar.location": "hidden",
    "workbench.layoutControl.enabled": False,
    "workbench.editor.editorActionsLocation": "hidden",
    "workbench.view.alwaysShowHeaderActions": True,
    # What blinks or is new is in some pictures only.
    "editor.cursorBlinking": "solid",
    "workbench.settings.showSuggestions": False,
}

#: What says that something is not finished: a bar of progress, or a row that waits for its text.
BUSY = ".monaco-progress-container.active, .monaco-list-row .codicon-loading, .notification-toast"

#: How often a picture is compared with the one before, in milliseconds, and how many must be equal.
INTERVAL, EQUAL = 400, 3


def main() -> None:
    """Write the pictures."""
    if reason := missing():
        sys.exit(reason)
    with tempfile.TemporaryDirectory(prefix="glossary-ls-pictures-") as name, sync_playwright() as playwright:
        folder = Path(name)
        demo = folder / "chat-assistant"
        demo.mkdir()
        shutil.copy(DEMO, demo)
        (demo / "glossary.yaml").write_text(GLOSSARY)
        (demo / "design.md").write_text(DESIGN)
        (demo / "operations.md").write_text(OPERATIONS)
        machine: dict[str, object] = {"glossary_ls.server.interpreter": sys.executable}
        browser = playwright.chromium.launch(executable_path=program(), args=list(BROWSER_FLAGS))
        with Code(folder, package(), machine=machine) as code:
            for shade, theme in wanted_themes().items():
                with Window(browser, code, demo, **QUIET, **{"workbench.colorTheme": theme}) as window:
                    picture_all(window, shade)
        browser.close()


def wanted_themes() -> dict[str, str]:
    """Return the themes that the command line names, or both."""
    return {shade: theme for shade, theme in THEMES.items() if shade in sys.argv[1:]} or THEMES


def picture_all(window: Window, shade: str) -> None:
    """Take all pictures in one theme."""
    window.page.set_viewport_size(SIZE)
    window.open("runbook.md")
    window.press("Control+b")
    scroll_to(window, 19)
    window.see("(Recovery Time Objective)")
    wait(window.squiggles, "a finding")
    take(window, "notes", shade)

    window.hover("SLA", "compensated")
    take(window, "hover", shade, mouse="stays")
    park(window)

    scroll_to(window, 30)
    window.go_to(30, 13)
    window.light_bulb()
    take(window, "quick-fix", shade, mouse="stays")
    window.press("Escape")

    picture_problems(window, shade)
    picture_completion(window, shade)
    picture_settings(window, shade)
    picture_glossary(window, shade)
    picture_unknown(window, shade)


def picture_problems(window: Window, shade: str) -> None:
    """Take the picture of the findings in the Problems view."""
    window.open_problems()
    window.problem("'QZR'").first.wait_for()
    window.go_to(30)
    take(window, "problems", shade)
    window.close_panel()


def picture_completion(window: Window, shade: str) -> None:
    """Take the picture of the terms that are offered while a sentence is typed."""
    scroll_to(window, 31)
    # An empty line, so that the details have room on the right.
    window.go_to(29)
    window.page.keyboard.type("Our load bal")
    suggestions = window.page.locator(".suggest-widget.visible")
    row = suggestions.locator(".monaco-list-row", has_text="load balanc").first

    def ask() -> None:
        window.press("Control+Space")

    window.repeat(ask, row)
    window.repeat(ask, window.page.locator(".suggest-details-container:visible"))
    take(window, "completion", shade)
    window.press("Escape")
    window.command("File: Revert File")
    window.miss("Our load bal")


def picture_settings(window: Window, shade: str) -> None:
    """Take the picture of the page with the settings."""
    window.command("Preferences: Open Settings (UI)")
    sections = window.page.locator(".settings-toc-container .monaco-list-row")
    sections.filter(has_text="Extensions").first.click()
    for name in ("Glossary", "Explanations"):
        section = sections.filter(has=window.page.get_by_text(name, exact=True)).first
        section.click()
    shown = window.page.locator(".settings-tree-container")
    shown.locator(".settings-group-title-label", has_text="Explanations").first.wait_for()
    shown.locator(".setting-item-label", has_text="Enabled").first.wait_for()
    take(window, "settings", shade)
    window.command("View: Close Editor")
    window.tab("runbook.md").wait_for()


def picture_unknown(window: Window, shade: str) -> None:
    """Take the picture of the unknown acronyms of the workspace, with one of them unfolded."""
    window.page.set_viewport_size(WIDE)
    guide = window.page.locator(".tab", has_text="Guide")
    guide.hover()
    guide.locator(".codicon-close").click()
    guide.wait_for(state="detached")
    park(window)
    side_bar.open_editor(window, "design.md")
    window.command("Glossary: Review Unknown Acronyms")
    side_bar.rows(window, side_bar.UNKNOWN).nth(2).wait_for()
    for name in (side_bar.TERMS, side_bar.DOCUMENT):
        side_bar.collapse(window, name)
    side_bar.unfold(window, side_bar.UNKNOWN, "RQB")
    side_bar.press(window, side_bar.UNKNOWN, "Check All with a Guess")
    checked = side_bar.row(window, side_bar.UNKNOWN, "RQB").locator('[role=checkbox][aria-checked="true"]')
    checked.wait_for()
    take(window, "unknown", shade)


def picture_glossary(window: Window, shade: str) -> None:
    """Take the picture of the side bar and the panel."""
    window.page.set_viewport_size(WIDE)
    # Where there is no table, whose lines would be broken.
    scroll_to(window, 48)
    window.command("Glossary: Focus on Terms View")
    side_bar.unfold(window, side_bar.TERMS, "Chat team")
    # The uses of the team's terms have been counted.
    wait(lambda: any(" use" in text for text in side_bar.texts(window, side_bar.TERMS)), "the number of uses")
    term = side_bar.row(window, side_bar.DOCUMENT, "SLA")
    term.hover()
    term.locator('.action-label[aria-label^="Show Term..."]').click()
    page = side_bar.panel(window)
    page.locator(".use").first.wait_for()
    take(window, "glossary", shade)

    window.command("Glossary: Show Guides and Comparisons")
    page.locator("ol > li").first.wait_for()
    take(window, "guide", shade)


def scroll_to(window: Window, line: int) -> None:
    """Bring a line to the middle of the editor, and put the cursor there."""
    # A line that is far away comes to the middle.
    window.go_to(60)
    window.go_to(line)
    window.page.mouse.move(5, 5)


def park(window: Window) -> None:
    """Put the mouse where it points at nothing, and wait until nothing floats over the page."""
    size = window.page.viewport_size or SIZE
    # The status bar, between its two groups of items; a tab would tell where the file is.
    window.page.mouse.move(size["width"] * 0.55, size["height"] - 5)
    expect(window.page.locator(".monaco-hover:visible")).to_have_count(0)


def take(window: Window, name: str, shade: str, *, mouse: str = "parked") -> None:
    """Write one picture."""
    if mouse == "parked":
        park(window)
    save(window, IMAGES / f"vscode-{name}-{shade}.png")


def save(window: Window, path: Path) -> None:
    """Write a picture of the window once it is drawn: nothing is busy, and successive pictures are equal."""
    expect(window.page.locator(BUSY)).to_have_count(0)
    pictures = [window.page.screenshot()]

    def is_drawn() -> bool:
        window.page.wait_for_timeout(INTERVAL)
        pictures.append(window.page.screenshot())
        return len(set(pictures[-EQUAL:])) == 1 and len(pictures) >= EQUAL

    wait(is_drawn, f"{path.name} is drawn")
    path.write_bytes(pictures[-1])
    size = path.stat().st_size
    assert size < LIMIT, f"{path} has {size} bytes"
    print(path.relative_to(REPOSITORY), flush=True)


if __name__ == "__main__":
    main()
