"""The task queue: order, slices, ends of tasks, timers and progress, on a simulated clock."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import pytest

from glossary_ls.lsp.tasks import (
    REPORT_INTERVAL,
    CancelledTaskError,
    Priority,
    Progress,
    StaleTaskError,
    Task,
    TaskQueue,
    unsearched,
)
from tests.clock import SimulatedClock

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

#: A step as long as a slice, and longer.
STEP = 0.01


class Log:
    """A queue, and what its tasks did."""

    def __init__(self, step: float = STEP) -> None:
        self.clock = SimulatedClock(step)
        self.queue = TaskQueue(self.clock)
        self.steps: list[str] = []
        self.ends: list[tuple[str, object]] = []

    def task(
        self,
        name: str,
        priority: Priority = Priority.SEARCH,
        count: int = 3,
        **more: Any,  # noqa: ANN401  because they are fields of Task
    ) -> Task[int]:
        def work() -> Generator[None, None, int]:
            for _ in range(count):
                self.steps.append(name)
                yield
            return count

        def on_end(outcome: object) -> None:
            self.ends.append((name, outcome))

        return Task(priority, work(), on_end, on_end, **more)

    def add(self, name: str, priority: Priority = Priority.SEARCH, count: int = 3) -> Task[int]:
        task = self.task(name, priority, count)
        self.queue.add(task)
        return task


def test_the_most_urgent_task_runs_first_and_of_those_the_oldest() -> None:
    log = Log()
    log.add("check", Priority.CHECK)
    log.add("first")
    log.add("second")
    log.add("scan", Priority.SCAN)
    log.clock.advance(10)
    assert log.steps == ["scan"] * 3 + ["first"] * 3 + ["second"] * 3 + ["check"] * 3
    assert log.ends == [("scan", 3), ("first", 3), ("second", 3), ("check", 3)]
    assert not log.queue._tasks


def test_an_urgent_task_interrupts_another_one_between_slices() -> None:
    log = Log()
    log.add("check", Priority.CHECK)
    log.clock.advance(0.002)
    assert log.steps == ["check"]
    log.add("scan", Priority.SCAN)
    log.clock.advance(10)
    assert log.steps == ["check", *["scan"] * 3, "check", "check"]


def test_a_slice_ends_when_its_time_is_over() -> None:
    log = Log(0.001)
    log.add("task", count=100)
    log.clock.advance(0.002)
    assert 1 < len(log.steps) < 10


def test_a_task_that_is_started_runs_its_first_slice_at_once() -> None:
    log = Log(0)
    log.queue.start(log.task("small"))
    assert log.ends == [("small", 3)]
    slow = Log()
    slow.queue.start(slow.task("large"))
    assert slow.steps == ["large"]
    slow.queue.start(slow.task("other"))
    assert slow.steps == ["large"]
    slow.queue.start(slow.task("scan", Priority.SCAN))
    assert slow.steps == ["large", "scan"]
    slow.clock.advance(10)
    assert [name for name, _ in slow.ends] == ["scan", "large", "other"]


def test_a_task_that_is_cancelled_ends_once() -> None:
    log = Log()
    task = log.add("task")
    log.clock.advance(0.002)
    log.queue.cancel(task)
    log.queue.cancel(task)
    log.clock.advance(10)
    assert log.steps == ["task"]
    ((_, error),) = log.ends
    assert isinstance(error, CancelledTaskError)


def test_a_task_that_is_no_longer_current_ends_before_its_next_slice() -> None:
    log = Log()
    answers = iter((True, False))
    log.queue.add(log.task("task", is_current=lambda: next(answers)))
    log.clock.advance(10)
    assert log.steps == ["task"]
    ((_, error),) = log.ends
    assert isinstance(error, StaleTaskError)


def test_an_error_of_a_task_or_of_its_callback_holds_up_no_other(caplog: pytest.LogCaptureFixture) -> None:
    log = Log()

    def broken() -> Generator[None, None, int]:
        yield
        raise ValueError("in a step")

    def refuse(outcome: object) -> None:
        raise RuntimeError(f"in a callback after {outcome}")

    log.queue.add(Task(Priority.SCAN, broken(), refuse, refuse))
    log.add("task")
    log.clock.advance(10)
    assert log.ends == [("task", 3)]
    assert "in a callback after in a step" in caplog.text


def test_a_queue_that_is_closed_does_nothing_more() -> None:
    log = Log()
    log.add("task")
    log.queue.call_later("timer", 1, lambda: log.steps.append("timer"))
    log.queue.close()
    log.add("late")
    log.queue.start(log.task("later"))
    log.queue.call_later("late", 0, lambda: log.steps.append("late timer"))
    log.clock.advance(10)
    assert log.steps == []
    assert log.ends == []


@pytest.mark.parametrize(("restart", "due"), [(True, 1.5), (False, 1.0)])
def test_a_timer_is_planned_once_for_each_key(due: float, *, restart: bool) -> None:
    log = Log()
    log.queue.call_later("key", 1, lambda: log.steps.append("first"))
    log.clock.advance(0.5)
    log.queue.call_later("key", 1, lambda: log.steps.append("second"), restart=restart)
    log.clock.advance(due - 0.5 - 0.01)
    assert log.steps == []
    assert log.queue.is_planned("key")
    log.clock.advance(0.02)
    assert log.steps == ["second" if restart else "first"]
    assert not log.queue.is_planned("key")
    log.clock.advance(10)
    assert len(log.steps) == 1


class Client:
    """A client that creates a token when `is_willing`."""

    def __init__(self, *, is_willing: bool = True) -> None:
        self.is_willing = is_willing
        self.created: list[object] = []
        self.values: list[dict[str, Any]] = []

    def notify(self, method: str, params: Any) -> None:  # noqa: ANN401  because it is JSON
        assert method == "$/progress"
        self.values.append(params["value"])

    def request(
        self,
        method: str,
        params: Any,  # noqa: ANN401  because it is JSON
        on_result: Callable[[object], None] = lambda _: None,
        on_error: Callable[[], None] | None = None,
    ) -> None:
        assert method == "window/workDoneProgress/create"
        self.created.append(params["token"])
        if self.is_willing:
            on_result(None)
        elif on_error is not None:
            on_error()


@pytest.mark.parametrize("token", [None, 7])
def test_progress_is_shown_from_a_while_on_to_the_end(token: object) -> None:
    log, client = Log(REPORT_INTERVAL / 2), Client()
    progress = Progress(client, "Working", lambda: f"{len(log.steps)} steps", token=token, can_create=True)
    log.queue.add(log.task("task", count=9, progress=progress))
    log.clock.advance(60)
    begin, *reports, end = client.values
    assert (begin["kind"], begin["title"]) == ("begin", "Working")
    assert {report["kind"] for report in reports} == {"report"}
    assert end == {"kind": "end", "message": "9 steps"}
    assert len(client.created) == (token is None)


@pytest.mark.parametrize(("is_willing", "can_create"), [(False, True), (True, False)])
def test_progress_needs_a_token(*, is_willing: bool, can_create: bool) -> None:
    log, client = Log(REPORT_INTERVAL / 2), Client(is_willing=is_willing)
    progress = Progress(client, "Working", lambda: "some steps", can_create=can_create)
    log.queue.add(log.task("task", count=9, progress=progress))
    log.clock.advance(60)
    assert client.values == []
    assert len(client.created) == can_create
    assert log.ends == [("task", 9)]


def test_a_user_cancels_a_task_where_its_progress_is_shown() -> None:
    log, client = Log(REPORT_INTERVAL / 2), Client()
    progress = Progress(client, "Working", lambda: "some steps", token=5, can_create=False)
    log.queue.add(log.task("task", count=99, progress=progress))
    log.clock.advance(2)
    log.queue.cancel_progress("of another task")
    log.queue.cancel_progress(None)
    assert log.ends == []
    log.queue.cancel_progress(5)
    ((_, error),) = log.ends
    assert isinstance(error, CancelledTaskError)
    assert client.values[-1]["kind"] == "end"


def test_work_whose_results_live_long_is_not_searched_for_garbage() -> None:
    kept: list[list[list[int]]] = []
    searches: list[str] = []

    def work() -> Generator[None, None, int]:
        for _ in range(20):
            kept.append([[] for _ in range(200)])
            yield
        return len(kept)

    def count(phase: str, _info: dict[str, int]) -> None:
        searches.append(phase)

    def searched(steps: Generator[None, None, int]) -> list[str]:
        log = Log()
        gc.collect()
        searches.clear()
        log.queue.add(Task(Priority.SCAN, steps, lambda _: None, log.ends.append))  # type: ignore[arg-type]
        log.clock.advance(5)
        assert log.ends == []
        return [*searches]

    before = gc.get_threshold()
    gc.callbacks.append(count)
    gc.set_threshold(1000)
    try:
        assert searched(work())
        assert searched(unsearched(work())) == []
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(count)
    with pytest.raises(StopIteration, match="60"):
        deplete(unsearched(work()))


def deplete(steps: Generator[None, None, int]) -> None:
    while True:
        next(steps)
