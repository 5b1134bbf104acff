"""Messages made from the types of the protocol: each request gets one well-formed answer."""

from __future__ import annotations

from tests.torture.conformance import NOTIFICATIONS, REQUESTS, conformance, odd, valid


def test_every_message_of_the_protocol() -> None:
    # `make torture` sends all of them.
    sent, wrong = conformance(each=397)
    assert wrong == []
    assert sent > 800


def test_messages_are_made_from_types() -> None:
    assert len(REQUESTS) > 50
    assert len(NOTIFICATIONS) > 20
    short, full = valid("textDocument/codeAction")
    assert short.keys() < full.keys()
    assert full["context"]["diagnostics"][0]["range"]["start"] == {"line": 0, "character": 0}
    assert len(list(odd(short))) > 100
