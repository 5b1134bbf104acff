"""Random documents with words to replace, and the comparison of what a reference parser sees of them.

A parser sees a list of things: each its kind, with the targets of links, and its text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st

from glossary_ls.analysis.editing.plan import plan_edits
from glossary_ls.analysis.editing.reading import read_text
from glossary_ls.base.edits import applied
from glossary_ls.base.model import TextEdit
from glossary_ls.base.text import Span, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: What a parser sees, in the order of the document.
Seen: TypeAlias = list[tuple[str, str]]

#: The kind of a warning.
MESSAGE = "message"

WORD = re.compile(r"w\d+w")

#: What words are replaced with: shorter, longer, several, and some that mean something to a markup.
NEW = (
    "x",
    "opaque component",
    "a much longer name than the one before",
    "a|b",
    "*x",
    "x_",
    "`x",
    "[x",
    "- x",
)

#: Lines of any markup: `W` becomes a word, `V` always the same one, and `P` a word that fills a cell.
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
""".splitlines()


@st.composite
def documents(draw: st.DrawFn, lines: Sequence[str]) -> tuple[str, str]:
    """Return a document, and what to replace each of its words with."""
    chosen = draw(st.lists(st.sampled_from([*lines, "", "", ""]), min_size=1, max_size=14))
    counter = iter(range(100, 1000))

    def word(mark: re.Match[str]) -> str:
        # Some words come again, so that links have targets.
        if mark[0] == "V":
            return "w1w"
        number = draw(st.integers(1, 3)) if draw(st.booleans()) else next(counter)
        return f"w{number}w".ljust(len("w100w   ") if mark[0] == "P" else 0)

    return re.sub("[VWP]", word, "\n".join(chosen) + "\n"), draw(st.sampled_from(NEW))


def follows(language: str, see: Callable[[str], Seen], source: str, new: str) -> None:
    """Assert that a parser sees the same as before once words are replaced, except for the words."""
    wanted = [TextEdit(Span(*match.span()), new) for match in WORD.finditer(source)]
    after = applied(source, plan_edits(read_text(Text(source), language), wanted).edits)
    before, now = see(source), see(after)
    assert _messages(now) <= _messages(before), after
    before, now = ([one for one in seen if one[0] != MESSAGE] for seen in (before, now))
    assert [kind for kind, _ in now] == [kind for kind, _ in before], after
    for (_, text), (_, other) in zip(before, now, strict=True):
        assert _replaced(text, new).fullmatch(other), after


def _messages(seen: Seen) -> int:
    return sum(kind == MESSAGE for kind, _ in seen)


def _replaced(text: str, new: str) -> re.Pattern[str]:
    """Return a pattern for a text of which any words are replaced, with their articles and capitals."""
    words = WORD.sub(lambda word: f"(?:{word[0]}|{re.escape(new)})", re.escape(text))
    return re.compile(re.sub(r"\ban?\\ (?=\(\?:)", r"an?\\ ", words, flags=re.IGNORECASE), re.IGNORECASE)
