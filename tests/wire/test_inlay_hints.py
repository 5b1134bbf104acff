"""Inline notes over the wire: what a client asks for later, where a note leads, and when notes change."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wire.harness import WireClient, uri

DOC, YAML = uri("doc.md"), uri("glossary.yaml")
TERMS = """\
- term: SLO
  expansion: Service Level Objective
- {term: cold start, summary: the first request waits}
"""
WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}

#: What Visual Studio Code and Neovim ask for later.
CODE = ["tooltip", "textEdits", "label.tooltip", "label.location", "label.command"]
NEOVIM = ["textEdits", "tooltip", "location", "command"]


def opened(
    text: str, properties: list[str] | None, own: dict[str, Any] | None = None, **settings: object
) -> WireClient:
    able = (
        {"resolveSupport": {"properties": properties}} if properties is not None else {"resolveSupport": None}
    )
    client = WireClient(
        capabilities={"textDocument": {"inlayHint": able}, "experimental": {"glossary_ls": own or {}}},
        files={"glossary.yaml": TERMS},
        settings={"inlayHints": settings},
    )
    client.open(DOC, "markdown", text)
    return client


def hints(client: WireClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.request(
        "textDocument/inlayHint", {"textDocument": {"uri": DOC}, "range": WHOLE}
    )
    return found


def resolved(client: WireClient) -> dict[str, Any]:
    (hint,) = hints(client)
    found: dict[str, Any] = client.request("inlayHint/resolve", hint)
    assert all(found[key] == hint[key] for key in hint.keys() - {"label"})
    return found


@pytest.mark.parametrize("properties", [None, [], ["tooltip"], ["tooltip", 5]])
def test_who_asks_for_no_part_of_a_label_gets_a_text(properties: list[str] | None) -> None:
    (hint,) = hints(opened("\U0001f642 The SLO.", properties))
    assert hint["label"] == "(Service Level Objective)"
    assert ("data" in hint) == bool(properties)
    assert not hint.keys() & {"tooltip", "textEdits"}


@pytest.mark.parametrize("properties", [CODE, NEOVIM])
def test_a_label_leads_to_the_entry(properties: list[str]) -> None:
    client = opened("\U0001f642 An SLO.", properties)
    (hint,) = hints(client)
    assert hint["label"] == [{"value": "(Service Level Objective)"}]
    found = resolved(client)
    (part,) = found["label"]
    assert part["location"] == {
        "uri": YAML,
        "range": {"start": {"line": 0, "character": 8}, "end": {"line": 0, "character": 11}},
    }
    explained = part if "label.tooltip" in properties else found
    assert "Service Level Objective" in explained["tooltip"]["value"]


def test_a_note_is_explained_once() -> None:
    client = opened("An LLM.", CODE)
    found = resolved(client)
    (part,) = found["label"]
    assert part["location"]["uri"].endswith("/llm-deployment.yaml")
    assert part["tooltip"]["value"].startswith("**LLM** \u2014 Large Language Model")
    assert "tooltip" not in found
    assert "Large" in resolved(opened("An LLM.", ["tooltip"]))["tooltip"]["value"]


def test_who_asks_at_a_location_is_led_to_the_name_whose_hover_and_definition_it_has() -> None:
    client = opened("\U0001f642 An LLM.", CODE, own={"asksAtLocations": True})
    (hint,) = hints(client)
    (part,) = client.request("inlayHint/resolve", hint)["label"]
    start = {"line": 0, "character": 6}
    assert part["location"] == {"uri": DOC, "range": {"start": start, "end": hint["position"]}}
    assert "tooltip" not in part
    assert "Large" in (client.hover(DOC, 0, 6) or "")
    client.change(DOC, 2, "A new text with an LLM.")
    (part,) = client.request("inlayHint/resolve", hint)["label"]
    assert part["location"]["uri"].endswith("/llm-deployment.yaml")


def test_who_accepts_a_note_has_it_in_the_text() -> None:
    found = resolved(opened("\U0001f642 With an SLO.", CODE))
    article, name = found["textEdits"]
    assert (article["newText"], name["newText"]) == ("a", "Service Level Objective (SLO)")
    assert name["range"] == {"start": {"line": 0, "character": 11}, "end": {"line": 0, "character": 14}}


def test_a_note_that_is_outdated_or_a_summary_writes_nothing() -> None:
    client = opened("The SLO.", CODE)
    (hint,) = hints(client)
    client.change(DOC, 2, ((0, 0), (0, 0), "Not "))
    assert "textEdits" not in client.request("inlayHint/resolve", hint)
    client.change(DOC, 3, "")
    assert "textEdits" not in client.request("inlayHint/resolve", hint)
    client.close(DOC)
    assert client.request("inlayHint/resolve", hint) == hint
    found = resolved(opened("A cold start.", CODE, show="terms"))
    assert found["label"][0]["value"] == "(the first request waits)"
    assert "textEdits" not in found


def test_a_note_is_about_the_sense_that_it_says() -> None:
    senses = [
        "{term: Pod, expansion: Proof of Delivery, aliases: [{name: POD, kind: abbreviation}]}",
        "{term: Pod, summary: some containers, topics: [node]}",
        "{term: Pod, summary: a school of whales, topics: [ocean], aliases: [gam]}",
    ]
    client = WireClient(
        capabilities={"textDocument": {"inlayHint": {"resolveSupport": {"properties": CODE}}}},
        files={"glossary.yaml": "".join(f"- {sense}\n" for sense in senses)},
        settings={"inlayHints": {"show": "terms"}},
    )
    for line, text in enumerate(("The POD.", "A Pod on a node.", "A Pod in the ocean.")):
        client.open(DOC, "markdown", text)
        found = resolved(client)
        (part,) = found["label"]
        assert part["location"]["range"]["start"]["line"] == line
        assert ("textEdits" in found) == (line == 0)
    client.change(DOC, 2, "The gam.")
    (part,) = resolved(client)["label"]
    assert part["location"]["range"]["start"]["line"] == 2
    (hint,) = hints(client)
    client.change(DOC, 3, "The POD.")
    assert "textEdits" not in client.request("inlayHint/resolve", hint)


def test_settings_and_glossaries_that_change_have_the_notes_asked_for_again() -> None:
    client = opened("The SLO of a cold start.\n\n# Next\n\nThe SLO.", CODE)
    client.settle()
    assert len(hints(client)) == 1
    for settings, count in (({"show": "terms"}, 2), ({"show": "terms", "repeat": "section"}, 3)):
        before = len(client.received("workspace/inlayHint/refresh"))
        client.settings = {"inlayHints": settings}
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.settle()
        assert len(client.received("workspace/inlayHint/refresh")) > before
        assert len(hints(client)) == count
    before = len(client.received("workspace/inlayHint/refresh"))
    client.open(YAML, "yaml", "- {term: SLO, expansion: Single Lane Only}\n")
    client.settle()
    assert len(client.received("workspace/inlayHint/refresh")) > before
    labels = [hint["label"][0]["value"] for hint in hints(client)]
    assert (labels[0], labels[-1]) == ("(Single Lane Only)",) * 2


def test_parts_of_a_document_that_are_scrolled_to_have_the_notes_that_the_whole_has() -> None:
    text = "\n\n".join(f"Line {line} of the SLO, a GPU, the TTFT and a CPU." for line in range(600))
    client = opened(text, CODE)
    ranges = [
        {"start": {"line": line, "character": 0}, "end": {"line": line + 50, "character": 0}}
        for line in (1_000, 0, 400, 40)
    ]
    found = [
        client.request("textDocument/inlayHint", {"textDocument": {"uri": DOC}, "range": each})
        for each in ranges
    ]
    assert [len(each) for each in found] == [0, len(hints(client)), 0, 0]
    assert len(found[1]) > 1
