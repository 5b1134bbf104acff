"""The labels of the project's own documents agree with the documents, and the counting with the labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.quality.corpus import (
    DEFINED,
    SETS,
    UNKNOWN,
    Count,
    Error,
    Labels,
    Report,
    documents,
    facts,
    parse,
    score,
    score_document,
)

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = [labeled for folder in SETS.values() for labeled in documents(folder)]
each_document = pytest.mark.parametrize(
    ("path", "labels"), DOCUMENTS, ids=[path.stem for path, _ in DOCUMENTS]
)


def bare(source: str) -> str:
    """Take the markup out of a text and fold its white space."""
    source = re.sub(r"(?m)^[ \t]*(?:#+|//|>|--)[ \t]", " ", source)
    source = re.sub(r'<abbr title="([^"]*)">', r"\1 ", source)
    source = re.sub(r"\]\([^()\s]*\)|https?:[^\s\[]*\[|</?[a-z][^>]*>", " ", source)
    source = re.sub(r"[*_`\[\]|\"]", " ", source)
    return " ".join(source.split()).casefold()


def test_there_are_enough_documents() -> None:
    assert len(DOCUMENTS) >= 44
    assert sum(labels.nothing for _, labels in DOCUMENTS) >= 2
    assert {".md", ".mdx", ".rst", ".adoc", ".txt", ".py", ".go", ".yaml"} <= {
        path.suffix for path, _ in DOCUMENTS
    }


def test_each_document_has_one_file_of_labels_and_the_other_way_round() -> None:
    names = sorted(path.stem for path, _ in DOCUMENTS)
    assert names == sorted(path.stem for folder in SETS.values() for path in folder.glob("*.labels"))
    assert len(names) == len(set(names))


@each_document
def test_each_document_has_a_label_or_says_that_it_has_none(path: Path, labels: Labels) -> None:
    assert bool(labels.bases) != labels.nothing, path.name


@each_document
def test_no_acronym_has_two_labels(path: Path, labels: Labels) -> None:
    bases = [base for _, base, _ in facts(path.with_suffix(".labels").read_text(encoding="utf-8")) if base]
    assert sorted(bases) == sorted(labels.bases)


@each_document
def test_each_label_occurs_in_its_document(path: Path, labels: Labels) -> None:
    source = path.read_text(encoding="utf-8")
    absent = {
        base
        for base in labels.bases
        if not re.search(rf"(?<![A-Za-z0-9_]){re.escape(base)}s?(?![A-Za-z0-9_])", source)
    }
    assert not absent


@each_document
def test_each_long_form_occurs_in_its_document(path: Path, labels: Labels) -> None:
    text = bare(path.read_text(encoding="utf-8"))
    absent = {long for longs in labels.defined.values() for long in longs if bare(long) not in text}
    assert not absent


def test_a_file_of_labels() -> None:
    labels = parse("# a comment\nunknown QXZ   # why\n\ndefined GQS = gateway queue | queue\noptional C#\n")
    assert labels == Labels(frozenset({"QXZ"}), {"GQS": ("gateway queue", "queue")}, frozenset({"C#"}))
    assert parse("nothing").nothing


@pytest.mark.parametrize("line", ["unknown", "defined GQS", "unknown A B", "known QXZ"])
def test_a_line_that_is_no_label_is_told_with_its_number(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        parse(f"\n{line}")


LABELS = Labels(frozenset({"QXZ", "KNW"}), {"GQS": ("gateway queue",), "AB": ("a b",)}, frozenset({"OPT"}))


def scored(*reports: Report) -> tuple[Count, Count, tuple[Error, ...]]:
    result = score_document("x.md", LABELS, reports, known={"KNW"})
    return result.unknown, result.defined, result.errors


def test_right_reports_count_and_known_acronyms_need_none() -> None:
    unknown, defined, errors = scored(
        Report(UNKNOWN, "QXZ"), Report(DEFINED, "GQS", "Gateway\n queue"), Report(DEFINED, "AB", "a b")
    )
    assert (unknown, defined, errors) == (Count(1, 0, 0), Count(2, 0, 0), ())


def test_a_missing_report_counts_against_recall() -> None:
    unknown, defined, errors = scored(Report(DEFINED, "AB", "a b"))
    assert unknown == Count(0, 0, 1)
    assert defined == Count(1, 0, 1)
    assert {(error.wrong, error.base) for error in errors} == {("missing", "QXZ"), ("missing", "GQS")}


def test_a_wrong_long_form_is_both_false_and_missing() -> None:
    _, defined, _ = scored(Report(DEFINED, "GQS", "queue"), Report(DEFINED, "AB", "a b"))
    assert defined == Count(1, 1, 1)


def test_what_is_not_listed_must_not_be_reported() -> None:
    unknown, defined, _ = scored(
        Report(UNKNOWN, "NEW"), Report(UNKNOWN, "GQS"), Report(DEFINED, "NEW", "n e w")
    )
    assert unknown.fp == 2
    assert defined.fp == 1


def test_optional_acronyms_and_compounds_of_labelled_parts_do_not_count() -> None:
    before = scored()
    after = scored(Report(UNKNOWN, "OPT"), Report(DEFINED, "OPT", "o"), Report(DEFINED, "GQS/AB", "x"))
    assert after == before


def test_figures_of_a_count() -> None:
    count = Count(6, 2, 4)
    assert (count.precision, count.recall) == (0.75, 0.6)
    assert count.f1 == pytest.approx(2 / 3)
    assert Count().f1 == 1.0
    assert Count(0, 1, 1).f1 == 0.0


def test_documents_are_handed_to_the_finder_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"QXZ\r\n")
    seen: list[str] = []

    def predict(_path: Path, text: str) -> list[Report]:
        seen.append(text)
        return [Report(UNKNOWN, "QXZ")]

    result = score(predict, labelled=[(path, Labels(frozenset({"QXZ"})))])
    assert seen == ["QXZ\r\n"]
    assert result.unknown == Count(1, 0, 0)
