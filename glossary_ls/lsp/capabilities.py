"""The server's capabilities as pygls announces them: what is answered, in one table.

A client over standard input has the same from `early` before this module is loaded; a test compares the two.
The functions behind the methods are in `registry`, which a test compares, too. It must not import the core.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from glossary_ls.lsp.early import CUSTOM_REQUESTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glossary_ls.lsp.client_flags import ClientFlags


#: As in features.semantic_tokens, which a test compares.
_LEGEND = types.SemanticTokensLegend(
    token_types=["variable"], token_modifiers=["deprecated", "known", "unknown"]
)

#: Folders matter as well as files.
_ALL_FILES = types.FileOperationRegistrationOptions(
    filters=[types.FileOperationFilter(pattern=types.FileOperationPattern(glob="**/*"), scheme="file")]
)

#: The requests that are answered, each with its options, if it has any.
REQUESTS: Mapping[str, object] = {
    types.TEXT_DOCUMENT_HOVER: None,
    types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(resolve_provider=True, trigger_characters=["-"]),
    types.COMPLETION_ITEM_RESOLVE: None,
    types.TEXT_DOCUMENT_INLAY_HINT: None,
    types.INLAY_HINT_RESOLVE: None,
    types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(
        code_action_kinds=["quickfix", "refactor.rewrite", "source.fixAll.glossary_ls"], resolve_provider=True
    ),
    types.CODE_ACTION_RESOLVE: None,
    types.TEXT_DOCUMENT_DEFINITION: None,
    types.TEXT_DOCUMENT_DECLARATION: None,
    types.TEXT_DOCUMENT_REFERENCES: types.ReferenceOptions(work_done_progress=True),
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: None,
    types.TEXT_DOCUMENT_PREPARE_RENAME: None,
    types.TEXT_DOCUMENT_RENAME: None,
    types.TEXT_DOCUMENT_DOCUMENT_LINK: None,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: None,
    types.TEXT_DOCUMENT_FOLDING_RANGE: None,
    types.TEXT_DOCUMENT_CODE_LENS: None,
    types.CODE_LENS_RESOLVE: None,
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: _LEGEND,
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA: _LEGEND,
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE: _LEGEND,
    types.WORKSPACE_SYMBOL: None,
    types.WORKSPACE_EXECUTE_COMMAND: None,
}

#: The requests that are answered only to clients that pull diagnostics.
PULL_REQUESTS: Mapping[str, object] = {
    # Diagnostics depend on glossaries, which are other files.
    types.TEXT_DOCUMENT_DIAGNOSTIC: types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=True, identifier="glossary_ls"
    ),
    types.WORKSPACE_DIAGNOSTIC: None,
}

#: The notifications that are handled, each with its options, if it has any.
NOTIFICATIONS: Mapping[str, object] = {
    types.TEXT_DOCUMENT_DID_OPEN: None,
    types.TEXT_DOCUMENT_DID_CHANGE: None,
    types.TEXT_DOCUMENT_DID_CLOSE: None,
    types.TEXT_DOCUMENT_DID_SAVE: None,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: None,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: None,
    types.WORKSPACE_DID_CREATE_FILES: _ALL_FILES,
    types.WORKSPACE_DID_RENAME_FILES: _ALL_FILES,
    types.WORKSPACE_DID_DELETE_FILES: _ALL_FILES,
    types.NOTEBOOK_DOCUMENT_DID_OPEN: None,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE: None,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE: None,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: None,
    types.WINDOW_WORK_DONE_PROGRESS_CANCEL: None,
}


def notebook_options() -> types.NotebookDocumentSyncOptions:
    """Return which notebooks, and which of their cells, a client is to send."""
    markdown = types.NotebookCellLanguage(language="markdown")
    selector = types.NotebookDocumentFilterWithNotebook(notebook="jupyter-notebook", cells=[markdown])
    return types.NotebookDocumentSyncOptions(notebook_selector=[selector])


def client_capabilities(flags: ClientFlags) -> types.ClientCapabilities:
    """Return the client's capabilities as far as pygls needs them.

    Nothing else in them reaches pygls, whose types reject values that are newer than they are.
    """
    operations = types.FileOperationClientCapabilities(
        did_create="didCreate" in flags.file_operations,
        did_rename="didRename" in flags.file_operations,
        did_delete="didDelete" in flags.file_operations,
    )
    notebooks = types.NotebookDocumentSyncClientCapabilities()
    rename = types.RenameClientCapabilities(prepare_support=flags.prepares_rename)
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(
            position_encodings=[types.PositionEncodingKind(flags.encoding.value)]
        ),
        text_document=types.TextDocumentClientCapabilities(rename=rename),
        workspace=types.WorkspaceClientCapabilities(file_operations=operations),
        notebook_document=(types.NotebookDocumentClientCapabilities(notebooks) if flags.notebooks else None),
    )


def complete(capabilities: types.ServerCapabilities) -> None:
    """Add to the capabilities that pygls has made what it cannot announce."""
    if isinstance(rename := capabilities.rename_provider, types.RenameOptions):
        rename.work_done_progress = True
    custom = {method.partition("/")[2]: True for method in CUSTOM_REQUESTS}
    capabilities.experimental = {"glossary_ls": custom}
