"""A page for Sphinx with a `glossary` directive, to whose terms the role `:term:` leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.exports.export import (
    PROSE,
    Writer,
    Written,
    other_names,
    without_avoided,
    without_kinds,
)
from glossary_ls.glossary.exports.notes import NOTES, notes
from glossary_ls.glossary.exports.prose import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    Link,
    List,
    Paragraph,
    Quote,
    Reference,
    parsed,
    text_of,
)
from glossary_ls.glossary.exports.texts import Names, explanation, in_order
from glossary_ls.glossary.reading.literal import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export

_SPECIAL = lazily(r"[\\*`|<]|_(?!\w)|(?<!\w)_")

#: What would start another block at the start of a line.
_START = lazily(r"[-+*>|:.#=~^\"'!$%&(,/;?@\[\]{}]|\w{1,20}[.)]|__")

_INDENT = "   "

#: The edge of markup, which needs a sign or a blank beside it.
_EDGE = "\x00"
_AT_START = lazily(r"(?<![^\s(-])\x00(?=[*`:])")
_AT_END = lazily(r"(?<=[*`_])\x00(?=[\s.,;:!?)-]|$)")


def write(export: Export) -> Written:
    """Return the page."""
    items = in_order(export.items)
    names = Names(item.term for item in items)
    title = _escaped(export.title)
    lines = [title, "=" * len(title.encode()), ""]
    if export.head.description:
        lines += [*_lines(parsed(export.head.description), names), ""]
    lines += [f".. {MARK}", "", ".. glossary::", ""]
    for item in items:
        for line in _entry(item.term, names):
            lines.append(f"{_INDENT}{line}".rstrip())
        lines.append("")
    return Written("\n".join(lines), (*without_avoided(export, "Sphinx"), *without_kinds(export, "Sphinx")))


def _entry(term: Term, names: Names) -> Iterator[str]:
    for name in (term.name, *other_names(term)):
        # A colon between blanks would end the name.
        yield _started(_escaped(" ".join(name.split())).replace(" : ", r" \: "))
    blocks = (*_long(term), *parsed(explanation(term)), *notes(term))
    # The directive insists on a text, which a comment is to it.
    for line in _lines(blocks, names) if blocks else ("..",):
        yield f"{_INDENT}{line}".rstrip()


def _long(term: Term) -> Iterator[Block]:
    """Yield the expansion as a paragraph of its own."""
    if term.expansion:
        yield Paragraph((Emphasis((term.expansion,), strong=True),))


# --- blocks -----------------------------------------------------------------------------------------------


def _lines(blocks: Iterable[Block], names: Names) -> Iterator[str]:
    for number, block in enumerate(blocks):
        if number:
            yield ""
        yield from _block(block, names)


def _block(block: Block, names: Names) -> Iterator[str]:
    match block:
        case Paragraph(children):
            yield _paragraph(children, names)
        case CodeBlock(text, language):
            yield f".. code-block:: {language or 'text'}"
            yield ""
            yield from (f"{_INDENT}{line}".rstrip() for line in text.split("\n"))
        case Quote(blocks):
            yield from (f"{_INDENT}{line}".rstrip() for line in _lines(blocks, names))
        case List(items, ordered):
            for number, item in enumerate(items, 1):
                mark = f"{number}. " if ordered else "- "
                lines = list(_lines(item, names)) or [""]
                yield mark + lines[0]
                yield from (" " * len(mark) + line for line in lines[1:])
                if len(lines) > 1 and number < len(items):
                    yield ""


def _paragraph(children: Iterable[Inline], names: Names) -> str:
    text = " ".join("".join(_inlines(children, names)).split())
    # Markup is told by what is around it; elsewhere, an escaped blank that is not shown separates it.
    is_markup = text.startswith(_EDGE)
    text = _AT_START.sub("", _AT_END.sub("", text)).replace(_EDGE, "\\ ")
    text = text if is_markup else _started(text)
    return f"{text[:-1]}\\:" if text.endswith("::") else text


def _started(text: str) -> str:
    """Return the first line of a paragraph such that it starts no other block."""
    return f"\\{text}" if _START.match(text) else text


# --- text within blocks -----------------------------------------------------------------------------------


def _inlines(nodes: Iterable[Inline], names: Names) -> Iterator[str]:
    """Yield texts, and markup between two edges."""
    for node in nodes:
        if isinstance(node, str):
            yield _escaped(node.replace(_EDGE, ""))
        else:
            yield _markup(node, names)


def _markup(node: Code | Emphasis | Link | Reference, names: Names) -> str:
    match node:
        case Code(text):
            is_literal = text and "``" not in text and text == text.strip().strip("`")
            return _apart(f"``{text}``") if is_literal else _escaped(text)
        case Reference(name):
            is_plain = names.place(name) is not None and not re.search(r"[<>`\\]", name)
            return _apart(f":term:`{name}`") if is_plain else _escaped(name)
        case Emphasis(children, strong):
            mark = "**" if strong else "*"
            text = " ".join(text_of(children).split())
            return _apart(f"{mark}{_escaped(text)}{mark}") if text else ""
        case Link(children, url):
            text = " ".join(text_of(children).split()) or url
            address = url.replace("_", r"\_")
            return _apart(f"`{_escaped(text)} <{address}>`__")


def _apart(markup: str) -> str:
    return f"{_EDGE}{markup}{_EDGE}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


WRITER = Writer(
    "sphinx",
    "glossary.rst",
    "Sphinx",
    PROSE | NOTES | {"expansion", "aliases"},
    write,
    frozenset({"description"}),
    frozenset({"expansion", "aliases", "definition"}),
)
