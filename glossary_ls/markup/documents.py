"""Which files are documents for people, told by their names."""

from __future__ import annotations

#: How the names of documents for people end.
DOCUMENT_ENDINGS = (
    ".md",
    ".markdown",
    ".mdown",
    ".mkd",
    ".mkdn",
    ".mdx",
    ".qmd",
    ".rmd",
    ".rst",
    ".rest",
    ".adoc",
    ".asc",
    ".asciidoc",
    ".txt",
    ".text",
)


def is_document(path: str) -> bool:
    """Tell by its name whether a file is a document for people."""
    return path.lower().endswith(DOCUMENT_ENDINGS)
