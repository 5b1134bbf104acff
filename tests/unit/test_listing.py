"""Lists of terms for views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import Definition, Term
from glossary_ls.features.listing import MOST_PLACES, counts_of, document_terms, summary_of, terms_of
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

if TYPE_CHECKING:
    from glossary_ls.analysis.document import Document

GLOSSARY = """\
terms:
- term: SLO
  expansion: Service Level Objective
- term: canary
  definition: A **small** release. It comes first.
"""
URI = "file:///ws/a.md"


def space() -> Workspace:
    return Workspace(
        MemoryFiles({"/ws/glossary.yaml": GLOSSARY, "/ws/glossary-ls.toml": "packs = []"}), ["/ws"]
    )


def opened(text: str, workspace: Workspace | None = None) -> Document:
    workspace = workspace or space()
    workspace.open(URI, "markdown", 1, text)
    document = workspace.snapshot(URI)
    assert document is not None
    return document


def test_terms_are_listed_by_name_and_found_by_a_query() -> None:
    glossary = space().glossary_of("/ws/a.md")
    assert [term.name for term in terms_of([glossary, glossary])] == ["canary", "SLO"]
    assert [term.name for term in terms_of([glossary], "objective")] == ["SLO"]
    assert terms_of([glossary], "zzz") == ()


def test_a_query_finds_all_that_fit() -> None:
    files = {"/ws/glossary.yaml": "".join(f"apex {number}: A peak.\n" for number in range(300))}
    glossary = Workspace(MemoryFiles({**files, "/ws/glossary-ls.toml": "packs = []"}), ["/ws"]).glossary_of(
        "/ws/a.md"
    )
    assert len(terms_of([glossary], "apex")) == 300


def test_the_terms_of_a_document_come_in_the_order_of_their_first_mention() -> None:
    text = "The SLO of the canary. Queue Transfer Zone (QTZ): the QTZ has an SLO.\n"
    document = opened(text)
    found = document_terms(document)
    names = [
        each.meaning.short if isinstance(each.meaning, Definition) else each.meaning.name for each in found
    ]
    assert names == ["SLO", "canary", "QTZ"]
    assert [[span.of(text) for span in each.spans] for each in found] == [
        ["SLO"] * 2,
        ["canary"],
        ["QTZ"] * 2,
    ]


def test_of_many_places_the_first_are_told_and_all_are_counted() -> None:
    document = opened("The QTZ and the SLO.\n\n" * 1500 + "Queue Transfer Zone (QTZ).\n")
    for found, places in zip(document_terms(document), (1501, 1500), strict=True):
        assert found.count == places
        assert [span.start for span in found.spans] == [
            found.spans[0].start + 22 * number for number in range(MOST_PLACES)
        ]


def test_what_stands_at_a_place_is_listed_alone() -> None:
    document = opened("The SLO of the canary. Queue Transfer Zone (QTZ): the QTZ has an SLO.\n")
    whole = document_terms(document)
    for place, expected in ((4, whole[:1]), (66, whole[:1]), (16, whole[1:2]), (55, whole[2:]), (0, ())):
        assert document_terms(document, place) == expected


def test_a_term_is_listed_in_the_sense_that_the_document_has_in_mind() -> None:
    workspace = space()
    entries = "  - {term: TP, expansion: Throughput}\n  - {term: TP, expansion: Tensor Parallelism}\n"
    workspace.open("file:///ws/glossary.yaml", "yaml", 1, f"terms:\n{entries}")
    text = "<!-- glossary-ls: sense TP = tensor parallelism -->\n\nTP\n"
    (found,) = document_terms(opened(text, workspace))
    assert isinstance(found.meaning, Term)
    assert found.meaning.expansion == "Tensor Parallelism"


def test_terms_are_counted_once() -> None:
    workspace = space()
    glossary = workspace.glossary_of("/ws/a.md")
    assert counts_of([glossary, glossary]) == {"/ws/glossary.yaml": 2}


def test_the_counts_of_files_add_up_to_what_is_listed() -> None:
    files = {
        "/ws/glossary.yaml": "terms:\n  - {term: SLO, expansion: Some Local Order}\n  - term: SLA\n",
        "/ws/docs/glossary.yaml": "terms:\n  - {term: SLA, definition: A promise.}\n  - term: QXZ\n",
    }
    workspace = Workspace(MemoryFiles(files), ["/ws"])
    glossaries = [workspace.glossary_of("/ws/docs/a.md"), workspace.glossary_of("/ws/a.md")]
    for some in (glossaries, glossaries[:1], glossaries[1:]):
        counts = counts_of(some)
        assert sum(counts.values()) == len(terms_of(some))
    assert counts_of(glossaries[:1])["/ws/glossary.yaml"] == 1


def test_a_summary_is_one_plain_line() -> None:
    assert summary_of(Term("x", summary="a `thing`\nof two lines")) == "a thing of two lines"
    assert summary_of(Term("x", definition="A **small** release. It comes first.")) == "A small release."
    assert summary_of(Term("x")) == ""
    assert len(summary_of(Term("x", definition="word " * 100))) == 200
