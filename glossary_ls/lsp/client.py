"""What the client can do, worked out once from its capabilities into plain booleans.

Capabilities are read from the JSON as it came: a malformed part of them is no reason not to start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from glossary_ls.base.text import Encoding
from glossary_ls.lsp.messages import find

_OLD_NEOVIM = re.compile(r"v?0\.(?:\d|1[01])\b")


@dataclass(frozen=True, slots=True)
class ClientFlags:
    """The client's abilities that change what the server does."""

    encoding: Encoding = Encoding.UTF16
    markdown_hover: bool = False
    markdown_documentation: bool = False
    deprecated_tag: bool = False
    resolves_documentation: bool = True
    cuts_words: bool = False
    hint_resolves: frozenset[str] = frozenset()
    asks_at_locations: bool = False
    code_description: bool = False
    related_information: bool = False
    pull_diagnostics: bool = False
    action_literals: bool = False
    preferred_actions: bool = False
    lazy_actions: bool = False
    document_changes: bool = False
    creates_files: bool = False
    ends_files: bool = False
    change_annotations: bool = False
    location_links: bool = False
    link_tooltips: bool = False
    symbol_trees: bool = False
    symbol_tags: bool = False
    prepares_rename: bool = False
    shows_references: bool = False
    applies_edits: bool = False
    shows_documents: bool = False
    commands: frozenset[str] = frozenset()
    hears_changes: bool = False
    notebooks: bool = False
    file_operations: frozenset[str] = frozenset()
    refresh_tokens: bool = False
    refresh_lenses: bool = False
    refresh_hints: bool = False
    watches_files: bool = False
    configuration: bool = False
    registers_configuration: bool = False
    work_done_progress: bool = False


def flags(capabilities: object, client: object = None) -> ClientFlags:
    """Return what a client with these capabilities can do; `client` is how it introduces itself."""

    def has(*keys: str) -> bool:
        return find(capabilities, *keys) is True

    def lists(item: object, *keys: str) -> bool:
        found = find(capabilities, *keys)
        return isinstance(found, list) and item in found

    text = "textDocument"
    # A client that is asked to pull but cannot be told to pull again shows outdated findings.
    pulls = isinstance(find(capabilities, text, "diagnostic"), dict)
    pulls = pulls and has("workspace", "diagnostics", "refreshSupport")
    push = (text, "diagnostic" if pulls else "publishDiagnostics")
    item = (text, "completion", "completionItem")
    action = (text, "codeAction")
    edit = ("workspace", "workspaceEdit")
    creates = lists("create", *edit, "resourceOperations")
    # Clients of before this capability resolve the documentation, too.
    resolves = find(capabilities, *item, "resolveSupport") is None
    named = find(capabilities, "experimental", "commands", "commands")
    commands = (
        frozenset(name for name in named if isinstance(name, str)) if isinstance(named, list) else frozenset()
    )
    return ClientFlags(
        encoding=_encoding(capabilities),
        markdown_hover=lists("markdown", text, "hover", "contentFormat"),
        markdown_documentation=lists("markdown", *item, "documentationFormat"),
        deprecated_tag=lists(1, *item, "tagSupport", "valueSet"),
        resolves_documentation=resolves or lists("documentation", *item, "resolveSupport", "properties"),
        cuts_words=has(*item, "snippetSupport") and _cuts_words(client),
        hint_resolves=_hint_properties(find(capabilities, text, "inlayHint", "resolveSupport", "properties")),
        asks_at_locations=has("experimental", "glossary_ls", "asksAtLocations"),
        code_description=has(*push, "codeDescriptionSupport"),
        related_information=has(*push, "relatedInformation"),
        pull_diagnostics=pulls,
        action_literals=isinstance(find(capabilities, *action, "codeActionLiteralSupport"), dict),
        preferred_actions=has(*action, "isPreferredSupport"),
        lazy_actions=has(*action, "dataSupport") and lists("edit", *action, "resolveSupport", "properties"),
        # Neovim names the operations on files only, which have no other place than among document changes.
        document_changes=has(*edit, "documentChanges") or creates,
        creates_files=creates,
        # Neovim adds the line end of the last line when it saves.
        ends_files=find(client, "name") == "Neovim",
        change_annotations=(has(*edit, "documentChanges") or creates)
        and isinstance(find(capabilities, *edit, "changeAnnotationSupport"), dict),
        # A client that knows links for one of the two knows them for the other.
        location_links=has(text, "definition", "linkSupport"),
        link_tooltips=has(text, "documentLink", "tooltipSupport"),
        symbol_trees=has(text, "documentSymbol", "hierarchicalDocumentSymbolSupport"),
        symbol_tags=lists(1, text, "documentSymbol", "tagSupport", "valueSet"),
        prepares_rename=has(text, "rename", "prepareSupport"),
        shows_references="glossary_ls.showReferences" in commands,
        commands=commands,
        hears_changes=has("experimental", "glossary_ls", "changed"),
        applies_edits=has("workspace", "applyEdit"),
        shows_documents=has("window", "showDocument", "support"),
        notebooks=isinstance(find(capabilities, "notebookDocument", "synchronization"), dict),
        file_operations=frozenset(
            name
            for name in ("didCreate", "didRename", "didDelete")
            if has("workspace", "fileOperations", name)
        ),
        refresh_tokens=has("workspace", "semanticTokens", "refreshSupport"),
        refresh_lenses=has("workspace", "codeLens", "refreshSupport"),
        refresh_hints=has("workspace", "inlayHint", "refreshSupport"),
        watches_files=has("workspace", "didChangeWatchedFiles", "dynamicRegistration"),
        configuration=has("workspace", "configuration"),
        registers_configuration=has("workspace", "didChangeConfiguration", "dynamicRegistration"),
        work_done_progress=has("window", "workDoneProgress"),
    )


def _hint_properties(listed: object) -> frozenset[str]:
    """Return what a client asks for later about an inlay hint; Neovim calls the location by its last name."""
    names = {name for name in listed if isinstance(name, str)} if isinstance(listed, list) else set()
    return frozenset(names | {"label.location"} if "location" in names else names)


def _cuts_words(client: object) -> bool:
    """Tell whether a client inserts only the first word of an offer, as Neovim did before 0.12."""
    version = find(client, "version")
    return find(client, "name") == "Neovim" and isinstance(version, str) and bool(_OLD_NEOVIM.match(version))


def _encoding(capabilities: object) -> Encoding:
    """Return the first of the client's encodings that we know; the protocol's default is UTF-16."""
    offered = find(capabilities, "general", "positionEncodings")
    known = [name for name in offered if name in tuple(Encoding)] if isinstance(offered, list) else []
    return Encoding(known[0]) if known else Encoding.UTF16
