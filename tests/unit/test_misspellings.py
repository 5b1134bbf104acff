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
from glossary_ls.rules.shared.misspellings import Known, Slip, slip
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
        ("RBCA", "RBAC", Slip.SWAP),
        ("BRAC", "RBAC", Slip.SWAP),
        ("RBBAC", "RBAC", Slip.LETTER_TOO_MANY),
        ("RAC", "RBAC", Slip.LETTER_TOO_FEW),
        ("RBXC", "RBAC", Slip.OTHER_LETTER),
        ("RBAX", "RBAC", Slip.OTHER_LETTER),
        ("RBAC", "RBAC", None),
        ("RBACS", "RBAC", None),
        ("RBA", "RBAC", None),
        ("CBAR", "RBAC", None),
        ("RXYC", "RBAC", None),
        ("AA", "AAB", None),
        ("", "", None),
    ],
)
def test_slips(wrong: str, right: str, expected: Slip | None) -> None:
    assert slip(wrong, right) is expected


WORDS = st.text("ABC", min_size=1, max_size=5)


@given(WORDS, WORDS)
def test_a_known_acronym_that_is_one_slip_away_is_compared(wrong: str, right: str) -> None:
    assert slip(wrong, right) is None or right in Known({right: 1, "XYZ": 1}).near(wrong)
    assert "XYZ" not in Known({right: 1, "XYZ": 1}).near(wrong)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The RBCA is bound.", ["RBAC"]),
        ("The QDK fails.", ["QKD"]),
        ("Use RBAC; and RBBAC does not exist. RBAC it is.", ["RBAC"]),
        ("The WXYZQ and the WXYTQ, and the WXYZQ again.", ["WXYZQ"]),
        ("The queue transfer zone handler (QTZH) and the QTTZH, a QTZH.", ["QTZH"]),
    ],
)
def test_a_slip_has_a_guess(source: str, expected: list[str]) -> None:
    assert guesses(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "The RBBAC alone, for RBAX is not used here.",
        "Use RBAC, and RBAX; RBAC it is.",
        "Use RBAC, and RBACQ; RBAC it is.",
        "The QDK here, and the QDK there.",
        "Use RBAC; and RBBAC, RBBAC, RBBAC.",
        "The QKX and the QKD.",
        "Use the QX7B and QX8B.",
    ],
)
def test_two_acronyms_that_are_alike_are_two_acronyms(source: str) -> None:
    assert not any(guesses(source))
