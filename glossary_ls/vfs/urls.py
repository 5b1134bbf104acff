"""Web addresses of glossaries: which ones may be requested, how messages show them, names for copies.

This module must not use the network, nor know who named an address.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from glossary_ls.base.patterns import lazily

#: Characters that an address consists of: those of RFC 3986, without what could deceive a reader.
_ADDRESS = lazily(r"[!-~]+")
_HOST = lazily(r"(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*\.?|[0-9a-f]*:[0-9a-f:.]*")
_UNSAFE = lazily(r"[^A-Za-z0-9._-]")

_HTTPS_PORT = 443

#: The length of the longest host name (RFC 1035), and of the longest file name that is kept.
_LONGEST_HOST = 253
_LONGEST_NAME = 80


class Origin(NamedTuple):
    """Whom a request is sent to."""

    host: str
    port: int


def is_url(name: str) -> bool:
    """Return whether a name is an address and not a path: it has a scheme with two slashes."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", name) is not None


def refusal(url: str) -> str:
    """Return why an address is not requested, and the remedy; empty for a valid https URL."""
    if not _ADDRESS.fullmatch(url):
        return "a URL has ASCII characters only and no spaces; percent-encode the others"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "it is not a valid URL; correct the host or the port"
    if "@" in parts.netloc:
        return "a URL must not contain a user name or password; put them into your .netrc file"
    if parts.scheme != "https":
        return "only https URLs are read; use the https address"
    host = parts.hostname or ""
    if not _HOST.fullmatch(host) or len(host) > _LONGEST_HOST or port == 0:
        return "it is not a valid URL; correct the host or the port"
    return ""


def origin(url: str) -> Origin:
    """Return the host, in lower case, and the port of a valid URL."""
    parts = urlsplit(url)
    return Origin(parts.hostname or "", parts.port or _HTTPS_PORT)


def target(url: str) -> str:
    """Return the path and query of a URL, as a request line has them."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def joined(url: str, location: str) -> str:
    """Return where a redirect leads to; an invalid one as it is, for `refusal` to say why."""
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def shown(url: str) -> str:
    """Return a URL for a message, without the parts that may hold secrets: user, password, query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return repr(url.partition("?")[0].rpartition("@")[2])
    address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    return (address if _ADDRESS.fullmatch(address) else repr(address)) + ("?..." if parts.query else "")


def digest(url: str) -> str:
    """Return a name for a URL that no other URL has."""
    return blake2b(url.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def file_name(url: str) -> str:
    """Return the last part of a URL's path as a file name, so that the format of the file is recognized."""
    last = urlsplit(url).path.rpartition("/")[2]
    name = _UNSAFE.sub("_", last)[-_LONGEST_NAME:]
    return name if name.strip(".") else "glossary"


def suffix(url: str) -> str:
    """Return the end of the file name of a URL in lower case, with the dot; or an empty string."""
    name = file_name(url)
    return name[name.rfind(".") :].lower() if "." in name else ""
