"""What the server answers and hears: a feature is one row of a table.

A row names the protocol's method, the core's function, what the function takes, the setting that switches it
off, what is announced about it and who makes the answer; handlers and capabilities follow from it. Handlers
are plain functions that read a snapshot: none may be asynchronous, or it would see edits that came after its
request.

Functions are named, not imported: the client has its answer to `initialize` before the core is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Callable


class Takes(Enum):
    """What a feature is asked about, besides the document."""

    POSITION = auto()
    RANGE = auto()
    DOCUMENT = auto()


class Extra(Enum):
    """What else a request says that goes to the feature's function by name."""

    ASKED = auto()


@dataclass(frozen=True, slots=True)
class Feature:
    """One row: the answer to `method` is `run(document[, offset | span])` unless `setting` is off."""

    method: str
    run: str
    takes: Takes
    setting: str
    options: Callable[[], object] | None = None
    answer: str = "glossary_ls.lsp.answers:answer"
    extra: Extra | None = None


def _code_action_options() -> types.CodeActionOptions:
    kinds: list[types.CodeActionKind | str] = ["quickfix", "refactor.rewrite", "source.fixAll.glossary_ls"]
    return types.CodeActionOptions(code_action_kinds=kinds, resolve_provider=True)


def _completion_options() -> types.CompletionOptions:
    return types.CompletionOptions(resolve_provider=True, trigger_characters=["-"])


def _legend() -> types.SemanticTokensLegend:
    # As in features.semantic_tokens, which is not loaded for this; a test compares.
    return types.SemanticTokensLegend(
        token_types=["variable"], token_modifiers=["deprecated", "known", "unknown"]
    )


#: Who answers by looking at the rest of the workspace as well.
_AROUND = "glossary_ls.lsp.navigation:answer"

FEATURES = (
    Feature(types.TEXT_DOCUMENT_HOVER, "glossary_ls.features.by_file:hover", Takes.POSITION, "hover"),
    Feature(
        types.TEXT_DOCUMENT_COMPLETION,
        "glossary_ls.features.by_file:complete",
        Takes.POSITION,
        "completion",
        _completion_options,
        extra=Extra.ASKED,
    ),
    Feature(
        types.TEXT_DOCUMENT_INLAY_HINT,
        "glossary_ls.features.inlay_hints:inlay_hints",
        Takes.RANGE,
        "inlay_hints",
    ),
    Feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        "glossary_ls.features.code_actions:code_actions",
        Takes.RANGE,
        "code_actions",
        _code_action_options,
        "glossary_ls.lsp.actions:answer",
    ),
    Feature(
        types.TEXT_DOCUMENT_DEFINITION,
        "glossary_ls.features.definition:definition",
        Takes.POSITION,
        "navigation",
        answer=_AROUND,
    ),
    Feature(
        types.TEXT_DOCUMENT_DECLARATION,
        "glossary_ls.features.definition:definition",
        Takes.POSITION,
        "navigation",
        answer=_AROUND,
    ),
    Feature(
        types.TEXT_DOCUMENT_REFERENCES,
        "glossary_ls.features.references:references",
        Takes.POSITION,
        "navigation",
        lambda: types.ReferenceOptions(work_done_progress=True),
        "glossary_ls.lsp.navigation:find_references",
    ),
    Feature(
        types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT,
        "glossary_ls.features.references:highlights",
        Takes.POSITION,
        "navigation",
    ),
    Feature(
        types.TEXT_DOCUMENT_PREPARE_RENAME,
        "glossary_ls.features.rename:prepare_rename",
        Takes.POSITION,
        "navigation",
    ),
    Feature(
        types.TEXT_DOCUMENT_RENAME,
        "glossary_ls.features.rename:rename",
        Takes.POSITION,
        "navigation",
        answer="glossary_ls.lsp.renaming:answer",
    ),
    Feature(
        types.TEXT_DOCUMENT_DOCUMENT_LINK,
        "glossary_ls.features.links:links",
        Takes.DOCUMENT,
        "navigation",
    ),
    Feature(
        types.TEXT_DOCUMENT_DOCUMENT_SYMBOL,
        "glossary_ls.features.symbols:document_symbols",
        Takes.DOCUMENT,
        "symbols",
    ),
    Feature(
        types.TEXT_DOCUMENT_FOLDING_RANGE,
        "glossary_ls.features.folding:folds",
        Takes.DOCUMENT,
        "folding",
    ),
    Feature(
        types.TEXT_DOCUMENT_CODE_LENS,
        "glossary_ls.features.code_lens:lenses",
        Takes.DOCUMENT,
        "code_lens",
    ),
    Feature(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,
        "glossary_ls.features.semantic_tokens:tokens",
        Takes.DOCUMENT,
        "semantic_tokens",
        _legend,
        "glossary_ls.lsp.token_data:answer",
    ),
    Feature(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA,
        "glossary_ls.features.semantic_tokens:tokens",
        Takes.DOCUMENT,
        "semantic_tokens",
        _legend,
        "glossary_ls.lsp.token_data:answer",
    ),
    Feature(
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE,
        "glossary_ls.features.semantic_tokens:tokens_in",
        Takes.RANGE,
        "semantic_tokens",
        _legend,
        "glossary_ls.lsp.token_data:answer_in",
    ),
)

#: Requests that are about no document.
QUESTIONS = {types.WORKSPACE_SYMBOL: "glossary_ls.lsp.navigation:find_symbols"}

