"""The phrases of a document that may be terms: a few content words in a row, in English running text.

There is no part-of-speech tagger: lists of words (`phrase-words.toml` in the data folder) and the words
beside it tell what is no noun phrase. This module must not know which phrases are worth an entry.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.acronyms.word_lists import word_lists
from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import common_prefix, word_set
from glossary_ls.glossary.names import key
from glossary_ls.matching.inflection import singular_of_name, singulars
from glossary_ls.vfs.files import data_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.chunks import Chunk, ScannedBlock

#: How many words a phrase has.
FEWEST, MOST = 2, 4

#: The kinds of region that are searched. Headings have capitals and repeat the structure of other documents.
_KINDS = frozenset(
    {RegionKind.PROSE, RegionKind.TABLE, RegionKind.LINK, RegionKind.COMMENT, RegionKind.DOCSTRING}
)

#: The least share of function words in English text of some length, in words.
_ENGLISH, _TELLING = 0.2, 50

#: Words of so few letters are taken as they are: acronyms, and those that only look like a plural.
_SHORT = 3

_TOKEN = re.compile(r"[^\W_]+(?:['\u2019_./:@-]+[^\W_]+)*")
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})*")
#: Capitals within a word of other letters: an identifier.
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}")
_ADVERB = re.compile(r"..ly\Z")
_PARTICIPLE = re.compile(r"[^e]ed\Z")


class PhraseUse(NamedTuple):
    """A use of a phrase: its key, its spelling, the offset, and whether a noun phrase begins there."""

    key: str
    form: str
    offset: int
    is_nominal: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of words."""

    before_nouns: frozenset[str]
    before_verbs: frozenset[str]
    determiners: frozenset[str]
    verbs: frozenset[str]
    breaks: frozenset[str]
    edges: frozenset[str]
    common: frozenset[str]


@memo.recent(1)
def _words() -> _Words:
    texts = tomllib.loads(data_text("phrase-words.toml"))
    common = frozenset(map(phrase_key, texts.pop("common").strip().split("\n")))
    lists = {name: word_set(text) for name, text in texts.items()}
    verbs = frozenset(form for verb in lists["verbs"] for form in _forms(verb))
    function = lists["determiners"] | lists["prepositions"] | lists["verbal"] | lists["function"]
    return _Words(
        lists["determiners"] | lists["prepositions"],
        lists["verbal"],
        lists["determiners"],
        verbs,
        function | verbs | lists["adjectives"],
        lists["nouns"],
        common,
    )


def _forms(verb: str) -> Iterator[str]:
    """Yield the regular forms of a verb, some of which do not exist."""
    stem = verb.removesuffix("e")
    last = verb[-1]
    yield from (
        verb,
        f"{verb}s",
        f"{verb}es",
        f"{stem}ed",
        f"{stem}ing",
        f"{verb}{last}ed",
        f"{verb}{last}ing",
    )
    if last == "y":
        yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied")


def phrase_key(form: str) -> str:
    """Return what the spellings of a phrase have in common: lower case, no hyphens, the singular."""
    return single(key(form))


def single(form: str) -> str:
    """Return a phrase with its last word in the singular, if that is a word."""
    head, blank, last = form.rpartition(" ")
    usual = singular_of_name(last) if last.endswith("s") else ""
    if not usual:
        return form
    # `caches` may be the plural of two nouns.
    english = word_lists().english
    found = next((each for each in singulars(last.lower()) if each in english), usual.lower())
    kept = common_prefix(last.lower(), found)
    return head + blank + last[:kept] + found[kept:]


class _Token(NamedTuple):
    """A token of a readable text: `is_content` if it may be in a phrase."""

    start: int
    end: int
    word: str
    is_content: bool
    is_joined: bool


