"""The evidence for and against a token in a document being an acronym, and its weights.

Each kind of evidence has a name, a value between 0 (absent) and 1 (at all uses), and a weight in
`evidence.toml` of the data folder; the sum of value times weight decides. The weights are learned from
labeled documents (`python -m tests.quality.weights`, a logistic regression), so a weight is a logarithm of
odds. This module must not know where uses were found, nor what is reported.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.vfs.files import data_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from glossary_ls.acronyms.vocabulary import Vocabulary
    from glossary_ls.base.model import Candidate

#: A word that is longer than this is hardly both English and an acronym.
_SHORT_WORD = 4
#: Words in capitals of more letters are rarely acronyms.
_LONGEST = 5
_MANY_USES = 3
_NAME_LENGTH = 2
#: A series of this length is likely to be a version or a type, as FP8.
_SHORT_SERIES = 3

_VOWELS = frozenset("AEIOUY")
_SERIES = lazily(r"[^\W\d_a-z]+[0-9]")
#: Words before a noun.
_DETERMINERS = word_set(
    "the a an this that each every our your its their no any which what der die das den dem ein eine"
)
_POSSESSIVES = ("'s", "\u2019s")
_OPENERS = word_set("in for if on to with by from and or but")
_PREPOSITIONS = word_set("of by via with from per for over into in on to using like im am zur zum mit von")


@memo.recent(1)
def weights() -> Mapping[str, float]:
    """Return the weight of each kind of evidence by its name."""
    table: dict[str, float] = tomllib.loads(data_text("evidence.toml"))["weights"]
    return table


def score(evidence: Mapping[str, float]) -> float:
    """Return the logarithm of the odds that a token with some evidence is an acronym."""
    table = weights()
    return sum(value * table.get(name, 0.0) for name, value in evidence.items())


def values_of(
    base: str,
    uses: Sequence[Candidate],
    lower_uses: Callable[[str], int],
    vocabulary: Vocabulary,
    *,
    in_code: bool = False,
) -> dict[str, float]:
    """Return the value of each kind of evidence that a token with some uses in a document has.

    `lower_uses` returns how often the document has a word in lower case; `in_code`: the token is also used in
    inline code.
    """
    plural = any(use.plural for use in uses)
    found = dict.fromkeys(_of_shape(base, vocabulary, plural=plural), 1.0)
    found["any"] = 1.0
    if plural:
        found["plural"] = 1.0
    if in_code and base.lower() in vocabulary.english:
        found["code-english"] = 1.0
    if len(uses) >= _MANY_USES:
        found["many-uses"] = 1.0
    if len(base) > _NAME_LENGTH or not base.isascii():
        lower = lower_uses(base.lower())
        if lower and base.lower() in vocabulary.english:
            found["lower-case-english"] = 1.0
        elif lower > len(uses):
            found["lower-case"] = 1.0
    for use in uses:
        for name in _of_place(use, vocabulary):
            found[name] = found.get(name, 0.0) + 1 / len(uses)
    return found


def _of_shape(base: str, vocabulary: Vocabulary, *, plural: bool) -> Iterator[str]:
    if not base.isalpha():
        if _SERIES.fullmatch(base):
            yield "series" if len(base) > _SHORT_SERIES else "short-series"
    elif base[1:].isupper():
        if base.lower() in vocabulary.english:
            yield "english" if len(base) <= _SHORT_WORD else "long-english"
        elif len(base) > _LONGEST and not plural and not (base.isascii() and _VOWELS.isdisjoint(base)):
            yield "long"


def _of_place(use: Candidate, vocabulary: Vocabulary) -> Iterator[str]:
    before, after = use.before, use.after
    yield from use.signs
    if before.lower() in _DETERMINERS or before.endswith(_POSSESSIVES):
        yield "determiner"
    elif (
        before.lower() not in _PREPOSITIONS
        and not use.joined
        and use.base.isupper()
        and use.base.lower() in vocabulary.english
    ):
        yield "bare-english"
    if len(use.base) == _NAME_LENGTH and not use.plural and any(map(_is_of_name, (before, after))):
        yield "two-in-name"
    for word in (before, after):
        if len(word) > 1 and word.isupper():
            yield "shout-beside" if word.lower() in vocabulary.english else "capitals-beside"
            break


def _is_of_name(word: str) -> bool:
    """Return whether a word beside a token may be a part of the same name: capitalized, or with a number."""
    if word[-1:].isdigit():
        return True
    if word.endswith(_POSSESSIVES):
        return False
    return word[:1].isupper() and not word.isupper() and word.lower() not in _DETERMINERS | _OPENERS
