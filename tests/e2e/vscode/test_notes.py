"""What stands in the text of a document: inline notes, underlines, and a hover beside another language's.

All tests share one window, because its start costs more than any of them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.e2e.vscode.code import Code

from tests.e2e.vscode.code import Window, plain, wait

GLOSSARY = """\
version: 1
terms:
  - term: other

  - term: EWQT
    expansion: early warning quality test

  - term: zonk
    definition: A gateway that never sleeps.

  - term: olde
    definition: Of yore.
    status: deprecated
"""

FILES = {
    "glossary.yaml": GLOSSARY,
    "glossary-ls.toml": "semanticTokens.enabled = false\n",
    "notes.md": "# Notes\n\nAn EWQT is here.\n\nAn LLM as well.\n",
    "underlines.md": "# Notes\n\nThe zonk and the olde one.\n\nA zonk is a zonk.\n",
    "gateway.css": "/* Where the gateway is shown. */\n.zonk-state { color: red; }\n",
}

NOTE = "(early warning quality test)"

#: What has a dotted line below it: the color of the line, and where it is, in pixels.
_UNDERLINED = """
() => [...document.querySelectorAll('.view-overlays .cdr')]
  .map(mark => [getComputedStyle(mark), mark.getBoundingClientRect()])
  .filter(([style]) => style.borderBottomStyle === 'dotted')
  .map(([style, {left, right, top, bottom}]) => [style.borderBottomColor, left, right, top, bottom])
"""


@pytest.fixture(scope="module")
def window(browser: Browser, code: Code, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    folder = tmp_path_factory.mktemp("notes") / "workspace"
    (folder / ".git").mkdir(parents=True)
    (folder / ".vscode").mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    languages = {"glossary_ls.server.languages": ["markdown", "css"]}
    with Window(browser, code, folder, **languages) as opened:
        yield opened


@pytest.fixture
def notes(window: Window) -> Window:
    """The window, with the notes in front."""
    window.open("notes.md")
    window.see(f"{NOTE} is")
    return window


def test_a_note_explains_its_term_and_leads_to_the_entry(notes: Window) -> None:
    assert explained(notes, NOTE) == 1
    follow(notes, NOTE, "glossary.yaml")
    notes.see("expansion: early")
    # Its hover is shown for a file that is open, too.
    notes.open("notes.md")
    assert explained(notes, NOTE) == 1


def test_a_note_from_a_built_in_glossary_leads_there(notes: Window) -> None:
    assert explained(notes, "(Large Language Model)") == 1
    follow(notes, "(Large Language Model)", "llm-deployment.yaml")
    notes.see("- term: LLM")
    # What the extension contains is read, not edited.
    refused = notes.page.locator(".monaco-editor-overlaymessage", has_text="read-only")
    notes.go_to(1)
    notes.repeat(lambda: notes.page.keyboard.type("x"), refused)


def explained(window: Window, note: str) -> int:
    """Return how often the explanation is shown when the mouse rests on a note."""
    shown = window.hover(note, "Glossary:")
    wait(lambda: "Double-click" in plain(shown.inner_text()), "the whole hover", shown.inner_text)
    return plain(shown.inner_text()).count("Glossary:")


def follow(window: Window, note: str, target: str) -> None:
    """Click a note as a link, until the file that it leads to is in front."""

    def click() -> None:
        x, y = window.place(note)
        window.page.keyboard.down("Control")
        window.page.mouse.move(x + 1, y)
        window.page.mouse.click(x, y)
        window.page.keyboard.up("Control")

    window.repeat(click, window.tab(target))


def test_a_double_click_writes_the_note_into_the_text(notes: Window) -> None:
    notes.page.mouse.dblclick(*notes.place(NOTE))
    notes.see("An early warning quality test (EWQT) is")
    notes.miss(NOTE + " is")


def test_a_hover_in_code_shows_what_both_say(window: Window) -> None:
    window.open("gateway.css")
    shown = window.page.locator(".monaco-hover:visible", has_text="A gateway that never sleeps.")

    def hover() -> None:
        window.page.mouse.move(5, 5)
        window.point("zonk-state")

    # One of the two servers may have just started.
    window.repeat(hover, shown.filter(has_text="<element class"))


def test_underlines_follow_setting_text_and_glossary(window: Window) -> None:
    settings = window.folder / ".vscode" / "settings.json"
    window.open("underlines.md")
    settings.write_text(json.dumps({"glossary_ls.decorations": "all"}))
    see_underlines(window, 4)
    # The deprecated term is told apart.
    assert len({color for color, *_ in underlines(window)}) == 2

    settings.write_text(json.dumps({"glossary_ls.decorations": "first"}))
    see_underlines(window, 2)

    window.go_to(1)
    window.press("Control+Home")
    window.page.keyboard.type("A zonk. ")
    wait(lambda: is_underlined(window, "zonk"), "the new first use")
    see_underlines(window, 2)
    settings.write_text(json.dumps({"glossary_ls.decorations": "all"}))
    see_underlines(window, 5)

    (window.folder / "glossary.yaml").write_text(GLOSSARY.replace("term: zonk", "term: zinc"))
    see_underlines(window, 1)
    settings.write_text("{}")
    see_underlines(window, 0)


def underlines(window: Window) -> list[tuple[str, float, float, float, float]]:
    """Return color, left, right, top and bottom of each underline in the editor."""
    found: list[tuple[str, float, float, float, float]] = window.page.evaluate(_UNDERLINED)
    return found


def is_underlined(window: Window, text: str) -> bool:
    """Return whether there is an underline below the middle of a text, where it stands first."""
    x, y = window.place(text)
    return any(left < x < right and top < y < bottom for _, left, right, top, bottom in underlines(window))


def see_underlines(window: Window, count: int) -> None:
    """Wait until so many underlines are in the editor."""
    wait(lambda: len(underlines(window)) == count, f"{count} underlines", lambda: str(underlines(window)))
