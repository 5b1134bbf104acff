"""Rule `wrong-case`: a term with fixed capitals that is written with others, such as `Gpu` or `vllm`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.acronyms.proper_nouns import is_proper_noun
from glossary_ls.analysis import context
from glossary_ls.analysis.chunks import readable_text
from glossary_ls.base import memo
from glossary_ls.base.model import AliasKind, CaseRule, Problem, RegionKind, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.index import is_exact
from glossary_ls.matching.inflection import acronym_singular
from glossary_ls.rules.shared import replacement
from glossary_ls.rules.shared.replacement import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glossary_ls.acronyms.vocabulary import Words
    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Span
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.markup.prose import Prose

CODE = "wrong-case"
SEVERITY = Severity.INFORMATION
SUMMARY = "A term whose capitalization differs from the glossary."
fixes = replacement.fixes

_WORD = lazily(r"[^\W\d_]{3,}")
_PLURAL = lazily(r"(?<=..)e?s$")

#: What before a word makes it a part of an identifier, a path or an address, or shows that it is quoted.
_TIES = frozenset("-_/\\.@:=$#~+&<>{}\"'`\u2018\u2019\u201c\u201d\ufffc0123456789")
#: What before a word, even with a space between, shows that it is code: `tp = gpus`.
_CODE_BEFORE = frozenset("=<>$+&|\\")
#: What may follow a word: a possessive, or the punctuation of a sentence.
_ENDS = lazily(r"(?:['\u2019]s\b|[.:](?=\s|$)|(?=[\s,;!?()\[\]|\u2013\u2014*\x1f])|$)")

#: `docker` is one who docks: names that may be English words are not reported in lower case.
_DERIVED = ("er", "ers", "or", "ors", "s", "ing")

_LOUD = lazily(r"[A-Z]{2,}")


class Use(NamedTuple):
    """A name with other capitals: its span, as written, and as it should be."""

    span: Span
    written: str
    right: str


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the first use of each wrong form."""
    uses: dict[str, list[Use]] = {}
    for use in find(document):
        uses.setdefault(use.written, []).append(use)
    yield from map(_problem, uses.values())


def each(document: Document) -> Iterator[Problem]:
    """Yield a problem at every use of a wrong form."""
    return (_problem([use]) for use in find(document))


def _problem(found: list[Use]) -> Problem:
    first = found[0]
    count = f" ({len(found)} uses)" if len(found) > 1 else ""
    return Problem(
        CODE,
        f"'{first.written}' is written '{first.right}' in the glossary{count}",
        first.span,
        data=Replacement(first.right, len(found), first.written),
    )


def find(document: Document) -> Iterator[Use]:
    """Yield every use of a name with other capitals."""
    if not right_forms(document.glossary):
        return
    chunks = document.analysis.facts(_names_in)
    every = frozenset().union(*(names.written for _, names in chunks))
    wrong = {written for written in every if _is_wrong(document, written, every)}
    for start, names in chunks:
        for written in wrong & names.misspelled.keys():
            right, spans = names.misspelled[written]
            for span in spans:
                yield Use(span.shifted(start), written, right)


class _Names(NamedTuple):
    """The names with fixed capitals in a chunk, as written; of wrong ones the right form and the uses."""

    written: frozenset[str]
    misspelled: Mapping[str, tuple[str, list[Span]]]


def _names_in(chunk: Chunk, text: str) -> _Names | None:
    entries = _entries(chunk.glossary, frozenset(_WORD.findall(chunk.fact(readable_text, text, 0))))
    written = frozenset(entries)
    doubtful = [word for word, entry in entries.items() if entry.singular not in entry.rights]
    misspelled: dict[str, tuple[str, list[Span]]] = {}
    for start, scanned in chunk.placed() if doubtful else ():
        prose = scanned.block.prose
        for word in doubtful:
            for match in _uses_of(word).finditer(prose.text) if word in prose.text else ():
                entry = entries[word]
                right = entry.rights[0] + word[len(entry.singular) :]
                if _is_misspelled(prose, match, right):
                    _, spans = misspelled.setdefault(word, (right, []))
                    spans.append(prose.span(*match.span()).shifted(start))
    return _Names(written, misspelled) if written else None


@memo.recent(512)
def _uses_of(word: str) -> re.Pattern[str]:
    """Return a pattern for a word that `_WORD` finds."""
    return re.compile(rf"(?<![^\W\d_]){word}(?![^\W\d_])")