def phrases_in(chunk: Chunk, _text: str) -> tuple[PhraseUse, ...]:
    """Return the uses of phrases in a chunk; none for text that is not English."""
    words = _words()
    read = [(start, scanned, _tokens(scanned, words)) for start, scanned in chunk.placed()]
    total = sum(len(tokens) for _, _, tokens in read)
    known = sum(token.word in words.breaks for _, _, tokens in read for token in tokens)
    if total > _TELLING and known < _ENGLISH * total:
        return ()
    return tuple(
        use._replace(offset=start + use.offset)
        for start, scanned, tokens in read
        for use in _uses(scanned, tokens, words)
    )


def _tokens(scanned: ScannedBlock, words: _Words) -> Sequence[_Token]:
    text = scanned.block.prose.text
    tokens: list[_Token] = []
    end = -1
    for found in _TOKEN.finditer(text):
        word = found[0].lower().replace("\u2019", "'")
        is_joined = found.start() == end + 1 and text[end] == " "
        tokens.append(_Token(*found.span(), word, _is_content(found[0], word, words), is_joined))
        end = found.end()
    return tokens


def _is_content(written: str, word: str, words: _Words) -> bool:
    return (
        word not in words.breaks
        and _WORD.fullmatch(written) is not None
        and _CAMEL.search(written) is None
        and _ADVERB.search(word) is None
    )


def _uses(scanned: ScannedBlock, tokens: Sequence[_Token], words: _Words) -> Iterator[PhraseUse]:
    prose = scanned.block.prose
    named = _mentioned(scanned, tokens)
    first = 0
    while first < len(tokens):
        last = first
        while last < len(tokens) and tokens[last].is_content and (last == first or tokens[last].is_joined):
            last += 1
        if last - first >= FEWEST and prose.kind_at(tokens[first].start) in _KINDS:
            before = tokens[first - 1].word if first and tokens[first].is_joined else ""
            after = tokens[last].word if last < len(tokens) and tokens[last].is_joined else ""
            for start, end in _ranges(first, last, before, after, words):
                parts = {named.get(at, at) for at in range(start, end)}
                if len(parts) > 1 and _is_phrase(prose.text, tokens[start:end], words):
                    form = prose.text[tokens[start].start : tokens[end - 1].end]
                    is_nominal = start == first and (before in words.before_nouns or before in words.verbs)
                    place = prose.offset(tokens[start].start)
                    name = phrase_key(form)
                    if name not in words.common:
                        yield PhraseUse(name, form, place, is_nominal)
        first = max(last, first + 1)


def _ranges(first: int, last: int, before: str, after: str, words: _Words) -> Iterator[tuple[int, int]]:
    """Yield the parts of a run of content words, without a verb at either end."""
    first += before in words.before_verbs
    last -= after in words.determiners
    for start in range(first, last):
        for end in range(start + FEWEST, min(start + MOST, last) + 1):
            yield start, end


def _is_phrase(text: str, tokens: Sequence[_Token], words: _Words) -> bool:
    first, last = tokens[0], tokens[-1]
    if first.word in words.edges or last.word in words.edges or _PARTICIPLE.search(last.word):
        return False
    # `Draining nodes` is the title of a page.
    is_title = first.word.endswith("ing") and text[first.start].isupper() and text[last.start].islower()
    # Words in capitals are emphasized or quoted from a language, such as SQL.
    is_shouted = all(len(token.word) > _SHORT and text[token.start : token.end].isupper() for token in tokens)
    return not (is_title or is_shouted)


def _mentioned(scanned: ScannedBlock, tokens: Sequence[_Token]) -> dict[int, int]:
    """Return the tokens that belong to mentions of terms, each with a number of the mention below zero."""
    prose = scanned.block.prose
    found: dict[int, int] = {}
    for number, mention in enumerate(scanned.mentions, 1):
        start, end = prose.flat_at(mention.span.start), prose.flat_at(mention.span.end - 1)
        if start is not None and end is not None:
            found |= {at: -number for at, token in enumerate(tokens) if start <= token.start <= end}
    return found
