"""The workspace: open documents, glossary files and settings; the only mutable state of the core.

It knows no protocol, client or thread; the command line uses it as well. Start with `workspace`;
`definition_index` gathers what other documents define, `term_search` finds uses in files that are not open,
`remote_sources` decides which URLs are read.
"""
