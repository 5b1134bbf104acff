"""Create the picture of `glossary-ls check` in this folder from a real run on a terminal.

`make screenshots` runs it. It requires a system with pseudo-terminals:

    python -m docs.images.make_terminal
"""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from docs.images.make_neovim import FORMAT

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "demo"
COMMAND = ("check", "runbook.md", "--select", "ALL")
COLUMNS = 100


def printed(columns: int) -> str:
    """Return what the program prints on a terminal of a width, with its escape sequences."""
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_COLOR")}
    environment |= {"TERM": "xterm-256color", "COLUMNS": str(columns)}
    command = [sys.executable, "-m", "glossary_ls", *COMMAND]
    with subprocess.Popen(command, cwd=FOLDER, stdin=theirs, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        found = b""
        try:
            while chunk := os.read(ours, 4096):
                found += chunk
        except OSError:
            # The end of a pseudo-terminal on Linux.
            pass
    os.close(ours)
    return found.decode().replace("\r\n", "\n")


def picture(columns: int) -> str:
    """Return a picture of the terminal as SVG."""
    console = Console(record=True, width=columns, file=io.StringIO(), force_terminal=True)
    command = " ".join(("glossary-ls", *COMMAND))
    console.print(Text(f"$ {command}"))
    for line in Text.from_ansi(printed(columns)).split(allow_blank=True):
        # A terminal breaks lines where it ends, not between words.
        for row in line.divide(range(columns, len(line), columns)) or [line]:
            console.print(row, no_wrap=True)
    svg = console.export_svg(title=FOLDER.name, theme=MONOKAI, code_format=FORMAT, unique_id="glossary-ls")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def main() -> None:
    """Write the picture."""
    (HERE / "check.svg").write_text(picture(COLUMNS), "utf-8")


if __name__ == "__main__":
    main()
