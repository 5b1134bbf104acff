"""Writers of glossaries: one module, and one row of `WRITERS`, for each format that can be written.

A writer turns the terms of an `Export` into the text of one file, and returns what the format has no place
for. It does not read, nor edit: that is what the formats in `glossary.formats` do. Read `export` first.
"""

from glossary_ls.glossary.exports import (
    contextive,
    csv,
    docusaurus,
    html,
    json,
    latex,
    markdown,
    mkdocs,
    native,
    skos,
    sphinx,
    tbx,
    words,
)
from glossary_ls.glossary.exports.export import Writer

__all__ = ["TERM_WRITERS", "WRITERS", "Writer"]

#: The writers of what terms mean.
TERM_WRITERS: tuple[Writer, ...] = (
    native.WRITER,
    html.WRITER,
    markdown.WRITER,
    mkdocs.WRITER,
    sphinx.WRITER,
    csv.WRITER,
    json.WRITER,
    json.LINKED,
    skos.WRITER,
    tbx.WRITER,
    latex.WRITER,
    contextive.WRITER,
    docusaurus.WRITER,
)

WRITERS: tuple[Writer, ...] = (*TERM_WRITERS, *words.WRITERS)
