"""What the bytes of a file show: UTF-16 that does not say so, and inventories that are compressed."""

from __future__ import annotations

import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

#: How much of a file shows whether it is UTF-16, and how much at least, in bytes.
_SAMPLE = 2_000
_FEWEST = 8

#: How an inventory begins, and in how many lines its compressed part follows.
INVENTORY = b"# Sphinx inventory version 2"
_INVENTORY_LINES = 4


def unmarked(content: bytes) -> str:
    """Return the encoding of a text in UTF-16 that does not say so: most of its units have one zero byte."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return ""
    head = content[:_SAMPLE]
    high, low = head[::2].count(0), head[1::2].count(0)
    if len(head) < _FEWEST or min(high, low) or 4 * max(high, low) < len(head):
        return ""
    return "utf-16-be" if high else "utf-16-le"


def inflated(content: bytes, largest: int) -> bytes:
    """Return an inventory with its compressed part as text; empty if that is not complete."""
    *header, packed = content.split(b"\n", _INVENTORY_LINES)
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(packed, largest)
    except zlib.error:
        text = b""
    return b"\n".join((*header, text if reader.eof else b""))
