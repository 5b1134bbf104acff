"""reStructuredText, as docutils and Sphinx read it. It must not know other markup languages.

Start with `parser`; `lines` reads the line structure (`starts` and `explicit`: what a line can begin,
`line_parser`: its state), `inline` the text of a paragraph, `tables` the cells of tables.
"""

from glossary_ls.markup.restructuredtext.parser import parse

__all__ = ["parse"]
