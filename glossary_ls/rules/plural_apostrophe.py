"""Rule `plural-apostrophe`: `API's` for several APIs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis import context
from glossary_ls.base.model import READABLE, Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, word_set
from glossary_ls.rules.shared import replacement
from glossary_ls.rules.shared.replacement import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Candidate

CODE = "plural-apostrophe"
SEVERITY = Severity.HINT
SUMMARY = "A plural of an acronym that is written with an apostrophe."
fixes = replacement.fixes

_ENDING = lazily("['\u2019]s(?![\\w'\u2019-])")
_LENGTH = len("'s")

#: Neither a possessive nor a contracted "is" comes before these.
_PLURAL_VERBS = word_set("are aren were weren have haven do don")

#: Words that are followed by a plural.
_SEVERAL = word_set(
    "two three four five six seven eight nine ten eleven twelve dozens hundreds many several few various "
    "multiple numerous most both these those"
)
#: Words that do not follow a possessive.
_NO_NOUN = word_set(
    "and or but as at by for from in into of on onto over per than that to via when where which while with "
    "within without can could may might must shall should will would need"
)


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at each acronym that must be a plural."""
    source = document.text.source
    for start, candidates in document.analysis.facts(_with_apostrophe):
        for candidate in candidates:
            end = start + candidate.span.end + _LENGTH
            if _is_plural(source, candidate, end):
                yield _problem(source, candidate.shifted(start), end)


def _with_apostrophe(chunk: Chunk, text: str) -> list[Candidate]:
    return [
        candidate
        for candidate in chunk.candidates()
        if not candidate.plural and candidate.kind in READABLE and _ENDING.match(text, candidate.span.end)
    ]


def _is_plural(source: str, candidate: Candidate, end: int) -> bool:
    following = context.word_after(source, end).word.lower()
    if following in _PLURAL_VERBS:
        return True
    before = candidate.before.lower()
    if before not in _SEVERAL and not (before.isdigit() and before != "1"):
        return False
    return following in _NO_NOUN if following else source[end : end + 1] in {".", ",", ";", ")", ""}


def _problem(source: str, candidate: Candidate, end: int) -> Problem:
    span = Span(candidate.span.start, end)
    plural = candidate.base + ("es" if candidate.base.endswith("S") else "s")
    return Problem(
        CODE,
        f"'{span.of(source)}' is a plural here: write '{plural}' without an apostrophe",
        span,
        data=Replacement(plural),
    )
