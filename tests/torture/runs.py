"""The runs of `make torture`, each for a share of an hour."""

from __future__ import annotations

import random
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
    from pathlib import Path

#: The size of large files, and the most memory that a server may take for them, in MB.
MEGABYTES = 1
MOST_MEMORY = 1000

#: How many characters are searched to see whether the time of a search grows too fast.
_SEARCHED = 16_000

#: The highest exponent of growth that counts as linear.
LINEAR = 1.15


def run_all(folder: Path, share: float) -> list[Result]:
    """Run everything, writing only to a folder."""
    return [
        *_patterns(share),
        _expressions(),
        *_messages(share),
        _conformance(share),
        _sessions(share),
        _fuzzed(share),
        _soaked(share),
        _memory(folder),
        _kills(folder, share),
        _adds(folder, share),
        _adds_of_servers(folder, share),
    ]


def _patterns(share: float) -> list[Result]:
    chosen = cases()
    random.Random(16).shuffle(chosen)  # noqa: S311  because it is no secret
    chosen = chosen[: max(int(len(chosen) * share), 1)]
    slow = worst(chosen, 120, LINEAR)
    means = f"the steps grow with an exponent above {LINEAR}"
    searched = slow_searches(chosen, _SEARCHED)
    found_slow = f"{_SEARCHED:,} characters take more than eight times as long as a quarter of them"
    return [
        Result("Repeated fragments in all markups and formats", len(chosen), "patterns", len(slow), means),
        Result("The same ones, by processor time", len(chosen), "patterns", len(searched), found_slow),
    ]


def _expressions() -> Result:
    every = set(expressions())
    nested = [each for expression in every for each in findings(expression) if each.kind == "nested"]
    means = "failing may take exponential time"
    return Result("Regular expressions of the program", len(every), "expressions", len(nested), means)


def _messages(share: float) -> list[Result]:
    total = Outcome()
    for seed in range(max(int(100 * share), 1)):
        total = total.plus(random_messages(seed, 10_000))
        memo.clear()
    return [
        Result("Random messages", total.sent, "messages", total.internal_errors, "an internal error"),
        Result("Requests among them", total.requests, "requests", total.unanswered, "not exactly one answer"),
    ]


def _conformance(share: float) -> Result:
    sent, wrong = conformance(max(int(1 / share), 1))
    means = "a wrong answer, none, or an internal error"
    return Result("Messages made from the types of the protocol", sent, "messages", len(wrong), means)


def _sessions(share: float) -> Result:
    compared = differences = 0
    for seed in range(max(int(400 * share), 1)):
        try:
            compared += sessions.run(seed, 60).compared
        except Exception:  # noqa: BLE001  because whatever ends a session is a difference
            differences += 1
        memo.clear()
    means = "an answer of a session differs from that of a server started afresh"
    return Result("Random sessions compared with new servers", compared, "comparisons", differences, means)


def _fuzzed(share: float) -> Result:
    tried, crashes = fuzz(max(int(2000 * share), 5), seed=16)
    means = "an error in a reader, parser, editor or writer"
    return Result("Mutated texts", tried, "texts", len(crashes), means)


def _soaked(share: float) -> Result:
    done = soak(max(int(400 * share), 8), 20, seed=16)
    broken = len(done.left) + (done.growth > 1.3)
    means = "a task or document is left, or a round leaves more objects than those before"
    return Result(
        "Rounds of 20 documents opened, edited and closed", len(done.objects), "rounds", broken, means
    )


def _memory(folder: Path) -> Result:
    own = folder / "memory"
    own.mkdir()
    found = memory(own, 3, MEGABYTES * 1_000_000)
    means = f"more than {MOST_MEMORY} MB at any time"
    what = f"Memory with a glossary and three documents of {MEGABYTES} MB, one after the other"
    return Result(what, found.most, f"MB, {found.after} MB afterwards", int(found.most > MOST_MEMORY), means)


def _kills(folder: Path, share: float) -> Result:
    kills = max(int(1000 * share), 1)
    damaged = damaged_by_kills(folder, kills, 500_000, 16)
    return Result(
        "Killed while writing a file", kills, "times", len(damaged), "neither the old nor the new file"
    )


def _adds(folder: Path, share: float) -> Result:
    each = max(int(250 * share), 1)
    acknowledged, found = added_together(folder / "shared.yaml", 4, each)
    lost = len(acknowledged - set(found)) + len(found) - len(set(found))
    means = "acknowledged and lost, or there twice"
    return Result("Entries added to one file by four processes", len(acknowledged), "entries", lost, means)


def _adds_of_servers(folder: Path, share: float) -> Result:
    own = folder / "servers"
    own.mkdir()
    acknowledged, found = added_by_servers(own, max(int(333 * share), 1))
    lost = len(acknowledged - set(found)) + len(found) - len(set(found))
    means = "acknowledged and lost, or there twice"
    what = "Terms added to one glossary by two servers and another program"
    return Result(what, len(acknowledged), "terms", lost, means)
