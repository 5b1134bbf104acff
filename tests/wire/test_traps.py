"""What language servers get wrong, as far as no other test of this folder is about it.

Lines, positions and order are here; that every request is answered in `test_lifecycle` and
`test_random_messages`, exit codes and headers in `test_process` and `test_odd_messages`, spellings of a URI
in `test_documents`.
"""

from __future__ import annotations

import asyncio

import pytest

from glossary_ls.lsp import transport
from tests.wire.harness import WireClient, uri
from tests.wire.test_process import frame

DOC = uri("a.md")
GLOSSARY = {"glossary.yaml": "SLO: Service Level Objective\n"}


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e"])
def test_only_the_line_ends_of_the_protocol_end_lines(char: str) -> None:
    client = WireClient(files=GLOSSARY)
    client.open(DOC, "markdown", f"a{char}b\rc\r\nThe SLX.\n")
    client.change(DOC, 2, ((2, 6), (2, 7), "O"))
    assert "Service Level Objective" in str(client.hover(DOC, 2, 5))


@pytest.mark.parametrize("place", [(0, 99), (0, 8), (1, 0), (99, 0), (2**31 - 1, 2**31 - 1)])
def test_a_position_past_an_end_is_the_end(place: tuple[int, int]) -> None:
    client = WireClient(files=GLOSSARY)
    client.open(DOC, "markdown", "The SLO.")
    client.change(DOC, 2, (place, place, " The SLO."))
    assert "Service Level Objective" in str(client.hover(DOC, 0, 14))


@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_request_is_about_the_text_that_was_sent_before_it(size: int) -> None:
    client = WireClient(files=GLOSSARY)
    document = {"uri": DOC, "languageId": "markdown", "version": 1, "text": "The SLO.\n"}
    changed = {"textDocument": {"uri": DOC, "version": 2}, "contentChanges": [{"text": "The QXZ.\n"}]}
    place = {"textDocument": {"uri": DOC}, "position": {"line": 0, "character": 5}}
    packet = frame(
        {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}},
        {"jsonrpc": "2.0", "id": 500, "method": "textDocument/hover", "params": place},
        {"jsonrpc": "2.0", "method": "textDocument/didChange", "params": changed},
        {"jsonrpc": "2.0", "id": 501, "method": "textDocument/hover", "params": place},
    )

    async def main() -> None:
        reader = asyncio.StreamReader()
        for start in range(0, len(packet), size):
            reader.feed_data(packet[start : start + size])
        reader.feed_eof()
        await transport._serve(client.server.protocol, reader)

    asyncio.run(main())
    client.advance(0)
    answers = [each for each in client.messages if each.get("id") in {500, 501}]
    assert [each["id"] for each in answers] == [500, 501]
    assert "Service Level Objective" in str(answers[0]["result"])
    assert answers[1]["result"] is None
