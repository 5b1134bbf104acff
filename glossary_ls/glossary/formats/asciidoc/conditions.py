"""Conditions of AsciiDoc, such as `ifdef::env-github[]`: which lines are read.

What a page does not set is not known, but for what only the tool that shows it sets; of two branches for such
a name, the one for a name that is not set is read. This module must not know blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CONDITION = lazily(r"(?P<kind>ifdef|ifndef|ifeval|endif)::(?P<names>[^\[\]\s]*)\[(?P<content>.*)\]")
_OF_TOOLS = ("env-", "backend-", "basebackend-", "doctype-", "safe-mode-", "filetype-")


class Conditions:
    """The conditions that are open at a line."""

    def __init__(self, lines: Iterable[str]) -> None:
        found = [each for line in lines if line.startswith("if") and (each := _CONDITION.fullmatch(line))]
        positive, negative = (
            {each["names"] for each in found if each["kind"] == kind} for kind in ("ifdef", "ifndef")
        )
        self._alternatives = positive & negative
        self._open: list[bool] = []

    @property
    def is_read(self) -> bool:
        """Whether the lines here are read."""
        return all(self._open)

    def take(self, line: str, attributes: Mapping[str, str]) -> bool:
        """Take a line; return whether it is a condition."""
        found = _CONDITION.fullmatch(line)
        if found is None:
            return False
        if found["kind"] == "endif":
            del self._open[-1:]
        elif not found["content"] or found["kind"] == "ifeval":
            self._open.append(self._holds(found["kind"], found["names"], attributes))
        return True

    def _holds(self, kind: str, names: str, attributes: Mapping[str, str]) -> bool:
        any_of = any if "," in names else all
        every = names.replace("+", ",").split(",")
        is_set = any_of(name.lower() in attributes for name in every)
        is_known = names in self._alternatives or any(name.startswith(_OF_TOOLS) for name in every)
        if kind == "ifeval" or not (is_set or is_known):
            return True
        return is_set if kind == "ifdef" else not is_set
