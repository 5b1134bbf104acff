"""The client's capabilities as plain booleans.

They are read from untrusted JSON: a malformed part of them must not keep the server from starting.
"""

from __future__ import annotations

import re

from glossary_ls.base.text import Encoding
from glossary_ls.lsp.from_lsp import find, list_at

_OLD_NEOVIM = re.compile(r"v?0\.(?:\d|1[01])\b")


class ClientFlags:
    """The capabilities of the client that change what the server does; read-only.

    They are read from the `capabilities` and the `clientInfo` of `initialize`.
    """

    def __init__(self, capabilities: object, client: object = None) -> None:
        def has(*keys: str) -> bool:
            return find(capabilities, *keys) is True

        def lists(item: object, *keys: str) -> bool:
            return item in list_at(capabilities, *keys)

        def describes(*keys: str) -> bool:
            return isinstance(find(capabilities, *keys), dict)

        text = "textDocument"
        # Without a refresh, a client that pulls would show outdated diagnostics.
        pulls = describes(text, "diagnostic") and has("workspace", "diagnostics", "refreshSupport")
        push = (text, "diagnostic" if pulls else "publishDiagnostics")
        item = (text, "completion", "completionItem")
        action = (text, "codeAction")
        edit = ("workspace", "workspaceEdit")
        creates = lists("create", *edit, "resourceOperations")
        # Clients older than this capability resolve the documentation, too.
        resolves = find(capabilities, *item, "resolveSupport") is None
        self.commands = frozenset(map(str, list_at(capabilities, "experimental", "commands", "commands")))
        self.encoding = _encoding(capabilities)
        self.markdown_hover = lists("markdown", text, "hover", "contentFormat")
        self.markdown_documentation = lists("markdown", *item, "documentationFormat")
        self.label_details = has(*item, "labelDetailsSupport")
        self.deprecated_tag = lists(1, *item, "tagSupport", "valueSet")
        self.resolves_documentation = resolves or lists(
            "documentation", *item, "resolveSupport", "properties"
        )
        self.cuts_words = has(*item, "snippetSupport") and _cuts_words(client)
        self.hint_resolves = _hint_properties(
            list_at(capabilities, text, "inlayHint", "resolveSupport", "properties")
        )
        self.asks_at_locations, self.links_terms = (
            has("experimental", "glossary_ls", name) for name in ("asksAtLocations", "linksTerms")
        )
        self.code_description = has(*push, "codeDescriptionSupport")
        self.related_information = has(*push, "relatedInformation")
        self.pull_diagnostics = pulls
        self.action_literals = describes(*action, "codeActionLiteralSupport")
        self.preferred_actions = has(*action, "isPreferredSupport")
        resolves_edits = lists("edit", *action, "resolveSupport", "properties")
        self.lazy_actions = has(*action, "dataSupport") and resolves_edits
        # Neovim announces only resource operations, which are document changes.
        self.document_changes = has(*edit, "documentChanges") or creates
        self.creates_files = creates
        # Neovim adds the last line break when it saves.
        self.ends_files = find(client, "name") == "Neovim"
        takes_snippets = has(*edit, "snippetEditSupport") and not self.asks_expansions
        self.snippet_edits, self.change_annotations = (
            self.document_changes and supported
            for supported in (takes_snippets, describes(*edit, "changeAnnotationSupport"))
        )
        # It holds for `textDocument/declaration` as well.
        self.location_links = has(text, "definition", "linkSupport")
        self.link_tooltips = has(text, "documentLink", "tooltipSupport")
        self.symbol_trees = has(text, "documentSymbol", "hierarchicalDocumentSymbolSupport")
        self.symbol_tags = lists(1, text, "documentSymbol", "tagSupport", "valueSet")
        self.prepares_rename = has(text, "rename", "prepareSupport")
        self.wants_changes = has("experimental", "glossary_ls", "changed")
        self.applies_edits = has("workspace", "applyEdit")
        self.shows_documents = has("window", "showDocument", "support")
        self.notebooks = describes("notebookDocument", "synchronization")
        self.file_operations = {
            name
            for name in ("didCreate", "didRename", "didDelete")
            if has("workspace", "fileOperations", name)
        }
        self.refresh_tokens = has("workspace", "semanticTokens", "refreshSupport")
        self.refresh_lenses = has("workspace", "codeLens", "refreshSupport")
        self.refresh_hints = has("workspace", "inlayHint", "refreshSupport")
        self.watches_files = has("workspace", "didChangeWatchedFiles", "dynamicRegistration")
        self.configuration = has("workspace", "configuration")
        self.registers_configuration = has("workspace", "didChangeConfiguration", "dynamicRegistration")
        self.work_done_progress = has("window", "workDoneProgress")

    @property
    def shows_references(self) -> bool:
        """Whether the client shows the places that a code lens has counted."""
        return "glossary_ls.showReferences" in self.commands

    @property
    def asks_expansions(self) -> bool:
        """Whether the client asks the user what an acronym stands for before it is added."""
        return "glossary_ls.askExpansion" in self.commands


def _hint_properties(listed: list[object]) -> frozenset[str]:
    """Return the properties of an inlay hint that a client resolves; Neovim shortens `label.location`."""
    names = {name for name in listed if isinstance(name, str)}
    return frozenset(names | {"label.location"} if "location" in names else names)


def _cuts_words(client: object) -> bool:
    """Return whether a client inserts only the first word of an item, as Neovim did before 0.12."""
    version = find(client, "version")
    return find(client, "name") == "Neovim" and isinstance(version, str) and bool(_OLD_NEOVIM.match(version))


def _encoding(capabilities: object) -> Encoding:
    """Return the first known encoding of the client's list; the default of the protocol is UTF-16."""
    offered = list_at(capabilities, "general", "positionEncodings")
    return next((each for name in offered for each in Encoding if each == name), Encoding.UTF16)
