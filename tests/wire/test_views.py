"""What keeps the views of a client up to date: news of changes, and tokens whether colored or not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wire.harness import ResponseError, WireClient, span, uri

DOC = uri("a.md")
GLOSSARY = uri("glossary.yaml")
FILES = {
    "glossary.yaml": "version: 1\nterms:\n  - {term: zonk, expansion: Zone Of Knots}\n",
    "glossary-ls.toml": "packs = []",
}
HEARS: dict[str, Any] = {"experimental": {"glossary_ls": {"changed": True}}}


def client(**options: Any) -> WireClient:  # noqa: ANN401  because they are JSON
    started = WireClient(files=FILES, capabilities=HEARS, **options)
    started.open(DOC, "markdown", "The zonk and the QXZT.\nA zonk, a Zone Of Knots, a QXZT.\n")
    started.settle()
    started.messages.clear()
    return started


def told(started: WireClient) -> list[bool]:
    started.settle()
    found = [params["terms"] for params in started.received("glossary_ls/changed")]
    started.messages.clear()
    return found


def test_a_glossary_that_is_edited_is_told_once() -> None:
    started = client()
    started.open(GLOSSARY, "yaml", FILES["glossary.yaml"])
    for version in range(2, 9):
        started.change(GLOSSARY, version, f"zonk: Version {version}\n")
    assert told(started) == [True]
    assert told(started) == []


def test_files_settings_and_folders_are_told() -> None:
    started = client()
    started.files.write("/ws/glossary.yaml", "other: Some other thing.\n")
    started.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": GLOSSARY, "type": 2}]})
    assert told(started) == [True]
    started.settings = {"packs": ["common-tech"]}
    started.notify("workspace/didChangeConfiguration", {"settings": None})
    assert told(started) == [True]
    event = {"added": [{"uri": "file:///more", "name": "more"}], "removed": []}
    started.notify("workspace/didChangeWorkspaceFolders", {"event": event})
    assert told(started) == [True]


def test_documents_are_told_only_when_they_spell_out_something_else() -> None:
    started = client()
    started.change(DOC, 2, "No term at all.")
    assert told(started) == []
    started.change(DOC, 3, "The Quick Xylo Zonk Table (QXZT) is new.")
    assert told(started) == [False]


def test_who_does_not_ask_is_not_told() -> None:
    started = WireClient(files=FILES)
    started.open(GLOSSARY, "yaml", "zonk: Another meaning\n")
    assert told(started) == []


@pytest.mark.parametrize("colors", [True, False])
def test_tokens_tell_the_first_of_each(colors: bool) -> None:  # noqa: FBT001  because pytest hands it over
    started = client(settings={"semanticTokens": {"enabled": colors}})
    found = started.request("glossary_ls/tokens", {"uri": DOC})
    rows = [(row["range"]["start"]["line"], row["kind"], row["first"]) for row in found]
    assert rows == [
        (0, "known", True),
        (0, "unknown", True),
        (1, "known", False),
        (1, "known", False),
        (1, "unknown", False),
    ]
    part = {"uri": DOC, "range": span((1, 0), (1, 5))}
    assert started.request("glossary_ls/tokens", part) == found[2:3]
    assert started.request("glossary_ls/tokens", {"uri": uri("closed.md")}) is None
    with pytest.raises(ResponseError):
        started.request("glossary_ls/tokens", {"uri": DOC, "range": 5})


def test_the_uses_of_each_sense() -> None:
    entry = "  - {{term: MTX, expansion: {}, topics: [{}]}}\n"
    files = {
        **FILES,
        "glossary.yaml": "version: 1\nterms:\n" + entry.format("Mail Transfer", "mail"),
        "sub/glossary.yaml": "version: 1\nterms:\n" + entry.format("Matrix Twist", "maths"),
        "a.md": "The MTX.",
        "sub/b.md": "An MTX and the MTX.",
    }
    started = WireClient(files=files)
    asked = {"name": "MTX", "uri": uri("sub/b.md"), "uses": True}
    found = started.request("glossary_ls/term", asked)
    assert [sense["expansion"] for sense in found["senses"]] == ["Matrix Twist", "Mail Transfer"]
    places = {
        sense: [use["uri"] for use in started.request("glossary_ls/term", {**asked, "sense": sense})["uses"]]
        for sense in (0, 1, 2)
    }
    assert places == {0: [uri("sub/b.md")] * 2, 1: [uri("a.md")], 2: []}
