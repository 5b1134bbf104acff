"""The content of the directives of docutils, Sphinx and common extensions: text, code, a table or markup.

An unknown directive has arguments that are markup and a body that is text. This module must not parse.
"""

from __future__ import annotations

from dataclasses import dataclass

from glossary_ls.markup.restructuredtext.layout import Body


@dataclass(frozen=True, slots=True)
class Directive:
    """The body of a directive, and whether its arguments are a title or the start of the text.

    The first `skipped` words of the arguments are not text, such as the version in `versionadded`.
    """

    body: Body = Body.TEXT
    title: bool = False
    text: bool = False
    skipped: int = 0


def directive(name: str) -> Directive:
    """Return the content of a directive; names may have a domain (`rst:directive`)."""
    return _DIRECTIVES.get(name.lower(), _OTHER)


_OTHER = Directive()
_CODE = (
    "algorithm blockdiag click:example click:run code code-block command-output digraph doctest exec"
    " exec_code graph graphviz highlight include inheritance-diagram ipython jinja jupyter-execute"
    " literalinclude mermaid nwdiag parsed-literal plantuml plot productionlist program-output prompt"
    " raw seqdiag sourcecode terminal testcleanup testcode testoutput testsetup uml yaml"
)
_MARKUP = (
    "autosummary bibliography canonical-doc canonical-typing-spec class contents currentmodule default-domain"
    " default-role external-toc footbibliography highlightlang image index meta module py:currentmodule"
    " py:module role sectnum sectionauthor tabularcolumns title toctree codeauthor"
)
_TEXT = (
    "attention caution danger epigraph error highlights hint important note pull-quote rst-class seealso"
    " tip todo warning line-block hlist centered"
)
_TITLE = (
    "admonition card details dropdown figure-md grid-item-card rubric sidebar tab tab-item table toggle"
    " topic collapse group-tab"
)
_VERSION = "deprecated deprecated-removed versionadded versionchanged versionremoved"

_DIRECTIVES = {
    **dict.fromkeys(_CODE.split(), Directive(Body.CODE)),
    **dict.fromkeys(_MARKUP.split(), Directive(Body.MARKUP)),
    **dict.fromkeys(_TEXT.split(), Directive(text=True)),
    **dict.fromkeys(_TITLE.split(), Directive(title=True)),
    **dict.fromkeys(_VERSION.split(), Directive(text=True, skipped=1)),
    "deprecated-removed": Directive(text=True, skipped=2),
    "math": Directive(Body.MATH),
    "list-table": Directive(Body.LIST_TABLE, title=True),
    "csv-table": Directive(Body.CSV, title=True),
}
