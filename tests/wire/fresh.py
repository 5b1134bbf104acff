"""What a server that was just started answers, for comparison with one that has seen many edits.

`python -m tests.wire.fresh` reads what there is as lines of JSON, and answers each from a process of its own:
whatever a server remembers between two requests is remembered by modules as well.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from tests.memory_files import MemoryFiles
from tests.wire.harness import ResponseError, WireClient

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Requests about a whole document, and those about a place in it.
_WHOLE = ("documentSymbol", "foldingRange", "codeLens", "documentLink", "inlayHint", "codeAction")
_PLACED = ("hover", "definition", "documentHighlight", "prepareRename", "completion", "references", "rename")


class Comparing(WireClient):
    """A client that takes the form of messages, which other tests look at, to be right."""

    def _check(self, message: Mapping[str, Any], kind: object) -> None:
        pass


def answers(client: WireClient, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that a server says of open documents and of places in them, by what was asked."""
    client.settle()
    found: dict[str, Any] = {"uses": client.request("glossary_ls/terms", {"uses": True})}
    # Some things are remembered of the document alone that was asked about last.
    for number in asked["order"]:
        document = asked["documents"][number]
        found |= {f"{document['uri']} {key}": answer for key, answer in _document(client, document)}
    for query in asked["queries"]:
        found[f"symbols {query}"] = client.request("workspace/symbol", {"query": query})
        found[f"terms {query}"] = client.request("glossary_ls/terms", {"query": query, "limit": 20})
        found[f"term {query}"] = client.request("glossary_ls/term", {"name": query})
    client.messages.clear()
    plain: dict[str, Any] = json.loads(json.dumps(found))
    return plain


def _document(client: WireClient, document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    target, places = document["uri"], document["places"]
    at = {"textDocument": {"uri": target}}
    problems = client.diagnostics(target)
    yield "problems", problems
    yield "terms", client.request("glossary_ls/documentTerms", {"uri": target})
    everything = {"start": {"line": 0, "character": 0}, "end": places[0]}
    extra = {"range": everything, "context": {"diagnostics": problems}}
    for method in _WHOLE:
        found = client.request(f"textDocument/{method}", {**at, **extra})
        yield method, found
        if method == "codeLens":
            yield "resolved lenses", [client.request("codeLens/resolve", lens) for lens in found[:3]]
        if method == "codeAction":
            later = [action for action in found if "data" in action]
            yield "resolved actions", [client.request("codeAction/resolve", each) for each in later[:4]]
    for place in places:
        more = {"position": place, "context": {"includeDeclaration": True}, "newName": "Renamed"}
        for method in _PLACED:
            try:
                found = client.request(f"textDocument/{method}", {**at, **more})
            except ResponseError as error:
                # Not everything can be renamed.
                found = str(error)
            if method in {"references", "rename"}:
                found = _in_any_order(found)
            yield f"{method} {place}", found


def _in_any_order(found: Any) -> Any:  # noqa: ANN401  because results are JSON
    """Return places in several files: which file comes first depends on which one was read first."""
    if isinstance(found, dict):
        return {key: _in_any_order(value) for key, value in found.items()}
    return sorted(found, key=json.dumps) if isinstance(found, list) else found


def started(asked: Mapping[str, Any]) -> WireClient:
    """Return a client of a new server with the same files and documents.

    Of a document the earlier texts come first that its glossary still goes back to.
    """
    client = Comparing(asked["encoding"], files=MemoryFiles(asked["files"]), settings={"packs": []})
    for document in asked["documents"]:
        first, *others = document["texts"]
        version = document["version"] - len(others)
        client.open(document["uri"], document["language"], first, version)
        for number, text in enumerate(others, 1):
            client.settle()
            client.change(document["uri"], version + number, text)
    return client


def main() -> None:
    """Answer until there is nothing more to answer."""
    # The word lists do not depend on what anybody asks.
    Comparing()
    for line in sys.stdin:
        sys.stdout.flush()
        child = os.fork()
        if not child:
            asked = json.loads(line)
            print(json.dumps(answers(started(asked), asked)), flush=True)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
