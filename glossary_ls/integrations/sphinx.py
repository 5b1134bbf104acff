"""The extension of Sphinx: tooltips on terms, and a page of all terms.

They are there in the builders of web sites; books and help files have rules of their own for HTML. It must
not know how tooltips are made.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError
from sphinx.util import logging

from glossary_ls import __version__
from glossary_ls.api import ProjectError
from glossary_ls.base import paths
from glossary_ls.integrations.site import FOLDER, SCRIPT, STYLE, WITHOUT_LIST, Site, Uses
from glossary_ls.vfs.files import data_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

#: The builders of web sites.
_BUILDERS = frozenset(("dirhtml", "html", "readthedocs", "readthedocsdirhtml"))

_log = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension; docs/sites.md describes the values of the configuration."""
    app.add_config_value("glossary_ls_root", ".", "html", frozenset({str}))
    app.add_config_value("glossary_ls_page", "glossary-terms", "html", frozenset({str}))
    app.add_config_value("glossary_ls_title", "Glossary", "html", frozenset({str}))
    app.add_config_value("glossary_ls_uses", str(Uses.SECTION), "html", frozenset({str}))
    app.add_config_value("glossary_ls_packs", default=False, rebuild="html", types=frozenset({bool}))
    app.add_config_value("glossary_ls_settings", {}, "html", frozenset({dict}))
    # All pages are written again when a term changes.
    app.add_config_value("glossary_ls_digest", "", "html", frozenset({str}))
    extension = _Extension()
    app.connect("config-inited", extension.open)
    app.connect("html-collect-pages", extension.pages)
    app.connect("html-page-context", extension.annotate)
    app.add_css_file(STYLE)
    app.add_js_file(SCRIPT, loading_method="defer")
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


class _Extension:
    """The terms of the site that is built."""

    def __init__(self) -> None:
        self._site: Site | None = None

    def open(self, app: Sphinx, config: Config) -> None:
        """Read the glossaries."""
        root = paths.join(paths.normal(str(app.confdir)), config.glossary_ls_root)
        try:
            uses = Uses(config.glossary_ls_uses)
            self._site = Site(
                root, uses=uses, packs=config.glossary_ls_packs, settings=config.glossary_ls_settings
            )
        except (ProjectError, ValueError) as error:
            raise ExtensionError(f"glossary_ls: {error}") from error
        for found in self._site.project.check_glossaries():
            if found.severity == "error":
                _log.warning("%s", found.message, location=(found.path, found.line))
        config.glossary_ls_digest = self._site.digest
        config.html_static_path.append(data_path(FOLDER))

    def pages(self, app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Yield the page of terms, unless there is a document of its name."""
        page = app.config.glossary_ls_page
        if self._site is not None and app.builder.name in _BUILDERS and page not in app.env.found_docs:
            title = app.config.glossary_ls_title
            body = f"<h1>{escape(title)}</h1>\n{self._site.terms.html}"
            yield page, {"title": title, "body": body}, "page.html"

    def annotate(
        self,
        app: Sphinx,
        pagename: str,
        _template: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        """Add tooltips to the page of a document, and the list of terms where it has its place."""
        if self._site is None or doctree is None or app.builder.name not in _BUILDERS:
            return
        if self._site.has_list(context["body"]):
            context["body"] = self._site.with_list(context["body"])
        elif pagename == app.config.glossary_ls_page:
            _log.warning("%s", WITHOUT_LIST, location=pagename)
        elif _is_wanted(app, pagename):
            address = app.builder.get_relative_uri(pagename, app.config.glossary_ls_page)
            path = paths.normal(str(app.env.doc2path(pagename)))
            context["body"] = self._site.with_tooltips(context["body"], path, address)


def _is_wanted(app: Sphinx, pagename: str) -> bool:
    """Return whether the metadata of a document do not switch tooltips off."""
    value = app.env.metadata.get(pagename, {}).get("glossary", "")
    return str(value).lower() not in {"false", "no", "off"}
