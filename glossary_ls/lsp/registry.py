"""Which function answers which request and handles which notification: the place to start reading.

Each module of `handlers` lists its requests behind its functions. Loading this module loads the core; what is
announced about a method is in `capabilities`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from glossary_ls.lsp import notebooks, text_sync
from glossary_ls.lsp.handlers import (
    code_actions,
    commands,
    diagnostics,
    explanations,
    glossary_files,
    navigation,
    rename,
    semantic_tokens,
    views,
)
from glossary_ls.lsp.handlers.request import DocumentRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from glossary_ls.lsp.handlers.request import Request
    from glossary_ls.lsp.session import Session

REQUESTS: Mapping[str, Request[Any] | DocumentRequest[Any]] = {
    request.method: request
    for module in (
        code_actions,
        commands,
        diagnostics,
        explanations,
        glossary_files,
        navigation,
        rename,
        semantic_tokens,
        views,
    )
    for request in module.REQUESTS
}

#: The requests about a document that a setting disables.
FEATURES: tuple[DocumentRequest[Any], ...] = tuple(
    each for each in REQUESTS.values() if isinstance(each, DocumentRequest) and each.setting
)

NOTIFICATIONS: Mapping[str, Callable[[Session, object], None]] = {
    types.TEXT_DOCUMENT_DID_OPEN: text_sync.did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: text_sync.did_change,
    types.TEXT_DOCUMENT_DID_CLOSE: text_sync.did_close,
    types.TEXT_DOCUMENT_DID_SAVE: text_sync.did_save,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: text_sync.did_change_watched_files,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: text_sync.did_change_workspace_folders,
    types.WORKSPACE_DID_CREATE_FILES: text_sync.did_create_files,
    types.WORKSPACE_DID_RENAME_FILES: text_sync.did_rename_files,
    types.WORKSPACE_DID_DELETE_FILES: text_sync.did_delete_files,
    types.NOTEBOOK_DOCUMENT_DID_OPEN: notebooks.did_open,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE: notebooks.did_change,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE: notebooks.did_close,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: text_sync.did_change_configuration,
    types.WINDOW_WORK_DONE_PROGRESS_CANCEL: text_sync.cancel_progress,
}
