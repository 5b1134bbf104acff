"""The native glossary format: YAML to terms with source spans, and a problem for each thing that is wrong.

The format is described in docs/glossary-format.md and data/schema/glossary.schema.json. A mistake costs the
thing that it is in and nothing else: an unknown key is a problem at its line, and of a file that stops being
YAML the good entries are kept (see `salvage`). This module must not know how terms are merged, matched or
shown.
"""

from __future__ import annotations

from dataclasses import fields, replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from glossary_ls.base.model import (
    Alias,
    AliasKind,
    CaseRule,
    Contrast,
    Correction,
    GlossaryFile,
    Guide,
    Origin,
    Problem,
    Question,
    Severity,
    Status,
    Term,
)
from glossary_ls.base.text import Span, Text
from glossary_ls.glossary.formats.yaml.cuts import cut
from glossary_ls.glossary.formats.yaml.forms import has_head, is_expansion
from glossary_ls.glossary.formats.yaml.memory import Rows
from glossary_ls.glossary.formats.yaml.nodes import (
    Mapping,
    Node,
    NotYamlError,
    Scalar,
    Sequence,
    is_key,
    parse,
    value_of,
)
from glossary_ls.glossary.formats.yaml.pieces import FILE_KEYS, node_of
from glossary_ls.glossary.formats.yaml.reading import READINGS, Reading
from glossary_ls.glossary.formats.yaml.salvage import salvage
from glossary_ls.glossary.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Sequence as Sequenced
    from enum import StrEnum

    from glossary_ls.glossary.formats.yaml.pieces import Cut, Form, Piece

GUIDE_KEYS = ("title", "text", "points")
ALIAS_KEYS = ("name", "kind")
CONTRAST_KEYS = ("term", "difference")
QUESTION_KEYS = ("question", "answer", "about")

#: How a key is spelt in the file, where that differs from the field of `Term`.
_FIELD_OF_KEY = {"term": "name", "not_to_be_confused_with": "contrasts"}
_KEY_OF_FIELD = {field: key for key, field in _FIELD_OF_KEY.items()}
TERM_KEYS = tuple(
    _KEY_OF_FIELD.get(field.name, field.name) for field in fields(Term) if field.name != "origin"
)

_EMPTY_WORDS = frozenset({"", "~", "null", "Null", "NULL"})

_Choice = TypeVar("_Choice", bound="StrEnum")
_Item = TypeVar("_Item")


def read(path: str, source: str | Text) -> GlossaryFile:
    """Read a glossary from the text of the file at `path`. Never raises: mistakes come back as problems."""
    text = source if isinstance(source, Text) else Text(source)
    reader = _Reader(path, text)
    parts = cut(text)
    if parts is not None:
        return reader.pieces(parts)
    try:
        root = parse(text.source)
    except NotYamlError as problem:
        return reader.salvage(problem)
    return reader.file(root)


_TERM: Callable[[Reading], Term | None] = attrgetter("term")
_PROBLEMS: Callable[[Reading], tuple[Problem, ...]] = attrgetter("problems")

#: What is known of the entries of files, in their order.
_ROWS: Rows[Reading] = Rows()


def readings_of(parts: Cut) -> tuple[Reading, ...]:
    """Read the pieces of a file; those that were read before cost little."""
    known = READINGS.of(parts.form)

    def find(index: int) -> Reading:
        piece = parts.piece(index)
        found = known.get(piece.text)
        if found is None:
            found = _Reader("", Text(piece.text)).piece(piece, parts.form)
            READINGS.learn(parts.form, piece.text, found)
        return found

    return _ROWS.of(parts.form, parts.texts, find)


