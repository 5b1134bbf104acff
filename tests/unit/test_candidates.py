"""Candidates: which tokens may be acronyms, by their shape and immediate context."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.acronyms.candidates import find_candidates
from glossary_ls.base.model import Candidate, RegionKind
from glossary_ls.base.text import Span
from glossary_ls.markup.prose import Prose, ProseBuilder

from .steps import assert_linear


def prose(source: str, kind: RegionKind = RegionKind.PROSE) -> Prose:
    builder = ProseBuilder(source)
    for number, line in enumerate(source.split("\n")):
        if number:
            builder.break_()
        start = sum(len(other) + 1 for other in source.split("\n")[:number])
        builder.add(start, start + len(line), kind)
    return builder.build()


def bases(source: str) -> list[str]:
    return [candidate.base for candidate in find_candidates(prose(source))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("The SLO is met.", ["SLO"]),
        ("Each SLO's window and all SLOs' windows", ["SLO", "SLO"]),
        ("Two SLOs and three OSes", ["SLO", "OS"]),
        ("objects in S3, pods on K8s and k8s", ["S3", "K8s", "k8s"]),
        ("weights in FP8", ["FP8"]),
        ("served over gRPC from a vSCSI disk", ["gRPC", "vSCSI"]),
        ("IaaS, PaaS, DBaaS and a PoC", ["IaaS", "PaaS", "DBaaS", "PoC"]),
        ("LoRA and QoS over RoCEv2", ["LoRA", "QoS", "RoCEv2"]),
        ("the CI/CD pipeline is PCI-DSS compliant", ["CI", "CD", "PCI", "DSS"]),
        ("an OCI-compliant registry, non-HA", ["OCI", "HA"]),
        ("2FA and an E2E test", ["2FA", "E2E"]),
        ("SRE, SLO, SLI and SLA", ["SRE", "SLO", "SLI", "SLA"]),
        ("the KEDA, HPA and VPA autoscalers", ["KEDA", "HPA", "VPA"]),
        ("(ABX) and “QRS”", ["ABX", "QRS"]),
        ("the end of the SLO.", ["SLO"]),
        ("the RHEL 8 host", ["RHEL"]),
        ("the frame size (MTU 9214)", ["MTU"]),
        ("KV, TP and DP", ["KV", "TP", "DP"]),
        ("the queue - XQZ for short - and the XQZ", ["XQZ", "XQZ"]),
        ("the queue (XQZ) of A/XQZ/VLX and X-VLX-QRS", ["XQZ", "XQZ", "VLX", "VLX", "QRS"]),
    ],
)
def test_acronyms_are_candidates(source: str, expected: list[str]) -> None:
    assert bases(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "set MAX_SIZE and $HOME and ${PATH}",
        "docs/API.md and README.md",
        "/var/API/LOG and ./API/v1",
        "call FOO() or std::API::NEW",
        "pass --API=NO or KEY=VAL",
        "mail @ABC about #ABC and %ABC%",
        "RFC 2119, CVE-2024-3094, JIRA-123, ISO-8601, SHA-256 and HTTP 404",
        "U+FFFD and AD9C FF5C 8D4A",
        "5GB, 80 GB, 100 MB/s and 10 GHz",
        "at 10 AM or 11PM",
        "chapters II, III, VII and XIV",
        "YYYY-MM-DD HH:MM:SS",
        "ids 9f86d081884c7d65, 0xDEADBEEF and DE:AD:BE:EF:00:01",
        "550E8400-E29B-41D4-A716-446655440000",
        "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=",
        "ConfigMap, OpenTelemetry and StatefulSet",
        "put <NAME> and {NAME} here",
        "DO NOT USE THIS IN PRODUCTION",
        "WARNING: ALL YOUR DATA WILL BE LOST",
        "XXX and ZZZZ",
        "a status of 4XX or 5xx",
        "lower case words and Title Case Words",
        "AT&T's network",
        "GOV.UK pages",
        "reference RH/N2/0517, branch mm/rebase-continue-on-freebsd-WB",
        "HTTP 404, RFC 7231, TICKET 00417, FORM AB-1234, XQZ 12345",
        "ISO-2022-KR and the SPDX-License-Identifier header",
        "sent to DE, FR, or JP",
        "grep -L XQZ and `-z XQZ' or (--align XQZ)",
        "Widget(XQZ) is a mark",
        "thanks to @mira-XQZ",
        "the X/QZDIF and the Q-VXY",
        "parts IIIi and IVb",
    ],
)
def test_other_tokens_are_not_candidates(source: str) -> None:
    assert bases(source) == [] or not set(bases(source)) - {"AT"}


def test_fields_of_a_candidate() -> None:
    found = find_candidates(prose("uses  many\nSLOs today"))
    assert found == (Candidate(Span(11, 15), "SLOs", "SLO", RegionKind.PROSE, after="today"),)
    assert found[0].plural


def test_adjacent_words_and_parts_of_words() -> None:
    (candidate,) = find_candidates(prose("models like Foo3-VLX are"))
    assert (candidate.joined, candidate.before, candidate.after) == (True, "Foo3", "are")
    (candidate,) = find_candidates(prose("end. VLX (which"))
    assert (candidate.joined, candidate.before, candidate.after) == (False, "", "")


def test_the_kind_of_region_is_kept() -> None:
    (candidate,) = find_candidates(prose("the SLO", RegionKind.LINK))
    assert candidate.kind is RegionKind.LINK
    assert find_candidates(prose("the SLO", RegionKind.CODE_BLOCK)) == ()


@given(st.text(alphabet="AbS1 -/._\n(é"))
def test_spans_are_the_text(source: str) -> None:
    for candidate in find_candidates(prose(source)):
        assert candidate.span.of(source) == candidate.text
        assert candidate.text.startswith(candidate.base)


@pytest.mark.parametrize("unit", ["aB", "A", "A1", "AB ", "AB-", "AB/", "A-", "(", "Ab"])
def test_cost_is_linear(unit: str) -> None:
    assert_linear(lambda text: find_candidates(prose(text)), unit)
