"""The story in docs/getting-started.md, told by the program; `python -m tests.generate` writes it.

A fenced block behind a line that ends with the name of a file in backticks and a colon is that file. A block
of `sh` is run line by line, and the block of `text` behind it is what was printed.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
from pathlib import Path

from glossary_ls.cli import main

PAGE = Path(__file__).parents[1] / "docs/getting-started.md"

_BLOCK = re.compile(
    r"(?:^[^\n]*`(?P<name>[^`\n]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


def told(page: str, folder: Path) -> str:
    """Return the page with what its commands print in an empty folder."""
    parts: list[str] = []
    end, output = 0, ""
    for block in _BLOCK.finditer(page):
        text = block["text"]
        if block["kind"] == "sh":
            output = "".join(_output(line, folder) for line in text.splitlines())
        elif block["kind"] == "text":
            text = output
        elif block["name"]:
            file = folder / block["name"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        parts += (page[end : block.start("text")], text)
        end = block.end("text")
    return "".join((*parts, page[end:]))


def _output(line: str, folder: Path) -> str:
    """Return what a command prints."""
    program, *arguments = shlex.split(line, comments=True)
    if program == "cat":
        return "".join((folder / name).read_text("utf-8") for name in arguments)
    assert program == "glossary-ls", line
    printed = io.StringIO()
    before = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            main(arguments)
    finally:
        os.chdir(before)
    return printed.getvalue()


def write() -> None:
    """Write the page with what its commands print now."""
    with tempfile.TemporaryDirectory() as temporary:
        PAGE.write_text(told(PAGE.read_text("utf-8"), Path(temporary)), "utf-8")
