"""Which URLs the user accepted as glossaries, and which ones never, for each workspace folder.

The decisions are in a JSON file in the user's configuration folder, which no repository can write. Without
that folder they hold until the server ends. This module must not know what a URL is for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, field

if TYPE_CHECKING:
    from glossary_ls.vfs.files import Files, Signature

#: The file, below the user's configuration folder: in a folder of its own, so that it is not taken for a
#: glossary.
FILE = "state/accepted-urls.json"

_FORMAT = 1

#: Decisions by workspace folder and URL.
_Decisions = dict[str, dict[str, bool]]


@dataclass(eq=False)
class AcceptedUrls:
    """The decisions of the user."""

    _files: Files
    _decisions: _Decisions = field(default_factory=dict)
    _signature: Signature | None = None

    @property
    def path(self) -> str:
        """The path of the file, or an empty string if the user has no configuration folder."""
        folder = self._files.user_folder
        return paths.join(folder, FILE) if folder else ""

    def is_accepted(self, root: str, url: str) -> bool:
        """Return whether the user accepted a URL for a workspace folder."""
        return self._decision(root, url) is True

    def is_refused(self, root: str, url: str) -> bool:
        """Return whether the user decided never to read a URL for a workspace folder."""
        return self._decision(root, url) is False

    def accept(self, root: str, url: str) -> str:
        """Record that the user accepted a URL; return why that holds for this session only, if it does."""
        return self._record(root, url, is_accepted=True)

    def refuse(self, root: str, url: str) -> str:
        """Record that the user refused a URL; return why that holds for this session only, if it does."""
        return self._record(root, url, is_accepted=False)

    def _decision(self, root: str, url: str) -> bool | None:
        self._refresh()
        return self._decisions.get(self._files.resolve(root), {}).get(url)

    def _record(self, root: str, url: str, *, is_accepted: bool) -> str:
        self._refresh()
        self._decisions.setdefault(self._files.resolve(root), {})[url] = is_accepted
        if not self.path:
            return "no configuration folder to store the answer in; set HOME or XDG_CONFIG_HOME"
        text = json.dumps({"format": _FORMAT, "workspaces": self._decisions}, indent=1, sort_keys=True)
        try:
            self._files.write(self.path, text + "\n", is_private=True)
        except (OSError, ValueError) as error:
            reason = (isinstance(error, OSError) and error.strerror) or str(error)
            return f"{self.path}: the answer could not be written: {reason}"
        self._signature = self._files.signature(self.path)
        return ""

    def _refresh(self) -> None:
        """Read the file again if another process has written it."""
        signature = self._files.signature(self.path) if self.path else None
        if signature is not None and signature != self._signature:
            self._signature = signature
            for root, decisions in _read(self._files, self.path).items():
                self._decisions.setdefault(root, {}).update(decisions)


def _read(files: Files, path: str) -> _Decisions:
    """Return the decisions in a file; nothing from a part of it that is damaged."""
    try:
        found = json.loads(files.read(path))
        if found["format"] != _FORMAT:
            return {}
        return {
            str(root): {str(url): given for url, given in urls.items() if isinstance(given, bool)}
            for root, urls in found["workspaces"].items()
            if isinstance(urls, dict)
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
