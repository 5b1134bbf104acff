"""Spellings: how a name may be written, as folded patterns and the conditions that a pattern leaves out.

A name is also found without its hyphens, with its words run together, in the plural and, if it is one, in the
singular. This module must not know texts beyond the few characters around an occurrence.
"""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.text import common_prefix
from glossary_ls.matching.fold import fold_wide
from glossary_ls.matching.inflection import acronym_plural, plurals, singular_of_name
from glossary_ls.matching.words import JOINERS, spelled, version_after, word_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The least length of words that are also matched as one: `a b` must not match every `ab`.
_MIN_JOINED_LENGTH = 6

#: Names of more words are not found. As many names as this may contain each other, and all are compared.
_MOST_WORDS = 32


class Name(NamedTuple):
    """A name to find; case-sensitively if `exact`.

    If what it names has a `version` that the name leaves out, it is not found before another version.
    """

    text: str
    exact: bool
    version: str = ""


class Form(NamedTuple):
    """One spelling of a name, and the conditions on the text that its folded pattern does not express.

    Offsets are relative to the first word. `joints` are the offsets that need a joiner, `literals` the exact
    strings at an offset (punctuation, and words of case-sensitive names); `before` and `after` are the
    punctuation around the words. `version` is that of the name.
    """

    joints: tuple[int, ...]
    literals: tuple[tuple[int, str], ...]
    before: str
    after: str
    version: str

    @property
    def is_local(self) -> bool:
        """Whether the words alone decide if the form fits."""
        return not (self.before or self.after or self.version)


def patterns_of(name: str) -> list[str]:
    """Return the folded patterns of the spellings of a name."""
    return list(dict.fromkeys(pattern for pattern, _ in spellings_of(Name(name, exact=False))))


def spellings_of(name: Name) -> Iterator[tuple[str, Form]]:
    """Yield each spelling of a name: its folded pattern and its form."""
    written = spelled(name.text)
    words = list(word_pattern(written).finditer(written))
    if not 0 < len(words) <= _MOST_WORDS:
        return
    outside = written[: words[0].start()].strip(), written[words[-1].end() :].strip()
    pieces = [word.group() for word in words]
    gaps = [written[left.end() : right.start()] for left, right in pairwise(words)]
    spellings = {(tuple(pieces), tuple(gaps)), *_joined(pieces, gaps)}
    for spelled_words, between in sorted(spellings):
        *head, last = spelled_words
        for form, literal in {last: "", **({} if outside[1] else _inflected(last))}.items():
            yield _form(name, (*head, form), between, outside, literal)


def _inflected(last: str) -> dict[str, str]:
    """Return the plurals of the last word of a name and, if it is a plural, its singular.

    Each comes with an ending that it must be written with: `OSs` is not `OSS`.
    """
    folded = fold_wide(last)
    forms: dict[str, str] = {}
    if singular := singular_of_name(last):
        forms[singular] = ""
    for plural in plurals(folded):
        ending = common_prefix(folded, plural)
        forms[last[:ending] + plural[ending:]] = ""
    if plural := acronym_plural(last):
        forms.setdefault(plural, plural[-2:])
    return forms


def _joined(pieces: list[str], gaps: list[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the spellings without a hyphen, and the one with all words run together."""
    whole = "".join(pieces)
    if gaps and set(gaps) <= {" ", "-"} and len(whole) >= _MIN_JOINED_LENGTH and whole.isalpha():
        yield (whole,), ()
    for index, gap in enumerate(gaps):
        pair = pieces[index] + pieces[index + 1]
        if gap == "-" and len(pair) >= _MIN_JOINED_LENGTH and pair.isalpha():
            yield (
                (*pieces[:index], pair, *pieces[index + 2 :]),
                (*gaps[:index], *gaps[index + 1 :]),
            )


def _form(
    name: Name,
    words: tuple[str, ...],
    gaps: tuple[str, ...],
    outside: tuple[str, str],
    ending: str,
) -> tuple[str, Form]:
    """Return the folded pattern of a spelling and its form; `ending` is how it must end."""
    pattern: list[str] = []
    joints: list[int] = []
    literals: list[tuple[int, str]] = []
    single_letters = all(len(word) == 1 for word in words)
    offset = 0
    for word, gap in zip_longest(words, gaps):
        if name.exact:
            literals.append((offset, word))
        pattern.append(fold_wide(word))
        offset += len(word)
        if gap is None:
            break
        if gap.strip() == "" or (len(gap) == 1 and gap in JOINERS and not single_letters):
            joints.append(offset)
            pattern.append(" ")
            offset += 1
        else:
            literals.append((offset, gap))
            pattern.append(" " * len(gap))
            offset += len(gap)
    if ending:
        literals.append((offset - len(ending), ending))
    return "".join(pattern), Form(tuple(joints), tuple(literals), *outside, name.version)


def fits(text: str, start: int, end: int, form: Form) -> bool:
    """Return whether text[start:end], an occurrence of a form's pattern, meets the form's conditions."""
    if form.version and version_after(text, end) not in {"", form.version}:
        return False
    if form.before and not text.startswith(form.before, max(start - len(form.before), 0)):
        return False
    if form.after and not text.startswith(form.after, end):
        return False
    if form.joints and not all(text[start + joint] in JOINERS for joint in form.joints):
        return False
    return all(text.startswith(literal, start + offset) for offset, literal in form.literals)
