"""Edits of random documents against Asciidoctor: the words change, and nothing else does."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from tests.rewording import COMMON, MESSAGE, documents, follows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.rewording import Seen

VERSION = "2.2.8"
HOME = Path(sys.prefix) / "asciidoctor"
CORE = HOME / "node_modules" / "@asciidoctor" / "core"
SCRIPT = Path(__file__).with_name("asciidoctor.js")

LINES = (
    *(line for line in COMMON if "`" not in line),
    *"""== W
=== W W
. W
* [ ] W
W:: W
.W
<<W>>
<<W,W>>
xref:W[W]
[[W]]
{W}
link:W[W]
https://x[W]
`+W+`
NOTE: W
image::W.png[W]
// W
""".splitlines(),
    "\nW W\n-----------\n\nW\n",
    "\n|===\n|W |W\n\n|W\n|W W\n|===\n",
    "\n== V\n\nSee <<V>>.\n",
    "\nV\n----\n\nSee xref:_V[].\n",
    "\n----\nW\n----\n",
    "\n[cols=2]\n|===\na|W\n|W\n|===\n",
)


def _obstacle() -> str:
    """Return why Asciidoctor cannot be had, or an empty string."""
    if not (shutil.which("node") and shutil.which("npm")):
        return "there is no Node.js"
    if not CORE.exists() and not (os.environ.get("CI") or os.environ.get("GLOSSARY_LS_INSTALL")):
        return "there is no Asciidoctor (GLOSSARY_LS_INSTALL=1 installs it)"
    return ""


pytestmark = pytest.mark.skipif(bool(_obstacle()), reason=_obstacle())


class Asciidoctor:
    """A process that converts documents."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def see(self, source: str) -> Seen:
        """Return what Asciidoctor sees, with its warnings."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(source) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        reader = _Reader()
        reader.feed(answer["html"])
        return [*reader.joined(), *[(MESSAGE, "")] * answer["messages"]]


class _Reader(HTMLParser):
    """Collects elements and texts; the ids of titles, which follow their words, are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Seen = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = [(name, value) for name, value in attrs if name != "id"]
        self.seen.append((f"{tag} {kept}", ""))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append((f"/{tag}", ""))

    def handle_data(self, data: str) -> None:
        if self.seen and self.seen[-1][0] == "text":
            self.seen[-1] = "text", self.seen[-1][1] + data
        else:
            self.seen.append(("text", data))

    def joined(self) -> Seen:
        """Return what was collected, with white space collapsed."""
        return [(kind, re.sub(r"\s+", " ", text)) for kind, text in self.seen]


@pytest.fixture(scope="module")
def asciidoctor() -> Iterator[Asciidoctor]:
    if not CORE.exists():
        subprocess.run(
            ["npm", "install", "--silent", "--prefix", str(HOME), f"@asciidoctor/core@{VERSION}"], check=True
        )
    with subprocess.Popen(
        ["node", str(SCRIPT), str(CORE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Asciidoctor(process)
        process.kill()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(document=documents(LINES))
def test_edits_change_the_words_and_nothing_else(asciidoctor: Asciidoctor, document: tuple[str, str]) -> None:
    follows("asciidoc", asciidoctor.see, *document)
