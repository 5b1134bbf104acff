"""Other programs: plugins for MkDocs, Python-Markdown and Sphinx, the Model Context Protocol, and Dask.

Each is one module that is imported by the program that it extends, which an extra of the package brings;
nothing else may import it. They ask `glossary_ls.api` and share `site` and `tooltips`, which know
none of those programs.
"""
