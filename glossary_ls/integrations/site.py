"""What a web site needs of a project: the list of its terms, and pages with tooltips that lead there.

It must not know which program makes the site. The glossary of whoever builds the site does not count.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from glossary_ls.api import open_project
from glossary_ls.glossary.exports.html import fragment
from glossary_ls.glossary.names import key
from glossary_ls.integrations.tooltips import Uses, annotated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glossary_ls.base.model import Term

#: What a page has in the place of the list of terms, rendered as a paragraph.
MARKER = "[glossary-terms]"
_RENDERED_MARKER = f"<p>{MARKER}</p>"

#: What the author of the page of terms is told if that has no such place.
WITHOUT_LIST = f"there is no paragraph {MARKER} for the list of terms; add it, or name another page of terms"

#: The files in the data folder that the pages need.
FOLDER = "tooltips"
STYLE = "glossary-ls.css"
SCRIPT = "glossary-ls.js"


class Site:
    """The terms of a project as a site shows them; `terms` is the list of them, in HTML."""

    def __init__(
        self,
        root: str,
        *,
        uses: Uses = Uses.SECTION,
        packs: bool = False,
        settings: Mapping[str, object] | None = None,
    ) -> None:
        """`packs` says whether terms of built-in glossaries are explained, too. Raises ProjectError."""
        self.project = open_project(root, {**(settings or {}), "userGlossary": False})
        self._uses = uses
        self._packs = packs
        self._read()

    def refresh(self) -> None:
        """Read what has changed on the disk."""
        if self.project.refresh():
            self._read()

    def _read(self) -> None:
        self.terms = fragment(self.project.collected(packs=self._packs))
        self._anchors: dict[tuple[str, str], str] = {}
        for term, anchor in self.terms.rows:
            self._anchors.setdefault((key(term.name), key(term.expansion)), anchor)
            self._anchors.setdefault((key(term.name), ""), anchor)

    @property
    def digest(self) -> str:
        """What differs if the terms differ."""
        return sha256(self.terms.html.encode("utf-8", "replace")).hexdigest()

    def anchor(self, term: Term) -> str | None:
        """Return the anchor of a term in the list, or None if it is not there."""
        return self._anchors.get((key(term.name), key(term.expansion)))

    def outline(self) -> Iterator[tuple[str, str]]:
        """Yield the anchor of the heading of each term, and its name."""
        return ((f"{anchor}--name", term.name) for term, anchor in self.terms.rows)

    def has_list(self, html: str) -> bool:
        """Return whether a page has a place for the list of terms."""
        return _RENDERED_MARKER in html

    def with_list(self, html: str) -> str:
        """Return a page with the list of terms in its place."""
        return html.replace(_RENDERED_MARKER, self.terms.html)

    def with_tooltips(self, html: str, path: str, page: str) -> str:
        """Return a page with tooltips; `path` is that of its source, and `page` the address of the list."""

        def address(term: Term) -> str | None:
            anchor = self.anchor(term)
            return None if anchor is None else f"{page}#{anchor}"

        return annotated(html, self.project.mentions(html, path, "html"), self._uses, address)


__all__ = ["FOLDER", "MARKER", "SCRIPT", "STYLE", "WITHOUT_LIST", "Site", "Uses"]
