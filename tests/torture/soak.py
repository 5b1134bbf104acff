"""A server for a long day: documents are opened, edited, asked about and closed, round after round.

Time is simulated, so that a day takes as long as its work. What is left after a round is counted in objects
of Python, which no other load changes.
"""

from __future__ import annotations

import gc
import random
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import memo
from tests.memory_files import MemoryFiles
from tests.wire.harness import WireClient, uri
from tests.wire.session_texts import ENTRIES, LINES

if TYPE_CHECKING:
    from collections.abc import Sized

#: How many rounds pass until everything that lives as long as the server is there.
_WARM = 5

_ASKED = ("hover", "completion", "definition", "references", "documentSymbol", "inlayHint", "codeAction")


class Soaked(NamedTuple):
    """What was done, the objects after each round, and what should not have been left."""

    messages: int
    objects: list[int]
    left: list[str]

    @property
    def growth(self) -> float:
        """The objects after the last rounds, as a multiple of those after the first ones."""
        return max(self.objects[-2:]) / max(self.objects[_WARM - 2 : _WARM])


def soak(rounds: int, documents: int, seed: int) -> Soaked:
    """Open and close a number of documents in each round."""
    chance = random.Random(seed)  # noqa: S311  because it is no secret
    files = {f"/ws/{number % 9}/d{number}.md": _text(chance) for number in range(documents)}
    client = WireClient(
        files=MemoryFiles({**files, "/ws/glossary.yaml": _glossary(chance)}),
        settings={"packs": []},
        step=0.001,
    )
    sent, objects, left = 0, [], []
    # What scans leave is no longer searched for garbage, and counts all the same.
    before = gc.get_freeze_count()
    for number in range(rounds):
        sent += _round(client, chance, list(files), number)
        client.advance(60)
        assert client.server.protocol.session
        for _ in range(60):
            if client.server.protocol.session.tasks._tasks:
                client.advance(0.5)
        left += _leftovers(client)
        client.messages.clear()
        client._published.clear()
        client._methods.clear()
        memo.clear()
        gc.collect()
        objects.append(len(gc.get_objects()) + gc.get_freeze_count() - before)
    return Soaked(sent, objects, left)


def _text(chance: random.Random) -> str:
    return "".join(f"{chance.choice(LINES)}\n" for _ in range(chance.randint(0, 30)))


def _glossary(chance: random.Random) -> str:
    rows = [row for row in ENTRIES if chance.random() < 0.8 and "broken" not in row]
    return "terms:\n" + "".join(f"{row}\n" for row in rows)


def _round(client: WireClient, chance: random.Random, paths: list[str], number: int) -> int:
    """Open all documents, edit each, ask about each and close them; return the number of messages."""
    sent = 0
    glossary = _glossary(chance)
    client.open(uri("glossary.yaml"), "yaml", glossary)
    for path in chance.sample(paths, len(paths)):
        client.open(f"file://{path}", "markdown", _text(chance))
    for version, path in enumerate(chance.sample(paths, len(paths)), 2):
        target = f"file://{path}"
        client.change(target, version, ((0, 0), (chance.randint(0, 9), 0), _text(chance)))
        if chance.random() < 0.1:
            client.change(uri("glossary.yaml"), version, _glossary(chance))
            # Names that no text has had before.
            client.change(target, version + 1, f"The Q{number}X{version}Z (queue of {number} zones).\n")
            sent += 2
        place = {"line": chance.randint(0, 5), "character": chance.randint(0, 20)}
        params = {
            "textDocument": {"uri": target},
            "position": place,
            "range": {"start": place, "end": {"line": 9, "character": 0}},
            "context": {"includeDeclaration": True, "diagnostics": []},
        }
        client.request(f"textDocument/{chance.choice(_ASKED)}", params)
        client.advance(chance.choice((0.0, 0.3)))
        sent += 2
    for path in paths:
        client.close(f"file://{path}")
    client.close(uri("glossary.yaml"))
    return sent + 2 * len(paths) + 2


def _leftovers(client: WireClient) -> list[str]:
    """Return what is still there although every document is closed and the server is quiet."""
    protocol = client.server.protocol
    session = protocol.session
    assert session
    folders = session.workspace.definition_index._folders.values()
    kept: dict[str, Sized] = {
        "definitions of open documents": [path for folder in folders for path in folder.opened],
        "tasks": session.tasks._tasks,
        "open documents": session.workspace.open_uris(),
        "semantic tokens": session.token_results,
        "pending requests": protocol._pending,
        "requests to the client": protocol._requested,
    }
    return [f"{name}: {len(found)}" for name, found in kept.items() if found]
