"""The rule `unknown-acronym`: what it reports, and what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.acronyms import vocabulary
from glossary_ls.acronyms.classify import plain_words
from glossary_ls.acronyms.vocabulary import Vocabulary, Words
from glossary_ls.analysis.document import Document
from glossary_ls.analysis.scan import scan
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.text import Span, Text
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.glossary.index import build
from glossary_ls.rules import DOCUMENT_RULES, run, unknown_acronym
from glossary_ls.rules.shared.undefined import Undefined
from glossary_ls.settings.schema import Settings

GLOSSARY = build(
    [read("g.yaml", "WCP: Widget Control Plane\nKX cache: A cache of kinks\nGC: Grand Council\n")]
)
WORDS = Vocabulary(
    not_acronyms=frozenset({"NOTE", "README"}),
    names=frozenset({"ACME", "Widgeto"}),
    english=Words("stop\nnow\nsim\ntable\npep\nlock"),
)


def document(source: str, accept: frozenset[str] = frozenset(), language: str = "markdown") -> Document:
    settings = replace(Settings(), accept=accept)
    return Document("d.md", language, scan(Text(source), language, GLOSSARY), settings, WORDS)


def reported(source: str, accept: frozenset[str] = frozenset()) -> list[str]:
    found = [problem.data for problem in run(document(source, accept))]
    names = [data.acronym for data in found if isinstance(data, Undefined)]
    assert len(names) == len(found)
    return names


def test_the_first_use_is_reported_with_the_count() -> None:
    source = "The XQZ is up. An XQZ is down.\n\nAll XQZs are fine.\n"
    assert run(document(source)) == (
        Problem(
            "unknown-acronym",
            "'XQZ' is not defined (3 uses)",
            Span(4, 7),
            Severity.INFORMATION,
            Undefined("XQZ"),
        ),
    )


def test_a_single_use_has_no_count() -> None:
    (problem,) = run(document("The XQZ is up."))
    assert problem.message.endswith("is not defined")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("An XQZ and a YQZ.", ["XQZ", "YQZ"]),
        ("The XQZ-compliant A/XQZ thing", ["XQZ"]),
        ("the XaaS and the xQZT", ["XaaS", "xQZT"]),
        ("over XoQEv2 links", ["XoQEv2"]),
        ("many SIMs", ["SIM"]),
        ("the PEP says, as a PEP must, what the PEP is", ["PEP"]),
        ("the DM tells", ["DM"]),
        ("the GCS is full", ["GCS"]),
        ("many TRWQXYs", ["TRWQXY"]),
        ("the XQZ 101 and the XQZ", ["XQZ"]),
    ],
)
def test_reported(source: str, expected: list[str]) -> None:
    assert reported(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "the WCP and all WCPs are known",
        "a KX cache is known as a whole",
        "the XQZ (Xylophone Quality Zone) is defined",
        "the XQZ is used\n\nbefore the Xylophone Quality Zone (XQZ) is defined",
        "see NOTE and README",
        "made by ACME, hosted on WIDGETO",
        "ACMEv3, ACME2 and many ACMES",
        "you must STOP it NOW",
        "a TABLE LOCK, TABLE LOCK, TABLE LOCK",
        "PEP talk is a pep talk, and PEP or PEP",
        "the QWERTYUIOP layout",
        "the FP8 type on an X100 with P99 in v2",
        "uses Qwen3-VQ models and Model 2 VQ",
        "the Foo VQ model",
        "Zorgon and ZORGON are one, and zorgon too",
        "`XQZ` and <!-- XQZ --> and [x](http://XQZ)",
        "```\nXQZ\n```",
        "DO NOT TOUCH THE XQZ EVER",
        "rooms XQZ 101, XQZ 213 and XQZ 999",
        "the TURBO TABLE was a button",
        "switches from XQZ, and the XQZ again",
        "Mr O'XQZ",
        "many WCPS AND KX CACHES",
        "## XQZ\n\nThe Xylophone Quality Zone is small. An XQZ it is.",
    ],
)
def test_not_reported(source: str) -> None:
    assert reported(source) == []


def test_accepted_acronyms_are_quiet() -> None:
    assert reported("An XQZ and a YQZ.", frozenset({"XQZ"})) == ["YQZ"]


def test_a_severity_is_set_and_off_is_silent() -> None:
    plain = document("An XQZ.")
    loud = replace(plain, settings=replace(plain.settings, severities={"unknown-acronym": Severity.WARNING}))
    silent = replace(plain, settings=replace(plain.settings, severities={"unknown-acronym": Severity.OFF}))
    assert [problem.severity for problem in run(loud)] == [Severity.WARNING]
    assert run(silent) == ()


def test_every_rule_has_a_code_and_a_summary() -> None:
    assert unknown_acronym in DOCUMENT_RULES
    assert len({rule.CODE for rule in DOCUMENT_RULES}) == len(DOCUMENT_RULES)
    assert all(rule.SUMMARY.endswith(".") for rule in DOCUMENT_RULES)


def test_a_word_list_has_comments() -> None:
    assert vocabulary.parse("# head\n\nONE\nTWO # why\n") == frozenset({"ONE", "TWO"})


@given(
    st.lists(
        st.sampled_from(
            ["xqz", "Xqz", "XQZ", "xQZ", "\u212aqz", "kqz", "`xqz`", "a", "\n\n", "x*q*z", "é", "-"]
        )
    ),
    st.sampled_from(["xqz", "kqz", "é", "éxqz", "a"]),
)
def test_words_in_lower_case_are_counted_where_they_occur(parts: list[str], word: str) -> None:
    for text in (" ".join(parts), "".join(parts)):
        analysis = scan(Text(text), "markdown", GLOSSARY)
        expected = plain_words(scanned.block.prose for scanned in analysis.blocks)[word]
        assert unknown_acronym.lower_uses(analysis)(word) == expected
