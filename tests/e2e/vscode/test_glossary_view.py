"""The glossary's side bar and panel in a real Visual Studio Code: what is shown, and what a click does.

All tests share one window with those of the view of unknown acronyms, because its start costs more than any
of them; each leaves the side bar open.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")

from playwright.sync_api import expect

from tests.e2e.vscode import side_bar
from tests.e2e.vscode.code import PATIENCE, wait
from tests.e2e.vscode.side_bar import DOCUMENT, TERMS, panel, row, rows, see_rows, texts

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.e2e.vscode.code import Code, Window


@pytest.fixture(scope="module")
def window(side_bar_window: Window) -> Window:
    """The window with the side bar open, the terms grouped by topic."""
    side_bar.open_editor(side_bar_window, "notes.md")
    side_bar.group_by(side_bar_window, "Topic")
    return side_bar_window


@pytest.fixture(autouse=True)
def _grouped_by_topic(window: Window) -> None:
    """Begin each test with the same view."""
    see_rows(window, TERMS, "sailing 2", "speech 1", "traps 1", "No topic 1")


def titled(page: Locator, title: str) -> Locator:
    """Return the heading of the panel's page, if it is that."""
    return page.locator("h1", has_text=re.compile(f"^{re.escape(title)}$"))


def show_panel(window: Window, group: str, term: str) -> Locator:
    """Select a term; return its page once it is there."""
    side_bar.unfold(window, TERMS, group)
    page = panel(window).locator("main")
    window.click(row(window, TERMS, term), titled(page, term))
    side_bar.fold(window, TERMS, group)
    return page


def test_terms_are_grouped_by_topic_and_by_letter(window: Window) -> None:
    expect(side_bar.view(window, TERMS).locator(".pane-header .description")).to_have_text("4 terms")
    side_bar.unfold(window, TERMS, "sailing")
    side_bar.unfold(window, TERMS, "No topic")
    see_rows(
        window,
        TERMS,
        "sailing 2",
        "yarp 2 uses · A dry one.",
        "zonk 3 uses · zone of knots",
        "speech 1",
        "traps 1",
        "No topic 1",
        "olde deprecated · Of yore.",
    )
    # A deprecated term has another color than its neighbors.
    color = "element => getComputedStyle(element).color"
    old = row(window, TERMS, "olde").locator(".label-name").first
    new = row(window, TERMS, "yarp").locator(".label-name").first
    wait(lambda: old.evaluate(color) != new.evaluate(color), "a faded row")
    row(window, TERMS, "zonk").hover()
    hover = window.page.locator(".monaco-hover:visible", has_text="of knots.")
    hover.first.wait_for()
    expect(hover.first.locator("strong").first).to_have_text("zonk")
    side_bar.fold(window, TERMS, "sailing")
    side_bar.fold(window, TERMS, "No topic")

    side_bar.group_by(window, "Letter")
    see_rows(window, TERMS, "O 1", "X 1", "Y 1", "Z 1")
    side_bar.group_by(window, "Topic")


def test_terms_are_grouped_by_glossary_with_its_guide(window: Window) -> None:
    side_bar.group_by(window, "Glossary")
    wait(lambda: len(texts(window, TERMS)) == 5, "the terms of the glossary")
    assert texts(window, TERMS)[0] == "Team 4"
    row(window, TERMS, "Team").hover()
    page = panel(window).locator("main")
    guides = row(window, TERMS, "Team").locator('.action-label[aria-label^="Show Guides"]')
    window.click(guides, titled(page, "Begin with knots"))
    expect(page.locator("ol li")).to_have_text(["See zonk."])
    expect(page.locator("dt")).to_have_text("zonk or yarp")
    expect(page.locator("dd")).to_have_text("A yarp is dry.")
    window.click(page.locator("ol").get_by_role("button", name="zonk"), titled(page, "zonk"))
    side_bar.group_by(window, "Topic")


