"""What the rules find after edits is what they find in the same document read from scratch."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from glossary_ls.acronyms.vocabulary import Vocabulary, Words
from glossary_ls.analysis import chunks, disambiguation
from glossary_ls.analysis.document import Document
from glossary_ls.analysis.scan import scan
from glossary_ls.base.buffer import Buffer
from glossary_ls.base.model import Severity
from glossary_ls.base.text import Encoding, Span, Text
from glossary_ls.features.listing import document_terms
from glossary_ls.features.semantic_tokens import firsts, tokens, tokens_in
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.glossary.index import build
from glossary_ls.rules import DOCUMENT_RULES, run, unknown_acronym
from glossary_ls.settings.schema import Settings

GLOSSARY = build(
    [
        read(
            "/ws/glossary.yaml",
            """terms:
  - {term: latency, aliases: [{name: delay, kind: avoid}]}
  - {term: SSD, expansion: Solid State Drive}
  - {term: SLO, expansion: Service Level Objective}
  - {term: vLLM, definition: An inference server., case: exact}
  - {term: TP, expansion: Tensor Parallelism, aliases: [{name: sharding, kind: avoid}]}
  - {term: TP, expansion: Throughput, aliases: [{name: sharding, kind: avoid}]}
""",
        )
    ]
)
WORDS = Vocabulary(names=frozenset({"ACME"}), english=Words("stop\ndrive\ntable"))
SETTINGS = replace(Settings(), severities={rule.CODE: Severity.WARNING for rule in DOCUMENT_RULES})

LINES = st.sampled_from(
    [
        "",
        "",
        "The SSD drive failed, and the delay grew.",
        "Formerly called",
        "delay is what VLLM and Vllm have; vLLM has not.",
        "a recovery point objective (RPO)",
        "recovery point objective (RPO) again, or the request path order (RPO)",
        "## RPO",
        "Recovery point objective is how much may be lost.",
        "# Glossary",
        "- RPO: recovery point objective",
        "The QXZ and two QXZ's are up. A qxz is down.",
        "The KFJ, KFJ 100, KFJ 200 and SLOs",
        "many XKW's",
        "and an SLO of the TP; sharding",
        "TP (throughput)",
        "TP",
        "(tensor parallel)",
        "<!-- glossary-ls: accept QXZ -->",
        "<!-- glossary-ls: ignore-next-line -->",
        "<!-- glossary-ls: sense TP = throughput -->",
        "```",
        "SSD",
        "drive is full.",
    ]
)
SOURCES = st.lists(LINES, max_size=24).map("\n".join)
#: Where and how much is replaced, in lines.
EDITS = st.lists(st.tuples(st.integers(0, 24), st.integers(0, 3), SOURCES | LINES), max_size=4)


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Divide even short documents."""
    monkeypatch.setattr(chunks, "LENGTH", 60)


def document(text: Text, last: Document | None = None) -> Document:
    """Return a document as an editor's or, without a last version, as one that was just opened."""
    analysis = scan(text, "markdown", GLOSSARY, last.analysis if last else None)
    return Document("/ws/d.md", "markdown", analysis, SETTINGS, WORDS)


def found_in(page: Document) -> tuple[object, ...]:
    """Return what depends on the whole of a document."""
    return (
        (run(page), page.analysis.definitions, page.analysis.meanings),
        (tokens(page), tokens_in(page, Span(30, 90)), firsts(page)),
        document_terms(page),
        tuple(disambiguation.first_mentions(page)),
        [(unknown.base, unknown.uses) for unknown in unknown_acronym.find(page)],
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("small_chunks")
@given(SOURCES, EDITS)
@example("QXZ\n\n" * 30, [(10, 1, "qxz"), (11, 1, "")])
@example("QXZ\n\n" * 30, [(4, 1, "The queue exchange zone (QXZ)."), (4, 1, "")])
@example("Formerly called\ndelay\n\n" * 12, [(4, 1, ""), (20, 2, "The SSD drive failed.")])
@example("## RPO\n\nRecovery point objective is it.\n\n" * 8, [(6, 1, ""), (0, 3, "TP (throughput)")])
def test_edits_do_not_show(source: str, edits: list[tuple[int, int, str]]) -> None:
    buffer = Buffer(source, Encoding.UTF32)
    page = document(buffer.text)
    found_in(page)
    for line, count, new in edits:
        buffer.replace((line, 0), (line + count, 0), f"{new}\n" if new else "")
        page = document(buffer.text, page)
        assert found_in(page) == found_in(document(Text(buffer.text.source)))


#: What stands in two chunks and belongs together.
ACROSS = (
    "# Plan\n\n## RPO\n\nRecovery point objective is how much may be lost.\n\n",
    "What they formerly called\n\ndelay grew.\n\n",
    "There is the TP\n\n(teleport) of it.\n\n",
    "# Glossary\n\nSome words that say nothing.\n\n- RPO: recovery point objective\n\nText.\n\n",
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SOURCES | st.lists(st.sampled_from(ACROSS), max_size=6).map("".join), st.integers(8, 200))
def test_the_size_of_chunks_does_not_show(monkeypatch: pytest.MonkeyPatch, source: str, length: int) -> None:
    monkeypatch.setattr(chunks, "LENGTH", 1_000_000)
    whole = found_in(document(Text(source)))
    monkeypatch.setattr(chunks, "LENGTH", length)
    assert found_in(document(Text(source))) == whole


def test_the_lines_trigger_every_rule_that_a_document_and_this_glossary_can() -> None:
    source = """
The SSD drive failed, and the delay grew with Vllm.
a recovery point objective (RPO), the request path order (RPO)
The QXZ is up. Two QXZ's are down.
An SLO. TP (tea party), a unique thing (UTG).
<!-- glossary-ls: nonsense -->
"""
    assert {problem.code for problem in run(document(Text(source)))} == {
        rule.CODE for rule in DOCUMENT_RULES
    } - {"defined-elsewhere", "unexplained-entry", "unsearched-text"}
