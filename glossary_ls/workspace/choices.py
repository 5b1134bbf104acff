"""Choices: the names that settings may hold, which are those of rules, built-in glossaries and formats."""

from __future__ import annotations

from glossary_ls import rules
from glossary_ls.base import memo
from glossary_ls.glossary import formats, store


@memo.recent(1)
def choices() -> dict[str, tuple[str, ...]]:
    """Return the names that settings may hold, by attribute."""
    return {
        "severities": tuple(rule.CODE for rule in rules.RULES),
        "packs": store.pack_names(),
        "sources": formats.ids(),
    }
