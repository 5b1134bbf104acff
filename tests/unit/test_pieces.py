"""A glossary read in pieces is the same as one read as a whole, whatever is typed into it."""

from __future__ import annotations

from collections import deque
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glossary_ls.glossary import store
from glossary_ls.glossary.formats import yaml as native
from glossary_ls.glossary.formats.yaml import cuts, pieces, yaml_glossary
from glossary_ls.glossary.formats.yaml import outline as outlines
from glossary_ls.glossary.formats.yaml.memory import Memory, Rows
from glossary_ls.glossary.formats.yaml.nodes import NotYamlError, parse
from glossary_ls.glossary.formats.yaml.outline import Outline
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


def agree(source: str) -> None:
    """Check that a file says the same in both ways of reading, and however much of it is remembered."""
    file, outline = native.read("/ws/glossary.yaml", source), Outline(source)
    assert [entry.span for entry in outline.entries] == [
        term.origin.span for term in file.terms if term.origin
    ]
    cut = cuts.cut(source)
    assert laid_out(cut) == laid_out(pieces.cut_whole(source))
    try:
        parse(source)
    except NotYamlError:
        assert cut is None or cut.errors
    else:
        assert cut is None or not cut.errors
        assert (file, *told(outline, source)) == as_whole(source)
    with (
        mock.patch.object(pieces, "_SOUND", Memory()),
        mock.patch.object(cuts, "_LATELY", deque()),
        mock.patch.object(yaml_glossary, "_ROWS", Rows()),
        mock.patch.object(outlines, "_FOUND", Memory()),
        mock.patch.object(outlines, "_ROWS", Rows()),
        mock.patch.object(yaml_glossary, "READINGS", Memory()),
    ):
        assert native.read("/ws/glossary.yaml", source) == file
        assert told(Outline(source), source) == told(outline, source)


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


def test_what_is_remembered_has_a_limit() -> None:
    memory: Memory[int] = Memory(10_000)
    sizes = []
    for number in range(100):
        memory.learn(f"form {number % 2}", f"{number:>5000}", number)
        sizes.append(sum(len(memory.of(f"form {at}")) for at in (0, 1)))
    assert max(sizes) == 1
    assert min(sizes) == 0


def laid_out(cut: pieces.Cut | None) -> object:
    """Return all that a cut tells about a file."""
    if cut is None:
        return None
    errors = [(error.message, error.offset) for error in cut.errors]
    return cut.head, cut.form, list(zip(cut.texts, cut.starts, cut.lines, strict=True)), cut.end, errors


def as_whole(source: str) -> tuple[object, ...]:
    with (
        mock.patch.object(yaml_glossary, "cut", return_value=None),
        mock.patch.object(outlines, "cut", return_value=None),
    ):
        return native.read("/ws/glossary.yaml", source), *told(Outline(source), source)


def told(outline: Outline, source: str) -> tuple[object, ...]:
    """Return all that an outline tells."""
    finding = (outline.entry_at, outline.key_at, outline.value_at, outline.entry_from)
    at = [find(offset) for offset in range(0, len(source) + 1, 7) for find in finding]
    return outline.entries, outline.keys, at


@pytest.mark.parametrize("source", SHAPES.values(), ids=SHAPES)
def test_every_form_is_read_alike(source: str) -> None:
    agree(source)


@pytest.mark.parametrize("name", sorted(SHAPES.keys() - {"anchors"}))
def test_every_usual_form_is_cut(name: str) -> None:
    assert cuts.cut(SHAPES[name]) is not None


@pytest.mark.parametrize("name", store.pack_names())
def test_the_packs_are_cut_and_read_alike(name: str) -> None:
    source = data_text(f"packs/{name}.yaml")
    assert cuts.cut(source) is not None
    with mock.patch.object(yaml_glossary, "cut", return_value=None):
        as_whole = native.read("x", source)
    assert native.read("x", source) == as_whole


@settings(max_examples=200)
@given(st.sampled_from(sorted(SHAPES)), EDITS)
@example("same column", [(0.0625, 0, "\u0007")])
def test_no_edit_tells_the_two_ways_of_reading_apart(shape: str, edits: list[tuple[float, int, str]]) -> None:
    source = SHAPES[shape]
    for where, length, new in edits:
        at = round(where * len(source))
        source = source[:at] + new + source[at + length :]
        agree(source)
