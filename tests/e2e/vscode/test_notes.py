"""Inline notes in Visual Studio Code: what one says under the mouse, where it leads, what it writes.

All tests share one window, because its start costs more than any of them; each begins in the notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.e2e.vscode.code import Code

from tests.e2e.vscode.code import Window, plain, wait

TEXT = "# Notes\n\nAn EWQT is here.\n\nAn LLM as well.\n"
GLOSSARY = (
    "version: 1\nterms:\n  - term: other\n\n  - term: EWQT\n    expansion: early warning quality test\n"
)
NOTE = "(early warning quality test)"


@pytest.fixture(scope="module")
def shared(browser: Browser, code: Code, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    folder = tmp_path_factory.mktemp("notes") / "workspace"
    (folder / ".git").mkdir(parents=True)
    (folder / "glossary.yaml").write_text(GLOSSARY)
    (folder / "notes.md").write_text(TEXT)
    with Window(browser, code, folder) as opened:
        yield opened


@pytest.fixture
def window(shared: Window) -> Window:
    """The window, with the notes in front."""
    shared.open("notes.md")
    shared.see(f"{NOTE} is")
    return shared


def test_a_note_explains_its_term_and_leads_to_the_entry(window: Window) -> None:
    assert explained(window, NOTE) == 1
    follow(window, NOTE, "glossary.yaml")
    window.see("expansion: early")
    # Its hover is shown for a file that is open, too.
    window.open("notes.md")
    assert explained(window, NOTE) == 1


def test_a_note_from_a_built_in_glossary_leads_there(window: Window) -> None:
    assert explained(window, "(Large Language Model)") == 1
    follow(window, "(Large Language Model)", "llm-deployment.yaml")
    window.see("- term: LLM")
    # What the extension contains is read, not edited.
    refused = window.page.locator(".monaco-editor-overlaymessage", has_text="read-only")
    window.go_to(1)
    window.repeat(lambda: window.page.keyboard.type("x"), refused)


def explained(window: Window, note: str) -> int:
    """Return how often the explanation is shown when the mouse rests on a note."""
    shown = window.hover(note, "Source:")
    wait(lambda: "Double-click" in plain(shown.inner_text()), "the whole hover", shown.inner_text)
    return plain(shown.inner_text()).count("Source:")


def follow(window: Window, note: str, target: str) -> None:
    """Click a note as a link, until the file that it leads to is in front."""

    def click() -> None:
        x, y = window.place(note)
        window.page.keyboard.down("Control")
        window.page.mouse.move(x + 1, y)
        window.page.mouse.click(x, y)
        window.page.keyboard.up("Control")

    window.repeat(click, window.tab(target))


def test_a_double_click_writes_the_note_into_the_text(window: Window) -> None:
    window.page.mouse.dblclick(*window.place(NOTE))
    window.see("An early warning quality test (EWQT) is")
    window.miss(NOTE + " is")
