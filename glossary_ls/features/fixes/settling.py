"""Pinning the sense of an ambiguous name in a document, by a directive at its top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis import disambiguation, expansions, suppressions
from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.base.model import TextEdit
from glossary_ls.features.fixes.ignoring import top_edit
from glossary_ls.glossary.index import key
from glossary_ls.rules.shared.fix import DocumentChange, Fix, FixKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Span

#: How many senses of one name are offered at most.
_MOST = 4


def settle(document: Document, span: Span) -> Iterator[Fix]:
    """Offer each sense that the name at the cursor may have and that is not pinned yet."""
    mention = document.analysis.mention_at(span.start)
    if mention is None or len(mention.senses) < 2 or glossary_file_of(document):
        return
    fitting = disambiguation.fitting(document, mention).senses
    name = _shared_name(fitting, mention.span.of(document.text.source))
    if not name:
        return
    wording = disambiguation.pinned(document, name)
    pinned = expansions.meant(fitting, wording) if wording else None
    for term in fitting[:_MOST]:
        long = next(expansions.long_forms(term), "")
        if term is not pinned and long and expansions.meant(fitting, long) is term:
            edit = _edit(document, name, long)
            yield Fix(f"Use the sense '{long}' of {name} here", FixKind.FIX, DocumentChange((edit,)))


def _shared_name(among: tuple[Term, ...], written: str) -> str:
    """Return the name, in the singular, that a mention uses and all senses share."""
    shared = [
        name for name in among[0].names if all(key(name) in map(key, other.names) for other in among[1:])
    ]
    return next((name for name in shared if key(written).startswith(key(name))), "")


def _edit(document: Document, name: str, long: str) -> TextEdit:
    """Return the edit that changes the directive for the name, or writes one."""
    for pin in suppressions.pins(document.analysis):
        if key(pin.name) == key(name):
            return TextEdit(pin.span, long)
    return top_edit(f"sense {name} = {long}", document)
