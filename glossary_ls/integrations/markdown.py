"""The extension of Python-Markdown, for Zensical and other programs without plugins of MkDocs.

A program that renders pages makes the extension anew for each of them, so the terms are remembered here.
Where the program tells which page is rendered (Zensical does), links are relative. It must not know how
tooltips are made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from glossary_ls.base import memo, paths
from glossary_ls.integrations.site import FOLDER, STYLE, Site, Uses
from glossary_ls.vfs.files import data_text

if TYPE_CHECKING:
    from markdown import Markdown

#: Where Zensical keeps the page that is rendered.
_CONTEXT = "rendering_context"


class GlossaryExtension(Extension):
    """Adds tooltips, and the list of terms to a page that has its place."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  as the base class
        self.config = {
            "root": [".", "folder with the glossaries and settings"],
            "docs": ["docs", "folder with the pages, below the root"],
            "page": ["glossary/", "address of the list of terms, from the start of the site"],
            "uses": [str(Uses.SECTION), "uses with a tooltip: the first in each section or page, or all"],
            "packs": [False, "explain terms of built-in glossaries, too"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  as the base class
        """Register the step that comes last."""
        options = self.getConfigs()
        site = _site(str(options["root"]), Uses(options["uses"]), bool(options["packs"]))
        step = _Annotate(md, site, str(options["docs"]), str(options["page"]))
        md.postprocessors.register(step, "glossary-ls", -1000)


@memo.recent(4)
def _site(root: str, uses: Uses, packs: bool) -> Site:  # noqa: FBT001  a key of the memo
    return Site(root, uses=uses, packs=packs)


class _Annotate(Postprocessor):
    """Annotates the page that has been rendered."""

    def __init__(self, md: Markdown, site: Site, docs: str, page: str) -> None:
        super().__init__(md)
        self._site = site
        self._docs = docs
        self._page = page

    def run(self, text: str) -> str:
        """Return the page with tooltips or with the list of terms."""
        self._site.refresh()
        if self._site.has_list(text):
            return self._site.with_list(text)
        # It is a registry, which has no `get`.
        context = self.md.preprocessors[_CONTEXT] if _CONTEXT in self.md.preprocessors else None  # noqa: SIM401
        page = getattr(context, "page", None)
        if page is None:
            found = self._site.with_tooltips(text, "", self._page)
        elif not page.meta.get("glossary", True):
            return text
        else:
            address = "../" * page.url.lstrip("/").count("/") + self._page
            found = self._site.with_tooltips(text, paths.join(self._docs, page.path), address)
        return found if found == text else f"<style>{data_text(f'{FOLDER}/{STYLE}')}</style>\n{found}"


def makeExtension(**options: Any) -> GlossaryExtension:  # noqa: ANN401, N802  as Python-Markdown calls it
    """Return the extension."""
    return GlossaryExtension(**options)
