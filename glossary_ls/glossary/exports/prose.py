"""A small part of Markdown as a tree, which the writers turn into other markup or into plain text.

Paragraphs, lists, code, quotes, emphasis and links; HTML is text, a picture is its description, and a table
stays as it is written. Parsing takes time in proportion to the text. It must not know what is written.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


# --- the tree ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Code:
    """Code in a line of text."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasized text."""

    children: Inlines
    strong: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page or a mail address, whose scheme is known to be harmless."""

    children: Inlines
    url: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The name of another term of the glossary. No text has one; it is for what writers add."""

    name: str


Inline = str | Code | Emphasis | Link | Reference
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines of code, or of a table."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote."""

    blocks: Blocks


@dataclass(frozen=True, slots=True)
class List:
    """A list; each item is a number of blocks."""

    items: tuple[Blocks, ...]
    ordered: bool


Block = Paragraph | CodeBlock | Quote | List
Blocks = tuple[Block, ...]


# --- blocks -----------------------------------------------------------------------------------------------

_FENCE = lazily(r" {0,3}(`{3,}|~{3,})\s*([\w+-]*)")
_ITEM = lazily(r"( *)(?:([-+*])|(\d{1,9})[.)])(?: +|$)")
_HEADING = lazily(r" {0,3}#{1,6}(?: +|$)")
_RULE = lazily(r" {0,3}(?:-[ -]*-[ -]*-|\*[ *]*\*[ *]*\*|_[ _]*_[ _]*_)[ ]*$")
_ROW = lazily(r" {0,3}\|")
_QUOTE = lazily(r" {0,3}> ?")

#: Lists and quotes that are nested more deeply are text.
_DEEPEST = 8


def parsed(markdown: str) -> Blocks:
    """Return the blocks of a text in Markdown."""
    return tuple(_blocks(markdown.expandtabs(4).splitlines(), 0))


def _blocks(lines: Sequence[str], depth: int) -> Iterator[Block]:
    at = 0
    text: list[str] = []
    while at < len(lines):
        start = at
        block, at = _special(lines, at, depth, is_inside=bool(text))
        if block is None and at == start:
            text.append(lines[at].strip())
            at += 1
            continue
        if text:
            yield Paragraph(inlines("\n".join(text)))
            text = []
        if block is not None:
            yield block
    if text:
        yield Paragraph(inlines("\n".join(text)))


def _special(lines: Sequence[str], at: int, depth: int, *, is_inside: bool) -> tuple[Block | None, int]:
    """Return the block other than a paragraph that starts at a line, and the line behind it.

    Without a block, the line is part of a paragraph if the returned line is the same, else it separates two.
    """
    line = lines[at]
    if not line.strip() or _RULE.match(line):
        return None, at + 1
    if fence := _FENCE.match(line):
        return _code(lines, at, fence)
    if heading := _HEADING.match(line):
        return Paragraph((Emphasis(inlines(line[heading.end() :].rstrip(" #")), strong=True),)), at + 1
    if _ROW.match(line):
        end = _while(lines, at, lambda row: _ROW.match(row) is not None)
        return CodeBlock("\n".join(row.strip() for row in lines[at:end])), end
    return _nested(lines, at, depth, is_inside=is_inside) if depth < _DEEPEST else (None, at)


def _nested(lines: Sequence[str], at: int, depth: int, *, is_inside: bool) -> tuple[Block | None, int]:
    """Return the quote or list that starts at a line, and the line behind it."""
    if _QUOTE.match(lines[at]):
        end = _while(lines, at, lambda row: _QUOTE.match(row) is not None)
        return Quote(tuple(_blocks([_QUOTE.sub("", row, count=1) for row in lines[at:end]], depth + 1))), end
    item = _ITEM.match(lines[at])
    # A number at the start of a line of a paragraph is part of a sentence, unless it is 1.
    if item and not (is_inside and item[3] and item[3] != "1"):
        return _list(lines, at, item, depth)
    return None, at


def _while(lines: Sequence[str], at: int, test: Callable[[str], bool]) -> int:
    while at < len(lines) and test(lines[at]):
        at += 1
    return at


