"""Definitions of acronyms: each pattern, and text that only looks like a definition."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.acronyms.alignment import fit_before
from glossary_ls.acronyms.definitions import find_definitions
from glossary_ls.acronyms.forms import words_of
from glossary_ls.base.model import RegionKind
from glossary_ls.markup.prose import Piece, Prose

from .steps import assert_linear

CELL = "\x1f"


def flat(text: str) -> Prose:
    return Prose(text, (Piece(0, 0, len(text), RegionKind.PROSE),) if text else ())


def found(text: str) -> dict[str, str]:
    return {definition.short: definition.long for definition in find_definitions(flat(text))}


SHAPES = [
    # Long form first, in brackets.
    ("every Widget Control Plane (WCP) node", {"WCP": "Widget Control Plane"}),
    ("the widget control plane (WCP) node", {"WCP": "widget control plane"}),
    ("several large widget models (LWMs)", {"LWM": "large widget models"}),
    ("a write-ahead log (WAL)", {"WAL": "write-ahead log"}),
    ("a widget-control- plane (WCP)", {"WCP": "widget-control- plane"}),
    ("Widget-as-a-Service (WaaS)", {"WaaS": "Widget-as-a-Service"}),
    ("Point of Widget Failure (PoWF)", {"PoWF": "Point of Widget Failure"}),
    ("the BlueWidget Operator(BWO)", {"BWO": "BlueWidget Operator"}),
    ("the Widget Kernel Library (WKL, pronounced wickle)", {"WKL": "Widget Kernel Library"}),
    ("time to first widget/first latency (TTFW)", {"TTFW": "time to first widget"}),
    ("cab wax and cab dye (CW/CD)", {"CW/CD": "cab wax and cab dye", "CW": "cab wax", "CD": "cab dye"}),
    ("the United Widget Board (the “UWB”)", {"UWB": "United Widget Board"}),
    ("Widget Data Regulation ('WDR')", {"WDR": "Widget Data Regulation"}),
    ("the widget control plane (also known as WCP)", {"WCP": "widget control plane"}),
    ("the widget control plane [WCP]", {"WCP": "widget control plane"}),
    ("Simple Widget Service (SW2)", {}),
    ("Simple Storage Service (S3)", {"S3": "Simple Storage Service"}),
    ("Elastic Widget Widget (EW2)", {"EW2": "Elastic Widget Widget"}),
    ("Kubernetes (K8s)", {"K8s": "Kubernetes"}),
    ("internationalization (i18n)", {"i18n": "internationalization"}),
    ("8-bit floating point (FP8)", {"FP8": "8-bit floating point"}),
    ("peer to peer (P2P)", {"P2P": "peer to peer"}),
    ("Extensible Widget Language (XWL)", {"XWL": "Extensible Widget Language"}),
    ("Throughput (THP)", {"THP": "Throughput"}),
    ("IP address widgets (IPAW)", {"IPAW": "IP address widgets"}),
    ("interwidget factor alpha (IWF-\u03b1)", {"IWF-\u03b1": "interwidget factor alpha"}),
    # Short form first, in brackets.
    ("a WCP (Widget Control Plane) node", {"WCP": "Widget Control Plane"}),
    ('a "WCP" (widget control plane)', {"WCP": "widget control plane"}),
    ("the WCP (short for widget control plane)", {"WCP": "widget control plane"}),
    ("the WCP (widget control plane, version 2)", {"WCP": "widget control plane"}),
    ("WCPs (widget control planes)", {"WCP": "widget control planes"}),
    ("CW/CD (cab wax/cab dye)", {"CW/CD": "cab wax/cab dye", "CW": "cab wax", "CD": "cab dye"}),
    # Words.
    ("WCP stands for widget control plane.", {"WCP": "widget control plane"}),
    ("WCP is short for widget control plane.", {"WCP": "widget control plane"}),
    ("WCP is an acronym for widget control plane", {"WCP": "widget control plane"}),
    ("WCP stands for the thing in charge, mostly", {"WCP": "thing in charge"}),
    ("WCP means widget control plane", {"WCP": "widget control plane"}),
    ("The WCP, or widget control plane, is", {"WCP": "widget control plane"}),
    ("The widget control plane, or WCP, is", {"WCP": "widget control plane"}),
    ("mean time to widget, abbreviated as MTTW, is", {"MTTW": "mean time to widget"}),
    ("the widget control plane is often abbreviated WCP here", {"WCP": "widget control plane"}),
    ("the widget control plane, WCP, is", {"WCP": "widget control plane"}),
    ("The WCP, widget control plane, is", {"WCP": "widget control plane"}),
    # Marks.
    ("WCP: widget control plane", {"WCP": "widget control plane"}),
    ("a line\nWCP: Widget Control Plane, the head", {"WCP": "Widget Control Plane"}),
    ("Widget Control Plane: WCP", {"WCP": "Widget Control Plane"}),
    ("WCP - widget control plane", {"WCP": "widget control plane"}),
    ("WCP = widget control plane", {"WCP": "widget control plane"}),
    ("the WCP — widget control plane — is", {"WCP": "widget control plane"}),
    ("the widget control plane — WCP — is", {"WCP": "widget control plane"}),
    # A line that consists of the short form, above the long form.
    ("WCP\nWidget control plane. It runs.", {"WCP": "Widget control plane"}),
    ("WCP\nThe widget control plane runs all", {"WCP": "widget control plane"}),
    ("API\nA plugin is what you write", {}),
    # Tables and lists of definitions.
    (f"WCP{CELL}Widget control plane", {"WCP": "Widget control plane"}),
    (f"Widget control plane{CELL}WCP", {"WCP": "Widget control plane"}),
    (f"Acronym{CELL}Meaning\nWCP{CELL}What runs the rest", {"WCP": "What runs the rest"}),
    (f"WCP{CELL}Widget control plane: what runs the rest", {"WCP": "Widget control plane"}),
]  # fmt: skip


def read_sentences() -> list[tuple[str, dict[str, str]]]:
    """Read the sentences of definitions.txt, each with its definitions."""
    read: list[tuple[str, dict[str, str]]] = []
    for line in Path(__file__).with_name("definitions.txt").read_text("utf-8").splitlines():
        if line.startswith("    "):
            short, _, long = line.strip().partition(" = ")
            read[-1][1][short] = long
        elif line and not line.startswith("#"):
            read.append((line, {}))
    return read


@pytest.mark.parametrize(("text", "expected"), [*SHAPES, *read_sentences()])
def test_shapes(text: str, expected: dict[str, str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the service (SRE) is",
        "see the overview (RFC 2119)",
        "from the company (IBM)",
        "in several countries (UK, US)",
        "rejected (HTTP 404)",
        "a new database (PostgreSQL)",
        "clusters (EKS, GKE and AKS)",
        "as shown (Fig. 1) with n (n = 20)",
        "messages over the wire (TCP)",
        "WCP (WCP)",
        "NOTE: never open this door",
        "TODO - tidy up",
        f"1M{CELL}136 MB",
        "We moved. With control panels (WMCP)",
        "Y/Y (Y/Y)",
    ],
)
def test_other_brackets(text: str) -> None:
    assert found(text) == {}


def test_no_definition_crosses_a_break() -> None:
    assert found("Widget Control\nPlane (WCP)") == {}


def test_spans_of_both_forms() -> None:
    text = "every widget control plane (WCP) node"
    (definition,) = find_definitions(flat(text))
    assert definition.short_span.of(text) == "WCP"
    assert definition.long_span.of(text) == "widget control plane"


def test_the_cheapest_fit_wins() -> None:
    text = "we widen the widget control plane"
    fit = fit_before("WCP", words_of(text, 0, len(text)))
    assert fit is not None
    assert text[fit.start : fit.end] == "widget control plane"
    assert fit.cost == 0


@given(st.text(alphabet="ABab1 ()[]\uff08-:=,\n\x1e\x1f/.*"))
def test_spans_match_the_text_for_any_input(text: str) -> None:
    for definition in find_definitions(flat(text)):
        assert definition.short_span.of(text) == definition.short
        assert definition.long_span.of(text) == definition.long


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "AB (",
        "(AB)",
        "AB, ",
        "A B ",
        "AB: ",
        "AB - ",
        "a (A1) ",
        "ABC or abc ",
        "\nAB\x1ea b",
        "AB \x1e(a",
        "\nAB: a",
        "(A B) ",
    ],
)
def test_cost_is_linear(unit: str) -> None:
    assert_linear(lambda text: find_definitions(flat(text)), unit)