#: Requests that fill in an item of an earlier answer from the `data` that it carries.
RESOLVERS = {
    types.COMPLETION_ITEM_RESOLVE: "glossary_ls.lsp.answers:resolve_completion",
    types.INLAY_HINT_RESOLVE: "glossary_ls.lsp.answers:resolve_hint",
    types.CODE_ACTION_RESOLVE: "glossary_ls.lsp.actions:resolve",
    types.CODE_LENS_RESOLVE: "glossary_ls.lsp.navigation:resolve_lens",
}

#: The functions of requests that are about all open documents, whichever they name.
ALL_OPEN = frozenset(
    {
        "glossary_ls.lsp.navigation:find_references",
        "glossary_ls.lsp.navigation:resolve_lens",
        "glossary_ls.lsp.queries:term",
        "glossary_ls.lsp.renaming:answer",
    }
)

#: Answered only to clients that pull.
PULL = "glossary_ls.lsp.answers:pull_diagnostics"
PULL_ALL = "glossary_ls.lsp.workspace_diagnostics:answer"

#: Requests of our own, announced among the experimental capabilities by the part behind the slash.
CUSTOM = {
    "glossary_ls/status": "glossary_ls.lsp.queries:status",
    "glossary_ls/terms": "glossary_ls.lsp.queries:terms",
    "glossary_ls/term": "glossary_ls.lsp.queries:term",
    "glossary_ls/documentTerms": "glossary_ls.lsp.queries:document_terms",
    "glossary_ls/tokens": "glossary_ls.lsp.queries:tokens",
}

#: The one notification of our own, for clients that ask for it.
CHANGED = "glossary_ls/changed"

#: Commands that a client may have executed, each with its function.
EXECUTE = "glossary_ls.lsp.commands:execute"
COMMANDS = {
    "glossary_ls.addTerm": "glossary_ls.lsp.commands:add_term",
    "glossary_ls.acceptAcronym": "glossary_ls.lsp.commands:accept_acronym",
    "glossary_ls.reload": "glossary_ls.lsp.commands:reload",
    "glossary_ls.checkWorkspace": "glossary_ls.lsp.commands:check_workspace",
    "glossary_ls.showStatus": "glossary_ls.lsp.commands:show_status",
    "glossary_ls.openGlossary": "glossary_ls.lsp.commands:open_glossary",
    "glossary_ls.showTerm": "glossary_ls.lsp.commands:show_term",
}

#: Notifications, and the functions that they go to.
NEWS = {
    types.TEXT_DOCUMENT_DID_OPEN: "glossary_ls.lsp.text_sync:did_open",
    types.TEXT_DOCUMENT_DID_CHANGE: "glossary_ls.lsp.text_sync:did_change",
    types.TEXT_DOCUMENT_DID_CLOSE: "glossary_ls.lsp.text_sync:did_close",
    types.TEXT_DOCUMENT_DID_SAVE: "glossary_ls.lsp.text_sync:did_save",
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: "glossary_ls.lsp.text_sync:did_change_watched_files",
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: "glossary_ls.lsp.text_sync:did_change_workspace_folders",
    types.WORKSPACE_DID_CREATE_FILES: "glossary_ls.lsp.text_sync:did_create_files",
    types.WORKSPACE_DID_RENAME_FILES: "glossary_ls.lsp.text_sync:did_rename_files",
    types.WORKSPACE_DID_DELETE_FILES: "glossary_ls.lsp.text_sync:did_delete_files",
    types.NOTEBOOK_DOCUMENT_DID_OPEN: "glossary_ls.lsp.notebooks:did_open",
    types.NOTEBOOK_DOCUMENT_DID_CHANGE: "glossary_ls.lsp.notebooks:did_change",
    types.NOTEBOOK_DOCUMENT_DID_CLOSE: "glossary_ls.lsp.notebooks:did_close",
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: "glossary_ls.lsp.text_sync:did_change_configuration",
    types.WINDOW_WORK_DONE_PROGRESS_CANCEL: "glossary_ls.lsp.text_sync:cancel_progress",
}


_FILE_OPERATIONS = frozenset(
    {types.WORKSPACE_DID_CREATE_FILES, types.WORKSPACE_DID_RENAME_FILES, types.WORKSPACE_DID_DELETE_FILES}
)


def news_options(method: str) -> types.FileOperationRegistrationOptions | None:
    """Return what is announced about news of a kind: folders matter as well as files."""
    if method not in _FILE_OPERATIONS:
        return None
    everything = types.FileOperationFilter(pattern=types.FileOperationPattern(glob="**/*"), scheme="file")
    return types.FileOperationRegistrationOptions(filters=[everything])


def notebook_options() -> types.NotebookDocumentSyncOptions:
    """Return which notebooks are looked at, and which of their cells."""
    markdown = types.NotebookCellLanguage(language="markdown")
    selector = types.NotebookDocumentFilterWithNotebook(notebook="jupyter-notebook", cells=[markdown])
    return types.NotebookDocumentSyncOptions(notebook_selector=[selector])


def diagnostic_options() -> types.DiagnosticOptions:
    """Return what is announced to clients that pull: a glossary is another file that findings depend on."""
    return types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=True, identifier="glossary_ls"
    )


@lru_cache
def load(name: str) -> Callable[..., Any]:
    """Return the function that is named `module:function`."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found
