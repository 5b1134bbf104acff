"""A glossary read in pieces is the same as one read as a whole, whatever is typed into it."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glossary_ls.base import memo
from glossary_ls.base.text import Text
from glossary_ls.glossary import store
from glossary_ls.glossary.formats import yaml as native
from glossary_ls.glossary.formats.yaml import reader, split
from glossary_ls.glossary.model import NAMES, GlossaryFile, Role
from glossary_ls.markup.yaml_nodes import NotYamlError, parse
from glossary_ls.vfs.files import data_text

LIST = """\
# ours
- term: SLO
  expansion: Service Level Objective
  aliases: [x, {name: y, kind: avoid}]
  facts:
    - one
    - "two: 2"

- plain
# of the last one
- {term: a, related: [SLO, 'b c'], ownr: me}
- term: b c
  definition: |+
    - term: no entry

    of *a* list

- term: last
  summary: >-
   folded
"""
FULL = (
    "version: 1\nname: T\nguide: {title: x}\nterms:\n\n"
    + "".join(f"  {line}\n" if line else "\n" for line in LIST.splitlines())
    + "accept: [QQQ, RRR]\ndescription: 'it''s'\n"
)
SAME_COLUMN = "---\nname: T\nterms:  # all\n" + LIST + "accept:\n- QQQ\n"
SHORTHAND = """\
SLO: Service Level Objective
cold start:
  definition: slow
  aliases:
  - name: x
accept: [QQQ]
"quoted: name": a text
  that goes on
