"""Names of terms as the index knows them: one row for each name, worked out once for each entry.

This module must not know files, or how rows are merged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import memo
from glossary_ls.base.model import CaseRule
from glossary_ls.base.patterns import lazily
from glossary_ls.matching.identifiers import parts
from glossary_ls.matching.words import JOINERS, respelled, spelled, unmarked, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.model import Term

_JOINERS = "".join(sorted(JOINERS))
_JOINER = lazily(f"[{re.escape(_JOINERS)}\\s]+")

#: The least length of a name that is also typed without its blanks.
_JOINED_LETTERS = 6

#: A name with at least this share of capitals among its letters differs from the word (`REST`, `rest`).
_EXACT_SHARE = 0.75

#: Longer names in capitals have no word that they could be taken for.
_EXACT_LETTERS = 6


@memo.recent(65_536)
def key(name: str) -> str:
    """Return the form under which a name is indexed: lower case, any joiner between words one blank."""
    written = spelled(name).strip()
    words = written.lstrip(_JOINERS)
    signs = written[: len(written) - len(words)]
    return signs + _JOINER.sub(" ", words).lower()


@memo.recent(65_536)
def loose_keys(name: str) -> frozenset[str]:
    """Return the other forms in which people type a name: without accents, `LoadBalancer` with a blank."""
    folded = key(name)
    forms = {respelled(folded), unmarked(folded)}
    words = parts(name) if name.isalpha() and not (name.islower() or name.isupper()) else ()
    if words and min(map(len, words)) > 1:
        forms.add(" ".join(word.of(name).lower() for word in words))
    return frozenset(forms - {folded})


def joined_key(folded: str) -> str:
    """Return a key of several words without its blanks; empty if that is too short to tell."""
    joined = folded.replace(" ", "")
    return joined if joined != folded and len(joined) >= _JOINED_LETTERS and joined.isalpha() else ""


def typed_form(name: str, prefix: str, *, inside: bool = False) -> tuple[str, int]:
    """Return the key or loose key of a name that starts with `prefix`, and the end of that start.

    With `inside`, a later word may start so. The form is empty if there is none.
    """
    for start, forms in ((prefix, (key(name),)), (respelled(prefix), sorted(loose_keys(name)))):
        for form in forms:
            if form.startswith(start):
                return form, len(start)
            if inside and (at := form.find(f" {start}")) >= 0:
                return form, at + 1 + len(start)
    return "", 0


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
    """A name of a term with its key (see `key`); `own` when it is the term's own name and no alias.

    `version` is what the term's own name has more: 2 for the alias `Llama` of `Llama 2`.
    """

    key: str
    name: str
    term: Term
    own: bool
    exact: bool
    version: str


def rows_of(term: Term) -> Iterator[NameRow]:
    """Yield a row for each name of a term, its own name first."""
    names = {name: is_exact(name, term.case) for name in term.names}
    if term.expansion:
        # An expansion is recognized whatever its capitals.
        names.setdefault(term.expansion, False)
    for name, exact in names.items():
        yield NameRow(key(name), name, term, name == term.name, exact, version_of(term.name, name))
