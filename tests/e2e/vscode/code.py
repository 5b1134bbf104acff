"""Driving a real Visual Studio Code: code-server on this machine, in a browser without a window.

What is needed and missing is installed from the registries when the machine is ours to change: in continuous
integration, or when GLOSSARY_LS_INSTALL is set. Everything that is waited for is seen on the page.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import unicodedata
import urllib.request
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from playwright.sync_api import ViewportSize, expect

from tests.e2e.chromium import MISSING, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser, Locator, Page

REPOSITORY = Path(__file__).parents[3]
EXTENSION = REPOSITORY / "editors" / "vscode"
INSTALL = Path(__file__).with_name("install.sh")

#: Which code-server: "lean" or "new".
KIND = os.environ.get("GLOSSARY_LS_CODE", "lean")

#: Where it is, from run to run; known before the tests get folders of their own.
HOME = (
    Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "glossary-ls" / f"code-server-{KIND}"
)

#: How long something may take to appear, in seconds; there may be other tests on the machine.
PATIENCE = 60.0
expect.set_options(timeout=PATIENCE * 1000)

SIZE = ViewportSize(width=1180, height=720)

#: What the browser is started with: it has no window, and asks nobody anything.
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

#: The user's settings: nothing moves or pops up, and only the server completes words. No key is among them
#: that the editor rewrites at its start, because an extension then reads defaults.
USER_SETTINGS: dict[str, object] = {
    "workbench.startupEditor": "none",
    "workbench.enableExperiments": False,
    "workbench.tips.enabled": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.reduceMotion": "on",
    "window.commandCenter": False,
    "telemetry.telemetryLevel": "off",
    "extensions.autoCheckUpdates": False,
    "extensions.ignoreRecommendations": True,
    "update.mode": "none",
    "git.enabled": False,
    "chat.disableAIFeatures": True,
    "files.autoSave": "off",
    "files.hotExit": "off",
    "editor.minimap.enabled": False,
    "editor.stickyScroll.enabled": False,
    "editor.accessibilitySupport": "off",
    "editor.hover.delay": 100,
    "editor.wordBasedSuggestions": "off",
}

#: The middle of the first place of a text in the editor, in pixels.
_PLACE = """
text => {
  const walker = document.createTreeWalker(document.querySelector('.view-lines'), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const start = node.data.replaceAll('\\u00a0', ' ').indexOf(text);
    if (start >= 0) {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + text.length);
      const box = range.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2];
    }
  }
}
"""


@cache
def missing() -> str:
    """Return what keeps Visual Studio Code from being run here, having tried to install it; or nothing."""
    if not sys.platform.startswith("linux"):
        return "code-server and Debian's Chromium are for Linux"
    if not shutil.which("npm"):
        return "there is no npm"
    if os.environ.get("CI") or os.environ.get("GLOSSARY_LS_INSTALL"):
        with alone(HOME.parent / "install.lock"):
            _install()
    if not program():
        return MISSING
    if not (HOME / "complete").exists():
        return "there is no code-server (GLOSSARY_LS_INSTALL=1 installs it)"
    return ""


def _install() -> None:
    if not program():
        _quietly([str(REPOSITORY / "tests" / "e2e" / "install-editors")])
    if not (HOME / "complete").exists():
        _quietly([str(INSTALL), str(HOME), KIND])


def package() -> Path:
    """Return the packed extension: the one that GLOSSARY_LS_VSIX names, or what is here now.

    It is packed anew only when what goes into it has changed, whoever asks.
    """
    if given := os.environ.get("GLOSSARY_LS_VSIX"):
        return Path(given)
    output = REPOSITORY / "build" / "tested.vsix"
    stamp = output.with_suffix(".sha256")
    with alone(output.with_suffix(".lock")):
        digest = _digest()
        if not (digest and output.exists() and stamp.exists() and stamp.read_text() == digest):
            _pack(output)
            stamp.write_text(digest)
    return output


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Keep the other workers of a parallel test run, and other runs, from doing the same at the same time."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _digest() -> str:
    """Return a digest of what is packed, the sources and what is installed here; nothing without a clone."""
    folders = ("editors/vscode", "glossary_ls", "data", "docs", "pyproject.toml", "README.md", "LICENSE")
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders]
    listed = subprocess.run(listing, cwd=REPOSITORY, check=False, capture_output=True)
    if listed.returncode:
        return ""
    digest = hashlib.sha256(sys.version.encode())
    for library in sorted(f"{one.name} {one.version}" for one in distributions()):
        digest.update(f"{library}\n".encode())
    for name in sorted(set(listed.stdout.decode().split("\0"))):
        if (path := REPOSITORY / name).is_file():
            digest.update(f"\0{name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _pack(output: Path) -> None:
    if not (EXTENSION / "node_modules").exists():
        subprocess.run(["npm", "ci", "--silent"], cwd=EXTENSION, check=True)
    subprocess.run(["npm", "run", "--silent", "build"], cwd=EXTENSION, check=True)
    packing = output.with_name("packing.vsix")
    # In the Python that runs the tests, which has what is to be packed.
    subprocess.run([sys.executable, "tools/pack.py", str(packing)], cwd=EXTENSION, check=True)
    packing.replace(output)


class Code:
    """A code-server with the extension installed; a context that ends it and all that it started.

    `path` takes the place of the search path; `trusts` switches off that a folder has to be trusted first.
    """

    def __init__(
        self,
        folder: Path,
        vsix: Path,
        *,
        machine: Mapping[str, object],
        path: str | None = None,
        trusts: bool = True,
    ) -> None:
        data = folder / "data"
        self._machine = data / "Machine" / "settings.json"
        self.user = data / "User" / "settings.json"
        self.log = folder / "code-server.log"
        for file, settings in ((self._machine, machine), (self.user, USER_SETTINGS)):
            file.parent.mkdir(parents=True)
            file.write_text(json.dumps(settings))
        nowhere = "http://127.0.0.1:9/"
        gallery = {"serviceUrl": nowhere, "itemUrl": nowhere, "resourceUrlTemplate": nowhere}
        environment = {
            **os.environ,
            "EXTENSIONS_GALLERY": json.dumps(gallery),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "share"),
            "PATH": os.environ["PATH"] if path is None else path,
            # As if started from a terminal: the editor then does not ask a login shell for another PATH.
            "VSCODE_CLI": "1",
        }
        program = [str(HOME / "code-server"), "--user-data-dir", str(data)]
        program += ["--extensions-dir", str(folder / "extensions")]
        installing = [*program, "--install-extension", str(vsix)]
        subprocess.run(installing, env=environment, check=True, capture_output=True, timeout=120)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        options = ["--auth", "none", "--bind-addr", self.address]
        options += ["--disable-telemetry", "--disable-update-check"]
        options += ["--disable-workspace-trust"] if trusts else []
        with self.log.open("w") as log:
            # A session of its own, so that one signal reaches the extension hosts and the servers, too.
            self._process = subprocess.Popen(
                [*program, *options], env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def __enter__(self) -> Self:
        def is_up() -> bool:
            try:
                with urllib.request.urlopen(f"http://{self.address}/healthz", timeout=1):
                    return True
            except OSError:
                return False

        wait(is_up, "code-server answers")
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def configure(self, settings: Mapping[str, object]) -> None:
        """Change the settings of the machine, as a user does on a remote one."""
        self._machine.write_text(json.dumps(settings))

    def servers(self) -> list[int]:
        """Return the language servers that run below this editor."""
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    command = (folder / "cmdline").read_bytes().split(b"\0")
                    session = os.getsid(int(folder.name))
                except OSError:
                    continue
                if session == self._process.pid and any(part.endswith(b"serve.py") for part in command):
                    found.append(int(folder.name))
        return found


class Window:
    """One window of the editor, on a folder or on a .code-workspace file."""

    def __init__(self, browser: Browser, code: Code, folder: Path, **settings: object) -> None:
        self.folder = folder
        self._code = code
        code.user.write_text(json.dumps(USER_SETTINGS | settings))
        self.page: Page = browser.new_page(viewport=SIZE)
        self.page.set_default_timeout(PATIENCE * 1000)

    def __enter__(self) -> Self:
        kind = "workspace" if self.folder.suffix == ".code-workspace" else "folder"
        rows = self.page.locator(".explorer-folders-view .monaco-list-row")
        empty = self.page.get_by_text("You have not yet added a folder")
        # Read too early, a .code-workspace file leaves the editor without folders until it is loaded again.
        for _ in range(10):
            self.page.goto(f"http://{self._code.address}/?{kind}={self.folder}")
            rows.or_(empty).first.wait_for()
            with suppress(AssertionError):
                expect(rows.first).to_be_visible(timeout=PATIENCE * 100)
                return self
        raise AssertionError(f"no file of {self.folder} in the explorer")

    def __exit__(self, *_: object) -> None:
        self.page.close()

    def open(self, name: str) -> None:
        """Open a file of the folder."""
        self.page.locator(f'.explorer-folders-view [aria-label^="{name}"]').first.dblclick()
        self.tab(name).wait_for()
        self.page.locator(".editor-instance .view-line").first.wait_for()

    def command(self, title: str) -> None:
        """Run a command of the palette."""
        box = self.page.locator(".quick-input-widget input")
        self.repeat(lambda: self.press("F1"), box)
        box.fill(f">{title}")
        row = self.page.locator(".quick-input-list .monaco-list-row", has_text=title).first
        row.click(timeout=PATIENCE * 500)

    def repeat(self, act: Callable[[], object], expected: Locator) -> Locator:
        """Do what may be lost, a key or a click, until something is seen; return that."""
        until(act, expected.first.is_visible, f"{expected} is seen")
        return expected.first

    def click(self, target: Locator, expected: Locator) -> Locator:
        """Click until something is seen; return that."""
        return self.repeat(lambda: target.click(timeout=PATIENCE * 100), expected)

    def tab(self, name: str) -> Locator:
        """Return the tab of a file, if that is the editor in front."""
        return self.page.locator(f'.tab.active[data-resource-name="{name}"]')

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def light_bulb(self) -> None:
        """Open the menu of the light bulb at the cursor."""
        bulb = self.page.locator(".lightBulbWidget:visible").first
        self.click(bulb, self.page.locator(".action-widget .action"))
        # The menu takes no click before the mouse has moved.
        x, y = SIZE["width"] / 2, SIZE["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.move(x + 5, y + 5)

    def choose(self, title: str, answer: Callable[[], bool]) -> None:
        """Choose an action of the light bulb at the cursor; repeat a click that is lost."""
        for _ in range(10):
            self.light_bulb()
            with suppress(Exception):
                self.page.locator(".action-widget .action", has_text=title).first.click(timeout=5000)
            for _ in range(100):
                if answer():
                    return
                time.sleep(0.05)
            self.press("Escape")
        raise AssertionError(f"nothing happened at {title!r}")

    def box(self) -> Locator:
        """Return the box that asks for an expansion."""
        widget = self.page.locator(".quick-input-widget:visible", has_text="stand for?")
        return widget.locator("input.input")

    def enter(self, text: str | None = None) -> None:
        """Confirm the input box, after its text is replaced if another one is given."""
        box = self.box()
        box.wait_for()
        if text is not None:
            box.fill(text)
            expect(box).to_have_value(text)
        for _ in range(10):
            with suppress(Exception):
                box.press("Enter", timeout=5000)
            with suppress(AssertionError):
                expect(self.page.locator(".quick-input-widget")).to_be_hidden(timeout=5000)
                return
        raise AssertionError("the input box stays open")

    def go_to(self, line: int, column: int = 1) -> None:
        """Put the cursor into the editor, which gets the keys from then on."""
        box = self.page.locator(".quick-input-widget input")

        def go() -> None:
            self.repeat(lambda: self.press("Control+g"), box)
            box.fill(f":{line}:{column}")
            # Pressed before the box has understood its text, the key closes it and the cursor stays.
            self.press("Enter")
            expect(box).to_be_hidden()

        # The status bar counts an emoji as one column, the box as two.
        columns = "|".join(str(each) for each in range(max(1, column - 2), column + 1))
        self.repeat(go, self.page.get_by_text(re.compile(rf"^Ln {line}, Col ({columns})$")))
        self.page.locator(".editor-instance .monaco-editor.focused").first.wait_for()

    def complete(self, label: str) -> None:
        """Ask for completions at the cursor, and choose one."""
        offered = self.page.locator(".suggest-widget.visible .monaco-list-row", has_text=label)

        def ask() -> None:
            self.press("Escape")
            self.press("Control+Space")

        self.repeat(ask, offered).click()

    def open_problems(self) -> None:
        """Open the Problems view."""
        self.repeat(lambda: self.press("Control+Shift+M"), self.page.locator(".markers-panel:visible"))

    def close_panel(self) -> None:
        """Close what is below the editor."""
        panel = self.page.locator(".part.panel:visible")
        until(lambda: self.command("View: Hide Panel"), lambda: panel.count() == 0, "the panel is closed")

    def place(self, text: str) -> tuple[float, float]:
        """Return where a text is in the editor, in pixels."""
        x, y = wait(lambda: self.page.evaluate(_PLACE, text), f"{text!r} in the editor")
        return x, y

    def point(self, text: str) -> None:
        """Rest the mouse on a text."""
        x, y = self.place(text)
        self.page.mouse.move(x - 3, y)
        self.page.mouse.move(x, y, steps=4)

    def hover(self, text: str, expected: str) -> Locator:
        """Rest the mouse on a text until what is expected comes up beside it."""
        found = self.page.locator(".monaco-hover:visible", has_text=expected)
        for _ in range(10):
            self.point(text)
            try:
                found.first.wait_for(timeout=PATIENCE * 100)
            except Exception:  # noqa: BLE001  because the server may not have been up; ask again
                self.page.mouse.move(5, 5)
                continue
            return found.first
        raise AssertionError(f"no hover with {expected!r} at {text!r}")

    def text(self) -> str:
        """Return the lines of the editor as they are drawn, notes included."""
        lines = self.page.evaluate(
            """() => [...document.querySelectorAll('.editor-instance .view-line')]
              .sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top))
              .map(line => line.textContent)"""
        )
        return plain("\n".join(lines))

    def see(self, text: str) -> None:
        """Wait until a text is drawn in the editor."""
        wait(lambda: text in self.text(), f"{text!r} in the editor", self.text)

    def miss(self, text: str) -> None:
        """Wait until a text is not drawn in the editor any more."""
        wait(lambda: text not in self.text(), f"{text!r} gone from the editor", self.text)

    def squiggles(self) -> int:
        """Return how many findings are underlined."""
        return self.page.locator(".view-overlays [class*=squiggly-]").count()

    def problem(self, text: str) -> Locator:
        """Return a row of the Problems view, which is open."""
        return self.page.locator(".markers-panel .monaco-list-row", has_text=text)

    def message(self, text: str) -> Locator:
        """Wait for a notification."""
        found = self.page.locator(".notification-toast", has_text=text)
        found.first.wait_for()
        return found.first


def wait(answer: Callable[[], Any], reason: str, report: Callable[[], str] = str) -> Any:  # noqa: ANN401  because anything may be waited for
    """Ask until the answer is true, and return it."""
    deadline = time.monotonic() + PATIENCE
    while not (found := answer()):
        assert time.monotonic() < deadline, f"{reason}: not within {PATIENCE} s\n{report()}"
        time.sleep(0.05)
    return found


def until(act: Callable[[], object], is_done: Callable[[], object], reason: str) -> None:
    """Do what may be lost on a busy machine, a key or a click, until its effect is seen.

    What cannot be clicked, because the page is being drawn, is tried again, too.
    """
    failure: Exception | None = None
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            act()
        except Exception as error:  # noqa: BLE001  because it may work the next time
            failure = error
        deadline = time.monotonic() + PATIENCE / 10
        while time.monotonic() < deadline:
            if is_done():
                return
            time.sleep(0.1)
    raise AssertionError(f"{reason}: not within {PATIENCE} s") from failure


def plain(text: str) -> str:
    """Return a text of the page with ordinary blanks, and without signs that are not seen."""
    kinds = ((sign, unicodedata.category(sign)) for sign in text)
    return "".join(" " if kind == "Zs" else sign for sign, kind in kinds if kind != "Cf")


def _quietly(command: list[str]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace"))
