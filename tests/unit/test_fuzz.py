"""Mutated texts raise no error in any reader, parser, editor or writer."""

from __future__ import annotations

import pytest

from glossary_ls.glossary.formats import csv
from tests.torture import fuzz

#: Texts that `make torture` has found, each with what raised an error.
_FOUND = (
    ("format glossary.html", "<p>The <dfn>blast radius</\nABC\n<p><strong>Cell:</strong> a copy.</p>\n"),
)


def test_mutated_texts_raise_no_errors() -> None:
    # `make torture` tries many more, and keeps those that reach new lines.
    tried, crashes = fuzz.fuzz(10, seed=16, is_guided=False)
    assert crashes == []
    assert tried > 600


@pytest.mark.parametrize(("target", "text"), _FOUND)
def test_what_was_found_raises_no_error(target: str, text: str) -> None:
    fuzz.targets()[target](text)


def test_an_error_is_found_by_its_line_and_made_short(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = csv.parse

    def planted(path: str, text: object) -> object:
        found = parse(path, text)  # type: ignore[arg-type]  # because it is handed on
        assert "\u2028;" not in str(getattr(text, "source", ""))
        return found

    only = {name: run for name, run in fuzz.targets().items() if name == "format glossary.csv"}
    monkeypatch.setattr(csv, "parse", planted)
    monkeypatch.setattr(fuzz, "targets", lambda: only)
    monkeypatch.setattr(fuzz, "FRAGMENTS", ("\u2028;", "a,b\n"))
    _, crashes = fuzz.fuzz(60, seed=1)
    assert {crash.target for crash in crashes} == {"format glossary.csv"}
    assert {fuzz.shortest(crash) for crash in crashes} == {"\u2028;"}
