"""Settings and glossary files over the wire: live, from wherever the client tells of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.memory_files import MemoryFiles
from tests.wire.harness import PULL, WATCH, ResponseError, WireClient, merged, uri

DOC = uri("a.md")
NO_PULL = {"workspace": {"configuration": False}}
GLOSSARY = "version: 1\nterms:\n- term: QXZT\n  expansion: {}\n"
BROKEN = "version: 1\nterms:\n- term: [QXZT\n"


def client(
    files: dict[str, str] | None = None,
    **options: Any,  # noqa: ANN401  because they are JSON
) -> WireClient:
    started = WireClient(files=files or {}, **options)
    started.open(DOC, "markdown", "QXZT GPU")
    started.settle()
    return started


def meaning(started: WireClient) -> str:
    text = started.hover(DOC, 0, 0)
    return text.split("\n")[0].partition(" — ")[2] if text else ""


def watched(name: str, kind: int) -> dict[str, Any]:
    return {"changes": [{"uri": uri(name), "type": kind}]}


# --- settings ---------------------------------------------------------------------------------------------


def test_settings_are_pulled_and_pulled_again_when_the_payload_is_null() -> None:
    started = client(settings={"hover": {"enabled": False}})
    assert started.hover(DOC, 0, 5) is None
    started.settings = {"accept": ["QXZT"]}
    started.notify("workspace/didChangeConfiguration", {"settings": None})
    assert started.hover(DOC, 0, 5)
    assert started.diagnostics(DOC) == []
    started.settings = None
    started.notify("workspace/didChangeConfiguration")
    assert len(started.diagnostics(DOC)) == 1


def test_settings_are_taken_from_the_payload_of_clients_that_cannot_be_asked() -> None:
    started = client(capabilities=NO_PULL)
    assert not started.received("workspace/configuration")
    for settings in ({"accept": ["QXZT"]}, {"glossary_ls": {"accept": ["QXZT"]}, "other": {"x": 1}}):
        started.notify("workspace/didChangeConfiguration", {"settings": settings})
        assert started.diagnostics(DOC) == []
        started.notify("workspace/didChangeConfiguration", {"settings": {"other": {"x": 1}}})
        assert len(started.diagnostics(DOC)) == 1
    assert not started.received("window/showMessage")


def test_initialization_options_are_settings_that_later_ones_are_laid_over() -> None:
    started = client(
        capabilities=NO_PULL, initializationOptions={"hover": {"enabled": False}, "accept": ["QXZT"]}
    )
    assert started.hover(DOC, 0, 5) is None
    started.notify("workspace/didChangeConfiguration", {"settings": {"rules": {"unknown-acronym": "error"}}})
    assert started.diagnostics(DOC) == []
    assert started.hover(DOC, 0, 5) is None


def test_severities() -> None:
    started = client(settings={"rules": {"unknown-acronym": "error"}})
    assert [found["severity"] for found in started.diagnostics(DOC)] == [1]
    started.settings = {"rules": {"unknown-acronym": "off"}}
    started.notify("workspace/didChangeConfiguration", {"settings": None})
    assert started.diagnostics(DOC) == []


@pytest.mark.parametrize(
    ("setting", "method"),
    [
        ("hover.enabled", "textDocument/hover"),
        ("completion.enabled", "textDocument/completion"),
        ("inlayHints.enabled", "textDocument/inlayHint"),
    ],
)
def test_each_feature_can_be_switched_off(setting: str, method: str) -> None:
    started = client(settings={setting: False})
    place = {"line": 0, "character": 6}
    params = {"textDocument": {"uri": DOC}, "position": place, "range": {"start": place, "end": place}}
    assert started.request(method, params) is None
    started.settings = {}
    started.notify("workspace/didChangeConfiguration", {"settings": None})
    assert started.request(method, params) is not None


def test_a_mistake_in_the_settings_is_told_once_and_costs_nothing_else() -> None:
    started = client(settings={"accept": ["QXZT"], "hover": {"enabeld": False}})
    assert started.diagnostics(DOC) == []
    for _ in range(3):
        started.notify("workspace/didChangeConfiguration", {"settings": None})
        started.settle()
    (told,) = started.received("window/showMessage")
    assert "did you mean `hover.enabled`" in told["message"]


def test_the_configuration_file_is_read_and_its_mistakes_are_shown_in_it() -> None:
    text = 'accept = ["QXZT"]\n[completion]\nlimit = 0\n'
    started = client({"glossary-ls.toml": text}, capabilities=WATCH)
    assert started.diagnostics(DOC) == []
    (found,) = started.diagnostics(uri("glossary-ls.toml"))
    assert (found["code"], found["range"]["start"]["line"]) == ("invalid-setting", 2)
    started.files.put("/ws/glossary-ls.toml", "accept = []")
    started.notify("workspace/didChangeWatchedFiles", watched("glossary-ls.toml", 2))
    assert len(started.diagnostics(DOC)) == 1
    assert started.diagnostics(uri("glossary-ls.toml")) == []


# --- glossaries -------------------------------------------------------------------------------------------


def test_files_are_watched_by_clients_that_can() -> None:
    registered = client(capabilities=WATCH).received("client/registerCapability")
    (registration,) = registered[0]["registrations"]
    assert registration["method"] == "workspace/didChangeWatchedFiles"
    assert not client().received("client/registerCapability")


@pytest.mark.parametrize("extra", [{}, PULL], ids=["push", "pull"])
def test_a_watched_glossary_comes_changes_and_goes(extra: dict[str, Any]) -> None:
    started = client(capabilities=merged(WATCH, extra))
    assert len(started.diagnostics(DOC)) == 1
    started.files.put("/ws/glossary.yaml", GLOSSARY.format("One"))
    started.notify("workspace/didChangeWatchedFiles", watched("glossary.yaml", 1))
    assert started.diagnostics(DOC) == []
    assert meaning(started) == "One"
    assert started.received("workspace/inlayHint/refresh")
    assert bool(started.received("workspace/diagnostic/refresh")) == bool(extra)
    started.files.put("/ws/glossary.yaml", GLOSSARY.format("Two"))
    started.notify("workspace/didChangeWatchedFiles", watched("glossary.yaml", 2))
    assert meaning(started) == "Two"
    started.files.remove("/ws/glossary.yaml")
    started.notify("workspace/didChangeWatchedFiles", watched("glossary.yaml", 3))
    assert len(started.diagnostics(DOC)) == 1


def test_files_are_looked_at_for_clients_that_cannot_watch() -> None:
    started = client()
    started.files.put("/ws/glossary.yaml", GLOSSARY.format("One"))
    started.advance(4)
    assert started.diagnostics(DOC) == []
    assert meaning(started) == "One"
    started.files.remove("/ws/glossary.yaml")
    started.advance(8)
    assert len(started.diagnostics(DOC)) == 1


def test_a_saved_glossary_is_read_again() -> None:
    started = client({"glossary.yaml": GLOSSARY.format("One")})
    assert meaning(started) == "One"
    started.files.put("/ws/glossary.yaml", GLOSSARY.format("Two"))
    started.notify("textDocument/didSave", {"textDocument": {"uri": uri("glossary.yaml")}})
    assert meaning(started) == "Two"


def test_a_glossary_counts_as_it_stands_in_the_editor() -> None:
    started = client({"glossary.yaml": GLOSSARY.format("Saved")})
    started.open(uri("glossary.yaml"), "yaml", GLOSSARY.format("Draft"))
    assert meaning(started) == "Draft"
    started.change(uri("glossary.yaml"), 2, ((2, 8), (2, 12), "OTHER"))
    assert len(started.diagnostics(DOC)) == 1
    started.close(uri("glossary.yaml"))
    assert meaning(started) == "Saved"
    assert started.diagnostics(DOC) == []


@pytest.mark.parametrize("extra", [{}, PULL], ids=["push", "pull"])
def test_a_broken_glossary_shows_its_problems_and_keeps_its_terms(extra: dict[str, Any]) -> None:
    started = client({"glossary.yaml": GLOSSARY.format("Good")}, capabilities=extra)
    assert meaning(started) == "Good"
    started.files.put("/ws/glossary.yaml", BROKEN)
    started.advance(4)
    assert meaning(started) == "Good"
    closed = started.diagnostics(uri("glossary.yaml"))
    assert [found["code"] for found in closed] == ["invalid-yaml"]
    started.open(uri("glossary.yaml"), "yaml", BROKEN)
    assert started.diagnostics(uri("glossary.yaml")) == closed
    started.change(uri("glossary.yaml"), 2, GLOSSARY.format("Good"))
    assert started.diagnostics(uri("glossary.yaml")) == []
    started.close(uri("glossary.yaml"))
    assert started.diagnostics(uri("glossary.yaml")) == closed


def test_the_users_glossary_is_looked_at_even_if_the_client_watches_the_workspace() -> None:
    files = MemoryFiles({}, user_folder="/user")
    started = WireClient(files=files, capabilities=WATCH)
    started.open(DOC, "markdown", "QXZT")
    assert meaning(started) == ""
    files.put("/user/glossary.yaml", GLOSSARY.format("User"))
    started.advance(20)
    assert meaning(started) == "User"


# --- folders ----------------------------------------------------------------------------------------------


def test_folders_are_added_and_removed() -> None:
    files = MemoryFiles({"/two/glossary.yaml": GLOSSARY.format("Two"), "/two/glossary-ls.toml": "packs = []"})
    started = WireClient(files=files)
    started.open("file:///two/docs/b.md", "markdown", "QXZT GPU")
    assert started.hover("file:///two/docs/b.md", 0, 0) is None
    folder = {"uri": "file:///two", "name": "two"}
    started.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [folder], "removed": []}})
    assert started.hover("file:///two/docs/b.md", 0, 0)
    assert started.hover("file:///two/docs/b.md", 0, 5) is None
    asked = started.received("workspace/configuration")[-1]["items"]
    assert [item.get("scopeUri") for item in asked] == [None, "file:///ws", "file:///two"]
    started.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [folder]}})
    assert started.hover("file:///two/docs/b.md", 0, 0) is None


def test_settings_of_one_folder_hold_there_only() -> None:
    started = WireClient(initialize=False, roots=["/ws", "/two"])
    started.answers["workspace/configuration"] = lambda asked: [
        {"accept": ["QXZT"]} if item.get("scopeUri") == "file:///two" else None for item in asked["items"]
    ]
    started.initialize()
    for target, count in ((DOC, 1), ("file:///two/a.md", 0), ("file:///twofold/a.md", 1)):
        started.open(target, "markdown", "QXZT")
        assert len(started.diagnostics(target)) == count


def test_a_single_file_has_the_built_in_glossary() -> None:
    started = WireClient(roots=[])
    started.open("file:///anywhere/a.md", "markdown", "GPU")
    assert started.hover("file:///anywhere/a.md", 0, 0)


def test_files_are_looked_at_often_when_the_client_refuses_to_watch_them() -> None:
    refusing = WireClient(files={}, capabilities=WATCH, initialize=False)

    def refuse(_params: object) -> object:
        raise ResponseError(-32603, "no braces, please")

    refusing.answers["client/registerCapability"] = refuse
    refusing.initialize()
    refusing.open(DOC, "markdown", "The QXZT.\n")
    assert len(refusing.diagnostics(DOC)) == 1
    refusing.files.put("/ws/glossary.yaml", GLOSSARY.format("One"))
    refusing.advance(4)
    assert refusing.diagnostics(DOC) == []


def test_a_glossary_that_is_opened_is_reported_on_again() -> None:
    started = client({"glossary.yaml": "- term: QXZ\n  expanson: One\n"})
    target = uri("glossary.yaml")
    started.settle()
    before = len(started.published(target))
    started.open(target, "yaml", "- term: QXZ\n  expanson: One\n")
    assert "unknown-key" in [found["code"] for found in started.diagnostics(target)]
    assert len(started.published(target)) == before + 1


def test_a_glossary_that_the_settings_name_and_that_is_missing_is_reported_once() -> None:
    started = client(
        {"here.yaml": GLOSSARY.format("Quiet")}, settings={"glossaries": ["here.yaml", "gone.yaml"]}
    )
    started.notify("workspace/didChangeConfiguration", {"settings": None})
    (shown,) = started.received("window/showMessage")
    assert "'sources' names 'gone.yaml', but there is no file" in shown["message"]
    assert "create it, or correct the name" in shown["message"]
    assert "here.yaml" not in shown["message"]
