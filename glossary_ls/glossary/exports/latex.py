r"""Entries for the LaTeX package `glossaries`: `\newacronym` where there is an expansion.

The file is read with `\loadglsentries`; nothing in it needs another package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.exports.export import PROSE, UNKNOWN, LeftOut, Writer, Written
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
from glossary_ls.glossary.exports.texts import Names, anchors, ascii_slug, explanation, in_order
from glossary_ls.glossary.reading.literal import MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_{}"},
}
_SPECIAL = lazily(r"[\\~^#$%&_{}]")


def write(export: Export) -> Written:
    """Return the entries in alphabetical order."""
    items = in_order(export.items)
    keys = anchors([item.term.name for item in items], ascii_slug)
    names = Names(item.term for item in items)
    lines = [f"% {' '.join(export.title.split())}", f"% {MARK}"]
    left_out: list[LeftOut] = []
    for item, key in zip(items, keys, strict=True):
        places = [names.place(name) for name in item.term.related]
        related = dict.fromkeys(keys[place] for place in places if place is not None)
        lines.append(_entry(item.term, key, [other for other in related if other != key]))
        if None in places:
            left_out.append(LeftOut("related", UNKNOWN, item))
    return Written("\n".join(lines) + "\n", tuple(left_out))


def _entry(term: Term, key: str, related: list[str]) -> str:
    text = r" \glspar ".join(_blocks(parsed(explanation(term))))
    options = [f"description={{{text}}}"] if text or not term.expansion else []
    options += [f"see={{{','.join(related)}}}"] if related else []
    if term.expansion:
        given = f"[{', '.join(options)}]" if options else ""
        return f"\\newacronym{given}{{{key}}}{{{_escaped(term.name)}}}{{{_escaped(term.expansion)}}}"
    options.insert(0, f"name={{{_escaped(term.name)}}}")
    return f"\\newglossaryentry{{{key}}}{{{', '.join(options)}}}"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(children):
                yield _inlines(children)
            case CodeBlock(text):
                yield from (f"\\texttt{{{_escaped(line)}}}" for line in text.split("\n") if line.strip())
            case Quote(inner):
                yield from _blocks(inner)
            case List(items, ordered):
                for number, item in enumerate(items, 1):
                    mark = f"{number}." if ordered else "--"
                    yield f"{mark} {' '.join(_blocks(item))}"


def _inlines(nodes: Iterable[Inline]) -> str:
    return "".join(map(_inline, nodes))


def _inline(node: Inline) -> str:
    match node:
        case str(text) | Reference(text):
            return _escaped(text)
        case Code(text):
            return f"\\texttt{{{_escaped(text)}}}"
        case Emphasis(children, strong):
            return f"\\{'textbf' if strong else 'emph'}{{{_inlines(children)}}}"
        case Link(children, url):
            text = _inlines(children)
            return text if text_of(children) in url else f"{text} ({_escaped(url)})"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _COMMANDS[found[0]], " ".join(text.split("\n")))


WRITER = Writer(
    "latex",
    "glossary.tex",
    "LaTeX",
    PROSE | {"expansion", "related"},
    write,
    kept=frozenset({"expansion", "definition", "related"}),
)
