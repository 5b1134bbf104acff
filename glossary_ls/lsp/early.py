"""The answer to `initialize` before pygls is loaded, which takes much longer than all of the answer.

pygls handles the message, too, once it is there; its answer, which a test compares, is dropped. This module
must load neither pygls and lsprotocol nor asyncio nor the core.
"""

from __future__ import annotations

import json
import logging
import os
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import glossary_ls
from glossary_ls.lsp.capabilities import announced
from glossary_ls.lsp.client_flags import ClientFlags
from glossary_ls.lsp.framing import Frames, framed
from glossary_ls.lsp.from_lsp import find
from glossary_ls.lsp.jsonrpc import is_id

if TYPE_CHECKING:
    from glossary_ls.lsp.jsonrpc import Json

logger = logging.getLogger("glossary_ls")


class Hello(NamedTuple):
    """What was read before pygls was loaded: the first message, if there is one, and what follows it."""

    frames: Frames
    body: bytes | None
    is_answered: bool


def answer_first(source: BinaryIO, target: BinaryIO) -> Hello:
    """Wait for the first message, and answer it if it is a request to initialize."""
    frames = Frames()
    while not frames.is_over and (data := os.read(source.fileno(), 65536)):
        for body in frames.feed(data):
            answer = answer_to(body)
            if answer is not None:
                try:
                    target.write(framed(answer))
                    target.flush()
                except OSError:
                    logger.warning("the client is gone")
            return Hello(frames, body, answer is not None)
    return Hello(frames, None, is_answered=False)


def answer_to(body: bytes) -> str | None:
    """Return the answer to a request to initialize; None for every other message."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if find(message, "method") != "initialize" or not is_id(find(message, "id")):
        return None
    flags = ClientFlags(find(message, "params", "capabilities"))
    about: Json = {"name": "glossary_ls", "version": glossary_ls.__version__}
    result: Json = {"capabilities": announced(flags), "serverInfo": about}
    return json.dumps({"jsonrpc": "2.0", "id": find(message, "id"), "result": result})
