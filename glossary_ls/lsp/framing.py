"""Framing: the header of each message on the wire (LSP 3.17, "Header Part").

It must not load the event loop.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger("glossary_ls")

_LENGTH = re.compile(rb"content-length[ \t]*:\s*(\d{1,18})\s*", re.IGNORECASE)

_HTTP = re.compile(rb"[A-Z]{3,10} \S+ HTTP/\d")

#: A longer length, in bytes, is taken for noise on the wire.
LONGEST = 1 << 30

#: A longer line of a header, in bytes, is the end, too.
_LONGEST_LINE = 1 << 20


def framed(message: str) -> bytes:
    """Return a message in UTF-8 with its header."""
    body = message.encode()
    kind = b"application/vscode-jsonrpc; charset=utf-8"
    return b"Content-Length: %d\r\nContent-Type: %b\r\n\r\n%b" % (len(body), kind, body)


class Frames:
    """Cuts a stream into the bodies of messages; lines that are no header are skipped.

    A body of more than `longest` bytes is the end.
    """

    def __init__(self, longest: int = LONGEST) -> None:
        self.longest = longest
        #: Whether nothing more can be read.
        self.is_over = False
        self._received = bytearray()
        #: The length that a header announces, and that of the body once all headers are read.
        self._announced: int | None = None
        self._body: int | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the bodies that are complete with some more bytes of the stream."""
        received = self._received
        received += data
        while not self.is_over:
            if self._body is not None:
                if len(received) < self._body:
                    return
                body = _cut(received, self._body)
                self._body = self._announced = None
                yield body
            elif end := received.find(b"\n") + 1:
                self._read_header(_cut(received, end))
            else:
                self.is_over = len(received) > _LONGEST_LINE
                return

    def _read_header(self, line: bytes) -> None:
        if header := _LENGTH.fullmatch(line):
            self._announced = int(header[1])
        elif not line.strip():
            self._body = self._announced
            if self._body is not None and self._body > self.longest:
                logger.error("a message of %d bytes is too long", self._body)
                self.is_over = True
        elif _HTTP.match(line):
            # A page in a browser may send its requests to any port of this computer.
            logger.error("a request of HTTP is no message")
            self.is_over = True


def _cut(data: bytearray, end: int) -> bytes:
    """Remove the beginning of some data and return it."""
    part = bytes(data[:end])
    del data[:end]
    return part
