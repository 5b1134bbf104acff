"""Credentials for hosts, from the environment and the user's netrc file.

An environment variable names hosts with their tokens (`git.example.org=TOKEN`, separated by spaces), since a
variable per host would be ambiguous: `git.example.org` and `git-example.org` would share it. A netrc entry
counts for the host that it names; the entry `default` counts for none. This module must not send or log
anything, and its messages quote no line of a file.
"""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glossary_ls.vfs.urls import Origin

#: The environment variable with tokens.
VARIABLE = "GLOSSARY_LS_TOKENS"

#: The names of the netrc file in the home folder, on POSIX and on Windows.
_NAMES = (".netrc", "_netrc")


class Credentials(NamedTuple):
    """The value of an `Authorization` header, or an empty string; and why a file was not used."""

    header: str = ""
    problem: str = ""

    def __repr__(self) -> str:
        """Hide the value, so that it cannot get into a log."""
        return f"Credentials({'...' if self.header else ''})"


def credentials(origin: Origin, environ: Mapping[str, str]) -> Credentials:
    """Return the credentials for a host: those of the environment or, without any, of the netrc file."""
    tokens = dict(pair.partition("=")[::2] for pair in environ.get(VARIABLE, "").split())
    token = tokens.get(f"{origin.host}:{origin.port}") or tokens.get(origin.host)
    if token:
        return (
            Credentials(f"Bearer {token}") if token.isascii() else Credentials(problem="a token is not ASCII")
        )
    path = netrc_path(environ)
    return _from_netrc(path, origin.host) if path is not None else Credentials()


def netrc_path(environ: Mapping[str, str]) -> Path | None:
    """Return the user's netrc file: the one that `NETRC` names, or the one in the home folder."""
    if environ.get("NETRC"):
        return Path(environ["NETRC"])
    home = environ.get("HOME") or environ.get("USERPROFILE")
    candidates = [Path(home) / name for name in _NAMES] if home else []
    return next((path for path in candidates if path.is_file()), None)


def _from_netrc(path: Path, host: str) -> Credentials:
    from netrc import NetrcParseError, netrc  # noqa: PLC0415  because only URLs need it

    try:
        found = netrc(str(path)).hosts.get(host) if host != "default" else None
    except NetrcParseError as error:
        # The message of the error quotes the file.
        return Credentials(problem=f"{path} has an error near line {error.lineno}")
    except (OSError, ValueError):
        return Credentials(problem=f"{path} cannot be read")
    if found is None:
        return Credentials()
    login, _, password = found
    return Credentials("Basic " + b64encode(f"{login}:{password}".encode()).decode())
