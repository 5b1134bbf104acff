"""Completion: the glossary's terms for what is being typed.

What is typed may be the start of any word of a name, or several words of one with blanks or hyphens between
them; the longest run of words before the cursor that starts a name comes first. Items are slim: the
documentation of a term is asked for later by its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from glossary_ls.glossary import key
from glossary_ls.matching.fold import JOINERS
from glossary_ls.model import AliasKind, RegionKind, Status
from glossary_ls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.document import Document
    from glossary_ls.model import Term

#: Regions in which nobody writes a glossary's words.
_SILENT = frozenset({RegionKind.URL, RegionKind.MATH, RegionKind.MARKUP, RegionKind.CODE_BLOCK})

#: The last words before the cursor, each with the joiner behind it; names of more words are rare.
_WORDS = re.compile(r"[^\W_][\w'\u2019+#./&]*[ \t\-_/]?")
_MAX_WORDS = 6


@dataclass(frozen=True, slots=True)
class CompletionItem:
    """One offer: `insert` replaces `span`; the client filters by `filter` and sorts by `sort`."""

    label: str
    insert: str
    span: Span
    detail: str
    filter: str
    sort: str
    term: str
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Completions:
    """The offers, best first; `incomplete` when another letter may bring ones that are not among them."""

    items: tuple[CompletionItem, ...]
    incomplete: bool


def complete(document: Document, offset: int, *, everywhere: bool = False) -> Completions:
    """Return the terms that what stands before `offset` may become; `everywhere` means in code as well."""
    if not everywhere and document.analysis.kind_at(max(offset - 1, 0)) in _SILENT:
        return Completions((), incomplete=False)
    limit = document.settings.completion_limit
    items: dict[str, CompletionItem] = {}
    for item in islice(_offers(document, offset), 4 * limit):
        items.setdefault(item.insert, item)
        if len(items) > limit:
            break
    offered = tuple(islice(items.values(), limit))
    # Terms that start with the last word alone come back when the phrase turns out to be none.
    phrase = bool(offered) and not JOINERS.isdisjoint(offered[0].span.of(document.text.source))
    return Completions(offered, incomplete=phrase or len(items) > limit)


def _offers(document: Document, offset: int) -> Iterator[CompletionItem]:
    """Yield what the longest beginning may become; several words that start a name leave no doubt."""
    number = 0
    for span, typed, last_word in _beginnings(document, offset):
        if len(typed) < document.settings.completion_minimum:
            continue
        prefix = key(typed) + (" " if typed[-1:] in {" ", "\t", "-", "_", "/"} else "")
        for name, term in document.glossary.starting_with(prefix):
            whole = key(name).startswith(prefix)
            if whole or last_word:
                number += 1
                yield _item(span, typed, name, term, number)
        if number:
            return


def _beginnings(document: Document, offset: int) -> Iterator[tuple[Span, str, bool]]:
    """Yield what may be a name's beginning: its span, its text and whether it is the last word only."""
    line = document.text.line_span(document.text.line_index(offset))
    before = Span(line.start, offset).of(document.text.source)
    words = list(_WORDS.finditer(before))
    run = [word for word in words if word.end() == len(before)]
    for word in reversed(words[:-1] if run else ()):
        if word.end() != run[0].start() or len(run) == _MAX_WORDS:
            break
        run.insert(0, word)
    for word in run:
        start = line.start + word.start()
        yield Span(start, offset), before[word.start() :], word is run[-1]
    if not run and not before.strip():
        yield Span(offset, offset), "", True


def _item(span: Span, typed: str, name: str, term: Term, number: int) -> CompletionItem:
    avoided = any(alias.name == name and alias.kind is AliasKind.AVOID for alias in term.aliases)
    insert = _cased(term.name if avoided else name, typed)
    gist = term.expansion or term.summary
    detail = (
        gist if insert.casefold() == term.name.casefold() else f"{term.name}: {gist}" if gist else term.name
    )
    return CompletionItem(
        label=insert,
        insert=insert,
        span=span,
        detail=detail,
        filter=_filter(typed, name),
        sort=f"{number:05}",
        term=term.name,
        deprecated=term.status is Status.DEPRECATED,
    )


def _cased(name: str, typed: str) -> str:
    """Write a name as the sentence does: a capital at its start when one was typed, capitals for capitals."""
    letters = [character for character in typed if character.isalpha()]
    if not letters or name != name.lower():
        return name
    if len(letters) > 1 and all(map(str.isupper, letters)):
        return name.upper()
    return name[0].upper() + name[1:] if letters[0].isupper() else name


def _filter(typed: str, name: str) -> str:
    """Return a text that starts with what was typed and goes on as the name does, for the client's filter."""
    folded, prefix = key(name), key(typed)
    at = 0 if folded.startswith(prefix) else folded.find(f" {prefix}") + 1
    rest = folded[at + len(prefix) :]
    if typed[-1:].isspace():
        rest = rest.lstrip()
    return f"{typed}{rest}"
