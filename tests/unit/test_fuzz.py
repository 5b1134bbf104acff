"""Mutated texts raise no error in any reader, parser, editor or writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary.formats import csv
from tests.torture import fuzz

if TYPE_CHECKING:
    import pytest


def test_mutated_texts_raise_no_errors() -> None:
    # `make torture` tries many more, and keeps those that reach new lines.
    tried, crashes = fuzz.fuzz(10, seed=16, is_guided=False)
    assert crashes == []
    assert tried > 600


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
