"""The README as the package index shows it: links and pictures of the repository have full addresses.

hatchling runs this when it builds the package.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

#: A relative address in a Markdown link, or in an attribute of an HTML element.
_RELATIVE = re.compile(r'(?P<before>\]\(|\b(?:src|srcset)=")(?!https?:|#)(?P<path>[^)"\s]+)')
_PICTURES = (".png", ".svg")


def absolute(text: str, repository: str) -> str:
    """Return a page of the root folder with full addresses instead of relative ones."""

    def address(found: re.Match[str]) -> str:
        view = "raw" if found["path"].endswith(_PICTURES) else "blob"
        return f"{found['before']}{repository}/{view}/main/{found['path']}"

    return _RELATIVE.sub(address, text)


class ReadmeHook(MetadataHookInterface):
    """Sets the field `readme`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the README to the metadata of the package."""
        text = (Path(self.root) / "README.md").read_text("utf-8")
        readme = absolute(text, metadata["urls"]["Repository"])
        metadata["readme"] = {"content-type": "text/markdown", "text": readme}
