"""`glossary-ls mcp`: answer coding agents that speak the Model Context Protocol.

It must not import the SDK before it runs, which an extra of the package brings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.api import ProjectError
from glossary_ls.cli.errors import InputError
from glossary_ls.cli.project import add_root

if TYPE_CHECKING:
    import argparse

SUMMARY = "let coding agents look terms up and check texts (Model Context Protocol)"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Serve on standard input and output until the client ends."""
    try:
        from glossary_ls.integrations import mcp  # noqa: PLC0415  slow to load, and may be missing
    except ModuleNotFoundError as error:
        message = f"{error.name} is not installed; install the extra: pip install 'glossary-ls[mcp]'"
        raise InputError(message) from error
    try:
        server = mcp.server(options.root)
    except ProjectError as error:
        raise InputError(str(error)) from error
    server.run("stdio")
    return 0
