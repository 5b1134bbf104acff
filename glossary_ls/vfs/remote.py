"""Fetching a file from the web into the user's cache: the only module that sends requests.

Requests are sent over https only, and only as long and for as much as the limits allow. Credentials go to the
host of the URL and nowhere else. If fetching fails, the last copy is used. `fetch` blocks, so it belongs into
a thread. This module must not know who may fetch what, nor how a glossary looks.
"""

from __future__ import annotations

import os
import ssl
import time
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse, IncompleteRead
from socket import gaierror
from typing import TYPE_CHECKING, NoReturn

import glossary_ls
from glossary_ls.base.dataclass import replace
from glossary_ls.vfs import urls
from glossary_ls.vfs.credentials import VARIABLE, Credentials, credentials
from glossary_ls.vfs.files import decoded
from glossary_ls.vfs.https import Connection, Limits, Proxy, proxy_for
from glossary_ls.vfs.url_cache import Copy, Fetched

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.vfs.url_cache import UrlCache
    from glossary_ls.vfs.urls import Origin

#: How long a fetch with all redirects may take, in seconds.
TIMEOUT = 30.0

#: The size in bytes from which on a file is not read.
LIMIT = 10 * 1024 * 1024

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE = 64 * 1024


class _FetchError(Exception):
    """The file could not be fetched; the message tells the cause and the remedy."""


def fetch(
    url: str,
    cache: UrlCache,
    *,
    timeout: float = TIMEOUT,
    limit: int = LIMIT,
    now: Callable[[], float] = time.time,
) -> Fetched:
    """Fetch a URL into the cache, unless the copy there is up to date. Never raises.

    `timeout` is for everything together, in seconds; only the lookup of a host name cannot be cut off.
    `limit` is in bytes. `now` returns seconds since the epoch.
    """
    if reason := urls.refusal(url):
        return Fetched(problem=f"{urls.shown(url)}: {reason}")
    copy = cache.copy_of(url)
    try:
        content, found = _get(url, copy, Limits(time.monotonic() + timeout, timeout, limit))
        found = replace(found, when=now())
        if content is None:
            cache.confirm(url, found)
            return _outcome(found)
        try:
            return _outcome(cache.store(url, content, found))
        except OSError as error:
            raise _FetchError(f"no copy can be kept: {error.strerror or error}") from None
    except _FetchError as error:
        problem = f"{urls.shown(url)}: {error}"
        if copy is None:
            return Fetched(problem=problem)
        return replace(
            _outcome(copy), problem=f"{problem} (the copy of {_age(now() - copy.when)} ago is used)"
        )


def _outcome(copy: Copy) -> Fetched:
    try:
        with open(copy.path, "rb") as file:  # noqa: PTH123  because paths are strings
            text = decoded(file.read(), copy.path).text
    except OSError as error:
        return Fetched(problem=f"{copy.path}: cannot be read: {error.strerror}")
    return Fetched(text, copy.path, etag=copy.etag, when=copy.when, checksum=copy.checksum)


def _age(seconds: float) -> str:
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            count = int(seconds / length)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "less than a minute"


# --- requests ---------------------------------------------------------------------------------------------


def _get(url: str, copy: Copy | None, limits: Limits) -> tuple[bytes | None, Copy]:
    """Return the content of a URL, None if the copy is up to date, and what the server said about it."""
    place, own = url, credentials(urls.origin(url), os.environ)
    for _ in range(_MOST_REDIRECTS + 1):
        origin = urls.origin(place)
        if origin != urls.origin(url):
            # Whoever decides where a redirect leads must not get what is meant for another host.
            own = Credentials()
        proxy = _proxy(origin)
        try:
            with closing(Connection(origin, proxy, limits)) as connection:
                connection.request("GET", urls.target(place), headers=_headers(copy, own))
                with closing(connection.getresponse()) as response:
                    if response.status not in _REDIRECTS:
                        return _received(response, url, copy, own, limits)
                    place = _redirected(response, place)
        except (OSError, HTTPException, ValueError) as error:
            _fail(_reason(error, proxy or origin, limits))
    raise _FetchError(f"it redirects more than {_MOST_REDIRECTS} times; use the final address")


def _proxy(origin: Origin) -> Proxy | None:
    try:
        return proxy_for(origin)
    except ValueError:
        raise _FetchError(
            "the variable https_proxy is not the http:// address of a proxy; correct it"
        ) from None


def _fail(reason: str) -> NoReturn:
    raise _FetchError(reason)


def _headers(copy: Copy | None, own: Credentials) -> dict[str, str]:
    given = {
        "User-Agent": f"glossary-ls/{glossary_ls.__version__}",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "Authorization": own.header,
        "If-None-Match": copy.etag if copy else "",
        "If-Modified-Since": copy.modified if copy else "",
    }
    return {name: value for name, value in given.items() if value}


