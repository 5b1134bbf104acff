"""Take the manual's pictures of Visual Studio Code: the real editor, with the packed extension, on the demo.

`make screenshots` runs it: python -m tests.e2e.vscode.pictures
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from tests.e2e.vscode import side_bar
from tests.e2e.vscode.code import BROWSER_FLAGS, REPOSITORY, Code, Window, chromium, missing, package, wait

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
LIMIT = 200_000

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
}

#: How long what fades in takes, in milliseconds.
FADE = 700


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
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(BROWSER_FLAGS))
        with Code(folder, package(), machine=machine) as code:
            for shade, theme in THEMES.items():
                with Window(browser, code, demo, **QUIET, **{"workbench.colorTheme": theme}) as window:
                    picture_all(window, shade)
        browser.close()


def picture_all(window: Window, shade: str) -> None:
    """Take all pictures in one theme."""
    window.page.set_viewport_size(SIZE)
    window.open("runbook.md")
    window.press("Control+b")
    scroll_to(window, 19)
    window.see("(Recovery Time Objective)")
    # Not on the tab, which would tell where the file is.
    window.page.mouse.move(SIZE["width"] / 2, SIZE["height"] - 5)
    window.page.locator(".workbench-hover:visible").wait_for(state="hidden")
    take(window, "notes", shade)

    window.hover("SLA", "compensated")
    take(window, "hover", shade)
    window.page.mouse.move(SIZE["width"] / 2, SIZE["height"] - 5)

    scroll_to(window, 30)
    wait(window.squiggles, "a finding")
    window.go_to(30, 13)
    window.light_bulb()
    take(window, "quick-fix", shade)
    window.press("Escape")

    picture_glossary(window, shade)
    picture_unknown(window, shade)


def picture_unknown(window: Window, shade: str) -> None:
    """Take the picture of the unknown acronyms of the workspace, with one of them unfolded."""
    window.page.set_viewport_size(WIDE)
    guide = window.page.locator(".tab", has_text="Guide")
    guide.hover()
    guide.locator(".codicon-close").click()
    guide.wait_for(state="detached")
    window.command("Glossary: Review Unknown Acronyms")
    side_bar.rows(window, side_bar.UNKNOWN).nth(2).wait_for()
    for name in (side_bar.TERMS, side_bar.DOCUMENT):
        side_bar.collapse(window, name)
    side_bar.unfold(window, side_bar.UNKNOWN, "RQB")
    side_bar.press(window, side_bar.UNKNOWN, "Check All with a Guess")
    side_bar.row(window, side_bar.UNKNOWN, "RBR").hover()
    take(window, "unknown", shade)


def picture_glossary(window: Window, shade: str) -> None:
    """Take the picture of the side bar and the panel."""
    window.page.set_viewport_size(WIDE)
    scroll_to(window, 19)
    window.command("Glossary: Focus on Terms View")
    side_bar.unfold(window, side_bar.TERMS, "Chat team")
    # The uses of the team's terms have been counted.
    wait(lambda: any(" use" in text for text in side_bar.texts(window, side_bar.TERMS)), "the number of uses")
    term = side_bar.row(window, side_bar.DOCUMENT, "SLA")
    term.hover()
    term.locator('.action-label[aria-label^="Show Term..."]').click()
    page = side_bar.panel(window)
    page.locator(".use").first.wait_for()
    window.page.mouse.move(WIDE["width"] / 2, WIDE["height"] - 5)
    take(window, "glossary", shade)

    window.command("Glossary: Show Guides and Comparisons")
    page.locator("ol > li").first.wait_for()
    window.page.mouse.move(WIDE["width"] / 2, WIDE["height"] - 5)
    take(window, "guide", shade)


def scroll_to(window: Window, line: int) -> None:
    """Bring a line to the middle of the editor, and put the cursor there."""
    # A line that is far away comes to the middle.
    window.go_to(60)
    window.go_to(line)
    window.page.mouse.move(5, 5)


def take(window: Window, name: str, shade: str) -> None:
    """Write one picture."""
    window.page.wait_for_timeout(FADE)
    path = IMAGES / f"vscode-{name}-{shade}.png"
    window.page.screenshot(path=path)
    size = path.stat().st_size
    assert size < LIMIT, f"{path} has {size} bytes"
    print(f"docs/images/{path.name}")


if __name__ == "__main__":
    main()
