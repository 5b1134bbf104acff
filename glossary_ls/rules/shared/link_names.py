"""Keeping the target of a link whose text is also the name of its target.

A replacement of such a text adds the name, in the syntax of the markup: `[white list]` becomes
`[allow list][white list]`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.edits import insertion
from glossary_ls.base.model import TextEdit

if TYPE_CHECKING:
    from glossary_ls.analysis.document import Document

#: How many characters from a term its link may begin and end.
_MOST_AROUND = 200

#: `[words]` and `[words][]`, but neither `[words](address)` nor `[words][name]`.
_BRACKET = re.compile(r"\[([^\[\]]*)$")
_BRACKET_END = re.compile(r"([^\[\]]*)\](\[(?=\]))?(?![\[(:])")

#: `` `words`_ `` and `` :term:`words` ``, but not `` `words <address>`_ ``.
_QUOTE = re.compile(r"(?::(?:[\w+.-]+:)*([\w+.-]+):)?`([^`<]*)$")
_QUOTE_END = re.compile(r"([^`<>]*)`(__?(?!\w))?")
_NAME_END = re.compile(r"_(?![\w_])")
_ROLES = frozenset({"any", "keyword", "ref", "t", "term"})


def linked(document: Document, edit: TextEdit) -> tuple[TextEdit, ...]:
    """Return an edit, with the one that keeps the target of the link around it."""
    source = document.text.source
    written = edit.span.of(source)
    if written.casefold() == edit.new.casefold():
        # Link names are case-insensitive.
        return (edit,)
    before = source[max(edit.span.start - _MOST_AROUND, 0) : edit.span.start]
    after = source[edit.span.end : edit.span.end + _MOST_AROUND]
    if document.language.lower() == "restructuredtext":
        return _in_restructuredtext(edit, written, before, after)
    opening, closing = _BRACKET.search(before), _BRACKET_END.match(after)
    if not opening or not closing:
        return (edit,)
    name = f"{opening[1]}{written}{closing[1]}"
    if not re.search(rf"^[ >\t]*\[{re.escape(name)}\]:", source, re.IGNORECASE | re.MULTILINE):
        return (edit,)
    at = edit.span.end + closing.end()
    return edit, insertion(at, name if closing[2] else f"[{name}]")


def _in_restructuredtext(edit: TextEdit, written: str, before: str, after: str) -> tuple[TextEdit, ...]:
    if _NAME_END.match(after) and not before.endswith("`"):
        return (TextEdit(edit.span, f"`{edit.new} <{written}_>`"),)
    opening, closing = _QUOTE.search(before), _QUOTE_END.match(after)
    if not opening or not closing or not (closing[2] or opening[1] in _ROLES):
        return (edit,)
    name = f"{opening[2]}{written}{closing[1]}" + ("_" if closing[2] else "")
    return edit, insertion(edit.span.end + closing.end(1), f" <{name}>")
