"""reStructuredText, as docutils and Sphinx read it. It must not know other markup languages.

Start with `parser`, which reads the line structure (`starts`: what a line can begin, `line_parser`: the
state); `inline` reads the text of a paragraph, `tables` the cells of tables.
"""

from glossary_ls.markup.restructuredtext.parser import parse

__all__ = ["parse"]
