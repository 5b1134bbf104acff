"""A site that MkDocs builds, in Chromium: its tooltips by keyboard and pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")
pytest.importorskip("mkdocs", reason="the extra mkdocs brings MkDocs")

from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import expect

from tests.e2e import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.skipif(not chromium.program(), reason=chromium.MISSING)

GLOSSARY = """\
SLO: {expansion: Service Level Objective, summary: what a <b>team</b> promises itself and nobody else}
quay wall: {definition: A wall that ships lie at.}
"""
#: The second term is at the right edge of a narrow window.
TEXT = "# Night\n\nThe SLO counts.\n\n<p style='text-align: right'>The quay wall</p>\n\n" + "x\n\n" * 60
TIP = "Service Level Objective: What a <b>team</b> promises itself and nobody else."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "docs").mkdir()
    options = "site_name: Harbor\nplugins: [glossary-ls]\n"
    for name, text in (("glossary.yaml", GLOSSARY), ("docs/index.md", TEXT), ("mkdocs.yml", options)):
        (folder / name).write_text(text, "utf-8")
    build(load_config(str(folder / "mkdocs.yml"), use_directory_urls=False))
    return folder / "site"


@pytest.fixture(scope="module", params=[True, False], ids=["with script", "without script"])
def page(request: pytest.FixtureRequest, site: Path) -> Iterator[Page]:
    for browser in chromium.running():
        context = browser.new_context(
            viewport={"width": 400, "height": 600}, java_script_enabled=bool(request.param)
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto((site / "index.html").as_uri())
        yield page


def test_a_tooltip_is_read_by_keyboard(page: Page, request: pytest.FixtureRequest) -> None:
    has_script = "with script" in request.node.name
    term = page.get_by_role("link", name="SLO", exact=True)
    tip = page.get_by_role("tooltip").filter(has_text="Objective")
    expect(page.get_by_role("tooltip")).to_have_count(0)
    # It is the description of the link even while it is hidden.
    expect(term).to_have_accessible_description(TIP)
    for _ in range(30):
        page.keyboard.press("Tab")
        if term.evaluate("term => term === document.activeElement"):
            break
    expect(term).to_be_focused()
    expect(tip).to_be_visible()
    expect(tip).to_have_text(TIP)
    if has_script:
        page.keyboard.press("Escape")
        expect(tip).to_be_hidden()
        expect(term).to_be_focused()
    # The next one is shown, and inside of the window.
    page.keyboard.press("Tab")
    other = page.get_by_role("tooltip").filter(has_text="ships")
    expect(other).to_be_visible()
    if has_script:
        box = other.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 400
    page.keyboard.press("Shift+Tab")
    expect(tip).to_be_visible()


def test_the_pointer_may_move_to_a_tooltip_and_the_link_leads_to_the_entry(page: Page) -> None:
    term = page.get_by_role("link", name="quay wall", exact=True)
    tip = page.get_by_role("tooltip").filter(has_text="ships")
    # What has the focus has its tooltip, too.
    page.mouse.click(5, 590)
    term.hover()
    expect(tip).to_be_visible()
    # As a hand moves: over what lies between, and without scrolling the page.
    box, target = tip.bounding_box(), term.bounding_box()
    assert box is not None
    assert target is not None
    middle = target["x"] + target["width"] / 2
    assert box["x"] < middle < box["x"] + box["width"]
    page.mouse.move(middle, target["y"] + target["height"] / 2)
    page.mouse.move(middle, box["y"] + box["height"] / 2, steps=20)
    expect(tip).to_be_visible()
    term.press("Enter")
    expect(page.get_by_role("heading", name="quay wall")).to_be_in_viewport()
    assert page.url.endswith("/glossary.html#quay-wall")
