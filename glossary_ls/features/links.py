"""Links: in a glossary file, addresses lead to their pages and names of other terms to their entries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.features.definition import entry_location
from glossary_ls.features.subject import content, in_glossary_file
from glossary_ls.readers.outline import REFERENCES, Role, outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.document import Document
    from glossary_ls.features.library import Library, Location
    from glossary_ls.text import Span

_WEB = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A span that can be followed to a page of the web or to a place in a file."""

    span: Span
    tooltip: str
    url: str = ""
    target: Location | None = None


def links(document: Document, library: Library) -> tuple[DocumentLink, ...]:
    """Return the links of a glossary file, ascending; other documents have none."""
    return tuple(_links(document, library)) if in_glossary_file(document) else ()


def _links(document: Document, library: Library) -> Iterator[DocumentLink]:
    for entry in outline(document.text).entries:
        for value in entry.values:
            if value.role is Role.URL and _WEB.fullmatch(value.text):
                yield DocumentLink(content(value), "Open the page", url=value.text)
            elif value.role in REFERENCES:
                term = document.glossary.term(value.text)
                target = entry_location(term, library) if term else None
                if term is not None and target is not None:
                    yield DocumentLink(content(value), f"Go to {term.name}", target=target)
