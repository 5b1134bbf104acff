"""The work that a long input causes grows with its length, and no faster, whatever it consists of."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from glossary_ls import rules
from glossary_ls.base.text import Span, Text
from glossary_ls.features.inlay_hints import inlay_hints
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.glossary.index import Glossary
from glossary_ls.glossary.model import source_of
from glossary_ls.glossary.reading.outline import Section, is_letter, title_of
from glossary_ls.matching import Matcher
from glossary_ls.matching.identifiers import runs
from glossary_ls.matching.spellings import Name
from glossary_ls.settings.schema import Settings
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles
from tests.torture.expressions import Expression, expressions, findings
from tests.torture.growth import Case, cases, of_document, of_glossary, slow_searches, worst
from tests.torture.steps import steps

if TYPE_CHECKING:
    from collections.abc import Callable

#: The highest exponent of growth that counts as linear.
LINEAR = 1.15

#: How many expressions have adjacent repeats for the same characters.
KNOWN_ADJACENT = 114


def exponent(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return the exponent with which the steps grow from `size` to four times as much."""
    few, many = (steps(work(number)) for number in (size, 4 * size))
    return math.log(many / few, 4)


def test_repeated_fragments_in_every_markup_and_format() -> None:
    # `make torture` tries all of them.
    tried = cases()[::61]
    assert len({case.where for case in tried}) > 50
    assert worst(tried, 60, LINEAR) == []


@pytest.mark.parametrize(
    "case",
    [
        Case(of_document, "javascript", "/["),
        Case(of_document, "markdown", "`` "),
        Case(of_document, "yaml", '\\"'),
        Case(of_document, "css", "url("),
        Case(of_document, "swift", "#"),
        Case(of_document, "csharp", "$$"),
        Case(of_glossary, "glossary/term.md", "# "),
        Case(of_glossary, "glossary.tsv", "\r"),
    ],
    ids=lambda case: case.where,
)
def test_searches_that_fail_at_the_end_of_a_line(case: Case) -> None:
    # One of quadratic time takes seconds; `make torture` tries every fragment everywhere.
    assert slow_searches([case], 32_000) == []


def test_no_expression_takes_exponential_time_and_no_more_take_quadratic_time() -> None:
    found = {finding for expression in expressions() for finding in findings(expression)}
    assert {each for each in found if each.kind == "nested"} == set()
    # Of lines, which are short as a rule. New ones are to be written with possessive repeats: `a*+`.
    assert sum(each.kind == "adjacent" for each in found) <= KNOWN_ADJACENT


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        (r"(?:a+)+b", "nested"),
        (r"(?:ab|\w)*b", "nested"),
        (r"(?:\w+\s?)*b", "nested"),
        (r"(?:[^\]#]|#[^\n]*)*\]", "nested"),
        (r"\s*a?\s*b", "adjacent"),
        (r"(?:a++|b)*+c", ""),
        (r"(?:\w+ )*b", ""),
        (r"(?:[^\"]|\\.)*", "nested"),
        (r"(?:[^\"\\]|\\.)*", ""),
    ],
)
def test_ambiguous_repeats_are_found(pattern: str, kind: str) -> None:
    found = {finding.kind for finding in findings(Expression("", pattern, 0))}
    assert found == ({kind} if kind else set())


def test_a_quadratic_loop_is_found() -> None:
    def work(number: int) -> Callable[[], object]:
        return lambda: (
            title_of([Section(None, (), [])] * number)
            or [is_letter("a") for each in range(number) for _ in range(each)]
        )

    assert exponent(work, 20) > 1.5


@pytest.mark.parametrize("native", [False, True])
def test_nested_names(*, native: bool) -> None:
    matcher = Matcher([Name(" ".join(["xq"] * count), exact=False) for count in range(1, 200)], native=native)
    assert exponent(lambda number: lambda: matcher.find("xq " * number), 100) < LINEAR


def test_a_token_of_very_many_parts() -> None:
    assert exponent(lambda number: lambda: runs("aB" * number, number), 200) < LINEAR
    assert exponent(lambda number: lambda: runs("aB" * number), 200) < LINEAR


def test_hints_and_findings_of_a_long_block() -> None:
    files = MemoryFiles({"/ws/glossary.yaml": "SLO: Service Level Objective\n"})

    def work(number: int) -> Callable[[], object]:
        workspace = Workspace(files, ["/ws"])
        text = "| a | b |\n|---|---|\n" + "| `SLO` | SLO, QXZ (ABC) |\n" * number
        workspace.open("file:///ws/a.md", "markdown", 1, text)
        document = workspace.snapshot("file:///ws/a.md")
        assert document
        return lambda: (list(inlay_hints(document, Span(0, len(document.text)))), rules.run(document))

    work(1)()
    assert exponent(work, 20) < LINEAR


def test_many_folders_with_a_glossary_each() -> None:
    def work(number: int) -> Callable[[], object]:
        files = {f"/ws/d{place}/glossary.yaml": f"SL{place}: Service {place}\n" for place in range(number)}
        workspace = Workspace(MemoryFiles(files), ["/ws"])
        return lambda: [workspace.glossary_of(f"/ws/d{place}/a.md") for place in range(number)]

    work(1)()
    assert exponent(work, 50) < LINEAR


def test_many_glossaries_in_one_folder() -> None:
    def work(number: int) -> Callable[[], object]:
        text = "Term {0}:\n  aliases: [Alias {0}]\n  see: [Term 0]\n"
        files = [read(f"/ws/{each}.glossary.yaml", Text(text.format(each))) for each in range(number)]
        glossary = Glossary(tuple(map(source_of, files)))
        return lambda: [rules.check_glossary(file, glossary, Settings()) for file in files]

    assert exponent(work, 20) < LINEAR
