"""Source code: its comments and docstrings are readable text, everything else is code.

It must not know what a comment is about. Start with `parser`; `lexer` finds comments with the table of
languages in `syntax`, `comments` and `inline` read their text, and `classify` excludes commented-out code,
licenses and directives to tools. Docstrings are read as reStructuredText.
"""

from glossary_ls.markup.code.parser import parser_for

__all__ = ["parser_for"]
