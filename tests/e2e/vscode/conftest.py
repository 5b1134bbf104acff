"""What the tests of Visual Studio Code share: a packed extension, a browser and a code-server."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

# Where they cannot be had, each test file skips itself and says why.
with suppress(ImportError):
    from playwright.sync_api import sync_playwright

    from tests.e2e.chromium import program
    from tests.e2e.vscode import side_bar
    from tests.e2e.vscode.code import BROWSER_FLAGS, Code, Window, missing, package

from tests.e2e.vscode.samples import PYTHON, SIDE_BAR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

# The scope of them all is the package: a browser that is driven leaves an event loop running in the thread,
# and no test elsewhere could then start its own.


@pytest.fixture(scope="package", autouse=True)
def _editor() -> None:
    """Install what the tests need, or skip them."""
    if reason := missing():
        pytest.skip(reason)


@pytest.fixture(scope="package")
def vsix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packed extension: a copy, because the sources may change while the tests run."""
    packed = tmp_path_factory.mktemp("vsix") / "glossary-ls.vsix"
    shutil.copyfile(package(), packed)
    return packed


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program(), args=list(BROWSER_FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="package")
def code(vsix: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Code]:
    with Code(tmp_path_factory.mktemp("code"), vsix, machine=PYTHON) as running:
        yield running


@pytest.fixture(scope="package")
def side_bar_window(
    browser: Browser, code: Code, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """A window with the side bar of the glossary open."""
    folder = tmp_path_factory.mktemp("side-bar") / "workspace"
    folder.mkdir()
    for name, text in SIDE_BAR.items():
        (folder / name).write_text(text)
    with Window(browser, code, folder) as opened:
        opened.open("notes.md")
        side_bar.show(opened)
        yield opened
