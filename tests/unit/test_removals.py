"""What is taken out of a glossary or put into an entry leaves all else as it was, in long lists too."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.model import Alias, Term
from glossary_ls.glossary.formats import yaml as native
from glossary_ls.glossary.formats.yaml import nodes, writers, yaml_accepted, yaml_aliases, yaml_terms
from glossary_ls.glossary.formats.yaml.outline import Outline, Role

LIST = """\
# ours
- term: SLO
  aliases:
  - x
  - {name: y, kind: avoid}   # never
  facts: [one]

- plain

# about a
- {term: a, aliases: [b, 'c d', {name: e}], related: [SLO]}
- aliases: [only]
  term: f
- term: g
  aliases: one
  status: deprecated
"""
SHORTHAND = """\
SLO: Service Level Objective
cold start:
  definition: slow
  aliases: [x,
            y]
CI:
"""
FILES = [LIST, "version: 1\nterms:\n" + LIST + "accept: [Q]\n", SHORTHAND, LIST.replace("\n", "\r\n")]


def bare(source: str) -> list[Term]:
    return [replace(term, origin=None) for term in native.read("", source).terms]


@pytest.mark.parametrize("source", FILES)
def test_an_entry_goes_and_the_others_stay(source: str) -> None:
    for number, entry in enumerate(Outline(source).entries):
        edits = writers.remove_entry(source, entry.span)
        assert len(edits) == 1
        terms = bare(source)
        del terms[number]
        assert bare(writers.applied(source, edits)) == terms


@pytest.mark.parametrize("source", FILES)
def test_an_alias_goes_and_the_others_stay(source: str) -> None:
    gone = 0
    for number, entry in enumerate(Outline(source).entries):
        names = [value for value in entry.values if value.role is Role.ALIAS]
        for place, name in enumerate(names):
            edits = writers.remove_alias(source, entry.span, name.span.start)
            if not edits:
                assert name.text == "only"
                continue
            gone += 1
            terms = bare(source)
            aliases = terms[number].aliases
            terms[number] = replace(terms[number], aliases=(*aliases[:place], *aliases[place + 1 :]))
            assert bare(writers.applied(source, edits)) == terms
    assert gone >= 2


def test_a_key_is_added_behind_another_one() -> None:
    entry = Outline(LIST).entries[-1]
    edits = writers.add_value(LIST, entry.span, "status", "replaced_by", "a: b")
    assert writers.applied(LIST, edits).endswith('  status: deprecated\n  replaced_by: "a: b"\n')
    assert writers.add_value(LIST, entry.span, "status", "term", "x") == ()
    assert writers.add_value(LIST, entry.span, "owner", "replaced_by", "x") == ()


@given(st.integers(2, 14), st.booleans(), st.booleans(), st.sampled_from(["b", "zz", "k5", "A", "m 1"]))
def test_a_long_list_gets_an_entry_where_a_short_one_would(
    number: int,
    is_sorted: bool,  # noqa: FBT001  drawn
    has_head: bool,  # noqa: FBT001  drawn
    name: str,
) -> None:
    letters = [chr(ord("a") + at * (1 if is_sorted else 7) % 26) for at in range(number)]
    body = "".join(f"  # {each}\n  - term: {each}\n    summary: x\n\n" for each in letters)
    source = f"version: 1\nterms:\n{body}" if has_head else body.replace("\n  ", "\n")[2:].rstrip()
    wanted = writers.add_term(source, Term(name, "One"))
    with mock.patch.multiple(yaml_terms, _MANY=1, _AROUND=3):
        assert writers.add_term(source, Term(name, "One")) == wanted


@pytest.mark.parametrize("source", FILES)
def test_an_alias_comes_where_it_would_if_all_were_read(source: str) -> None:
    for term in native.read("", source).terms:
        edits = writers.add_alias(source, term.name, Alias("new"))
        with mock.patch.object(yaml_aliases, "cut", return_value=None):
            assert edits == writers.add_alias(source, term.name, Alias("new"))
    with mock.patch.object(yaml_aliases, "parse", wraps=nodes.parse) as parse:
        assert writers.add_alias(source, "SLO", Alias("new"))
    assert all(len(call.args[0]) < len(source) for call in parse.mock_calls)


@pytest.mark.parametrize("accepted", ["", "accept: [Q]\n", "accept:\n- Q\n", "accept: Q\n", "accept:\n"])
@pytest.mark.parametrize("entries", [LIST, "  " + SHORTHAND.replace("\n", "\n  ").rstrip(" ")])
def test_a_word_is_accepted_as_if_all_were_read(entries: str, accepted: str) -> None:
    source = f"version: 1\nterms:\n{entries}{accepted}"
    with mock.patch.object(yaml_accepted, "parse", side_effect=AssertionError):
        edits = writers.add_accepted(source, "QX")
    assert "QX" in native.read("", writers.applied(source, edits)).accept
    with mock.patch.object(yaml_accepted, "cut", return_value=None):
        assert edits == writers.add_accepted(source, "QX")
