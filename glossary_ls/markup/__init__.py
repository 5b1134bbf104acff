"""Markup languages: the readable text and the regions of a document, one parser per language.

It must not know terms, acronyms or settings. Start with `block` (what a parser returns) and `prose` (readable
text whose offsets map to the document); `parsers` selects the parser of a language, `languages` the language
of a file. A parser is a module such as `plain`, or a package such as `markdown`.
"""

from glossary_ls.markup.languages import PLAIN, language_of
from glossary_ls.markup.parsers import language_named, parse, parser_for

__all__ = ["PLAIN", "language_named", "language_of", "parse", "parser_for"]
