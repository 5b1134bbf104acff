"""The changes that CONTRIBUTING.md shows are what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

_DIFFS = re.findall(
    r"^```diff\n(.*?)^```$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)

#: In how many files a change may have to be made, besides its cases and its page.
_MOST_PLACES = 3

#: How code names what each change adds, by its module, and the files that need not change with it: some fixes
#: leave others out, a client may lack something, and a syntax or a program may have the name of a format.
_NAMES: dict[str, tuple[str, set[str]]] = {
    "glossary_ls/rules/plural_apostrophe.py": (
        r"plural[_-]apostrophe",
        {"glossary_ls/features/fixes/wording.py"},
    ),
    "glossary_ls/features/links.py": (
        r"document_?links?\b|documentLink|DOCUMENT_LINK|features.* links\b",
        {"glossary_ls/lsp/client_flags.py"},
    ),
    "glossary_ls/glossary/formats/csv.py": (
        r"\"csv\"|formats\.csv|_CSV\b",
        {"glossary_ls/glossary/exports/csv.py"},
    ),
    "glossary_ls/cli/reporters/json_lines.py": (r"json[_-]lines", set()),
    "glossary_ls/glossary/exports/mkdocs.py": (r"exports.*mkdocs|mkdocs\.WRITER", set()),
}


def test_there_is_a_change_of_each_kind() -> None:
    assert len(_DIFFS) == 5


@pytest.mark.parametrize("diff", _DIFFS)
def test_a_change_is_made_in_few_places_and_is_what_the_code_says(diff: str) -> None:
    name, *parts = re.split(r"^\+\+\+ b/(.+)\n", diff, flags=re.MULTILINE)[0:]
    assert not name
    files = dict(zip(parts[::2], parts[1::2], strict=True))
    assert 0 < len(files) <= _MOST_PLACES
    for path, lines in files.items():
        text = (ROOT / path).read_text("utf-8").splitlines()
        missing = [line for line in lines.splitlines() if line.removeprefix("+") not in text]
        assert not missing, path


@pytest.mark.parametrize("diff", _DIFFS)
def test_nothing_else_names_what_a_change_adds(diff: str) -> None:
    shown = re.findall(r"^\+\+\+ b/(.+)$", diff, re.MULTILINE)
    names, others = _NAMES[shown[0]]
    sources = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "glossary_ls").rglob("*.py")}
    naming = {name for name, path in sources.items() if re.search(names, path.read_text("utf-8"))}
    assert naming - {*shown} == others
