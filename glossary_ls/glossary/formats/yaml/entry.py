"""From nodes to entries: the terms, values, keys and problems of a glossary in YAML, in one pass.

`keys` declares what an entry may hold. A mistake costs the value that it is in and nothing else. This module
must not know files, or what is remembered.
"""

from __future__ import annotations

from difflib import get_close_matches
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from glossary_ls.base import memo
from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import Alias, AliasKind, Contrast, Correction, Problem, Question, Severity, Term
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.yaml import keys
from glossary_ls.glossary.formats.yaml.forms import is_empty
from glossary_ls.glossary.formats.yaml.keys import Kind, Spec
from glossary_ls.glossary.model import Entry, Guide, Head, Key, Placed, Role, Value, moved
from glossary_ls.glossary.reading.openings import opening_of
from glossary_ls.glossary.wording import is_expansion
from glossary_ls.markup.yaml_nodes import Mapping, Node, Scalar, Sequence, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from enum import StrEnum

_Item = TypeVar("_Item")

#: What keys and problems are sorted by.
by_span: Callable[[Key | Problem], Span] = attrgetter("span")


class Nameless(NamedTuple):
    """What is there of an entry without a name: its keys and problems, placed like those of an entry."""

    keys: tuple[Key, ...]
    problems: tuple[Problem, ...]