def _redirected(response: HTTPResponse, place: str) -> str:
    location = response.headers.get("Location", "")
    if not location:
        _fail("it redirects to nowhere; use the final address")
    target = urls.joined(place, location)
    if reason := urls.refusal(target):
        _fail(f"it redirects to {urls.shown(target)}, but {reason}")
    return target


def _received(
    response: HTTPResponse, url: str, copy: Copy | None, own: Credentials, limits: Limits
) -> tuple[bytes | None, Copy]:
    """Return the content of an answer that is no redirect, or None for "not modified"."""
    headers = response.headers
    etag, modified = headers.get("ETag", ""), headers.get("Last-Modified", "")
    if response.status == HTTPStatus.NOT_MODIFIED and copy is not None:
        return None, replace(copy, etag=etag or copy.etag, modified=modified or copy.modified)
    if response.status != HTTPStatus.OK:
        _fail(_refused(response.status, url, own))
    if (encoding := headers.get("Content-Encoding", "identity").lower()) != "identity":
        _fail(f"the server compresses the file ({encoding!r}) although it was asked not to")
    is_page = headers.get_content_type() == "text/html" and "Content-Type" in headers
    if is_page and urls.suffix(url) not in {"", ".html", ".htm", ".xhtml"}:
        _fail("the server sent a web page and not the file; use the address of the raw file, or log in with "
              + _where_credentials_go(url))  # fmt: skip
    content = _content(response, limits)
    if b"\0" in content and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        _fail("it is not a text; use the address of a text file")
    return content, Copy("", etag, modified)


def _content(response: HTTPResponse, limits: Limits) -> bytes:
    """Return the body. Raises IncompleteRead where it was cut off."""
    length = response.headers.get("Content-Length", "")
    expected = int(length) if length.isdecimal() and not response.chunked else None
    pieces: list[bytes] = []
    size = 0
    while expected is None or expected <= limits.size:
        piece = response.read(_PIECE)
        pieces.append(piece)
        size += len(piece)
        if size > limits.size:
            break
        if not piece:
            if expected is not None and size < expected:
                raise IncompleteRead(b"", expected - size)
            return b"".join(pieces)
    _fail(f"the file is larger than {limits.size / 1024 / 1024:.3g} MB; split it")


# --- messages ---------------------------------------------------------------------------------------------


def _where_credentials_go(url: str) -> str:
    host = urls.origin(url).host
    return f"credentials for {host} in your .netrc file or the variable {VARIABLE} ({host}=TOKEN)"


def _refused(status: int, url: str, own: Credentials) -> str:
    """Return what a status of a server means, and the remedy."""
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        if own.header:
            return f"the server refuses the credentials ({status}); check {_where_credentials_go(url)}"
        reason = f" ({own.problem})" if own.problem else ""
        return f"the server wants credentials ({status}); put {_where_credentials_go(url)}{reason}"
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        hint = "" if own.header else f", or put {_where_credentials_go(url)} if it is private"
        return f"file not found ({status}); correct the address{hint}"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return f"the server got too many requests ({status}); it is asked again later"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"the server has an error ({status}); it is asked again later"
    return f"the server answers with status {status}; correct the address"


#: Why a connection failed, and the remedy, by the class of the error; the first one that fits counts.
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (gaierror, "there is no host '{host}'; check the address and the network"),
    (
        ssl.SSLCertVerificationError,
        (
            "the certificate of the server is not trusted ({detail}); if your organization has its own "
            "certificate authority, name its file in the variable SSL_CERT_FILE"
        ),
    ),
    (TimeoutError, "the server does not answer fast enough (within {seconds:g} s); check the network"),
    (
        ConnectionRefusedError,
        "'{host}' refuses connections on port {port}; check the address and the network",
    ),
    (ssl.SSLError, "no secure connection to '{host}' ({detail}); check the address"),
    (IncompleteRead, "the connection was cut off; the server is asked again later"),
    (ConnectionError, "the connection was cut off; the server is asked again later"),
    (OSError, "no connection to '{host}' ({detail}); check the network and the proxy"),
    (Exception, "the server sent no valid HTTP ({detail}); check the address"),
)


def _reason(error: Exception, peer: Origin | Proxy, limits: Limits) -> str:
    """Return why a connection to `peer` failed, and the remedy."""
    template = next(reason for kind, reason in _REASONS if isinstance(error, kind))
    details = (getattr(error, name, "") for name in ("verify_message", "reason", "strerror"))
    # The text of other errors may be a whole line that the server sent.
    rest = str(error) if isinstance(error, OSError) else type(error).__name__
    detail = next((str(each) for each in details if each), rest)
    return template.format(host=peer.host, port=peer.port, seconds=limits.timeout, detail=detail)
