"""The extension in a real Visual Studio Code, as a person uses it: the packed .vsix, server included.

Every test looks at the page, or at the files that the editor wrote. To see that they can fail, break the
server, and pack again. The tests share one window, because its start costs more than any of them: each begins
with the notes in front and their finding, and leaves them so, until the glossary defines it.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from typing import TYPE_CHECKING

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("code-server and Debian's Chromium are for Linux", allow_module_level=True)
pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")

from playwright.sync_api import expect

from tests.e2e.vscode.code import SIZE, Code, Window, plain, wait
from tests.e2e.vscode.samples import folder_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator


@pytest.fixture(scope="module")
def window(browser: Browser, code: Code, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A window that shows the notes, with the finding in them."""
    folder = folder_at(tmp_path_factory.mktemp("vscode"))
    (folder / "more.md").write_text("# More\n\nEvery zonk, and two zonks.\n")
    with Window(browser, code, folder) as opened:
        opened.open("notes.md")
        wait(opened.squiggles, "a finding")
        yield opened


def test_hover_note_finding_and_completion(window: Window) -> None:
    window.see("(Service Level Agreement) of the XQZT team")

    hover = window.hover("SLA", "Service Level Agreement")
    expect(hover.locator("strong").first).to_contain_text("SLA")
    assert "**" not in plain(hover.inner_text())
    window.hover("zonk", "The first meaning.")

    assert window.squiggles() == 1
    window.open_problems()
    row = window.problem("'XQZT' is not defined")
    expect(row).to_contain_text("glossary")
    expect(row).to_contain_text("unknown-acronym")
    expect(row).to_contain_text("Ln 3, Col 19")
    window.close_panel()

    window.go_to(5, 13)
    window.complete("load balancing")
    window.see("Our load balancing")


def test_the_status_tells_what_is_in_force(window: Window) -> None:
    window.page.locator('[id="status.languageStatus"]').hover()
    status = window.page.locator(".hover-language-status", has_text="terms").first
    status.wait_for()
    assert re.search(r"\d+ terms", plain(status.inner_text()))
    assert "1 problem in this document · glossary.yaml (1)" in plain(status.inner_text())


def test_settings_change_while_the_server_runs(window: Window, code: Code) -> None:
    (server,) = code.servers()[-1:]
    settings = window.folder / ".vscode" / "settings.json"
    settings.write_text(json.dumps({"glossary_ls.inlayHints.enabled": False}))
    window.miss("(Service Level Agreement)")
    assert window.squiggles() == 1
    settings.write_text(json.dumps({"glossary_ls.rules": {"unknown-acronym": "off"}}))
    window.see("(Service Level Agreement)")
    wait(lambda: window.squiggles() == 0, "the rule is off")
    assert server in code.servers()
    settings.write_text("{}")
    wait(window.squiggles, "the rule is on again")


def test_the_commands_of_the_palette(window: Window) -> None:
    window.command("Glossary: Check Workspace")
    window.message("in 3 documents.").get_by_text("Show Problems").click()
    expect(window.problem("'VVKJ'")).to_be_visible()
    expect(window.problem("'XQZT'")).to_be_visible()
    window.close_panel()

    window.command("Glossary: Show Term...")
    window.page.get_by_placeholder("Part of a term").fill("zon")
    found = window.page.locator(".quick-input-list .monaco-list-row", has_text="zonk").first
    found.hover()
    window.click(found.locator('.action-label[aria-label^="Go to Entry"]'), window.tab("glossary.yaml"))

    window.open("notes.md")
    window.go_to(3, 20)
    window.command("Glossary: Add Selection as a Term")
    window.page.locator(".quick-input-list .monaco-list-row", has_text="to glossary.yaml").first.click()
    window.enter("")
    window.tab("glossary.yaml").wait_for()
    window.see('expansion: ""')
    # The cursor is between the quotes.
    window.page.locator(".editor-instance .monaco-editor.focused").first.wait_for()
    window.page.keyboard.type("Extra Queue Zone")
    window.see('expansion: "Extra Queue Zone"')

    window.open("notes.md")
    window.command("Glossary: Open Glossary")
    window.tab("glossary.yaml").wait_for()

    # The glossary becomes what it was.
    window.command("File: Revert File")
    window.open("notes.md")
    wait(window.squiggles, "the finding is back")


