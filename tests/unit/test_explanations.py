"""Filling in entries in YAML: where the explanation of an entry is, and edits that write it."""

from __future__ import annotations

import pytest

from glossary_ls.base.edits import applied
from glossary_ls.base.text import Text
from glossary_ls.glossary.formats import parse
from glossary_ls.glossary.formats.yaml import editor

#: An entry, with a bar at each end of its explanation; what it is when it is explained, and established.
ENTRIES = [
    ('QTZ: "||"\nSLO: X Y\n', 'QTZ: "Queue Zone"\nSLO: X Y\n', None),
    ("QTZ: || # what it stands for\n", "QTZ: Queue Zone  # what it stands for\n", None),
    ("- {term: QTZ}||\n- b\n", "- {term: QTZ, expansion: Queue Zone}\n- b\n", None),
    ("- QTZ||\n", "- {term: QTZ, expansion: Queue Zone}\n", None),
    (
        "terms:\n  - term: QTZ\n    expansion: '||'\n",
        "terms:\n  - term: QTZ\n    expansion: 'Queue Zone'\n",
        None,
    ),
    ("- term: QTZ\n  topics: [a]||\n", "- term: QTZ\n  expansion: Queue Zone\n  topics: [a]\n", None),
    ("QTZ:\n  definition: '||'\n", "QTZ:\n  definition: 'Queue Zone'\n", None),
    ("SLO: |Service Level|\n", None, "SLO: {expansion: Service Level, established: true}\n"),
    (
        "- {term: SLO, expansion: |Service Level|}\n",
        None,
        "- {term: SLO, expansion: Service Level, established: true}\n",
    ),
    (
        "- term: SLO\n  expansion: |Service Level|\n  topics: [a]\n",
        None,
        "- term: SLO\n  expansion: Service Level\n  established: true\n  topics: [a]\n",
    ),
]


@pytest.mark.parametrize(("marked", "explained", "established"), ENTRIES)
def test_an_entry_is_explained_in_its_own_form(
    marked: str, explained: str | None, established: str | None
) -> None:
    before, text, after = marked.split("|")
    source = before + text + after
    entry = parse("glossary.yaml", Text(source)).entries[0]
    assert editor.explanation(source, entry.span) == (len(before), len(before) + len(text))
    assert entry.term.is_bare == (explained is not None)
    edits = editor.explain(source, entry.span, "Queue Zone")
    assert (applied(source, edits) if edits else None) == explained
    if established:
        assert applied(source, editor.establish(source, entry.span)) == established


def test_what_cannot_be_written_safely_is_left_alone() -> None:
    for source in ("QTZ: &a ''\nOTHER: *a\n", "QTZ: [x]\n"):
        entry = parse("glossary.yaml", Text(source)).entries
        assert all(editor.establish(source, each.span) == () for each in entry)
    assert editor.establish("- QTZ\n", parse("glossary.yaml", Text("- QTZ\n")).entries[0].span) == ()
