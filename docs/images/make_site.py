"""Create the pictures of a tooltip in a site of MkDocs in this folder, from a real site in Chromium.

`make screenshots` runs it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent

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
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docs").mkdir()
        (folder / "glossary.yaml").write_text(GLOSSARY, "utf-8")
        (folder / "docs/index.md").write_text(PAGE, "utf-8")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for mode in ("light", "dark"):
            (folder / "mkdocs.yml").write_text(OPTIONS.format(mode=mode), "utf-8")
            build(load_config(str(folder / "mkdocs.yml"), use_directory_urls=False))
            page = browser.new_page(viewport={"width": 760, "height": 310}, device_scale_factor=2)
            page.goto((folder / "site/index.html").as_uri())
            page.get_by_role("link", name="SLO", exact=True).focus()
            page.screenshot(path=HERE / f"site-tooltip-{mode}.png")
        browser.close()


if __name__ == "__main__":
    main()
