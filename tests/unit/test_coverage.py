"""Coverage: how the terms of documents are explained, sums of it, and the command with its outputs."""

from __future__ import annotations

import json
import pickle
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.text import Text
from glossary_ls.features.coverage.document import coverage_of
from glossary_ls.features.coverage.model import MOST_SPOTS, Coverage, Explained, merged, share, total
from glossary_ls.markup import language_of
from glossary_ls.rules.shared.undefined import Undefined
from glossary_ls.workspace.findings import check
from glossary_ls.workspace.workspace import Workspace
from tests import command
from tests.memory_files import MemoryFiles

if TYPE_CHECKING:
    from random import Random

ROOT = Path(__file__).parents[2]

GLOSSARY = """\
accept: [ZZK]
terms:
  - {term: QWB, expansion: Queue Wait Budget}
  - {term: EXQ, expansion: Exchange Query, established: true}
  - {term: berth, definition: A place., aliases: [dock]}
  - {term: BXR}
  - {term: jetty}
  - {term: QPR, expansion: Quick Port Relay}
"""

IN_DOCUMENT, LATE, GLOSSARY_ONLY, NOT_EXPANDED, NOWHERE = Explained


def covered(text: str, path: str = "/ws/a.md", **settings: object) -> Coverage:
    """Return the coverage of a document in a workspace with the glossary."""
    files = MemoryFiles({"/ws/glossary.yaml": GLOSSARY})
    workspace = Workspace(files, ["/ws"])
    workspace.configure({"packs": [], **settings})
    return coverage_of(workspace.analyze(path, language_of(path), Text(text)))


def explained(text: str, **settings: object) -> dict[Explained, int]:
    """Return in which ways the terms of a document are explained."""
    (row,) = covered(text, "/ws/a.md", **settings).documents
    return {each: number for each, number in total([row.terms]).items() if number}


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        # An acronym of a glossary.
        ("The QWB holds.", {NOT_EXPANDED: 1}),
        ("The Queue Wait Budget (QWB) holds. The QWB.", {IN_DOCUMENT: 1}),
        ("The queue wait budget holds. The QWB.", {IN_DOCUMENT: 1}),
        ("The QWB holds. The Queue Wait Budget (QWB).", {LATE: 1}),
        ("# QWB\n\nThe Queue Wait Budget (QWB) holds.", {IN_DOCUMENT: 1}),
        ("See `QWB` there.", {GLOSSARY_ONLY: 1}),
        ("The EXQ is known.", {GLOSSARY_ONLY: 1}),
        # A word.
        ("The berth and the dock.", {GLOSSARY_ONLY: 1}),
        ("The jetty.", {NOWHERE: 1}),
        # An acronym that no glossary has.
        ("The Port Time Window (PTW) ends. The PTW.", {IN_DOCUMENT: 1}),
        ("The PTW ends. The Port Time Window (PTW).", {LATE: 1}),
        ("The QXZ. A QXZ.", {NOWHERE: 1}),
        # An entry that explains nothing is one acronym, not two terms.
        ("The BXR. A BXR.", {NOWHERE: 1}),
        ("The Bay Xylem Ring (BXR). A BXR.", {IN_DOCUMENT: 1}),
        # Accepted or ignored.
        ("The ZZK.", {}),
        ("The QXZ.<!-- glossary-ls: ignore-line -->", {}),
        ("<!-- glossary-ls: accept QXZ QWB BXR -->\n\nThe QXZ, the QWB, the BXR.", {GLOSSARY_ONLY: 1}),
        ("Nothing.", {}),
    ],
)
def test_each_term_is_explained_in_one_way(text: str, ways: dict[Explained, int]) -> None:
    assert explained(text) == ways


def test_settings_decide_what_counts_as_unexplained() -> None:
    assert explained("The QXZ.", accept=["QXZ"]) == {}
    assert explained("The QXZ.", rules={"unknown-acronym": "off"}) == {}
    assert explained("The QXZ.", diagnostics={"enabled": False}) == {}


def test_a_document_lists_what_a_writer_may_want_to_explain() -> None:
    (row,) = covered("# QWB\n\nThe QWB, a berth.\n\nThe QXZ, QXZ. The PTW. Port Time Window (PTW).").documents
    assert row.findings == (("QWB", NOT_EXPANDED, 2, 3), ("QXZ", NOWHERE, 2, 5), ("PTW", LATE, 2, 5))
    assert row.uses == 7


def test_entries_are_used_by_any_of_their_names() -> None:
    found = covered("A dock.\n\nThe berth and the QWB. The BXR.")
    used = {each.name: (tally.uses, *tally.spots[0]) for each, tally in found.entries.items()}
    assert used == {
        "berth": (2, "/ws/a.md", 1, 2),
        "QWB": (1, "/ws/a.md", 3, 1),
        "BXR": (1, "/ws/a.md", 3, 1),
    }
    assert {each.glossary for each in found.entries} == {"/ws/glossary.yaml"}


