"""Every edit of random documents against reference parsers: the words change, and nothing else does."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from glossary_ls.analysis.editing.reading import read_text
from glossary_ls.analysis.editing.reworded import reworded
from glossary_ls.base.edits import applied
from glossary_ls.base.model import TextEdit
from glossary_ls.base.text import Span, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.token import Token

#: `W` becomes a word, and `P` a word that fills a cell.
WORD = re.compile(r"w\d+w")

#: What words are replaced with: shorter, longer, several, and some that mean something to a markup.
NEW = ["x", "opaque component", "a much longer name than the one before", "a|b", "*x", "x_", "`x", "[x", "- x"]

COMMON = """W
W W
*W* and **W**
*W W*
(W)
"W" and 'W'
W's, W. W: W; W?
W-W and W/W
--W -W ./W a/b/W W.md W() W=1 #W x_W W_x
https://W/W
An W, a W
W *
* W
`W`
"""

MARKDOWN = [
    *COMMON.splitlines(),
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
]

RST = [
    *COMMON.splitlines(),
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
| W
   W
.. note:: W
.. |W| replace:: W
|W|
[W]_
.. [W] W
+-------+-------+
| W     | W     |
+=======+=======+
=======  =======
W        W
W W      W
""".splitlines(),
    "W::\n\n   W W\n",
    "\nW W\n=============\n",
    "\n+---------+---------+\n| P| P|\n+=========+=========+\n| P| P|\n+---------+---------+\n",
    "\n========  ======\nP  W W\n========  ======\nP  W\nW\n\nP  P  W\n========  ======\n",
    "\n========  ======\nP  W\n========  ======\nP  W W\n========  ======\n",
]


@st.composite
def documents(draw: st.DrawFn, lines: list[str]) -> tuple[str, dict[str, str]]:
    """Return a document and, for each of its words, what to replace it with."""
    names = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    chosen = draw(st.lists(st.sampled_from([*lines, "", "", ""]), min_size=1, max_size=14))
    counter = iter(range(100, 1000))
    # Some words come again, so that links have targets.

    def word(mark: re.Match[str]) -> str:
        number = draw(st.sampled_from(names)) if draw(st.booleans()) else next(counter)
        return f"w{number}w".ljust(len("w100w") + 3 if mark[0] == "P" else 0)

    source = re.sub("[WP]", word, "\n".join(chosen) + "\n")
    new = draw(st.sampled_from(NEW))
    return source, dict.fromkeys(WORD.findall(source), new)


def changed(source: str, language: str, new: dict[str, str]) -> tuple[str, set[str]]:
    """Return a document with its words replaced, and the words of which at least one is kept."""
    wanted = [TextEdit(Span(*match.span()), new[match[0]]) for match in WORD.finditer(source)]
    found = reworded(read_text(Text(source), language), wanted)
    return applied(source, found.edits), {one.span.of(source) for one in found.kept}


def seen_in_markdown(source: str) -> list[tuple[str, str]]:
    """Return what markdown-it sees: the kinds of what it finds and their attributes, and texts."""
    return list(_flat(ORACLE.parse(source)))


ORACLE = MarkdownIt("commonmark").enable(["table", "strikethrough"])


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


def seen_in_rst(source: str) -> list[tuple[str, str]]:
    """Return what docutils sees: the kinds of nodes with their targets, texts, and warnings."""
    settings_ = {"report_level": 2, "halt_level": 5, "warning_stream": io.StringIO(), "raw_enabled": False}
    return list(_nodes(publish_doctree(source, settings_overrides=settings_)))


def _nodes(node: nodes.Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, nodes.Text):
        yield "text", node.astext()
        return
    if isinstance(node, nodes.problematic):
        # What a document gets wrong before the edit as well.
        yield "problematic", ""
        return
    if isinstance(node, nodes.system_message):
        if node["level"] > 1:
            yield "message", node.astext()
        return
    targets = ("refuri", "refid", "refname", "uri")
    yield f"{type(node).__name__} {[node.get(name) for name in targets if name in node.attributes]}", ""
    for child in node.children:
        yield from _nodes(child)


READERS = {"markdown": seen_in_markdown, "restructuredtext": seen_in_rst}


def is_message(seen: tuple[str, str]) -> bool:
    return seen[0] == "message"


def check(language: str, see: Callable[[str], list[tuple[str, str]]], source: str, new: dict[str, str]) -> None:
    after, kept = changed(source, language, new)
    old, now = see(source), see(after)
    assert len(list(filter(is_message, now))) <= len(list(filter(is_message, old))), after
    old, now = ([one for one in many if not is_message(one)] for many in (old, now))
    assert [kind for kind, _ in old] == [kind for kind, _ in now], after
    for (kind, text), (_, other) in zip(old, now, strict=True):
        pattern = re.sub(r"w\\?\d+w", lambda word: f"(?:{word[0]}|{re.escape(new[word[0]])})", re.escape(text))
        pattern = re.sub(r"\b[Aa]n?\\? (?=\(\?:)", r"[Aa]n?\\ ", pattern)
        assert re.fullmatch(pattern, other, re.IGNORECASE), (kind, text, other, after)


@settings(max_examples=1500, deadline=None)
@given(documents(MARKDOWN))
def test_markdown(document: tuple[str, dict[str, str]]) -> None:
    check("markdown", seen_in_markdown, *document)


@settings(max_examples=1500, deadline=None)
@given(documents(RST))
def test_restructuredtext(document: tuple[str, dict[str, str]]) -> None:
    check("restructuredtext", seen_in_rst, *document)
