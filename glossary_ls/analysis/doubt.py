"""Whether the sense that a built-in glossary gives to an acronym is what a document surely means.

A built-in glossary knows one or two senses, and the world has more: `CA` is a certificate authority, unless
the document is about the cluster autoscaler. So a sense is doubtful if the words of the document make up
another long form, if nothing tells it from another sense, and, for two letters, if nothing in the
document speaks for it. A document that is about the topics of several senses speaks for none of them. Terms
of the user's own glossaries are never doubtful. This module must not know any feature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis import disambiguation, expansions
from glossary_ls.analysis.context import SENTENCES
from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.index import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Mention, Term

#: Acronyms of more letters seldom have a second sense in technical documents.
_MOST_LETTERS = 2

#: How many other terms with one of the topics of a sense speak for it.
_ENOUGH_OF_TOPIC = 2

#: How many times the support of any other sense is clear.
_CLEAR = 2

#: Two or more words with capitals, as names of things are written.
_NAME = lazily(r"\b[A-Z][a-z]+(?:[ -](?:of |and |for |the )?[A-Z][a-z]+)+")
_INITIAL = lazily(r"\b[A-Z]")


def is_doubtful(document: Document, mention: Mention) -> bool:
    """Return whether the first sense of a mention, ordered by fit, is a guess of a built-in glossary."""
    written = mention.span.of(document.text.source)
    if not may_be_doubtful(written, mention.term):
        return False
    verdicts = _verdicts(document.analysis)
    name = written, *map(id, mention.senses)
    if name not in verdicts:
        is_ours = document.is_built_in(mention.term)
        verdicts[name] = is_ours and _is_doubtful(document, mention.senses, written)
    return verdicts[name]


@memo.about
def _verdicts(_analysis: Analysis) -> dict[tuple[object, ...], bool]:
    """Return what was found out so far about the names in one version of a document."""
    return {}


def may_be_doubtful(written: str, term: Term) -> bool:
    """Return whether a term is written as an acronym, which may have other senses."""
    short = written.removesuffix("s")
    return bool(term.expansion) and short.isupper() and short.isalpha()


def _is_doubtful(document: Document, senses: tuple[Term, ...], written: str) -> bool:
    """Return whether the first of some senses is doubtful wherever a document writes a name so."""
    term, short = senses[0], written.removesuffix("s")
    own = (found.long for found in document.analysis.meanings if found.short == short)
    if any(
        expansions.any_agrees((term,), long)
        for long in (disambiguation.pinned(document, short), *own)
        if long
    ):
        return False
    if any(True for _ in _others(document, term, short)):
        return True
    if len(senses) == 1 and (term.established or len(short) > _MOST_LETTERS):
        return False
    at = document.text.source.find(written)
    support = [disambiguation.support(document, senses, sense, written, at) for sense in senses]
    if _is_clear(support, 1):
        return False
    return not _is_clear([_of_its_topics(document, sense) for sense in senses], _ENOUGH_OF_TOPIC)


def _is_clear(support: Sequence[int], least: int) -> bool:
    """Return whether the first of some senses has enough support, and clearly more than any other."""
    return support[0] >= max(least, _CLEAR * max(support[1:], default=0))


def _others(document: Document, term: Term, short: str) -> Iterator[str]:
    """Yield the names in a document that have the initials of an acronym and mean another thing."""
    for _, names in document.analysis.facts(_names):
        for name in names.get(short, ()):
            if not expansions.any_agrees((term,), name):
                yield name


def _names(chunk: Chunk, _text: str) -> dict[str, tuple[str, ...]]:
    """Return the names of several words with capitals in a chunk, by their initials."""
    found: dict[str, dict[str, None]] = {}
    for _, scanned in chunk.placed():
        prose = scanned.block.prose
        for match in _NAME.finditer(prose.text):
            if prose.kind_at(match.start()) in SENTENCES:
                found.setdefault("".join(_INITIAL.findall(match[0])), {})[match[0]] = None
    return {initials: tuple(names) for initials, names in found.items()}


def _of_its_topics(document: Document, term: Term) -> int:
    """Return how many other terms of the same topics a document mentions."""
    topics = {*map(key, term.topics)}
    names = {
        mention.term.name
        for _, mention in disambiguation.first_mentions(document)
        if not mention.term.established and topics.intersection(map(key, mention.term.topics))
    }
    return len(names - {term.name})