class _Reader:
    """Reads one file; collects the problems on the way."""

    def __init__(self, path: str, text: Text) -> None:
        self._path = path
        self._text = text
        self._problems: list[Problem] = []
        self._name = ""
        #: How far to the right the text begins.
        self._column = 0
        self._accept: tuple[str, ...] = ()
        self._readers = self._value_readers()

    # --- the file -----------------------------------------------------------------------------------------

    def file(self, root: Node | None) -> GlossaryFile:
        """Read a whole file from its root node."""
        head, entries = self._head_and_entries(root)
        terms = tuple(self._terms(entries))
        return self._result(head, terms)

    def salvage(self, problem: NotYamlError) -> GlossaryFile:
        """Read what can be read of a file that is not YAML as a whole."""
        root, errors = salvage(self._text.source)
        for error in errors or (problem,):
            self._syntax(error)
        return self.file(root)

    def pieces(self, parts: Cut) -> GlossaryFile:
        """Read a file that was cut at its entries; those that were read before cost little."""
        for error in parts.errors:
            self._syntax(error)
        head = parts.head
        if head is not None and parts.has_head:
            self._head(head)
        elif head is not None:
            self._accept = self._strings(value_of(head, "accept"))
            head = None
        readings = readings_of(parts)
        # There are thousands of entries, and something special about few.
        wrong = tuple(map(_PROBLEMS, readings))
        for problems, start in zip(wrong, parts.starts, strict=True) if any(wrong) else ():
            self._problems += (replace(problem, span=problem.span.shifted(start)) for problem in problems)
        found, starts, lines = tuple(map(_TERM, readings)), parts.starts, parts.lines
        if not all(found):
            starts, lines = (list(compress(numbers, found)) for numbers in (starts, lines))
        terms = tuple(filter(None, found))
        return self._result(head, Terms(self._path, self._name, terms, starts, lines))

    def piece(self, piece: Piece, form: Form) -> Reading:
        """Read one entry; all places count from its start."""
        self._column = form.column
        terms = tuple(self._terms(node_of(piece, form)))
        return Reading(terms[0] if terms else None, tuple(self._problems))

    def _result(self, head: Mapping | None, terms: Sequenced[Term]) -> GlossaryFile:
        guide = self._guide(value_of(head, "guide")) if head else None
        return GlossaryFile(
            path=self._path,
            name=self._name,
            description=_value(head, "description") if head else "",
            guide=guide,
            terms=terms,
            accept=self._accept,
            problems=tuple(sorted(self._problems, key=lambda problem: problem.span)),
        )

    def _head_and_entries(self, root: Node | None) -> tuple[Mapping | None, Node | None]:
        if root is None or (isinstance(root, Scalar) and root.value in _EMPTY_WORDS):
            return None, None
        if isinstance(root, Sequence):
            return None, root
        if isinstance(root, Scalar):
            self._problem(
                "invalid-value", root.span, "a glossary is a list of terms; write '- term: NAME' for each"
            )
            return None, None
        if not has_head(root):
            self._accept = self._strings(value_of(root, "accept"))
            pairs = tuple(pair for pair in root.pairs if not is_key(pair[0], "accept"))
            return None, replace(root, pairs=pairs)
        self._head(root)
        return root, value_of(root, "terms")

    def _head(self, root: Mapping) -> None:
        self._check_keys(root, FILE_KEYS)
        self._accept = self._strings(value_of(root, "accept"))
        self._name = _value(root, "name")
        version = value_of(root, "version")
        if version is not None and not (isinstance(version, Scalar) and version.value in {"1", "1.0"}):
            self._problem(
                "invalid-value",
                version.span,
                "this version of the format is not known; glossary_ls reads version 1",
            )

    def _guide(self, node: Node | None) -> Guide | None:
        if node is None:
            return None
        if isinstance(node, Scalar):
            return Guide("", node.value.strip())
        if not isinstance(node, Mapping):
            self._problem("invalid-value", node.span, "a guide has the keys title, text and points")
            return None
        self._check_keys(node, GUIDE_KEYS)
        return Guide(
            self._string(value_of(node, "title")),
            self._string(value_of(node, "text")),
            self._strings(value_of(node, "points")),
        )

    # --- terms --------------------------------------------------------------------------------------------

    def _terms(self, node: Node | None) -> Iterator[Term]:
        if isinstance(node, Sequence):
            for item in node.items:
                term = self._entry(item)
                if term:
                    yield term
        elif isinstance(node, Mapping):
            for key, value in node.pairs:
                term = self._shorthand(key, value)
                if term:
                    yield term
        elif node is not None and node.value not in _EMPTY_WORDS:
            self._problem("invalid-value", node.span, "terms must be a list; write '- term: NAME' for each")

    def _shorthand(self, key: Node, value: Node) -> Term | None:
        """Read `NAME: text` or `NAME: {definition: ...}`, an entry of a mapping instead of a list."""
        if not isinstance(key, Scalar) or not key.value.strip():
            self._problem("missing-term", key.span, "an entry needs a name before the colon")
            return None
        name = key.value.strip()
        span = Span(key.span.start, max(key.span.end, value.span.end))
        if isinstance(value, Mapping):
            return self._filled(Term(name=name, origin=self._origin(span)), value)
        text = self._string(value)
        if is_expansion(name, text):
            return Term(name=name, expansion=text, origin=self._origin(span))
        return Term(name=name, definition=text, origin=self._origin(span))

    def _entry(self, node: Node) -> Term | None:
        if isinstance(node, Scalar) and node.value.strip():
            return Term(name=node.value.strip(), origin=self._origin(node.span))
        if not isinstance(node, Mapping):
            self._problem("missing-term", node.span, "an entry of a glossary needs a name: 'term: NAME'")
            return None
        name = value_of(node, "term")
        if not isinstance(name, Scalar) or not name.value.strip():
            where = _first_key(node) if name is None else name.span
            self._problem("missing-term", where, "this entry has no name; add 'term: NAME'")
            return None
        return self._filled(Term(name=name.value.strip(), origin=self._origin(node.span)), node)

    def _filled(self, term: Term, node: Mapping) -> Term:
        self._check_keys(node, TERM_KEYS)
        values: dict[str, object] = {}
        for key, value in node.pairs:
            name = key.value if isinstance(key, Scalar) else ""
            read = self._readers.get(name)
            if read is not None:
                values[_FIELD_OF_KEY.get(name, name)] = read(value)
        # The table of readers gives each field its own type; the type checker cannot see that through a dict.
        return replace(term, **values)  # type: ignore[arg-type]

    def _value_readers(self) -> dict[str, Callable[[Node], object]]:
        strings = dict.fromkeys(("expansion", "definition", "summary", "replaced_by", "owner"), self._string)
        more = dict.fromkeys(("reviewed", "source", "license", "url"), self._string)
        lists = dict.fromkeys(("facts", "examples", "topics", "related", "scope"), self._strings)
        return {
            **strings,
            **more,
            **lists,
            "aliases": lambda node: tuple(self._each(node, self._alias)),
            "not_to_be_confused_with": lambda node: tuple(self._each(node, self._contrast)),
            "questions": lambda node: tuple(self._each(node, self._question)),
            "status": lambda node: self._choice(node, Status) or Status.ACTIVE,
            "case": lambda node: self._choice(node, CaseRule),
            "established": self._flag,
        }

    def _alias(self, node: Node) -> Alias | None:
        if isinstance(node, Scalar):
            return Alias(node.value.strip()) if node.value.strip() else None
        if isinstance(node, Mapping) and _value(node, "name"):
            self._check_keys(node, ALIAS_KEYS)
            kind = value_of(node, "kind")
            chosen = self._choice(kind, AliasKind) if kind else None
            return Alias(_value(node, "name"), chosen or AliasKind.SYNONYM)
        self._problem("invalid-value", node.span, "an alias is a name, or {name: NAME, kind: KIND}")
        return None

    def _contrast(self, node: Node) -> Contrast | None:
        if isinstance(node, Scalar):
            return Contrast(node.value.strip()) if node.value.strip() else None
        if isinstance(node, Mapping) and _value(node, "term"):
            self._check_keys(node, CONTRAST_KEYS)
            return Contrast(_value(node, "term"), _value(node, "difference"))
        message = "name the other term: 'term: NAME', and tell the two apart: 'difference: ...'"
        self._problem("invalid-value", node.span, message)
        return None

    def _question(self, node: Node) -> Question | None:
        if isinstance(node, Mapping) and _value(node, "question"):
            self._check_keys(node, QUESTION_KEYS)
            return Question(
                _value(node, "question"), _value(node, "answer"), self._strings(value_of(node, "about"))
            )
        self._problem("invalid-value", node.span, "a question has the keys question and answer")
        return None

    # --- values -------------------------------------------------------------------------------------------

    def _string(self, node: Node | None) -> str:
        if node is None:
            return ""
        if isinstance(node, Scalar):
            return "" if node.plain and node.value in _EMPTY_WORDS else node.value.strip()
        self._problem("invalid-value", node.span, "this must be a text, not a list or a mapping")
        return ""

    def _strings(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        items: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
        return tuple(text for text in map(self._string, items) if text)

    def _each(self, node: Node, read: Callable[[Node], _Item | None]) -> Iterator[_Item]:
        if isinstance(node, Scalar) and node.plain and node.value in _EMPTY_WORDS:
            return
        for item in node.items if isinstance(node, Sequence) else (node,):
            value = read(item)
            if value is not None:
                yield value

    def _choice(self, node: Node, choices: type[_Choice]) -> _Choice | None:
        text = self._string(node).lower()
        if text in set(choices):
            return choices(text)
        message = f"'{text}' is not one of {', '.join(choices)}"
        self._problem("invalid-value", node.span, message, _closest(text, tuple(choices)))
        return None

    def _flag(self, node: Node) -> bool:
        text = self._string(node).lower()
        if text in {"true", "yes", "on"}:
            return True
        if text not in {"false", "no", "off", ""}:
            self._problem("invalid-value", node.span, f"'{text}' is not one of true, false")
        return False

    # --- problems -----------------------------------------------------------------------------------------

    def _check_keys(self, node: Mapping, known: tuple[str, ...]) -> None:
        seen: set[str] = set()
        for key, _ in node.pairs:
            name = key.value if isinstance(key, Scalar) else ""
            if name not in known:
                what = f"the key '{name}' is not known here and is left out"
                self._problem("unknown-key", key.span, what, _closest(name, known))
            elif name in seen:
                message = f"the key '{name}' is here twice; the last one counts"
                self._problem("duplicate-key", key.span, message)
            seen.add(name)

    def _origin(self, span: Span) -> Origin:
        # A block's end lies where the next token starts; the entry ends with its last written line.
        written = len(span.of(self._text.source).rstrip())
        line, column = self._text.line_column(span.start)
        if not self._text.source[span.start - column + 1 : span.start].isascii():
            column = 1
        elif line == 1:
            column += self._column
        return Origin(self._path, Span(span.start, span.start + written), line, self._name, column)

    def _syntax(self, problem: NotYamlError) -> None:
        at = min(problem.offset, len(self._text.source.rstrip()))
        line = self._text.line_span(self._text.line_index(at))
        span = Span(at, line.end) if at < line.end else line
        message = f"this is not valid YAML: {problem.message}; the entry is left out until it is mended"
        self._problems.append(Problem("invalid-yaml", message, span, Severity.ERROR))

    def _problem(self, code: str, span: Span, message: str, meant: str = "") -> None:
        if meant:
            message += f"; did you mean '{meant}'?"
        data = Correction(meant) if meant else None
        self._problems.append(Problem(code, message, span, Severity.WARNING, data))


def _value(node: Mapping | None, name: str) -> str:
    found = value_of(node, name)
    return found.value.strip() if isinstance(found, Scalar) else ""


def _first_key(node: Mapping) -> Span:
    return node.pairs[0][0].span if node.pairs else node.span


@lru_cache(maxsize=256)
def _closest(name: str, known: tuple[str, ...]) -> str:
    """Return the known name that was meant; the same wrong key may stand in every entry of a long file."""
    return next(iter(get_close_matches(name, known, n=1)), "")
