"""Which files are documents, by their names. This module must not import the parsers."""

from __future__ import annotations

from glossary_ls.base.text import word_set

#: The file name extensions of documents.
DOCUMENT_ENDINGS = tuple(
    word_set(".md .markdown .mdown .mkd .mkdn .mdx .qmd .rmd .rst .rest .adoc .asc .asciidoc .txt .text")
)


def is_document(path: str) -> bool:
    """Return whether a file is a document, by its name."""
    return path.lower().endswith(DOCUMENT_ENDINGS)
