"""Which findings are shown while a word is being typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.model import Problem
from glossary_ls.base.text import Span, Text
from glossary_ls.workspace.findings import Findings
from glossary_ls.workspace.unfinished import while_typing

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPITALS = re.compile(r"[A-Z]{2,}")


def found(source: str) -> Findings:
    """Return what a rule reports that knows no word in capitals, at the first use of each."""
    uses: dict[str, Span] = {}
    for match in _CAPITALS.finditer(source):
        uses.setdefault(match[0], Span(*match.span()))
    problems = (Problem("capitals", f"{name} {source.count(name)}", span) for name, span in uses.items())
    return Findings(Text(source), tuple(problems))


def shown(*marked: str, in_one_place: bool = True) -> list[str]:
    """Return the words shown after the last of some texts; `before` is what is shown of the one before."""
    before = found(marked[0])
    for source in marked[1:]:
        before = while_typing(before, found(source), in_one_place=in_one_place)
    return [f"{each.span.of(before.text.source)}@{each.span.start}" for each in before.problems]


def test_a_word_is_not_reported_before_something_else_is_typed() -> None:
    assert shown("An AB.", "An AB. Q", "An AB. QX", "An AB. QXZ") == ["AB@3"]
    assert shown("An AB.", "An AB. QXZ", "An AB. QXZ ") == ["AB@3", "QXZ@7"]
    assert shown("An AB.", "An AB. QXZ", "An AB. QXZ.") == ["AB@3", "QXZ@7"]
    assert shown("An AB.", "An AB. QXZ", "An AB. QXZ-") == ["AB@3"]


def test_what_is_shown_moves_and_goes_with_its_problem() -> None:
    assert shown("An AB and CD.", "New: an AB and CD.") == ["AB@8", "CD@15"]
    assert shown("An AB and CD.", "An Ab and CD.") == ["CD@10"]
    assert shown("An AB and CD.", "An and CD.") == ["CD@7"]


def test_what_is_shown_stays_while_its_word_changes() -> None:
    assert shown("An AB.", "An ABC.") == ["ABC@3"]
    assert shown("An ABC.", "An AB.") == ["AB@3"]
    assert shown("An AB.", "An XAB.") == ["XAB@3"]
    assert shown("An AB", "An AB ", "An AB") == ["AB@3"]


def test_of_a_pasted_text_only_the_last_word_waits() -> None:
    assert shown("An AB.", "An AB. The CD and EF") == ["AB@3", "CD@11"]
    assert shown("An AB.", "An AB. The CD and EF.") == ["AB@3", "CD@11", "EF@18"]


def test_words_that_are_typed_at_several_places_wait() -> None:
    source = "An AB.\nThe CD.\n"
    edited = "QX An AB.\nQX The CD.\n"
    assert shown(source, edited, in_one_place=False) == ["AB@6", "CD@17"]


def test_a_first_use_that_is_typed_does_not_take_the_place_of_another() -> None:
    assert shown("An AB.", "AB. An AB.".replace(". An", " An")) == ["AB@0"]
    assert shown(" An AB.", "AB An AB.") == ["AB@6"]


def test_what_a_half_typed_word_does_to_the_rest_waits() -> None:
    before, after = Findings(Text("ab AB"), ()), found("abc AB")
    assert while_typing(before, after).problems == ()
    assert while_typing(before, found("ab: AB")).problems == found("ab: AB").problems


@given(sources=st.lists(st.text("AB a.", max_size=8), min_size=2, max_size=6), in_one_place=st.booleans())
def test_every_shown_problem_is_known_or_reported(sources: list[str], *, in_one_place: bool) -> None:
    before = found(sources[0])
    for source in sources[1:]:
        now = found(source)
        after = while_typing(before, now, in_one_place=in_one_place)
        reported = {(each.code, each.span.of(source)) for each in now.problems}
        assert {(each.code, each.span.of(source)) for each in after.problems} <= reported
        spans = [each.span for each in after.problems]
        assert spans == sorted(set(spans))
        assert set(_kept(before, now)) <= set(spans)
        before = after


def _kept(before: Findings, now: Findings) -> Iterator[Span]:
    """Yield the spans of what is shown and still reported, behind the common beginning of two texts."""
    same = next(
        (
            at
            for at, (left, right) in enumerate(zip(before.text.source, now.text.source, strict=False))
            if left != right
        ),
        min(len(before.text), len(now.text)),
    )
    still = {problem.span for problem in now.problems}
    for problem in before.problems:
        if problem.span.end <= same and problem.span in still:
            yield problem.span
