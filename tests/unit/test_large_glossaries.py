"""Large glossaries: every format is parsed in steps in proportion to the text, and threads give way."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
import zlib

import pytest

from glossary_ls.base import leftovers
from glossary_ls.base.memo import lazy, work_out
from glossary_ls.base.text import Text
from glossary_ls.glossary import formats
from glossary_ls.lsp.tasks import TaskQueue
from glossary_ls.lsp.worker import Worker
from tests.bench.large_glossaries import FORMATS, file_of
from tests.clock import SimulatedClock
from tests.unit.steps import count_steps

#: The sizes that are compared, in characters: each is twice the one before.
SIZES = (8_000, 16_000, 32_000)

#: libyaml reads no subclass of `str`, which counts characters.
_LIBYAML = {"contextive", "yaml-other", "term-page"}


def _text(format_id: str, size: int) -> str:
    head, mark, body = file_of(format_id, size)[1].partition(b"compressed using zlib.\n")
    return (head + mark + zlib.decompress(body) if mark else head).decode()


@pytest.mark.parametrize("format_id", sorted(FORMATS))
def test_parsing_is_linear(format_id: str) -> None:
    path = f"/w/{FORMATS[format_id][0]}"

    def parse(source: str) -> object:
        if format_id in _LIBYAML:
            source = str(source)
        return formats.parse(path, Text(source), format_id.removesuffix("-table"))

    # What is loaded or compiled for the first time is not counted.
    parse(_text(format_id, SIZES[0]))
    one, two, four = (count_steps(parse, _text(format_id, size)) for size in SIZES)
    assert two < 2.3 * one + 500
    assert four < 4.6 * one + 500


class _Node:
    def __init__(self, *children: object) -> None:
        self.children = children


def test_what_is_left_over_is_freed_at_the_end() -> None:
    with leftovers.freed_slowly():
        leaf, root = _Node(), _Node(_Node())
        seen = weakref.ref(root), weakref.ref(root.children[0])
        root.children += (leaf,)
        leftovers.keep(root)
        del root
        assert all(each() is not None for each in seen)
    assert all(each() is None for each in seen)
    assert leaf.children == ()


def test_nothing_is_kept_elsewhere() -> None:
    node = _Node()
    seen = weakref.ref(node)
    leftovers.keep(node)
    del node
    assert seen() is None


def test_what_others_refer_to_keeps_all_that_it_has() -> None:
    inner = _Node(["text"])
    objects: list[object] = [_Node(inner)]
    leftovers.free(objects)
    assert objects == []
    assert inner.children == (["text"],)


class _Slow:
    def __init__(self) -> None:
        self.computed = 0

    @lazy
    def answer(self) -> int:
        """How often this was computed."""
        self.computed += 1
        return self.computed


def test_a_lazy_property_is_computed_once() -> None:
    slow = _Slow()
    assert (slow.answer, slow.answer, slow.computed) == (1, 1, 1)
    assert isinstance(_Slow.answer, lazy)


def test_lazy_properties_are_computed_ahead() -> None:
    slow = _Slow()
    work_out(slow)
    assert slow.computed == 1
    assert slow.answer == 1


def test_a_lazy_property_of_one_object_does_not_wait_for_another() -> None:
    begun, told = threading.Event(), threading.Event()

    class Waiting:
        def __init__(self, *, waits: bool) -> None:
            self.waits = waits

        @lazy
        def answer(self) -> bool:
            """Whether somebody was waited for."""
            if self.waits:
                begun.set()
                assert told.wait(60)
            return self.waits

    thread = threading.Thread(target=lambda: Waiting(waits=True).answer)
    thread.start()
    assert begun.wait(60)
    assert Waiting(waits=False).answer is False
    told.set()
    thread.join()


def test_work_is_done_in_order_and_one_at_a_time() -> None:
    clock = SimulatedClock()
    worker = Worker(TaskQueue(clock))
    seen: list[str] = []

    def first_done(result: str) -> None:
        seen.append(result)
        worker(lambda: "third", seen.append)

    worker(lambda: "first", first_done)
    worker(lambda: "second", seen.append)
    assert seen == []
    clock.advance(1)
    assert seen == ["first", "second", "third"]


def test_an_error_in_what_follows_does_not_end_the_work() -> None:
    clock = SimulatedClock()
    worker = Worker(TaskQueue(clock))
    seen: list[int] = []
    worker(lambda: 0, lambda result: seen.append(1 // result))
    worker(lambda: 2, seen.append)
    with pytest.raises(ZeroDivisionError):
        clock.advance(1)
    clock.advance(1)
    assert seen == [2]


def test_turns_are_short_while_there_is_work_and_no_garbage_is_searched() -> None:
    clock = SimulatedClock()
    worker = Worker(TaskQueue(clock))
    seen: list[tuple[float, bool]] = []

    def state() -> tuple[float, bool]:
        return sys.getswitchinterval(), gc.isenabled()

    before = state()
    worker(state, seen.append)
    clock.advance(1)
    ((interval, collects),) = seen
    assert interval < before[0]
    assert not collects
    assert state() == before
    gc.unfreeze()


@pytest.mark.parametrize("format_id", sorted(FORMATS.keys() - {"skos"}))
def test_reading_leaves_no_circles(format_id: str) -> None:
    # What is read in the background is never searched for garbage. A graph of rdflib holds itself.
    path, text = FORMATS[format_id][0], Text(_text(format_id, 20_000))
    formats.parse(f"/once/{path}", text)
    gc.collect()
    gc.disable()
    try:
        file = formats.parse(f"/again/{path}", text)
        assert gc.collect() < max(len(file.items), 20) // 10
    finally:
        gc.enable()
