"""The figures that must not get worse, where the labelled documents are at hand."""

from __future__ import annotations

import pytest

from tests.quality.__main__ import figures, labelled

FOLDER = labelled()

# The scorer leaves it to the collector to close the files that it has read.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.mark.skipif(FOLDER is None, reason="the labelled documents are not beside the repository")
@pytest.mark.parametrize("setup", ["no glossary", "packs"])
def test_the_figures_hold(setup: str) -> None:
    assert FOLDER is not None
    result = figures(FOLDER, setup)
    assert result.unknown_f1 >= 0.88
    assert result.false_reports <= 0.4
    assert result.defined_f1 >= 0.97
