"""Memos: what they keep, and for how long."""

from __future__ import annotations

import gc

import pytest

from glossary_ls.base import memo


class Subject:
    """Equal to all others, so that only identity distinguishes them."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Subject)

    def __hash__(self) -> int:
        return 0


def test_a_result_about_an_object_is_computed_once() -> None:
    calls: list[tuple[object, int]] = []

    @memo.about
    def found(subject: Subject, number: int) -> int:
        calls.append((subject, number))
        return number + 1

    one, other = Subject(), Subject()
    assert [found(one, 1), found(one, 1), found(one, 2), found(other, 1)] == [2, 2, 3, 2]
    assert len(calls) == 3
    memo.clear()
    assert found(one, 1) == 2
    assert len(calls) == 4


def test_a_named_argument_is_refused_because_it_would_not_be_in_the_key() -> None:
    @memo.about
    def found(_subject: Subject, number: int = 1) -> int:
        return number

    assert found(Subject(), 2) == 2
    with pytest.raises(TypeError, match="positional"):
        found(Subject(), number=2)


def test_results_are_dropped_with_their_object() -> None:
    kept: list[int] = []

    @memo.about
    def found(subject: Subject) -> list[int]:
        kept.append(id(subject))
        return [id(subject)]

    for _ in range(100):
        found(Subject())
    gc.collect()
    # A new object may have the address of an old one.
    assert len(kept) == 100


def test_results_about_one_object_are_bounded() -> None:
    calls: list[int] = []

    @memo.about
    def found(_: Subject, number: int) -> int:
        calls.append(number)
        return number

    one = Subject()
    for number in (*range(9), 0):
        found(one, number)
    assert calls == [*range(9), 0]


def test_recent_arguments_are_bounded() -> None:
    calls: list[int] = []

    @memo.recent(2)
    def found(number: int) -> int:
        calls.append(number)
        return number

    for number in (1, 2, 1, 3, 2):
        found(number)
    assert calls == [1, 2, 3, 2]
    memo.clear()
    found(2)
    assert calls == [1, 2, 3, 2, 2]


def test_a_weighted_memo_drops_the_oldest() -> None:
    found: memo.WeightedMemo[int] = memo.WeightedMemo(10)
    for number in range(4):
        found.keep(number, number, 3)
    assert [found.get(number) for number in range(4)] == [None, None, None, 3]
    found.keep(3, 4, 2)
    assert found.get(3) == 4
    memo.clear()
    assert found.get(3) is None