def test_a_glossary_is_no_document() -> None:
    for path in ("/ws/glossary.yaml", "/ws/GLOSSARY.md"):
        files = MemoryFiles({path: "# Glossary\n\n**QWB**: Queue Wait Budget\n\n**QXT**: Quick Xenon Tube\n"})
        files.put("/ws/glossary.yaml", GLOSSARY)
        workspace = Workspace(files, ["/ws"])
        text = Text(files.read(path).decode())
        assert coverage_of(workspace.analyze(path, language_of(path), text)) == Coverage()


# --- sums -------------------------------------------------------------------------------------------------

_PIECES = (
    "The QWB.",
    "The QXZ.",
    "A berth.",
    "Port Time Window (PTW).",
    "Port Tide Width (PTW).",
    "The PTW.",
)


@cache
def _of(number: int, pieces: tuple[int, ...]) -> Coverage:
    return covered(" ".join(_PIECES[piece] for piece in pieces), f"/ws/{number % 3}/{number}.md")


@given(
    st.lists(st.lists(st.integers(0, len(_PIECES) - 1), max_size=4).map(tuple), max_size=MOST_SPOTS + 4),
    st.randoms(use_true_random=False),
)
def test_sums_do_not_depend_on_order_and_grouping(texts: list[tuple[int, ...]], random: Random) -> None:
    parts = [_of(number, pieces) for number, pieces in enumerate(texts)]
    whole = merged(parts)
    shuffled = [*parts, Coverage()]
    random.shuffle(shuffled)
    while len(shuffled) > 1:
        at = random.randrange(len(shuffled) - 1)
        shuffled[at : at + 2] = [merged(shuffled[at : at + 2])]
    # Parts are sent from process to process.
    assert merged(pickle.loads(pickle.dumps(shuffled))) == whole  # noqa: S301  what has just been written
    assert len(whole.documents) == len(texts)
    assert sum(tally.uses for tally in whole.acronyms.values()) == sum(
        use.uses for row in whole.documents for use in row.findings if use.explained is NOWHERE
    )


def test_the_share_of_nothing_is_all() -> None:
    assert share({}) == 100
    assert share({NOWHERE: 1, LATE: 2}) == pytest.approx(200 / 3)


def test_what_is_not_explained_is_what_check_reports() -> None:
    """Compare both for the documents of the corpus, which have acronyms of all kinds."""
    workspace = Workspace(MemoryFiles(), ["/ws"])
    count = 0
    for file in sorted((ROOT / "tests/corpus").glob("*.md")):
        document = workspace.analyze(f"/ws/{file.name}", "markdown", Text(file.read_text("utf-8")))
        (row,) = coverage_of(document).documents
        found = {use.name for use in row.findings if use.explained is NOWHERE}
        assert found == {
            each.data.acronym for each in check(document).problems if isinstance(each.data, Undefined)
        }
        count += len(found)
    assert count > 20


# --- the command ------------------------------------------------------------------------------------------

#: What a terminal, a browser or a reader must not be given as it is.
EVIL = "b\x1b[31m<script>alert(1)</script>\u202e"

