"""A folder that is not trusted, in a real Visual Studio Code: it starts nothing, and nothing is sent.

The server runs in a Python that writes down what it asks of the system (audit events, PEP 578). To see that
the tests can fail, pack the extension with the settings of its `restrictedConfigurations` in another scope
than `machine`, and without that list; or let the server open a socket.
"""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("code-server and Debian's Chromium are for Linux", allow_module_level=True)
pytest.importorskip("playwright", reason="playwright (PyPI) drives the browser")

from playwright.sync_api import expect

from tests.e2e.vscode.code import Code, Window
from tests.e2e.vscode.samples import folder_at

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

#: A Python that writes down its audit events about sockets and programs, each on a line, and what it runs.
WATCHED = """\
#!{python} -I
import os
import runpy
import socket
import sys

NETWORK = ("socket.", "ssl.", "urllib.", "http.", "ftplib.", "smtplib.")
PROGRAMS = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.")

def note(event, arguments):
    # The event loop wakes itself up through a pair of sockets that have no address.
    is_pair = event == "socket.__new__" and arguments[1] == socket.AF_UNIX
    if event.startswith(NETWORK + PROGRAMS) and not is_pair:
        os.write(trace, f"{{event}} {{arguments}}\\n".encode())

trace = os.open({trace!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
arguments = sys.argv[1:]
sys.addaudithook(note)
if "-c" in arguments:
    exec(arguments[arguments.index("-c") + 1])
else:
    start = next(index for index, part in enumerate(arguments) if part.endswith(".py"))
    os.write(trace, f"run {{arguments[start:]}}\\n".encode())
    sys.argv = arguments[start:]
    runpy.run_path(sys.argv[0], run_name="__main__")
"""

#: What leaves a trace where it is run, as a program and as a Python module.
TRAP = """\
#!/bin/sh
'''':
touch {trace}
exit 1
'''
open({trace!r}, "w").close()
"""


def test_a_folder_that_is_not_trusted_is_explained_and_starts_nothing(
    browser: Browser, vsix: Path, tmp_path: Path
) -> None:
    watched, seen, sprung = (tmp_path / name for name in ("python", "seen", "sprung"))
    write_program(watched, WATCHED.format(python=sys.executable, trace=str(seen)))
    folder = folder_at(tmp_path)
    for name in ("python", "python3", "glossary-ls", "yaml.py", "sitecustomize.py", "glossary_ls.py"):
        write_program(folder / name, TRAP.format(trace=str(sprung)))
    settings = {
        "glossary_ls.server.path": str(folder / "glossary-ls"),
        "glossary_ls.server.interpreter": str(folder / "python3"),
        "glossary_ls.rules": {"unknown-acronym": "error"},
    }
    (folder / ".vscode" / "settings.json").write_text(json.dumps(settings))
    machine = {"glossary_ls.server.interpreter": str(watched)}
    # Newer editors do not ask at the start, either.
    quietly = {"security.workspace.trust.startupPrompt": "never"}
    with (
        Code(tmp_path, vsix, machine=machine, trusts=False) as code,
        Window(browser, code, folder, **quietly) as window,
    ):
        window.open("notes.md")
        expect(window.page.locator(".statusbar-item", has_text="Restricted Mode")).to_be_visible()
        # What can do no harm holds here, too.
        window.page.locator(".view-overlays .squiggly-error").wait_for()
        window.hover("SLA", "Service Level Agreement")
        window.hover("zonk", "The first meaning.")
        window.command("Glossary: Check Workspace")
        window.message("in 2 documents.")
        window.go_to(3, 20)
        window.choose("Add 'XQZT' to glossary.yaml", window.box().is_visible)
        window.enter("Extra Queue Zone")
        window.page.locator('.tab[data-resource-name="glossary.yaml"]').wait_for()
        events = seen.read_text().splitlines()
    assert not sprung.exists()
    # One start, of what was packed; and no event besides.
    (started,) = events
    assert re.fullmatch(r"run \['\S+/extensions/\S+/bundled/serve\.py', 'serve'\]", started)


def write_program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)
