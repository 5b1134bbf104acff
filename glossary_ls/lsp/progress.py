"""The progress of one piece of work at a time, shown by clients that can and want to."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary_ls.lsp.messages import Client


class Progress:
    """Tells how far a piece of work is; `name` tells its tokens from those of others."""

    def __init__(self, client: Client, title: str, name: str, *, shown: bool) -> None:
        """`shown` says whether the client shows progress that the server begins."""
        self._client = client
        self._title = title
        self._name = name
        self._shown = shown
        self._numbers = count(1)
        self._token: str | int = ""
        self._is_asked = False
        self._began = False

    def is_about(self, token: object) -> bool:
        """Tell whether the client speaks of this progress."""
        return self._token != "" and token == self._token

    def take(self, token: object) -> None:
        """Use a token that the client sent with its request, if it did."""
        if isinstance(token, str | int) and not isinstance(token, bool):
            self._token, self._is_asked = token, True

    def report(self, message: str, percentage: int | None = None) -> None:
        """Tell how far it is; the first time, ask whether the client wants to know."""
        value: dict[str, object] = {"message": message}
        if percentage is not None:
            value["percentage"] = percentage
        if self._began:
            self._send({"kind": "report", **value})
        elif self._is_asked:
            self._begin(value)
        elif self._shown and not self._token:
            token = self._token = f"glossary_ls-{self._name}-{next(self._numbers)}"

            def created(_: object) -> None:
                if self._token == token:
                    self._begin(value)

            params = {"token": token}
            self._client.ask("window/workDoneProgress/create", params, created, lambda: None)

    def end(self, message: str) -> None:
        """Tell that it is over."""
        if self._began:
            self._send({"kind": "end", "message": message})
        self._token, self._is_asked, self._began = "", False, False

    def _begin(self, value: dict[str, object]) -> None:
        self._began = True
        self._send({"kind": "begin", "title": self._title, "cancellable": True, **value})

    def _send(self, value: dict[str, object]) -> None:
        self._client.notify("$/progress", {"token": self._token, "value": value})
