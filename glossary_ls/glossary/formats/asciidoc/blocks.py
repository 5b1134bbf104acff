"""Blocks of AsciiDoc as the nodes of a page, as Asciidoctor reads them.

This module must not know which nodes are entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.asciidoc import tables
from glossary_ls.glossary.formats.asciidoc.conditions import Conditions
from glossary_ls.glossary.formats.asciidoc.inline import markdown
from glossary_ls.glossary.reading.drafts import Piece
from glossary_ls.glossary.reading.emphasis import plain
from glossary_ls.glossary.reading.lines import Line, covered, dedented, span_of
from glossary_ls.glossary.reading.outline import Kind, Node, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CODE = "invalid-asciidoc"

_ATTRIBUTE = lazily(r":!?(?P<name>\w[\w-]*)!?:(?:\s+(?P<value>.*))?")
_TAG = lazily(r"(?://|#|;|--|<!--)?\s*(?P<side>tag|end)::(?P<name>[\w-]+)\[\]")
_LANGUAGE = lazily(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2})?")
_COMMENT = lazily(r"//(?!/)")
_HEADING = lazily(r"(?P<marks>={1,6}|#{1,6})\s+(?P<text>\S.*?)(?:\s+(?P=marks))?")
_STYLE = lazily(r"\[(?:|[\w\[#.,%\"'{].*)\]")
_ANCHOR = lazily(
    r"\[\[(?P<one>[^\[\],]+)(?:,[^\[\]]*)?\]\]|\[#(?P<two>[\w:-]+)|\bid=[\"']?(?P<three>[\w:.-]+)"
)
_INLINE_ANCHOR = lazily(r"\[\[([^\[\],]+)(?:,[^\[\]]*)?\]\]|anchor:([^\s\[\]]+)\[[^\[\]]*\]")
_TITLE = lazily(r"\.[^\s.].*")
_BLOCK = lazily(r"-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|[|,:!]={3,}|`{3}.*")
_SETEXT = lazily(r"([-=~^+])\1+")
_TERM = lazily(r"(?P<term>\S(?:.*?\S)??)[ \t]?(?P<sign>:{2,4}|;;)(?:\s+(?P<text>\S.*))?")
_BULLET = lazily(
    r"(?:\*{1,5}|-|\u2022|\.{1,5}|\d{1,4}\.|[A-Za-z]\.|<(?:\d{1,3}|\.)>)\s+(?:\[[ x*]\]\s+)?(?=\S)"
)
_MACRO = lazily(r"(?:image|video|audio|toc|include|icon|plantuml|diagram)::?\S*\[.*\]")
_SKIPPED = lazily(r"<{3,}|'{3,}|-{3}|\*{3}")
_ADMONITION = lazily(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+")
_SETEXT_LEVELS = {"=": 1, "-": 2, "~": 3, "^": 4, "+": 5}
_LISTING = ("-", ".", "`")
_HIDDEN = ("/", "+")
#: Deeper nesting is read as text.
_DEEPEST = 6
_SETEXT_SLACK = 2


@dataclass(slots=True)
class _Style:
    """What the lines above a block say about it."""

    text: str = ""
    anchors: list[str] = field(default_factory=list)

    @property
    def is_glossary(self) -> bool:
        return "glossary" in self.text.partition("]")[0].split(",")[0]


@dataclass(slots=True)
class Page:
    """The nodes of a text, the lines that include other files, and what is wrong."""

    source: Sequence[Line]
    nodes: Sequence[Node] = ()
    includes: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _attributes: dict[str, str] = field(default_factory=dict)
    _glossary_level: int = 99
    _open: set[int] = field(default_factory=set)
    #: Up to which offset there is no more of a closer.
    _missing: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nodes = [*self._read([*self._lines()], 0)]

    def _markdown(self, text: str) -> str:
        return markdown(text, self._attributes).strip()

    # --- lines --------------------------------------------------------------------------------------------

    def _lines(self) -> Iterator[Line]:
        """Yield the lines that are read: without comments, conditions, attributes and other languages."""
        wanted = _language(self.source)
        conditions = Conditions(line.text for line in self.source)
        hidden = ""
        comment = ""
        for line in self.source:
            if comment:
                comment = "" if line.text == comment else comment
            elif tag := _TAG.match(line.text):
                if wanted and _LANGUAGE.fullmatch(tag["name"]) and tag["name"] != wanted:
                    hidden = tag["name"] if tag["side"] == "tag" else ""
            elif line.text.startswith("////") and not line.text.strip("/"):
                comment = line.text
            elif hidden or self._is_unread(line.text, conditions):
                continue
            elif not line.indent and (found := _ATTRIBUTE.fullmatch(line.text)):
                self._attributes[found["name"].lower()] = found["value"] or ""
            else:
                if line.text.startswith("include::"):
                    self.includes.append(line)
                yield line

    def _is_unread(self, line: str, conditions: Conditions) -> bool:
        is_condition = conditions.take(line, self._attributes)
        return is_condition or not conditions.is_read or _COMMENT.match(line) is not None

    # --- blocks -------------------------------------------------------------------------------------------

    def _text(self, lines: Sequence[Line], depth: int) -> str:
        if depth > _DEEPEST:
            return self._markdown(dedented(lines))
        return joined(self._read(lines, depth))

    def _read(self, lines: Sequence[Line], depth: int) -> Iterator[Node]:
        at = 0
        style = _Style()
        while at < len(lines):
            line = lines[at]
            if not line.text or _SKIPPED.fullmatch(line.text) or _MACRO.fullmatch(line.text):
                at += 1
                continue
            if _is_style(line):
                style.text += line.text
                style.anchors += (
                    found["one"] or found["two"] or found["three"] for found in _ANCHOR.finditer(line.text)
                )
                at += 1
                continue
            if _TITLE.fullmatch(line.text) and not _BLOCK.fullmatch(line.text):
                at += 1
                continue
            if _is_heading(lines, at):
                end = at + 1 if _HEADING.fullmatch(line.text) else at + 2
                yield self._heading(lines[at:end], style)
            elif _BLOCK.fullmatch(line.text):
                end = self._block_end(lines, at)
                yield from self._block(lines[at:end], style, depth)
            elif found := _TERM.fullmatch(line.text):
                end = self._item_end(lines, at, found["sign"])
                yield self._item(lines[at:end], found["sign"], style, depth)
            elif bullet := _BULLET.match(line.text):
                end = self._bullet_end(lines, at)
                body = [line.cut(bullet.end()), *map(_continued, lines[at + 1 : end])]
                yield Node(
                    Kind.BULLET, covered(lines[at:end]), self._text(body, depth + 1), body=span_of(body)
                )
            else:
                end = at + 1
                while end < len(lines) and _is_text(lines, end):
                    end += 1
                yield self._paragraph(lines[at:end])
            at = end
            style = _Style()

    def _heading(self, lines: Sequence[Line], style: _Style) -> Node:
        line = lines[0]
        if found := _HEADING.fullmatch(line.text):
            level, start, text = len(found["marks"]), found.start("text"), found["text"]
        else:
            level, start, text = _SETEXT_LEVELS[lines[1].text[0]], 0, line.text
        if style.is_glossary:
            self._glossary_level = level
        elif level <= self._glossary_level:
            self._glossary_level = 99
        anchors = (*style.anchors, *_inline_anchors(text))
        piece = Piece(plain(self._markdown(_INLINE_ANCHOR.sub("", text))), line.cut(start).span)
        return Node(Kind.HEADING, covered(lines), names=(piece,), level=level, anchors=anchors)

    def _paragraph(self, lines: Sequence[Line]) -> Node:
        text = "\n".join(line.text for line in lines)
        span = covered(lines)
        if note := _ADMONITION.match(text):
            return Node(Kind.OTHER, span, self._markdown(text[note.end() :]), body=span)
        return Node(Kind.PARAGRAPH, span, self._markdown(text), body=span)

    def _block_end(self, lines: Sequence[Line], at: int) -> int:
        """Return the number of the line behind a delimited block; one that is not closed is a problem."""
        closer = "```" if lines[at].text.startswith("```") else lines[at].text
        for end in range(at + 1, len(lines)) if lines[at].start >= self._missing.get(closer, 0) else ():
            text = lines[end].text
            if text == closer or (text.startswith("```") and closer == "```"):
                return end + 1
        self._missing[closer] = max(self._missing.get(closer, 0), lines[-1].end)
        if lines[at].start not in self._open:
            self._open.add(lines[at].start)
            message = f"this block is not closed; write {closer} behind it"
            self.problems.append(Problem(_CODE, message, lines[at].span, Severity.ERROR))
        # The rest is read all the same.
        return at + 1

    def _block(self, lines: Sequence[Line], style: _Style, depth: int) -> Iterator[Node]:
        mark = lines[0].text
        inner = lines[1:-1] if len(lines) > 1 else ()
        span = covered(lines)
        if mark.startswith("|="):
            rows, has_header = tables.rows_of(inner, style.text, self._markdown)
            yield Node(Kind.TABLE, span, rows=rows, has_header=has_header)
        elif mark.startswith(_LISTING) and mark != "--":
            language = style.text.strip("[]").partition(",")[2].partition(",")[0].strip()
            yield Node(Kind.OTHER, span, f"```{language}\n{dedented(inner)}\n```", body=span)
        elif mark.startswith(_HIDDEN) or mark[0] in ",:!" or depth >= _DEEPEST:
            return
        elif mark == "--" or (mark.startswith("=") and not style.text):
            yield from self._read(inner, depth + 1)
        else:
            yield Node(Kind.OTHER, span, self._text(inner, depth + 1), body=span)

    # --- lists --------------------------------------------------------------------------------------------

    def _item(self, lines: Sequence[Line], sign: str, style: _Style, depth: int) -> Node:
        """Return an item of a labeled list: its terms, one on a line, and what follows the last one."""
        names: list[Piece] = []
        anchors = [*style.anchors]
        at = 0
        body: list[Line] = []
        while at < len(lines) and (found := _TERM.fullmatch(lines[at].text)) and found["sign"] == sign:
            line = lines[at]
            anchors += _inline_anchors(found["term"])
            name = plain(self._markdown(_INLINE_ANCHOR.sub("", found["term"])))
            names.append(Piece(name, Span(line.start, line.start + found.end("term"))))
            at += 1
            if found["text"]:
                body.append(line.cut(found.start("text")))
                break
        body += map(_continued, lines[at:])
        declared = style.is_glossary or self._glossary_level < 99
        span = covered(lines)
        text = self._text(body, depth + 1)
        return Node(
            Kind.ITEM, span, text, tuple(names), span_of(body), anchors=tuple(anchors), is_declared=declared
        )

    def _item_end(self, lines: Sequence[Line], at: int, sign: str) -> int:
        """Return the number of the line behind an item whose first term is on a line."""
        found = _TERM.fullmatch(lines[at].text)
        has_text = found is not None and found["text"] is not None
        end = at + 1
        # Terms without a text share that of the next one.
        while (
            not has_text
            and end < len(lines)
            and (more := _TERM.fullmatch(lines[end].text))
            and more["sign"] == sign
        ):
            has_text = more["text"] is not None
            end += 1
        return self._content_end(lines, end, sign, has_text=has_text)

    def _bullet_end(self, lines: Sequence[Line], at: int) -> int:
        return self._content_end(lines, at + 1, "", has_text=True)

    def _content_end(self, lines: Sequence[Line], at: int, sign: str, *, has_text: bool) -> int:
        """Return the number of the line behind what belongs to a list item.

        Those are the lines up to a blank one, and what `+` attaches. An item of a labeled list (one with a
        `sign`) also has the lists in it, and its text may follow blank lines.
        """
        end = at
        is_attached = False
        is_behind_blank = False
        while at < len(lines):
            line = lines[at]
            if not line.text:
                is_behind_blank = True
                at += 1
                continue
            if line.text == "+":
                is_attached, is_behind_blank = True, False
                at += 1
                continue
            term = _TERM.fullmatch(line.text)
            if not is_attached:
                is_own = term is not None and _INLINE_ANCHOR.match(line.text) is not None
                if (term and (term["sign"] == sign or not sign or is_own)) or _is_heading(lines, at):
                    return end
                is_list = bool(sign) and (_BULLET.match(line.text) is not None or term is not None)
                if not sign and _BULLET.match(line.text):
                    return end
                if (_is_style(line) and not is_list) or (_BLOCK.fullmatch(line.text) and is_behind_blank):
                    return end
                if is_behind_blank and has_text and not is_list and not line.indent:
                    return end
            if _BLOCK.fullmatch(line.text):
                at = max(self._block_end(lines, at), at + 1)
                is_attached = False
            else:
                # A style belongs to the block below it.
                is_attached = is_attached and _is_style(line)
                at += 1
            has_text, is_behind_blank = True, False
            end = at
        return end


def _language(lines: Sequence[Line]) -> str:
    """Return the language that is read of a text in several ones: English, or the first; empty for none."""
    tags = (_TAG.match(line.text) for line in lines if "tag::" in line.text)
    names = dict.fromkeys(tag["name"] for tag in tags if tag and _LANGUAGE.fullmatch(tag["name"]))
    english = next((name for name in names if name.lower()[:2] == "en"), "")
    return english or next(iter(names), "") if len(names) > 1 else ""


def _is_style(line: Line) -> bool:
    return not line.indent and line.text.startswith("[") and _STYLE.fullmatch(line.text) is not None


def _is_heading(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    if line.indent:
        return False
    if _HEADING.fullmatch(line.text):
        return True
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    return (
        _SETEXT.fullmatch(below) is not None
        and abs(len(below) - len(line.text)) <= _SETEXT_SLACK
        and line.text[:1].isalnum()
        and not _TERM.fullmatch(line.text)
    )


def _is_text(lines: Sequence[Line], at: int) -> bool:
    """Return whether a line goes on with the paragraph above it."""
    line = lines[at]
    return bool(line.text) and not (
        _BLOCK.fullmatch(line.text)
        or _is_style(line)
        or _TERM.fullmatch(line.text)
        or _BULLET.match(line.text)
    )


def _continued(line: Line) -> Line:
    """Return a line of a list item; the sign that attaches a block is a blank line."""
    return Line(line.start, "", 0) if line.text == "+" else line


def _inline_anchors(text: str) -> list[str]:
    return [found[1] or found[2] for found in _INLINE_ANCHOR.finditer(text)]