def _is_misspelled(prose: Prose, match: re.Match[str], right: str) -> bool:
    """Return whether a word with other capitals is read as the name."""
    text, written = prose.text, match[0]
    kind = prose.kind_at(match.start())
    before = text[: match.start()]
    if kind not in context.RUNNING or before[-1:] in _TIES or not _ENDS.match(text, match.end()):
        return False
    if before.rstrip()[-1:] in _CODE_BEFORE or is_proper_noun(text, *match.span()):
        return False
    if written.isupper() and _is_loud(text, match):
        return False
    # A name in lower case may have a capital at the start of a sentence and in a title.
    capitalised = written[1:] == right[1:] and right[0].islower()
    return not capitalised or not (kind is RegionKind.HEADING or context.starts_sentence(text, match.start()))


def _is_loud(text: str, match: re.Match[str]) -> bool:
    """Return whether the words beside a word in capitals are in capitals too."""
    before = text[: match.start()].rstrip()[-24:].split(" ")[-1]
    after = text[match.end() : match.end() + 24].lstrip().split(" ")[0]
    return bool(_LOUD.match(before) or _LOUD.match(after))


def _is_wrong(document: Document, written: str, every: frozenset[str]) -> bool:
    """Return whether a word is miscapitalized and has no other meaning."""
    entry = _entry(right_forms(document.glossary), written)
    if entry is None or (singular := entry.singular) in entry.rights:
        return False
    right, vocabulary = entry.rights[0], document.vocabulary
    known = {written, singular}
    if not known.isdisjoint(document.settings.accept) or not known.isdisjoint(vocabulary.names):
        return False
    if _is_english(singular.lower(), vocabulary.english):
        return False
    if singular.islower() and right.isupper() and right not in every:
        # If the document has no right form, one in lower case may be a command or a foreign word.
        return False
    return not singular.isupper() or sum(map(str.isupper, right)) > 1


class _Entry(NamedTuple):
    """A word without its plural ending, and how it may be written."""

    singular: str
    rights: tuple[str, ...]


def _entry(table: Mapping[str, tuple[str, ...]], written: str) -> _Entry | None:
    # In `QPs` the s is a plural ending, not the last letter of QPS.
    if (rights := table.get(written.lower())) and not acronym_singular(written):
        return _Entry(written, rights)
    if written[-1] == "s" and (plural := _PLURAL.search(written)):
        singular = written[: plural.start()]
        if rights := table.get(singular.lower(), ()):
            return _Entry(singular, rights)
    return None


def _entries(glossary: Glossary, words: frozenset[str]) -> dict[str, _Entry]:
    """Return the entries of those of some words that have one."""
    seen, known = _seen(glossary)
    if len(seen) > _MOST_SEEN:
        seen.clear()
    if unseen := words - seen:
        table = right_forms(glossary)
        seen.update(unseen)
        known.update((word, entry) for word in unseen if (entry := _entry(table, word)))
    return {word: known[word] for word in words.intersection(known)}


#: The number of words after which those that were looked up are forgotten.
_MOST_SEEN = 50_000


@memo.about
def _seen(_glossary: Glossary) -> tuple[set[str], dict[str, _Entry]]:
    """Return the words that were looked up in a glossary, and the entries of those that have one.

    Documents use the same words, and sets are compared in a tenth of the time of looking each word up.
    """
    return set(), {}


def _is_english(word: str, english: Words) -> bool:
    if word in english:
        return True
    return any(word.endswith(ending) and word.removesuffix(ending) in english for ending in _DERIVED)


@memo.about
def right_forms(glossary: Glossary) -> Mapping[str, tuple[str, ...]]:
    """Return the right forms of the one-word names with fixed capitals, by their lower case.

    Established acronyms are left out: `api` and `json` are everyday words.
    """
    rows: dict[str, dict[str, None]] = {}
    free: set[str] = set()
    for term in glossary.terms:
        for name in _names(term):
            if not _WORD.fullmatch(name):
                continue
            everyday = term.established and is_exact(name, term.case)
            if term.case is CaseRule.ANY or name.islower() or everyday:
                free.add(name.lower())
            else:
                rows.setdefault(name.lower(), {})[name] = None
    return {word: tuple(names) for word, names in rows.items() if word not in free}


def _names(term: Term) -> Iterator[str]:
    yield term.name
    yield from (alias.name for alias in term.aliases if alias.kind is not AliasKind.AVOID)
