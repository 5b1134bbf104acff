"""Take the pictures of the tutorial in Visual Studio Code, on the way that the page describes.

`make screenshots` runs it: python -m tests.e2e.vscode.tutorial_pictures
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from tests.e2e import tutorial
from tests.e2e.chromium import program
from tests.e2e.vscode import side_bar
from tests.e2e.vscode.code import BROWSER_FLAGS, Code, Window, missing, package, wait
from tests.e2e.vscode.pictures import QUIET, park, save, wanted_themes
from tests.e2e.vscode.samples import PYTHON
from tests.e2e.vscode.tutorial_hands import CodeHands

IMAGES = tutorial.PAGE.parent / "images" / "tutorial"

#: High enough for all acronyms in the lowest view of the side bar.
SIZE = ViewportSize(width=1120, height=800)

SETTINGS = QUIET | {"workbench.activityBar.location": "default"}


def main() -> None:
    """Write the pictures."""
    if reason := missing():
        sys.exit(reason)
    with tempfile.TemporaryDirectory(prefix="glossary-ls-pictures-") as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=program(), args=list(BROWSER_FLAGS))
        with Code(folder, package(), machine=PYTHON) as code:
            for shade, theme in wanted_themes().items():
                (parent := folder / shade).mkdir()
                root = tutorial.create_repository(parent)
                with Window(browser, code, root, **SETTINGS, **{"workbench.colorTheme": theme}) as window:
                    take_all(window, shade)
                shutil.rmtree(parent)
        browser.close()


def take_all(window: Window, shade: str) -> None:
    """Follow the tutorial, and take its pictures in one theme."""

    def take(name: str) -> None:
        if name.endswith("done"):
            for expansion in tutorial.glossary().values():
                window.see(f"({expansion})")
            # The view has room for a few of them.
            side_bar.rows(window, side_bar.DOCUMENT).nth(3).wait_for()
        else:
            side_bar.rows(window, side_bar.UNKNOWN).nth(tutorial.TERMS - 1).wait_for()
        park(window)
        save(window, IMAGES / f"{name}-{shade}.png")

    window.page.set_viewport_size(SIZE)
    hands = CodeHands(window)
    _, opening, *steps = tutorial.steps(tutorial.VSCODE)
    tutorial.follow([opening], hands)
    wait(lambda: window.squiggles() == tutorial.TERMS, "a finding for each acronym")
    tutorial.follow(steps, hands, take)


if __name__ == "__main__":
    main()
