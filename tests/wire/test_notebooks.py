"""Notebooks over the wire: their Markdown cells are documents like others."""

from __future__ import annotations

from typing import Any

import pytest

from tests.memory_files import MemoryFiles
from tests.wire.harness import PULL, WireClient, merged, uri

NOTEBOOK = uri("sub/a.ipynb")
NOTEBOOKS: dict[str, Any] = {"notebookDocument": {"synchronization": {"dynamicRegistration": True}}}
TERMS = "terms:\n- term: QXZT\n  expansion: Queue Transfer\n"

#: How clients name cells.
SPELLINGS = ["vscode-notebook-cell:/ws/sub/a.ipynb#{}", "file:///ws/sub/a.ipynb#{}", "cell:{}"]


def item(target: str, text: str, language: str = "markdown") -> dict[str, Any]:
    return {"uri": target, "languageId": language, "version": 1, "text": text}


def opened(names: list[str], *texts: str, extra: dict[str, Any] | None = None) -> WireClient:
    files = MemoryFiles({"/ws/sub/glossary.yaml": TERMS})
    client = WireClient(capabilities=merged(NOTEBOOKS, extra or {}), files=files)
    items = [item(name, text) for name, text in zip(names, texts, strict=True)]
    cells = [{"kind": 1, "document": each["uri"]} for each in items]
    notebook = {"uri": NOTEBOOK, "notebookType": "jupyter-notebook", "version": 1, "cells": cells}
    client.notify("notebookDocument/didOpen", {"notebookDocument": notebook, "cellTextDocuments": items})
    return client


def change(client: WireClient, **cells: object) -> None:
    params = {"notebookDocument": {"uri": NOTEBOOK, "version": 2}, "change": {"cells": cells}}
    client.notify("notebookDocument/didChange", params)


def codes(client: WireClient, cell: str) -> list[str]:
    return [found["code"] for found in client.diagnostics(cell)]


def test_markdown_cells_are_wanted_from_clients_that_know_notebooks() -> None:
    announced = WireClient(capabilities=NOTEBOOKS).initialized["capabilities"]["notebookDocumentSync"]
    assert announced["notebookSelector"] == [
        {"notebook": "jupyter-notebook", "cells": [{"language": "markdown"}]}
    ]
    assert "notebookDocumentSync" not in WireClient().initialized["capabilities"]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_cells_have_hovers_and_findings_of_their_own(spelling: str) -> None:
    first, second, third = (spelling.format(name) for name in ("W0", "W1", "W2"))
    client = opened([first, second], "The QXZT.", "The QVZT.")
    assert "Queue Transfer" in (client.hover(first, 0, 5) or "")
    assert (codes(client, first), codes(client, second)) == ([], ["unknown-acronym"])
    edit = {
        "range": {"start": {"line": 0, "character": 4}, "end": {"line": 0, "character": 8}},
        "text": "QXZT",
    }
    change(client, textContent=[{"document": {"uri": second, "version": 2}, "changes": [edit]}])
    assert codes(client, second) == []
    assert "Queue Transfer" in (client.hover(second, 0, 5) or "")
    structure = {
        "array": {"start": 0, "deleteCount": 1, "cells": [{"kind": 1, "document": third}]},
        "didOpen": [item(third, "A QWZT.")],
        "didClose": [{"uri": second}],
    }
    change(client, structure=structure)
    assert codes(client, third) == ["unknown-acronym"]
    assert client.hover(second, 0, 5) is None
    client.notify(
        "notebookDocument/didClose",
        {"notebookDocument": {"uri": NOTEBOOK}, "cellTextDocuments": [{"uri": first}, {"uri": third}]},
    )
    assert client.hover(first, 0, 5) is None
    assert codes(client, third) == []


