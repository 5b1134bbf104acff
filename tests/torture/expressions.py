"""Which regular expressions of the program can take more than linear time to fail.

Two kinds are found on the syntax trees of Python's own parser. *Nested*: a repeat whose body can be divided
among several rounds in more than one way, such as `(?:a+)+` or `(?:ab|\\w)*`; failing takes exponential time.
*Adjacent*: a repeat that is followed by another one for some of the same characters, such as `a*b?a*`;
failing takes quadratic time. Possessive repeats and atomic groups never give back, so they are neither. Sets
of characters are compared on a sample.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from functools import cache
from re import _constants as constants  # type: ignore[attr-defined]  # because only it names the kinds of nodes
from re import _parser as parser  # type: ignore[attr-defined]  # because there is no public parser
from typing import TYPE_CHECKING, Any, NamedTuple

import glossary_ls
from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SAMPLE = frozenset([*map(chr, range(128)), *"\u00a0\u00e9\u00df\u2014\u2019\u2028\u4e2d\ue000\ufeff"])


def _chosen(test: Callable[[str], bool]) -> frozenset[str]:
    return frozenset(filter(test, _SAMPLE))


_DIGITS, _SPACES = _chosen(str.isdigit), _chosen(str.isspace)
_WORDS = _chosen(lambda char: char.isalnum() or char == "_")
_CATEGORIES = {
    constants.CATEGORY_DIGIT: _DIGITS,
    constants.CATEGORY_NOT_DIGIT: _SAMPLE - _DIGITS,
    constants.CATEGORY_SPACE: _SPACES,
    constants.CATEGORY_NOT_SPACE: _SAMPLE - _SPACES,
    constants.CATEGORY_WORD: _WORDS,
    constants.CATEGORY_NOT_WORD: _SAMPLE - _WORDS,
}

#: What stands for an expression until its first use.
LAZY = type(lazily("a"))

_MANY = (constants.MAX_REPEAT, constants.MIN_REPEAT)


class Expression(NamedTuple):
    """An expression of the program, and the module that has it."""

    module: str
    pattern: str
    flags: int


class Finding(NamedTuple):
    """An expression that may be slow."""

    kind: str
    module: str
    pattern: str


def expressions() -> Iterator[Expression]:
    """Yield the compiled expressions of all modules, and those that functions write out."""
    for info in pkgutil.walk_packages(glossary_ls.__path__, "glossary_ls."):
        if info.name.endswith("__main__"):
            continue
        try:
            module = importlib.import_module(info.name)
        except ModuleNotFoundError as error:
            if str(error.name).startswith("glossary_ls"):
                raise
            # It is for another program, which is not installed.
            continue
        for value in vars(module).values():
            yield from (Expression(info.name, each.pattern, each.flags) for each in _patterns(value))
        if module.__file__:
            with open(module.__file__, encoding="utf-8") as file:  # noqa: PTH123  because a module names its file
                tree = ast.parse(file.read())
            for node in ast.walk(tree):
                match node:
                    case ast.Call(
                        func=ast.Attribute(value=ast.Name("re"), attr=name),
                        args=[ast.Constant(value=str(pattern)), *_],
                    ) if name not in {"compile", "escape"}:
                        yield Expression(info.name, pattern, 0)


def _patterns(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern | LAZY):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, dict):
        yield from (found for each in value.values() for found in _patterns(each))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (found for each in value for found in _patterns(each))


def findings(expression: Expression) -> set[Finding]:
    """Return what is wrong with an expression."""
    if not re.search(r"[*+]|,\}", expression.pattern):
        return set()
    tree = parser.parse(expression.pattern, expression.flags & ~re.DEBUG)
    return {Finding(kind, expression.module, expression.pattern) for kind in _kinds(list(tree))}


# --- nodes ------------------------------------------------------------------------------------------------


def _kinds(nodes: list[Any]) -> Iterator[str]:
    nodes = list(_flat(nodes))
    for index, (kind, value) in enumerate(nodes):
        for inner in _children(kind, value):
            yield from _kinds(inner)
        if _is_unbounded(kind, value):
            body = list(_flat(value[2]))
            looped = _first(body)
            if _is_ambiguous(body):
                yield "nested"
            if _meets(nodes[index + 1 :], looped):
                yield "adjacent"


def _is_ambiguous(body: list[Any]) -> bool:
    """Return whether the rounds of a repeat can divide a text in several ways."""
    if _is_empty(body):
        return True
    for index, (kind, value) in enumerate(body):
        if kind is constants.BRANCH:
            options = [list(_flat(option)) for option in value[1]]
            if len(body) == 1 and any(
                _width(one) == 1 and other is not one and _width(other) and _is_made_of(other, _first(one))
                for one in options
                for other in options
            ):
                return True
            if len(body) == 1 and any(_is_ambiguous(option) for option in options if len(option) > 1):
                return True
        if _is_unbounded(kind, value):
            inner = _first(list(_flat(value[2])))
            before, after = body[:index], body[index + 1 :]
            # The repeat inside may go on into the next round, if nothing else has to be between.
            if all(_is_optional(each) for each in after) and (
                inner & _first(body) and all(_is_optional(each) or _set(each) & inner for each in before)
            ):
                return True
    return False


def _is_made_of(nodes: list[Any], chars: frozenset[str]) -> bool:
    """Return whether nodes of one character each can match nothing but some characters."""
    return all(_set(node) & chars for node in nodes)


def _meets(nodes: list[Any], looped: frozenset[str]) -> bool:
    """Return whether another repeat can go on with what one gives back."""
    for kind, value in nodes:
        found = _set((kind, value))
        if _is_unbounded(kind, value) and found & looped:
            return True
        if not _is_optional((kind, value)) and not found & looped:
            return False
    return False


def _flat(nodes: Any) -> Iterator[Any]:  # noqa: ANN401  because the parser has no types
    """Yield nodes, with those of plain groups in their place."""
    for kind, value in nodes:
        if kind is constants.SUBPATTERN:
            yield from _flat(value[3])
        else:
            yield kind, value


def _children(kind: Any, value: Any) -> Iterator[list[Any]]:  # noqa: ANN401  as above
    if kind in {*_MANY, constants.POSSESSIVE_REPEAT}:
        yield list(value[2])
    elif kind is constants.BRANCH:
        yield from map(list, value[1])
    elif kind is constants.ATOMIC_GROUP:
        yield list(value)
    elif kind in {constants.ASSERT, constants.ASSERT_NOT}:
        yield list(value[1])


def _is_unbounded(kind: Any, value: Any) -> bool:  # noqa: ANN401  as above
    return kind in _MANY and value[1] is constants.MAXREPEAT


def _width(nodes: list[Any]) -> int:
    """Return the number of characters that all matches have, or 0."""
    widths = [1 if kind in _ONE else 0 for kind, _ in nodes]
    return sum(widths) if all(widths) else 0


_ONE = {constants.LITERAL, constants.NOT_LITERAL, constants.IN, constants.ANY}
_NOTHING = {constants.AT, constants.ASSERT, constants.ASSERT_NOT}


def _is_optional(node: Any) -> bool:  # noqa: ANN401  as above
    kind, value = node
    if kind in {*_MANY, constants.POSSESSIVE_REPEAT}:
        return value[0] == 0 or _is_empty(list(_flat(value[2])))
    if kind is constants.BRANCH:
        return any(_is_empty(list(_flat(option))) for option in value[1])
    if kind is constants.ATOMIC_GROUP:
        return _is_empty(list(_flat(value)))
    return kind in {*_NOTHING, constants.GROUPREF_EXISTS}


def _is_empty(nodes: list[Any]) -> bool:
    return all(map(_is_optional, nodes))


def _first(nodes: list[Any]) -> frozenset[str]:
    """Return the characters of the sample that a match may begin with."""
    found: frozenset[str] = frozenset()
    for node in nodes:
        found |= _set(node)
        if not _is_optional(node):
            break
    return found


def _set(node: Any) -> frozenset[str]:  # noqa: ANN401, PLR0911  as above, and one for each kind of node
    kind, value = node
    if kind is constants.LITERAL:
        return frozenset({chr(value)})
    if kind is constants.NOT_LITERAL:
        return _SAMPLE - {chr(value)}
    if kind is constants.ANY:
        return _SAMPLE - {"\n"}
    if kind is constants.IN:
        return _listed(tuple(value))
    if kind in {*_MANY, constants.POSSESSIVE_REPEAT}:
        return _first(list(_flat(value[2])))
    if kind is constants.BRANCH:
        return frozenset().union(*(_first(list(_flat(option))) for option in value[1]))
    if kind is constants.ATOMIC_GROUP:
        return _first(list(_flat(value)))
    return frozenset()


@cache
def _listed(items: tuple[Any, ...]) -> frozenset[str]:
    found: set[str] = set()
    for kind, value in items:
        if kind is constants.LITERAL:
            found.add(chr(value))
        elif kind is constants.RANGE:
            found |= {char for char in _SAMPLE if value[0] <= ord(char) <= value[1]}
        elif kind is constants.CATEGORY:
            found |= _CATEGORIES[value]
    return frozenset(_SAMPLE - found if items[0][0] is constants.NEGATE else found)
