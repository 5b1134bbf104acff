"""Detection accuracy on the project's own documents: `python -m tests.quality.corpus [grown] [errors]`.

The documents are in tests/corpus, each with a file of labels beside it; a label is a fact about one acronym
and the whole document. Those in tests/corpus/grown were labeled before they were measured, and are a set of
their own. This module knows the labels and the counting. What is counted is handed in as a function, so that
any other finder can be measured in the same way.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.acronyms.word_lists import word_lists
from glossary_ls.rules import unknown_acronym
from tests.quality.predict import EMPTY, Setup, explained, packs

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).resolve().parents[1] / "corpus"

#: The documents of each set.
SETS = {"own": FOLDER, "grown": FOLDER / "grown"}

UNKNOWN, DEFINED = "unknown", "defined"


class Report(NamedTuple):
    """What a finder says of one acronym of a document: `unknown`, or `defined` as its long form."""

    kind: str
    base: str
    long: str = ""


#: A finder: the acronyms of a document, given its path and its text.
Predict = Callable[[Path, str], Iterable[Report]]


@dataclass(frozen=True, slots=True)
class Labels:
    """What is to be said of a document.

    `defined` maps a short form to the long forms of which any is right; `optional` may be reported or not,
    in either way; `nothing` says that the document is there to be silent about. What stands nowhere here must
    not be reported.
    """

    unknown: frozenset[str] = frozenset()
    defined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    nothing: bool = False

    @property
    def bases(self) -> frozenset[str]:
        """All short forms that have a label."""
        return self.unknown | self.optional | self.defined.keys()


@dataclass(frozen=True, slots=True)
class Count:
    """Right, wrong and missing reports of one kind."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """The share of the reports that are right."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        """The share of what is to be reported that was."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Error(NamedTuple):
    """One decision that the labels contradict; `wrong` is `false` or `missing`."""

    wrong: str
    kind: str
    document: str
    base: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The figures over all documents, and what they rest on."""

    documents: int = 0
    unknown: Count = Count()
    defined: Count = Count()
    errors: tuple[Error, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(
            self.documents + other.documents,
            self.unknown + other.unknown,
            self.defined + other.defined,
            self.errors + other.errors,
        )


def documents(folder: Path = FOLDER) -> list[tuple[Path, Labels]]:
    """Return the documents of a folder with their labels, by name."""
    labels = {path.stem: parse(path.read_text(encoding="utf-8")) for path in folder.glob("*.labels")}
    found = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix != ".labels")
    return [(path, labels[path.stem]) for path in found]


def facts(source: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each label of a file as its kind, short form and long forms; ValueError tells of a bad line."""
    for number, line in enumerate(source.splitlines(), 1):
        text = re.sub(r"(^|\s)#.*", "", line).strip()
        if not text:
            continue
        match = re.fullmatch(r"(?:(unknown|optional)\s+(\S+)|(defined)\s+(\S+)\s+=\s+(.+)|(nothing))", text)
        if match is None:
            raise ValueError(f"line {number}: no label: {line}")
        simple, base, defined, short, longs, nothing = match.groups()
        if defined:
            yield defined, short, tuple(long.strip() for long in longs.split("|"))
        else:
            yield simple or nothing, base or "", ()


def parse(source: str) -> Labels:
    """Read a file of labels."""
    found = list(facts(source))
    return Labels(
        frozenset(base for kind, base, _ in found if kind == UNKNOWN),
        {base: longs for kind, base, longs in found if kind == DEFINED},
        frozenset(base for kind, base, _ in found if kind == "optional"),
        any(kind == "nothing" for kind, _, _ in found),
    )


def score(
    predict: Predict,
    known: Collection[str] = (),
    labelled: Iterable[tuple[Path, Labels]] | None = None,
) -> Score:
    """Return how well a finder tells the acronyms of the documents.

    An acronym in `known` is explained by a glossary, so that it need not be reported as unknown.
    """
    total = Score()
    for path, labels in documents() if labelled is None else labelled:
        with path.open(encoding="utf-8", newline="") as stream:
            reports = frozenset(predict(path, stream.read()))
        total += score_document(path.name, labels, reports, known)
    return total


