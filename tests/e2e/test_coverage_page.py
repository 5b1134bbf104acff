"""The page that `glossary-ls coverage --html` writes, in Chromium: accessible, and sorted by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glossary_ls.cli import main

pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")

from playwright.sync_api import expect

from tests.e2e import chromium

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(bool(chromium.obstacle()), reason=chromium.obstacle())

GLOSSARY = """\
terms:
  - {term: QWB, expansion: Queue Wait Budget, owner: "<img src=x onerror=alert(1)>", reviewed: 2001-02-03}
  - {term: berth, definition: A place., reviewed: 2024-02-03}
  - {term: "</script><script>document.title = 'broken'</script>", definition: x}
"""

DOCUMENTS = {
    "docs/ten/a.md": f"The QWB and the QXZ. {'A berth. ' * 10}",
    "docs/two/b.md": "A berth, and a berth. The PTW. The Port Time Window (PTW).",
    "docs/none/c.md": "The QXZ, the QXZ and the QVT.",
}


def _page(folder: Path) -> str:
    """Write the page and return its address."""
    for name, text in {"glossary-ls.toml": "packs = []\n", "glossary.yaml": GLOSSARY, **DOCUMENTS}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    output = folder / "coverage.html"
    assert main(["coverage", str(folder), "--root", str(folder), "--html", str(output)]) == 0
    return output.as_uri()


def _column(page: Page, table: str, number: int) -> list[str]:
    """Return the texts in a column of a table."""
    cells = page.get_by_role("region", name=table).locator(f"tbody tr > :nth-child({number})")
    return cells.all_inner_texts()


def test_the_page_is_accessible_and_can_be_sorted(tmp_path: Path) -> None:
    address = _page(tmp_path)
    for browser in chromium.running():
        _is_sorted_by_keyboard(browser, address)
        script = chromium.axe()
        for scheme, width in (("light", 1200), ("dark", 400)):
            context = browser.new_context(
                color_scheme="dark" if scheme == "dark" else "light",
                viewport={"width": width, "height": 800},
                bypass_csp=True,
            )
            page = context.new_page()
            page.goto(address)
            found = chromium.violations(page, script)
            # The checker cannot tell what is behind text in SVG, or what has to be scrolled into view.
            unclear = "<text" if width > 400 else "color-contrast (unclear)"
            assert [each for each in found if unclear not in each] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.emulate_media(media="print")
            assert not page.get_by_role("navigation").is_visible()
            context.close()


def _is_sorted_by_keyboard(browser: Browser, address: str) -> None:
    """Sort columns; nothing may be requested, logged, or taken for a script."""
    context = browser.new_context()
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text))
    page.on("request", lambda request: trouble.append(request.url))
    page.goto(address)
    assert page.title() == "Glossary coverage"
    assert page.locator("svg[role=img][aria-label]").count() == 4
    assert _column(page, "Not explained", 1) == ["QXZ", "QVT"]
    head = page.get_by_role("region", name="Terms").get_by_role("columnheader", name="Uses", exact=True)
    assert _column(page, "Terms", 2) == ["12", "1"]
    for order, numbers in (("descending", ["12", "1"]), ("ascending", ["1", "12"])):
        head.get_by_role("button").focus()
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", order)
        assert _column(page, "Terms", 2) == numbers
    term = page.get_by_role("region", name="Terms").get_by_role("columnheader", name="Term", exact=True)
    term.get_by_role("button").click()
    assert _column(page, "Terms", 1) == ["berth", "QWB (Queue Wait Budget)"]
    expect(head).not_to_have_attribute("aria-sort", "ascending")
    assert _column(page, "Owners", 1)[0] == "<img src=x onerror=alert(1)>"
    assert trouble == [address]
    context.close()
