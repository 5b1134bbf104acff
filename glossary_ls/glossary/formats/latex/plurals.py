"""Plurals that an entry names among its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary.formats.latex.texts import markdown
from glossary_ls.glossary.names import key
from glossary_ls.glossary.reading.drafts import Piece
from glossary_ls.glossary.reading.emphasis import plain
from glossary_ls.glossary.reading.labels import Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glossary_ls.base.text import Span
    from glossary_ls.glossary.formats.latex.syntax import Source


def irregular_plural(source: Source, found: Mapping[str, Span], name: Piece) -> Iterator[tuple[Field, Piece]]:
    """Yield the plural as an alias, unless it is the name with an s, which is matched anyway."""
    place = found.get("shortplural") or found.get("plural")
    text = plain(markdown(source, place)) if place else ""
    if place and text and key(text) not in {key(name.text), key(name.text + "s")}:
        yield Field.ALIASES, Piece(text, place)
