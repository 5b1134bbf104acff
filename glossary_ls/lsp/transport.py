"""Standard input and output.

The loop itself reads standard input where the system allows it, which saves two thread switches per message;
a thread reads it elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import stat
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from glossary_ls.base.dataclass import dataclass
from glossary_ls.lsp.framing import Frames

if TYPE_CHECKING:
    from glossary_ls.lsp.early import Hello
    from glossary_ls.lsp.protocol import GlossaryProtocol, GlossaryServer

logger = logging.getLogger("glossary_ls")

#: How often to check that the client's process is alive, in seconds.
_PARENT_CHECK = 2.0


def serve_stdio(server: GlossaryServer, source: BinaryIO, target: BinaryIO, hello: Hello) -> int:
    """Serve one client over two streams, from which `hello` was read before; return the exit code."""

    async def main() -> int:
        server.protocol.set_writer(_StreamWriter(server.protocol, target))
        connection = Connection(server.protocol, hello.frames)
        if hello.body is not None:
            server.protocol.receive(hello.body, answered=hello.is_answered)
        connection.data_received(b"")
        await _read(connection, source, target)
        return await serve(server.protocol, connection)

    return asyncio.run(main())


class Connection(asyncio.Protocol):
    """Has each message handled as soon as it is complete; `ended` is done when no more will come.

    A `StreamReader` and the task that waits for it take another turn of the loop for each message: a server
    whose answers are constants took 1.1 to 1.5 times as long with them.
    """

    def __init__(self, protocol: GlossaryProtocol, frames: Frames | None = None) -> None:
        """Serve a connection, of which `frames` may have received the beginning."""
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.protocol = protocol
        self.frames = frames or Frames()

    def data_received(self, data: bytes) -> None:
        """Handle the messages that are complete with some more bytes, until the client exits."""
        if self.ended.done():
            return
        for body in self.frames.feed(data):
            self.handle(body)
            if self.protocol.exit_code is not None:
                break
        if self.frames.is_over or self.protocol.exit_code is not None:
            self.end()

    def handle(self, body: bytes) -> None:
        """Handle a message."""
        self.protocol.receive(body)

    def eof_received(self) -> None:
        """End, because the client sends no more."""
        self.end()

    def connection_lost(self, error: Exception | None) -> None:
        """End, because the client is gone."""
        if error is not None and not self.ended.done():
            logger.warning("the client is gone")
        self.end()

    def end(self) -> None:
        """Read no more."""
        if not self.ended.done():
            self.ended.set_result(None)


async def serve(protocol: GlossaryProtocol, connection: Connection) -> int:
    """Wait until the client exits, disconnects or dies; return the exit code."""
    watch = asyncio.create_task(_watch_parent(protocol, asyncio.current_task()))
    try:
        await connection.ended
    except asyncio.CancelledError:
        logger.warning("the client is gone")
    finally:
        watch.cancel()
    if protocol.exit_code is None:
        return 0 if protocol.is_shut_down else 1
    return protocol.exit_code


async def _read(connection: Connection, source: BinaryIO, target: BinaryIO) -> None:
    """Have a connection receive what comes from a stream."""
    loop = asyncio.get_running_loop()
    if _loop_can_read(source, target):
        await loop.connect_read_pipe(lambda: connection, source)
        return

    def feed() -> None:
        # Not through the buffer, whose lock a daemon thread must not hold when Python exits.
        try:
            while data := os.read(source.fileno(), 65536):
                loop.call_soon_threadsafe(connection.data_received, data)
            loop.call_soon_threadsafe(connection.eof_received)
        except (OSError, RuntimeError):
            logger.debug("reading ended")

    threading.Thread(target=feed, name="stdin", daemon=True).start()


def _loop_can_read(source: BinaryIO, target: BinaryIO) -> bool:
    """Return whether the event loop can read a stream by itself.

    It sets the stream to non-blocking, which must not happen to one that is written to as well.
    """
    if sys.platform == "win32":
        return False
    there, here = os.fstat(source.fileno()), os.fstat(target.fileno())
    is_shared = (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)
    return not is_shared and (stat.S_ISFIFO(there.st_mode) or stat.S_ISSOCK(there.st_mode))


@dataclass(eq=False)
class _StreamWriter:
    """Writes to a blocking stream; the server ends when its other end is closed."""

    protocol: GlossaryProtocol
    target: BinaryIO

    def write(self, data: bytes) -> None:
        try:
            self.target.write(data)
            self.target.flush()
        except OSError:
            self.protocol.exit_code = 1

    def close(self) -> None:
        """Leave the stream to its owner."""


async def _watch_parent(protocol: GlossaryProtocol, serving: asyncio.Task[int] | None) -> None:
    """End the server when the client's process has died without closing the stream.

    A process that was never seen alive may run in another container, so it is ignored, unless it has started
    the server.
    """
    if sys.platform == "win32":
        # Windows has no signal that only checks a process.
        return
    parent = os.getppid()
    seen = False
    while True:
        await asyncio.sleep(_PARENT_CHECK)
        process = protocol.client_process
        if process is None:
            continue
        seen = seen or process == parent
        if _is_alive(process):
            seen = True
        elif seen and serving is not None:
            serving.cancel()
            return


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    try:
        # Nobody has asked how the process ended, so it is still listed (proc_pid_stat(5)).
        return not re.search(rb"\) [ZX] [^)]*$", Path(f"/proc/{process}/stat").read_bytes())
    except OSError:
        return True
