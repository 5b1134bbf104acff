"""Every marker case, in the core and over the wire in each position encoding.

A case cannot pass in one and fail in another: the same expectations are compared with what each driver says.
`pytest tests/test_cases.py --update` writes the golden answers of the core into the case files.
"""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.drivers import CoreDriver, Driver, WireDriver
from tests.marks import SINGLE, WHOLE, Case, Mark, parse, update_goldens
from tests.pointing import check_single, check_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CASES = Path(__file__).parent / "cases"
DRIVERS: dict[str, Callable[[Case], Driver]] = {
    "core": CoreDriver,
    **{encoding: partial(WireDriver, encoding=encoding) for encoding in ("utf-8", "utf-16", "utf-32")},
}


@pytest.mark.parametrize("name", DRIVERS)
@pytest.mark.parametrize("path", sorted(CASES.rglob("*.txt")), ids=lambda path: str(path.relative_to(CASES)))
def test_case(path: Path, name: str, request: pytest.FixtureRequest) -> None:
    case = parse(path)
    driver = DRIVERS[name](case)
    updating = request.config.getoption("--update") and name == "core"
    answers: dict[str, str] = {}
    wrong: list[str] = []
    for mark in case.marks:
        if mark.verb == "hover":
            wrong += check_hover(case, mark, driver, answers if updating else None)
        elif mark.verb in {"actions", "fix"}:
            wrong += check_actions(case, mark, driver, answers if updating else None)
        elif mark.verb in SINGLE:
            found = check_single(case, mark, driver.pointing, answers if updating else None)
            wrong += [describe(case, mark, message) for message in found]
        elif mark.verb in {"complete", "has", "not"}:
            wrong += check_completion(mark, driver.completions(mark.file, mark.line, mark.start))
    for file in case.documents:
        wrong += check_all(case, file, "diag", driver.diagnostics(file))
        for verb in WHOLE:
            wrong += check_whole(case, file, verb, driver.pointing)
        if any(mark.verb == "hint" for mark in case.marks):
            wrong += check_all(case, file, "hint", driver.hints(file))
    if answers:
        update_goldens(path, answers)
    assert not wrong, "\n".join(["", case.reason, *wrong])


def check_hover(case: Case, mark: Mark, driver: Driver, answers: dict[str, str] | None) -> Iterable[str]:
    """Compare the hover at each end of a mark, and the range that it gives."""
    for column in (mark.start, mark.end - 1):
        found = driver.hover(mark.file, mark.line, column)
        if mark.argument == "none":
            if found is not None:
                yield describe(case, mark, f"hover says {found.text!r}")
            continue
        if found is None:
            yield describe(case, mark, "no hover")
            continue
        if mark.argument.startswith("@"):
            if answers is not None:
                answers[mark.argument[1:]] = found.text
            elif found.text != case.goldens[mark.argument[1:]]:
                yield describe(case, mark, f"hover is not {mark.argument} but:\n{found.text}")
        elif mark.argument.strip('"') not in found.text:
            yield describe(case, mark, f"hover has no {mark.argument} but:\n{found.text}")
        if not covers(found.start, found.end, mark):
            yield describe(case, mark, f"the range is {found.start}-{found.end}")


def check_actions(case: Case, mark: Mark, driver: Driver, answers: dict[str, str] | None) -> Iterable[str]:
    """Compare what is offered at the start of a mark, or what the files are after one of the offers."""
    *wanted, golden = shlex.split(mark.argument)
    offers = driver.actions(mark.file, mark.line, mark.start)
    found = "\n".join(offer.label for offer in offers)
    if wanted:
        chosen = [offer for offer in offers if wanted[0] in offer.label]
        if len(chosen) != 1:
            yield describe(case, mark, f"is offered {len(chosen)} times among:\n{found}")
            return
        after = sorted(chosen[0].apply().items())
        found = "\n".join(f"=== {name} ===\n{text.strip()}" for name, text in after)
    if answers is not None:
        answers[golden[1:]] = found
    elif found.strip() != case.goldens[golden[1:]].strip():
        yield describe(case, mark, f"not {golden} but:\n{found}")


def covers(start: tuple[int, int], end: tuple[int, int], mark: Mark) -> bool:
    """Tell whether a range is the mark, or goes on over a line break behind or in front of it."""
    begins = start == (mark.line, mark.start) or start[0] < mark.line
    ends = end == (mark.line, mark.end) or end[0] > mark.line
    return begins and ends


def check_completion(mark: Mark, labels: list[str]) -> Iterable[str]:
    """Compare the labels that are offered at a mark."""
    wanted = shlex.split(mark.argument)
    if mark.verb == "complete" and labels != wanted:
        yield f"line {mark.source_line}: offered {labels}, not {wanted}"
    for label in wanted:
        if mark.verb == "has" and label not in labels:
            yield f"line {mark.source_line}: {label!r} is not offered, but {labels}"
        if mark.verb == "not" and label in labels:
            yield f"line {mark.source_line}: {label!r} is offered"


def check_all(case: Case, file: str, verb: str, found: list[tuple[int, int, str]]) -> Iterable[str]:
    """Compare everything of a kind in a file, so that a finding without a mark fails as well."""
    rest = list(found)
    for mark in case.marks:
        if mark.file != file or mark.verb != verb:
            continue
        word, _, text = mark.argument.partition(" ")
        parts = [mark.argument.strip('"')] if verb == "hint" else [f"[{word}]", text.strip('"')]
        hit = next((row for row in rest if fits(row, mark) and all(part in row[2] for part in parts)), None)
        if hit is None:
            yield describe(case, mark, f"not found; found are {rest}")
        else:
            rest.remove(hit)
    for line, column, text in rest:
        source = case.files[file].split("\n")[line]
        yield f"{file}: unmarked {verb} {text!r}\n{source}\n{' ' * column}^"


def fits(row: tuple[int, int, str], mark: Mark) -> bool:
    """Tell whether a finding stands at a mark: it starts there, or, for a note, behind it."""
    return row[0] == mark.line and row[1] == mark.start


def describe(case: Case, mark: Mark, message: str) -> str:
    """Draw a mark under its line with what is wrong about it."""
    line = case.files[mark.file].split("\n")[mark.line]
    carets = " " * mark.start + "^" * (mark.end - mark.start)
    return f"{case.path.name}:{mark.source_line}: {message}\n{line}\n{carets} {mark.verb} {mark.argument}"