def test_cells_of_code_and_odd_messages_do_no_harm() -> None:
    client = opened(["cell:1"], "The QXZT.")
    change(client, structure={"didOpen": [item("cell:2", "QXZT", "python"), 5, {}]})
    assert client.hover("cell:2", 0, 0) is None
    change(client, structure=5, textContent=[{"document": 5}, {}])
    change(client, textContent=[{"document": {"uri": "cell:9", "version": 1}, "changes": []}])
    change(client, structure={"didClose": [{"uri": "cell:9"}, {"uri": 5}]})
    client.notify("notebookDocument/didClose", {"notebookDocument": 5})
    assert client.hover("cell:1", 0, 5)


@pytest.mark.parametrize("extra", [{}, PULL], ids=["push", "pull"])
def test_what_one_cell_spells_out_needs_no_explanation_in_the_others(extra: dict[str, Any]) -> None:
    client = opened(["cell:1", "cell:2"], "The QVZT.", "The QVZT again.", extra=extra)
    assert codes(client, "cell:1") == codes(client, "cell:2") == ["unknown-acronym"]
    edit = {"text": "Queue View Zone Table (QVZT) it is."}
    change(client, textContent=[{"document": {"uri": "cell:1", "version": 2}, "changes": [edit]}])
    assert codes(client, "cell:1") == []
    assert codes(client, "cell:2") == []
    change(client, structure={"didClose": [{"uri": "cell:1"}]})
    assert codes(client, "cell:2") == ["unknown-acronym"]


def test_a_cell_that_is_closed_and_opened_at_once_is_open() -> None:
    client = opened(["cell:1", "cell:2"], "The QXZT.", "Quick Valve Zone Tool (QVZT) it is.")
    # Moved, or made text from code: the client says that the old one is gone and the new one is there.
    structure = {
        "array": {"start": 1, "deleteCount": 1, "cells": [{"kind": 1, "document": "cell:1"}]},
        "didOpen": [item("cell:1", "The new QXZT.")],
        "didClose": [{"uri": "cell:1"}],
    }
    change(client, structure=structure)
    assert "Queue Transfer" in (client.hover("cell:1", 0, 10) or "")
    # Made code from text: cells of code are not looked at.
    change(client, structure={**structure, "didOpen": [item("cell:1", "QXZT = 1", "python")]})
    assert client.hover("cell:1", 0, 0) is None


def test_a_quick_fix_in_a_cell_writes_to_the_glossary_of_the_notebook() -> None:
    client = opened(["cell:1"], "The JKL.")
    (problem,) = client.diagnostics("cell:1")
    asked = {
        "textDocument": {"uri": "cell:1"},
        "range": problem["range"],
        "context": {"diagnostics": [problem]},
    }
    first = client.request("textDocument/codeAction", asked)[0]
    assert first["title"] == "Add 'JKL' to sub/glossary.yaml"
    edit = client.request("codeAction/resolve", first)["edit"]["documentChanges"][-1]
    assert edit["textDocument"]["uri"] == uri("sub/glossary.yaml")


def test_the_terms_of_a_cell_are_listed() -> None:
    client = opened(["cell:1"], "The QXZT.")
    found = client.request("glossary_ls/documentTerms", {"uri": "cell:1"})
    assert [row["name"] for row in found] == ["QXZT"]


def test_what_one_cell_spells_out_is_explained_in_the_others() -> None:
    client = opened(["cell:1", "cell:2"], "Queue View Zone Table (QVZT) it is.", "The QVZTs.\n\nThe QXZT.")
    client.settle()
    assert client.hover("cell:2", 0, 5) == (
        "**QVZT** \u2014 Queue View Zone Table\n\n*Defined in another cell of this notebook*"
    )
    assert "this document" in (client.hover("cell:1", 0, 24) or "")
    edit = {"text": "Quick Valve Zone Tool (QVZT) and query cross zone team (QXZT) it is."}
    change(client, textContent=[{"document": {"uri": "cell:1", "version": 2}, "changes": [edit]}])
    client.settle()
    assert "Quick Valve Zone Tool" in (client.hover("cell:2", 0, 5) or "")
    first, second = (client.hover("cell:2", 2, 5) or "").split("---")
    assert "query cross zone team" in first
    assert "Queue Transfer" in second
    change(client, structure={"didClose": [{"uri": "cell:1"}]})
    assert client.hover("cell:2", 0, 5) is None
