"""Several files and folders in a real Visual Studio Code: a rename with its preview, and two roots."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("code-server and Debian's Chromium are for Linux", allow_module_level=True)
pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")

from playwright.sync_api import expect

from tests.e2e.vscode.code import Code, Window, plain, wait
from tests.e2e.vscode.samples import folder_at

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator

MORE = "# More\n\nEvery zonk, and two zonks.\n"


def start_rename(window: Window, name: str, accept: str) -> Locator:
    """Rename the zonk of the notes, and return the rows of the preview."""
    # So that the preview has room for all rows.
    window.page.set_viewport_size({"width": 1180, "height": 1000})
    window.go_to(3, 41)
    box = window.page.locator(".rename-box .rename-input")
    window.repeat(lambda: window.press("F2"), box)
    expect(box).to_be_focused()
    expect(box).to_have_value("zonk")
    box.fill(name)
    window.press(accept)
    rows = window.page.locator(".bulk-edit-panel .monaco-list-row")
    rows.first.wait_for()
    return rows


def tell(rows: Locator) -> list[str]:
    """Return the rows of the preview: what is ticked begins with a +."""
    told = []
    for row in rows.all():
        sign = "+" if row.get_by_role("checkbox").is_checked() else "-"
        told.append(f"{sign} {plain(row.inner_text()).strip()}")
    return told


def test_a_rename_shows_what_it_will_change_and_asks_about_files_that_are_not_open(
    browser: Browser, code: Code, tmp_path: Path
) -> None:
    folder = folder_at(tmp_path)
    (folder / "more.md").write_text(MORE)
    names = ("glossary.yaml", "more.md", "notes.md")
    before = {name: (folder / name).read_text() for name in names}
    with Window(browser, code, folder) as window:
        window.open("notes.md")
        wait(window.squiggles, "a finding")

        # Nobody asked for a preview; it comes because a file that is not open would change.
        rows = start_rename(window, "zink", "Enter")
        wait(lambda: len(tell(rows)) == 7, "three files with their places", lambda: "\n".join(tell(rows)))
        assert tell(rows) == [
            "+ glossary.yaml",
            "+ - term: zonkzink",
            "- more.md",
            "- Every zonkzink, and two zonks.",
            "- Every zonk, and two zonkszinks.",
            "+ notes.md",
            "+ the XQZT team names a zonkzink.",
        ]
        window.page.locator(".bulk-edit-panel").get_by_text("Discard", exact=True).click()
        expect(rows).to_have_count(0)
        window.command("File: Save All")
        window.hover("zonk", "The first meaning.")
        assert {name: (folder / name).read_text() for name in names} == before

        rows = start_rename(window, "zink", "Control+Enter")
        box = rows.filter(has_text="more.md").get_by_role("checkbox")
        box.click()
        wait(lambda: all(line.startswith("+") for line in tell(rows)), "all is ticked")
        window.page.locator(".bulk-edit-panel").get_by_text("Apply", exact=True).click()
        expect(rows).to_have_count(0)
        window.see("names a zink.")
        window.command("File: Save All")
        after = {name: text.replace("zonk", "zink") for name, text in before.items()}
        wait(lambda: {name: (folder / name).read_text() for name in names} == after, "all is written")
        # The server goes by the new name.
        window.hover("zink", "The first meaning.")


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
        expect(window.problem("'VVKJ' is not defined in this document or any glossary")).to_have_count(1)
        expect(window.problem("expand-first-use")).to_have_count(1)
        expect(window.problem("east.md")).to_have_count(1)
        expect(window.problem("west.md")).to_have_count(1)
