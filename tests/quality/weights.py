"""Learn the weights of evidence from labeled documents: `python -m tests.quality.weights [learn | errors]`.

It prints how well the weights do on documents that they were not learned from (cross-validation by document),
and how much worse it gets without each kind of evidence. With `learn`, it writes the weights to
`data/evidence.toml`. A logistic regression with a quadratic penalty, fitted by Newton's method, after Hastie,
Tibshirani and Friedman, "The Elements of Statistical Learning", section 4.4.
"""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.acronyms import classify
from glossary_ls.acronyms.word_lists import word_lists
from glossary_ls.rules import unknown_acronym
from tests.quality import corpus
from tests.quality.__main__ import labelled, labels_by_path
from tests.quality.corpus import Count, Labels
from tests.quality.predict import EMPTY, Setup, packs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Candidate

TABLE = Path(__file__).resolve().parents[2] / "data" / "evidence.toml"
_SENTENCES = Path(__file__).with_name("sentences.txt")
_NUMBER = re.compile(r"-?\d+\.\d+")

_FOLDS = 10
_MOST_STEPS = 60
_PRECISION = 1e-6
#: The penalty for the square of a weight: half as much as that of one sample that the weight gets wrong.
_PENALTY = 1.0
_LARGEST = 30.0


class Sample(NamedTuple):
    """A token of a document: whether it is an acronym, and whether it must be reported if it is one."""

    document: str
    base: str
    right: bool
    counted: bool
    evidence: Mapping[str, float]


class Outcome(NamedTuple):
    """The decisions on the tokens of documents, those on sentences, and a line on each wrong one."""

    documents: Count
    sentences: Count
    wrong: tuple[str, ...]


def samples() -> Iterator[Sample]:
    """Yield the tokens of the labeled documents and sentences whose classification depends on evidence."""
    setup = Setup(EMPTY, word_lists())
    for path, labels, common in _documents():
        for base, found in _evidence(setup.document(path)):
            if base not in labels.optional and base not in common - labels.bases:
                right = base in labels.unknown or base in labels.defined
                yield Sample(path.name, base, right, base not in labels.defined, found)
    for number, (right, token, text) in enumerate(sentences()):
        for base, found in _evidence(setup.read(f"{number}.md", text)):
            if base == token:
                yield Sample(f"sentence {number}", base, right, counted=True, evidence=found)


def sentences() -> Iterator[tuple[bool, str, str]]:
    """Yield each labeled sentence: whether its token is an acronym, the token, and the text."""
    for line in _SENTENCES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, _, text = line.partition(" | ")
            right, token = label.split()
            yield right == "yes", token, text.replace("\\n", "\n")


def _documents() -> Iterator[tuple[Path, Labels, frozenset[str]]]:
    """Yield each document with its labels and the acronyms that these leave out."""
    known = frozenset(name for term in packs().terms for name in term.names)
    for name, folder in corpus.SETS.items():
        for path, labels in corpus.documents(folder):
            yield path, labels, known if name == "own" else frozenset()
    if other := labelled():
        for path, labels in labels_by_path(other):
            yield path, labels, frozenset()


