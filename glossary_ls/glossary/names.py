"""Names of terms as the index knows them: one row for each name, worked out once for each entry.

This module must not know files, or how rows are merged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import memo
from glossary_ls.base.model import CaseRule
from glossary_ls.matching.fold import JOINERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.model import Term

_JOINER = re.compile(f"[{re.escape(''.join(sorted(JOINERS)))}\\s]+")

#: A name with at least this share of capitals among its letters differs from the word (`REST`, `rest`).
_EXACT_SHARE = 0.75

#: Longer names in capitals have no word that they could be taken for.
_EXACT_LETTERS = 6


@memo.recent(65_536)
def key(name: str) -> str:
    """Return the form under which a name is indexed: lower case, any joiner one blank."""
    return _JOINER.sub(" ", name.strip()).lower()


@memo.recent(65_536)
def is_exact(name: str, rule: CaseRule | None) -> bool:
    """Return whether a name is only itself with the capitals that it is written with.

    Without a rule of the term's own, that holds for short names that are mostly capitals.
    """
    if rule is not None:
        return rule is CaseRule.EXACT and name != name.lower()
    letters = [character for character in name if character.isalpha()]
    capitals = sum(map(str.isupper, letters))
    return 1 < len(letters) <= _EXACT_LETTERS and capitals >= _EXACT_SHARE * len(letters)


class NameRow(NamedTuple):
    """A name of a term with its key (see `key`); `own` when it is the term's own name and no alias."""

    key: str
    name: str
    term: Term
    own: bool
    exact: bool


def rows_of(term: Term) -> Iterator[NameRow]:
    """Yield a row for each name of a term, its own name first."""
    names = {name: is_exact(name, term.case) for name in term.names}
    if term.expansion:
        # An expansion is recognized whatever its capitals.
        names.setdefault(term.expansion, False)
    for name, exact in names.items():
        yield NameRow(key(name), name, term, name == term.name, exact)
