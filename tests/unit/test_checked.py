"""The check of an edit to a glossary: an edit that changes anything else is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from glossary_ls.base.edits import applied
from glossary_ls.base.model import TextEdit
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.glossary.formats.yaml.checked import changed, checked, unchanged

SOURCE = """\
name: Ours
accept: [QA]
terms:
- {term: SLO, expansion: Objective}
- {term: API, expansion: Interface}
"""
FILE = read("", SOURCE)
START = SOURCE.index("{term: API")


def edit(old: str, new: str) -> tuple[TextEdit, ...]:
    """Return the edit that replaces a part of the source."""
    start = SOURCE.index(old)
    return (TextEdit(Span(start, start + len(old)), new),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Objective", "Obstacle"),
        ("- {term: API, expansion: Interface}\n", ""),
        ("terms:\n", "terms:\n- {term: new}\n"),
        ("Ours", "Theirs"),
        ("QA", "QB"),
        ("QA", "QA, QB"),
        ("[QA]", "[]"),
        ("expansion: Objective", "expansion: Objective, ownr: me"),
        ("Objective}", "Objective"),
    ],
)
def test_an_edit_that_changes_what_should_stay_is_refused(old: str, new: str) -> None:
    assert not read("", SOURCE).problems
    assert checked(FILE, edit(old, new), unchanged) == ()


@pytest.mark.parametrize(("old", "new"), [("Objective", '"Objective"'), ("name", "# comment\nname")])
def test_an_edit_of_the_layout_is_made(old: str, new: str) -> None:
    assert checked(FILE, edit(old, new), unchanged) == edit(old, new)


@pytest.mark.parametrize(
    ("new", "is_made"),
    [("QA, QB", True), ("QA", False), ("QA, QC", False), ("QB", False), ("QA, QB, QC", False)],
)
def test_an_accepted_word_is_added_alone(new: str, *, is_made: bool) -> None:
    edits = edit("QA", new)
    assert bool(checked(FILE, edits, unchanged, accepted="QB")) is is_made


@pytest.mark.parametrize(
    ("old", "new", "is_made"),
    [("Interface", "Port", True), ("Interface", "Gate", False), ("Objective", "Port", False)],
)
def test_only_the_entry_that_is_meant_changes(old: str, new: str, *, is_made: bool) -> None:
    wanted = changed(START, lambda term, _: replace(term, expansion="Port"))
    assert bool(checked(FILE, edit(old, new), wanted)) is is_made
    as_it_becomes = changed(START, lambda _, term: term)
    assert bool(checked(FILE, edit(old, new), as_it_becomes)) is (old == "Interface")


def test_only_the_entry_that_is_meant_is_removed() -> None:
    gone = changed(START, lambda *_: None)
    edits = edit("- {term: API, expansion: Interface}\n", "")
    assert checked(FILE, edits, gone) == edits
    assert [term.name for term in read("", applied(SOURCE, edits)).terms] == ["SLO"]
    assert checked(FILE, edit("- {term: SLO, expansion: Objective}\n", ""), gone) == ()


def test_without_an_entry_at_its_place_nothing_is_edited() -> None:
    assert checked(FILE, edit("Interface", "Port"), changed(START + 1, lambda _, term: term)) == ()
