"""Glossaries in Org: description lists, tables, and headings with text.

The sections `Glossary` and `Acronyms` of a document are those of the package org-glossary, whose entries may
have a key before the name: `- key = Name :: text`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, word_set
from glossary_ls.glossary.format import Claim, claim_by_name
from glossary_ls.glossary.naming import is_usual
from glossary_ls.glossary.reading.drafts import Piece, glossary_file
from glossary_ls.glossary.reading.emphasis import plain
from glossary_ls.glossary.reading.labels import Field, field_of
from glossary_ls.glossary.reading.lines import Line, dedented, indented, lines_of, span_of
from glossary_ls.glossary.reading.outline import Kind, Node, joined
from glossary_ls.glossary.reading.page_entries import entries_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile
    from glossary_ls.glossary.reading.tables import Row

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "org"  # noqa: A001  because a format is a module
suffixes = (".org",)
editor = None
assistant = None

_CODE = "invalid-org"

_HEADING = lazily(r"(?P<stars>\*+)\s+(?P<text>\S.*)")
_STATUS = lazily(
    r"(?:(?:TODO|DONE|NEXT|WAIT|WAITING|HOLD|STARTED|DOING|INPROGRESS|CANCELL?ED)\s+)?(?:\[#[A-Z0-9]\]\s+)?"
)
_COMMENTED = lazily(r"COMMENT(?:\s|$)")
_TAGS = lazily(r"\s+:[\w@#%:]+:$")
_BLOCK = lazily(r"#\+begin_(?P<name>[\w-]+)(?:\s+(?P<language>[\w-]+))?.*", re.IGNORECASE)
_DRAWER = lazily(r":(?P<name>[\w-]+):")
_PROPERTY = lazily(r":(?P<name>[\w+-]+):\s+(?P<value>\S.*)")
_KEYWORD = lazily(r"#\+[\w-]+(?:\[[^\]]*\])?:.*|#(?:\s.*)?|(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):.*|-{5,}")
_ITEM = lazily(r"(?:[-+*]|\d{1,4}[.)])(?:\s+\[@\w+\])?(?:\s+\[[ X-]\])?(?=\s|$)\s*")
_TERM = lazily(r"(?P<name>\S(?:.*?\S)??)\s+::(?:\s+|$)")
_KEY = lazily(r"[\w-]{1,40}\s+=\s+(?=\S)")
_RULE = lazily(r"\|[-+|]+")
_WIDTHS = lazily(r"(?:<[lrc]?\d*>)?")
_QUOTED = lazily(r"\"([^\"]*)\"|(\S+)")
_DECLARED = word_set("glossary acronyms abbreviations glossar glossaire acronymes abkürzungen")
_CODE_BLOCKS = word_set("src example export ascii html latex")
_HIDDEN_BLOCKS = word_set("comment")
#: Deeper nesting is read as text.
_DEEPEST = 6

_MARK = lazily(
    r"\[\[(?P<target>[^\[\]\n]{1,2000})\](?:\[(?P<text>[^\[\]]{1,1000})\])?\]"
    r"|(?<![\w~=])(?:~(?P<code>[^\s~](?:[^~\n]{0,400}[^\s~])?)~|=(?P<verbatim>[^\s=](?:[^=\n]{0,400}[^\s=])?)=)(?![\w~=])"
    r"|(?<![\w*])\*(?P<bold>[^\s*](?:[^*\n]{0,400}[^\s*])?)\*(?![\w*])"
    r"|(?<![\w/:.])/(?P<italic>[^\s/](?:[^/\n]{0,400}[^\s/])?)/(?![\w/])"
    r"|(?<![\w+])\+(?P<struck>[^\s+](?:[^+\n]{0,400}[^\s+])?)\+(?![\w+])"
    r"|(?<!\w)_(?P<underlined>[^\s_](?:[^_\n]{0,400}[^\s_])?)_(?!\w)"
    r"|[ ]?\[fn:[^\[\]\n]{0,400}\]|\[cite[^\[\]\n]{0,400}\]"
    r"|<<<?(?P<anchor>[^<>\n]{1,200})>>>?"
    r"|@@[\w-]{1,40}:[^@\n]{0,400}@@|\{\{\{[^{}\n]{0,400}\}\}\}"
    r"|(?P<break>[ ]?\\\\)$",
    re.MULTILINE,
)


def claims(path: str, _head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    return claim_by_name(path, suffixes)


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    page = _Page(lines_of(text.source))
    found = entries_of(page.nodes, "items of description lists", is_whole=is_usual(path, suffixes))
    return glossary_file(path, text, found.drafts, problems=page.problems, evidence=found.evidence)


@dataclass(slots=True)
class _Page:
    """The nodes of a text, and what is wrong with it."""

    lines: Sequence[Line]
    nodes: Sequence[Node] = ()
    problems: list[Problem] = field(default_factory=list)
    _declared: int = 0
    _commented: int = 0
    _open: set[int] = field(default_factory=set)
    #: Up to which offset there is no more of a closer.
    _missing: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nodes = [*self._read(self.lines, 0)]

    def _text(self, lines: Sequence[Line], depth: int) -> str:
        return joined(self._read(lines, depth)) if depth <= _DEEPEST else markdown(dedented(lines))

    def _read(self, lines: Sequence[Line], depth: int) -> Iterator[Node]:
        at = 0
        while at < len(lines):
            line = lines[at]
            end = at + 1
            if depth == 0 and not line.indent and (heading := _HEADING.fullmatch(line.text)):
                end = self._drawers_end(lines, end)
                yield from self._heading(heading, lines[at:end])
            elif not line.text or self._commented:
                pass
            elif block := _BLOCK.fullmatch(line.text):
                end = self._closed(lines, at, f"#+end_{block['name']}".lower())
                yield from self._block(block, lines[at:end], depth)
            elif _DRAWER.fullmatch(line.text):
                end = self._closed(lines, at, ":end:")
            elif not _KEYWORD.fullmatch(line.text):
                end, node = self._text_block(lines, at, depth)
                yield node
            at = end

    def _text_block(self, lines: Sequence[Line], at: int, depth: int) -> tuple[int, Node]:
        """Return the number of the line behind a table, an item or a paragraph, and its node."""
        line = lines[at]
        end = at + 1
        if line.text.startswith("|"):
            while end < len(lines) and lines[end].text.startswith("|"):
                end += 1
            return end, _table(lines[at:end])
        if item := _item_at(line):
            end = max(indented(lines, end, line.indent), end)
            return end, self._item(item, lines[at:end], depth)
        while end < len(lines) and _is_text(lines[end]):
            end += 1
        span = Span(line.start, lines[end - 1].end)
        text = markdown("\n".join(each.text for each in lines[at:end]))
        return end, Node(Kind.PARAGRAPH, span, text, body=span)

    def _closed(self, lines: Sequence[Line], at: int, closer: str) -> int:
        """Return the number of the line behind a block or drawer; one that is not closed is a problem."""
        start = lines[at].start
        for end in range(at + 1, len(lines)) if start >= self._missing.get(closer, 0) else ():
            if lines[end].text.lower() == closer:
                return end + 1
            if (
                lines[end].text.startswith("*")
                and not lines[end].indent
                and _HEADING.fullmatch(lines[end].text)
            ):
                self._missing[closer] = lines[end].start
                break
        else:
            self._missing[closer] = max(self._missing.get(closer, 0), lines[-1].end)
        if lines[at].start not in self._open:
            self._open.add(lines[at].start)
            message = f"this is not closed; write {closer} behind it"
            self.problems.append(Problem(_CODE, message, lines[at].span, Severity.ERROR))
        return at + 1

    def _block(self, found: re.Match[str], lines: Sequence[Line], depth: int) -> Iterator[Node]:
        name = found["name"].lower()
        inner = lines[1:-1] if len(lines) > 1 else ()
        span = span_of(lines) or lines[0].span
        if name in _CODE_BLOCKS:
            text = f"```{found['language'] or ''}\n{dedented(inner)}\n```"
            yield Node(Kind.OTHER, span, text, body=span)
        elif name not in _HIDDEN_BLOCKS:
            yield Node(Kind.OTHER, span, self._text(inner, depth + 1), body=span)

    # --- headings -----------------------------------------------------------------------------------------

    def _drawers_end(self, lines: Sequence[Line], at: int) -> int:
        """Return the number of the line behind the properties of a heading."""
        while (
            at < len(lines)
            and _KEYWORD.fullmatch(lines[at].text)
            and lines[at].text.startswith(("S", "D", "C"))
        ):
            at += 1
        if at < len(lines) and lines[at].text.lower() == ":properties:":
            return self._closed(lines, at, ":end:")
        return at

    def _heading(self, found: re.Match[str], lines: Sequence[Line]) -> Iterator[Node]:
        line, level = lines[0], len(found["stars"])
        if self._commented and level > self._commented:
            return
        self._commented = 0
        start = found.start("text")
        status = _STATUS.match(line.text, start)
        start = status.end() if status else start
        if _COMMENTED.match(line.text, start):
            self._commented = level
            return
        tags = _TAGS.search(line.text, start)
        text = line.text[start : tags.start() if tags else len(line.text)]
        if self._declared and level <= self._declared:
            self._declared = 0
        if text.strip().lower() in _DECLARED:
            self._declared = level
        anchors: list[str] = []
        fields: list[tuple[Field, Piece]] = []
        for each in lines[1:]:
            if each.text and (found_property := _PROPERTY.fullmatch(each.text)):
                _add_property(found_property, each, anchors, fields)
        piece = Piece(markdown(text), Span(line.start + start, line.start + start + len(text)))
        yield Node(
            Kind.HEADING,
            line.span,
            names=(piece,),
            level=level,
            anchors=tuple(anchors),
            fields=tuple(fields),
        )

    def _item(self, mark: re.Match[str], lines: Sequence[Line], depth: int) -> Node:
        first = lines[0].cut(mark.end())
        span = span_of(lines) or lines[0].span
        others = [line.indent for line in lines[1:] if line.text]
        term = _TERM.match(first.text)
        behind = first.cut(term.end()) if term else first
        body = [behind._replace(indent=min(others, default=behind.indent)), *lines[1:]]
        text = self._text(body, depth + 1)
        if not term:
            return Node(Kind.BULLET, span, text, body=span_of(body))
        key = _KEY.match(term["name"])
        start = key.end() if key else 0
        name = Piece(
            plain(markdown(term["name"][start:])), Span(first.start + start, first.start + term.end("name"))
        )
        return Node(Kind.ITEM, span, text, (name,), span_of(body), is_declared=self._declared > 0)


def _add_property(
    found: re.Match[str], line: Line, anchors: list[str], fields: list[tuple[Field, Piece]]
) -> None:
    name = found["name"].lower().removeprefix("roam_").rstrip("+")
    value = found["value"]
    if name in {"custom_id", "id"}:
        anchors.append(value)
    elif name in {"aliases", "refs"} and '"' in value:
        several = "; ".join(each[1] or each[2] for each in _QUOTED.finditer(value))
        fields.append((Field.ALIASES, Piece(several, line.span)))
    elif (known := field_of(name)) and known not in {Field.NAME, Field.TOPICS}:
        fields.append((known, Piece(value, line.span)))


def _item_at(line: Line) -> re.Match[str] | None:
    """Return the mark of a list item; a star in the first column is that of a heading."""
    return None if line.text.startswith("*") and not line.indent else _ITEM.match(line.text)


def _is_text(line: Line) -> bool:
    """Return whether a line goes on with the paragraph above it."""
    return bool(line.text) and not (
        line.text.startswith("|")
        or _item_at(line)
        or _KEYWORD.fullmatch(line.text)
        or _BLOCK.fullmatch(line.text)
        or _DRAWER.fullmatch(line.text)
        or (not line.indent and _HEADING.fullmatch(line.text))
    )


def _table(lines: Sequence[Line]) -> Node:
    rows: list[Row] = []
    has_header = False
    for line in lines:
        if _RULE.fullmatch(line.text):
            has_header = has_header or len(rows) == 1
            continue
        row: list[Piece] = []
        start = 1
        for part in line.text[1:].removesuffix("|").split("|"):
            blanks = len(part) - len(part.lstrip())
            text = part.strip()
            at = line.start + start + blanks
            row.append(Piece(markdown(text.replace(r"\vert", "|")), Span(at, at + len(text))))
            start += len(part) + 1
        if not all(_WIDTHS.fullmatch(cell.text) for cell in row):
            rows.append(tuple(row))
    span = Span(lines[0].start, lines[-1].end)
    return Node(Kind.TABLE, span, rows=tuple(rows), has_header=has_header)


# --- inline markup ----------------------------------------------------------------------------------------


def markdown(text: str) -> str:
    """Return a text as Markdown; links to headings become links inside of the page (`[text](#id)`)."""
    return _MARK.sub(_replaced, text).strip()


def _replaced(found: re.Match[str]) -> str:
    if (target := found["target"]) is not None:
        return _link(target, found["text"] or "")
    if (code := found["code"] or found["verbatim"]) is not None:
        return f"`{code}`"
    if found["bold"] is not None:
        return f"**{found['bold']}**"
    if found["underlined"] is not None:
        # Markdown has no such emphasis; what is inside may have another one.
        return _MARK.sub(_replaced, found["underlined"])
    if found["italic"] is not None:
        return f"*{found['italic']}*"
    return found["struck"] or found["anchor"] or ""


def _link(target: str, text: str) -> str:
    shown = markdown(text)
    kind, colon, rest = target.partition(":")
    if kind in {"http", "https", "ftp", "mailto"}:
        return f"[{shown}]({target})" if shown else target
    if not colon or kind in {"gls", "glspl", "Gls", "Glspl", "id"}:
        return f"[{shown}](#{(rest if colon else target).lstrip('#*')})"
    return shown or rest
