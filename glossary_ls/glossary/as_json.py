"""Terms and heads of glossaries as values of JSON, in which what is as usual is left out.

This module must not know where the values are kept.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from glossary_ls.base import memo
from glossary_ls.base.dataclass import fields, is_dataclass
from glossary_ls.base.model import Alias, AliasKind, CaseRule, Contrast, Question, Status, Term
from glossary_ls.base.text import Span
from glossary_ls.glossary.model import Context, Guide, Head, Role, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: How the values of a term and of a head that are not strings are made.
_OF_TERM: Mapping[str, Callable[[Any], object]] = {
    "aliases": lambda rows: tuple([Alias(name, AliasKind(kind)) for name, kind in rows]),
    "contrasts": lambda rows: tuple([Contrast(*row) for row in rows]),
    "questions": lambda rows: tuple(
        [Question(question, answer, tuple(about)) for question, answer, about in rows]
    ),
    "status": Status,
    "case": CaseRule,
    **dict.fromkeys(("facts", "examples", "topics", "related", "scope"), tuple),
}
_OF_HEAD: Mapping[str, Callable[[Any], object]] = {
    "guide": lambda row: Guide(row[0], row[1], tuple(row[2])),
    "extends": lambda rows: tuple([value_of(*row) for row in rows]),
    "contexts": lambda rows: tuple([Context(topic, vision, tuple(facts)) for topic, vision, facts in rows]),
    **dict.fromkeys(("accept", "exclude"), tuple),
}


def term_of(row: Mapping[str, Any]) -> Term:
    """Return a term that was written."""
    return Term(**_given(row, _OF_TERM))


def head_of(row: Mapping[str, Any]) -> Head:
    """Return a head that was written."""
    return Head(**_given(row, _OF_HEAD))


def value_of(role: int, span: tuple[int, int], text: str, plain: bool) -> Value:  # noqa: FBT001  from a row
    """Return a value that was written."""
    return Value(Role(role), Span(*span), text, plain)


def written(value: Term | Head) -> dict[str, Any]:
    """Return the fields of a term or a head that are not the default, and lists for all that is in them."""
    return {
        name: _plain(found)
        for name, default in _defaults(type(value))
        if (found := getattr(value, name)) != default
    }


@memo.recent(4)
def _defaults(kind: type) -> tuple[tuple[str, object], ...]:
    return tuple((each.name, each.default) for each in fields(kind))


def _plain(value: Any) -> Any:  # noqa: ANN401  because it is JSON
    """Return a value with lists in place of data classes, and of what may hold some."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return [_plain(getattr(value, each.name)) for each in fields(value)] if is_dataclass(value) else value


def _given(row: Mapping[str, Any], kinds: Mapping[str, Any]) -> dict[str, Any]:
    return {name: kinds[name](value) if name in kinds else value for name, value in row.items()}
