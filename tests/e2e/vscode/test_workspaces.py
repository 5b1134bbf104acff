"""Two roots in one window of a real Visual Studio Code."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("code-server and Debian's Chromium are for Linux", allow_module_level=True)
pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")

from playwright.sync_api import expect

from tests.e2e.vscode.code import Window, wait
from tests.e2e.vscode.samples import folder_at

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.e2e.vscode.code import Code


def test_each_root_has_its_own_glossary_and_its_own_settings(
    browser: Browser, code: Code, tmp_path: Path
) -> None:
    """Two folders in one window; both have the same document, and explain its acronym in another way."""
    for name, meaning in (("east", "Eastern Quality Team"), ("west", "Western Query Tool")):
        root = folder_at(tmp_path, name)
        (root / "glossary.yaml").write_text(f"EWQT: {meaning}\n")
        (root / f"{name}.md").write_text("# Notes\n\nThe EWQT meets the VVKJ team.\n")
    settings = {"glossary_ls.rules": {"unknown-acronym": "off", "expand-first-use": "warning"}}
    (tmp_path / "west" / ".vscode" / "settings.json").write_text(json.dumps(settings))
    workspace = tmp_path / "both.code-workspace"
    workspace.write_text(json.dumps({"folders": [{"path": "east"}, {"path": "west"}]}))
    with Window(browser, code, workspace) as window:
        # Only then do its rows stay where they are.
        window.page.locator('.explorer-folders-view [aria-label^="west.md"]').wait_for()
        window.open("east.md")
        wait(window.squiggles, "a finding in the east")
        window.hover("EWQT", "Eastern Quality Team")
        window.open("west.md")
        wait(window.squiggles, "a finding in the west")
        window.hover("EWQT", "Western Query Tool")

        window.open_problems()
        rows = window.problem("Ln 3")
        expect(rows).to_have_count(2)
        expect(window.problem("'VVKJ' is not defined")).to_have_count(1)
        expect(window.problem("expand-first-use")).to_have_count(1)
        expect(window.problem("east.md")).to_have_count(1)
        expect(window.problem("west.md")).to_have_count(1)
