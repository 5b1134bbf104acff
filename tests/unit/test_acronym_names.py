"""Proper nouns that look like acronyms, and acronyms in similar contexts."""

from __future__ import annotations

import pytest

from glossary_ls.acronyms.proper_nouns import country_lists, is_proper_noun


def named(text: str, token: str) -> bool:
    start = text.index(token)
    return is_proper_noun(text, start, start + len(token))


@pytest.mark.parametrize(
    "text",
    [
        "a licence from XQZ GmbH, Bonn",
        "bought by XQZ, Inc. in May",
        "the rugged machines by XQZ, or",
        "a switch from XQZ and",
        "kindly sponsored by XQZ Networks",
        "they are made by XQZ.",
        "Ask Ms. O'XQZ in room 4",
        "Copyright 2019 XQZ and others",
        "the port was donated by XQZ, in",
        "a patch from XQZ",
        "* XQZ (xqz@example.org)",
        "- XQZ <xqz.mail@example.org>",
        "Present: Ada, Chiamaka, XQ, Erik, Fatima",
    ],
)
def test_names(text: str) -> None:
    assert named(text, "XQZ" if "XQZ" in text else "XQ")


@pytest.mark.parametrize(
    "text",
    [
        "the XQZ is up",
        "secured by XQZ and",
        "read from XQZ, then",
        "the XQZ (see below)",
        "the XQZ group of tests",
        "the bank of XQZ",
        "the Bank's XQZ of old",
        "l'XQZ",
        "Pods, Nodes, XQZ, Services",
    ],
)
def test_acronyms(text: str) -> None:
    assert not named(text, "XQZ")


def test_country_lists() -> None:
    text = "in DE, FR and JP; with KV, TP, DP; over CI/CD; US, UK"
    found = country_lists(text, ["DE", "FR", "JP", "KV"])
    assert [text[start:end] for start, end in found] == ["DE, FR and JP"]
    assert not [*country_lists(text, ["DE", "FR"])]
