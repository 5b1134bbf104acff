"""What is taken over from the last version of a glossary file is what would be found from scratch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary_ls.base.buffer import Buffer
from glossary_ls.base.model import GlossaryFile, Severity, Term
from glossary_ls.base.text import Encoding, Text
from glossary_ls.glossary import lint
from glossary_ls.glossary.formats.yaml import cuts, pieces, read
from glossary_ls.glossary.index import EMPTY, Glossary, build, key
from glossary_ls.glossary.lint import check
from glossary_ls.glossary.names import Names
from glossary_ls.glossary.store import Shelf
from glossary_ls.glossary.terms import Terms, apart
from glossary_ls.settings.schema import Settings
from glossary_ls.vfs.files import MemoryFiles
from tests.unit.test_pieces import EDITS, SHAPES, laid_out

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
        [(prefix, most, glossary.starting_with(prefix, most)) for prefix in prefixes for most in (3, 400)],
        [(glossary.contrasts(term), glossary.questions(term)) for term in glossary.terms],
        [glossary.entry("/ws/glossary.yaml", start) for start in range(200)],
        [glossary.senses_of(hit) for hit in glossary.find(". ".join(names))],
    )


@settings(max_examples=100)
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
    apart = GlossaryFile("/ws/glossary.yaml", terms=tuple(read("/ws/glossary.yaml", source).terms))
    assert told(glossary) == told(build([apart, OTHER]))


@settings(max_examples=200)
@given(st.sampled_from(sorted(SHAPES)), EDITS)
def test_an_edited_file_is_cut_as_one_from_scratch(shape: str, edits: list[tuple[float, int, str]]) -> None:
    buffer = Buffer(SHAPES[shape], Encoding.UTF32)
    for where, length, new in edits:
        before = buffer.text
        at = round(where * len(before))
        start, end = (before.position_at(offset, Encoding.UTF32) for offset in (at, at + length))
        buffer.replace(start, end, new)
        old = pieces.cut_whole(before.source)
        found = cuts.edited(old, before, buffer.text) if old else None
        assert found is None or laid_out(found) == laid_out(pieces.cut_whole(buffer.text.source))


@pytest.mark.parametrize("name", ["list", "full", "same column", "shorthand", "mapping", "crlf", "wide"])
def test_an_edit_within_an_entry_looks_at_few_others(name: str) -> None:
    source = SHAPES[name]
    old = pieces.cut_whole(source)
    assert old is not None
    # Behind a line end: the first line of an entry may tell that it is one.
    at = source.index("goes on" if name in {"shorthand", "mapping"} else "Objective")
    found = cuts.edited(old, Text(source), Text(f"{source[:at]}new {source[at:]}"))
    assert found is not None
    assert len(found.nodes) <= 2


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


@settings(max_examples=100)
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
        apart = GlossaryFile(file.path, terms=tuple(file.terms))
        whole = build([apart, *beside] if state == "in force" else beside)
        rules = Settings(review_months=6), date(2026, 11, 23)
        assert check(file, Text(source), glossary, *rules) == check(apart, Text(source), whole, *rules)


def test_names_are_taken_over() -> None:
    source = index("")
    first = Names(read("/ws/glossary.yaml", source).terms)
    list(first.starting_with("t"))
    second = Names(read("/ws/glossary.yaml", source.replace("t4", "u")).terms, first)
    assert list(second.starting_with("t")) == [name for name in first.starting_with("t") if name != "t4"]
    assert [row.name for row in second.of("u")] == ["u"]
    assert [row.name for row in second.of(key("Term 4"))] == ["Term 4"]


def test_terms_that_are_written_twice_have_places_of_their_own() -> None:
    terms = read("/ws/glossary.yaml", "- term: a\n- term: b\n- term: a\n- term: a\n").terms
    assert isinstance(terms, Terms)
    assert [term.origin.line for term in terms if term.origin] == [1, 2, 3, 4]
    assert [terms.placed(term) for term in apart(terms)[0]] == list(terms)
    assert terms[-1] is terms[3]
    assert terms[1:3] == tuple(terms)[1:3]


@settings(max_examples=100)
@given(st.sampled_from(("list", "full", "shorthand")), EDITS)
def test_a_broken_file_keeps_what_it_no_longer_tells(shape: str, edits: list[tuple[float, int, str]]) -> None:
    text = Text(SHAPES[shape])
    shelf = Shelf(MemoryFiles(), lambda _: text)
    glossary = EMPTY
    before: tuple[Term, ...] = ()
    before_kept = before_broken = 0
    for where, length, new in [(0.0, 0, ""), *edits]:
        at = round(where * len(text))
        text = Text(text.source[:at] + new + text.source[at + length :])
        file = read("/ws/glossary.yaml", text)
        shelved = shelf.get("/ws/glossary.yaml")
        assert shelved is not None
        terms = tuple(shelved.file.terms)
        own, kept = terms[: len(terms) - shelved.file.kept], terms[len(terms) - shelved.file.kept :]
        assert own == file.terms
        broken = sum(problem.severity is Severity.ERROR for problem in file.problems)
        names = {term.name for term in own}
        lost = before if broken > before_broken else before[len(before) - before_kept :]
        expected = [replace(term, origin=None) for term in lost if broken and term.name not in names]
        found = [replace(term, origin=None) for term in kept]
        assert found == expected if not length else all(term in expected for term in found)
        for term in kept:
            assert term.origin is not None
            assert term.origin.span.of(text.source).strip()
            assert term.origin.line == text.line_index(term.origin.span.start) + 1
        glossary = build([shelved.file, OTHER], [glossary])
        assert glossary.names == build([GlossaryFile("/ws/glossary.yaml", terms=terms), OTHER]).names
        before, before_kept, before_broken = terms, len(kept), broken


def test_a_broken_file_keeps_neither_what_is_renamed_nor_what_is_deleted() -> None:
    source = "# x\n- {term: a, expansion: A}\n- {term: b, expansion: B}\n- {term: c, expansion: C}\n"
    text = Text(source)
    shelf = Shelf(MemoryFiles(), lambda _: text)
    for old, new, expected in (
        ("", "", ["a", "b", "c"]),
        ("{term: a", "{term: 'a", ["b", "c", "a"]),
        ("term: b", "term: be", ["be", "c", "a"]),
        ("term: be", "term: bee", ["bee", "c", "a"]),
        ("- {term: c, expansion: C}\n", "", ["bee", "a"]),
        ("term: bee", "term: [bee", ["bee", "a"]),
        ("- {term: 'a, expansion: A}\n", "", ["bee"]),
        ("term: [bee", "term: c", ["c"]),
    ):
        text = Text(text.source.replace(old, new) if old else text.source)
        shelved = shelf.get("/ws/glossary.yaml")
        assert shelved is not None
        assert [term.name for term in shelved.file.terms] == expected


@pytest.mark.parametrize("form", ["in pieces", "as a whole"])
def test_what_a_broken_file_keeps_stands_where_its_entry_is(form: str) -> None:
    source = "- {term: ab, expansion: A}\n- {term: b, expansion: B, related: [x]}\n- {term: c, summary: x}\n"
    text = Text(source if form == "in pieces" else f"# \u2028\n{source}")
    shelf = Shelf(MemoryFiles(), lambda _: text)
    for old, new in (
        ("", ""),
        ("term: b,", "term: 'b,"),
        ("- {term: ab", "# one\n# two\n- {term: ab"),
        ("expansion: B", "expansion: Be"),
        ("expansion: A}", "expansion: }"),
        ("- {term: c", "- d\n- {term: c"),
    ):
        text = Text(text.source.replace(old, new) if old else text.source)
        shelved = shelf.get("/ws/glossary.yaml")
        assert shelved is not None
        place = next(term for term in shelved.file.terms if term.name == "b").origin
        assert place is not None
        assert place.span.of(text.source) == next(
            line for line in text.source.splitlines() if "b, " in line and "ab" not in line
        ).removeprefix("- ")
        assert place.line == text.line_index(place.span.start) + 1
        glossary = build([shelved.file])
        for term in shelved.file.terms:
            assert term.origin is not None
            assert glossary.entry("/ws/glossary.yaml", term.origin.span.start) is term or old
        found = check(shelved.file, text, glossary, Settings())
        assert [problem.data for problem in found if problem.data] == [lint.Dangling("x")] * (not old)


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
        found = check(file, Text(source), glossary, Settings(severities={"empty-entry": Severity.OFF}))
        assert [problem.data for problem in found] == [lint.Dangling("servce budgt", expected)]
