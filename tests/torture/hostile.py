"""A hostile repository, and what a server touches while it is opened.

`python -m tests.torture.hostile FOLDER` prints the events of Python's audit hook (open, listing, process,
socket ...) as JSON, while every document is opened and every request and command is sent.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import NamedTuple

#: The audited events that reach the disk, the network, other processes or foreign code.
_WATCHED = (
    *("open", "os.", "shutil.", "tempfile.", "glob.", "pathlib.", "mmap.", "fcntl."),
    *("subprocess.", "pty.", "socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser."),
    *("pickle.", "ctypes.", "sqlite3.", "winreg.", "_winapi.", "syslog.", "signal.", "cpython.run_"),
)

#: Those whose first argument is a path.
_OF_FILES = ("os.", "shutil.", "tempfile.", "fcntl.", "pathlib.")

#: What a repository may say in the hope of reaching a file, an address or a program.
PLACES = (
    *("../secret/glossary.yaml", "../secret", "../secret/*.yaml", "{outside}/glossary.yaml"),
    *("~/secret.yaml", "$HOME/secret.yaml", "${{HOME}}/secret.yaml", "%USERPROFILE%/secret.yaml"),
    *("file://{outside}/glossary.yaml", "//127.0.0.1/share/glossary.yaml", "\\\\127.0.0.1\\x.yaml"),
    *("https://127.0.0.1:1/glossary.yaml", "http://127.0.0.1:1/glossary.yaml", "git+ssh://127.0.0.1/x"),
    *("linked/glossary.yaml", "linked.yaml", "sub/../../secret/glossary.yaml", "os", "glossary_ls"),
    *("| touch {outside}/run", "$(touch {outside}/run)", "`touch {outside}/run`", "/dev/zero", "/etc/passwd"),
)

_DOCUMENTS = {
    "a.md": '[QXZ]: {place}\n![QXZ]({place}) [QXZ]({place}) <{place}>\n\n--8<-- "{place}"\n',
    "a.rst": ".. include:: {place}\n.. image:: {place}\n.. literalinclude:: {place}\n",
    "a.adoc": "include::{place}[]\nimage::{place}[]\nlink:{place}[QXZ]\n",
    "a.org": '#+INCLUDE: "{place}"\n[[file:{place}]]\n',
    "a.tex": "\\input{{{place}}} \\write18{{{place}}}\n",
    "a.html": '<img src="{place}"><iframe src="{place}"></iframe><script src="{place}"></script>\n',
    "a.py": "# {place} of QXZ\n",
}


class Folders(NamedTuple):
    """The repository, what is beside it, and the user's home."""

    inside: Path
    outside: Path
    home: Path


class Event(NamedTuple):
    """Something that was done: the name of the audit event, and its arguments as texts."""

    name: str
    arguments: list[str]


def make(folder: Path) -> Folders:
    """Write a repository that tries to reach a folder beside it."""
    made = Folders(folder / "ws", folder / "secret", folder / "home")
    for each in (*made, made.inside / "sub", made.inside / "docs", made.home / ".cache"):
        each.mkdir()
    for name in ("glossary.yaml", "a.md", "ignore", "glossary-ls.toml"):
        (made.outside / name).write_text("SLO: Secret\n" if name.endswith("yaml") else "packs = []\n")
    places = [each.format(outside=made.outside) for each in PLACES]
    for name, line in _DOCUMENTS.items():
        lines = "".join(line.format(place=place) for place in places)
        (made.inside / "docs" / name).write_text(f"The QXZ and the SLO.\n\n{lines}")
    quoted = ", ".join(map(json.dumps, places))
    settings = f"packs = [{quoted}]\nsources = [{quoted}]\n[codeActions]\nsaveGlossaries = true\n"
    (made.inside / "glossary-ls.toml").write_text(settings)
    (made.inside / "sub" / "pyproject.toml").write_text(f"[tool.glossary-ls]\nsources = [{quoted}]\n")
    entries = "".join(
        f"  - term: T{number}\n    definition: {json.dumps(f'![x]({place}) [x]({place})')}\n"
        f"    url: {json.dumps(place)}\n    links: [{json.dumps(place)}]\n    scope: [{json.dumps(place)}]\n"
        for number, place in enumerate(places)
    )
    extends = f"include: [{quoted}]\nextends: [{quoted}]\n"
    glossary = f"{extends}terms:\n{entries}  - !!python/object/apply:os.system [id]\n  - {{term: SLO}}\n"
    (made.inside / "glossary.yaml").write_text(glossary)
    for name in (".gitignore", "sub/glossary.yaml", "sub/glossary-ls.toml", "linked.yaml", "docs/b.md"):
        target = {"gitignore": "ignore", "md": "a.md", "toml": "glossary-ls.toml"}
        (made.inside / name).symlink_to(made.outside / target.get(name.rpartition(".")[2], "glossary.yaml"))
    (made.inside / "linked").symlink_to(made.outside)
    (made.inside / "loop").symlink_to(made.inside)
    (made.inside / ".git" / "hooks").mkdir(parents=True)
    (made.inside / ".git" / "config").write_text(f"[core]\nfsmonitor = touch {made.outside}/run\n")
    return made


