"""`glossary-ls export` and `glossary-ls import`: what is written, what is reported, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from glossary_ls.base.text import Text
from glossary_ls.glossary.formats import parse
from tests.command import run

if TYPE_CHECKING:
    from pathlib import Path

GLOSSARY = """\
# Ours.
name: Queues
guide: {title: Start, points: [One.]}
terms:
  # The most important one.
  - term: QWB
    expansion: Queue Wait Budget
    topics: [Queues]
    questions: [{question: How large?, answer: Large.}]
  - term: latency
    definition: How long.
    case: exact
    not_to_be_confused_with: [{term: QWB, difference: One is spent.}]
"""

TABLE = """\
Term,Expansion,Definition
QWB,Queue Wait Budget,From a table.
QWB,Quick Wide Band,
ABC,Always Be Closing,
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Create a workspace with a glossary and a table, and make it the current folder."""
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    (tmp_path / "table.csv").write_text(TABLE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(path: Path) -> list[str]:
    """Return the names of the terms in a glossary."""
    return [term.name for term in parse(path.name, Text(path.read_text("utf-8"))).terms]


# --- export -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_export_prints_markdown_and_reports_what_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "export")
    assert code == 0
    assert "\n# Queues\n" in out
    assert err == "2 terms of 1 file written to standard output (markdown)\n"
    code, _, err = run(capsys, "export", "--to", "contextive", "--dry-run")
    assert code == 0
    assert err == (
        "2 terms of 1 file would be written to standard output (contextive)\n"
        "Not carried over:\n"
        "  guide of the glossary: Contextive has no place for it\n"
        "  questions: Contextive has no place for it (1 term)\n"
        "    glossary.yaml:6: QWB\n"
        "  case: Contextive has no place for it (1 term)\n"
        "    glossary.yaml:10: latency\n"
        "  not_to_be_confused_with: Contextive has no place for it (1 term)\n"
        "    glossary.yaml:10: latency\n"
    )


def test_the_end_of_the_output_decides_about_the_format(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "export", "--output", "out/terms.json")[0] == 0
    assert len(json.loads((folder / "out" / "terms.json").read_text("utf-8"))["terms"]) == 2
    assert run(capsys, "export", "--output", "page.HTML")[0] == 0
    assert (folder / "page.HTML").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert run(capsys, "export", "--to", "mkdocs", "--output", "page.md")[0] == 0
    assert (folder / "page.md").read_text("utf-8").startswith("[//]: # (glossary-ls: literal)\n")
    code, _, err = run(capsys, "export", "--output", "out.xyz")
    assert (code, err) == (
        2,
        "glossary-ls: out.xyz: no format has files that end like this; name one with --to\n",
    )


def test_a_dry_run_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "export", "--output", "page.html", "--dry-run")
    assert (code, out) == (0, "")
    assert err.startswith("2 terms of 1 file would be written to page.html (html)\n")
    assert not (folder / "page.html").exists()


@pytest.mark.usefixtures("folder")
def test_export_takes_topics(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "export", "--to", "harper", "--topic", "queues")
    assert (code, out) == (0, "Budget\nQueue\nQWB\nWait\n")
    code, _, err = run(capsys, "export", "--topic", "storage")
    assert (code, err) == (1, "glossary-ls: no term has the topic storage; there are Queues\n")


def test_a_glossary_is_not_overwritten_by_its_export(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "export", "--output", "glossary.yaml")
    assert (code, (folder / "glossary.yaml").read_text("utf-8")) == (2, GLOSSARY)
    assert (
        err
        == "glossary-ls: glossary.yaml is one of the glossaries that are exported; name another --output\n"
    )


def test_an_output_that_cannot_be_written_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "file").write_text("", "utf-8")
    code, _, err = run(capsys, "export", "--output", "file/page.html")
    assert code == 2
    assert err.startswith("glossary-ls: file/page.html: cannot be written: ")


def test_packs_are_exported_on_request_and_nearer_entries_win(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "glossary.yaml").write_text("GPU: {definition: Ours.}\n", "utf-8")
    found = json.loads(run(capsys, "export", "--to", "json", "--packs")[1])["terms"]
    assert len(found) > 100
    assert [each["definition"] for each in found if each["term"] == "GPU"] == ["Ours."]
    assert len(json.loads(run(capsys, "export", "--to", "json", "--no-packs")[1])["terms"]) == 1


def test_entries_of_several_files_complete_each_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in ("docs", "service"):
        (folder / place).mkdir()
    (folder / "docs" / "glossary.csv").write_text(TABLE, "utf-8")
    (folder / "service" / "glossary.yaml").write_text(
        "latency: Another meaning.\nXYZ: {license: MIT}\n", "utf-8"
    )
    code, out, err = run(capsys, "export", "--to", "json")
    found = [
        (each["term"], each.get("expansion", ""), each.get("definition", ""))
        for each in json.loads(out)["terms"]
    ]
    assert found == [
        ("ABC", "Always Be Closing", ""),
        ("latency", "", "How long."),
        ("latency", "", "Another meaning."),
        ("QWB", "Queue Wait Budget", "From a table."),
        ("QWB", "Quick Wide Band", ""),
        ("XYZ", "", ""),
    ]
    assert (code, err.partition("\n")[0]) == (0, "6 terms of 3 files written to standard output (json)")


def test_what_a_file_further_away_says_differently_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / ".glossary").mkdir()
    (folder / ".glossary" / "more.yaml").write_text(
        "- term: latency\n  owner: us\n  url: https://b.org\n", "utf-8"
    )
    (folder / "glossary.yaml").write_text("- term: latency\n  url: https://a.org\n", "utf-8")
    _, out, err = run(capsys, "export", "--to", "json")
    (term,) = json.loads(out)["terms"]
    assert (term["owner"], term["url"]) in {("us", "https://a.org"), ("us", "https://b.org")}
    assert "another entry for 'latency' comes first, and says something else (1 term)" in err


def test_there_may_be_nothing_to_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "export")
    assert code == 1
    assert err == "glossary-ls: no glossary in this workspace; use --packs to export the built-in ones\n"
    (tmp_path / "glossary.yaml").write_text("terms: []\n", "utf-8")
    assert run(capsys, "export")[::2] == (1, "glossary-ls: there are no terms in glossary.yaml\n")


# --- import -----------------------------------------------------------------------------------------------


def test_import_writes_a_new_glossary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "glossary.yaml").unlink()
    assert run(capsys, "import", "table.csv") == (0, "", "3 terms of 1 file written to glossary.yaml\n")
    assert names(folder / "glossary.yaml") == ["QWB", "QWB", "ABC"]


def test_import_carries_everything_that_a_file_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "import", "glossary.yaml", "--output", "copy.yaml")[0] == 0
    old, new = (
        parse("glossary.yaml", Text((folder / name).read_text("utf-8")))
        for name in ("glossary.yaml", "copy.yaml")
    )
    assert (new.terms, new.head, new.problems) == (old.terms, old.head, ())
    code, out, _ = run(capsys, "import", "glossary.yaml", "--output", "-")
    assert (code, out) == (0, (folder / "copy.yaml").read_text("utf-8"))


def test_import_overwrites_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "import", "table.csv")
    assert (code, (folder / "glossary.yaml").read_text("utf-8")) == (2, GLOSSARY)
    remedy = "--merge adds the terms that it lacks, --output names another file"
    assert err == f"glossary-ls: glossary.yaml exists; {remedy}\n"


def test_merge_adds_the_terms_that_a_glossary_lacks(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", "table.csv", "--merge", "--dry-run")
    assert (folder / "glossary.yaml").read_text("utf-8") == GLOSSARY
    code, out, err = run(capsys, "import", "table.csv", "--merge")
    assert (code, out) == (0, "")
    assert err == (
        "2 terms of 1 file written to glossary.yaml\n"
        "Not carried over:\n"
        "  term: glossary.yaml has an entry for it (1 term)\n"
        "    table.csv:2: QWB\n"
    )
    added = "  - term: QWB\n    expansion: Quick Wide Band\n  - term: ABC\n    expansion: Always Be Closing\n"
    assert (folder / "glossary.yaml").read_text("utf-8") == GLOSSARY + added


def test_merge_adds_accepted_names_and_leaves_the_guide(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = "{term: A, facts: [b, 'c: d'], questions: [{question: e?, answer: f}]}"
    more = f"accept: [QX]\nguide: {{text: Other.}}\nterms: [{entry}]\n"
    (folder / "more.yaml").write_text(more, "utf-8")
    code, _, err = run(capsys, "import", "more.yaml", "--merge")
    assert (code, "guide: only a new file gets a guide; copy it by hand" in err) == (0, True)
    file = parse("glossary.yaml", Text((folder / "glossary.yaml").read_text("utf-8")))
    assert (file.head.accept, file.terms[-1].facts, file.problems) == (("QX",), ("b", "c: d"), ())
    assert file.terms[-1].questions[0].answer == "f"


def test_merge_needs_a_glossary_that_can_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "import", "glossary.yaml", "--merge", "--output", "table.csv")
    assert (code, (folder / "table.csv").read_text("utf-8")) == (2, TABLE)
    assert (
        err
        == "glossary-ls: table.csv: terms can only be added to a glossary in YAML; name one with --output\n"
    )


def test_import_takes_folders_and_formats(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "glossary.csv").write_text(TABLE, "utf-8")
    (folder / "in" / "data.csv").write_text("a,b\n1,2\n", "utf-8")
    assert run(capsys, "import", "in", "--output", "one.yaml")[0] == 0
    assert names(folder / "one.yaml") == ["QWB", "QWB", "ABC"]
    (folder / "words.dat").write_text("term;expansion\nAB;Apple Basket\n", "utf-8")
    assert run(capsys, "import", "words.dat", "--from", "csv", "--output", "two.yaml")[0] == 0
    assert names(folder / "two.yaml") == ["AB"]


@pytest.mark.usefixtures("folder")
def test_what_cannot_be_read_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "words.bin").write_text("AB", "utf-8")
    code, _, err = run(capsys, "import", "words.bin", "--output", "new.yaml")
    assert (code, "words.bin: no format can read this file; name one of yaml" in err) == (2, True)
    code, _, err = run(capsys, "import", "missing.csv", "--output", "new.yaml")
    assert (code, "missing.csv: cannot be read" in err) == (2, True)


def test_problems_of_a_file_are_printed_and_the_rest_is_imported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.csv").write_text("Term,Definition\nA,b\n,c\n", "utf-8")
    code, _, err = run(capsys, "import", "bad.csv", "--output", "new.yaml")
    assert (code, names(folder / "new.yaml")) == (0, ["A"])
    assert err.startswith("bad.csv:3:1: ")
    assert err.endswith("1 term of 1 file written to new.yaml\n")


def test_there_may_be_nothing_to_import(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty.csv").write_text("Term,Definition\n", "utf-8")
    code, _, err = run(capsys, "import", "empty.csv", "--output", "new.yaml")
    assert (code, err) == (1, "glossary-ls: there are no terms in empty.csv\n")
    assert not (folder / "new.yaml").exists()


def test_a_web_page_is_written_anew_and_is_no_glossary(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "glossary.yaml").write_text(
        GLOSSARY.replace("latency\n    def", "latency\n    summary: time\n    def"), "utf-8"
    )
    for _ in range(2):
        code, _, err = run(capsys, "export", "--output", "glossary.html")
        assert (code, err.partition("\n")[0]) == (0, "2 terms of 1 file written to glossary.html (html)")


def test_import_writes_a_case_rule_only_where_it_matters(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = "# Glossary\n\n## Error Budget\n\nHow much may fail.\n\n## Latency\n\nHow long it takes.\n"
    (folder / "page.md").write_text(page, "utf-8")
    _, out, _ = run(capsys, "import", "page.md", "--output", "-")
    terms = parse("glossary.yaml", Text(out)).terms
    assert [(term.name, term.case) for term in terms] == [("Error Budget", None), ("Latency", "any")]
