"""The YAML editor: removals and corrections change nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from glossary_ls.base.edits import applied
from glossary_ls.base.model import Alias, Term
from glossary_ls.glossary.formats import yaml as native
from glossary_ls.glossary.formats.yaml import accept, add_alias, add_term, editor, remove
from glossary_ls.glossary.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from glossary_ls.glossary.format import Edits
    from glossary_ls.glossary.model import Placed


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
def test_removing_an_entry_keeps_the_others(source: str) -> None:
    for number, entry in enumerate(native.read("", source).entries):
        edits = editor.remove_entry(source, entry.span)
        assert len(edits) == 1
        terms = bare(source)
        del terms[number]
        assert bare(applied(source, edits)) == terms


@pytest.mark.parametrize("source", FILES)
def test_removing_an_alias_keeps_the_others(source: str) -> None:
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


def test_a_key_is_added_after_another() -> None:
    entry = native.read("", LIST).entries[-1]
    edits = editor.add_value(LIST, entry.span, "status", "replaced_by", "a: b")
    assert applied(LIST, edits).endswith('  status: deprecated\n  replaced_by: "a: b"\n')
    assert editor.add_value(LIST, entry.span, "status", "term", "x") == ()
    assert editor.add_value(LIST, entry.span, "owner", "replaced_by", "x") == ()


SHARED = "- &a {term: x, aliases: [b], status: deprecated}\n- {<<: *a, term: y}\n"
NAMED = "- {term: x, aliases: [&b b, c]}\n- {term: y, related: [*b]}\n"

#: Edits that would change more than is wanted, because an anchor shares a part of the file.
HARMFUL: dict[str, tuple[ModuleType, str, Callable[[str], Edits]]] = {
    "remove_entry": (remove, SHARED, lambda source: editor.remove_entry(source, first(source).span)),
    "remove_alias": (
        remove,
        NAMED,
        lambda source: editor.remove_alias(source, first(source).span, source.index("b, c")),
    ),
    "add_value": (
        remove,
        SHARED,
        lambda source: editor.add_value(source, first(source).span, "status", "replaced_by", "z"),
    ),
    "add_alias": (add_alias, SHARED, lambda source: editor.add_alias(source, "x", Alias("new"))),
    "add_accepted": (
        accept,
        "accept: &a [Q]\nterms:\n- {term: x, aliases: *a}\n",
        lambda source: editor.add_accepted(source, "QX"),
    ),
    "add_term": (
        add_term,
        "accept: &a [Q]\nterms: *a\n",
        lambda source: editor.add_term(source, Term("z", "Z")),
    ),
}


def first(source: str) -> Placed:
    return native.read("", source).entries[0]


def test_a_list_that_another_key_shares_loses_no_alias() -> None:
    source = "- {term: x, aliases: &a [b, c], related: *a}\n"
    assert editor.remove_alias(source, first(source).span, source.index("b, c")) == ()


def test_a_value_that_would_be_read_differently_is_not_added() -> None:
    span = native.read("", LIST).entries[-1].span
    assert editor.add_value(LIST, span, "status", "replaced_by", " a ") == ()


@pytest.mark.parametrize("name", HARMFUL)
def test_harmful_edits_are_refused(name: str) -> None:
    module, source, edit = HARMFUL[name]
    assert not native.read("", source).problems
    assert edit(source) == ()
    with mock.patch.object(module, "checked", lambda _source, edits, *_, **__: edits):
        assert edit(source) != ()
