"""After a day of editing, nothing is left of documents that are closed."""

from __future__ import annotations

from tests.torture.soak import soak


def test_memory_stays_flat() -> None:
    # `make torture` goes on for seven times as long.
    done = soak(rounds=60, documents=20, seed=16)
    assert done.left == []
    assert done.growth < 1.3, done.objects
    assert done.messages > 5000
