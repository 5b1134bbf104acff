"""Random messages: each request gets one answer, and none causes an internal error."""

from __future__ import annotations

from tests.torture.messages import random_messages


def test_every_request_gets_one_answer() -> None:
    outcome = random_messages(1, 300)
    assert outcome.requests > 150
    assert (outcome.unanswered, outcome.internal_errors) == (0, 0)