def score_document(
    name: str, labels: Labels, reports: Collection[Report], known: Collection[str] = ()
) -> Score:
    """Return the score of the reports on one document."""
    unknown, unknown_errors = _unknown(name, labels, reports, known)
    defined, defined_errors = _defined(name, labels, reports)
    return Score(1, unknown, defined, (*unknown_errors, *defined_errors))


def glossary_ls(setup: Setup) -> Predict:
    """Return the program itself as a finder."""

    def predict(path: Path, _text: str) -> Iterator[Report]:
        document = setup.document(path)
        for found in unknown_acronym.find(document):
            yield Report(UNKNOWN, found.base)
        for definition in document.analysis.definitions:
            yield Report(DEFINED, definition.short, definition.long)

    return predict


def render(result: Score) -> Iterator[str]:
    """Yield the figures as lines of text."""
    yield f"documents: {result.documents}"
    for kind, count in ((UNKNOWN, result.unknown), (DEFINED, result.defined)):
        yield (
            f"  {kind:8} P {count.precision:6.1%}  R {count.recall:6.1%}  F1 {count.f1:6.1%}"
            f"   tp {count.tp} fp {count.fp} fn {count.fn}"
        )
    yield f"  unknown, false reports a document: {result.unknown.fp / max(1, result.documents):.2f}"


def _unknown(
    name: str, labels: Labels, reports: Collection[Report], known: Collection[str]
) -> tuple[Count, list[Error]]:
    said = {report.base for report in reports if report.kind == UNKNOWN and not _is_open(report.base, labels)}
    missing = sorted(labels.unknown - said - set(known))
    false = sorted(said - labels.unknown)
    errors = [
        Error("false", UNKNOWN, name, base, "defined" if base in labels.defined else "") for base in false
    ]
    errors += [Error("missing", UNKNOWN, name, base) for base in missing]
    return Count(len(said & labels.unknown), len(false), len(missing)), errors


def _defined(name: str, labels: Labels, reports: Collection[Report]) -> tuple[Count, list[Error]]:
    said: dict[str, list[str]] = {}
    for report in sorted(reports):
        if report.kind == DEFINED and not _is_open(report.base, labels):
            said.setdefault(report.base, []).append(report.long)
    right = {
        base
        for base, longs in labels.defined.items()
        if {_folded(long) for long in said.get(base, ())} & {_folded(long) for long in longs}
    }
    false = sorted(said.keys() - right)
    missing = sorted(labels.defined.keys() - right)
    errors = [Error("false", DEFINED, name, base, " / ".join(map(_folded, said[base]))) for base in false]
    errors += [Error("missing", DEFINED, name, base, labels.defined[base][0]) for base in missing]
    return Count(len(right), len(false), len(missing)), errors


def _is_open(base: str, labels: Labels) -> bool:
    """Tell whether a report is neither right nor wrong: by its label, or as a compound of labelled parts."""
    if base in labels.bases:
        return base in labels.optional
    parts = re.split(r"[-/&+]", base)
    return len(parts) > 1 and all(part in labels.bases for part in parts)


def _folded(long: str) -> str:
    return " ".join(long.split()).casefold()


def main(arguments: list[str]) -> int:
    """Print the figures of each set, or of the sets that are named, and with `errors` each wrong decision."""
    shipped = packs()
    setups = {"packs": (shipped, explained(shipped)), "no glossary": (EMPTY, frozenset[str]())}
    for name in [name for name in SETS if name in arguments] or SETS:
        labeled = documents(SETS[name])
        for setup, (glossary, known) in setups.items():
            if name == "own" and setup == "no glossary":
                continue  # Its labels leave out what everybody knows, which the packs explain.
            print(f"== {name} documents, {setup}")
            result = score(glossary_ls(Setup(glossary, word_lists())), known, labeled)
            print("\n".join(render(result)))
            if "errors" in arguments:
                for error in result.errors:
                    print("   ", *error, sep="  ")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
