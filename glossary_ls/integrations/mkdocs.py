"""The plugin `glossary-ls` of MkDocs: tooltips on terms, and a page of all terms.

A page is annotated when it has been rendered, so that the extensions of Markdown have done their work, and
after the search has read it, which would find the tooltips. It must not know how tooltips are made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils import get_relative_url

from glossary_ls.api import ProjectError
from glossary_ls.base import paths
from glossary_ls.integrations.site import FOLDER, MARKER, SCRIPT, STYLE, WITHOUT_LIST, Site, Uses
from glossary_ls.vfs.files import data_text

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

#: The folder of the site for the style sheet and the script.
_ASSETS = "assets"

_log = get_plugin_logger(__name__)


class Options(Config):  # type: ignore[no-untyped-call]  # MkDocs annotates no `__init_subclass__`
    """The options of the plugin; docs/sites.md describes them."""

    root = config_options.Type(str, default=".")
    page = config_options.Type(str, default="glossary.md")
    title = config_options.Type(str, default="Glossary")
    uses = config_options.Choice(tuple(map(str, Uses)), default=str(Uses.SECTION))
    packs = config_options.Type(bool, default=False)
    settings = config_options.Type(dict, default={})


class GlossaryPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # as above
    """Adds tooltips and the page of terms to a site."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._page: File | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Name the style sheet and the script."""
        config.extra_css.append(f"{_ASSETS}/{STYLE}")
        config.extra_javascript.append(f"{_ASSETS}/{SCRIPT}")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the glossaries, and add the page of terms unless there is one."""
        file = config.config_file_path
        folder = paths.parent(paths.normal(file)) if file else paths.normal(".")
        root = paths.normal(paths.join(folder, self.config.root))
        try:
            self._site = Site(
                root,
                uses=Uses(self.config.uses),
                packs=self.config.packs,
                settings=self.config.settings,
            )
        except ProjectError as error:
            raise PluginError(f"glossary-ls: {error}") from error
        for found in self._site.project.check_glossaries():
            if found.severity == "error":
                _log.warning("%s:%s: %s", found.path, found.line, found.message)
        for name in (STYLE, SCRIPT):
            files.append(File.generated(config, f"{_ASSETS}/{name}", content=data_text(f"{FOLDER}/{name}")))
        self._page = files.get_file_from_path(self.config.page)
        if self._page is None:
            text = f"# {self.config.title}\n\n{MARKER}\n"
            self._page = File.generated(config, self.config.page, content=text)
            files.append(self._page)
        return files

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Build the site again when a glossary changes."""
        del config, builder
        for path in self._site.project.glossary_paths() if self._site else ():
            server.watch(path)
        return server

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the list of terms where a page has its place."""
        del config, files
        if self._site is None or not self._site.has_list(html):
            if page.file is self._page:
                _log.warning("%s: %s", page.file.src_uri, WITHOUT_LIST)
            return html
        # The search indexes the sections that are in the table of contents.
        above = page.toc.items[0].children if page.toc.items else page.toc.items
        above += (AnchorLink(name, anchor, 3) for anchor, name in self._site.outline())
        return self._site.with_list(html)

    @event_priority(-1000)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Add the tooltips to a page."""
        del nav
        is_wanted = page.meta.get("glossary", True) and page.file is not self._page
        if self._site is not None and self._page is not None and is_wanted and page.content:
            address = get_relative_url(self._page.url, page.url)
            # A page that another plugin makes has no file there, or one in a folder for temporary files.
            path = paths.normal(paths.join(config.docs_dir, page.file.src_uri))
            page.content = self._site.with_tooltips(page.content, path, address)
        return context
