"""The token of a client that connects over TCP: other programs of this computer can reach the port, too.

It is a member of the `initializationOptions`, because that is what every editor lets its user set. Only a
server that listens loads this module.
"""

from __future__ import annotations

import hmac
import json
import secrets
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.lsp.from_lsp import find
from glossary_ls.lsp.jsonrpc import INVALID_REQUEST

if TYPE_CHECKING:
    from collections.abc import Mapping

_VARIABLE = "GLOSSARY_LS_TOKEN"


@dataclass(frozen=True)
class Token:
    """The token, and whether the user chose it, in the environment."""

    text: str
    is_given: bool

    def admitted(self, body: bytes) -> bytes | None:
        """Return an `initialize` request with the token, without it; None if the message is anything else."""
        message = _message(body)
        options = find(message, "params", "initializationOptions")
        given = find(options, "token")
        if not isinstance(options, dict) or not isinstance(given, str):
            return None
        seen, expected = (each.encode("utf-8", "surrogatepass") for each in (given, self.text))
        if find(message, "method") != "initialize" or not hmac.compare_digest(seen, expected):
            return None
        # What is left are settings.
        del options["token"]
        return json.dumps(message).encode()


def chosen(environ: Mapping[str, str]) -> Token:
    """Return the token of the environment, or else a random one."""
    given = environ.get(_VARIABLE, "")
    return Token(given, is_given=True) if given else Token(secrets.token_urlsafe(16), is_given=False)


def refusal(body: bytes) -> str:
    """Return the answer to a message without the token."""
    number = find(_message(body), "id")
    text = f"initializationOptions.token is not that of the server: see {_VARIABLE}, or its standard error"
    error = {"code": INVALID_REQUEST, "message": text}
    known = number if isinstance(number, int | str) else None
    return json.dumps({"jsonrpc": "2.0", "id": known, "error": error})


def _message(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
