"""The changes that CONTRIBUTING.md shows are what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

_DIFFS = re.findall(
    r"^```diff\n(.*?)^```$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)

#: In how many files a change may have to be made, besides its cases and its page.
_MOST_PLACES = 3


def test_there_is_a_change_of_each_kind() -> None:
    assert len(_DIFFS) == 5


@pytest.mark.parametrize("diff", _DIFFS)
def test_a_change_is_made_in_few_places_and_is_what_the_code_says(diff: str) -> None:
    name, *parts = re.split(r"^\+\+\+ b/(.+)\n", diff, flags=re.MULTILINE)[0:]
    assert not name
    files = dict(zip(parts[::2], parts[1::2], strict=True))
    assert 0 < len(files) <= _MOST_PLACES
    for path, lines in files.items():
        text = (ROOT / path).read_text("utf-8").splitlines()
        missing = [line for line in lines.splitlines() if line.removeprefix("+") not in text]
        assert not missing, path
