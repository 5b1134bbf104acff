"""Connections over https: certificates, the proxy of the environment, and a deadline for everything.

Certificates are checked against those of the system or of the variable `SSL_CERT_FILE`. This module must not
know what is requested.
"""

from __future__ import annotations

import ssl
import time
from base64 import b64encode
from http.client import HTTPSConnection
from typing import TYPE_CHECKING
from urllib import request
from urllib.parse import unquote, urlsplit

from glossary_ls.base.dataclass import dataclass

if TYPE_CHECKING:
    from glossary_ls.vfs.urls import Origin

#: How long a connection may take, in seconds.
CONNECT_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The end of a fetch (as of `time.monotonic`), the seconds that it has in all, and the most bytes."""

    deadline: float
    timeout: float
    size: int

    def left(self) -> float:
        """Return the remaining seconds. Raises TimeoutError if there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy, and the value of its `Proxy-Authorization` header or an empty string."""

    host: str
    port: int
    header: str = ""


def proxy_for(origin: Origin) -> Proxy | None:
    """Return the proxy for a host that the environment names (`https_proxy`, `no_proxy`), or None.

    Raises ValueError if it is not the address of an HTTP proxy.
    """
    given = request.getproxies_environment().get("https", "")
    is_direct = request.proxy_bypass_environment  # type: ignore[attr-defined]  # because typeshed lacks it
    if not given or is_direct(f"{origin.host}:{origin.port}"):
        return None
    parts = urlsplit(given if "://" in given else f"http://{given}")
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError("not an http:// address")
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else ""
    header = f"Basic {b64encode(login.encode()).decode()}" if login else ""
    return Proxy(parts.hostname, parts.port or 80, header)


class _Context(ssl.SSLContext):
    """Checks certificates and host names; its sockets obey the limits."""

    limits: Limits


class _Socket(ssl.SSLSocket):
    """A socket that waits no longer than until the deadline, however often it is read."""

    context: _Context

    def do_handshake(self, block: bool = False) -> None:  # noqa: FBT001, FBT002  because the base has it
        """Negotiate within the time for a connection."""
        self.settimeout(min(self.context.limits.left(), CONNECT_TIMEOUT))
        super().do_handshake(block)

    def recv_into(self, *arguments: object, **named: object) -> int:
        """Receive within the remaining time."""
        self.settimeout(self.context.limits.left())
        return super().recv_into(*arguments, **named)  # type: ignore[arg-type]  # as given


class Connection(HTTPSConnection):
    """A connection to a host, through a proxy if there is one."""

    def __init__(self, origin: Origin, proxy: Proxy | None, limits: Limits) -> None:
        context = _Context(ssl.PROTOCOL_TLS_CLIENT)
        context.sslsocket_class = _Socket
        context.limits = limits
        context.load_default_certs()
        self._limits = limits
        peer = proxy or origin
        super().__init__(peer.host, peer.port, context=context)
        if proxy is not None:
            authorization = {"Proxy-Authorization": proxy.header} if proxy.header else {}
            self.set_tunnel(origin.host, origin.port, authorization)

    def connect(self) -> None:
        """Connect within the time for a connection."""
        self.timeout = min(self._limits.left(), CONNECT_TIMEOUT)
        super().connect()
