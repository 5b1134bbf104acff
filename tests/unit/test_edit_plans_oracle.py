"""Edits of random documents against reference parsers: the words change, and nothing else does.

AsciiDoc, whose parser is not a Python package, is in tests/e2e/test_asciidoctor.py.
"""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given, settings
from markdown_it import MarkdownIt

from tests.rewording import COMMON, MESSAGE, documents, follows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from tests.rewording import Seen

ORACLE = MarkdownIt("commonmark").enable(["table", "strikethrough"])

MARKDOWN = (
    *COMMON,
    *"""# W
## W W
W W
===
- W
- [ ] W
1. W
> W
> W W
    W
[W]
[W][]
[W][W]
[W](/W)
[W](#W)
![W](W.png)
[W]: /W
[^W] and [^W]: W
<b>W</b> <!-- W -->
W  \\
W
| W | W |
|---|---|
| W    | W    |
|------|------|
| W    | W W  |
| W|W
|-|-
|W|W
```
$W$
""".splitlines(),
    "\n| P| P|\n|---------|---------|\n| P| P|\n",
)

RST = (
    *COMMON,
    *"""W
====
W W
-------
======
W W
======
W_
`W`_
`W W`_
W__
`W <https://x/W>`_
`W <W_>`_
:emphasis:`W`
.. _W: https://x
.. __: https://x
.. _W:
* W
- W
1. W
W
  W
:W: W
| W
   W
.. note:: W
.. |W| replace:: W
|W|
[W]_
.. [W] W
""".splitlines(),
    "\nV\n======\n\nSee V_ and `V`_.\n",
    "W::\n\n   W W\n",
    "\nW W\n=============\n",
    "\n+---------+---------+\n| P| P|\n+=========+=========+\n| P| P|\n+---------+---------+\n",
    "\n========  ======\nP  W W\n========  ======\nP  W\nW\n\nP  P  W\n========  ======\n",
    "\n========  ======\nP  W\n========  ======\nP  W W\n========  ======\n",
)

HTML = """W
<p>W W</p>
<p>(W), <b>W</b> and <i>W</i>
<a href="#W">W</a>
<a name=W id="W">W W</a>
<h1 id="W">W</h1>
<code>W</code>
<pre>W
W</pre>
<!-- W -->
<script>W</script>
<ul><li>W<li>W</ul>
<table><tr><td>W<td>W</table>
<img alt="W" src=W>
<textarea>W</textarea>
W &amp; W &W;
<W>W</W>
W <
W > W
""".splitlines()


def seen_in_markdown(source: str) -> Seen:
    """Return what markdown-it sees."""
    return list(_flat(ORACLE.parse(source)))


def _flat(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    text = ""
    for token in tokens:
        if token.type == "text":
            text += token.content
            continue
        if text:
            yield "text", text
            text = ""
        if token.children is not None:
            yield from _flat(token.children)
        else:
            yield f"{token.type} {token.attrs}", token.content
    if text:
        yield "text", text


class _Reader(HTMLParser):
    """Collects elements, comments and texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.seen: Seen = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((f"{tag} {attrs}", ""))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append((f"/{tag}", ""))

    def handle_comment(self, data: str) -> None:
        self.seen.append((f"comment {data}", ""))

    def handle_entityref(self, name: str) -> None:
        self.seen.append((f"reference {name}", ""))

    def handle_data(self, data: str) -> None:
        if self.seen and self.seen[-1][0] == "text":
            self.seen[-1] = "text", self.seen[-1][1] + data
        else:
            self.seen.append(("text", data))


def seen_in_html(source: str) -> Seen:
    """Return what Python's parser of HTML sees."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.seen


def seen_in_rst(source: str) -> Seen:
    """Return what docutils sees, with its warnings."""
    options = {"report_level": 2, "halt_level": 5, "warning_stream": io.StringIO(), "raw_enabled": False}
    return list(_nodes(publish_doctree(source, settings_overrides=options)))


def _nodes(node: nodes.Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, nodes.Text):
        yield "text", node.astext()
    elif isinstance(node, nodes.problematic):
        # What a document gets wrong before the edit as well.
        yield "problematic", ""
    elif isinstance(node, nodes.system_message):
        if node["level"] > 1:
            yield MESSAGE, node.astext()
    elif isinstance(node, nodes.Element):
        leads_to = [node.get(name) for name in ("refuri", "refid", "refname", "uri") if node.hasattr(name)]
        # Names that occur more than once are numbered.
        yield re.sub(r"-\d+'", "'", f"{type(node).__name__} {leads_to}"), ""
        for child in node.children:
            yield from _nodes(child)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(documents(MARKDOWN))
def test_markdown(document: tuple[str, str]) -> None:
    follows("markdown", seen_in_markdown, *document)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(documents(RST))
def test_restructuredtext(document: tuple[str, str]) -> None:
    follows("restructuredtext", seen_in_rst, *document)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(documents(HTML))
def test_html(document: tuple[str, str]) -> None:
    follows("html", seen_in_html, *document)
