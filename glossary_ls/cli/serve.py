"""`glossary-ls serve`: run the language server. It must not import the core before the client is answered."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glossary_ls.cli.arguments import number_from

if TYPE_CHECKING:
    import argparse

SUMMARY = "run the language server (the default)"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    transport = parser.add_mutually_exclusive_group()
    transport.add_argument("--stdio", action="store_true", help="use standard input and output (the default)")
    transport.add_argument(
        "--tcp", action="store_true", help="listen for one TCP client with a token, for debugging"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address for --tcp (default: %(default)s)")
    port = number_from(0, 65535)
    parser.add_argument("--port", type=port, default=8710, help="port for --tcp (default: %(default)s)")
    parser.add_argument(
        "--log-level",
        choices=("debug", "info", "warning", "error"),
        default="warning",
        help="lowest level of messages on standard error (default: %(default)s)",
    )


def run(options: argparse.Namespace) -> int:
    """Serve until the client exits, and return the exit code."""
    if not options.tcp and sys.stdin is not None and sys.stdin.isatty():
        hint = "see glossary-ls --help for commands for the terminal; press Ctrl-C to stop"
        print(f"glossary-ls: waiting for an editor on standard input ({hint})", file=sys.stderr)
    from glossary_ls.lsp.server import serve  # noqa: PLC0415  the protocol layer is slow to load

    return serve(tcp=(options.host, options.port) if options.tcp else None, log_level=options.log_level)
