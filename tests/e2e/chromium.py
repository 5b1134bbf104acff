"""Web pages that the program writes, in a real Chromium, and whether they are accessible (axe-core)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

_AXE_VERSION = "4.10.3"
_AXE_HOME = Path(sys.prefix) / "axe-core"
_AXE = _AXE_HOME / "node_modules" / "axe-core" / "axe.min.js"

MISSING = "there is no chromium; as root on Debian, run tests/e2e/install-editors"


def obstacle() -> str:
    """Return why a page cannot be tested here, or an empty string."""
    if not program():
        return MISSING
    if not _AXE.exists():
        if not shutil.which("npm"):
            return "there is no npm"
        if not (os.environ.get("CI") or os.environ.get("GLOSSARY_LS_INSTALL")):
            return "there is no axe-core (GLOSSARY_LS_INSTALL=1 installs it)"
    return ""


def running() -> Iterator[Browser]:
    """Yield a browser, and close it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        yield browser
        browser.close()


def axe() -> str:
    """Return the script that checks a page."""
    if not _AXE.exists():
        command = ["npm", "install", "--silent", "--prefix", str(_AXE_HOME), f"axe-core@{_AXE_VERSION}"]
        subprocess.run(command, check=True)
    return _AXE.read_text("utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """Return what is not accessible on a page, whose policy must be bypassed."""
    page.evaluate(axe)
    result = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    found = [(each["id"], each) for each in result["violations"]]
    found += [
        ("color-contrast (unclear)", each) for each in result["incomplete"] if each["id"] == "color-contrast"
    ]
    return [f"{name}: {node['html']}" for name, each in found for node in each["nodes"]]


def program() -> str | None:
    """Return the browser."""
    return shutil.which("chromium") or shutil.which("chromium-browser")