def test_a_search_filters_as_one_types(window: Window) -> None:
    side_bar.press(window, TERMS, "Filter Terms")
    box = window.page.get_by_placeholder("Part of a term, an alias")
    # By an alias, which the row does not show.
    box.fill("knotty")
    see_rows(window, TERMS, "zonk 3 uses · zone of knots")
    expect(side_bar.view(window, TERMS).locator(".message")).to_contain_text("1 term for “knotty”")
    box.fill("nothing like it")
    side_bar.view(window, TERMS).get_by_text("No matching terms.").wait_for()
    box.fill("yar")
    window.press("Enter")
    see_rows(window, TERMS, "yarp 2 uses · A dry one.")
    side_bar.press(window, TERMS, "Clear Filter")


def test_the_panel_shows_a_term_and_leads_on(window: Window) -> None:
    page = show_panel(window, "sailing", "zonk")
    for text in (
        "zone of knots",
        "A place of knots.",
        "It is wet.",
        "The harbour.",
        "A yarp is dry.",
        "Who ties it?",
        "The mate:",
        "knotty place",
        "tangle",
        "Deck",
        "The log · https://example.com/zonk",
        "Team",
    ):
        expect(page).to_contain_text(text)
    expect(page.locator(".definition strong")).to_have_text("place")
    expect(page.locator("dd li")).to_have_text("by hand")
    # Three in documents, and the one entry that names it.
    expect(page.locator(".badge")).to_have_text(["3", "1"])
    # The keyboard stays where it was.
    assert window.page.evaluate("document.activeElement.closest('.sidebar') !== null")

    window.click(page.locator(".use", has_text="but a zonk"), window.tab("other.md"))
    window.page.get_by_text("Ln 4, Col 13 (4 selected)").wait_for()

    # From the related term, and back by the one that it is not to be confused with.
    window.click(page.locator("dd").get_by_role("button", name="yarp"), titled(page, "yarp"))
    expect(page.locator("h1:focus")).to_be_visible()
    window.page.locator(".tab", has_text="yarp").wait_for()
    back = page.get_by_role("button", name="zonk")
    window.repeat(lambda: back.press("Enter", timeout=PATIENCE * 100), titled(page, "zonk"))

    window.click(page.get_by_role("button", name="Open entry"), window.tab("glossary.yaml"))
    window.page.get_by_text("Ln 5, Col 1").wait_for()
    side_bar.open_editor(window, "notes.md")


def test_what_a_glossary_says_is_text(window: Window, code: Code) -> None:
    foreign: list[str] = []
    window.page.on("request", lambda request: foreign.append(request.url))
    page = show_panel(window, "traps", "XSSQ")
    expect(page).to_contain_text("<b>bold</b>")
    expect(page).to_contain_text("<script>document.body.dataset.hit = 1</script>")
    expect(page.locator("img, script, b, iframe")).to_have_count(0)
    links = page.locator("a").evaluate_all("links => links.map(link => link.href)")
    assert links == ["http://192.0.2.1/p.png", "https://example.com/"]
    assert not any(frame.evaluate("'hit' in document.body.dataset") for frame in window.page.frames)
    assert not [
        url for url in foreign if not re.match(rf"(https?://{re.escape(code.address)}|data:|blob:)", url)
    ]
    policy = panel(window).locator("meta[http-equiv]").first.get_attribute("content") or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy

    # The tooltip of the row loads no picture, either.
    side_bar.unfold(window, TERMS, "traps")
    row(window, TERMS, "XSSQ").hover()
    hover = window.page.locator(".monaco-hover:visible", has_text="Topic: traps")
    hover.first.wait_for()
    expect(hover.locator("img")).to_have_count(0)
    side_bar.fold(window, TERMS, "traps")
    assert not [url for url in foreign if "192.0.2.1" in url]


def test_the_menu_of_a_term(window: Window) -> None:
    side_bar.unfold(window, TERMS, "speech")
    side_bar.menu(window, row(window, TERMS, "yarp"), "Find Uses")
    # Two in documents, three in the entry of the other term.
    expect(window.page.locator(".peekview-title .meta")).to_contain_text("(5)")
    window.press("Escape")
    side_bar.menu(window, row(window, TERMS, "yarp"), "Go to Entry")
    window.tab("glossary.yaml").wait_for()
    side_bar.fold(window, TERMS, "speech")
    side_bar.open_editor(window, "notes.md")


