"""A glossary says the same with libyaml and without it."""

from __future__ import annotations

from unittest import mock

import pytest
import yaml

from glossary_ls.glossary.formats import yaml as native
from glossary_ls.markup import yaml_nodes as nodes
from glossary_ls.markup.yaml_loader import Tolerant
from glossary_ls.markup.yaml_nodes import NotYamlError, parse

#: Sources that libyaml takes, and those that nobody does.
GOOD = (
    "{question: Who ties it?, answer: x}",
    "[Who?, 'b?', c ? d, e??, f?#g]",
    "{a?: b?c}",
    "{url: http://x/y?z=1#w, who: me?  # why?\n}",
    "{a: who?\n  me, b: c}",
    "[who?,you?]",
    "{? a : b}",
    "k:\tv\t# c\nl: a\tb \tc:d\n",
    "- a:\tb\n- [c\td,\te?\t]\n",
    "- who? me\n- ? a\n  : b?\n",
)
BAD = ("{a: ?}", "[a? b", "l: a\tb\tc: d", "\tk: v", "k: a\n\tb: c", "{a: b?]", "a?: b: c", "a\t: b: c")


def parsed(source: str, loader: type) -> object:
    with mock.patch.object(nodes, "LOADER", loader):
        return parse(source)


@pytest.mark.parametrize("source", GOOD)
def test_both_engines_take_the_same(source: str) -> None:
    assert parsed(source, Tolerant) == parsed(source, yaml.CSafeLoader)


@pytest.mark.parametrize("source", BAD)
def test_both_engines_refuse_the_same(source: str) -> None:
    for loader in (Tolerant, yaml.CSafeLoader):
        with pytest.raises(NotYamlError):
            parsed(source, loader)


@pytest.mark.parametrize("loader", [Tolerant, yaml.CSafeLoader])
@pytest.mark.parametrize("sign", ["\x80", "\x92", "\x9f", "\x7f", "\x00"])
def test_a_control_sign_costs_its_entry_only(sign: str, loader: type) -> None:
    with mock.patch.object(nodes, "LOADER", loader):
        file = native.read("/g.yaml", f"- term: a\n- term: b{sign}c\n- term: d\n")
    assert [term.name for term in file.terms] == ["a", "d"]
    assert [problem.code for problem in file.problems] == ["invalid-yaml"]
