"""The answer to `initialize` before pygls is loaded, which takes much longer than all of the answer.

It is what pygls answers, which a test compares for many clients; pygls handles the message, too, once it is
there, and its answer is dropped. This module must load neither pygls and lsprotocol nor asyncio nor the core.
"""

from __future__ import annotations

import json
import logging
import os
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import glossary_ls
from glossary_ls.lsp.client_flags import ClientFlags
from glossary_ls.lsp.framing import Frames, framed
from glossary_ls.lsp.from_lsp import find
from glossary_ls.lsp.jsonrpc import is_id

if TYPE_CHECKING:
    from glossary_ls.lsp.jsonrpc import Json

logger = logging.getLogger("glossary_ls")

#: The requests beyond the protocol, announced as experimental capabilities by the part after the slash.
CUSTOM_REQUESTS = (
    "glossary_ls/status",
    "glossary_ls/terms",
    "glossary_ls/term",
    "glossary_ls/guides",
    "glossary_ls/documentTerms",
    "glossary_ls/tokens",
)

#: The names of the commands.
COMMANDS = (
    "glossary_ls.addTerm",
    "glossary_ls.addTerms",
    "glossary_ls.acceptAcronym",
    "glossary_ls.reviewAcronyms",
    "glossary_ls.moreActions",
    "glossary_ls.changeGlossary",
    "glossary_ls.showEntry",
    "glossary_ls.reload",
    "glossary_ls.checkWorkspace",
    "glossary_ls.showStatus",
    "glossary_ls.openGlossary",
    "glossary_ls.showTerm",
    "glossary_ls.showGuide",
)

#: Folders matter as well as files.
_ALL_FILES: Json = {"filters": [{"pattern": {"glob": "**/*"}, "scheme": "file"}]}

_RENAME: Json = {"prepareProvider": True, "workDoneProgress": True}

_NOTEBOOKS: Json = {"notebook": "jupyter-notebook", "cells": [{"language": "markdown"}]}


class Hello(NamedTuple):
    """What was read before pygls was loaded: the first message, if there is one, and what follows it."""

    frames: Frames
    body: bytes | None
    is_answered: bool


def answer_first(source: BinaryIO, target: BinaryIO) -> Hello:
    """Wait for the first message, and answer it if it is a request to initialize."""
    frames = Frames()
    while not frames.is_over and (data := os.read(source.fileno(), 65536)):
        for body in frames.feed(data):
            answer = answer_to(body)
            if answer is not None:
                try:
                    target.write(framed(answer))
                    target.flush()
                except OSError:
                    logger.warning("the client is gone")
            return Hello(frames, body, answer is not None)
    return Hello(frames, None, is_answered=False)


def answer_to(body: bytes) -> str | None:
    """Return the answer to a request to initialize; None for every other message."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if find(message, "method") != "initialize" or not is_id(find(message, "id")):
        return None
    flags = ClientFlags(find(message, "params", "capabilities"))
    about: Json = {"name": "glossary_ls", "version": glossary_ls.__version__}
    result: Json = {"capabilities": _capabilities(flags), "serverInfo": about}
    return json.dumps({"jsonrpc": "2.0", "id": find(message, "id"), "result": result})


def _capabilities(flags: ClientFlags) -> dict[str, Json]:
    announced: dict[str, Json] = {
        "positionEncoding": flags.encoding.value,
        # 2: a change is sent as edits.
        "textDocumentSync": {"openClose": True, "change": 2, "save": True},
        "completionProvider": {
            "triggerCharacters": ["-"],
            "resolveProvider": flags.resolves_documentation,
        },
        "hoverProvider": True,
        "declarationProvider": True,
        "definitionProvider": True,
        "referencesProvider": {"workDoneProgress": True},
        "documentHighlightProvider": True,
        "documentSymbolProvider": True,
        "codeActionProvider": {
            "codeActionKinds": ["quickfix", "refactor.rewrite", "source.fixAll.glossary_ls"],
            "resolveProvider": True,
        },
        "codeLensProvider": {"resolveProvider": True},
        "documentLinkProvider": {"resolveProvider": False},
        "workspaceSymbolProvider": {"resolveProvider": False},
        # A client that does not ask first must not be told that it can.
        "renameProvider": _RENAME if flags.prepares_rename else True,
        "foldingRangeProvider": True,
        # A client that has a command of this name cannot register another; it can still execute ours.
        "executeCommandProvider": {"commands": [name for name in COMMANDS if name not in flags.commands]},
        "semanticTokensProvider": {
            # As in features.semantic_tokens, which a test compares.
            "legend": {"tokenTypes": ["variable"], "tokenModifiers": ["deprecated", "known", "unknown"]},
            "range": True,
            "full": {"delta": True},
        },
        "inlayHintProvider": {"resolveProvider": True},
        "workspace": {
            "workspaceFolders": {"supported": True, "changeNotifications": True},
            "fileOperations": dict.fromkeys(sorted(flags.file_operations), _ALL_FILES),
        },
        "experimental": {
            "glossary_ls": dict.fromkeys((name.partition("/")[2] for name in CUSTOM_REQUESTS), True)
        },
    }
    if flags.notebooks:
        announced["notebookDocumentSync"] = {"notebookSelector": [_NOTEBOOKS]}
    if flags.pull_diagnostics:
        # Diagnostics depend on glossaries, which are other files.
        announced["diagnosticProvider"] = {
            "interFileDependencies": True,
            "workspaceDiagnostics": True,
            "identifier": "glossary_ls",
        }
    return announced
