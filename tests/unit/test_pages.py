"""The pages of the manual: links resolve, commands run, and the examples of rule pages are real output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from glossary_ls.analysis import scan
from glossary_ls.cli import main

ROOT = Path(__file__).parents[2]
_FOLDERS = ("*.md", "docs/**/*.md", "editors/*/*.md", "data/words/*.md")
PAGES = sorted(page for pattern in _FOLDERS for page in ROOT.glob(pattern))
RULES = [page for page in PAGES if "\n## What it does\n" in page.read_text("utf-8")]

_BLOCK = re.compile(r"^```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r" *\^+ (.+)")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

_ALIAS = "terms:\n  - term: inference server\n    aliases: [{name: model server, kind: avoid}]\n"
#: The files that the example of a rule needs besides the document.
_FILES = {
    "avoid-alias": {"glossary.yaml": _ALIAS},
    "defined-elsewhere": {"ops/backup.md": "The Recovery Time Objective (RTO).\n"},
    "unexplained-entry": {"glossary.yaml": 'QTZ: ""\n'},
}
#: A built-in glossary defines the acronym of these examples.
_WITHOUT_PACKS = frozenset({"defined-elsewhere"})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for link in _LINK.findall(_BLOCK.sub("", page.read_text("utf-8"))):
        path, _, anchor = link.partition("#")
        if path.startswith(("http:", "https:")):
            continue
        target = page.parent / path if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in map(_anchor, _HEADING.findall(target.read_text("utf-8"))), link


def _anchor(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")


@pytest.mark.parametrize("page", RULES, ids=lambda page: page.stem)
def test_the_examples_of_a_rule_are_what_it_reports(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    packs = "packs = []\n" if page.stem in _WITHOUT_PACKS else ""
    settings = f'{packs}[rules]\n{page.stem} = "warning"\n'
    for name, text in ({"glossary-ls.toml": settings} | _FILES.get(page.stem, {})).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    if page.stem == "unsearched-text":
        monkeypatch.setattr(scan, "LONGEST_PROSE", 40)
    examples = [block for block in _BLOCK.findall(page.read_text("utf-8")) if _messages(block)]
    assert examples
    for block in examples:
        document = "\n".join(line for line in block.splitlines() if not _MARK.fullmatch(line))
        (tmp_path / "example.md").write_text(document, "utf-8")
        main(["check", "example.md"])
        output = capsys.readouterr().out
        assert all(message in output for message in _messages(block)), output


def _messages(block: str) -> list[str]:
    """Return the messages behind the carets of an example."""
    return [mark[1] for line in block.splitlines() if (mark := _MARK.fullmatch(line))]
