"""Completion in a glossary file: what is inserted, and that no half-written file is too odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.text import Encoding, Text
from glossary_ls.features.keys import complete_key, key_help
from glossary_ls.glossary.formats.yaml import assistant
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

if TYPE_CHECKING:
    from glossary_ls.features.completion import Completions

URI = "file:///ws/glossary.yaml"


def offered(marked: str) -> dict[str, str]:
    """Return what the file becomes by each offer; `|` is the cursor."""
    offset = marked.index("|")
    source = marked.replace("|", "")
    found = items(source, offset)
    return {
        item.label: source[: item.span.start] + item.insert + source[item.span.end :]
        for item in (found.items if found else ())
    }


def items(source: str, offset: int) -> Completions | None:
    workspace = Workspace(MemoryFiles(), ["/ws"], Encoding.UTF32)
    workspace.configure({"packs": []})
    workspace.open(URI, "yaml", 1, source)
    document = workspace.snapshot(URI)
    assert document is not None
    key_help(document, offset)
    return complete_key(document, offset)


def test_a_key_comes_with_its_colon_unless_it_has_one() -> None:
    assert offered("- term: a\n  sta|\n")["status"] == "- term: a\n  status: \n"
    assert offered("- term: a\n  sta|xx: draft\n")["status"] == "- term: a\n  status: draft\n"
    assert offered("- {term: a, st|}\n")["status"] == "- {term: a, status: }\n"


def test_a_name_is_quoted_where_yaml_wants_it() -> None:
    source = "- {term: 'a: b', summary: x}\n- term: c\n  related: [a|]\n"
    assert offered(source)["a: b"] == source.replace("[a|]", '["a: b"]')
    quoted = source.replace("[a|]", "['a|']")
    assert offered(quoted)["a: b"] == quoted.replace("a|", "a: b")


def test_texts_are_left_to_the_terms() -> None:
    source = "- term: a\n  definition: some te|xt\n"
    assert items(source.replace("|", ""), source.index("|")) is None


@given(
    st.lists(
        st.sampled_from(["- ", "  ", "term", ": ", "\n", "[", "]", "{", "}", "'", "a", "related", ", "]),
        max_size=20,
    ),
    st.integers(0, 60),
)
def test_nothing_is_too_odd(parts: list[str], offset: int) -> None:
    source = "".join(parts)
    offset = min(offset, len(source))
    found = items(source, offset)
    for item in found.items if found else ():
        assert 0 <= item.span.start <= offset <= item.span.end <= len(source)


@pytest.mark.parametrize("column", [1, 2, 4, 6])
@pytest.mark.parametrize(
    ("head", "entry"),
    [
        ("version: 1\nterms:\n", "  - term: a\n    related:\n      - b\n    definition: c\n\n"),
        ("", "- term: a\n  questions:\n    - question: b\n      about: [c]\n"),
        ("accept:\n- A\nterms:\n", "- term: a\n  aliases:\n    - name: b\n"),
        ("guide:\n  title: b\nterms:\n", "  a:\n    aliases: [c]\n    facts:\n      - d\n"),
    ],
)
def test_the_keys_above_are_found_however_far_they_are(head: str, entry: str, column: int) -> None:
    lines = entry.count("\n")
    first = head.count("\n") + lines
    short, long = Text(head + entry * 3), Text(head + entry * 300)
    for line in range(lines):
        above = assistant._above(short, first + line, column)
        assert assistant._above(long, first + 290 * lines + line, column) == above
