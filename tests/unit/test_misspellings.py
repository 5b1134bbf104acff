"""When an unknown acronym is taken for a slip, and above all when not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.acronyms.word_lists import word_lists
from glossary_ls.analysis.document import Document
from glossary_ls.analysis.scan import scan
from glossary_ls.base.text import Text
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.glossary.index import build
from glossary_ls.rules import run
from glossary_ls.rules.shared.misspellings import misspellings_of
from glossary_ls.rules.shared.undefined import Undefined
from glossary_ls.settings.schema import Settings

GLOSSARY = build(
    [read("g.yaml", "RBAC: role-based access control\nQKD: quantum key desk\nWXYZQ: Five Letters\n")]
)


def guesses(source: str) -> list[str]:
    analysis = scan(Text(source), "markdown", GLOSSARY)
    problems = run(Document("d.md", "markdown", analysis, Settings(), word_lists()))
    found = [problem for problem in problems if problem.code == "unknown-acronym"]
    meant: list[str] = []
    for problem in found:
        assert isinstance(problem.data, Undefined)
        ends = problem.message.endswith(f"; did you mean '{problem.data.meant}'?")
        assert ends == bool(problem.data.meant)
        meant.append(problem.data.meant)
    return meant


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("RBCA", "RBAC", True),
        ("BRAC", "RBAC", True),
        ("RBBAC", "RBAC", True),
        ("RBQAC", "RBAC", False),
        ("RAC", "RBAC", False),
        ("QTZH", "QTTZH", True),
        ("RBXC", "RBAC", False),
        ("RBAC", "RBAC", False),
        ("RBACS", "RBAC", False),
        ("RBACC", "RBAC", False),
        ("QTTZ", "QTTZH", False),
        ("CBAR", "RBAC", False),
    ],
)
def test_misspellings(wrong: str, right: str, expected: bool) -> None:  # noqa: FBT001  drawn from the table
    assert (wrong in set(misspellings_of(right))) is expected


@given(st.text("ABC", min_size=1, max_size=6))
def test_no_word_is_a_misspelling_of_itself(word: str) -> None:
    assert word not in misspellings_of(word)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The RBCA is bound, but RBAC is meant: RBAC it is.", ["RBAC"]),
        ("Use RBAC; and RBBAC does not exist. RBAC it is.", ["RBAC"]),
        ("The queue transfer zone handler (QTZH) and the QTTZH.", ["QTZH"]),
        ("Use the WXYZQ and the WYZQ, and the WXYZQ again.", ["WXYZQ"]),
    ],
)
def test_a_misspelling_has_a_suggestion(source: str, expected: list[str]) -> None:
    assert guesses(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "The RBCA is bound.",
        "The RBCA is bound, and RBAC is used once.",
        "The RBBAC alone, for RBAX is not used here.",
        "Use RBAC, and RBAX; RBAC it is.",
        "Use RBAC, and RBACQ; RBAC it is.",
        "The WXYZQ and the WXYTQ, and the WXYZQ again.",
        "The QDK here, and the QKD and QKD there.",
        "Use RBAC; and RBBAC, RBBAC, RBAC, RBAC.",
        "Use RBAC and RBAC; really big cozy apples grow in the RBCA.",
        "The QKX and the QKD.",
        "Use the QX7B and QX8B.",
    ],
)
def test_two_acronyms_that_are_alike_are_two_acronyms(source: str) -> None:
    assert not any(guesses(source))
