"""Languages: their identifiers in editors, the names of their files, and which files are documents.

The tables are in `languages.toml` of the data folder. This module must not import the parsers, so that it
loads fast.
"""

from __future__ import annotations

import tomllib
from pathlib import PurePath

from glossary_ls.base import memo
from glossary_ls.base.text import word_set
from glossary_ls.vfs.files import data_text

PLAIN = "plaintext"

#: The file name extensions of documents.
DOCUMENT_ENDINGS = tuple(
    word_set(".md .markdown .mdown .mkd .mkdn .mdx .qmd .rmd .rst .rest .adoc .asc .asciidoc .org .txt .text")
)


def table(name: str) -> dict[str, str]:
    """Return a table of `languages.toml` with its keys by value: the language of each suffix, for example."""
    return _tables()[name]


@memo.recent(1)
def _tables() -> dict[str, dict[str, str]]:
    tables = tomllib.loads(data_text("languages.toml"))
    return {
        name: {value: key for key, values in rows.items() for value in values.split()}
        for name, rows in tables.items()
    }


def language_of(path: str) -> str:
    """Return the language identifier of a file by its name; plain text if it is unknown."""
    file = PurePath(path.replace("\\", "/"))
    name, suffix = file.name.lower(), file.suffix[1:].lower()
    named = table("names").get(name) or table("other-names").get(name)
    return named or table("suffixes").get(suffix) or table("markup-suffixes").get(suffix, PLAIN)


def is_document(path: str) -> bool:
    """Return whether a file is a document, by its name."""
    return path.lower().endswith(DOCUMENT_ENDINGS)
