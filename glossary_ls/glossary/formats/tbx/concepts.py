"""The concepts of a file in TBX, as they are written: texts by category at the concept, language and term.

The parser is Expat. It loads nothing from outside, and refuses entities that a file defines: those could
expand without bound. This module must not know what a category means.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import START
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, stripped

_CONCEPTS = frozenset({"termentry", "conceptentry"})
_LANGUAGES = frozenset({"langset", "langsec"})
_TERMS = frozenset({"tig", "ntig", "termsec"})

#: Elements inside of texts, and those that only group others.
_INLINE = frozenset({"hi", "foreign", "sc", "ec", "ph", "bpt", "ept", "it", "ut"})
_GROUPS = frozenset(
    {"descripgrp", "admingrp", "transacgrp", "termnotegrp", "termgrp", "termcomplist", "termcompgrp"}
)

_CONCEPT = lazily(r"<(?:\w+:)?(?:termEntry|conceptEntry)\b", re.IGNORECASE)

#: Behind so many errors, the rest of a file is not read.
_MOST_ERRORS = 20

_AROUND = b"<around>"


class Note(NamedTuple):
    """A text with its category, such as `definition`, in lower case; `target` is what it refers to."""

    category: str
    text: str
    span: Span
    target: str = ""


@dataclass(slots=True)
class Term:
    """A term of a language, with its notes."""

    language: str
    notes: list[Note] = field(default_factory=list)
    text: str = ""
    span: Span = START


@dataclass(slots=True)
class Concept:
    """A concept: its place, its terms in all languages, and its notes, each with its language or none."""

    id: str
    span: Span
    terms: list[Term] = field(default_factory=list)
    notes: list[tuple[str, Note]] = field(default_factory=list)


@dataclass(slots=True)
class Contents:
    """What a file holds: its language and title, its concepts, and its error with the offset of that."""

    language: str = ""
    title: str = ""
    concepts: list[Concept] = field(default_factory=list)
    error: str = ""
    offset: int = 0


class _EntityError(Exception):
    """The file defines an entity."""


def read(source: str) -> Contents:
    """Return the contents of a file; a concept that is not XML is left out."""
    contents = Contents()
    start = 0
    for _ in range(_MOST_ERRORS):
        error, offset = _Reader(source, start, contents).run()
        if not error:
            break
        following = _CONCEPT.search(source, offset)
        if not contents.error and (following or not start):
            contents.error, contents.offset = error, offset
        if following is None:
            break
        start = following.start()
    return contents


class _Reader:
    """Collects concepts from the events of the parser, from an offset on at which a concept starts."""

    def __init__(self, source: str, start: int, contents: Contents) -> None:
        self.source = source
        self.contents = contents
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        #: A byte of the data and its offset; behind the start of a file, concepts need a root.
        self._known = (len(_AROUND), start) if start else (0, 0)
        self._data = (_AROUND if start else b"") + source[start:].encode("utf-8", "replace")
        self._concept: Concept | None = None
        self._term: Term | None = None
        self._language = ""
        #: The element whose text is read: name, category, target, start of the text; and the text.
        self._open: tuple[str, str, str, int] | None = None
        self._parts: list[str] = []

    def run(self) -> tuple[str, int]:
        """Parse the file; return the error and its offset, or no error."""
        try:
            self.parser.Parse(self._data, True)  # noqa: FBT003  because Expat takes no keyword
        except expat.ExpatError as error:
            return expat.errors.messages[error.code], self.offset(self.parser.ErrorByteIndex)
        except _EntityError:
            message = "it defines an entity, which is not read; write the text in its place"
            return message, self.offset(self.parser.CurrentByteIndex)
        finally:
            # The parser and its handlers are a circle, which stays in memory if it is read in the background.
            self.parser.StartElementHandler = self.parser.EndElementHandler = None
            self.parser.CharacterDataHandler = self.parser.EntityDeclHandler = None
        return "", 0

    def offset(self, index: int) -> int:
        """Return the code-point offset of a byte; bytes must ascend from call to call."""
        byte, offset = self._known
        if index > byte:
            offset += len(self._data[byte:index].decode("utf-8", "ignore"))
            self._known = (index, offset)
        return min(offset, len(self.source))

    def _entity(self, *_: object) -> None:
        raise _EntityError

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        language = attributes.get("xml:lang") or attributes.get("lang", "")
        at = self.offset(self.parser.CurrentByteIndex)
        if local in {"martif", "tbx"}:
            self.contents.language = language
        elif local in _CONCEPTS:
            self._concept = Concept(attributes.get("id", ""), Span(at, at))
            self._language = ""
        elif local in _LANGUAGES:
            self._language = language
        elif local in _TERMS:
            self._begin_term()
        elif self._is_text(local):
            category = attributes.get("type", "") or local
            start = self.source.find(">", at) + 1
            self._open = (name, category.lower(), attributes.get("target", ""), start)
            self._parts = []
            if local == "term" and self._term is None:
                self._begin_term()

    def _is_text(self, name: str) -> bool:
        """Return whether an element has a text of its own."""
        is_place = self._concept is not None or name == "title"
        return is_place and self._open is None and name not in _GROUPS | _INLINE

    def _begin_term(self) -> None:
        self._term = Term(self._language)
        if self._concept is not None:
            self._concept.terms.append(self._term)

    def _text(self, text: str) -> None:
        if self._open is not None:
            self._parts.append(text)

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2].lower()
        end = self.offset(self.parser.CurrentByteIndex)
        if self._open is not None and self._open[0] == name:
            _, category, target, start = self._open
            span = Span(*stripped(self.source, start, max(end, start)))
            self._open = None
            self._take(Note(category, " ".join("".join(self._parts).split()), span, target), local)
        elif local in _TERMS:
            self._term = None
        elif local in _LANGUAGES:
            self._language, self._term = "", None
        elif local in _CONCEPTS and self._concept is not None:
            close = self.source.find(">", end) + 1
            self._concept.span = Span(self._concept.span.start, close)
            self.contents.concepts.append(self._concept)
            self._concept = None

    def _take(self, note: Note, local: str) -> None:
        if self._concept is None:
            if local == "title" and not self.contents.title:
                self.contents.title = note.text
        elif local == "term" and self._term is not None:
            self._term.text, self._term.span = note.text, note.span
        elif self._term is not None:
            self._term.notes.append(note)
        else:
            self._concept.notes.append((self._language, note))