def _code(lines: Sequence[str], at: int, fence: re.Match[str]) -> tuple[Block, int]:
    closing = re.compile(rf" {{0,3}}{re.escape(fence[1])}{re.escape(fence[1][0])}* *$")
    end = _while(lines, at + 1, lambda line: closing.match(line) is None)
    return CodeBlock("\n".join(lines[at + 1 : end]), fence[2]), end + 1


def _list(lines: Sequence[str], at: int, first: re.Match[str], depth: int) -> tuple[Block, int]:
    """Read a list: its items have the same kind of mark, and what belongs to one is indented."""
    items: list[list[str]] = []
    indent = len(first[1])
    width = 0
    for number in range(at, len(lines)):
        line = lines[number]
        mark = _ITEM.match(line)
        inside = len(line) - len(line.lstrip(" "))
        if mark and inside < max(width, indent + 1) and (mark[3] is None) == (first[3] is None):
            width = mark.end() if line[mark.end() :].strip() else mark.end() + 1
            items.append([line[mark.end() :]])
        elif not line.strip() or inside >= width:
            items[-1].append(line[width:])
        elif items[-1][-1].strip() and not _starts_block(line):
            # A line of a paragraph need not be indented.
            items[-1].append(line.strip())
        else:
            break
    else:
        number = len(lines)
    blocks = tuple(tuple(_blocks(item, depth + 1)) for item in items)
    return List(blocks, ordered=first[3] is not None), number


def _starts_block(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_FENCE, _ITEM, _HEADING, _RULE, _ROW, _QUOTE))


# --- text within blocks -----------------------------------------------------------------------------------

#: The target of a link, in which brackets may be balanced, and its title.
_TARGET = r"<?(?P<target>(?:[^()\s<>]|\([^()\s]{0,200}\)){0,2000}+)>?"
_TITLE = r"""(?: +(?:"[^"]{0,500}"|'[^']{0,500}'))?"""

_TOKEN = lazily(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    rf"|(?P<picture>!)?\[(?P<label>[^\[\]]{{0,500}}+)\]\( *+{_TARGET}{_TITLE} *\)"
    r"|<(?P<address>(?:https?:|mailto:)[^<>\s]{1,2000})>"
    r"|(?P<bare>https?://[^\s<>`]{1,2000})"
    r"|(?P<run>\*+|_+)"
)

#: The only addresses that become links.
_HARMLESS = lazily(r"""(?:https?://|mailto:)[^\s"'<>\x00-\x1f]+""", re.IGNORECASE)

#: What ends a sentence with a bare address is no part of it.
_PUNCTUATION = ".,;:!?'\"*_"


@dataclass(slots=True)
class _Opener:
    """A run of marks that may start emphasis, and the place of it in the nodes."""

    marks: str
    place: int


def inlines(text: str) -> Inlines:
    """Return what a paragraph consists of."""
    return _joined(_Inlines(text).read())


