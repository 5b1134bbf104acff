"""glossary_ls: a language server for the terms that people use in runbooks and design docs.

Importing the package loads neither pygls nor lsprotocol nor asyncio, so that the command line stays quick.
"""

__version__ = "0.1.0"
