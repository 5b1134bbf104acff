"""Regular expressions that are compiled at their first use."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import glossary_ls
from glossary_ls import acronyms
from glossary_ls.acronyms.spaced import UNSPACED, Spaced
from glossary_ls.base import patterns


def test_every_pattern_can_be_compiled() -> None:
    names = [each.name for each in pkgutil.walk_packages(glossary_ls.__path__, "glossary_ls.")]
    modules = [import_module(name) for name in names if not name.endswith("__main__")]
    found = [value for module in modules for value in vars(module).values() if type(value) is patterns._Lazy]
    assert len(found) > 100
    assert all(each.flags is not None for each in found)


def test_both_variants_of_a_pattern_find_the_same() -> None:
    names = [each.name for each in pkgutil.walk_packages(acronyms.__path__, "glossary_ls.acronyms.")]
    modules = map(import_module, names)
    found = [value for module in modules for value in vars(module).values() if type(value) is Spaced]
    assert len(found) > 15
    text = (Path(__file__).parent / "definitions.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if max(line, default="") < UNSPACED[0]]
    for part in (*lines, "\n".join(lines)[:20_000]):
        for pattern in found:
            expected = [(each.span(), each.groups()) for each in pattern._whole.finditer(part)]
            assert [(each.span(), each.groups()) for each in pattern._quick.finditer(part)] == expected


def test_letters_of_an_unspaced_script_are_not_left_out() -> None:
    pattern = Spaced(rf"[^\W{UNSPACED}]+|[{UNSPACED}]")
    for text, expected in (("ab \u00e9", ["ab", "\u00e9"]), ("ab\u4e2d\u2013", ["ab", "\u4e2d"])):
        assert [each[0] for each in pattern.finditer(text)] == expected


def test_a_pattern_is_used_like_a_compiled_one() -> None:
    pattern = patterns.lazily(r"(b+)")
    assert pattern.sub("x", "abba") == "axa"
    found = pattern.search("abba", 2)
    assert found is not None
    assert found.span(1) == (2, 3)
