"""The rules for glossary files: the built-in packs keep them, and dates count from a day that is given."""

from __future__ import annotations

from datetime import date

import pytest

from glossary_ls.base.model import Severity
from glossary_ls.base.text import Text
from glossary_ls.glossary import store
from glossary_ls.glossary.formats import yaml as native
from glossary_ls.glossary.index import build
from glossary_ls.glossary.model import GlossaryFile
from glossary_ls.rules import GLOSSARY_RULES, RULES, check_glossary
from glossary_ls.rules.dangling_reference import Dangling
from glossary_ls.rules.shared.review import Reviewed
from glossary_ls.settings.schema import Settings

TODAY = date(2026, 11, 23)


def codes(source: str, settings: Settings | None = None) -> list[str]:
    file = native.read("/ws/glossary.yaml", source)
    assert not file.problems
    found = check_glossary(file, build([file]), settings or Settings(), TODAY)
    return [problem.code for problem in found]


@pytest.mark.parametrize("name", store.pack_names())
def test_the_built_in_packs_have_no_findings(name: str) -> None:
    packs = [store.pack(each) for each in store.pack_names()]
    assert check_glossary(store.pack(name), build(packs), Settings(), TODAY) == ()


@pytest.mark.parametrize(
    ("reviewed", "months", "expected"),
    [
        ("2026-11-23", 1, []),
        ("2026-10-24", 1, []),
        ("2026-10-23", 1, ["review-overdue"]),
        ("2024-11-24", 24, []),
        ("2024-11-23", 24, ["review-overdue"]),
        ("1999-01-01", 0, []),
        ("2030-01-01", 1, []),
        ("20261123", 1, ["invalid-date"]),
        ("2026-13-01", 1, ["invalid-date"]),
    ],
)
def test_a_review_is_due_after_the_months_that_are_set(
    reviewed: str, months: int, expected: list[str]
) -> None:
    source = f"- {{term: SLO, summary: a promise, reviewed: '{reviewed}'}}\n"
    assert codes(source, Settings(review_months=months)) == expected


def test_a_rule_can_be_silenced() -> None:
    source = "- {term: SLO, related: [SLX]}\n"
    assert codes(source) == ["empty-entry", "dangling-reference"]
    silent = Settings(severities={"empty-entry": Severity.OFF, "dangling-reference": Severity.OFF})
    assert codes(source, silent) == []


def test_an_abbreviation_may_have_two_meanings() -> None:
    source = (
        "- {term: tensor parallelism, summary: x, aliases: [{name: TP, kind: abbreviation}]}\n"
        "- {term: throughput, summary: x, aliases: [{name: TP, kind: abbreviation}]}\n"
    )
    assert codes(source) == []
    assert codes(source.replace(", kind: abbreviation", "")) == ["alias-taken", "alias-taken"]


def test_what_a_broken_file_no_longer_holds_is_not_reported() -> None:
    good = native.read("/ws/glossary.yaml", "- {term: SLO, related: [SLX]}\n- {term: SLA}\n")
    broken = GlossaryFile("/ws/glossary.yaml", Text("- {term: SLO"), kept=good.entries)
    assert check_glossary(broken, build([broken]), Settings(), TODAY) == ()


def test_every_rule_says_what_it_is_for() -> None:
    assert all(rule.SUMMARY.endswith(".") for rule in GLOSSARY_RULES)
    assert len({rule.CODE for rule in RULES}) == len(RULES)


def test_a_file_that_is_no_part_of_the_glossary_may_refer_to_itself() -> None:
    source = "- {term: SLO, summary: x, related: [SLA, SLX]}\n- {term: SLA, summary: x}\n"
    file = native.read("/ws/glossary.yaml", source)
    found = check_glossary(file, build([]), Settings(), TODAY)
    assert [problem.data for problem in found] == [Dangling("SLX")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026/1/31", "2026-01-31"),
        ("20260131", "2026-01-31"),
        ("31.1.2026", "2026-01-31"),
        ("31 January 2026", "2026-01-31"),
        ("Jan 31st, 2026", "2026-01-31"),
        ("1st Sept. 2026", "2026-09-01"),
        ("1/2/2026", None),
        ("2026112", None),
        ("31.2.2026", None),
        ("ju 1 2026", None),
        ("last week", None),
    ],
)
def test_a_date_in_another_form_is_understood_if_it_can_only_be_one(written: str, meant: str | None) -> None:
    source = f"- {{term: SLO, summary: a promise, reviewed: '{written}'}}\n"
    file = native.read("/ws/glossary.yaml", source)
    found = check_glossary(file, build([file]), Settings(), TODAY)
    data = Reviewed(TODAY.isoformat(), meant or "")
    assert [(problem.code, problem.data) for problem in found] == [("invalid-date", data)]


def test_the_likely_name_is_found_among_many() -> None:
    names = "".join(f"- {{term: service{number} budget, summary: x}}\n" for number in range(300))
    source = f"{names}- {{term: last, summary: x, related: [servce123 budgt]}}\n"
    file = native.read("/ws/glossary.yaml", source)
    found = check_glossary(file, build([file]), Settings(), TODAY)
    assert [problem.data for problem in found] == [Dangling("servce123 budgt", "service123 budget")]
