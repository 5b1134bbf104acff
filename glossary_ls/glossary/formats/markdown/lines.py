"""The lines of a Markdown page, classified: headings, text, code, and what is not shown.

Comments are blanked with as many spaces, so that offsets count in the file. This module must not know what a
glossary is.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import content_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.base.text import Text


class Kind(Enum):
    """What a line is."""

    BLANK = auto()
    TEXT = auto()
    HEADING = auto()
    RULE = auto()
    CODE = auto()
    #: Not shown: front matter, comments, tags alone, targets and definitions of links.
    HIDDEN = auto()
    #: Inside of a `{glossary}` directive of MyST.
    GLOSSARY = auto()


class Line(NamedTuple):
    """A line: where it starts in the file, its text without its terminator, and its content in that text.

    `level` is that of a heading; `at` is the start of the content, which is the indent for text.
    """

    start: int
    text: str
    kind: Kind
    at: int
    end: int
    level: int = 0

    @property
    def content(self) -> str:
        """The text without blanks around it, or that of a heading."""
        return self.text[self.at : self.end]


class Page(NamedTuple):
    """The lines of a page, and the keys of its front matter that have a short text."""

    lines: tuple[Line, ...]
    front: dict[str, str]


_FENCE = lazily(r"[ ]{0,3}(?:[-*+][ ]+|\d+\.[ ]+)?(`{3,}|~{3,}|:{3,})[ ]*(.*)")
_HEADING = lazily(r"[ ]{0,3}(#{1,6})(?:[ \t]+|(?=[^\W\d]))(.*)")
_HTML_HEADING = lazily(
    r"[ \t]*<(?:h([1-6])|(summary))(?:\s[^<>]*)?>(.*?)</(?:h[1-6]|summary)>", re.IGNORECASE
)
_CLOSING_SIGNS = lazily(r"[ \t]++#++$|[ \t]*+\{[:#.][^{}]*+\}$|[ \t]++\u00b6$")
#: How many signs may close a heading, and how long each may be, in characters.
_MOST_SIGNS = 8
_LONGEST_SIGN = 500
_UNDERLINE = lazily(r"[ ]{0,3}(=+|-{2,})[ \t]*$")
_RULE = lazily(r"[ ]{0,3}(?:-[ \t]*){3,}$|[ ]{0,3}(?:\*[ \t]*){3,}$|[ ]{0,3}(?:_[ \t]*){3,}$|[ ]*<hr\s*/?>$")
_HIDDEN = lazily(
    r"[ ]{0,3}r\[[\w.:-]+\]$|\([\w:./ -]+\)=$|\{:?[ ]*[#.:][^{}]*\}$"
    r"|[ ]{0,3}\[[^\]^]+\]:[ ]*(?:<|https?:|\.|/|#|\w+[/.])"
    r"|\[+_?toc_?\]+$|[ ]*(?:\*[ ]+)?\{:?toc\b[^{}]*\}$|[ ]*\{%[^{}]*%\}$"
    r"|(?:import|export)\b.*(?:['\"];?|\{)$"
    r"|[ ]*!\[[^\]]*\]\([^()]*\)(?:\{[^{}]*\})?$|[ ]*\{\{[<%][^{}]*[>%]\}\}$"
    r"|[ ]*(?:[-*+][ ]+)?(?:\*\*|_|<\w+>)?\[?[\u2191\u2b06\ufe0f^ ]*"
    r"(?:back to (?:the )?(?:top|index|contents)|top)[ \u2191\u2b06\ufe0f]*\]?"
    r"(?:\([^()]*\))?(?:\*\*|_|</\w+>)?$",
    re.IGNORECASE,
)
#: Tags without text between them.
_TAGS = lazily(r"(?:[ \t]*</?[A-Za-z][^<>]*>)+[ \t]*$")
_DATA_TAG = lazily(r"\s*<(?:[A-Z][^<>]*/>|(?:dl|dt|dd)\b)")
_COMMENTS = {"<!--": "-->", "{/*": "*/}", "{% comment %}": "{% endcomment %}"}
_OPENING = lazily(r"<!--|\{/\*|\{% comment %\}")
_KEY = lazily(r"([A-Za-z_][\w. -]{1,40}?)[ \t]*[:=][ \t]*(.+)")
_MOST_TITLE_WORDS = 8


def read_page(text: Text) -> Page:
    """Return the lines of a page; linear in its size."""
    found: list[Line] = []
    front: dict[str, str] = {}
    state = _State()
    start = 0
    for number, written in enumerate(text.lines):
        shown = written[: content_length(written)]
        if number == 0 and shown.startswith("\ufeff"):
            shown = " " + shown[1:]
        if number == 0 and shown.strip() in {"---", "+++"} and _is_front_matter(text.lines, shown.strip()):
            state.closer = shown.strip()
        elif state.closer and number:
            if shown.rstrip() in {state.closer, "..."}:
                found.append(_line(start, shown, Kind.HIDDEN))
                state.closer = ""
                start += len(written)
                continue
            if key := _KEY.match(shown):
                front.setdefault(key[1].lower().strip(), key[2].strip().strip("\"'").strip())
        line = _line(start, shown, Kind.HIDDEN) if state.closer else state.classified(start, shown)
        if line.kind is Kind.HEADING and line.level == 0:
            line = _underlined(found, line)
        found.append(line)
        start += len(written)
    return Page(tuple(found), front)


def _is_front_matter(lines: Sequence[str], closer: str) -> bool:
    """Return whether lines that open with `closer` have its second one near, and keys before that."""
    near = [line.rstrip() for line in lines[1:80]]
    ends = [at for at, line in enumerate(near) if line in {closer, "..."}]
    return bool(ends) and all(
        not line or line[0] in " \t#-[]{}'\"" or _KEY.match(line) or line.endswith((":", "=", "]"))
        for line in near[: ends[0]]
    )


class _State:
    """What is open at the start of a line."""

    def __init__(self) -> None:
        self.closer = ""
        self.comment = ""
        self.fence = ""
        self.glossary = ""

    def classified(self, start: int, shown: str) -> Line:
        """Return a line, and remember what is open after it."""
        if self.fence:
            if shown.strip().startswith(self.fence) and not shown.strip().strip(self.fence[0]):
                self.fence = ""
            return _line(start, shown, Kind.CODE)
        had_comment = bool(self.comment)
        if had_comment or "<!--" in shown or "{" in shown:
            blanked = self._blanked(shown)
            had_comment = had_comment or blanked != shown
            shown = blanked
        if self.glossary:
            if shown.strip().startswith(self.glossary) and not shown.strip().strip(self.glossary[0]):
                self.glossary = ""
                return _line(start, shown, Kind.HIDDEN)
            return _line(start, shown, Kind.GLOSSARY if shown.strip() else Kind.BLANK)
        if not shown.strip():
            return _line(start, shown, Kind.HIDDEN if had_comment else Kind.BLANK)
        if opened := self._opened(start, shown):
            return opened
        return _classified(start, shown)

    def _opened(self, start: int, shown: str) -> Line | None:
        fence = _FENCE.match(shown)
        if not fence or (fence[1][0] == "`" and "`" in fence[2]):
            return None
        if re.match(r"\{glossary\}", fence[2]):
            self.glossary = fence[1]
            return _line(start, shown, Kind.HIDDEN)
        if fence[1][0] == ":":
            return _line(start, shown, Kind.HIDDEN)
        self.fence = fence[1]
        return _line(start, shown, Kind.CODE)

    def _blanked(self, shown: str) -> str:
        """Return a line with spaces in place of comments."""
        at = 0
        while True:
            if self.comment:
                end = shown.find(self.comment, at)
                stop = end + len(self.comment) if end >= 0 else len(shown)
                shown = shown[:at] + " " * (stop - at) + shown[stop:]
                if end < 0:
                    return shown
                self.comment, at = "", stop
            found = _OPENING.search(shown, at)
            if not found:
                return shown
            if shown.count("`", 0, found.start()) % 2:
                at = found.end()
                continue
            self.comment, at = _COMMENTS[found[0]], found.start()


def _classified(start: int, shown: str) -> Line:
    first = shown.lstrip()[:1]
    if first == "#" and (found := _HEADING.match(shown)):
        return _heading(start, shown, found.span(2), len(found[1]))
    if first == "<" and (found := _HTML_HEADING.match(shown)):
        return _heading(start, shown, found.span(3), int(found[1] or 6))
    kind = Kind.TEXT
    if first in {"=", "-"} and _UNDERLINE.match(shown):
        kind = Kind.HEADING
    elif first in {"-", "*", "_", "<"} and _RULE.match(shown):
        kind = Kind.RULE
    elif (first == "<" and _TAGS.match(shown) and not _DATA_TAG.match(shown)) or (
        (not first.isalnum() or first in "rieItTbB") and _HIDDEN.match(shown.rstrip())
    ):
        kind = Kind.HIDDEN
    return _line(start, shown, kind)


def _heading(start: int, shown: str, span: tuple[int, int], level: int) -> Line:
    at, end = span
    text = shown[at:end].rstrip()
    for _ in range(_MOST_SIGNS):
        found = _CLOSING_SIGNS.search(text, len(text) - _LONGEST_SIGN)
        if found is None:
            break
        text = text[: found.start()]
    skipped = len(text) - len(text.lstrip())
    return Line(start, shown, Kind.HEADING, at + skipped, at + len(text), level)


def _underlined(found: list[Line], line: Line) -> Line:
    """Make a heading of the last line, if a line of `=` or `-` underlines it and not a paragraph."""
    is_double = line.content.startswith("=")
    before = found[-1] if found else None
    if (
        before is not None
        and before.kind is Kind.TEXT
        and before.at <= 3
        and (len(found) < 2 or found[-2].kind is not Kind.TEXT)
        and not re.match(r"[-*+|>]|\d+[.)]\s", before.content)
        and (
            is_double
            or (len(before.content.split()) <= _MOST_TITLE_WORDS and before.content[-1] not in ".:!,;")
        )
    ):
        found[-1] = before._replace(kind=Kind.HEADING, level=1 if is_double else 2)
        return line._replace(kind=Kind.HIDDEN)
    is_rule = not is_double and len(line.content) >= 3
    return line._replace(kind=Kind.RULE if is_rule else Kind.TEXT)


def _line(start: int, shown: str, kind: Kind) -> Line:
    end = len(shown.rstrip())
    return Line(start, shown, kind, min(len(shown) - len(shown.lstrip()), end), end)


def columns(line: Line) -> int:
    """Return the indent of a line in columns, where a tab counts four."""
    return len(line.text[: line.at].expandtabs(4))
