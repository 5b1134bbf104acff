"""What `make dist` builds is reproducible and passes its checks; the site of the manual is whole."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

import pytest

from tests.addresses import repository

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
DIST = "packaging/dist.py"

#: What is copied to build elsewhere; the rest is not published.
SOURCES = ("glossary_ls", "data", "docs", "editors", "packaging")
FILES = ("README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", ".gitignore")

#: Addresses that a browser loads by itself.
_LOADED = re.compile(r'<(?:script|img|source|iframe)\b[^>]*?\b(?:src|srcset)="([^"]+)"|<link\b[^>]*>')
_STYLES = re.compile(r'rel="(?:stylesheet|preconnect|icon|preload)"[^>]*href="([^"]+)"')


def run(script: str, *arguments: str, cwd: Path = ROOT, **environment: str) -> str:
    command = [sys.executable, script, *arguments]
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("npm"):
        pytest.skip("there is no npm to build the extension")
    output = tmp_path_factory.mktemp("built")
    said = run(DIST, str(output), SOURCE_DATE_EPOCH="1700000000")
    assert "Checked the wheel in an empty environment of Python 3." in said
    assert len(said.splitlines()) <= 11
    return output


def test_a_build_elsewhere_is_identical(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere"
    for name in SOURCES:
        # Without the dates of the files, and without what was built from them.
        left_out = shutil.ignore_patterns("libs", "schemas", "dist", "__pycache__", ".venv", "node_modules")
        shutil.copytree(ROOT / name, copy / name, ignore=left_out, copy_function=shutil.copyfile)
    for name in FILES:
        shutil.copyfile(ROOT / name, copy / name)
    (copy / "editors/vscode/node_modules").symlink_to(ROOT / "editors/vscode/node_modules")
    output = tmp_path / "output"
    run(DIST, str(output), "--no-check", cwd=copy, SOURCE_DATE_EPOCH="1700000000")
    assert (output / "SHA256SUMS").read_text() == (built / "SHA256SUMS").read_text()


def test_the_sums_and_recipes_have_the_hash_of_the_sdist(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    digest = hashlib.sha256(sdist.read_bytes()).hexdigest()
    assert f"{digest}  {sdist.name}\n" in (built / "SHA256SUMS").read_text()
    assert f'sha256 "{digest}"' in (built / "packaging/homebrew/glossary-ls.rb").read_text()
    assert "AAAAAAAA" not in (built / "packaging/nix/package.nix").read_text()


def test_the_page_of_the_package_index_has_no_relative_address(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    name = f"{sdist.name.removesuffix('.tar.gz')}/PKG-INFO"
    page = subprocess.run(["tar", "-xzOf", sdist, name], capture_output=True, check=True).stdout.decode()
    assert f"]({repository()}/blob/main/docs/settings.md)" in page
    assert f'src="{repository()}/raw/main/docs/images/' in page
    assert not re.findall(r'\]\((?!https:|#)[^)]*\)|\bsrc(?:set)?="(?!https:)', page)


class _Page(HTMLParser):
    """The links and the anchors of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.anchors.add(found.get("id") or "")
        if tag == "a" and found.get("href"):
            self.links.append(found["href"] or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not importlib.util.find_spec("zensical"):
        pytest.skip("zensical is not installed: make site")
    folder = tmp_path_factory.mktemp("site")
    run("docs/make_site.py", str(folder))
    return folder / "site"


def test_the_links_of_the_site_lead_to_pages_and_headings(site: Path) -> None:
    pages = {path: _Page(path.read_text("utf-8")) for path in site.rglob("*.html")}
    assert len(pages) > 40
    broken = []
    for path, page in pages.items():
        for link in page.links:
            name, _, anchor = unquote(link).partition("#")
            if re.match(r"[a-z]+:", name) or path.name == "404.html":
                continue
            target = (path.parent / name).resolve() if name else path
            if not target.is_file() or (anchor and target in pages and anchor not in pages[target].anchors):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert broken == []


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        addresses = [found[1] for found in _LOADED.finditer(text) if found[1]] + _STYLES.findall(text)
        assert addresses
        assert [each for each in addresses if re.match(r"(?:[a-z]+:)?//", each)] == []
        if path.name != "404.html":
            assert [each for each in addresses if not (path.parent / each).is_file()] == []


def _names(navigation: object) -> Iterator[str]:
    """Yield the pages of a navigation, which is nested."""
    if isinstance(navigation, str):
        yield navigation
    else:
        below = navigation.values() if isinstance(navigation, dict) else cast("list[object]", navigation)
        for each in below:
            yield from _names(each)


def test_every_page_is_in_the_navigation_once(site: Path) -> None:
    navigation = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))["project"]["nav"]
    pages = site.parent / "pages"
    found = [path.relative_to(pages).as_posix() for path in pages.rglob("*.md")]
    assert sorted(_names(navigation)) == sorted(found)
