"""Starting the server. Importing this module is cheap: its functions load the protocol's libraries."""

from __future__ import annotations

import gc
import linecache
import logging
import sys
from typing import TYPE_CHECKING

from glossary_ls.lsp import early

if TYPE_CHECKING:
    from collections.abc import Callable

    from cattrs import Converter

    from glossary_ls.lsp.protocol import GlossaryServer
    from glossary_ls.lsp.tasks import Clock
    from glossary_ls.vfs.files import Files


def serve(*, tcp: tuple[str, int] | None = None, log_level: str = "warning") -> int:
    """Serve one client over standard input and output, or over TCP; return the process's exit code."""
    logging.basicConfig(
        stream=sys.stderr, level=log_level.upper(), format="%(levelname)s %(name)s: %(message)s"
    )
    # The protocol answers or logs itself what pygls logs with a traceback.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    if sys.stdin is None or sys.stdout is None:
        logging.getLogger("glossary_ls").error("standard input or output is closed")
        return 1
    # Nearly all that is loaded stays, and a key makes new lists of all entries, hardly any of them in a
    # circle: searching them for garbage would take a tenth of the loading, and longer than most answers.
    gc.set_threshold(50_000)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    # A stray print must not reach the client.
    sys.stdout = sys.stderr
    try:
        if tcp is not None:
            from glossary_ls.lsp.tcp import serve_tcp  # noqa: PLC0415  because few servers listen

            return serve_tcp(create_server(), *tcp)
        hello = early.answer_first(source, target)
        server = create_server()
        from glossary_ls.lsp.transport import serve_stdio  # noqa: PLC0415  because it loads asyncio

        return serve_stdio(server, source, target, hello)
    except KeyboardInterrupt:
        return 130


def create_server(
    files: Files | None = None,
    clock: Clock | None = None,
    converter_factory: Callable[[], Converter] | None = None,
) -> GlossaryServer:
    """Return a server that waits for its first message, by default on the disk and in real time."""
    # Loading the libraries creates a hundred thousand objects that live long, and classes that attrs
    # replaces. To search rarely takes as long as never to search, and needs 9 MB less.
    thresholds = gc.get_threshold()
    gc.set_threshold(20_000, 1_000)
    try:
        # Imported here, because they take longer than the whole rest of the program.
        from pygls.protocol import default_converter  # noqa: PLC0415

        from glossary_ls.lsp.protocol import GlossaryServer  # noqa: PLC0415
        from glossary_ls.lsp.tasks import LoopClock  # noqa: PLC0415

        server = GlossaryServer(files, clock or LoopClock(), converter_factory or default_converter)
        # attrs keeps the source of what it generates here, which takes 2 MB.
        linecache.clearcache()
    finally:
        gc.freeze()
        gc.set_threshold(*thresholds)
    return server