class NodeReader:
    """Reads nodes; collects values, keys and problems on the way, whose spans count in `source`."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.problems: list[Problem] = []
        self.keys: list[Key] = []
        self._values: list[Value] = []

    def take(self, item: Entry | Nameless, start: int) -> None:
        """Add the problems of an entry at an offset, and the keys of one without a name."""
        self.problems += (moved(problem, start) for problem in item.problems)
        if isinstance(item, Nameless):
            self.keys += (each.shifted(start) for each in item.keys)

    # --- the head -----------------------------------------------------------------------------------------

    def head(self, root: Mapping, *, is_full: bool) -> Head:
        """Read the pairs beside the entries."""
        accept = self._strings(value_of(root, "accept"))
        if not is_full:
            for key, value in root.pairs:
                if isinstance(key, Scalar) and key.value == "accept":
                    self.keys.append(Key(key.span, key.value, (), self._written(value.span)))
            return Head(accept=accept)
        self._check_keys(root, keys.FILE)
        for key, value in root.pairs:
            if isinstance(key, Scalar):
                self.keys.append(Key(key.span, key.value, (), self._written(value.span)))
                if key.value != "terms":
                    self.keys += self._keys_below(value, (key.value,))
        version = value_of(root, "version")
        if version is not None and not (isinstance(version, Scalar) and version.value in {"1", "1.0"}):
            self._problem(
                "invalid-value",
                version.span,
                "this version of the format is not known; glossary_ls reads version 1",
            )
        guide = self._guide(value_of(root, "guide"))
        return Head(
            _value(root, "name"),
            _value(root, "description"),
            guide,
            accept,
            license=_value(root, "license"),
            extends=self._named(value_of(root, "extends")),
            exclude=self._strings(value_of(root, "exclude")),
        )

    def _named(self, node: Node | None) -> tuple[Value, ...]:
        """Return the texts of a list with their places."""
        self._strings(node)
        items = node.items if isinstance(node, Sequence) else (node,)
        found = (item for item in items if isinstance(item, Scalar) and not is_empty(item))
        return tuple(self._value(item, Role.TEXT) for item in found)

    def _guide(self, node: Node | None) -> Guide | None:
        if node is None:
            return None
        if isinstance(node, Scalar):
            return Guide("", node.value.strip())
        if not isinstance(node, Mapping):
            self._problem("invalid-value", node.span, "a guide has the keys title, text and points")
            return None
        self._check_keys(node, keys.GUIDE)
        return Guide(
            self._string(value_of(node, "title")),
            self._string(value_of(node, "text")),
            self._strings(value_of(node, "points")),
        )

    # --- entries ------------------------------------------------------------------------------------------

    def entries(
        self, node: Node | None, *, is_root: bool = False, is_file: bool = False
    ) -> list[tuple[Entry | Nameless, int]]:
        """Read the entries of a list or mapping, each with the offset that its spans count from.

        Of a file (`is_file`), that is where the entry starts; of a piece, where the piece does. `is_root`
        means that the node is the whole file.
        """
        found: list[tuple[Entry | Nameless, int]] = []
        pairs: Iterable[tuple[Node | None, Node]] = ()
        if isinstance(node, Sequence):
            pairs = ((None, item) for item in node.items)
        elif isinstance(node, Mapping):
            pairs = node.pairs
        elif node is not None and not is_empty(node):
            message = "a glossary is a list of terms" if is_root else "terms must be a list"
            self._problem("invalid-value", node.span, f"{message}; write '- term: NAME' for each")
        for key, value in pairs:
            inner = NodeReader(self._source)
            part = inner.entry(key, value)
            if is_file and isinstance(part, Entry):
                found.append((_rebased(part), part.span.start))
            else:
                found.append((part, 0))
        return found

    def entry(self, key: Node | None, node: Node) -> Entry | Nameless:
        """Read an item of a list, or a pair of a mapping."""
        term: Term | None
        if key is not None and not (isinstance(key, Scalar) and key.value.strip()):
            self._problem("missing-term", key.span, "an entry needs a name before the colon")
            term = None
        elif isinstance(key, Scalar):
            term = self._shorthand(self._name(key), node)
        else:
            term = self._item(node)
        below = tuple(sorted(self._keys_below(node, ("terms",)), key=by_span))
        problems = tuple(self.problems)
        if term is None:
            return Nameless(below, problems)
        start = node.span.start if key is None else key.span.start
        span = self._written(Span(start, max(node.span.end, key.span.end if key else 0)))
        names = (value for value in self._values if value.role is Role.TERM)
        name = next(value for value in names if value.text == term.name)
        return Entry(term, span, name, tuple(self._values), below, problems, span.of(self._source))

    def _shorthand(self, name: str, value: Node) -> Term:
        """Read `NAME: text` or `NAME: {definition: ...}`, an entry of a mapping instead of a list."""
        if isinstance(value, Mapping):
            return self._filled(Term(name), value)
        if isinstance(value, Scalar):
            role = Role.EXPANSION if is_expansion(name, self._string(value)) else Role.TEXT
            # An empty text is a place to write one.
            self._values.append(Value(role, self._written(value.span), value.value.strip(), value.plain))
        text = self._string(value)
        if is_expansion(name, text):
            return Term(name, expansion=text.removesuffix(f"({name})").rstrip())
        opening = opening_of(name, text)
        return Term(name, expansion=opening.expansion, definition=opening.rest)

    def _item(self, node: Node) -> Term | None:
        if isinstance(node, Scalar) and node.value.strip():
            return Term(self._name(node))
        if not isinstance(node, Mapping):
            self._problem("missing-term", node.span, "an entry of a glossary needs a name: 'term: NAME'")
            return None
        name = value_of(node, "term")
        if not isinstance(name, Scalar) or not name.value.strip():
            where = _first_key(node) if name is None else name.span
            self._problem("missing-term", where, "this entry has no name; add 'term: NAME'")
            return None
        return self._filled(Term(name.value.strip()), node)

    def _name(self, node: Scalar) -> str:
        self._values.append(self._value(node, Role.TERM))
        return node.value.strip()

    def _filled(self, term: Term, node: Mapping) -> Term:
        self._check_keys(node, keys.TERM)
        values: dict[str, object] = {}
        for key, value in node.pairs:
            spec = _TERM_KEYS.get(key.value) if isinstance(key, Scalar) else None
            if spec is not None:
                found = self._read(value, spec)
                # A choice that cannot be read leaves the default.
                if found is not None and spec.role is not Role.TERM:
                    values[spec.attribute or spec.name] = found
        # The table of keys gives each field its own type; the type checker cannot see that through a dict.
        return replace(term, **values)  # type: ignore[arg-type]

    def _read(self, node: Node, spec: Spec) -> object:
        found: object = None
        match spec.kind:
            case Kind.TEXT:
                found = self._string(node, spec.role)
            case Kind.TEXTS:
                found = self._strings(node, spec.role)
            case Kind.CHOICE:
                found = self._choice(node, spec)
            case Kind.FLAG:
                found = self._flag(node)
            case Kind.ALIASES:
                found = tuple(self._each(node, self._alias))
            case Kind.CONTRASTS:
                found = tuple(self._each(node, self._contrast))
            case Kind.QUESTIONS:
                found = tuple(self._each(node, self._question))
        return found

    def _alias(self, node: Node) -> Alias | None:
        if isinstance(node, Scalar):
            name = node.value.strip()
            self._point(node, Role.ALIAS)
            return Alias(name) if name else None
        if isinstance(node, Mapping) and _value(node, "name"):
            self._check_keys(node, keys.ALIAS)
            self._point_inside(node, keys.ALIAS)
            kind = value_of(node, "kind")
            chosen = self._choice(kind, _ALIAS_KIND) if kind else None
            return Alias(_value(node, "name"), AliasKind(chosen) if chosen else AliasKind.SYNONYM)
        self._problem("invalid-value", node.span, "an alias is a name, or {name: NAME, kind: KIND}")
        return None

    def _contrast(self, node: Node) -> Contrast | None:
        if isinstance(node, Scalar):
            self._point(node, Role.CONTRAST)
            return Contrast(node.value.strip()) if node.value.strip() else None
        if isinstance(node, Mapping) and _value(node, "term"):
            self._check_keys(node, keys.CONTRAST)
            self._point_inside(node, keys.CONTRAST)
            return Contrast(_value(node, "term"), _value(node, "difference"))
        message = "name the other term: 'term: NAME', and how they differ: 'difference: ...'"
        self._problem("invalid-value", node.span, message)
        return None

    def _question(self, node: Node) -> Question | None:
        if isinstance(node, Mapping) and _value(node, "question"):
            self._check_keys(node, keys.QUESTION)
            self._point_inside(node, keys.QUESTION)
            return Question(
                _value(node, "question"), _value(node, "answer"), self._strings(value_of(node, "about"))
            )
        self._problem("invalid-value", node.span, "a question has the keys question and answer")
        return None

    # --- values -------------------------------------------------------------------------------------------

    def _string(self, node: Node | None, role: Role | None = None) -> str:
        if node is None:
            return ""
        if isinstance(node, Scalar):
            self._point(node, role)
            return "" if is_empty(node) else node.value.strip()
        self._problem("invalid-value", node.span, "this must be a text, not a list or a mapping")
        return ""

    def _strings(self, node: Node | None, role: Role | None = None) -> tuple[str, ...]:
        if node is None:
            return ()
        items: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
        return tuple(text for item in items if (text := self._string(item, role)))

    def _each(self, node: Node, read_one: Callable[[Node], _Item | None]) -> Iterator[_Item]:
        if is_empty(node):
            return
        for item in node.items if isinstance(node, Sequence) else (node,):
            value = read_one(item)
            if value is not None:
                yield value

    def _choice(self, node: Node, spec: Spec) -> StrEnum | None:
        text = self._string(node, spec.role).lower()
        choices = keys.choices_of(spec)
        if spec.choices is not None and text in choices:
            return spec.choices(text)
        message = f"'{text}' is not one of {', '.join(choices)}"
        self._problem("invalid-value", node.span, message, _closest(text, choices))
        return None

    def _flag(self, node: Node) -> bool:
        text = self._string(node).lower()
        if text in {"true", "yes", "on"}:
            return True
        if text not in {"false", "no", "off", ""}:
            self._problem("invalid-value", node.span, f"'{text}' is not one of true, false")
        return False

    # --- places -------------------------------------------------------------------------------------------

    def _point(self, node: Scalar, role: Role | None) -> None:
        if role is not None and node.value.strip():
            self._values.append(self._value(node, role))

    def _point_inside(self, node: Mapping, known: tuple[Spec, ...]) -> None:
        """Collect the values of a mapping within an entry."""
        roles = {spec.name: spec.role for spec in known}
        for key, value in node.pairs:
            role = roles.get(key.value) if isinstance(key, Scalar) else None
            for item in value.items if isinstance(value, Sequence) else (value,):
                if isinstance(item, Scalar):
                    self._point(item, role)

    def _value(self, node: Scalar, role: Role) -> Value:
        return Value(role, self._written(node.span), node.value.strip(), node.plain)

    def _written(self, span: Span) -> Span:
        """Leave out the blanks up to the next token, which YAML counts to a block."""
        end = span.end
        # The value of a key may be most of a file, which is not copied for this.
        while end > span.start and self._source[end - 1].isspace():
            end -= 1
        return Span(span.start, end)

    def _keys_below(self, node: Node, below: tuple[str, ...]) -> Iterator[Key]:
        """Yield the keys in a node that is below some keys."""
        if isinstance(node, Sequence):
            for item in node.items:
                yield from self._keys_below(item, below)
        elif isinstance(node, Mapping):
            for key, value in node.pairs:
                if isinstance(key, Scalar):
                    yield Key(key.span, key.value, below, self._written(value.span))
                    yield from self._keys_below(value, (*below, key.value))

    # --- problems -----------------------------------------------------------------------------------------

    def _check_keys(self, node: Mapping, known: tuple[Spec, ...]) -> None:
        names = tuple(spec.name for spec in known)
        seen: set[str] = set()
        for key, _ in node.pairs:
            name = key.value if isinstance(key, Scalar) else ""
            if name not in names:
                what = f"the key '{name}' is not known here and is left out"
                self._problem("unknown-key", key.span, what, _closest(name, names))
            elif name in seen:
                message = f"the key '{name}' is here twice; the last one counts"
                self._problem("duplicate-key", key.span, message)
            seen.add(name)

    def _problem(self, code: str, span: Span, message: str, meant: str = "") -> None:
        if meant:
            message += f"; did you mean '{meant}'?"
        data = Correction(meant) if meant else None
        self.problems.append(Problem(code, message, span, Severity.WARNING, data))


_TERM_KEYS = {spec.name: spec for spec in keys.TERM}
_ALIAS_KIND = next(spec for spec in keys.ALIAS if spec.name == "kind")


def _rebased(entry: Entry) -> Entry:
    """Return an entry whose spans count in its file as one whose spans count from its own start."""
    at = Placed(entry, -entry.span.start)
    values, keys, problems = tuple(at.values), tuple(at.keys), tuple(at.problems)
    return Entry(entry.term, at.span, at.name, values, keys, problems, entry.source)


def _value(node: Mapping | None, name: str) -> str:
    found = value_of(node, name)
    return found.value.strip() if isinstance(found, Scalar) else ""


def _first_key(node: Mapping) -> Span:
    return node.pairs[0][0].span if node.pairs else node.span


@memo.recent(256)
def _closest(name: str, known: tuple[str, ...]) -> str:
    """Return the known name that was meant; the same wrong key may be in every entry of a long file."""
    return next(iter(get_close_matches(name, known, n=1)), "")
