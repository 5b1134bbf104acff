"""Abbreviations for MkDocs and other users of Python-Markdown: a page shows each one as a tooltip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary.exports.export import (
    PROSE,
    LeftOut,
    Writer,
    Written,
    other_names,
    without_avoided,
    without_kinds,
)
from glossary_ls.glossary.exports.prose import one_line, parsed
from glossary_ls.glossary.exports.texts import explanation, in_order, sentence
from glossary_ls.glossary.reading.literal import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export


_SENTENCE = (".", "!", "?")


def write(export: Export) -> Written:
    """Return a line for each name that has an expansion or an explanation; the latter is a sentence."""
    lines: dict[str, str] = {}
    left_out: list[LeftOut] = []
    for item in in_order(export.items):
        term = item.term
        told = explanation(term)
        text = " ".join(term.expansion.split()) or sentence(one_line(told).removesuffix(":"))
        left_out += (LeftOut("definition", reason, item) for reason in _untold(term, told))
        for name in (term.name, *other_names(term)):
            if not text:
                left_out.append(LeftOut("term", "a tooltip needs an expansion or a definition", item))
                break
            if "]" in name or "\n" in name:
                left_out.append(LeftOut("term", "a name in brackets cannot have a bracket", item))
            elif name in lines and lines[name] != text:
                left_out.append(
                    LeftOut("term", f"another entry explains {name!r}, and a name has one tooltip", item)
                )
            else:
                lines[name] = text
    text = "".join(f"*[{name}]: {text}\n" for name, text in lines.items())
    mark = f"[//]: # ({MARK})\n\n" if text else ""
    left_out = [*without_avoided(export, _TITLE), *without_kinds(export, _TITLE), *left_out]
    return Written(mark + text, tuple(left_out))


def _untold(term: Term, told: str) -> Iterator[str]:
    """Yield why a tooltip does not say everything about a term."""
    if term.expansion and told:
        yield "a tooltip is the expansion alone"
    elif len(parsed(told)) > 1:
        yield "a tooltip is one paragraph"
    if term.expansion.endswith(_SENTENCE):
        yield "an expansion that ends like a sentence is read back as a definition"


_TITLE = "MkDocs"

WRITER = Writer(
    "mkdocs",
    "abbreviations.md",
    _TITLE,
    PROSE | {"expansion", "aliases"},
    write,
    kept=frozenset({"expansion", "aliases"}),
)
