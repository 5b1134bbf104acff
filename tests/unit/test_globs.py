"""Patterns of paths: as Git understands them, and in linear time however they are written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from glossary_ls.base import globs

NAME = st.sampled_from(["a", "b", "ab", "a.md", "*", "?", "a*", "*b", "*.md", "[ab]", "[!a]", "a*b*", "**"])
PATTERN = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(NAME, min_size=1, max_size=4).map("/".join),
    st.sampled_from(["", "", "/", "/**"]),
)
FILE = st.lists(st.sampled_from(["a", "b", "ab", "a.md", "aab"]), min_size=1, max_size=5).map("/".join)


def regular(pattern: str) -> bool:
    """Return whether pathspec agrees with Git on a pattern: not if it matches all names or only folders."""
    return re.fullmatch(r"!?/?(\*\*/)*\*+(/\**)*", pattern) is None and "**/**" not in pattern


@given(st.lists(PATTERN.filter(regular), min_size=1, max_size=3), FILE)
def test_patterns_mean_what_they_mean_to_pathspec(patterns: list[str], path: str) -> None:
    expected = GitIgnoreSpec.from_lines(patterns).check_file(path).include
    assert globs.verdict(tuple(patterns), path) == expected


@pytest.mark.parametrize(
    ("patterns", "path", "expected"),
    [
        # All but Markdown: folders have to be included for Git to look into them.
        (("*", "!*/", "!*.md"), "docs/", False),
        (("*", "!*/", "!*.md"), "docs/a.md", False),
        (("*", "!*/", "!*.md"), "docs/a.txt", True),
        (("**",), "a/b", True),
        (("**/",), "a", None),
        (("**/",), "a/", True),
        (("a/**",), "a/", None),
        (("a/**",), "a/b/", True),
        (("b", "!a"), "a/b/", True),
        (("a/", "!a/b"), "a/b", False),
        (("a/**",), "a", None),
        (("[z-a]", "a"), "a", True),
        (("[z-a]",), "z", None),
        (("[]-]x",), "]x", True),
        (("[!]]x",), "]x", None),
        ((r"[\]]x",), "]x", True),
        (("[a",), "[a", None),
        (("a\\",), "a", None),
        ((r"\#a", r"\!b"), "!b", True),
        ((r"\#a", r"\!b"), "#a", True),
        (("#a", "", "/", "!"), "#a", None),
        (("a\nb",), "a\nb", True),
        (("*" * 5000,), "a", None),
    ],
)
def test_patterns_that_others_read_differently(
    patterns: tuple[str, ...], path: str, *, expected: bool | None
) -> None:
    assert globs.verdict(patterns, path) is expected


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("a*" * 60 + "b", "a" * 250),
        ("*a?" * 60 + "b", "a" * 250),
        ("**/a/" * 40 + "b", "a/" * 2000 + "c"),
        ("**/a*a*a/" * 40 + "b", "aaaaaaaa/" * 400 + "c"),
        ("/".join(["a*"] * 60), "/".join("a" * 600)),
    ],
)
def test_no_pattern_of_a_repository_hangs(pattern: str, path: str) -> None:
    # Backtracking would take longer than the universe has.
    assert globs.verdict((pattern,), path) is (True if pattern.startswith("a*/") else None)
