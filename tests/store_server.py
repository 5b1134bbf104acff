"""A server of files for tests: as web pages, and in the way of S3, with the requests that readers send.

In S3, the names of files are keys of the bucket `bucket`, the listing comes in pages of three keys, and only
the access key `right` may read. Sources: the operations ListObjectsV2, HeadObject and GetObject of the
"Amazon S3 API Reference".
"""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape as escape_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

BUCKET = "/bucket"
ACCESS_KEY = "right"

_PAGE = 3


class Server(ThreadingHTTPServer):
    """A server with its files; `requests` are those that it got, and `broken` the paths that fail.

    `on_request` is called before an answer with the method and path, and the port of the program that asks.
    """

    daemon_threads = True

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.files = dict(files)
        self.requests: list[str] = []
        self.broken: set[str] = set()
        self.on_request: Callable[[str, int], None] = lambda *_: None
        self.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Print what went wrong, unless the program that asked is gone."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # as given


class _Request(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        request = f"{self.command} {self.path}"
        self.server.requests.append(request)
        self.server.on_request(request, self.client_address[1])
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        if path == BUCKET or path.startswith(f"{BUCKET}/"):
            self._s3(path.removeprefix(BUCKET).strip("/"), parse_qs(parts.query))
        elif path.strip("/") in self.server.broken:
            self._reply(403, b"no")
        elif path.endswith("/"):
            self._reply(200, self._page(path).encode(), Content_Type="text/html")
        elif any(f"/{name}".startswith(f"{path}/") for name in self.server.files):
            self._reply(301, b"", Location=f"{parts.path}/")
        else:
            content = self.server.files.get(path.strip("/"))
            self._reply(404 if content is None else 200, content or b"")

    def _page(self, folder: str) -> str:
        below = {
            name[len(folder) - 1 :].partition("/")[:2]
            for name in self.server.files
            if f"/{name}".startswith(folder)
        }
        names = sorted(name + slash for name, slash in below)
        return "".join(f'<a href="{escape(name)}">{escape(name)}</a>' for name in ("../", *names))

    def _s3(self, key: str, query: Mapping[str, list[str]]) -> None:
        if f"Credential={ACCESS_KEY}/" not in self.headers.get("Authorization", ""):
            self._reply(403, b"<Error><Code>InvalidAccessKeyId</Code><Message>unknown</Message></Error>")
        elif key:
            content = self.server.files.get(key)
            self._reply(404 if content is None else 200, content or b"")
        else:
            self._reply(200, self._listing(query).encode(), Content_Type="application/xml")

    def _listing(self, query: Mapping[str, list[str]]) -> str:
        prefix, after = query.get("prefix", [""])[0], query.get("continuation-token", [""])[0]
        keys = sorted(name for name in self.server.files if name.startswith(prefix) and name > after)
        rows = "".join(
            f"<Contents><Key>{escape_xml(key)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
            f'<ETag>"{len(self.server.files[key])}"</ETag><Size>{len(self.server.files[key])}</Size></Contents>'
            for key in keys[:_PAGE]
        )
        more = f"<NextContinuationToken>{keys[_PAGE - 1]}</NextContinuationToken>" if keys[_PAGE:] else ""
        return (
            f"<ListBucketResult><Name>bucket</Name><KeyCount>{len(keys[:_PAGE])}</KeyCount>"
            f"<IsTruncated>{'true' if more else 'false'}</IsTruncated>{more}{rows}</ListBucketResult>"
        )

    def _reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(files: Mapping[str, bytes]) -> Iterator[Server]:
    """Serve files until the block ends."""
    with Server(files) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
