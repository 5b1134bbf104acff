"""What the program says of the acronyms in a document, in the form that the scorer reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis.document import Document
from glossary_ls.analysis.scan import scan
from glossary_ls.base.model import READABLE, RegionKind
from glossary_ls.base.text import Text
from glossary_ls.glossary import index
from glossary_ls.glossary.formats import yaml
from glossary_ls.markup import language_of
from glossary_ls.rules import unknown_acronym
from glossary_ls.settings.schema import Settings
from glossary_ls.vfs import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from glossary_ls.acronyms.vocabulary import Vocabulary
    from glossary_ls.base.text import Span
    from glossary_ls.glossary.index import Glossary

EMPTY = index.build(())

#: Where a term is worth a note to a reader.
_SHOWN = READABLE | {RegionKind.LINK}


class Prediction(NamedTuple):
    """One decision about one place; `kind` is unknown, known or defined."""

    start: int
    end: int
    text: str
    kind: str


def packs() -> Glossary:
    """Return the glossary that the program ships."""
    names = [f"packs/{name}" for name in files.data_names("packs") if name.endswith(".yaml")]
    return index.build([yaml.read(name, files.data_text(name)) for name in names])


def explained(terms: Glossary) -> frozenset[str]:
    """Return what the glossary explains: its names, those in capitals, and the words of longer names.

    In `PCI DSS` both words are explained, and `CAPEX` is `CapEx`.
    """
    names = frozenset(name for term in terms.terms for name in term.names)
    words = frozenset(word for name in names for word in name.split())
    return names | words | frozenset(map(str.upper, names))


@dataclass(frozen=True, slots=True)
class Setup:
    """What a prediction rests on."""

    glossary: Glossary
    vocabulary: Vocabulary

    def document(self, path: Path) -> Document:
        """Read and scan a file as the server would."""
        with path.open(encoding="utf-8", newline="") as stream:
            return self.read(str(path), stream.read())

    def read(self, path: str, source: str) -> Document:
        """Scan a text as the content of a file."""
        text = Text(source)
        language = language_of(path)
        return Document(path, language, scan(text, language, self.glossary), Settings(), self.vocabulary)


def predict(document: Document) -> Iterator[Prediction]:
    """Yield every occurrence of an unknown, a defined and a known acronym of a document."""
    source = document.text.source
    defined = {definition.short for definition in document.analysis.definitions}
    placed: set[Span] = set()
    for definition in document.analysis.definitions:
        placed.add(definition.short_span)
        yield _at(source, definition.short_span, "defined")
    unknown = {candidate.span for found in unknown_acronym.find(document) for candidate in found.uses}
    placed_blocks = zip(document.analysis.starts, document.analysis.blocks, strict=False)
    outside = {
        candidate.shifted(start)
        for start, scanned in placed_blocks
        for candidate in unknown_acronym.outside_terms(scanned)
    }
    inside = {candidate.span for candidate in document.analysis.candidates if candidate not in outside}
    for candidate in document.analysis.candidates:
        if candidate.span in placed:
            continue
        if candidate.base in defined:
            yield _at(source, candidate.span, "defined")
        elif candidate.span in unknown:
            yield _at(source, candidate.span, "unknown")
        elif candidate.kind not in _SHOWN:
            continue
        elif candidate.span in inside or document.glossary.senses(candidate.base):
            yield _at(source, candidate.span, "known")


def _at(source: str, span: Span, kind: str) -> Prediction:
    return Prediction(span.start, span.end, span.of(source), kind)
