"""How long a window of Visual Studio Code waits for extensions, as its own list of them says."""

from __future__ import annotations

import re
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.e2e.chromium import program
from tests.e2e.vscode.code import BROWSER_FLAGS, Code, Window, package, plain, wait
from tests.e2e.vscode.samples import PYTHON, folder_at


def activations(*names: str, times: int = 3) -> list[float]:
    """Return how long each of these extensions took in a window with a Markdown file: medians, in ms."""
    found: list[list[float]] = []
    with tempfile.TemporaryDirectory(prefix="glossary-ls-bench-") as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=program(), args=list(BROWSER_FLAGS))
        workspace = folder_at(folder)
        with Code(folder, package(), machine=PYTHON) as code:
            for _ in range(times):
                with Window(browser, code, workspace) as window:
                    window.open("notes.md")
                    wait(window.squiggles, "a finding")
                    window.command("Developer: Show Running Extensions")
                    found.append([_milliseconds(window, name) for name in names])
        browser.close()
    return [statistics.median(of_extension) for of_extension in zip(*found, strict=True)]


def _milliseconds(window: Window, name: str) -> float:
    row = window.page.locator(".runtime-extensions-editor .monaco-list-row", has_text=name).first
    found = re.search(r"Activation: (\d+)ms", plain(row.inner_text()))
    assert found, name
    return float(found[1])
