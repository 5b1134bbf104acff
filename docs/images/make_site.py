"""Create the pictures of pages of the web in this folder, from real pages in Chromium.

They show a tooltip in a site of MkDocs, and the page that `glossary-ls coverage --html` writes for several
teams. `make screenshots` runs it.
"""

from __future__ import annotations

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

MODES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

GLOSSARY = """\
terms:
  - term: error budget
    summary: how much unreliability a team may spend
  - term: SLO
    expansion: Service Level Objective
    summary: the reliability target that a team sets itself
"""
PAGE = """\
# Release freeze

When the error budget of a service is used up, only fixes are released until its SLO is met again.

The on-call engineer decides about exceptions.
"""
#: The glossary of an organization, and the documents of its teams: each has some of the sentences.
ORGANIZATION = """\
terms:
  - {term: SLO, expansion: Service Level Objective, owner: "@sre", reviewed: 2026-05-04}
  - {term: DRP, expansion: Disaster Recovery Plan, owner: "@sre", reviewed: 2023-02-01}
  - {term: CAB, expansion: Change Advisory Board, owner: "@sre", reviewed: 2024-09-12}
  - {term: ROL, expansion: Regional Order Ledger, owner: "@orders", reviewed: 2025-06-20}
  - {term: OIG, expansion: Order Intake Gateway, owner: "@orders", reviewed: 2026-01-15}
  - {term: error budget, summary: how much unreliability a team may spend, reviewed: 2025-03-03}
  - {term: freeze, summary: a time without releases, owner: "@release", reviewed: 2025-11-30}
  - {term: canary, summary: a release for a few users first, owner: "@release"}
"""
SENTENCES = (
    "The SLO of the service is 99.9% a month.",
    "A release waits as long as there is no error budget.",
    "The order intake gateway (OIG) retries three times.",
    "When the OIG is slow, page the owner of the ROL.",
    "The DRP is tested twice a year, the failover every quarter.",
    "Open a ticket for the CAB before a freeze.",
    "The QPR decides about more quota.",
    "The RTO is one hour, and so is the RPO.",
    "Look at P95 latency and at throughput first.",
    "The DCQ drains itself after a restart.",
    "The service level objective (SLO) is reviewed with the customer.",
    "The VRT signs new certificates for mTLS.",
    "Autoscaling adds replicas until the HPA is at its limit.",
    "The load balancer takes a node out after three health checks.",
)
TEAMS = ("checkout", "identity", "messaging", "orders", "platform", "search", "warehouse")
KINDS = ("alerts", "deployment", "failover", "on-call", "postmortem")
#: The sentences that a document has, and how far apart those of one are.
_HAS, _APART = 5, 3

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
    (folder / "glossary.yaml").write_text(ORGANIZATION, "utf-8")
    for at, team in enumerate(TEAMS):
        (folder / "docs" / team).mkdir(parents=True)
        for number, kind in enumerate(KINDS):
            first = at * at + number
            chosen = (SENTENCES[(first + step * _APART) % len(SENTENCES)] for step in range(_HAS))
            text = f"# {team.capitalize()}: {kind}\n\n{' '.join(chosen)}\n"
            (folder / "docs" / team / f"{kind}.md").write_text(text, "utf-8")
    output = folder / "coverage.html"
    run(["coverage", str(folder), "--root", str(folder), "--html", str(output)])
    for mode in MODES:
        page = browser.new_page(viewport={"width": 1040, "height": 960}, color_scheme=mode)
        page.goto(output.as_uri())
        page.screenshot(path=HERE / f"coverage-{mode}.png")


if __name__ == "__main__":
    main()
