"""Plugins of other programs: MkDocs, Python-Markdown, Sphinx, and the Model Context Protocol.

Each is one module that is imported by the program that it extends, which an extra of the package brings;
nothing else may import it. They ask `glossary_ls.api` and share `tooltips` and `glossary_page`, which know
none of those programs.
"""
