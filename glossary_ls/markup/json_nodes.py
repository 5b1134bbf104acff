"""Parsing JSON into a tree of nodes with their spans in the source, as `yaml_nodes` does for YAML.

It reads what people write by hand as well: comments, commas before a closing bracket, single quotes, keys
without quotes, and an assignment in front (`var terms = [...]`). After a mistake it goes on. This module must
not know what a glossary is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import leftovers
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.markup.yaml_nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

#: The maximum nesting depth.
_MAX_DEPTH = 50

#: So many mistakes are reported; a file with more is something else.
_MOST_ERRORS = 20

_BLANK = lazily(r"(?:[\s\ufeff]++|//[^\r\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/)*+")
_ASSIGNMENT = lazily(
    r"(?:export\s+default|(?:var|let|const|module\.exports|window\.\w+)\b[^={\[\"\r\n]*=)\s*"
)
_TOKEN = lazily(
    r"(?P<sign>[{}\[\]:,])"
    r'|"(?P<double>[^"\\\r\n]*+(?:\\[^\r\n][^"\\\r\n]*+)*+)(?P<end>"?)'
    r"|'(?P<single>[^'\\\r\n]*+(?:\\[^\r\n][^'\\\r\n]*+)*+)(?P<stop>'?)"
    r"|(?P<word>[^\s{}\[\]:,\"']++)"
)


class JsonError(NamedTuple):
    """A mistake: what it is, and its offset."""

    message: str
    offset: int


class Parsed(NamedTuple):
    """The value of a file, as far as it can be read, and the mistakes in it."""

    root: Node | None
    errors: tuple[JsonError, ...]


class _Open:
    """A list or an object that is not closed yet; `key` is a key that waits for its value."""

    __slots__ = ("is_map", "items", "key", "pairs", "start", "wants_comma")

    def __init__(self, start: int, *, is_map: bool) -> None:
        self.start = start
        self.is_map = is_map
        self.items: list[Node] = []
        self.pairs: list[tuple[Node, Node]] = []
        self.key: Scalar | None = None
        self.wants_comma = False

    def closed(self, end: int) -> Node:
        """Return the node that ends at an offset."""
        span = Span(self.start, end)
        return Mapping(span, tuple(self.pairs)) if self.is_map else Sequence(span, tuple(self.items))


def parse(source: str) -> Parsed:
    """Parse a file. Never raises: what cannot be read is left out."""
    return _Parser(source).parsed()


class _Parser:
    """Reads tokens one after the other, with a stack of what is open."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._errors: list[JsonError] = []
        self._stack: list[_Open] = []
        self._root: Node | None = None

    def parsed(self) -> Parsed:
        end = 0
        for found, end in self._tokens():
            if len(self._errors) >= _MOST_ERRORS:
                break
            sign = found["sign"]
            if self._root is not None:
                self._error("there is something behind the end of the value", found.start())
                break
            if sign in {"{", "["}:
                self._open(found.start(), is_map=sign == "{")
            elif sign in {"}", "]"}:
                self._close(found, is_map=sign == "}")
            elif sign == ",":
                self._comma(found.start())
            elif sign == ":":
                self._colon(found.start())
            else:
                self._scalar(found, end)
        if self._stack:
            opened = self._stack[-1]
            sign = "}" if opened.is_map else "]"
            self._error(f"this is not closed; add a '{sign}' at its end", opened.start)
            while self._stack:
                self._add(self._stack.pop().closed(end))
        leftovers.keep(self._root)
        return Parsed(self._root, tuple(self._errors))

    def _tokens(self) -> Iterator[tuple[re.Match[str], int]]:
        """Yield each token with its end; a text without a closing quote ends before what closes the value."""
        source = self._source
        at = _past_blank(source, 0)
        if assigned := _ASSIGNMENT.match(source, at):
            at = assigned.end()
        while (at := _past_blank(source, at)) < len(source):
            found = _TOKEN.match(source, at)
            if found is None:
                at += 1
                continue
            if found[0] == ";" and self._root is not None:
                at = found.end()
                continue
            at = found.end()
            if found[0][0] in "\"'" and not (found["end"] or found["stop"]):
                at = found.start() + max(len(found[0].rstrip(" \t,}]")), 1)
            yield found, at

    def _error(self, message: str, offset: int) -> None:
        self._errors.append(JsonError(message, offset))

    def _open(self, start: int, *, is_map: bool) -> None:
        top = self._stack[-1] if self._stack else None
        if is_map and top is not None and top.is_map and top.key is None:
            # It is mostly a slip for the '}' that follows.
            self._error("there is no key before this '{'; delete it", start)
            return
        self._expect_value(start)
        if len(self._stack) >= _MAX_DEPTH:
            self._errors += [JsonError("this is nested too deeply", start)] * _MOST_ERRORS
            return
        self._stack.append(_Open(start, is_map=is_map))

    def _close(self, found: re.Match[str], *, is_map: bool) -> None:
        if not any(each.is_map is is_map for each in self._stack):
            self._error(f"this '{found[0]}' closes nothing; delete it", found.start())
            return
        while (opened := self._stack.pop()).is_map is not is_map:
            sign = "}" if opened.is_map else "]"
            self._error(f"this is not closed; add a '{sign}' at its end", opened.start)
            self._add(opened.closed(found.start()))
        if opened.key is not None:
            self._error("this key has no value; write one behind a ':'", opened.key.span.start)
        self._add(opened.closed(found.end()))

    def _comma(self, offset: int) -> None:
        if not self._stack or not self._stack[-1].wants_comma:
            self._error("there is no value before this comma", offset)
            return
        self._stack[-1].wants_comma = False

    def _colon(self, offset: int) -> None:
        top = self._stack[-1] if self._stack else None
        if top is None or top.key is None or top.wants_comma:
            self._error("there is no key before this colon", offset)
            return
        top.wants_comma = False

    def _scalar(self, found: re.Match[str], end: int) -> None:
        body = found["double"] if found["double"] is not None else found["single"]
        span = Span(found.start(), end)
        if body is None:
            node = Scalar(span, found["word"])
        else:
            if not (found["end"] or found["stop"]):
                self._error("the quote of this text is not closed on its line; close it", found.start())
                body = self._source[found.start() + 1 : end]
            node = Scalar(span, _unescaped(body), plain=False)
        top = self._stack[-1] if self._stack else None
        if top is not None and top.is_map and top.key is None:
            self._expect_value(span.start)
            top.key = node
        else:
            self._add(node)

    def _expect_value(self, offset: int) -> None:
        """Report a missing comma or colon before a value or key."""
        top = self._stack[-1] if self._stack else None
        if top is None:
            return
        if top.wants_comma:
            self._error("a comma is missing before this", offset)
        top.wants_comma = False

    def _add(self, node: Node) -> None:
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        if not top.is_map:
            if top.wants_comma:
                self._error("a comma is missing before this", node.span.start)
            top.items.append(node)
        elif top.key is not None:
            top.pairs.append((top.key, node))
            top.key = None
        top.wants_comma = True


def _past_blank(source: str, at: int) -> int:
    found = _BLANK.match(source, at)
    return found.end() if found else at


def _unescaped(body: str) -> str:
    """Return a text without escapes; one that has wrong escapes stays as it is."""
    if "\\" not in body:
        return body
    try:
        text: str = json.loads(f'"{body}"', strict=False)
    except ValueError:
        return body.replace("\\'", "'").replace('\\"', '"')
    # A lone surrogate cannot be encoded.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