def test_a_rename_shows_what_it_will_change_and_asks_about_files_that_are_not_open(window: Window) -> None:
    window.open("notes.md")
    window.command("File: Save All")
    expect(window.page.locator(".tab.dirty")).to_have_count(0)
    names = ("glossary.yaml", "more.md", "notes.md")
    before = {name: (window.folder / name).read_text() for name in names}

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
    assert {name: (window.folder / name).read_text() for name in names} == before

    rows = start_rename(window, "zink", "Control+Enter")
    box = rows.filter(has_text="more.md").get_by_role("checkbox")
    box.click()
    wait(lambda: all(line.startswith("+") for line in tell(rows)), "all is ticked")
    window.page.locator(".bulk-edit-panel").get_by_text("Apply", exact=True).click()
    expect(rows).to_have_count(0)
    window.see("names a zink.")
    window.command("File: Save All")
    after = {name: text.replace("zonk", "zink") for name, text in before.items()}
    wait(lambda: {name: (window.folder / name).read_text() for name in names} == after, "all is written")
    # The server goes by the new name.
    window.hover("zink", "The first meaning.")
    window.page.set_viewport_size(SIZE)


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


def test_the_light_bulb_adds_a_term_and_the_finding_goes(window: Window) -> None:
    window.open("notes.md")
    # The light bulb follows the cursor, which has been at the acronym.
    window.go_to(1)
    window.go_to(3, 20)
    window.choose("Add 'XQZT' to glossary.yaml", window.box().is_visible)
    expect(window.box()).to_have_value("")
    window.enter("Extra Queue Zone")
    window.page.locator('.tab[data-resource-name="glossary.yaml"]').wait_for()
    wait(lambda: window.squiggles() == 0, "the finding is gone")
    window.command("File: Save All")
    added = "  - term: XQZT\n    expansion: Extra Queue Zone\n"
    wait(lambda: added in (window.folder / "glossary.yaml").read_text(), "the glossary is written")
    window.open("notes.md")


def test_a_killed_server_comes_back_with_what_is_unsaved(window: Window, code: Code) -> None:
    # What was added to the glossary is known, and was saved.
    assert window.squiggles() == 0
    window.go_to(3, 18)
    window.press("End")
    window.page.keyboard.type(" The Zoned Query Transfer (ZQTR) and WWJK.")
    wait(lambda: window.squiggles() == 1, "a finding")
    before = set(wait(code.servers, "the server"))
    for server in before:
        os.kill(server, signal.SIGKILL)
    wait(lambda: set(code.servers()) - before, "another server", lambda: f"{before} {code.servers()}")
    # No file says so, and the server that knew it is gone.
    window.hover("ZQTR", "Zoned Query Transfer")
    assert "ZQTR" not in (window.folder / "notes.md").read_text()
    window.page.keyboard.type(" And VVQX.")
    wait(lambda: window.squiggles() == 2, "two findings")
    window.hover("SLA", "Service Level Agreement")


def test_a_server_that_cannot_start_is_explained_and_started_by_the_user(
    browser: Browser, vsix: Path, tmp_path: Path
) -> None:
    empty, program, runs = tmp_path / "empty", tmp_path / "serve", tmp_path / "runs"
    empty.mkdir()
    # It ends at once the first time.
    program.write_text(
        f"""#!/bin/sh
if [ -e "{runs}" ]; then first=; else first=1; fi
echo >> "{runs}"
[ ! "$first" ] || exit 3
exec "{sys.executable}" -m glossary_ls "$@"
"""
    )
    program.chmod(0o755)
    folder = folder_at(tmp_path)
    with (
        Code(tmp_path, vsix, machine={}, path=str(empty)) as code,
        Window(browser, code, folder) as window,
    ):
        window.open("notes.md")
        message = window.message("needs Python 3.11 or newer")
        expect(message).to_contain_text("Show Output")
        settings = window.page.locator(".settings-editor .settings-tree-container", has_text="Interpreter")
        window.click(message.get_by_text("Open Settings"), settings)
        # What the user then sets is used at once, but not again when it ended at its start.
        code.configure({"glossary_ls.server.path": str(program)})
        window.message("language server did not start")
        assert len(runs.read_text().splitlines()) == 1
        # Newer editors show their settings in front of all else.
        window.press("Escape")
        window.open("notes.md")
        window.command("Glossary: Restart Language Server")
        wait(window.squiggles, "a finding")
    assert len(runs.read_text().splitlines()) == 2
