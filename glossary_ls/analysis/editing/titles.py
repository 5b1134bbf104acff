"""Titles: their adornments grow with them, and those that a link leads to keep their words.

Sources: docutils, "reStructuredText Markup Specification", Sections; Asciidoctor, "Setext section titles";
GitHub Flavored Markdown's anchors of headings; Org 9, "Internal Links". This module must not know what
is edited and why.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from glossary_ls.base import memo
from glossary_ls.base.model import TextEdit
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.base.text import Text

IS_REFERRED_TO = "a link leads to this title by its words"

#: A line of one punctuation sign (docutils) or of one of the five that AsciiDoc knows.
_ADORNMENT = lazily(r"([!-/:-@\[-`{-~])\1+\s*\Z")
_ASCIIDOC = lazily(r"(?:=+|-+|~+|\^+|\++)\s*\Z")

#: What comes before a title and its underline in a comment.
_COMMENT = lazily(r"\s*(?:(?:#+|//+!?|\*|--|;+|%+) )?\s*")

#: The shortest underline that may be shorter than its title.
_SURELY = 4

#: How a title begins in Markdown and AsciiDoc, and the shortest underline of Markdown.
_MARKED = lazily(r"[\s>]*(?:#{1,6}|={1,6})\s")
_SHORTEST = lazily(r"[=-]\s*\Z")

#: By how much an underline of AsciiDoc may be longer or shorter than its title.
_TOLERANCE = 1

#: The links to titles by language; those of Markdown and HTML have the words in an address.
_ANCHORS = lazily(r"(?:\(<?|[\"'=]|\]:\s*<?)[^\s()<>\"'#]*#([\w-]+)")
_REFERENCES = {
    "restructuredtext": re.compile(
        r"`(?:[^`<>]*<)?([^`<>]+?)(?:_?>)?`_|:ref:`(?:[^`<>]*<)?([^`<>]+)>?`|[\[|]#?([^\[\]|\r\n]+)[\]|]_"
        r"|(?<![\w`])([\w.+:-]+)_(?![\w_])"
    ),
    "asciidoc": re.compile(r"(?:<<|xref:)#?([^,<>\[\]\r\n]+)[,>\[]"),
    "org": re.compile(r"\[\[\*([^\[\]]+)\]"),
}

_NOT_IN_SLUG = lazily(r"[^\w\- ]")


def adornments(text: Text, language: str, line: int, title: str) -> Iterator[TextEdit]:
    """Yield the edits of the lines around the title in a line that `title`, its new text, needs."""
    lines = text.lines
    under = _line(lines, line + 1)
    if language == "restructuredtext" and _ADORNMENT.match(under):
        over = _line(lines, line - 1)
        has_overline = bool(_ADORNMENT.match(over)) and over.rstrip() == under.rstrip()
        adorned = len(under.rstrip())
        missing = width(title.rstrip()) - adorned
        if adorned < min(_SURELY, width(_line(lines, line).rstrip())):
            return
        # A title that continues a paragraph is none.
        if missing > 0 and not _line(lines, line - 2 if has_overline else line - 1).strip():
            around = (line - 1, line + 1) if has_overline else (line + 1,)
            yield from (_lengthened(text, adornment, missing) for adornment in around)
    elif language == "asciidoc" and _ASCIIDOC.match(under):
        now, underline = len(_line(lines, line).rstrip()), len(under.rstrip())
        new = len(title.rstrip())
        if abs(now - underline) <= _TOLERANCE and new != underline:
            yield _lengthened(text, line + 1, new - underline)


def underline(text: Text, line: int, title: str) -> TextEdit | None:
    """Return the edit of the underline that a title in a comment or docstring needs."""
    here, under = _line(text.lines, line), _line(text.lines, line + 1)
    found = _COMMENT.match(here)
    before = found[0] if found else ""
    if not under.startswith(before) or not _ADORNMENT.match(under, len(before)):
        return None
    adorned, missing = len(under.rstrip()), len(title.rstrip()) - len(under.rstrip())
    return _lengthened(text, line + 1, missing) if missing > 0 and adorned >= len(here.rstrip()) else None


def is_title(text: Text, line: int) -> bool:
    """Return whether a line looks like a title, whose text may be a link."""
    here, below = _line(text.lines, line), _line(text.lines, line + 1)
    return bool(_MARKED.match(here) or _ADORNMENT.match(below) or _SHORTEST.match(below))


def is_referred_to(source: str, language: str, title: str) -> bool:
    """Return whether the document has a link that finds a title by its words."""
    words = " ".join(title.split()).lower()
    if language in {"restructuredtext", "org"}:
        names = {words}
    elif language == "asciidoc":
        slug = re.sub(r"[ .-]+", "_", re.sub(r"[^\w .-]", "", words)).strip("_")
        names = {words, f"_{slug}"}
    else:
        names = {_NOT_IN_SLUG.sub("", words).replace(" ", "-")}
    return not names.isdisjoint(_references(source, language))


@memo.recent(4)
def _references(source: str, language: str) -> frozenset[str]:
    """Return the names in lower case that the links of a document may find a title by."""
    found = _REFERENCES.get(language, _ANCHORS).finditer(source)
    return frozenset(" ".join(link[link.lastindex or 0].split()).lower() for link in found)


def width(text: str) -> int:
    """Return the number of columns that a text takes, as docutils counts them."""
    wide = sum(east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(combining, text)))


def _line(lines: Sequence[str], index: int) -> str:
    return lines[index] if 0 <= index < len(lines) else ""


def _lengthened(text: Text, line: int, by: int) -> TextEdit:
    """Return the edit that makes a line of equal signs longer or, if `by` is negative, shorter."""
    span = text.line_span(line)
    written = span.of(text.source)
    end = span.start + len(written.rstrip())
    sign = written.rstrip()[-1]
    return TextEdit(Span(end, end), sign * by) if by > 0 else TextEdit(Span(end + by, end), "")
