"""Notebooks: their Markdown cells are documents, each with a URI of its own.

A cell belongs to the file of its notebook, whose folder decides on its glossaries and settings. Code cells
are not scanned; a client that follows the announced selector does not send them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.lsp import text_sync
from glossary_ls.lsp.from_lsp import find, list_at, need

if TYPE_CHECKING:
    from glossary_ls.lsp.session import Session


def did_open(session: Session, params: object) -> None:
    """Open the cells of a notebook."""
    notebook = need(params, str, "notebookDocument", "uri")
    for cell in need(params, list, "cellTextDocuments"):
        _open(session, notebook, cell)


def did_change(session: Session, params: object) -> None:
    """Close the cells that are gone, open new ones, and apply the edits of the others.

    In this order, because a cell that was moved, or whose language was changed, is closed and opened.
    """
    notebook = need(params, str, "notebookDocument", "uri")
    cells = find(params, "change", "cells")
    for cell in list_at(cells, "structure", "didClose"):
        _close(session, cell)
    for cell in list_at(cells, "structure", "didOpen"):
        _open(session, notebook, cell)
    for changed in list_at(cells, "textContent"):
        edit = {"textDocument": find(changed, "document"), "contentChanges": find(changed, "changes")}
        if session.workspace.is_open(need(edit, str, "textDocument", "uri")):
            text_sync.did_change(session, edit)


def did_close(session: Session, params: object) -> None:
    """Close the cells of a notebook."""
    need(params, str, "notebookDocument", "uri")
    for cell in need(params, list, "cellTextDocuments"):
        _close(session, cell)


def _open(session: Session, notebook: str, cell: object) -> None:
    if find(cell, "languageId") == "markdown":
        text_sync.did_open(session, {"textDocument": cell}, paths.from_uri(notebook))


def _close(session: Session, cell: object) -> None:
    if session.workspace.is_open(need(cell, str, "uri")):
        text_sync.did_close(session, {"textDocument": cell})
