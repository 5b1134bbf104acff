"""The page that `glossary-ls export --to html` writes, in Chromium: accessible and searchable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glossary_ls.cli import main

pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")

from playwright.sync_api import expect

from tests.e2e import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

GLOSSARY = """\
name: Harbor & <Sons>
description: Words of the *harbor*.
license: MIT
guide:
  title: Start here
  text: Two things matter.
  points: [A berth is a place., A tug is a boat.]
terms:
  - term: berth
    definition: A place for **one** ship, see [the plan](https://example.org/plan).
    topics: [Places]
    related: [quay]
    questions:
      - question: Is a berth a quay?
        answer: No; a quay has several.
        about: [quay]
  - term: quay
    summary: a wall that ships lie at
    topics: [Places, Building]
    not_to_be_confused_with:
      - term: pier
        difference: A *quay* follows the shore.
  - term: pier
    definition: |
      A platform over the water.

      ```
      a line of code that is far too long for a page of this width, so that it is scrolled to the side
      ```
    status: deprecated
    replaced_by: quay
  - term: AIS
    expansion: Automatic Identification System
    aliases: [ship tracker, {name: tracking thing, kind: avoid}]
    definition: <script>document.title = 'broken'</script> [bad](javascript:alert(1))
    examples: [one, two]
    owner: "@bridge"
    url: https://example.org/ais
  - term: Übersee
    definition: "> Far away.\\n\\n1. Very\\n2. far"
"""


pytestmark = pytest.mark.skipif(bool(chromium.obstacle()), reason=chromium.obstacle())


@pytest.fixture(scope="module")
def axe() -> str:
    return chromium.axe()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the page of the glossary, and return its address."""
    folder = tmp_path_factory.mktemp("harbor")
    (folder / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    output = folder / "page.html"
    assert main(["export", "--root", str(folder), "--output", str(output)]) == 0
    return output.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium.running()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page, which must cause no error and no request."""
    context = browser.new_context(viewport={"width": 900, "height": 700})
    opened = context.new_page()
    trouble: list[str] = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda message: trouble.append(message.text))
    opened.on("request", lambda request: trouble.append(request.url))
    opened.goto(address)
    yield opened
    assert [each for each in trouble if each.partition("#")[0] != address] == []
    context.close()


def shown(page: Page) -> list[str]:
    """Return the terms that can be seen."""
    return [name for name in page.locator("article:visible h3 dfn").all_inner_texts() if name]


ALL = ["AIS", "berth", "pier", "quay", "Übersee"]


@pytest.mark.parametrize("width", [900, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(browser: Browser, address: str, axe: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 700},
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(f"{address}#quay")
    assert chromium.violations(page, axe) == []
    # Nothing but code is wider than the page, so that nobody has to scroll to the side.
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_dark_mode_has_a_dark_background(browser: Browser, address: str) -> None:
    found = []
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
        page = context.new_page()
        page.goto(address)
        found.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    assert found == ["rgb(255, 255, 255)", "rgb(20, 24, 30)"]


def test_the_texts_are_shown_as_they_are(page: Page) -> None:
    assert page.title() == "Harbor & <Sons>"
    assert "<script>document.title = 'broken'</script> bad" in page.locator("#ais").inner_text()
    links = page.locator("article a[rel]").evaluate_all("all => all.map(each => each.href)")
    assert links == ["https://example.org/ais", "https://example.org/plan"]
    assert page.locator("#berth strong").inner_text() == "one"
    assert page.locator("#übersee blockquote").count() == 1
    assert page.locator("#übersee ol li").all_inner_texts() == ["Very", "far"]
    # A comparison and a question are found from both of their terms.
    assert "quay or pier" in page.locator("#pier").inner_text()
    assert "Is a berth a quay?" in page.locator("#quay").inner_text()


def test_a_search_leaves_the_terms_that_have_all_words(page: Page) -> None:
    query, status = page.get_by_role("searchbox", name="Search"), page.get_by_role("status")
    expect(status).to_have_text("5 terms")
    assert shown(page) == ALL
    query.fill("ubersee")
    assert shown(page) == ["Übersee"]
    expect(status).to_have_text("1 of 5 terms")
    assert page.locator("section.letter:visible").count() == 1
    query.fill("automatic TRACKER")
    assert shown(page) == ["AIS"]
    query.fill("")
    page.get_by_label("Topic", exact=True).select_option("Places")
    assert shown(page) == ["berth", "quay"]
    query.fill("wall")
    assert shown(page) == ["quay"]


def test_a_permalink_focuses_its_term_even_if_a_search_hides_it(page: Page) -> None:
    focused = "document.activeElement.id"
    page.get_by_role("link", name="Permalink to quay").click()
    assert page.evaluate(focused) == "quay"
    assert page.url.endswith("#quay")
    page.get_by_role("searchbox").fill("platform")
    assert shown(page) == ["pier"]
    page.get_by_role("navigation", name="Topics").get_by_role("link", name="quay").first.click()
    assert page.evaluate(focused) == "quay"
    assert shown(page) == ALL
    page.goto(page.url.partition("#")[0] + "#%C3%BCbersee")
    page.reload()
    assert page.evaluate(focused) == "übersee"


def test_the_keyboard_reaches_the_terms_first(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the terms"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "terms"


def test_print_shows_all_terms_and_no_controls(page: Page) -> None:
    page.get_by_role("searchbox").fill("platform")
    assert shown(page) == ["pier"]
    page.emulate_media(media="print")
    assert shown(page) == ALL
    for hidden in ("form", "nav", ".permalink", ".skip"):
        assert page.locator(f"{hidden}:visible").count() == 0


def test_motion_is_reduced_for_those_who_want_that(page: Page) -> None:
    behavior = "getComputedStyle(document.documentElement).scrollBehavior"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(behavior) == "auto"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(behavior) == "smooth"


def test_the_page_is_complete_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}#quay")
    assert page.locator("article:visible").count() == len(ALL)
    assert page.locator("form:visible").count() == 0
    context.close()
