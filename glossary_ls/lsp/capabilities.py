"""What the server can do: the requests, notifications and commands, and how they are announced.

The functions behind the methods are in `registry`, which a test compares. This module must load neither pygls
and lsprotocol nor the core, because the answer to `initialize` does not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary_ls.lsp.client_flags import ClientFlags
    from glossary_ls.lsp.jsonrpc import Json

#: The requests that are answered.
REQUESTS = (
    "textDocument/hover",
    "textDocument/completion",
    "completionItem/resolve",
    "textDocument/inlayHint",
    "inlayHint/resolve",
    "textDocument/codeAction",
    "codeAction/resolve",
    "textDocument/definition",
    "textDocument/declaration",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/documentLink",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/codeLens",
    "codeLens/resolve",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
    "workspace/symbol",
    "workspace/executeCommand",
)

#: The requests that are answered only to clients that pull diagnostics.
PULL_REQUESTS = ("textDocument/diagnostic", "workspace/diagnostic")

#: The notifications that are handled.
NOTIFICATIONS = (
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
    "workspace/didCreateFiles",
    "workspace/didRenameFiles",
    "workspace/didDeleteFiles",
    "notebookDocument/didOpen",
    "notebookDocument/didChange",
    "notebookDocument/didClose",
    "workspace/didChangeConfiguration",
    "window/workDoneProgress/cancel",
)

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

_NOTEBOOKS: Json = {"notebook": "jupyter-notebook", "cells": [{"language": "markdown"}]}


def announced(flags: ClientFlags) -> dict[str, Json]:
    """Return the capabilities of the server for a client."""
    found: dict[str, Json] = {
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
        "renameProvider": {"prepareProvider": True, "workDoneProgress": True}
        if flags.prepares_rename
        else True,
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
        found["notebookDocumentSync"] = {"notebookSelector": [_NOTEBOOKS]}
    if flags.pull_diagnostics:
        # Diagnostics depend on glossaries, which are other files.
        found["diagnosticProvider"] = {
            "interFileDependencies": True,
            "workspaceDiagnostics": True,
            "identifier": "glossary_ls",
        }
    return found
