"""What is being typed before the cursor: words that may start a name, or a part of an identifier.

The style of an identifier follows from its start: `cold_st` goes on as `cold_start`, `COLD_ST` as
`COLD_START`, `coldSt` as `coldStart` and, in code, `cold-st` as `cold-start`. This module must not know
terms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.analysis.context import starts_sentence
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span, word_set
from glossary_ls.glossary.index import key
from glossary_ls.matching.identifiers import has_humps, parts
from glossary_ls.matching.words import APOSTROPHES, JOINERS, marks_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document

#: A word before the cursor, with the signs before it that may belong to a name and the joiner after it.
_WORDS = (
    r"(?P<signs>(?<![^\s([{{\"'*_`\u201c\u2018])[-.$@#:/!%&+~\\]{{1,3}})?"
    rf"[^\W_][\w{{marks}}+#./&{''.join(sorted(APOSTROPHES))}]*[\t{re.escape(''.join(sorted(JOINERS)))}]?"
)
#: Names of more words are rare.
_MAX_WORDS = 6

_IDENTIFIER = re.compile(r"[^\W\d_]\w*(?:-\w+)*-?$")
_CODE = frozenset({RegionKind.CODE_BLOCK, RegionKind.CODE_INLINE})
_MARKED = frozenset({"markdown", "mdx", "asciidoc", "org", "restructuredtext"})

#: The most common words of English.
_EVERYDAY = word_set(
    "a about after all also am an and any are as at be been but by can could did do does each else etc for "
    "from get go had has have he her here his how i if in into is it its just let like look made make many "
    "may me more most must my need no nor not now of off on once one only or other our out over own per same "
    "see she should so some such take than that the their them then there these they this those through to "
    "too two under until up us use used uses using via was way we well were what when where which while who "
    "why will with without would yet you your"
)

#: A word may start after these.
_OPEN = frozenset(" \t([{\"'*_`\u201c\u2018")


@dataclass(frozen=True, slots=True)
class Beginning:
    """Something typed that may start a name; `last` if it is the last word only."""

    span: Span
    text: str
    last: bool

    @property
    def prefix(self) -> str:
        """The start of a key that it is."""
        return key(self.text) + (" " if self.text[-1:] in JOINERS | {"\t"} else "")


def beginnings(document: Document, offset: int) -> Iterator[Beginning]:
    """Yield what may start a name, the most words first; an empty one where a word may start."""
    line, before = _before(document, offset)
    words = list(re.finditer(_WORDS.format(marks=marks_in(before)), before))
    run = [word for word in words if word.end() == len(before)]
    for word in reversed(words[:-1] if run else ()):
        if word.end() != run[0].start() or run[0]["signs"] or len(run) == _MAX_WORDS:
            break
        run.insert(0, word)
    for word in run:
        for start in dict.fromkeys((word.start(), word.start() + len(word["signs"] or ""))):
            yield Beginning(Span(line + start, offset), before[start:], word is run[-1])
    if not before or before[-1] in _OPEN:
        yield Beginning(Span(offset, offset), "", last=True)


def is_everyday(word: str) -> bool:
    """Return whether a word is so common that it is hardly ever meant as a name."""
    return word.lower() in _EVERYDAY and (len(word) < 2 or not word.isupper())


def is_enough(document: Document, beginning: Beginning) -> bool:
    """Return whether enough is typed to offer completions.

    A capital shows that a name is meant, but at the start of a sentence only the second one does.
    """
    if is_everyday(beginning.text):
        return False
    if len(beginning.text) >= document.settings.completion_minimum:
        return True
    capitals = sum(map(str.isupper, beginning.text))
    return capitals > starts_sentence(document.text.source, beginning.span.start)


# --- identifiers ------------------------------------------------------------------------------------------


#: How many words at the end of an identifier may begin a name.
_MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier before the cursor: its offset, what is typed, and what joins its words."""

    start: int
    text: str
    joiner: str

    def runs(self) -> Iterator[tuple[Span, str]]:
        """Yield the sequences of words at its end, the longest first: the span and the start of a key."""
        words = parts(self.text)[-_MOST_WORDS:]
        open_end = self.text.endswith(self.joiner) if self.joiner else False
        end = len(self.text)
        for first, start in enumerate(words):
            written = " ".join(word.of(self.text) for word in words[first:])
            yield Span(start.start, end).shifted(self.start), written.lower() + " " * open_end

    def continued(self, typed: str, prefix: str, name: str) -> str:
        """Return a name, a key that starts with `prefix`, as the continuation of the identifier."""
        whole = re.sub(r"[^\w ]+", " ", name)
        rest = whole[len(prefix) :].split(" ")
        if self.joiner:
            more = self.joiner.join(rest)
            return typed + (more.upper() if self.text.upper() == self.text else more)
        return typed + rest[0] + "".join(word[:1].upper() + word[1:] for word in rest[1:])


def identifier_at(document: Document, offset: int, kind: RegionKind) -> Identifier | None:
    """Return the identifier before the cursor, if what is typed shows its style."""
    line, before = _before(document, offset)
    found = _IDENTIFIER.search(before)
    if found is None:
        return None
    text = found[0]
    code = kind in _CODE or (document.language.lower() in _MARKED and before.count("`") % 2 == 1)
    if "_" in text:
        joiner = "_"
    elif "-" in text:
        if not code:
            return None
        joiner = "-"
    elif has_humps(text):
        joiner = ""
    else:
        return None
    at = max(text.rfind("-") + 1, 0) if joiner != "-" else 0
    return Identifier(line + found.start() + at, text[at:], joiner)


def _before(document: Document, offset: int) -> tuple[int, str]:
    """Return the offset of the line of the cursor, and the text on it before the cursor."""
    line = document.text.line_span(document.text.line_index(offset))
    return line.start, Span(line.start, offset).of(document.text.source)
