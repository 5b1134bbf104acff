"""The content of the directives of docutils, Sphinx and common extensions: text, code, a table or markup.

An unknown directive has arguments that are markup and a body that is text. This module must not parse.
"""

from __future__ import annotations

import tomllib

from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass
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
    return _directives().get(name.lower(), Directive())


@memo.recent(1)
def _directives() -> dict[str, Directive]:
    found: dict[str, Directive] = {}
    for row in tomllib.loads(data_text("directives.toml")).values():
        names, body = row.pop("names"), Body[row.pop("body", "TEXT")]
        found |= dict.fromkeys(names.split(), Directive(body, **row))
    return found
