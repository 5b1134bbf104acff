"""What is printed where: color, width, links and progress on a terminal; plain lines elsewhere.

`rich` is imported only when something is emphasized. This module must not know what is printed.
"""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.paths import to_uri
from glossary_ls.cli.reporters.look import CODE, GUTTER, NOTE, PATH, Look
from glossary_ls.rules.pages import page_of
from glossary_ls.vfs.files import manual_page

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

_STYLES = {
    PATH: "bold",
    CODE: "cyan",
    GUTTER: "blue",
    NOTE: "green",
    "error": "bold red",
    "warning": "yellow",
    "information": "blue",
    "hint": "dim",
}

#: After how many seconds progress is shown, and how often.
_PATIENCE, _INTERVAL = 1.0, 0.1

_BAR = 30

#: Back to the start of the line, and erase it (ECMA-48, 8.3.41).
_ERASE = "\r\x1b[K"


def add(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Declare the argument."""
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="color and links (default: on a terminal, unless NO_COLOR is set, or if FORCE_COLOR is set)",
    )


@dataclass(slots=True)
class Screen:
    """Where the report goes.

    `look` is None for plain text. `is_watched`: somebody reads standard error. `is_reserved`: standard output
    is for something else. `now` returns seconds.
    """

    is_terminal: bool
    is_watched: bool
    look: Look | None
    now: Callable[[], float] = monotonic
    is_reserved: bool = False
    _started: float | None = None
    _drawn: float | None = None

    def print(self, line: str) -> None:
        """Print a line of the report."""
        self.close()
        print(line, file=sys.stderr if self.is_reserved else sys.stdout, flush=self._started is not None)

    def note(self, line: str) -> None:
        """Print a line for the user that is no part of the report."""
        self.close()
        print(line, file=sys.stderr)

    def progress(self, done: int, total: int) -> None:
        """Show how much is done, once that takes long."""
        if not self.is_watched:
            return
        now = self.now()
        if self._started is None:
            self._started = now
        last = self._started + _PATIENCE - _INTERVAL if self._drawn is None else self._drawn
        if now - last >= _INTERVAL:
            filled = _BAR * done // max(total, 1)
            bar = f"[{'#' * filled}{'.' * (_BAR - filled)}] {done}/{total}"
            print(f"{_ERASE}{bar}", end="", file=sys.stderr, flush=True)
            self._drawn = now

    def close(self) -> None:
        """Erase the progress."""
        if self._drawn is not None:
            print(_ERASE, end="", file=sys.stderr, flush=True)
            self._drawn = None


def screen(color: str, *, quiet: bool, to_file: bool = False) -> Screen:
    """Return where to print."""
    is_terminal = sys.stdout.isatty() and not to_file
    look = None
    if is_colored(color, to_file=to_file):
        look = Look(width(), _painter(), wraps=True)
    elif is_terminal:
        look = Look(width(), wraps=True)
    return Screen(is_terminal, sys.stderr.isatty() and not quiet, look)


def can_ask() -> bool:
    """Return whether there is a person who sees a question and can answer it."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def read_key() -> str:
    """Wait for a key on the terminal, which is not echoed; an empty string at the end of the input."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  because other systems lack it

        return msvcrt.getwch()
    import termios  # noqa: PLC0415  because Windows lacks it
    import tty  # noqa: PLC0415  as above

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        # What was typed ahead counts.
        tty.setcbreak(terminal, termios.TCSANOW)
        return os.read(terminal, 1).decode("ascii", "replace")
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


def is_colored(color: str, *, to_file: bool = False) -> bool:
    """Return whether there is color. The variables: https://no-color.org and https://force-color.org."""
    if color != "auto":
        return color == "always"
    if os.environ.get("FORCE_COLOR") and not to_file:
        return True
    is_terminal = sys.stdout.isatty() and not to_file
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Return the width of the terminal in columns."""
    from rich.console import Console  # noqa: PLC0415  because its import is slow and not always needed

    return Console(file=sys.stdout).width


def _painter() -> Callable[[str, str, str], str]:
    """Return a function that emphasizes a part of a report, and links it to the page of a code."""
    from rich.color import ColorSystem  # noqa: PLC0415  as above
    from rich.style import Style  # noqa: PLC0415  as above

    styles = {part: Style.parse(words) for part, words in _STYLES.items()}

    def paint(text: str, part: str, code: str) -> str:
        style = styles[part]
        if code:
            style += Style(link=to_uri(manual_page(page_of(code))))
        return style.render(text, color_system=ColorSystem.STANDARD)

    return paint
