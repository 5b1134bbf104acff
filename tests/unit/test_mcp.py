"""The server of the Model Context Protocol, asked by the SDK's own client."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from functools import partial
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the extra mcp brings the SDK")

import anyio
from mcp import Client, StdioServerParameters

from glossary_ls.cli import main, parser
from glossary_ls.integrations.mcp import server

TOOLS = ["lookup", "search", "check_text", "mentions", "harvest"]
PAGE = (Path(__file__).parents[2] / "docs/mcp.md").read_text("utf-8")

GLOSSARY = """\
name: Harbor
terms:
  - {term: SLO, expansion: Service Level Objective, topics: [Reliability]}
  - {term: quay wall, aliases: [{name: dock wall, kind: avoid}, quay], definition: A wall that ships lie at.}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    (tmp_path / "glossary-ls.toml").write_text("packs = []\n", "utf-8")
    (tmp_path / "ops").mkdir()
    (tmp_path / "ops/glossary.yaml").write_text("derrick: a crane on a ship\n", "utf-8")
    return tmp_path


async def _asked(target: object, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    async with Client(target) as client:  # type: ignore[arg-type]  # a server, or how to start one
        results = [await client.call_tool(name, arguments) for name, arguments in calls]
    return [
        result.content[0].text if result.is_error else result.structured_content  # type: ignore[union-attr]
        for result in results
    ]


def ask(folder: Path, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Return the answers of a server in this process; for an error its message."""
    return anyio.run(partial(_asked, server(str(folder)), *calls))


def test_an_agent_uses_the_tools_over_standard_input(folder: Path) -> None:
    program = StdioServerParameters(
        command=sys.executable, args=["-m", "glossary_ls", "mcp", "--root", str(folder)]
    )

    async def session() -> tuple[list[Any], Any, Any]:
        async with Client(program) as client:
            tools = (await client.list_tools()).tools
            looked = await client.call_tool("lookup", {"name": "slos"})
            text = "# A\n\nThe ZQX of the dock wall."
            checked = await client.call_tool("check_text", {"text": text, "path": "docs/a.md"})
        return tools, looked.structured_content, checked.structured_content

    tools, looked, checked = anyio.run(session)
    assert [tool.name for tool in tools] == TOOLS
    assert all(tool.annotations.read_only_hint and tool.description and tool.output_schema for tool in tools)
    [meaning] = looked["meanings"]
    assert (meaning["expansion"], meaning["entry"]) == ("Service Level Objective", "glossary.yaml:3")
    found = [(row["line"], row["rule"], row["text"]) for row in checked["result"]]
    assert found == [(3, "unknown-acronym", "ZQX"), (3, "avoid-alias", "dock wall")]


def test_names_are_found_and_similar_ones_offered(folder: Path) -> None:
    searched, missed, there, here = ask(
        folder,
        ("search", {"query": "wall", "limit": 1}),
        ("lookup", {"name": "qua"}),
        ("lookup", {"name": "derrick", "path": "ops/a.md"}),
        ("lookup", {"name": "derrick"}),
    )
    [meaning] = searched["result"]
    assert (meaning["other_names"], meaning["names_to_avoid"]) == (["quay"], ["dock wall"])
    assert missed == {"meanings": [], "similar": ["quay wall"]}
    assert [each["entry"] for each in there["meanings"]] == ["ops/glossary.yaml:1"]
    assert here["meanings"] == []


def test_mentions_have_their_place_and_sense(folder: Path) -> None:
    text = "The quay\nand a Storage Layer Owner (SLO)."
    [found] = ask(folder, ("mentions", {"text": text}))
    assert [(row["line"], row["term"], row["other_meaning"]) for row in found["result"]] == [
        (1, "quay wall", ""),
        (2, "SLO", "Storage Layer Owner"),
    ]


def test_what_the_documents_lack_is_harvested(folder: Path) -> None:
    (folder / "a.md").write_text("The Quartz Tide Engine (QTE). An SLO.\n\nThe ZQX and the QTE.\n", "utf-8")
    (folder / "b.md").write_text("Restart the QTE.\n", "utf-8")
    [found] = ask(folder, ("harvest", {}))
    assert [(row["name"], row["places"][0], row["possible_expansions"]) for row in found["result"]] == [
        ("QTE", "a.md:1", ["Quartz Tide Engine"]),
        ("ZQX", "a.md:3", []),
    ]


def test_a_changed_glossary_is_read_again(folder: Path) -> None:
    made = server(str(folder))
    call = ("lookup", {"name": "SLO"})
    anyio.run(partial(_asked, made, call))
    (folder / "glossary.yaml").write_text("SLO: Sealed Loading Order\n", "utf-8")
    [answer] = anyio.run(partial(_asked, made, call))
    assert [each["expansion"] for each in answer["meanings"]] == ["Sealed Loading Order"]


def test_nothing_outside_of_the_folder_is_answered(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "glossary.yaml").write_text("secret: hidden\n", "utf-8")
    (folder / "link").symlink_to(other)
    outside = ["../a.md", str(other / "a.md"), "link/a.md", "ops/../../a.md"]
    calls = [("lookup", {"name": "secret", "path": path}) for path in outside]
    calls += [(tool, {"text": "The secret.", "path": outside[0]}) for tool in ("check_text", "mentions")]
    for answer in ask(folder, *calls):
        assert "is not below the folder of this server" in answer


def test_a_text_that_is_too_long_is_refused(folder: Path) -> None:
    [answer] = ask(folder, ("check_text", {"text": "x" * 1_000_001}))
    assert "in parts" in answer


def test_a_missing_folder_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", "--root", "missing"]) == 2
    assert "missing: no such folder" in capsys.readouterr().err


def test_a_missing_sdk_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    monkeypatch.delitem(sys.modules, "glossary_ls.integrations.mcp")
    monkeypatch.delattr("glossary_ls.integrations.mcp")
    assert main(["mcp", "--root", str(folder)]) == 2
    assert "glossary-ls[mcp]" in capsys.readouterr().err


def test_the_examples_of_the_page_start_the_server() -> None:
    blocks = re.findall(r"^```(json|toml) title.*?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    settings = [(json.loads if kind == "json" else tomllib.loads)(text) for kind, text in blocks]
    assert [*map(list, settings)] == [["mcpServers"], ["servers"], ["mcp_servers"]]
    for [servers] in (each.values() for each in settings):
        started = servers["glossary"]
        assert started["command"] == "glossary-ls"
        assert parser(["mcp"]).parse_args(started["args"]).run
    tools = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert tools == TOOLS