def _evidence(document: Document) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Yield each token of a document with the evidence on it."""
    groups: dict[str, list[Candidate]] = {}
    for use in document.analysis.candidates:
        groups.setdefault(use.base, []).append(use)
    lower = unknown_acronym.lower_uses(document.analysis)
    for base, uses in groups.items():
        if found := classify.evidence_for(base, uses, lower, document.vocabulary):
            yield base, found


def learn(samples: Sequence[Sample], penalty: float = _PENALTY) -> dict[str, float]:
    """Return the weights that fit some samples best."""
    names = sorted({name for sample in samples for name in sample.evidence})
    index = {name: at for at, name in enumerate(names)}
    rows = [[(index[name], value) for name, value in sample.evidence.items()] for sample in samples]
    weights = [0.0] * len(names)
    for _ in range(_MOST_STEPS):
        gradient = [-penalty * weight for weight in weights]
        hessian = [[penalty * (row == column) for row in range(len(names))] for column in range(len(names))]
        for row, sample in zip(rows, samples, strict=True):
            chance = _chance(sum(weights[at] * value for at, value in row))
            for at, value in row:
                gradient[at] += (sample.right - chance) * value
                for other, second in row:
                    hessian[at][other] += chance * (1 - chance) * value * second
        step = _solved(hessian, gradient)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _PRECISION:
            break
    return dict(zip(names, weights, strict=True))


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-max(-_LARGEST, min(_LARGEST, score))))


def _solved(matrix: list[list[float]], values: list[float]) -> list[float]:
    """Solve linear equations with a positive definite matrix, by elimination."""
    size = len(values)
    rows = [[*row, value] for row, value in zip(matrix, values, strict=True)]
    for at in range(size):
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            if factor:
                rows[below] = [
                    under - factor * over for under, over in zip(rows[below], rows[at], strict=True)
                ]
    solution = [0.0] * size
    for at in reversed(range(size)):
        rest = sum(rows[at][other] * solution[other] for other in range(at + 1, size))
        solution[at] = (rows[at][size] - rest) / rows[at][at]
    return solution


def cross_validated(samples: Sequence[Sample], least: float = classify.STRICT) -> Outcome:
    """Return the outcome for documents that the weights were not learned from."""
    names = sorted({sample.document for sample in samples})
    fold = {name: at % _FOLDS for at, name in enumerate(names)}
    in_documents = in_sentences = Count()
    wrong: list[str] = []
    for number in range(_FOLDS):
        weights = learn([sample for sample in samples if fold[sample.document] != number])
        for sample in samples:
            if fold[sample.document] != number or not sample.counted:
                continue
            score = sum(value * weights.get(name, 0.0) for name, value in sample.evidence.items())
            said = score >= least
            count = Count(said and sample.right, said and not sample.right, sample.right and not said)
            if sample.document.startswith("sentence"):
                in_sentences += count
            else:
                in_documents += count
            if said != sample.right:
                what = "false" if said else "missing"
                known = ", ".join(sample.evidence)
                wrong.append(f"{what:8} {sample.base:8} {score:5.2f} {sample.document}: {known}")
    return Outcome(in_documents, in_sentences, tuple(wrong))


def without(samples: Iterable[Sample], name: str) -> list[Sample]:
    """Return the samples without a kind of evidence."""
    return [
        sample._replace(evidence={kind: value for kind, value in sample.evidence.items() if kind != name})
        for sample in samples
    ]


def write(weights: Mapping[str, float]) -> None:
    """Replace the weights in the table of the program."""
    lines = TABLE.read_text(encoding="utf-8").splitlines(keepends=True)
    names = (line.partition(" = ")[0] for line in lines)
    changed = (
        _NUMBER.sub(f"{weights[name]:.2f}", line, count=1) if name in weights else line
        for name, line in zip(names, lines, strict=True)
    )
    TABLE.write_text("".join(changed), encoding="utf-8")


def _gains(samples: Sequence[Sample], full: Outcome) -> Iterator[str]:
    """Yield a row of a Markdown table for each kind of evidence, the heaviest first."""
    for name, weight in sorted(learn(samples).items(), key=lambda row: -abs(row[1])):
        having = [sample for sample in samples if name in sample.evidence]
        acronyms = sum(sample.right for sample in having)
        less = cross_validated(without(samples, name))
        gains = (
            f"{100 * (with_it.f1 - without_it.f1):+.1f}"
            for with_it, without_it in zip(full[:2], less[:2], strict=True)
        )
        yield f"| `{name}` | {weight:+.2f} | {len(having)} | {acronyms} | {' | '.join(gains)} |"


def main(arguments: list[str]) -> int:
    """Print the figures and the gain of each kind of evidence, or learn, or print the wrong decisions."""
    found = list(samples())
    if "learn" in arguments:
        write(learn(found))
    full = cross_validated(found)
    for name, count in (("documents", full.documents), ("sentences", full.sentences)):
        print(
            f"held-out {name}: P {count.precision:.1%}  R {count.recall:.1%}  F1 {count.f1:.1%}"
            f"  tp {count.tp} fp {count.fp} fn {count.fn}"
        )
    print("\n".join(full.wrong if "errors" in arguments else _gains(found, full)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
