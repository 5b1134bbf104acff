"""Create the pictures of pages of the web in this folder, from real pages in Chromium.

They show a tooltip in a site of MkDocs, and the page that `glossary-ls coverage --html` writes for the
example of docs/coverage.md. `make screenshots` runs it.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import sync_playwright

from glossary_ls.cli import main as run

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).resolve().parent
COVERAGE = HERE.parent / "coverage.md"

#: A file of the example: its name, a colon, and its text in a fence.
EXAMPLE = re.compile(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)

MODES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

GLOSSARY = """\
terms:
  - term: error budget
    summary: how much unreliability a team may spend
  - term: SLO
    expansion: Service Level Objective
    summary: the reliability that a team promises itself
"""
PAGE = """\
# Release freeze

When the error budget of a service is used up, only fixes are released until its SLO is met again.

The on-call engineer decides about exceptions.
"""
OPTIONS = "site_name: Runbooks\nplugins: [glossary-ls]\ntheme: {{name: mkdocs, color_mode: {mode}}}\n"


def main() -> None:
    """Create the pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("there is no chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in (picture_tooltip, picture_coverage):
            with tempfile.TemporaryDirectory() as name:
                picture(browser, Path(name))
        browser.close()


def picture_tooltip(browser: Browser, folder: Path) -> None:
    """Take the picture of a tooltip in a site."""
    (folder / "docs").mkdir()
    (folder / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    (folder / "docs/index.md").write_text(PAGE, "utf-8")
    for mode in MODES:
        (folder / "mkdocs.yml").write_text(OPTIONS.format(mode=mode), "utf-8")
        build(load_config(str(folder / "mkdocs.yml"), use_directory_urls=False))
        page = browser.new_page(viewport={"width": 760, "height": 310}, device_scale_factor=2)
        page.goto((folder / "site/index.html").as_uri())
        page.get_by_role("link", name="SLO", exact=True).focus()
        page.screenshot(path=HERE / f"site-tooltip-{mode}.png")


def picture_coverage(browser: Browser, folder: Path) -> None:
    """Take the picture of the page on coverage."""
    for name, text in EXAMPLE.findall(COVERAGE.read_text("utf-8")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    output = folder / "coverage.html"
    run(["coverage", str(folder), "--root", str(folder), "--html", str(output)])
    for mode in MODES:
        page = browser.new_page(viewport={"width": 1000, "height": 900}, color_scheme=mode)
        page.goto(output.as_uri())
        page.screenshot(path=HERE / f"coverage-{mode}.png")


if __name__ == "__main__":
    main()