def test_the_terms_of_the_document_follow_the_editor(window: Window) -> None:
    side_bar.open_editor(window, "notes.md")
    see_rows(
        window,
        DOCUMENT,
        "zonk 2 uses · zone of knots",
        "yarp 1 use · A dry one.",
        "QXZC 2 uses · Quick Xylo Zinc",
    )
    window.click(row(window, DOCUMENT, "yarp"), window.page.get_by_text("Ln 5, Col 7 (4 selected)"))
    side_bar.unfold(window, DOCUMENT, "zonk")
    wait(lambda: "The zonk is a knotty place. line 3" in texts(window, DOCUMENT), "the line of a use")
    side_bar.fold(window, DOCUMENT, "zonk")

    window.go_to(7)
    window.press("Control+End")
    window.page.keyboard.type("An olde one.")
    wait(lambda: "olde deprecated · 1 use · Of yore." in texts(window, DOCUMENT), "what was typed")
    side_bar.open_editor(window, "other.md")
    see_rows(window, DOCUMENT, "yarp 1 use · A dry one.", "zonk 1 use · zone of knots")
    side_bar.open_editor(window, "notes.md")
    window.command("File: Revert File")
    wait(lambda: rows(window, DOCUMENT).count() == 3, "the terms of the file")


def test_an_edit_of_the_glossary_refreshes_tree_and_panel(window: Window) -> None:
    page = show_panel(window, "speech", "yarp")
    # The document stays the one of the view while a log is in front.
    window.command("Glossary: Show Output")
    window.page.locator(".panel .view-lines").first.click()
    glossary = window.folder / "glossary.yaml"
    shutil.copyfile(glossary, window.folder / "kept")
    try:
        changed = glossary.read_text().replace("A dry one.", "A parched one.").replace("traps", "pits")
        glossary.write_text(changed + "  - term: newt\n    definition: Fresh.\n")
        see_rows(window, TERMS, "pits 1", "sailing 2", "speech 1", "No topic 2")
        expect(page).to_contain_text("A parched one.")
        wait(lambda: "yarp 1 use · A parched one." in texts(window, DOCUMENT), "the document's term")
    finally:
        shutil.copyfile(window.folder / "kept", glossary)
    window.close_panel()


def test_the_panel_is_there_again_when_the_window_is_loaded_again(window: Window) -> None:
    show_panel(window, "sailing", "zonk")
    with window.page.expect_event("load"):
        # As people do it: the page's own reload would not wait until the editor has kept its state.
        window.command("Developer: Reload Window")
    page = panel(window).locator("main")
    expect(page.locator("h1")).to_have_text("zonk")
    expect(page.locator(".use")).to_have_count(4)


def test_a_hover_leads_to_the_panel_and_to_related_terms(window: Window) -> None:
    side_bar.open_editor(window, "notes.md")
    hover = window.hover("knotty", "Show details")
    expect(hover).to_contain_text("See also: yarp")
    page = panel(window).locator("main")
    follow = hover.get_by_role("link", name="yarp")
    expect(follow).to_have_attribute("data-href", re.compile("^command:glossary-ls.showTerm"))
    window.click(follow, titled(page, "yarp"))


def test_one_command_finds_a_term(window: Window) -> None:
    side_bar.open_editor(window, "notes.md")
    window.go_to(5, 4)
    window.command("Glossary: Show Term...")
    box = window.page.get_by_placeholder("Part of a term, an acronym")
    expect(box).to_have_value("yarp")
    box.fill("tangle")
    offered = window.page.locator(".quick-input-list .monaco-list-row", has_text="zone of knots")
    offered.first.wait_for()
    window.press("Enter")
    expect(panel(window).locator("h1")).to_have_text("zonk")
