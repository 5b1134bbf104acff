"""An https server for tests, with certificates of an authority that the test creates.

Each path has an answer: a function that gets the request and writes what it likes to the connection.
"""

from __future__ import annotations

import ssl
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from email.message import Message
    from pathlib import Path

    import pytest
    import trustme

#: Two names of this machine, which count as two hosts.
HOSTS = ("localhost", "127.0.0.1")


class Request(BaseHTTPRequestHandler):
    """A request, and the ways to answer it."""

    server: Server
    timeout = 30

    def do_GET(self) -> None:
        """Answer with what the test planned for the path."""
        self.server.requests.append((self.path, self.headers))
        answer = self.server.answers.get(self.path)
        with suppress(ConnectionError, ssl.SSLError):
            if answer is None:
                self.reply(404)
            else:
                answer(self)

    def reply(self, status: int, body: bytes = b"", /, **headers: str) -> None:
        """Send a whole answer; underscores in names of headers are hyphens."""
        self.start(status, Content_Length=str(len(body)), **headers)
        self.wfile.write(body)

    def start(self, status: int, /, **headers: str) -> None:
        """Send the head of an answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


class Server(ThreadingHTTPServer):
    """A running server."""

    daemon_threads = True

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.context = context
        self.answers: dict[str, Callable[[Request], None]] = {}
        self.requests: list[tuple[str, Message]] = []

    def get_request(self) -> tuple[ssl.SSLSocket, object]:
        """Accept a connection; the handshake is done by the thread that answers."""
        connection, address = super().get_request()
        wrapped = self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return wrapped, address

    def handle_error(self, *_: object) -> None:
        """Ignore clients that hang up."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, path: str, host: str = HOSTS[0]) -> str:
        """Return the URL of a path."""
        return f"https://{host}:{self.port}{path}"

    @property
    def asked(self) -> list[str]:
        """The paths that were requested, oldest first."""
        return [path for path, _ in self.requests]


@contextmanager
def https_server(
    authority: trustme.CA, answers: Mapping[str, Callable[[Request], None]], hosts: Sequence[str] = HOSTS
) -> Iterator[Server]:
    """Run a server with a certificate for some hosts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*hosts).configure_cert(context)
    server = Server(context)
    server.answers.update(answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def isolate(authority: trustme.CA, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the program under test use folders of its own, trust an authority, and use no proxy."""
    for name, variable in (("config", "XDG_CONFIG_HOME"), ("cache", "XDG_CACHE_HOME"), ("home", "HOME")):
        (folder / name).mkdir()
        monkeypatch.setenv(variable, str(folder / name))
    for variable in ("NETRC", "GLOSSARY_LS_TOKENS", "SSL_CERT_DIR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", trust(authority, folder))
    monkeypatch.setenv("no_proxy", "*")


def trust(authority: trustme.CA, folder: Path) -> str:
    """Write the certificate of an authority to a file for `SSL_CERT_FILE`."""
    path = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)
