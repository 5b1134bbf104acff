"""Links: in a glossary file, addresses lead to their pages and names of other terms to their entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base.dataclass import dataclass
from glossary_ls.glossary.model import REFERENCES, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.text import Span
    from glossary_ls.glossary.model import GlossaryFile

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
    file = glossary_file_of(document)
    return tuple(_links(document, file)) if file else ()


def _links(document: Document, file: GlossaryFile) -> Iterator[DocumentLink]:
    for placed in file.entries:
        for value in placed.values:
            if value.role is Role.URL and _WEB.fullmatch(value.text):
                yield DocumentLink(value.content, "Open the page", url=value.text)
            elif value.role in REFERENCES:
                term = document.glossary.term(value.text)
                found = document.locate(term) if term else None
                if term is not None and found is not None:
                    where = found.file.path, found.line + 1
                    yield DocumentLink(value.content, f"Go to {term.name}", where=where)
