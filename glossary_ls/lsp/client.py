"""What the client can do, worked out once from its capabilities into plain booleans.

Capabilities are read from the JSON as it came: a malformed part of them is no reason not to start.
"""

from __future__ import annotations

from dataclasses import dataclass

from glossary_ls.lsp.messages import find
from glossary_ls.text import Encoding


@dataclass(frozen=True, slots=True)
class ClientFlags:
    """The client's abilities that change what the server does."""

    encoding: Encoding = Encoding.UTF16
    markdown_hover: bool = False
    markdown_documentation: bool = False
    deprecated_tag: bool = False
    hint_tooltips: bool = False
    code_description: bool = False
    related_information: bool = False
    diagnostic_data: bool = False
    pull_diagnostics: bool = False
    refresh_hints: bool = False
    watches_files: bool = False
    configuration: bool = False
    registers_configuration: bool = False


def flags(capabilities: object) -> ClientFlags:
    """Return what a client with these capabilities can do."""

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
    return ClientFlags(
        encoding=_encoding(capabilities),
        markdown_hover=lists("markdown", text, "hover", "contentFormat"),
        markdown_documentation=lists("markdown", *item, "documentationFormat"),
        deprecated_tag=lists(1, *item, "tagSupport", "valueSet"),
        hint_tooltips=lists("tooltip", text, "inlayHint", "resolveSupport", "properties"),
        code_description=has(*push, "codeDescriptionSupport"),
        related_information=has(*push, "relatedInformation"),
        diagnostic_data=has(*push, "dataSupport"),
        pull_diagnostics=pulls,
        refresh_hints=has("workspace", "inlayHint", "refreshSupport"),
        watches_files=has("workspace", "didChangeWatchedFiles", "dynamicRegistration"),
        configuration=has("workspace", "configuration"),
        registers_configuration=has("workspace", "didChangeConfiguration", "dynamicRegistration"),
    )


def _encoding(capabilities: object) -> Encoding:
    """Return the first of the client's encodings that we know; the protocol's default is UTF-16."""
    offered = find(capabilities, "general", "positionEncodings")
    known = [name for name in offered if name in tuple(Encoding)] if isinstance(offered, list) else []
    return Encoding(known[0]) if known else Encoding.UTF16
