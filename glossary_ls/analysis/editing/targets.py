"""Words that are also the name of a target: where they lead stays the same when they are replaced.

Where its markup has a syntax for a text beside the name, the name is added: `[white list]` becomes
`[allow list][white list]`. Elsewhere the words are kept. This module must not know what is edited and why.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from glossary_ls.analysis.editing.titles import is_referred_to
from glossary_ls.base import memo
from glossary_ls.base.edits import insertion
from glossary_ls.base.model import TextEdit
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, word_set

if TYPE_CHECKING:
    from glossary_ls.analysis.editing.reading import Reading

#: How many characters from a word its link may begin and end.
_MOST_AROUND = 200

#: `[words]` and `[words][]`, but neither `[words](address)` nor `[words][name]`.
_BRACKET = lazily(r"(?<!\[)\[([^\[\]]*)$")
_BRACKET_END = lazily(r"([^\[\]]*)\](?:(\[)(?=\])|(?![\[(:\]]))")

#: `[[words]]`, but not `[[page|words]]`.
_WIKI = lazily(r"\[\[([^\[\]|]*)$")
_WIKI_END = lazily(r"([^\[\]|]*)\]\]")

#: `` {term}`words` `` and `` :term:`words` ``, but not those with an address: `` `words <address>` ``.
_ROLE = lazily(r"(?:\{(?:[\w+.-]+:)*([\w+.-]+)\}|:(?:[\w+.-]+:)*([\w+.-]+):)?`([^`<]*)$")
_ROLE_END = lazily(r"([^`<>]*)`(__?(?!\w))?")
_NAME_END = lazily(r"(__?)(?![\w_])")
_NAMING_ROLES = frozenset({"any", "doc", "keyword", "numref", "ref", "t", "term"})

#: Roles whose content is text or code; the content of others names something.
_CONTENT_ROLES = word_set(
    "abbr abbreviation ac acronym code command dfn emphasis guilabel index kbd literal menuselection samp"
    " small strong sub subscript sup superscript title title-reference"
)

#: A name in a comment: behind a tag of its documentation, and a link of Go and Rust.
_TAGGED = lazily(
    r"(?:\{@\w+|[@\\](?:arg|argument|exception|extends|implements|link|memberof|param|prop|property|ref|requires"
    r"|see|template|throws|tparam|type|typeparam)(?:\[[a-z,]+\])?)\s+(?:\{[^{}]*\}\s+)?[\w.#]*\Z"
)
_SYMBOL = lazily(r"(?<!\w)\[`?[*\w.:]*\Z")
_SYMBOL_END = lazily(r"[\w.:()]*`?\](?!\()")

#: The languages with the references of reStructuredText.
_WITH_REFERENCES = frozenset({"restructuredtext", "python"})

#: `_`words``, which makes the words a target.
_INLINE_TARGET = lazily(r"(?<!\w)_`[^`]*\Z")

#: `` `words <address>`_ `` makes the words the name of the address.
_ADDRESS = lazily(r"([^`<>]*?)\s*<[^`<>]+>`_(?!_)")

#: What ends a block in a fence, and what begins a glossary.
_FENCE = lazily(r"\s*(?:`{3,}|~{3,}|:{3,})\s*$")
_GLOSSARY = lazily(r"^[ \t]*(?:\.\. glossary::|(`{3,}|~{3,}|:{3,})\{glossary\})", re.MULTILINE)

IS_REFERRED_TO = "another link leads to it by its words"
NAMES_A_TARGET = "it is a name by which something is found"
NAMES_AN_ENTRY = "references lead to this entry by its name"


def linked(reading: Reading, edit: TextEdit) -> tuple[TextEdit, ...] | str:
    """Return an edit with those that keep the target of the link around it, or why it is not possible."""
    source = reading.text.source
    written = edit.span.of(source)
    if written.casefold() == edit.new.casefold():
        # Names of targets are case-insensitive.
        return (edit,)
    if _names_glossary_entry(source, edit.span):
        return NAMES_AN_ENTRY
    before = source[max(edit.span.start - _MOST_AROUND, 0) : edit.span.start]
    after = source[edit.span.end : edit.span.end + _MOST_AROUND]
    if reading.is_code and _names_code(before, after):
        return NAMES_A_TARGET
    if reading.language in _WITH_REFERENCES:
        return _in_restructuredtext(source, edit, before, after)
    found = _in_backquotes(edit, written, before, after) if "`" in before else (edit,)
    if isinstance(found, str) or len(found) > 1 or "[" not in before:
        return found
    return _in_brackets(reading, edit, before, after)


def _names_code(before: str, after: str) -> bool:
    """Return whether the words between what is before and after them in a comment name something in code."""
    before = before[before.rfind("\n") + 1 :]
    if ("@" in before or "\\" in before) and _TAGGED.search(before):
        return True
    return "[" in before and _SYMBOL_END.match(after) is not None and _SYMBOL.search(before) is not None


def _in_restructuredtext(source: str, edit: TextEdit, before: str, after: str) -> tuple[TextEdit, ...] | str:
    written = edit.span.of(source)
    text, address = _ROLE.search(before), _ADDRESS.match(after)
    if text and address and is_referred_to(source, "restructuredtext", f"{text[3]}{written}{address[1]}"):
        return IS_REFERRED_TO
    if _INLINE_TARGET.search(before):
        return NAMES_A_TARGET
    name = _NAME_END.match(after)
    if not name or before.endswith("`"):
        return _in_backquotes(edit, written, before, after)
    target = f" <{written}_>" if name[1] == "_" else ""
    span = Span(edit.span.start, edit.span.end + len(name[1]))
    return (TextEdit(span, f"`{edit.new}{target}`__"),)


def _in_brackets(reading: Reading, edit: TextEdit, before: str, after: str) -> tuple[TextEdit, ...]:
    source = reading.text.source
    written = edit.span.of(source)
    opening, closing = _WIKI.search(before), _WIKI_END.match(after)
    if opening and closing:
        line = source[source.rfind("\n", 0, edit.span.start) + 1 : edit.span.start]
        bar = "\\|" if "|" in line else "|"
        at = edit.span.start - len(opening[1])
        return insertion(at, f"{opening[1]}{written}{closing[1]}{bar}"), edit
    opening, closing = _BRACKET.search(before), _BRACKET_END.match(after)
    if not opening or not closing:
        return (edit,)
    name = f"{opening[1]}{written}{closing[1]}"
    if not reading.defines(name):
        return (edit,)
    at = edit.span.end + closing.end()
    return edit, insertion(at, name if closing[2] else f"[{name}]")


def _in_backquotes(edit: TextEdit, written: str, before: str, after: str) -> tuple[TextEdit, ...] | str:
    opening, closing = _ROLE.search(before), _ROLE_END.match(after)
    role = opening and (opening[1] or opening[2])
    if role and closing and role not in _NAMING_ROLES | _CONTENT_ROLES:
        return NAMES_A_TARGET
    if not opening or not closing or closing[2] == "__" or not (closing[2] or role in _NAMING_ROLES):
        return (edit,)
    name = f"{opening[3]}{written}{closing[1]}"
    end = edit.span.end + closing.end(1)
    if not closing[2]:
        return edit, insertion(end, f" <{name}>")
    # A second underscore, because the new words must not become the name of a target of their own.
    return edit, insertion(end, f" <{name}_>"), insertion(edit.span.end + closing.end(), "_")


def _names_glossary_entry(source: str, span: Span) -> bool:
    """Return whether the words are in a term of a glossary directive, which roles refer to."""
    start = source.rfind("\n", 0, span.start) + 1
    indent = _indent(source[start : span.start])
    openings = _glossaries(source)
    above = bisect_right(openings, start) - 1
    if above < 0 or source.startswith((":", "-", "*"), start + indent):
        return False
    for line in reversed(source[openings[above] : start].splitlines()):
        if not line.strip() or _indent(line) > indent:
            continue
        opening = _GLOSSARY.match(line)
        if opening and (opening[1] or _indent(line) < indent):
            return True
        if _indent(line) < indent or _FENCE.match(line):
            return False
    return False


@memo.recent(4)
def _glossaries(source: str) -> list[int]:
    """Return the starts of the lines that open a glossary."""
    return [found.start() for found in _GLOSSARY.finditer(source)]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
