"""Counting the steps that something takes: lines of Python that are executed, which no other load changes.

What is done in C between two lines is not counted; `test_expressions` examines the regular expressions.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from _typeshed import TraceFunction


class TooManyStepsError(Exception):
    """More steps were taken than allowed."""


def steps(work: Callable[[], object], most: int = 50_000_000) -> int:
    """Return the number of lines of this program that `work` executes. Raises TooManyStepsError."""
    count = 0

    def local(_frame: FrameType, event: str, _: object) -> TraceFunction | None:
        nonlocal count
        if event == "line":
            count += 1
            if count > most:
                raise TooManyStepsError
        return local

    traced(work, local)
    return count


def traced(work: Callable[[], object], local: TraceFunction) -> None:
    """Do something while a function is told of each line of this program (`sys.settrace`)."""

    def trace(frame: FrameType, _event: str, _: object) -> TraceFunction | None:
        return local if "glossary_ls" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
