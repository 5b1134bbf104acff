"""Names and openings of definitions as people write them, whatever the format of the glossary."""

from __future__ import annotations

import pytest

from glossary_ls.glossary.reading.names import read_name
from glossary_ls.glossary.reading.openings import meaningful, opening_of
from glossary_ls.glossary.reading.references import pointed_at


@pytest.mark.parametrize(
    ("written", "name", "expansion", "aliases", "qualifier"),
    [
        ("Queue Wait Budget (QWB)", "QWB", "Queue Wait Budget", [], ""),
        ("QWB (Queue Wait Budget)", "QWB", "Queue Wait Budget", [], ""),
        ("acme Queue Wait Budget (QWB)", "QWB", "Queue Wait Budget", ["acme Queue Wait Budget"], ""),
        ("Queue Wait Budget (AKA QWB)", "QWB", "Queue Wait Budget", [], ""),
        ("Queue Wait Budget / QWB", "QWB", "Queue Wait Budget", [], ""),
        ("Queue Wait Budget, QWB", "QWB", "Queue Wait Budget", [], ""),
        ("L/C (Letter of Credit)", "L/C", "Letter of Credit", [], ""),
        ("Queue Wait (QW) Budget", "Queue Wait Budget", "", ["QW Budget"], ""),
        ("public key (pubkey)", "public key", "", ["pubkey"], ""),
        ("Kubernetes (k8s)", "Kubernetes", "", ["k8s"], ""),
        ("\ud1a0\ud070 (Token)", "\ud1a0\ud070", "", ["Token"], ""),
        ("Severity / Sev", "Severity", "", ["Sev"], ""),
        ("Slice or part", "Slice", "", ["part"], ""),
        ("Queue (catalog plugin)", "Queue", "", [], "catalog plugin"),
        ("Queue Law (2017)", "Queue Law", "", [], "2017"),
        ("CI/CD", "CI/CD", "", [], ""),
        ("async/await", "async/await", "", [], ""),
        ("Human meaning, agent speed", "Human meaning, agent speed", "", [], ""),
        ("Card, digital", "Card, digital", "", [], ""),
        ("Front card, digital", "Front card, digital", "", [], ""),
        ("Query, queries", "Query", "", ["queries"], ""),
        ("Jetty, pier", "Jetty", "", ["pier"], ""),
        ("OCR2 (Ore Cart Rules, Second Edition)", "OCR2", "Ore Cart Rules, Second Edition", [], ""),
        (
            "IMM (Institute of Millers and Masons, Inc.)",
            "IMM",
            "Institute of Millers and Masons, Inc.",
            [],
            "",
        ),
        ("FO (Fan Out / Fast Order)", "FO", "Fan Out", ["Fast Order"], ""),
        ("Fan Out / Fan In (FO / FI)", "FO", "Fan Out", ["FI", "Fan In"], ""),
        ("Fan Out (FO), Fan In (FI)", "FO", "Fan Out", ["FI", "Fan In"], ""),
        ("Acme Queue Wait Budget (Acme QWB)", "Acme QWB", "Acme Queue Wait Budget", [], ""),
        ("QWB - Queue Wait Budget (Acme)", "QWB", "Queue Wait Budget", [], "Acme"),
        ("Shard (see Ring)", "Shard", "", [], ""),
        ('QWB (pronounced "cub")', "QWB", "", [], ""),
        ("O(n)", "O(n)", "", [], ""),
        ("4. Shard", "Shard", "", [], ""),
        ("What is a shard?", "shard", "", [], ""),
        ("to shard (v.)", "shard", "", [], ""),
        ("Shard\u00ae", "Shard", "", [], ""),
        ("[LLC]", "LLC", "", [], ""),
    ],
)
def test_a_written_name_says_more_than_the_name(
    written: str, name: str, expansion: str, aliases: list[str], qualifier: str
) -> None:
    found = read_name(written)
    assert (found.name, found.expansion, found.qualifier) == (name, expansion, qualifier)
    assert [alias.name for alias in found.aliases] == aliases


@pytest.mark.parametrize(
    ("name", "definition", "expansion", "rest"),
    [
        ("QWB", "Queue Wait Budget. How long a job waits.", "Queue Wait Budget", "How long a job waits."),
        ("QWB", "Short for _queue wait budget_.", "queue wait budget", ""),
        ("QWB", "**Queue Wait Budget**: how long", "Queue Wait Budget", "how long"),
        ("QWB", "Queue Wait Budget - how long", "Queue Wait Budget", "how long"),
        ("AAA", "Asking, Answering and Acting", "Asking, Answering and Acting", ""),
        ("QWB", "Queue Wait Budget.\n\n- one\n- two", "Queue Wait Budget", "- one\n- two"),
        ("B2B", "B2B lets you share", "", "B2B lets you share"),
        ("Shard", "A part of it", "", "A part of it"),
    ],
)
def test_a_definition_may_open_with_the_long_form(
    name: str, definition: str, expansion: str, rest: str
) -> None:
    assert opening_of(name, definition) == (expansion, rest)


@pytest.mark.parametrize(
    ("name", "definition", "expansion"),
    [
        ("HW", "Hardware", "Hardware"),
        ("K8S", "Kubernetes", "Kubernetes"),
        ("Deps", "Dependencies", "Dependencies"),
        ("Bootstrap", "Early phase of a start", ""),
        ("B2B", "B2B lets you share", ""),
        ("e2e", "end to end", "end to end"),
        ("p99", "The slowest part", ""),
        ("replica", "A copy of a shard", ""),
        ("SVC", "A service in the cluster", ""),
        ("QWB", "A queue wait budget", "queue wait budget"),
    ],
)
def test_in_a_list_of_acronyms_initials_do_not_matter(name: str, definition: str, expansion: str) -> None:
    assert opening_of(name, definition, is_acronyms=True).expansion == expansion


@pytest.mark.parametrize(
    "text", ["TODO", "tbd", "-", "\u2014", "N/A", "Definition not provided", "*no definition yet*", "..."]
)
def test_a_text_that_only_fills_its_place_says_nothing(text: str) -> None:
    assert meaningful(text) == ""


@pytest.mark.parametrize(
    ("definition", "names"),
    [
        ("See [Shard](#shard).", ("Shard",)),
        ("see Shard and Ring", ("Shard", "Ring")),
        ("See [the manual](https://example.org).", ()),
        ("See how it works in practice, and when it does not.", ()),
        ("A part of it. See Shard.", ()),
    ],
)
def test_a_definition_may_only_refer_to_other_terms(definition: str, names: tuple[str, ...]) -> None:
    assert pointed_at(definition) == names
