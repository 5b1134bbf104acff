"""Replacing the later uses of a long form with the acronym, after the definition at the cursor.

Only the blocks that contain a word of the long form are searched, and only the first uses until the user
chooses the fix.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from glossary_ls.base.model import READABLE, RegionKind, TextEdit
from glossary_ls.base.text import Span
from glossary_ls.rules.shared.fix import Fix, FixKind, LaterUsesChange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Definition

#: How many uses are counted for a title at most.
_MOST_COUNTED = 20

_PLACES = READABLE - {RegionKind.HEADING}

#: A line break, with the marks of quotations and comments at the start of a line.
_LINE_BREAK = re.compile(r"[\r\n]+[ \t]*(?:[^\w\s]+[ \t]+)*")


def contract(document: Document, span: Span) -> Iterator[Fix]:
    """Offer to write the acronym for each later use of the long form that is defined at the cursor."""
    for definition in document.analysis.definitions_in(Span(span.start, span.start)):
        number = sum(1 for _ in islice(_later_uses(document, definition), _MOST_COUNTED + 1))
        if number:
            many = f"more than {_MOST_COUNTED}" if number > _MOST_COUNTED else str(number)
            count = f"{many} later uses" if number > 1 else "the later use"
            title = f"Write '{definition.short}' for {count} of '{definition.long}'"
            change = LaterUsesChange(definition.short, definition.short_span.start)
            yield Fix(title, FixKind.REWRITE, change)


def contracted(change: LaterUsesChange, document: Document) -> Iterator[TextEdit]:
    """Yield what such a change writes; nothing if the definition is gone."""
    for definition in document.analysis.definitions_in(Span(change.at, change.at)):
        if definition.short == change.short:
            for place, ending in _later_uses(document, definition):
                yield TextEdit(place, definition.short + ("s" if ending else ""))


def _later_uses(document: Document, definition: Definition) -> Iterator[tuple[Span, str]]:
    """Yield the later uses of the long form, and the ending of a plural."""
    words = [word for word in re.split(r"[\s-]+", definition.long) if word]
    if not words:
        return
    pattern = re.compile(rf"(?<![\w-]){'[ -]'.join(map(re.escape, words))}(e?s)?(?![\w-])", re.IGNORECASE)
    telling = max(words, key=len).lower()
    after = max(definition.short_span.end, definition.long_span.end)
    source = document.text.source
    defining = document.analysis.definitions_in
    same = document.analysis.definitions_by_short[definition.short]
    again = {other.long_span.start for other in same}
    for start, scanned in document.analysis.placed_in(Span(after, len(source))):
        prose = scanned.block.prose
        for match in pattern.finditer(prose.text) if telling in prose.text.lower() else ():
            place = prose.span(*match.span()).shifted(start)
            if (
                place.start >= after
                and place.start not in again
                and prose.kind_at(match.start()) in _PLACES
                and not _is_torn(place.of(source), definition.long)
                and not any(place.overlaps(other.long_span) for other in defining(place))
            ):
                yield place, match[1] or ""


def _is_torn(written: str, long: str) -> bool:
    """Return whether there is markup between the words of a phrase, of which half would be lost."""
    signs = {sign for sign in _LINE_BREAK.sub(" ", written) if not (sign.isalnum() or sign.isspace())}
    return not signs <= {"-", *long}
