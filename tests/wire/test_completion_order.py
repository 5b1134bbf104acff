"""Completion offers first what the workspace uses: its open documents, or all once they were looked at."""

from __future__ import annotations

from tests.wire.harness import WireClient, uri

FILES = {
    "glossary.yaml": "zonk alpha: The first.\nzonk beta: The second.\nzonk gamma: The third.\n",
    "closed.md": "A zonk gamma, and a zonk gamma.",
}


def offers(client: WireClient) -> list[str]:
    """Return what is offered for what stands at the start of the document."""
    items = client.at("textDocument/completion", uri("doc.md"), 0, 4)["items"]
    return [item["label"] for item in items if item["label"].startswith("zonk")]


def test_what_other_open_documents_use_comes_first() -> None:
    client = WireClient(files=FILES)
    client.open(uri("doc.md"), "markdown", "zonk")
    assert offers(client) == ["zonk alpha", "zonk beta", "zonk gamma"]
    client.open(uri("other.md"), "markdown", "A zonk beta.")
    client.settle()
    assert offers(client) == ["zonk beta", "zonk alpha", "zonk gamma"]
    client.close(uri("other.md"))
    assert offers(client) == ["zonk alpha", "zonk beta", "zonk gamma"]


def test_once_all_documents_were_looked_at_they_count() -> None:
    client = WireClient(files=FILES)
    client.open(uri("doc.md"), "markdown", "zonk")
    client.request("glossary_ls/terms", {"uses": True})
    assert offers(client) == ["zonk gamma", "zonk alpha", "zonk beta"]


def test_what_the_document_uses_itself_comes_before_that() -> None:
    client = WireClient(files=FILES)
    client.open(uri("other.md"), "markdown", "A zonk beta.")
    client.open(uri("doc.md"), "markdown", "zonk\n\nA zonk gamma.")
    client.settle()
    assert offers(client) == ["zonk gamma", "zonk beta", "zonk alpha"]
