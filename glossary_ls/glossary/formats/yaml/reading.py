"""Readings: what entries of glossaries say, remembered by their text.

It must not know how an entry is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.glossary.formats.yaml.memory import Memory

if TYPE_CHECKING:
    from glossary_ls.base.model import Problem, Term


class Reading(NamedTuple):
    """An entry as it was read alone: a term and problems whose places count from its start."""

    term: Term | None
    problems: tuple[Problem, ...]


#: What is known of entries.
READINGS: Memory[Reading] = Memory()
