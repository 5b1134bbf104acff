"""The content of the directives of docutils, Sphinx and common extensions: text, code, a table or markup.

An unknown directive has arguments that are markup and a body that is text. This module must not parse.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from glossary_ls.base import memo
from glossary_ls.markup.restructuredtext.layout import Body
from glossary_ls.vfs.files import data_text


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
    return _directives().get(name.lower(), _OTHER)


_OTHER = Directive()
#: The directives of each table in `directives.toml` of the data folder.
_GROUPS = {
    "code": Directive(Body.CODE),
    "markup": Directive(Body.MARKUP),
    "text": Directive(text=True),
    "title": Directive(title=True),
    "version": Directive(text=True, skipped=1),
}


@memo.recent(1)
def _directives() -> dict[str, Directive]:
    rows = tomllib.loads(data_text("directives.toml"))
    return {name: _GROUPS[group] for group, names in rows.items() for name in names.split()} | {
        "deprecated-removed": Directive(text=True, skipped=2),
        "math": Directive(Body.MATH),
        "list-table": Directive(Body.LIST_TABLE, title=True),
        "csv-table": Directive(Body.CSV, title=True),
    }
