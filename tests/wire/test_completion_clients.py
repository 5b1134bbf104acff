"""Completion for clients that cannot resolve the documentation, or that cut a phrase to its first word."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wire.harness import WireClient, uri

GLOSSARY = {"glossary.yaml": "- {term: load $balancing, definition: Sharing.}\n- {term: loading}\n"}
SNIPPETS = {"textDocument": {"completion": {"completionItem": {"snippetSupport": True}}}}
NO_RESOLVE = {
    "textDocument": {"completion": {"completionItem": {"resolveSupport": {"properties": ["command"]}}}}
}


def offered(client: WireClient) -> list[dict[str, Any]]:
    """Return the items for `load`."""
    client.open(uri("doc.md"), "markdown", "load")
    items: list[dict[str, Any]] = client.at("textDocument/completion", uri("doc.md"), 0, 4)["items"]
    return [item for item in items if item["label"] in {"load $balancing", "loading"}]


@pytest.mark.parametrize(
    ("version", "cuts"), [("0.11.4", True), ("0.9.0", True), ("0.12.0", False), ("1.0.0", False)]
)
def test_old_neovim_gets_phrases_as_snippets(version: str, *, cuts: bool) -> None:
    client = WireClient(
        files=GLOSSARY, capabilities=SNIPPETS, clientInfo={"name": "Neovim", "version": version}
    )
    phrase, word = offered(client)
    assert ("insertTextFormat" in phrase) is cuts
    assert phrase["textEdit"]["newText"] == (r"load \$balancing" if cuts else "load $balancing")
    assert "insertTextFormat" not in word


def test_other_clients_get_plain_text() -> None:
    client = WireClient(files=GLOSSARY, capabilities=SNIPPETS, clientInfo={"name": "Emacs", "version": "0.9"})
    assert all("insertTextFormat" not in item for item in offered(client))


def test_documentation_comes_at_once_when_it_cannot_be_asked_for_later() -> None:
    client = WireClient(files=GLOSSARY, capabilities=NO_RESOLVE)
    assert "Sharing." in offered(client)[0]["documentation"]["value"]
    assert client.initialized["capabilities"]["completionProvider"]["resolveProvider"] is False


@pytest.mark.parametrize("capabilities", [{}, NO_RESOLVE])
def test_each_sense_has_its_own_documentation(capabilities: dict[str, Any]) -> None:
    senses = ("summary: a joke", "expansion: Queue in Place", "summary: a knot")
    glossary = "".join(f"- {{term: Quip, {sense}}}\n" for sense in senses)
    client = WireClient(files={"glossary.yaml": glossary}, capabilities=capabilities)
    client.open(uri("doc.md"), "markdown", "Qui")
    items = client.at("textDocument/completion", uri("doc.md"), 0, 3)["items"]
    if not capabilities:
        items = [client.request("completionItem/resolve", item) for item in items]
    quips = {item["detail"]: item["documentation"]["value"] for item in items if item["label"] == "Quip"}
    assert set(quips) == {"a joke", "Queue in Place", "a knot"}
    assert all(gist in text for gist, text in quips.items())


def test_documentation_comes_later_when_it_can() -> None:
    client = WireClient(files=GLOSSARY)
    phrase = offered(client)[0]
    assert "documentation" not in phrase
    assert "Sharing." in client.request("completionItem/resolve", phrase)["documentation"]["value"]


@pytest.mark.parametrize("has_label_details", [True, False])
def test_items_with_the_same_label_name_their_glossaries(*, has_label_details: bool) -> None:
    client = WireClient(
        files={
            "glossary.yaml": "- {term: QXT, expansion: Quick Xfer}\n- {term: QXU, expansion: Quick Use}\n",
            "more.glossary.yaml": "- {term: QXT, expansion: Quiet Xfer}\n",
        },
        capabilities={
            "textDocument": {"completion": {"completionItem": {"labelDetailsSupport": has_label_details}}}
        },
    )
    client.open(uri("doc.md"), "markdown", "QX")
    items = client.at("textDocument/completion", uri("doc.md"), 0, 2)["items"]
    rows = [
        (item["label"], item.get("detail"), item.get("labelDetails"))
        for item in items
        if item["label"].startswith("QX")
    ]
    if has_label_details:
        assert sorted(rows, key=str) == [
            ("QXT", None, {"detail": "  Quick Xfer", "description": "glossary.yaml"}),
            ("QXT", None, {"detail": "  Quiet Xfer", "description": "more.glossary.yaml"}),
            ("QXU", None, {"detail": "", "description": "Quick Use"}),
        ]
    else:
        assert sorted(rows, key=str) == [
            ("QXT", "Quick Xfer (glossary.yaml)", None),
            ("QXT", "Quiet Xfer (more.glossary.yaml)", None),
            ("QXU", "Quick Use", None),
        ]
