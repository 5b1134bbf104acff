"""Which function answers which request and handles which notification: the place to start reading.

Loading this module loads the core. What is announced about a method is in `capabilities`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from glossary_ls.lsp import from_lsp, notebooks, text_sync
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
from glossary_ls.lsp.handlers.request import DocumentRequest, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from glossary_ls.lsp.session import Session

#: The requests about a document that a setting switches off.
FEATURES: tuple[DocumentRequest[Any], ...] = (
    DocumentRequest(types.TEXT_DOCUMENT_HOVER, explanations.hover, from_lsp.offset, "hover"),
    DocumentRequest(types.TEXT_DOCUMENT_COMPLETION, explanations.complete, from_lsp.completion, "completion"),
    DocumentRequest(types.TEXT_DOCUMENT_INLAY_HINT, explanations.hint_list, from_lsp.span, "inlay_hints"),
    DocumentRequest(
        types.TEXT_DOCUMENT_CODE_ACTION, code_actions.actions, from_lsp.code_action, "code_actions"
    ),
    DocumentRequest(types.TEXT_DOCUMENT_DEFINITION, navigation.definition, from_lsp.offset, "navigation"),
    DocumentRequest(types.TEXT_DOCUMENT_DECLARATION, navigation.definition, from_lsp.offset, "navigation"),
    DocumentRequest(
        types.TEXT_DOCUMENT_REFERENCES,
        navigation.find_references,
        from_lsp.references,
        "navigation",
        needs_all_open=True,
    ),
    DocumentRequest(
        types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, navigation.highlights, from_lsp.offset, "navigation"
    ),
    DocumentRequest(types.TEXT_DOCUMENT_PREPARE_RENAME, rename.prepare, from_lsp.offset, "navigation"),
    DocumentRequest(
        types.TEXT_DOCUMENT_RENAME, rename.rename, from_lsp.rename, "navigation", needs_all_open=True
    ),
    DocumentRequest(
        types.TEXT_DOCUMENT_DOCUMENT_LINK, navigation.document_links, from_lsp.nothing, "navigation"
    ),
    DocumentRequest(
        types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, glossary_files.document_symbols, from_lsp.nothing, "symbols"
    ),
    DocumentRequest(
        types.TEXT_DOCUMENT_FOLDING_RANGE, glossary_files.folding_ranges, from_lsp.nothing, "folding"
    ),
    DocumentRequest(types.TEXT_DOCUMENT_CODE_LENS, glossary_files.code_lenses, from_lsp.nothing, "code_lens"),
    DocumentRequest(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, semantic_tokens.full, from_lsp.nothing, "semantic_tokens"
    ),
    DocumentRequest(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA,
        semantic_tokens.full,
        from_lsp.previous_result,
        "semantic_tokens",
    ),
    DocumentRequest(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, semantic_tokens.in_range, from_lsp.span, "semantic_tokens"
    ),
)

#: The other requests.
OTHERS: tuple[Request[Any] | DocumentRequest[Any], ...] = (
    Request(types.COMPLETION_ITEM_RESOLVE, explanations.resolve_completion, from_lsp.item),
    Request(types.INLAY_HINT_RESOLVE, explanations.resolve_hint, from_lsp.item),
    Request(types.CODE_ACTION_RESOLVE, code_actions.resolve, from_lsp.item),
    Request(types.CODE_LENS_RESOLVE, glossary_files.resolve_lens, from_lsp.item, needs_all_open=True),
    Request(types.WORKSPACE_SYMBOL, navigation.find_symbols, from_lsp.query),
    Request(types.WORKSPACE_EXECUTE_COMMAND, commands.execute, from_lsp.command),
    Request(types.TEXT_DOCUMENT_DIAGNOSTIC, diagnostics.pull, from_lsp.diagnostic),
    Request(types.WORKSPACE_DIAGNOSTIC, diagnostics.pull_all, from_lsp.workspace_diagnostic),
    Request("glossary_ls/status", views.status, from_lsp.uri),
    Request("glossary_ls/terms", views.terms, from_lsp.terms),
    Request("glossary_ls/term", views.term, from_lsp.term, needs_all_open=True),
    DocumentRequest("glossary_ls/documentTerms", views.document_terms, from_lsp.optional_offset),
    DocumentRequest("glossary_ls/tokens", views.tokens, from_lsp.optional_span),
)

REQUESTS: Mapping[str, Request[Any] | DocumentRequest[Any]] = {
    request.method: request for request in (*FEATURES, *OTHERS)
}

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
