"""AsciiDoc, as Asciidoctor reads it. It must not know other markup languages.

Start with `blocks`, the line structure of blocks, lists and tables; `inline` reads the text of a paragraph.
"""

from glossary_ls.markup.asciidoc.blocks import parse

__all__ = ["parse"]