CI:
"""
MAPPING = "name: T\nterms:\n" + "".join(
    f"    {line}\n" for line in SHORTHAND.replace("accept", "axept").splitlines()
)
SHAPES = {
    "list": LIST,
    "full": FULL,
    "entries last": FULL.partition("accept:")[0],
    "same column last": SAME_COLUMN.partition("accept:")[0],
    "same column": SAME_COLUMN,
    "shorthand": SHORTHAND,
    "mapping": MAPPING,
    "crlf": FULL.replace("\n", "\r\n"),
    "anchors": "- &one\n  term: a\n  definition: b\n- <<: *one\n  term: c\n- {term: d, facts: [&x e, *x]}\n",
    "wide": FULL.replace("Service", "\U0001f600 Sérvice"),
}

#: What is typed: single signs and what gives a file another form.
TYPED = st.one_of(
    st.text(alphabet="-: \n[]{}'\"ab#&*!|>,.\t?%\r\ufeff\u2028\u0007", min_size=0, max_size=3),
    st.sampled_from(("\n", "\n- ", "\n  - ", "\n  ", "\n---\n", "\n...\n", '"', "'", "- ")),
    st.sampled_from(("\nname: ", "terms:", "accept:", "\nterms:\n- ", "? ", "<<: ")),
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), TYPED), min_size=1, max_size=4)


def read_whole(source: str) -> GlossaryFile:
    with mock.patch.object(reader, "cut", return_value=None):
        return native.read("/ws/glossary.yaml", source)


def agree(source: str) -> None:
    """Check that a file says the same in both ways of reading, and however much of it is remembered."""
    known = told(native.read("/ws/glossary.yaml", source))
    whole = read_whole(source)
    try:
        parse(source)
    except NotYamlError:
        assert any(problem.code == "invalid-yaml" for problem in whole.problems)
    else:
        assert known == told(whole)
    memo.clear()
    file = native.read("/ws/glossary.yaml", source)
    assert told(file) == known
    assert len(set(map(id, file.terms))) == len(file.terms)


def told(file: GlossaryFile) -> tuple[object, ...]:
    """Return all that a file tells."""
    entries = [
        (placed.term, placed.span, file.line_of(placed), placed.name, [*placed.values], sorted(placed.keys))
        for placed in file.entries
    ]
    asked = range(0, len(file.text) + 1, max(7, len(file.text) // 500))
    found = [(at, file.key_at(at), value_at(file, at)) for at in asked]
    keys = sorted((*file.keys, *(key for placed in file.entries for key in placed.keys)))
    return file.head, entries, keys, file.problems, found


def value_at(file: GlossaryFile, offset: int) -> object:
    found = file.value_at(offset)
    return found and (found[0].span, found[1])


@pytest.mark.parametrize(
    "source",
    [
        "terms:\n- one\n? E\n: F\nname: T\n",
        "name: T\nterms:\n  A: b\n? E\n: F\n",
        "---#\n- one\n",
        "\ufeff- term: one\n  definition: two\n- three\n",
        "SLO: x\naccept:accept: [QQQ]\nCI: y\n",
        "SLO: x\naccept:more:\n- y\nCI: y\n",
        "SLO: x\n'accept' : [QQQ]\nCI: y\n",
        "'accept: all': x\n'terms''s': y\n\"name\":\n  CI\n",
        'SLO: x\n"terms: all": y\n',
    ],
)
def test_odd_forms_are_read_alike(source: str) -> None:
    agree(source)


@pytest.mark.parametrize("source", SHAPES.values(), ids=SHAPES)
def test_every_form_is_read_alike(source: str) -> None:
    agree(source)


@pytest.mark.parametrize("name", sorted(SHAPES.keys() - {"anchors"}))
def test_of_every_usual_form_only_the_entry_that_is_edited_is_read_anew(name: str) -> None:
    memo.clear()
    source = SHAPES[name]
    native.read("/ws/glossary.yaml", source)
    word = "goes on" if name in {"shorthand", "mapping"} else "Objective"
    with mock.patch.object(reader, "parsed", wraps=split.parsed) as parsed:
        native.read("/ws/glossary.yaml", source.replace(word, f"new {word}"))
    assert [word in call.args[0] for call in parsed.mock_calls] == [True]


@pytest.mark.parametrize("name", store.pack_names())
def test_the_packs_are_read_alike(name: str) -> None:
    source = data_text(f"packs/{name}.yaml")
    assert told(native.read("/ws/glossary.yaml", source)) == told(read_whole(source))


@settings(max_examples=25)
@given(st.sampled_from(sorted(SHAPES)), EDITS)
@example("same column", [(0.0625, 0, "\u0007")])
def test_no_edit_tells_the_two_ways_of_reading_apart(shape: str, edits: list[tuple[float, int, str]]) -> None:
    source = SHAPES[shape]
    for where, length, new in edits:
        at = round(where * len(source))
        source = source[:at] + new + source[at + length :]
        agree(source)


PLACES = {
    "wrong value": "SLO: [Service, Level]\nSLA: x\n",
    "broken list": "terms:\n  - term: a\n    related: [b]\n  - term: b: c\n  - term: d\n",
    "broken shorthand": "SLO: Service Level Objective\nb: c: d\ncold start:\n  definition: slow\n",
    "broken mapping": "name: T\nterms:\n  SLO: Service Level Objective\n  b: 'c\n  d: slow\n",
    **{name: source for name, source in SHAPES.items() if name != "anchors"},
}


@pytest.mark.parametrize("source", PLACES.values(), ids=PLACES)
def test_values_stand_where_they_are_written(source: str) -> None:
    text = Text(source)
    file = native.read("/ws/glossary.yaml", text)
    assert file.entries
    for placed in file.entries:
        assert placed.name.content.of(source).strip("'") == placed.term.name
        assert file.entry_at(placed.span.start) == placed
        assert file.locate(placed.term) == placed
        names = {value.text for value in placed.values if value.role in NAMES} - {""}
        assert names == set(placed.term.names) | ({placed.term.expansion} - {""})


def test_keys_know_what_they_stand_below() -> None:
    file = native.read("x", "terms:\n- term: SLO\n  aliases: [x, {name: y}]\n")
    keys = [(key.below, key.name) for key in (*file.keys, *file.entries[0].keys)]
    below = ("terms",)
    assert keys == [((), "terms"), (below, "term"), (below, "aliases"), (("terms", "aliases"), "name")]


def test_a_value_is_found_by_its_place() -> None:
    source = "name: T\nterms:\n  - {term: SLO, related: [a, 'b c']}\n"
    file = native.read("x", source)
    placed, value = file.value_at(source.index("b c")) or (None, None)
    assert placed
    assert value
    assert (placed.term.name, value.text, value.role) == ("SLO", "b c", Role.RELATED)
    assert file.value_at(0) is None


@given(st.text(alphabet="-: \n[]{}'\"ab#&*!|>,.\t", max_size=60))
def test_nothing_is_too_odd(source: str) -> None:
    file = native.read("x", source)
    for placed in file.entries:
        assert 0 <= placed.span.start <= placed.span.end <= len(source)
        assert all(0 <= value.span.start <= value.span.end <= len(source) for value in placed.values)