DOCUMENTS = {
    "glossary.yaml": (
        "terms:\n"
        '  - {term: QWB, expansion: Queue Wait Budget, owner: "<i>@q</i>", reviewed: 2001-02-03}\n'
        "  - {term: berth, definition: A place., status: deprecated}\n"
        '  - {term: "<b>never</b>", definition: x}\n'
    ),
    "other/glossary.yaml": "XTR: Extra Term Report\n",
    "docs/a.md": "# A\n\nThe QWB, the QXZ and the QXZ.\n",
    f"docs/{EVIL.replace('/', '')}.md": "The PTW.\n",
    "docs/deep/c.md": "The Port Time Window (PTW) and the QWB.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Create a workspace and make it the current folder."""
    for name, text in {"glossary-ls.toml": "packs = []\n", **DOCUMENTS}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command, and return its exit code and what it printed."""
    return command.run(capsys, "coverage", *arguments)


def section(text: str, title: str) -> list[str]:
    """Return the rows below a title, without the heads of the columns."""
    _, _, rest = text.partition(f"\n{title} (")
    return [" ".join(line.split()) for line in rest.partition("\n\n")[0].splitlines()[2:]]


@pytest.mark.usefixtures("folder")
def test_the_text_has_a_table_for_each_question(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    assert out.startswith("60% of the terms in 3 documents are explained (3 of 5)\n")
    evil = "docs/b\\x1b[31m<script>alert(1)<script>\\u202e.md"
    assert section(out, "Not explained") == ["QXZ 2 1 docs/a.md:3", f"PTW 1 1 docs/deep/c.md:1 {evil}:1"]
    assert section(out, "Used before they are explained") == [
        "QWB 1 by a glossary only docs/a.md:3",
        "QWB 1 by a glossary only docs/deep/c.md:1",
    ]
    assert section(out, "Never used") == [
        "berth deprecated glossary.yaml:3",
        "<b>never</b> glossary.yaml:4",
        "XTR (Extra Term Report) other/glossary.yaml:1",
    ]
    assert section(out, "Overdue for review") == [
        "QWB (Queue Wait Budget) 2 2001-02-03 <i>@q</i> glossary.yaml:2"
    ]
    assert section(out, "Folders") == ["docs 33.3% 2 3 4 2", "docs/deep 100% 0 2 2 1"]
    assert section(out, "Owners") == ["<i>@q</i> 1 0 1 2", "(none) 3 3 0 0"]
    assert section(out, "Documents")[0] == "docs/a.md 50% 2 0 1 1 QXZ (line 3)"
    assert section(out, "Terms") == [
        "QWB (Queue Wait Budget) 2 2 glossary.yaml:2 docs/a.md:3, docs/deep/c.md:1"
    ]
    assert not re.search(r"[^\n -~]", out)
    limited = run(capsys, "--limit", "1")[1]
    assert section(limited, "Never used") == ["berth deprecated glossary.yaml:3", "and 2 more"]
    assert run(capsys, "--limit", "0")[1] == out


@pytest.mark.usefixtures("folder")
def test_only_the_glossaries_of_the_named_documents_have_unused_entries(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = run(capsys, "docs")[1]
    assert [row.split()[0] for row in section(out, "Never used")] == ["berth", "<b>never</b>"]


@pytest.mark.usefixtures("folder")
def test_json_has_everything(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "--json")[1]
    assert out.isascii()
    found = json.loads(out)
    assert found["explained_percent"] == 60
    assert found["terms"] == {
        "in_document": 1,
        "late": 0,
        "glossary": 0,
        "not_expanded": 2,
        "unexplained": 2,
    }
    assert [(each["name"], each["uses"], each["line"]) for each in found["entries"]] == [
        ("QWB", 2, 2),
        ("<b>never</b>", 0, 4),
        ("XTR", 0, 1),
        ("berth", 0, 3),
    ]
    assert found["acronyms"][1]["defined_in"] == [
        {"path": "docs/deep/c.md", "line": 1, "expansion": "Port Time Window"}
    ]
    assert [each["path"] for each in found["documents"]] == sorted(
        each["path"] for each in found["documents"]
    )
    assert found["documents"][0]["findings"][1] == {
        "name": "QXZ",
        "explained": "unexplained",
        "uses": 2,
        "line": 3,
    }
    assert [each["owner"] for each in found["owners"]] == ["<i>@q</i>", ""]


def test_the_page_escapes_every_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--html", "out.html")
    assert (code, out) == (0, "60% of the terms in 3 documents are explained (3 of 5)\n")
    page = (folder / "out.html").read_text("utf-8")
    assert page.count("<script>") == 1
    assert "&lt;b&gt;never&lt;/b&gt;" in page
    assert "&lt;i&gt;@q&lt;/i&gt;" in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert not re.search(r"""(?:src|href)=["'](?!#)|url\(|@import""", page)
    # The page is no document and no glossary of the next run.
    assert run(capsys, "--html", "-")[1] == page


@pytest.mark.usefixtures("folder")
def test_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--fail-under", "60")[0] == 0
    code, out, err = run(capsys, "--fail-under", "60.1%")
    assert (code, err) == (1, "glossary-ls: 60% of the terms are explained, less than 60.1%\n")
    assert out.startswith("60%")
    code, out, err = run(capsys, "glossary.yaml")
    assert (code, out) == (1, "")
    assert "no documents found" in err


def test_a_file_that_is_no_text_is_named_and_the_others_are_examined(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "docs" / "d.md").write_bytes(b"caf\xe9 QXQ\n")
    code, out, err = run(capsys)
    assert code == 2
    assert "in 3 documents" in out
    assert err.startswith("glossary-ls: docs/d.md: ")
    assert err.count("\n") == 1


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fail-under", "101"], "'101' is no number from 0 to 100"),
        (["--fail-under", "nan"], "'nan' is no number from 0 to 100"),
        (["--limit", "-1"], "--limit"),
        (["nowhere"], "nowhere: no such file or folder"),
        (["-"], "standard input is not read"),
        (["--htlm", "x"], "did you mean '--html'?"),
        (["--html", "docs"], "docs: cannot be written"),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_a_terminal_gets_what_fits_into_its_width(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    (folder / "docs" / ("字" * 40 + ".md")).write_text("The QWB.\n", "utf-8")
    plain = run(capsys)[1]
    colored = run(capsys, "--color", "always")[1]
    shown = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert colored.startswith("\x1b[1m66.6%")
    assert max(map(len, shown.splitlines())) <= 60
    assert any(line.endswith("…") for line in shown.splitlines())
    assert shown.count("\n") == plain.count("\n")
    assert "\x1b" not in plain


def test_the_example_of_the_page_is_what_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs/coverage.md").read_text("utf-8")
    files = re.findall(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(files) == 3
    for name, text in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    code, out, _ = run(capsys)
    assert code == 0
    assert f"prints:\n\n```text\n{out}```\n" in page
    for each in Explained:
        assert f"`{each}`" in page
