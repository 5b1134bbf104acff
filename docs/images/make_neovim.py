"""Take the pictures of Neovim in this folder: the real screen, with the real server, after real keystrokes.

`make screenshots` runs it. It wants tmux, which has the screen, and rich, which turns it into SVG:

    python docs/images/make_neovim.py
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Self

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

HERE = Path(__file__).resolve().parent
OPEN = HERE.parent / "demo" / "open_nvim.py"
COLUMNS, LINES = 104, 34

#: The colours of Neovim's default scheme where the screen says "default".
THEME = TerminalTheme((0x14, 0x16, 0x1B), (0xE0, 0xE2, 0xEA), [(0, 0, 0)] * 8, [(0, 0, 0)] * 8)

#: The picture must look the same without a font from the network.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "Fira Code", "DejaVu Sans Mono, Menlo, Consolas"
)

#: The colour of an underline, which rich would take for other attributes.
UNDERLINE_COLOUR = re.compile(r"\x1b\[58[:;][\d:;]*m")

#: Name, keys as tmux names them, what then stands on the screen, title.
PICTURES = (
    ("neovim", ["z", "t", "K"], "compensated", "K explains the term under the cursor"),
    ("neovim-completion", ["G", "o", "Our load bal"], "Reference", "Terms are offered while you type"),
    ("neovim-finding", ["30Gzz0fM", "C-w", "d"], "Diagnostics:", "An acronym that nobody explains"),
)


class Screen:
    """A Neovim on a tmux server of its own; a context that ends both."""

    def __init__(self, tmux: str) -> None:
        self._tmux = [tmux, "-L", f"glossary-ls-{os.getpid()}", "-f", "/dev/null"]
        environment = "env TERM=tmux-256color COLORTERM=truecolor"
        size = ["-x", str(COLUMNS), "-y", str(LINES)]
        self._do("new-session", "-d", *size, f"{environment} '{sys.executable}' '{OPEN}'")
        self._do("set", "-g", "status", "off")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.press(["Escape", "Escape", ":qa!", "Enter"])
        # The tmux server ends with its last program.
        while subprocess.run([*self._tmux, "ls"], capture_output=True, check=False).returncode == 0:
            time.sleep(0.05)

    def press(self, keys: list[str]) -> None:
        """Press keys."""
        for key in keys:
            self._do("send-keys", key)
            time.sleep(0.1)

    def see(self, text: str) -> None:
        """Wait for a text on the screen."""
        deadline = time.monotonic() + 15
        while text not in self._do("capture-pane", "-p"):
            if time.monotonic() > deadline:
                sys.exit(f"{text!r} did not come:\n{self._do('capture-pane', '-p')}")
            time.sleep(0.05)

    def picture(self, title: str) -> str:
        """Return the screen as SVG."""
        # What was waited for is there, but perhaps not all that is drawn with it.
        time.sleep(0.4)
        lines = self._do("capture-pane", "-e", "-p", "-N").rstrip("\n")
        lines = UNDERLINE_COLOUR.sub("", lines)
        console = Console(record=True, width=COLUMNS, file=StringIO(), color_system="truecolor")
        console.print(Text.from_ansi(lines), no_wrap=True, crop=True)
        return console.export_svg(title=title, theme=THEME, code_format=FORMAT, unique_id="glossary-ls")

    def _do(self, *arguments: str) -> str:
        command = [*self._tmux, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout


def main() -> None:
    """Write the pictures."""
    tmux = shutil.which("tmux") or sys.exit("tmux is not installed")
    for name, keys, text, title in PICTURES:
        with Screen(tmux) as screen:
            screen.see("Service Level Agreement")
            screen.press(keys)
            screen.see(text)
            (HERE / f"{name}.svg").write_text(screen.picture(title), encoding="utf-8")
        print(f"docs/images/{name}.svg")


if __name__ == "__main__":
    main()
