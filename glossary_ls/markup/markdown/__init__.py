"""Markdown: CommonMark, the GitHub extensions, MDX and the extensions of documentation generators.

It must not know other markup languages. Start with `parser`, which combines the two phases of CommonMark:
`blocks` (line structure, with `lines` for its state and `patterns` for its regular expressions) and `inline`
(with `links`, `emphasis`, `tags` and `tokens`).
"""

from glossary_ls.markup.markdown.parser import parse, parse_mdx

__all__ = ["parse", "parse_mdx"]