class _Inlines:
    """Reads one paragraph from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._nodes: list[Inline] = []
        self._openers: list[_Opener] = []
        self._open: dict[str, int] = {}
        #: Where the last run of backticks of a length starts.
        self._ticks = {len(run[0]): run.start() for run in re.finditer("`+", text)}

    def read(self) -> Sequence[Inline]:
        """Return the nodes; adjacent ones may both be text."""
        at = 0
        while found := _TOKEN.search(self._text, at):
            self._plain(self._text[at : found.start()])
            at = self._take(found)
        self._plain(self._text[at:])
        return self._nodes

    def _take(self, found: re.Match[str]) -> int:
        """Take what starts at a token, and return its end."""
        if found["escaped"]:
            self._nodes.append(found["escaped"])
        elif found["ticks"]:
            return self._code(found)
        elif found["label"] is not None:
            self._link(found)
        elif found["address"]:
            self._nodes += linked((found["address"].removeprefix("mailto:"),), found["address"])
        elif found["bare"]:
            url = _bare(found["bare"])
            self._nodes += linked((url,), url)
            return found.start() + len(url)
        else:
            self._marks(found)
        return found.end()

    def _plain(self, text: str) -> None:
        if text:
            self._nodes.append(unescape(text) if "&" in text else text)

    def _code(self, found: re.Match[str]) -> int:
        """Take code, or backticks that nothing closes."""
        ticks = found["ticks"]
        if self._ticks.get(len(ticks), -1) > found.start():
            closing = re.compile(rf"(?<!`){ticks}(?!`)").search(self._text, found.end())
            if closing:
                code = " ".join(self._text[found.end() : closing.start()].split("\n"))
                is_padded = code.startswith(" ") and code.endswith(" ") and code.strip()
                self._nodes.append(Code(code[1:-1] if is_padded else code))
                return closing.end()
        self._nodes.append(ticks)
        return found.end()

    def _link(self, found: re.Match[str]) -> None:
        children = inlines(found["label"]) if found["label"] else ()
        if found["picture"]:
            self._nodes += children
        else:
            self._nodes += linked(children, unescape(found["target"]))

    def _marks(self, found: re.Match[str]) -> None:
        """Take a run of asterisks or underscores: it ends emphasis, starts it, or is text."""
        marks = found["run"]
        before, after = self._text[: found.start()][-1:], self._text[found.end() :][:1]
        can_close, can_open = bool(before.strip()), bool(after.strip())
        if marks[0] == "_":
            can_close = can_close and not after.isalnum()
            can_open = can_open and not before.isalnum()
        elif can_close and can_open and not before.isalnum() and after.isalnum():
            can_close = False
        if can_close and self._open.get(marks):
            self._close(marks)
            return
        if can_open and len(marks) <= len("***"):
            self._openers.append(_Opener(marks, len(self._nodes)))
            self._open[marks] = self._open.get(marks, 0) + 1
        self._nodes.append(marks)

    def _close(self, marks: str) -> None:
        while True:
            opener = self._openers.pop()
            self._open[opener.marks] -= 1
            if opener.marks == marks:
                break
        children = _joined(self._nodes[opener.place + 1 :])
        del self._nodes[opener.place :]
        if len(marks) == len("***"):
            children = (Emphasis(children, strong=True),)
        self._nodes.append(Emphasis(children, strong=len(marks) == len("**")))


def _bare(url: str) -> str:
    """Return an address in a text without the punctuation that follows it."""
    url = url.rstrip(_PUNCTUATION)
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(_PUNCTUATION)
    return url


def linked(children: Inlines, url: str) -> Inlines:
    """Return a link, or its text alone if its address is not one that may be followed."""
    return (Link(children, url),) if _HARMLESS.fullmatch(url) else children


def _joined(nodes: Iterable[Inline]) -> Inlines:
    """Return nodes with adjacent texts joined."""
    found: list[Inline] = []
    texts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            texts.append(node)
            continue
        if texts:
            found.append("".join(texts))
            texts = []
        found.append(node)
    if texts:
        found.append("".join(texts))
    return tuple(found)


# --- plain text -------------------------------------------------------------------------------------------


def text_of(nodes: Iterable[Inline]) -> str:
    """Return the words of a paragraph, without its markup."""
    return "".join(map(_text_of, nodes))


def _text_of(node: Inline) -> str:
    match node:
        case str(text) | Code(text) | Reference(text):
            return text
        case Emphasis(children) | Link(children):
            return text_of(children)


def plain(markdown: str) -> str:
    """Return a text in Markdown as plain text; the mark of a list item is a hyphen or its number."""
    return "\n\n".join(map(_plain, parsed(markdown)))


def one_line(markdown: str) -> str:
    """Return the first paragraph of a text in Markdown as one line of plain text."""
    first = next(iter(parsed(markdown)), None)
    return " ".join(_plain(first).split()) if first else ""


def _plain(block: Block) -> str:
    match block:
        case Paragraph(children):
            return text_of(children)
        case CodeBlock(text):
            return text
        case Quote(blocks):
            return "\n\n".join(map(_plain, blocks))
        case List(items, ordered):
            return "\n".join(
                _hanging(f"{number}. " if ordered else "- ", "\n".join(map(_plain, item)))
                for number, item in enumerate(items, 1)
            )


def _hanging(mark: str, text: str) -> str:
    """Return a text behind a mark, its other lines indented."""
    return mark + text.replace("\n", "\n" + " " * len(mark))
