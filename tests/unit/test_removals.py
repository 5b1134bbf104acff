"""What is taken out of a glossary or put into an entry leaves all else as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from glossary_ls.base.edits import applied
from glossary_ls.glossary.formats import yaml as native
from glossary_ls.glossary.formats.yaml import editor
from glossary_ls.glossary.model import Role

if TYPE_CHECKING:
    from glossary_ls.base.model import Term

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
    return list(native.read("", source).terms)


@pytest.mark.parametrize("source", FILES)
def test_an_entry_goes_and_the_others_stay(source: str) -> None:
    for number, entry in enumerate(native.read("", source).entries):
        edits = editor.remove_entry(source, entry.span)
        assert len(edits) == 1
        terms = bare(source)
        del terms[number]
        assert bare(applied(source, edits)) == terms


@pytest.mark.parametrize("source", FILES)
def test_an_alias_goes_and_the_others_stay(source: str) -> None:
    gone = 0
    for number, entry in enumerate(native.read("", source).entries):
        names = [value for value in entry.values if value.role is Role.ALIAS]
        for place, name in enumerate(names):
            edits = editor.remove_alias(source, entry.span, name.span.start)
            if not edits:
                assert name.text == "only"
                continue
            gone += 1
            terms = bare(source)
            aliases = terms[number].aliases
            terms[number] = replace(terms[number], aliases=(*aliases[:place], *aliases[place + 1 :]))
            assert bare(applied(source, edits)) == terms
    assert gone >= 2


def test_a_key_is_added_behind_another_one() -> None:
    entry = native.read("", LIST).entries[-1]
    edits = editor.add_value(LIST, entry.span, "status", "replaced_by", "a: b")
    assert applied(LIST, edits).endswith('  status: deprecated\n  replaced_by: "a: b"\n')
    assert editor.add_value(LIST, entry.span, "status", "term", "x") == ()
    assert editor.add_value(LIST, entry.span, "owner", "replaced_by", "x") == ()
