"""Links: in a glossary file, addresses lead to their pages and names of other terms to their entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.features.symbol_at import content, in_glossary_file
from glossary_ls.glossary.formats.yaml.outline import REFERENCES, Role, outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.text import Span

_WEB = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A span that can be followed to a page of the web, or to a line, counted from 1, of a file."""

    span: Span
    tooltip: str
    url: str = ""
    where: tuple[str, int] | None = None


def links(document: Document) -> tuple[DocumentLink, ...]:
    """Return the links of a glossary file, ascending; other documents have none."""
    return tuple(_links(document)) if in_glossary_file(document) else ()


def _links(document: Document) -> Iterator[DocumentLink]:
    for entry in outline(document.text).entries:
        for value in entry.values:
            if value.role is Role.URL and _WEB.fullmatch(value.text):
                yield DocumentLink(content(value), "Open the page", url=value.text)
            elif value.role in REFERENCES:
                term = document.glossary.term(value.text)
                if term is not None and term.origin is not None:
                    where = term.origin.path, term.origin.line
                    yield DocumentLink(content(value), f"Go to {term.name}", where=where)
