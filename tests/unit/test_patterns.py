"""Regular expressions that are compiled at their first use."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import glossary_ls
from glossary_ls.base import patterns


def test_every_pattern_can_be_compiled() -> None:
    names = [each.name for each in pkgutil.walk_packages(glossary_ls.__path__, "glossary_ls.")]
    modules = [import_module(name) for name in names if not name.endswith("__main__")]
    found = [value for module in modules for value in vars(module).values() if type(value) is patterns._Lazy]
    assert len(found) > 100
    assert all(each.pattern for each in found)


def test_a_pattern_is_used_like_a_compiled_one() -> None:
    pattern = patterns.lazily(r"(b+)")
    assert pattern.sub("x", "abba") == "axa"
    found = pattern.search("abba", 2)
    assert found is not None
    assert found.span(1) == (2, 3)
