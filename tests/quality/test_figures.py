"""The figures that must not get worse, where the labelled documents are at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glossary_ls.acronyms import evidence
from glossary_ls.acronyms.word_lists import word_lists
from tests.quality import corpus, first_day, weights
from tests.quality.__main__ import figures, labelled
from tests.quality.predict import Setup, explained, packs

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = labelled()

# The scorer leaves it to the collector to close the files that it has read.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def test_the_figures_of_our_own_documents_hold() -> None:
    shipped = packs()
    result = corpus.score(corpus.glossary_ls(Setup(shipped, word_lists())), explained(shipped))
    assert result.unknown.f1 >= 0.95
    assert result.unknown.fp <= 0.25 * result.documents
    assert result.defined.f1 >= 0.97


def test_the_figures_of_the_grown_documents_hold() -> None:
    shipped = packs()
    labeled = corpus.documents(corpus.SETS["grown"])
    result = corpus.score(corpus.glossary_ls(Setup(shipped, word_lists())), explained(shipped), labeled)
    assert result.unknown.f1 >= 0.95
    assert result.unknown.fp <= 0.25 * result.documents
    assert result.defined.f1 >= 0.97


@pytest.mark.parametrize("path", first_day.OWN, ids=lambda path: path.name)
def test_a_document_of_an_sre_has_few_findings_on_the_first_day(path: Path) -> None:
    found = first_day.shown(path)
    assert len(found.findings) <= 12
    assert len(found.notes) <= 15


def test_evidence_decides_well_about_held_out_documents() -> None:
    found = list(weights.samples())
    outcome = weights.cross_validated(found)
    assert outcome.documents.f1 >= 0.96
    assert outcome.sentences.f1 >= 0.78
    assert set(weights.learn(found)) == set(evidence.weights())


@pytest.mark.skipif(FOLDER is None, reason="the labelled documents are not beside the repository")
@pytest.mark.parametrize("setup", ["no glossary", "packs"])
def test_the_figures_hold(setup: str) -> None:
    assert FOLDER is not None
    result = figures(FOLDER, setup)
    assert result.unknown_f1 >= 0.88
    assert result.false_reports <= 0.4
    assert result.defined_f1 >= 0.97
