"""The commands that print terms: explain, compare, list, search, topics."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

from glossary_ls.cli import main
from glossary_ls.cli.reporters.safe import width
from tests.command import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GLOSSARY = """
- term: latency
  summary: how long one request takes
  definition: The time that a request takes, from when it is sent to its answer, as the client sees it.
  topics: [Performance]
  not_to_be_confused_with:
    - {term: throughput, difference: Latency is about one request.}
- term: throughput
  summary: how much work is done per second
  topics: [Performance, Capacity]
  not_to_be_confused_with: [latency]
- {term: SLO, expansion: Service Level Objective, aliases: [objective]}
- {term: SLA, expansion: Service Level Agreement, definition: A contract about latency.}
- {term: evil, definition: "a \\e[31m red &#x202e; word"}
"""

_SEQUENCE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    (tmp_path / "glossary-ls.toml").write_text("packs = []\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def on_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[str]]:
    """Return a function that runs a command on a terminal of 40 columns, and returns the lines."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def run_there(*arguments: str) -> list[str]:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        return run(capsys, *arguments)[1].splitlines()

    return run_there


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("latencie", "latency"),
        ("SLX", "SLO, SLA"),
        ("slox", "SLO"),
        ("objectives of", "objective"),
        ("troughput", "throughput"),
    ],
)
def test_acronyms_are_offered_for_acronyms_and_words_for_words(
    capsys: pytest.CaptureFixture[str], written: str, offered: str
) -> None:
    code, out, err = run(capsys, "explain", written)
    assert (code, out) == (1, "")
    assert err == f"No glossary has a term {written!r}. Did you mean {offered}?\n"


def test_nothing_is_offered_for_what_is_like_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "explain", "Zwybble") == (1, "", "No glossary has a term 'Zwybble'.\n")


@pytest.mark.parametrize(
    "arguments", [("compare", "latency", "throughput"), ("explain", "latency vs. throughput")]
)
def test_a_comparison_comes_once(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, err) == (0, "")
    assert out.count("Latency is about one request.") == 1
    assert out.count("Not to be confused with") == 1
    assert "throughput: how much work is done per second" in out


def test_compare_says_when_no_glossary_does(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "compare", "SLO", "SLA")
    assert (code, out.count("Service Level")) == (0, 2)
    assert err.startswith("No glossary says how the two differ")
    code, out, err = run(capsys, "compare", "SLO", "SLX")
    assert (code, out) == (1, "")
    assert "'SLX'. Did you mean" in err


def test_explain_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = json.loads(run(capsys, "explain", "Latency", "--json")[1])
    assert (row["name"], row["glossary"], row["line"]) == ("latency", "glossary.yaml", 2)
    assert row["contrasts"] == [{"term": "throughput", "difference": "Latency is about one request."}]


def test_hover_guide_and_sources_print_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.md").write_text("The SLA, and the queue transfer zone (QTZ). The QTZ.\n", "utf-8")
    found = json.loads(run(capsys, "hover", "a.md:1:5", "--json")[1])
    assert (found["name"], [term["name"] for term in found["senses"]]) == ("SLA", ["SLA"])
    (definition,) = json.loads(run(capsys, "hover", "a.md:1:50", "--json")[1])["definitions"]
    assert definition == {"short": "QTZ", "long": "queue transfer zone", "path": None, "line": None}
    (row,) = json.loads(run(capsys, "sources", "--term", "SLA", "--json")[1])
    assert (row["glossary"], row["line"]) == ("glossary.yaml", 13)
    (folder / "glossary-ls.toml").write_text('packs = ["llm-deployment"]\n', "utf-8")
    assert "\n5. " in json.loads(run(capsys, "guide", "--json")[1])[0]["text"]


def test_an_error_cannot_control_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", "a\x1b[31m\n\u202e") == (
        2,
        "",
        "glossary-ls: a\\x1b[31m\\n\\u202e: no such file or folder\n",
    )


def test_a_terminal_gets_formatted_text_in_its_width(on_terminal: Callable[..., list[str]]) -> None:
    lines = on_terminal("explain", "latency")
    assert lines[0].startswith("\x1b[1mlatency\x1b[0m: how long")
    plain = [_SEQUENCE.sub("", line) for line in lines]
    assert max(map(width, plain)) <= 40
    assert "The time that a request takes, from when" in plain
    assert on_terminal("explain", "latency", "--markdown")[0].startswith("**latency**: how long one")
    assert "\x1b" not in "".join(on_terminal("explain", "latency", "--color", "never"))


