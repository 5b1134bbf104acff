"""Print how well acronyms are told: `python -m tests.quality [errors]`.

Two sets of labelled documents are used. The project's own are in tests/corpus (see `corpus`). Others are not
part of the repository: they are looked for beside it, or where the environment variable ACRONYM_DEV says, and
their own scorer does the counting.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glossary_ls.acronyms.word_lists import word_lists
from tests.quality import corpus
from tests.quality.predict import EMPTY, Setup, explained, packs, predict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "acronym-dev"

#: The setups that are measured, with what they say of themselves.
SETUPS = {
    "no glossary": "no glossary: every acronym without a definition is to be reported",
    "packs": "packs as shipped: what they explain is to be known, the rest reported",
    "packs, strict": "packs as shipped, but what they explain is to be reported all the same",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """The main figures of a run: F1 by distinct acronym and document, and false reports for each document."""

    unknown_f1: float
    defined_f1: float
    false_reports: float


def main(arguments: list[str]) -> int:
    """Print the figures, and with `errors` what was told wrong."""
    corpus.main(arguments)
    folder = labelled()
    if folder is None:
        print("no other labelled documents beside the repository; set ACRONYM_DEV to a folder that has them")
        return 0
    scorer = _scorer(folder)
    for setup, title in SETUPS.items():
        result = _score(scorer, folder, setup)
        print(f"== {title}")
        scorer.show(result)
        if "errors" in arguments:
            for error in result["errors"]:
                print("  ", *error, sep="  ")
    return 0


def labelled() -> Path | None:
    """Return the folder of the labelled documents, or None when there is none."""
    folder = Path(os.environ.get("ACRONYM_DEV", _BESIDE))
    return folder if (folder / "score.py").is_file() else None


def labels_by_path(folder: Path) -> Iterator[tuple[Path, corpus.Labels]]:
    """Yield the labeled documents of a folder with their labels, in the form of our own."""
    for name, document in _scorer(folder).load("all").items():
        unknown, defined, optional = set(), {}, set()
        for base, label in document["types"].items():
            if label.get("dont_care") or label.get("tier") == "numeronym":
                optional.add(base)
            elif label["label"] == "defined_here":
                defined[base] = (label.get("long", ""),)
            elif label["label"] == "acronym":
                unknown.add(base)
        yield folder / "corpus" / name, corpus.Labels(frozenset(unknown), defined, frozenset(optional))


def figures(folder: Path, setup: str) -> Figures:
    """Return the main figures of one setup."""
    scorer = _scorer(folder)
    result = _score(scorer, folder, setup)
    by_type = result["typ"]
    f1 = {kind: scorer.prf(*(by_type[kind][count] for count in ("tp", "fp", "fn")))[2] for kind in by_type}
    return Figures(f1["unknown"], f1["defined"], by_type["unknown"]["fp"] / result["docs"])


def _score(scorer: ModuleType, folder: Path, setup: str) -> dict[str, Any]:
    terms = EMPTY if setup == "no glossary" else packs()
    store = tuple(sorted(explained(terms))) if setup == "packs" else ()
    reader = Setup(terms, word_lists())
    predictions = [
        {"file": name, **prediction._asdict()}
        for name in scorer.load("all")
        for prediction in predict(reader.document(folder / "corpus" / name))
    ]
    result: dict[str, Any] = scorer.score(predictions, store=store)
    return result


def _scorer(folder: Path) -> ModuleType:
    """Load the scorer without leaving compiled code beside it."""
    spec = importlib.util.spec_from_file_location("acronym_score", folder / "score.py")
    if spec is None or spec.loader is None:
        message = f"cannot load the scorer in {folder}"
        raise RuntimeError(message)
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
