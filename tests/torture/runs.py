"""The runs of `make torture`, each for a share of an hour."""

from __future__ import annotations

import gc
import random
import sys
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from tests.torture.conformance import conformance
from tests.torture.expressions import expressions, findings
from tests.torture.fuzz import fuzz
from tests.torture.growth import cases, slow_searches, worst
from tests.torture.memory import memory
from tests.torture.messages import Outcome, random_messages
from tests.torture.report import Result
from tests.torture.soak import soak
from tests.torture.writing import added_by_servers, added_together, damaged_by_kills
from tests.wire import sessions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

#: The size of large files, and the most memory that a server may take for them, in MB.
MEGABYTES = 1
MOST_MEMORY = 1000

#: How many characters are searched to see whether the time of a search grows too fast.
_SEARCHED = 16_000

#: The highest exponent of growth that counts as linear.
LINEAR = 1.15


def _told(found: Iterable[object]) -> int:
    """Print what broke, and return how much it is."""
    broken = list(found)
    for each in broken:
        sys.stderr.write(f"{each}\n")
    return len(broken)


def _patterns(_folder: Path, share: float) -> list[Result]:
    chosen = cases()
    random.Random(16).shuffle(chosen)  # noqa: S311  because it is no secret
    chosen = chosen[: max(int(len(chosen) * share), 1)]
    slow = worst(chosen, 120, LINEAR)
    means = f"the steps grow with an exponent above {LINEAR}"
    searched = slow_searches(chosen, _SEARCHED)
    found_slow = f"{_SEARCHED:,} characters take more than eight times as long as a quarter of them"
    return [
        Result("Repeated fragments in all markups and formats", len(chosen), "patterns", _told(slow), means),
        Result("The same ones, by processor time", len(chosen), "patterns", _told(searched), found_slow),
    ]


def _expressions(_folder: Path, _share: float) -> list[Result]:
    every = set(expressions())
    nested = [each for expression in every for each in findings(expression) if each.kind == "nested"]
    means = "failing may take exponential time"
    return [Result("Regular expressions of the program", len(every), "expressions", _told(nested), means)]


def _messages(_folder: Path, share: float) -> list[Result]:
    total = Outcome()
    for seed in range(max(int(100 * share), 1)):
        total = total.plus(random_messages(seed, 10_000))
        memo.clear()
    return [
        Result("Random messages", total.sent, "messages", total.internal_errors, "an internal error"),
        Result("Requests among them", total.requests, "requests", total.unanswered, "not exactly one answer"),
    ]


def _conformance(_folder: Path, share: float) -> list[Result]:
    sent, wrong = conformance(max(int(1 / share), 1))
    means = "a wrong answer, none, or an internal error"
    return [Result("Messages made from the types of the protocol", sent, "messages", _told(wrong), means)]


def _sessions(_folder: Path, share: float) -> list[Result]:
    compared = differences = 0
    for seed in range(max(int(400 * share), 1)):
        try:
            compared += sessions.run(seed, 60).compared
        except Exception as error:  # noqa: BLE001  because whatever ends a session is a difference
            differences += _told([f"session {seed}: {error}"])
        memo.clear()
        # Each server that was started froze what there was.
        gc.unfreeze()
        gc.collect()
    means = "an answer of a session differs from that of a server started afresh"
    return [Result("Random sessions compared with new servers", compared, "comparisons", differences, means)]


def _fuzzed(_folder: Path, share: float) -> list[Result]:
    tried, crashes = fuzz(max(int(2000 * share), 5), seed=16)
    means = "an error in a reader, parser, editor or writer"
    return [Result("Mutated texts", tried, "texts", _told(crashes), means)]


def _soaked(_folder: Path, share: float) -> list[Result]:
    done = soak(max(int(400 * share), 8), 20, seed=16)
    broken = _told(done.left) + (done.growth > 1.3)
    means = "a task or document is left, or a round leaves more objects than those before"
    what = "Rounds of 20 documents opened, edited and closed"
    return [Result(what, len(done.objects), "rounds", broken, means)]


def _memory(folder: Path, _share: float) -> list[Result]:
    large, many = folder / "large", folder / "many"
    large.mkdir()
    many.mkdir()
    means = f"more than {MOST_MEMORY} MB at any time"
    rows = {
        f"Memory with a glossary and three documents of {MEGABYTES} MB, one after the other": memory(
            large, 3, MEGABYTES * 1_000_000
        ),
        "Memory with 200 documents of 30 KB open at once": memory(many, 200, 30_000, together=True),
    }
    return [
        Result(what, found.most, f"MB, {found.after} MB afterwards", int(found.most > MOST_MEMORY), means)
        for what, found in rows.items()
    ]


def _kills(folder: Path, share: float) -> list[Result]:
    kills = max(int(1000 * share), 1)
    damaged = damaged_by_kills(folder, kills, 500_000, 16)
    means = "neither the old nor the new file"
    return [Result("Killed while writing a file", kills, "times", _told(damaged), means)]


def _adds(folder: Path, share: float) -> list[Result]:
    each = max(int(250 * share), 1)
    acknowledged, found = added_together(folder / "shared.yaml", 4, each)
    lost = len(acknowledged - set(found)) + len(found) - len(set(found))
    means = "acknowledged and lost, or there twice"
    return [Result("Entries added to one file by four processes", len(acknowledged), "entries", lost, means)]


def _adds_of_servers(folder: Path, share: float) -> list[Result]:
    own = folder / "servers"
    own.mkdir()
    acknowledged, found = added_by_servers(own, max(int(333 * share), 1))
    lost = len(acknowledged - set(found)) + len(found) - len(set(found))
    means = "acknowledged and lost, or there twice"
    what = "Terms added to one glossary by two servers and another program"
    return [Result(what, len(acknowledged), "terms", lost, means)]


#: The runs by name, each of which writes only to a folder.
RUNS: dict[str, Callable[[Path, float], list[Result]]] = {
    "patterns": _patterns,
    "expressions": _expressions,
    "messages": _messages,
    "conformance": _conformance,
    "sessions": _sessions,
    "fuzz": _fuzzed,
    "soak": _soaked,
    "memory": _memory,
    "kills": _kills,
    "adds": _adds,
    "servers": _adds_of_servers,
}