@pytest.mark.parametrize("command", [("explain", "evil"), ("list",), ("search", "red"), ("list", "--json")])
def test_texts_cannot_control_a_terminal(
    on_terminal: Callable[..., list[str]], command: tuple[str, ...]
) -> None:
    out = _SEQUENCE.sub("", "\n".join(on_terminal(*command)))
    assert "red" in out
    assert "[31m" in out
    assert not set(out) & {"\x1b", "\u202e"}


def test_a_list_fits_into_the_terminal(on_terminal: Callable[..., list[str]]) -> None:
    assert on_terminal("list", "--topic", "performance") == [
        "latency     how long one request takes",
        "throughput  how much work is done per s…",
    ]


def test_list_and_topics(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "glossary-ls.toml").unlink()
    own = json.loads(run(capsys, "list", "--own", "--json")[1])
    assert [row["name"] for row in own] == ["evil", "latency", "SLA", "SLO", "throughput"]
    everything = run(capsys, "list")[1].splitlines()
    assert len(everything) > 500
    pack = run(capsys, "list", "--glossary", "llm-deployment")[1].splitlines()
    assert 0 < len(pack) < len(everything)
    (folder / "glossary-ls.toml").write_text("packs = []\n", "utf-8")
    assert run(capsys, "topics")[1] == "Capacity     1 term\nPerformance  2 terms\n"
    assert json.loads(run(capsys, "topics", "--json")[1])[0] == {"topic": "Capacity", "terms": 1}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("list", "--topic", "Performanse"),
            "no glossary has a topic 'Performanse'; did you mean 'Performance'?",
        ),
        (("list", "--glossary", "glosary.yaml"), "no glossary 'glosary.yaml'; did you mean 'glossary.yaml'?"),
        (("lst",), "unknown command 'lst'; did you mean 'list'?"),
        (("search", "--jsn", "x"), "unrecognized arguments: --jsn; did you mean '--json'?"),
    ],
)
def test_wrong_usage_offers_the_nearest_spelling(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_search_finds_names_before_texts(capsys: pytest.CaptureFixture[str]) -> None:
    def found(*query: str) -> list[str]:
        return [row["name"] for row in json.loads(run(capsys, "search", "--json", *query)[1])]

    assert found("latency") == ["latency", "SLA"]
    assert found("second", "work") == ["throughput"]
    assert found("thrpt") == ["throughput"]
    assert found("zzz") == []
    assert run(capsys, "search", "zzz") == (1, "", "No term matches 'zzz'.\n")


def test_glossaries_of_folders_below_are_found_from_the_root(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "team/pay").mkdir(parents=True)
    table = "term,expansion\nQWZ,Quite Wide Zone\nQWY,Quite Wide Yard\n"
    (folder / "team/pay/glossary.csv").write_text(table, "utf-8")
    assert run(capsys, "explain", "QWZ")[1].startswith("QWZ — Quite Wide Zone")
    assert run(capsys, "compare", "QWZ", "QWY")[0] == 0
    assert run(capsys, "search", "wide yard")[1] == "QWY  Quite Wide Yard\n"
    assert run(capsys, "list", "--glossary", "team/pay/glossary.csv")[1].splitlines() == [
        "QWY  Quite Wide Yard",
        "QWZ  Quite Wide Zone",
    ]


def test_search_finds_letters_in_order_only_in_names_that_are_not_much_longer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(capsys, "search", "ltncy")[1] == "latency  how long one request takes\n"
    # These are in "Service Level Agreement".
    assert run(capsys, "search", "slagmt") == (1, "", "No term matches 'slagmt'.\n")
    assert run(capsys, "search", "throughtpu")[2].endswith("Did you mean throughput?\n")


def test_nothing_found_is_still_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.md").write_text("plain\n", "utf-8")
    for command in (("explain", "zzz"), ("search", "zzz"), ("sources", "--term", "zzz"), ("guide",)):
        code, out, err = run(capsys, *command, "--json")
        assert (code, out, err.count("\n")) == (1, "[]\n", 1), command
    assert run(capsys, "hover", "a.md:1:1", "--json")[:2] == (1, "null\n")


def test_a_glossary_with_errors_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "glossary.yaml").write_text("- term: latency\n definition: x\n- term: SLO\n", "utf-8")
    advice = "`glossary-ls check glossary.yaml` lists them.\n"
    said = f"glossary.yaml has errors, and entries may be missing; {advice}"
    for command in (("explain", "SLO"), ("list",), ("search", "SLO"), ("topics",)):
        assert run(capsys, *command)[2] == said, command


@pytest.mark.parametrize("arguments", [("help", "search"), ("search", "--help")])
def test_help_is_a_command_too(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(arguments)
    assert leaving.value.code == 0
    assert capsys.readouterr().out.startswith("usage: glossary-ls search")


def test_the_spelling_of_ruff_leads_to_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert "did you mean '--json'?" in run(capsys, "list", "--output-format", "json")[2]
