"""Text that can be printed: without control characters, which may come from a document, a glossary or a path.

A terminal would obey an escape sequence, a CI system a line that looks like a command, and a reader would be
misled by characters that reverse the direction of a text (Unicode Technical Report 36, Trojan Source).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

#: The controls C0 and C1, line and paragraph separators, and the marks that set the direction of a text.
_CONTROLS = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_HIDDEN = lazily(f"[{_CONTROLS}]")

#: The same, and what else XML 1.0 cannot contain, not even as a reference.
_NOT_IN_XML = lazily(rf"[{_CONTROLS}\ufffe\uffff]")

#: The characters that the JSON encoder writes as they are.
_NOT_ESCAPED = lazily(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def visible(text: str) -> str:
    """Return a text with escapes in place of control characters, line breaks included."""
    # Most texts are printable, which is found out ten times faster.
    return text if text.isprintable() else _HIDDEN.sub(_escape, text)


def in_xml(text: str) -> str:
    """Return a text that XML can contain, with escapes in place of other control characters."""
    return text if text.isprintable() else _NOT_IN_XML.sub(_escape, text)


def json_text(value: object, *, indent: int | None = None) -> str:
    """Return a value as JSON, with every control character escaped."""
    text = _ENCODER.encode(value) if indent is None else json.dumps(value, indent=indent, ensure_ascii=False)
    if text.isprintable():
        return text
    return _NOT_ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def json_rows(values: Iterable[object]) -> str:
    """Return values as a JSON array with one of them on each line.

    An encoder that indents is written in Python: with it, SARIF takes 15 % longer than other formats.
    """
    rows = ",\n".join(map(json_text, values))
    return f"[\n{rows}\n]" if rows else "[]"


def width(text: str) -> int:
    """Return how many columns of a terminal a visible text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def clipped(text: str, columns: int) -> str:
    """Return a visible text, cut so that it fits into some columns."""
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 1:
        text = text[: -max(1, (width(text) - columns + 1) // 2)]
    return f"{text}…" if columns > 0 else ""


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
