"""Serving one client over TCP: the first one that sends the token (`tcp_token`)."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import TYPE_CHECKING, cast

from glossary_ls.lsp import tcp_token
from glossary_ls.lsp.framing import LONGEST, Frames, framed
from glossary_ls.lsp.transport import Connection, serve

if TYPE_CHECKING:
    from glossary_ls.lsp.protocol import GlossaryProtocol, GlossaryServer
    from glossary_ls.lsp.tcp_token import Token

logger = logging.getLogger("glossary_ls")

#: How long the first message may be, in bytes, how long the server waits for it, in seconds, and for how many
#: clients at a time.
_LONGEST_HELLO = 1 << 20
_PATIENCE = 10.0
_MOST_WAITING = 8

#: How much a client may leave unread, in bytes.
_MOST_UNREAD = 64 << 20


def serve_tcp(server: GlossaryServer, host: str, port: int) -> int:
    """Serve the first client that sends the token; return the exit code."""
    token = tcp_token.chosen(os.environ)

    async def main() -> int:
        loop = asyncio.get_running_loop()
        door = _Door(server.protocol, token)
        listener = await loop.create_server(lambda: _Client(door), host, port)
        for socket in listener.sockets:
            sys.stderr.write("glossary_ls listens on {}:{}\n".format(*socket.getsockname()[:2]))
        if not token.is_given:
            sys.stderr.write(f"initializationOptions.token must be {token.text}\n")
        if not is_loopback(host):
            sys.stderr.write(f"Whoever sees the traffic to {host} sees the token and what is read.\n")
        sys.stderr.flush()
        try:
            client = await door.served
            try:
                return await serve(server.protocol, client)
            finally:
                client.end()
        finally:
            listener.close()

    return asyncio.run(main())


def is_loopback(host: str) -> bool:
    """Return whether only this computer can reach a host."""
    return host == "localhost" or host.startswith("127.") or host == "::1"


class _Door:
    """What the clients that connect share: who is served, and who has not sent the token yet."""

    def __init__(self, protocol: GlossaryProtocol, token: Token) -> None:
        self.protocol = protocol
        self.token = token
        self.served: asyncio.Future[_Client] = asyncio.get_running_loop().create_future()
        self.waiting: set[_Client] = set()


class _Client(Connection):
    """A client, whose first message is read by the server only if it has the token."""

    def __init__(self, door: _Door) -> None:
        super().__init__(door.protocol, Frames(_LONGEST_HELLO))
        self._door = door

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Give the client some time for its first message."""
        self._transport = cast("asyncio.Transport", transport)
        if self._door.served.done() or len(self._door.waiting) == _MOST_WAITING:
            self.end()
            return
        self._door.waiting.add(self)
        self._timer = asyncio.get_running_loop().call_later(_PATIENCE, self.end)

    def handle(self, body: bytes) -> None:
        """Handle a message; the first one only if it has the token."""
        if self not in self._door.waiting:
            super().handle(body)
            return
        self._door.waiting.remove(self)
        self._timer.cancel()
        hello = None if self._door.served.done() else self._door.token.admitted(body)
        if hello is not None:
            self._door.served.set_result(self)
            self.frames.longest = LONGEST
            self.protocol.set_writer(SocketWriter(self.protocol, self._transport))
            super().handle(hello)
            return
        if not self._door.served.done():
            self._transport.write(framed(tcp_token.refusal(body)))
        self.frames.is_over = True

    def end(self) -> None:
        """Leave the client."""
        if self in self._door.waiting:
            self._door.waiting.remove(self)
            self._timer.cancel()
        super().end()
        self._transport.close()


class SocketWriter:
    """Writes to a client, and leaves one that does not read."""

    def __init__(self, protocol: GlossaryProtocol, target: asyncio.Transport) -> None:
        self._protocol = protocol
        self._target = target

    def write(self, data: bytes) -> None:
        """Write all of the data, now or later."""
        if self._target.get_write_buffer_size() > _MOST_UNREAD:
            logger.error("the client does not read what it is sent")
            self._protocol.exit_code = 1
            self._target.abort()
        else:
            self._target.write(data)

    def close(self) -> None:
        """Leave the client, once it is sent everything."""
        self._target.close()
