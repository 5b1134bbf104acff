"""Disabling a rule in a configuration file."""

from __future__ import annotations

import tomllib

import pytest

from glossary_ls.base.edits import applied
from glossary_ls.settings.toml_edit import add_to_list, switch_off

OFF = 'wrong-case = "off"\n'
SHARED = ("tool", "glossary-ls")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"[rules]\n{OFF}"),
        ("\n", f"[rules]\n{OFF}"),
        ("# ours\n", f"# ours\n\n[rules]\n{OFF}"),
        ("# ours", f"# ours\n\n[rules]\n{OFF}".rstrip("\n")),
        ('accept = ["A"]\n\n', f'accept = ["A"]\n\n[rules]\n{OFF}\n'),
        ('[rules]\n  defined-twice = "off" # why\n', f'[rules]\n  defined-twice = "off" # why\n  {OFF}'),
        (
            "[rules]\n# none\n\n[hover]\nenabled = true\n",
            f"[rules]\n{OFF}# none\n\n[hover]\nenabled = true\n",
        ),
        ("[ 'rules' ]\n\"wrong-case\" = 'hint' # quiet\n", '[ \'rules\' ]\n"wrong-case" = "off" # quiet\n'),
        (
            '[[overrides]]\npaths = ["a"]\n[overrides.rules]\nwrong-case = "hint"\n',
            f'[[overrides]]\npaths = ["a"]\n[overrides.rules]\nwrong-case = "hint"\n\n[rules]\n{OFF}',
        ),
        (
            "[hover]\r\nenabled = true\r\n",
            '[hover]\r\nenabled = true\r\n\r\n[rules]\r\nwrong-case = "off"\r\n',
        ),
    ],
)
def test_a_rule_goes_into_its_table(before: str, after: str) -> None:
    assert applied(before, switch_off(before, "wrong-case")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "[tool.glossary-ls]\naccept = []\n\n[tool.x]\ny = 1\n",
            f"[tool.glossary-ls]\naccept = []\n\n[tool.glossary-ls.rules]\n{OFF}\n[tool.x]\ny = 1\n",
        ),
        (
            '[tool.glossary-ls.rules]\ndefined-twice = "off"\n[rules]\nx = 1\n',
            f'[tool.glossary-ls.rules]\ndefined-twice = "off"\n{OFF}[rules]\nx = 1\n',
        ),
    ],
)
def test_in_a_shared_file_it_is_added_to_the_other_settings(before: str, after: str) -> None:
    assert applied(before, switch_off(before, "wrong-case", SHARED)) == after


@pytest.mark.parametrize(
    "before", ["rules = 5\n", "a = \n", "rules = { }\n", 'text = """\n[rules]\n"""\n', "[[rules]]\n"]
)
def test_no_edit_without_a_safe_one(before: str) -> None:
    assert switch_off(before, "wrong-case") == ()


def test_a_new_file() -> None:
    assert applied("", switch_off(None, "wrong-case")) == f"[rules]\n{OFF}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'sources = ["!/a.md"]\n'),
        ('packs = []\n\n[rules]\nx = "off"\n', 'packs = []\nsources = ["!/a.md"]\n\n[rules]\nx = "off"\n'),
        ('[rules]\nx = "off"\n', 'sources = ["!/a.md"]\n\n[rules]\nx = "off"\n'),
        ("sources = [] # none\n", 'sources = ["!/a.md"] # none\n'),
        ('sources = ["b.md"]\n', 'sources = ["b.md", "!/a.md"]\n'),
        (
            'sources = [\n  "b.md", # the list\n  { path = "c", format = "csv" },\n]\n',
            'sources = [\n  "b.md", # the list\n  { path = "c", format = "csv" },\n  "!/a.md",\n]\n',
        ),
    ],
)
def test_an_item_is_added_to_a_list(before: str, after: str) -> None:
    changed = applied(before, add_to_list(before or None, "sources", "!/a.md"))
    assert tomllib.loads(changed) == tomllib.loads(after)
    assert changed.replace(",\n]", "\n]") == after.replace(",\n]", "\n]")


def test_an_item_is_added_to_the_table_of_a_shared_file() -> None:
    before = (
        '[tool.other]\nsources = 1\n\n[tool.glossary-ls]\npacks = []\n\n[tool.glossary-ls.rules]\nx = "off"\n'
    )
    changed = applied(before, add_to_list(before, "sources", "!/a.md", SHARED))
    assert 'packs = []\nsources = ["!/a.md"]\n' in changed


@pytest.mark.parametrize("before", ["sources = 3\n", "sources = [\n", 'a.sources = ["x"]\n[a]\n'])
def test_an_item_is_not_added_where_it_is_not_safe(before: str) -> None:
    assert add_to_list(before, "sources", "!/a.md") == ()
