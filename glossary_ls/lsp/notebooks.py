"""Notebooks: their Markdown cells are documents like others, each with a URI of its own.

A cell belongs to the file of its notebook, whose folder decides on its glossaries and settings. What is in
cells of code is not looked at; a client that follows what is announced does not send them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.lsp import text_sync
from glossary_ls.lsp.messages import find, need

if TYPE_CHECKING:
    from glossary_ls.lsp.session import Session


def did_open(session: Session, params: object) -> None:
    """Take over the cells of a notebook."""
    notebook = need(params, str, "notebookDocument", "uri")
    for cell in need(params, list, "cellTextDocuments"):
        _open(session, notebook, cell)


def did_change(session: Session, params: object) -> None:
    """Give back the cells that are gone, take over new ones, and apply the edits of the others.

    In this order, because a cell that is moved, or of which another language is chosen, may be both.
    """
    notebook = need(params, str, "notebookDocument", "uri")
    cells = find(params, "change", "cells")
    for cell in _list(cells, "structure", "didClose"):
        _close(session, cell)
    for cell in _list(cells, "structure", "didOpen"):
        _open(session, notebook, cell)
    for changed in _list(cells, "textContent"):
        edit = {"textDocument": find(changed, "document"), "contentChanges": find(changed, "changes")}
        if session.workspace.is_open(need(edit, str, "textDocument", "uri")):
            text_sync.did_change(session, edit)


def did_close(session: Session, params: object) -> None:
    """Give the cells of a notebook back."""
    need(params, str, "notebookDocument", "uri")
    for cell in need(params, list, "cellTextDocuments"):
        _close(session, cell)


def _open(session: Session, notebook: str, cell: object) -> None:
    if find(cell, "languageId") == "markdown":
        text_sync.did_open(session, {"textDocument": cell}, paths.from_uri(notebook))


def _close(session: Session, cell: object) -> None:
    if session.workspace.is_open(need(cell, str, "uri")):
        text_sync.did_close(session, {"textDocument": cell})


def _list(raw: object, *keys: str) -> list[object]:
    found = find(raw, *keys)
    return found if isinstance(found, list) else []
