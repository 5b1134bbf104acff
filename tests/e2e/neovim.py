"""Driving a real Neovim: keystrokes go in; what comes out is read from its screen and its own Lua API.

Neovim's remote interface is MessagePack on the pipes of `nvim --embed`. A few lines speak it here, so that
each answer has a deadline and the process is ours to end.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgpack

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).parents[2]
PLUGIN = REPOSITORY / "editors" / "nvim"
INIT = REPOSITORY / "docs" / "demo" / "init.lua"

COLUMNS, LINES = 100, 32

T = TypeVar("T")

#: How long Neovim may be silent, in seconds; there may be other tests on the machine.
PATIENCE = 60.0

#: How often `wait` asks, and the pause in between, in seconds.
_MOST_POLLS, _PAUSE = 3000, 0.02

#: Lua that returns the screen as it is drawn, floating windows included.
_SCREEN = """
local rows = {}
for row = 1, vim.o.lines do
  local cells = {}
  for column = 1, vim.o.columns do
    cells[column] = vim.fn.screenstring(row, column)
  end
  rows[row] = table.concat(cells):gsub('%s+$', '')
end
return table.concat(rows, '\\n')
"""


@cache
def program() -> str | None:
    """Return a Neovim that has `vim.lsp.config`: the one of the virtual environment, else one on PATH."""
    for candidate in (str(Path(sys.executable).parent / "nvim"), shutil.which("nvim")):
        if candidate and Path(candidate).exists():
            answer = subprocess.run(
                [candidate, "--version"], capture_output=True, text=True, check=False
            ).stdout
            version = re.match(r"NVIM v(\d+)\.(\d+)", answer)
            if version and (int(version[1]), int(version[2])) >= (0, 11):
                return candidate
    return None


def wait(answer: Callable[[], T], reason: str) -> T:
    """Ask until the answer is true, and return it. Raises TimeoutError after many polls."""
    for _ in range(_MOST_POLLS):
        if found := answer():
            return found
        time.sleep(_PAUSE)
    raise TimeoutError(f"{reason}: not within {_MOST_POLLS} polls")


class Editor:
    """A Neovim with a document open, configured as `make nvim` does it; a context that quits at its end.

    `lua` runs before the configuration. At the end, the editor and the servers that it started must be gone.
    """

    def __init__(self, document: Path, home: Path, lua: str = "") -> None:
        executable = program()
        assert executable
        command = [executable, "--embed", "--clean", "-u", str(INIT)]
        for before in (f"lua vim.opt.rtp:prepend([[{PLUGIN}]])", "set noswapfile", f"lua {lua or 'do end'}"):
            command += ["--cmd", before]
        folders = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self._process = subprocess.Popen(
            [*command, str(document)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=document.parent,
            env={**os.environ, "PATH": path, **folders},
        )
        self._messages = msgpack.Unpacker(strict_map_key=False, unicode_errors="surrogateescape")
        self._requests = 0
        # Neovim waits for a user interface before it reads its configuration and loads a file.
        self._ask("nvim_ui_attach", COLUMNS, LINES, {"rgb": True})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            servers = self._ask("nvim_get_proc_children", self._process.pid)
            self._send("nvim_input", "<C-\\><C-n>:qa!<CR>")
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.communicate()
        wait(lambda: not any(map(is_running, servers)), "the servers of the editor have ended")

    def lua(self, code: str, *arguments: object) -> Any:  # noqa: ANN401  because Lua returns anything
        """Run Lua in the editor and return its result."""
        if self._ask("nvim_get_mode")["blocking"]:
            # An error message that waits for a key would block this request.
            self.press("<CR>")
            complaint = self._ask("nvim_exec2", "messages", {"output": True})["output"]
            raise AssertionError(f"Neovim complains: {complaint}")
        return self._ask("nvim_exec_lua", code, arguments)

    def press(self, keys: str) -> None:
        """Press keys, written as in a mapping: `<Esc>`, `<C-x>`."""
        self._ask("nvim_input", keys)

    def screen(self) -> str:
        """Return what a person sees."""
        return str(self.lua(_SCREEN))

    def see(self, text: str) -> str:
        """Wait until `text` is on the screen, and return the screen."""
        try:
            wait(lambda: text in self.screen(), f"{text!r} on the screen")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.screen()}") from None
        return self.screen()

    def reopen(self, document: Path) -> None:
        """Open a document as it is on the disk, and nothing else."""
        self.press("<C-\\><C-n>")
        self.lua("vim.cmd('silent %bwipeout!') vim.cmd.edit(...)", str(document))

    def line(self) -> str:
        """Return the line of the cursor."""
        return str(self.lua("return vim.api.nvim_get_current_line()"))

    def _send(self, method: str, *arguments: object) -> None:
        self._requests += 1
        assert self._process.stdin
        self._process.stdin.write(msgpack.packb([0, self._requests, method, arguments]))
        self._process.stdin.flush()

    def _ask(self, method: str, *arguments: object) -> Any:  # noqa: ANN401  because any value may come back
        self._send(method, *arguments)
        while True:
            for message in self._messages:
                # Besides answers there are only notifications of what to draw.
                if message[0] == 1 and message[1] == self._requests:
                    assert message[2] is None, f"{method}: {message[2]}"
                    return message[3]
            self._messages.feed(self._read(method))

    def _read(self, method: str) -> bytes:
        assert self._process.stdout
        pipe = self._process.stdout.fileno()
        if not select.select([pipe], [], [], PATIENCE)[0]:
            raise TimeoutError(f"no answer to {method}")
        read = os.read(pipe, 1 << 16)
        assert read, "Neovim has ended"
        return read


def is_running(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    # What has ended without a parent stays listed until the first process of the system takes notice.
    return status.rpartition(")")[2].split()[0] != "Z"
