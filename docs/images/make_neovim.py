"""Create the screenshots of Neovim in this folder from real sessions with the server.

`make screenshots` runs it. It requires tmux, which provides the screen, and rich, which converts it to SVG:

    python -m docs.images.make_neovim
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import ClassVar, Self

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.e2e import tutorial

HERE = Path(__file__).resolve().parent
OPEN = HERE.parent / "demo" / "open_nvim.py"
DEMO = OPEN.with_name("runbook.md")
COLUMNS, LINES = 104, 34
#: The tutorial's runbook has messages beside its lines, and is short.
WIDE, SHORT = 112, 18

#: How long a text may take to appear, in seconds; other programs may run on the machine.
PATIENCE = 60

#: The colors of Neovim's default scheme, for cells with the default color.
THEME = TerminalTheme((0x14, 0x16, 0x1B), (0xE0, 0xE2, 0xEA), [(0, 0, 0)] * 8, [(0, 0, 0)] * 8)

#: The picture must not depend on a font from the network.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "Fira Code", "DejaVu Sans Mono, Menlo, Consolas"
)

#: The color of an underline, which rich would interpret as other attributes.
UNDERLINE_COLOR = re.compile(r"\x1b\[58[:;][\d:;]*m")

#: Name, keys in the notation of tmux, text to wait for, title.
PICTURES = (
    ("neovim", ["z", "t", "K"], "compensated", "K explains the term under the cursor"),
    ("neovim-guide", [":GlossaryGuide", "Enter", "25", "C-w", "_"], "Running LLMs", ":GlossaryGuide"),
    ("neovim-completion", ["32Gzto", "Our load bal"], "load balancing", "Terms are completed as you type"),
    ("neovim-finding", ["30Gzz0fM", "C-w", "d"], "[unknown-acronym]", "CTRL-W d shows a diagnostic"),
)


class Screen:
    """Neovim in its own tmux server; a context manager that stops both."""

    def __init__(self, tmux: str, document: Path = DEMO, columns: int = COLUMNS) -> None:
        self._columns = columns
        self._tmux = [tmux, "-L", f"glossary-ls-{os.getpid()}", "-f", "/dev/null"]
        environment = "env TERM=tmux-256color COLORTERM=truecolor"
        size = ["-x", str(columns), "-y", str(LINES)]
        command = f"{environment} '{sys.executable}' '{OPEN}' '{document}'"
        self._do("new-session", "-d", "-c", str(document.parent), *size, command)
        self._do("set", "-g", "status", "off")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.press(["Escape", "Escape", ":qa!", "Enter"])
        # The tmux server exits with its last program.
        while subprocess.run([*self._tmux, "ls"], capture_output=True, check=False).returncode == 0:
            time.sleep(0.05)

    def press(self, keys: list[str]) -> None:
        """Send keys."""
        for key in keys:
            self._do("send-keys", key)
            time.sleep(0.1)

    def see(self, text: str) -> None:
        """Wait until a text appears on the screen."""
        deadline = time.monotonic() + PATIENCE
        while text not in self._do("capture-pane", "-p"):
            if time.monotonic() > deadline:
                sys.exit(f"{text!r} did not appear:\n{self._do('capture-pane', '-p')}")
            time.sleep(0.05)

    def miss(self, text: str) -> None:
        """Wait until a text is no longer on the screen."""
        deadline = time.monotonic() + PATIENCE
        while text in self._do("capture-pane", "-p"):
            if time.monotonic() > deadline:
                sys.exit(f"{text!r} is still there:\n{self._do('capture-pane', '-p')}")
            time.sleep(0.05)

    def resize(self, lines: int) -> None:
        """Change the height of the screen."""
        self._do("resize-window", "-y", str(lines))

    def picture(self, title: str) -> str:
        """Return the screen as SVG."""
        # The text has appeared, but the rest of the screen may still be drawn.
        time.sleep(0.4)
        lines = self._do("capture-pane", "-e", "-p", "-N").rstrip("\n")
        lines = UNDERLINE_COLOR.sub("", lines)
        console = Console(record=True, width=self._columns, file=StringIO(), color_system="truecolor")
        console.print(Text.from_ansi(lines), no_wrap=True, crop=True)
        return console.export_svg(title=title, theme=THEME, code_format=FORMAT, unique_id="glossary-ls")

    def _do(self, *arguments: str) -> str:
        command = [*self._tmux, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout


class TutorialHands:
    """A person at a Neovim in tmux."""

    KEYS: ClassVar = {"Enter": "Enter", "Esc": "Escape"}

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def do(self, action: tutorial.Action) -> None:
        """Press the keys."""
        self._screen.press([action.what if action.kind == "text" else self.KEYS[action.what]])

    def see(self, text: str) -> None:
        """Wait until a text is on the screen."""
        self._screen.see(text)


def draw_tutorial(tmux: str) -> None:
    """Write the pictures of the tutorial, on the way that the page describes."""

    def draw(name: str) -> None:
        if name == "neovim-review":
            # The server has read what was typed. The command shortens the name of the draft, which is in a
            # temporary folder.
            screen.miss("is not explained")
            screen.press([":silent cd .", "Enter", "gg", "C-l"])
            screen.see("# Review:")
        else:
            screen.resize(SHORT)
        path = HERE / "tutorial" / f"{name}.svg"
        file = "unknown-acronyms.glossary.yaml" if name == "neovim-review" else "runbook.md"
        path.write_text(screen.picture(f"nvim {file}"), encoding="utf-8")
        screen.resize(LINES)
        print(f"docs/images/tutorial/{path.name}")

    start, *steps = tutorial.steps(tutorial.NEOVIM)
    with tempfile.TemporaryDirectory(prefix="glossary-ls-pictures-") as folder:
        document = tutorial.create_repository(Path(folder)) / "runbook.md"
        with Screen(tmux, document, WIDE) as screen:
            hands = TutorialHands(screen)
            # The first step starts the editor.
            tutorial.follow([replace(start, actions=())], hands, draw)
            tutorial.follow(steps, hands, draw)


def main() -> None:
    """Write the pictures."""
    tmux = shutil.which("tmux") or sys.exit("tmux is not installed")
    draw_tutorial(tmux)
    for name, keys, text, title in PICTURES:
        with Screen(tmux) as screen:
            screen.see("Service Level Agreement")
            screen.press(keys)
            screen.see(text)
            (HERE / f"{name}.svg").write_text(screen.picture(title), encoding="utf-8")
        print(f"docs/images/{name}.svg")


if __name__ == "__main__":
    main()
