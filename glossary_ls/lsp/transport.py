"""Framing, standard input and output, and TCP. The only module that runs an event loop.

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

if TYPE_CHECKING:
    from glossary_ls.lsp.protocol import GlossaryProtocol, GlossaryServer

logger = logging.getLogger("glossary_ls")

_LENGTH = re.compile(rb"content-length[ \t]*:\s*(\d{1,18})\s*", re.IGNORECASE)

_HTTP = re.compile(rb"[A-Z]{3,10} \S+ HTTP/\d")

#: A longer length, in bytes, is taken for noise on the wire.
_LONGEST = 1 << 30

#: How long the first message over TCP may be, in bytes, how long the server waits for it, in seconds, and for
#: how many clients at a time.
_LONGEST_HELLO = 1 << 20
_PATIENCE = 10.0
_MOST_WAITING = 8

#: How much a client over TCP may leave unread, in bytes.
_MOST_UNREAD = 64 << 20

#: How much the loop reads ahead, in bytes.
_AHEAD = 1 << 20

#: How often to check that the client's process is alive, in seconds.
_PARENT_CHECK = 2.0


def serve_stdio(server: GlossaryServer, source: BinaryIO, target: BinaryIO) -> int:
    """Serve one client over two streams; return the exit code."""

    async def main() -> int:
        server.protocol.set_writer(_StreamWriter(server.protocol, target))
        return await _serve(server.protocol, await _reader(source, target))

    return asyncio.run(main())


def serve_tcp(server: GlossaryServer, host: str, port: int) -> int:
    """Serve the first client that sends the token (`tcp_token`); return the exit code."""
    from glossary_ls.lsp import tcp_token  # noqa: PLC0415  because few servers listen

    token = tcp_token.chosen(os.environ)

    async def main() -> int:
        code: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        taken = False
        waiting = 0

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal taken, waiting
            if taken or waiting == _MOST_WAITING:
                writer.close()
                return
            waiting += 1
            body = await _hello(reader)
            waiting -= 1
            hello = None if body is None or taken else token.admitted(body)
            if hello is None:
                if body is not None and not taken:
                    refusal = tcp_token.refusal(body)
                    writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(refusal), refusal))
                writer.close()
                return
            taken = True
            server.protocol.set_writer(_SocketWriter(server.protocol, writer))
            try:
                server.protocol.receive(hello)
                code.set_result(await _serve(server.protocol, reader))
            finally:
                writer.close()
                if not code.done():
                    code.set_result(1)

        listener = await asyncio.start_server(connected, host, port)
        for socket in listener.sockets:
            sys.stderr.write("glossary_ls listens on {}:{}\n".format(*socket.getsockname()[:2]))
        if not token.is_given:
            sys.stderr.write(f"initializationOptions.token must be {token.text}\n")
        if not is_loopback(host):
            sys.stderr.write(f"Whoever sees the traffic to {host} sees the token and what is read.\n")
        sys.stderr.flush()
        try:
            return await code
        finally:
            listener.close()

    return asyncio.run(main())


async def _hello(reader: asyncio.StreamReader) -> bytes | None:
    """Return the first message of a client, or None if it is not there in time."""
    try:
        return await asyncio.wait_for(read_message(reader, _LONGEST_HELLO), _PATIENCE)
    except (TimeoutError, ConnectionError):
        return None


def is_loopback(host: str) -> bool:
    """Return whether only this computer can reach a host."""
    return host == "localhost" or host.startswith("127.") or host == "::1"


async def _serve(protocol: GlossaryProtocol, reader: asyncio.StreamReader) -> int:
    """Handle messages until the client exits, disconnects or dies."""
    watch = asyncio.create_task(_watch_parent(protocol, asyncio.current_task()))
    try:
        while protocol.exit_code is None:
            body = await read_message(reader)
            if body is None:
                break
            protocol.receive(body)
    except (asyncio.CancelledError, ConnectionError):
        logger.warning("the client is gone")
    finally:
        watch.cancel()
    if protocol.exit_code is None:
        return 0 if protocol.is_shut_down else 1
    return protocol.exit_code


async def read_message(reader: asyncio.StreamReader, longest: int = _LONGEST) -> bytes | None:
    """Return the body of the next message, or None at the end or if it has more than `longest` bytes.

    Lines that are no header are skipped.
    """
    length: int | None = None
    try:
        while True:
            line = await reader.readuntil(b"\n")
            if _HTTP.match(line):
                # A page in a browser may send its requests to any port of this computer.
                logger.error("a request of HTTP is no message")
                return None
            if header := _LENGTH.fullmatch(line):
                length = int(header[1])
            elif not line.strip() and length is not None:
                if length > longest:
                    logger.error("a message of %d bytes is too long", length)
                    return None
                return await reader.readexactly(length)
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return None


async def _reader(source: BinaryIO, target: BinaryIO) -> asyncio.StreamReader:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=_AHEAD)
    if _loop_can_read(source, target):
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), source)
        return reader

    def feed() -> None:
        # Not through the buffer, whose lock a daemon thread must not hold when Python exits.
        try:
            while data := os.read(source.fileno(), 65536):
                loop.call_soon_threadsafe(reader.feed_data, data)
            loop.call_soon_threadsafe(reader.feed_eof)
        except (OSError, RuntimeError):
            logger.debug("reading ended")

    threading.Thread(target=feed, name="stdin", daemon=True).start()
    return reader


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


@dataclass(eq=False)
class _SocketWriter:
    """Writes to a client over TCP, and leaves one that does not read."""

    protocol: GlossaryProtocol
    target: asyncio.StreamWriter

    def write(self, data: bytes) -> None:
        if self.target.transport.get_write_buffer_size() > _MOST_UNREAD:
            logger.error("the client does not read what it is sent")
            self.protocol.exit_code = 1
            self.target.transport.abort()
        else:
            self.target.write(data)

    def close(self) -> None:
        self.target.close()


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
