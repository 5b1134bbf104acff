"""Rule `redundant-acronym`: the word after an acronym repeats its last word, as in `SSD drive`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from glossary_ls.analysis import context, expansions
from glossary_ls.base.model import Problem, RegionKind, Severity
from glossary_ls.base.text import Span, word_set
from glossary_ls.matching.inflection import singular_of
from glossary_ls.rules.shared import replacement
from glossary_ls.rules.shared.replacement import Replacement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Candidate

CODE = "redundant-acronym"
SEVERITY = Severity.HINT
SUMMARY = "The word after an acronym repeats the last word of its expansion."
fixes = replacement.fixes

#: In `Mixture of Experts` the last word is not the head noun, so `MoE experts` are something else.
_PREPOSITIONS = word_set("of to per for from in on at by over as with without via than into")

#: There are several of these for one acronym: `BSD distributions`, `CUDA architectures`.
_KINDS_OF_THINGS = word_set(
    "architecture call distribution format framework language library platform protocol service standard "
    "system technology"
)

#: Words that show that the repeated word ends its phrase: in `GPU unit test` it belongs to the next one.
_AFTER_PHRASE = word_set(
    "a about across after again against all already also an and are as at be because been before being "
    "below between but by can cannot could did do does during each either for from had has have her "
    "here his how if in inside instead into is it its itself like may might must near needs no nor not "
    "now of off on once only onto or our outside over per rather should since so still such than that "
    "the their them then there these they this those through to too under until up used using via was "
    "we were when where whether which while who whose will with within without would yet you your"
)


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the first use of each repetition."""
    return _check(document, each_use=False)


def each(document: Document) -> Iterator[Problem]:
    """Yield a problem at every use of each repetition."""
    return _check(document, each_use=True)


def _check(document: Document, *, each_use: bool) -> Iterator[Problem]:
    analysis = document.analysis
    last_word = _last_words(document)
    source = document.text.source
    seen: set[tuple[str, str]] = set()
    for start, found in analysis.facts(_followed):
        for (base, last), places in found.items():
            if (base, last) in seen or last_word(base) != last:
                continue
            for local in places:
                several = local.after.lower() != last and last in _KINDS_OF_THINGS
                if several and not _has_plural(document, base):
                    continue
                candidate = local.shifted(start)
                following = context.word_after(source, candidate.span.end)
                if _repeats(source, candidate, following) and not _is_term(document, following):
                    yield _problem(candidate, following)
                    if not each_use:
                        seen.add((base, last))
                        break


def _has_plural(document: Document, base: str) -> bool:
    """Return whether an acronym is used in the plural anywhere in a document."""
    return any(base in plurals for _, plurals in document.analysis.facts(_plurals))


def _plurals(chunk: Chunk, _text: str) -> frozenset[str]:
    return frozenset(each.base for scanned in chunk.blocks for each in scanned.candidates if each.plural)


def _followed(chunk: Chunk, _text: str) -> Mapping[tuple[str, str], list[Candidate]]:
    """Return the acronyms before a word, by the acronym and the singular of that word."""
    found: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in chunk.candidates():
        if candidate.after and not candidate.plural and candidate.kind in context.RUNNING:
            pair = candidate.base, singular_of(candidate.after.lower())
            found.setdefault(pair, []).append(candidate)
    return found


def _repeats(source: str, candidate: Candidate, following: context.Following) -> bool:
    heading = candidate.kind is RegionKind.HEADING
    if following.word != candidate.after or not (heading or following.word.islower()):
        return False
    behind = context.word_after(source, following.end)
    if behind.word:
        # A participle counts as a verb: `the SSD drive failed`.
        return behind.word.lower() in _AFTER_PHRASE or behind.word.endswith("ed")
    rest = source[following.end : following.end + 2].strip()
    # A number or a sign after it makes the phrase a name: `IP protocol 6`, `API interface v2`.
    return not rest or not (rest[0].isalnum() or rest[0] in "`*_[<")


def _is_term(document: Document, following: context.Following) -> bool:
    """Return whether the repeated word is a part of a longer term, as in `LLM model server`."""
    word = Span(following.end - len(following.word), following.end)
    return any(len(mention.span) > len(word) for mention in document.analysis.mentions_in(word))


def _problem(candidate: Candidate, following: context.Following) -> Problem:
    plural = following.word.lower() != singular_of(following.word.lower())
    new = candidate.base + ("s" if plural else "")
    return Problem(
        CODE,
        f"'{candidate.base} {following.word}' repeats '{following.word}': write '{new}'",
        Span(candidate.span.start, following.end),
        data=Replacement(new),
    )


def _last_words(document: Document) -> Callable[[str], str]:
    """Return a function for the last word of the expansion of an acronym, preferably the document's own."""
    own = {definition.short: definition.long for definition in reversed(document.analysis.meanings)}
    accepted = document.settings.accept

    @cache
    def last_word(short: str) -> str:
        if short in accepted:
            return ""
        if short in own:
            return _last(own[short], short)
        senses = expansions.senses(document.glossary, short)
        return _last(senses[0].expansion, short) if senses else ""

    return last_word


def _last(expansion: str, short: str) -> str:
    """Return the last word of an expansion in the singular, if the acronym has a letter for it.

    In `CDC`, "consumer-driven contract testing", it is not a part of the acronym.
    """
    parts = expansion.lower().replace("-", " ").split()
    if len(parts) < 2 or not _PREPOSITIONS.isdisjoint(parts) or parts[-1][0] not in short[1:].lower():
        return ""
    return singular_of(parts[-1])
