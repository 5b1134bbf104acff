"""The outline of a glossary file points at what the reader reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.text import Text
from glossary_ls.glossary import store
from glossary_ls.glossary.formats import yaml as native
from glossary_ls.glossary.formats.yaml.outline import NAMES, Outline, Role, entry_in, outline
from glossary_ls.vfs.files import data_text

SHAPES = {
    "list": "- term: SLO\n  expansion: Service Level Objective\n  aliases: [x, {name: y}]\n- plain\n",
    "full": "name: T\nterms:\n  - {term: SLO, related: [a, 'b c']}\n  - term: a\n    summary: >-\n     b\n",
    "shorthand": "SLO: Service Level Objective\ncold start:\n  definition: slow\n",
    "mapping": "terms:\n  SLO: Service Level Objective\n  'cold start': {definition: slow}\n",
    "crlf": "- term: SLO\r\n  expansion: x\r\n- term: b\r\n",
    "wide": "name: \U0001f600\nterms:\n  - {term: \U0001f600 SLO, expansion: x}\n",
    "accept": "accept: [QQQ]\nSLO: Service Level Objective\n",
    "wrong value": "SLO: [Service, Level]\nSLA: x\n",
    "broken list": "terms:\n  - term: a\n    related: [b]\n  - term: b: c\n  - term: d\n",
    "broken shorthand": "SLO: Service Level Objective\nb: c: d\ncold start:\n  definition: slow\n",
    "broken mapping": "name: T\nterms:\n  SLO: Service Level Objective\n  b: 'c\n  d: slow\n",
}


@pytest.mark.parametrize("source", SHAPES.values(), ids=SHAPES)
def test_entries_stand_where_the_reader_says(source: str) -> None:
    agree(source)


@pytest.mark.parametrize("name", store.pack_names())
def test_entries_of_the_packs_stand_where_the_reader_says(name: str) -> None:
    agree(data_text(f"packs/{name}.yaml"))


def agree(source: str) -> None:
    text = Text(source)
    found = outline(text)
    terms = native.read("/ws/glossary.yaml", source).terms
    assert [entry.name.text for entry in found.entries] == [term.name for term in terms]
    for entry, term in zip(found.entries, terms, strict=True):
        assert term.origin is not None
        assert entry.span == term.origin.span
        assert found.entry_from(term.origin.span.start) == entry
        # One entry alone is the same as among the others.
        assert entry_in(text, term.origin.span) == entry
        assert entry.name.span.of(source).strip("'\"") == term.name
        names = [value.text for value in entry.values if value.role in NAMES]
        assert set(names) == set(term.names) | ({term.expansion} - {""})


def test_keys_know_what_they_stand_below() -> None:
    found = Outline(SHAPES["list"]).keys
    assert [(key.below, key.name) for key in found] == [
        (("terms",), "term"),
        (("terms",), "expansion"),
        (("terms",), "aliases"),
        (("terms", "aliases"), "name"),
    ]
    assert [(key.below, key.name) for key in Outline(SHAPES["mapping"]).keys] == [
        ((), "terms"),
        (("terms",), "definition"),
    ]


def test_a_value_is_found_by_its_place() -> None:
    source = SHAPES["full"]
    found = Outline(source)
    hit = found.value_at(source.index("b c"))
    assert hit is not None
    assert (hit[0].name.text, hit[1].text, hit[1].role) == ("SLO", "b c", Role.RELATED)
    assert found.value_at(0) is None


@given(st.text(alphabet="-: \n[]{}'\"ab#&*!|>,.\t", max_size=60))
def test_nothing_is_too_odd(source: str) -> None:
    found = Outline(source)
    for entry in found.entries:
        assert 0 <= entry.span.start <= entry.span.end <= len(source)
        entry_in(Text(source), entry.span)
    assert all(key.span.end <= len(source) for key in found.keys)
