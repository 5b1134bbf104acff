"""No word that was acknowledged is lost: quick commands, silent editors, files changed by others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from glossary_ls.base.text import Text
from glossary_ls.glossary import formats
from tests.wire.test_adding import FILES, OURS, chosen, messages, opened
from tests.wire.test_commands import GLOSSARY, Editor

if TYPE_CHECKING:
    from collections.abc import Callable

SAVED: dict[str, Any] = {"settings": {"codeActions.saveGlossaries": True}}


class SilentEditor(Editor):
    """An editor that keeps edits in hidden documents, and tells about none of them."""

    def apply(self, params: Any) -> object:  # noqa: ANN401  because it is JSON
        put, self.files.put = self.files.put, lambda *_: None  # type: ignore[method-assign]  # because it does not save
        try:
            return super().apply(params)
        finally:
            self.files.put = put  # type: ignore[method-assign]  # as above


def names(text: str) -> list[str]:
    file = formats.parse("/ws/glossary.yaml", Text(text))
    assert not file.problems
    return [term.name for term in file.terms]


def send(client: Editor, number: int, name: str) -> None:
    params = {"command": "glossary_ls.addTerm", "arguments": [{"name": name, "expansion": f"Long {name}"}]}
    client.send({"jsonrpc": "2.0", "id": number, "method": "workspace/executeCommand", "params": params})


@pytest.mark.parametrize("files", [{}, FILES], ids=["new", "old"])
@pytest.mark.parametrize("kind", [Editor, SilentEditor])
def test_a_second_term_is_added_to_the_first(kind: type[Editor], files: dict[str, str]) -> None:
    client = kind(files)
    added = ["QAA", "QBB", "QCC"]
    for name in added:
        assert client.execute("addTerm", name)["applied"]
    assert names(client.texts[GLOSSARY])[-3:] == added


def test_commands_wait_until_the_editor_has_answered_the_one_before() -> None:
    client = Editor()
    sent = client._answer
    held: list[tuple[dict[str, Any], Callable[[Any], object]]] = []

    def hold(message: dict[str, Any], answer: Callable[[Any], object]) -> None:
        if message["method"] == "workspace/applyEdit":
            held.append((message, client.apply))
        else:
            sent(message, answer)

    client._answer = hold  # type: ignore[method-assign]  # because this editor takes its time
    for number, name in enumerate(["QAA", "QBB", "QCC"], 500):
        send(client, number, name)
    assert len(held) == 1
    client.notify("$/cancelRequest", {"id": 501})
    while held:
        sent(*held.pop())
    assert names(client.texts[GLOSSARY]) == ["QAA", "QCC"]
    assert client.result(500)["applied"]
    assert client.refused(501)[0] == -32800
    assert client.result(502)["applied"]


def test_an_editor_that_never_answers_does_not_block_later_commands() -> None:
    client = Editor()
    sent = client._answer

    def hold(message: dict[str, Any], answer: Callable[[Any], object]) -> None:
        if message["method"] != "workspace/applyEdit" or len(client.received("workspace/applyEdit")) > 1:
            sent(message, answer)

    client._answer = hold  # type: ignore[method-assign]  # because this editor has a modal dialog open
    send(client, 500, "QAA")
    send(client, 501, "QBB")
    client.wait(501)
    assert client.answer(500) is None
    assert names(client.texts[GLOSSARY]) == ["QBB"]


PULLED = (
    "terms:\n  - term: SLA\n    definition: |\n      One.\n      SLO: two.\n\n      Three.\n  - term: OLA\n"
)


@pytest.mark.parametrize("options", [{}, SAVED], ids=["edit", "saved"])
@pytest.mark.parametrize("how", ["command", "action"])
def test_a_glossary_that_was_just_changed_on_the_disk_is_edited_as_it_is(
    options: dict[str, Any], how: str
) -> None:
    client = Editor(FILES, **options)
    opened(client)
    client.files.put("/ws/glossary.yaml", PULLED)
    client.texts[GLOSSARY] = PULLED
    if how == "command":
        client.execute("addTerm", "QTZ", "Queue Transfer Zone")
    else:
        chosen(client, "Add 'QTZ'")
    written = client.files.read("/ws/glossary.yaml").decode()
    assert written == PULLED + "  - term: QTZ\n    expansion: Queue Transfer Zone\n"


def test_a_glossary_that_just_appeared_is_not_taken_for_a_new_one() -> None:
    client = Editor({"a.md": FILES["a.md"]})
    opened(client)
    client.files.put("/ws/glossary.yaml", OURS)
    client.texts[GLOSSARY] = OURS
    client.execute("addTerm", "QTZ", "Queue Transfer Zone")
    assert names(client.texts[GLOSSARY]) == ["SLA", "SLO", "QTZ"]


def test_a_configuration_file_that_was_just_changed_on_the_disk_is_edited_as_it_is() -> None:
    before = '[rules]\nwrong-case = "off"\n'
    pulled = 'packs = []\n\n# A comment\n[rules]\nwrong-case = "off"\n'
    client = Editor({**FILES, "glossary-ls.toml": before})
    opened(client)
    client.files.put("/ws/glossary-ls.toml", pulled)
    client.texts["file:///ws/glossary-ls.toml"] = pulled
    client.answers["window/showMessageRequest"] = lambda params: next(
        each for each in params["actions"] if "in the workspace" in each["title"]
    )
    chosen(client, "More...")
    assert client.texts["file:///ws/glossary-ls.toml"] == pulled + 'unknown-acronym = "off"\n'


def test_what_another_server_adds_while_this_one_plans_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Editor(FILES, **SAVED)
    opened(client)
    exchange = client.files.exchange
    others = iter(["QAA: one\n", "QBB: two\n"])

    def raced(path: str, before: str | None, after: str) -> bool:
        if other := next(others, ""):
            client.files.put(path, client.files.read(path) + other.encode())
        return exchange(path, before, after)

    monkeypatch.setattr(client.files, "exchange", raced)
    client.execute("addTerm", "QTZ", "Queue Transfer Zone")
    written = client.files.read("/ws/glossary.yaml").decode()
    assert names(written) == ["SLA", "SLO", "QAA", "QBB", "QTZ"]
    assert json.dumps(messages(client)) == "[]"
