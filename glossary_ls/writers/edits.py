"""Edits of a text: carrying them out, and what a glossary says before and after."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from glossary_ls.model import Term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.model import TextEdit

_SAID = attrgetter(*(field.name for field in fields(Term) if field.name != "origin"))


def applied(source: str, edits: Iterable[TextEdit]) -> str:
    """Return `source` with edits that do not overlap carried out; those at one place come in their order."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        parts += (source[position : edit.span.start], edit.new)
        position = edit.span.end
    return "".join((*parts, source[position:]))


def said(terms: Iterable[Term]) -> list[Any]:
    """Return what terms say, without their places, for comparison."""
    return list(map(_SAID, terms))