def touched(events: list[Event], allowed: list[str]) -> list[Event]:
    """Return the events that are about no file in an allowed folder, links resolved.

    Whether a link in such a folder leads anywhere may be asked.
    """
    found = []
    for event in events:
        path = event.arguments[0] if event.arguments else ""
        is_file = event.name == "open" or event.name.startswith(_OF_FILES)
        real = os.path.normpath(path) if event.name == "os.stat" else os.path.realpath(path)
        # A number is a file that is open already.
        if is_file and (path.isdigit() or _is_in(real, allowed)):
            continue
        found.append(event)
    return found


def _is_in(path: str, folders: list[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}{os.sep}") for folder in folders)


def main(folder: Path) -> None:  # noqa: C901  because what the program loads is loaded here
    """Open the repository, send everything, and print the events; the last one is planted."""
    # Loading the program is not examined.
    from glossary_ls.base import paths  # noqa: PLC0415
    from glossary_ls.lsp.capabilities import COMMANDS, CUSTOM_REQUESTS  # noqa: PLC0415
    from glossary_ls.lsp.capabilities import REQUESTS as OURS  # noqa: PLC0415
    from glossary_ls.vfs.files import DiskFiles  # noqa: PLC0415
    from tests.torture import conformance  # noqa: PLC0415
    from tests.wire.harness import WATCH, WireClient, merged  # noqa: PLC0415

    events: list[Event] = []

    class SeenFiles(DiskFiles):
        """The disk; Python does not audit what asks about a file without opening it."""

        def signature(self, path: str) -> tuple[int, int] | None:
            events.append(Event("os.stat", [path]))
            return super().signature(path)

        def is_folder(self, path: str) -> bool:
            events.append(Event("os.stat", [path]))
            return super().is_folder(path)

    def watch(name: str, arguments: tuple[object, ...]) -> None:
        if name.startswith(_WATCHED):
            texts = [os.fsdecode(each) if isinstance(each, bytes) else str(each) for each in arguments]
            events.append(Event(name, texts))

    root = paths.normal(str(folder / "ws"))
    names = ("glossary.yaml", "glossary-ls.toml", *(f"docs/{name}" for name in (*_DOCUMENTS, "b.md")))
    texts = {f"file://{root}/{name}": Path(root, name).read_text("utf-8") for name in names}
    able = merged(WATCH, {"workspace": {"applyEdit": True}, "window": {"showDocument": {"support": True}}})
    number = 10_000

    def send(method: str, params: object) -> None:
        nonlocal number
        number += 1
        client.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        client.advance(2)

    sys.addaudithook(watch)
    client = WireClient(capabilities=able, files=SeenFiles(), roots=[root])
    for uri, text in texts.items():
        client.open(uri, "markdown" if uri.endswith("md") else uri.rpartition(".")[2], text)
    for uri in list(texts)[::3]:
        for method in (*OURS, *CUSTOM_REQUESTS):
            asked = json.dumps(conformance.valid(method)[-1])
            send(method, json.loads(asked.replace(conformance.DOC, uri)))
    for command in COMMANDS:
        for uri in list(texts)[::5]:
            given = {"name": "QXZ", "expansion": "Queue Zone", "uri": uri, "glossary": uri, "file": uri}
            send("workspace/executeCommand", {"command": command, "arguments": [given]})
    client.advance(60)
    (folder / "secret" / "a.md").read_text("utf-8")
    sys.stdout.write(json.dumps(list(dict.fromkeys((name, *given) for name, given in events))))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
