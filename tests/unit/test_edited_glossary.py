"""What stays in use of the last version of a glossary file is what would be found from scratch."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary_ls.base import memo
from glossary_ls.base.model import Severity, Term
from glossary_ls.base.text import Text
from glossary_ls.glossary.formats import parse
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.glossary.index import EMPTY, Glossary, build, merged
from glossary_ls.glossary.store import Store
from glossary_ls.rules import check_glossary
from glossary_ls.rules.dangling_reference import Dangling
from glossary_ls.settings.schema import Settings
from tests.memory_files import MemoryFiles
from tests.unit.test_reading_pieces import EDITS, SHAPES

if TYPE_CHECKING:
    from glossary_ls.glossary.model import GlossaryFile

#: Another file with some of the same names, so that one hides the other or stands beside it.
OTHER = read("/ws/other.yaml", "SLO: Slow Lane Only\na: Another One\ncold start: x\nb c: y\n")


def index(source: str) -> str:
    """Return a file of so many entries that an edit leaves most as they are."""
    return source + "".join(f"- {{term: t{at}, expansion: Term {at}}}\n" for at in range(9))


def told(glossary: Glossary) -> tuple[object, ...]:
    """Return all that a glossary tells."""
    names = sorted({name for _, name, _ in glossary.names})
    prefixes = ("", "a", "b", "s", "cold ", "service", "t")
    return (
        glossary.names,
        glossary.terms,
        [(name, glossary.senses(name), glossary.exact(name)) for name in names],
        [
            (prefix, most, list(glossary.starting_with(prefix, most)))
            for prefix in prefixes
            for most in (3, 400)
        ],
        [(glossary.contrasts(term), glossary.questions(term)) for term in glossary.terms],
        [glossary.senses_of(numbers) for _, _, numbers in glossary.find(". ".join(names))],
    )


@settings(max_examples=30)
@given(
    st.sampled_from(("list", "shorthand", "full", "mapping", "anchors")),
    EDITS,
    st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_a_glossary_after_edits_is_the_same(
    shape: str, edits: list[tuple[float, int, str]], asked: list[bool]
) -> None:
    source = index(SHAPES[shape]) if shape == "list" else SHAPES[shape]
    glossary = build([read("/ws/glossary.yaml", source), OTHER])
    for (where, length, new), is_asked in zip(edits, asked, strict=False):
        at = round(where * len(source))
        source = source[:at] + new + source[at + length :]
        if is_asked:
            told(glossary)
        file = read("/ws/glossary.yaml", source)
        glossary = build([file, OTHER], [glossary])
    known = told(glossary)
    memo.clear()
    assert known == told(build([read("/ws/glossary.yaml", source), OTHER]))


NAMES = ("SLO", "slo", "cold start", "cold-start", "node", "b c")
KEYS = st.sampled_from(
    (
        *(f"{key}: {name}" for key in ("expansion", "replaced_by") for name in NAMES),
        *(f"{key}: [{name}]" for key in ("aliases", "related") for name in (*NAMES, "nodes", "SLX")),
        "aliases: [{name: SLO, kind: abbreviation}, node]",
        "not_to_be_confused_with: zz",
        "summary: x",
        "reviewed: 2020-01-01",
        "reviewed: 2026-11-01",
        "reviewed: 1.2.2020",
        "status: deprecated",
        "scope: [/]",
    )
)
ENTRIES = st.builds(
    lambda name, keys: f"- {{term: {name}, {', '.join(keys)}}}\n",
    st.sampled_from(NAMES),
    st.lists(KEYS, max_size=4, unique_by=lambda key: key.partition(":")[0]),
)


@settings(max_examples=30)
@given(
    st.lists(ENTRIES, min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 2), ENTRIES), min_size=1, max_size=4),
    st.sampled_from(("in force", "ignored")),
)
def test_the_rules_find_the_same_after_edits(
    entries: list[str], edits: list[tuple[int, int, str]], state: str
) -> None:
    beside = [read("/ws/a.glossary.yaml", "- {term: node, aliases: [SLO]}\n"), OTHER]
    glossary = build(beside)
    for at, length, new in edits:
        entries[at : at + length] = [new]
        source = "".join(entries)
        file = read("/ws/glossary.yaml", source)
        glossary = build([file, *beside] if state == "in force" else beside, [glossary])
        rules = Settings(review_months=6), date(2026, 11, 23)
        found = check_glossary(file, glossary, *rules)
        memo.clear()
        file = read("/ws/glossary.yaml", source)
        whole = build([file, *beside] if state == "in force" else beside)
        assert found == check_glossary(file, whole, *rules)


class Edited:
    """A glossary file in a store, as somebody edits it."""

    def __init__(self, source: str) -> None:
        self.text = Text(source)
        self._store = Store(MemoryFiles(), lambda _: self.text)

    def file(self) -> GlossaryFile:
        stored = self._store.get("/ws/glossary.yaml")
        assert stored is not None
        return stored.file

    def glossary(self, earlier: Glossary) -> Glossary:
        stored = self._store.get("/ws/glossary.yaml")
        assert stored is not None
        return merged([stored.source], [earlier]) if earlier.sources != (stored.source,) else earlier

    def replace(self, old: str, new: str) -> None:
        assert old in self.text.source
        self.text = Text(self.text.source.replace(old, new))


def test_terms_that_are_written_twice_have_places_of_their_own() -> None:
    file = read("/ws/glossary.yaml", "- term: a\n- term: b\n- term: a\n- term: a\n")
    lines = [file.line_of(placed) for term in file.terms if (placed := file.locate(term))]
    assert lines == [0, 1, 2, 3]
    assert read("/ws/glossary.yaml", "# x\n- term: a\n- term: b\n- term: a\n").terms[2] is file.terms[2]


@pytest.mark.parametrize("head", ["", "# \u2028\n"], ids=["in pieces", "as a whole"])
@pytest.mark.parametrize(
    ("old", "new"), [("- {term: a", "# one\n\n- {term: a"), ("# end", "# the end"), ("A,", "A ,")]
)
def test_while_the_terms_are_the_same_only_places_change(head: str, old: str, new: str) -> None:
    edited = Edited(head + "- {term: a, expansion: A, related: [b]}\n- {term: b, expansion: B}\n# end\n")
    glossary = edited.glossary(EMPTY)
    term = glossary.term("b")
    assert term is not None
    edited.replace(old, new)
    assert edited.glossary(glossary) is glossary
    placed = edited.file().locate(term)
    assert placed is not None
    assert placed.span.of(edited.text.source) == "{term: b, expansion: B}"
    edited.replace("expansion: B", "expansion: C")
    assert edited.glossary(glossary) is not glossary


@settings(max_examples=30)
@given(st.sampled_from(("list", "full", "shorthand")), EDITS)
def test_a_broken_file_keeps_what_it_no_longer_tells(shape: str, edits: list[tuple[float, int, str]]) -> None:
    edited = Edited(SHAPES[shape])
    glossary = EMPTY
    before: tuple[Term, ...] = ()
    before_kept = before_broken = 0
    for where, length, new in [(0.0, 0, ""), *edits]:
        at = round(where * len(edited.text))
        source = edited.text.source
        edited.text = Text(source[:at] + new + source[at + length :])
        file = parse("/ws/glossary.yaml", edited.text)
        found = edited.file()
        own = tuple(placed.term for placed in found.entries)
        kept = [placed.term for placed in found.kept]
        assert own == file.terms
        broken = sum(problem.severity is Severity.ERROR for problem in file.problems)
        names = {term.name for term in own}
        lost = before if broken > before_broken else before[len(before) - before_kept :]
        expected = [term for term in lost if broken and term.name not in names]
        assert kept == expected if not length else all(term in expected for term in kept)
        for placed in found.kept:
            assert placed.span.of(edited.text.source).strip()
        glossary = edited.glossary(glossary)
        assert glossary.names == build([found]).names
        before, before_kept, before_broken = found.terms, len(kept), broken


def test_a_broken_file_keeps_neither_what_is_renamed_nor_what_is_deleted() -> None:
    source = "# x\n- {term: a, expansion: A}\n- {term: b, expansion: B}\n- {term: c, expansion: C}\n"
    edited = Edited(source)
    for old, new, expected in (
        ("# x", "# x", ["a", "b", "c"]),
        ("{term: a", "{term: 'a", ["b", "c", "a"]),
        ("term: b", "term: be", ["be", "c", "a"]),
        ("term: be", "term: bee", ["bee", "c", "a"]),
        ("- {term: c, expansion: C}\n", "", ["bee", "a"]),
        ("term: bee", "term: [bee", ["bee", "a"]),
        ("- {term: 'a, expansion: A}\n", "", ["bee"]),
        ("term: [bee", "term: c", ["c"]),
    ):
        edited.replace(old, new)
        assert [term.name for term in edited.file().terms] == expected


@pytest.mark.parametrize("form", ["in pieces", "as a whole"])
def test_what_a_broken_file_keeps_stands_where_its_entry_is(form: str) -> None:
    source = "- {term: ab, expansion: A}\n- {term: b, expansion: B, related: [x]}\n- {term: c, summary: x}\n"
    edited = Edited(source if form == "in pieces" else f"# \u2028\n{source}")
    glossary = EMPTY
    for old, new in (
        ("- {term: ab", "- {term: ab"),
        ("term: b,", "term: 'b,"),
        ("- {term: ab", "# one\n# two\n- {term: ab"),
        ("expansion: B", "expansion: Be"),
        ("expansion: A}", "expansion: }"),
        ("- {term: c", "- d\n- {term: c"),
    ):
        edited.replace(old, new)
        file = edited.file()
        term = next(term for term in file.terms if term.name == "b")
        placed = file.locate(term)
        assert placed is not None
        lines = edited.text.source.splitlines()
        wanted = next(line for line in lines if "b, " in line and "ab" not in line)
        assert placed.span.of(edited.text.source) == wanted.removeprefix("- ")
        glossary = edited.glossary(glossary)
        assert all(glossary.file_of(each) for each in file.terms)
        found = check_glossary(file, glossary, Settings())
        is_whole = new.startswith("- {term: ab")
        assert [problem.data for problem in found if problem.data] == [Dangling("x")] * is_whole


def test_what_was_meant_is_told_by_the_names_that_there_are_now() -> None:
    source = "- {term: service budget, summary: x}\n- {term: b, summary: x, related: [servce budgt]}\n- c\n"
    glossary = EMPTY
    for old, new, expected in (
        ("", "", "service budget"),
        ("summary: x, related", "summary: y, related", "service budget"),
        ("service budget", "Service Budget", "Service Budget"),
        ("Service Budget", "something else", ""),
    ):
        source = source.replace(old, new) if old else source
        file = read("/ws/glossary.yaml", source)
        glossary = build([file], [glossary])
        found = check_glossary(file, glossary, Settings(severities={"empty-entry": Severity.OFF}))
        assert [problem.data for problem in found] == [Dangling("servce budgt", expected)]
