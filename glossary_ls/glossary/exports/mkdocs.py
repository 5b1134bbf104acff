"""Abbreviations for MkDocs and other users of Python-Markdown: a page shows each one as a tooltip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.glossary.exports.export import PROSE, LeftOut, Writer, Written, other_names, without_avoided
from glossary_ls.glossary.exports.prose import one_line
from glossary_ls.glossary.exports.texts import explanation, in_order

if TYPE_CHECKING:
    from glossary_ls.glossary.exports.export import Export


def write(export: Export) -> Written:
    """Return a line for each name that has an expansion or an explanation."""
    lines: dict[str, str] = {}
    left_out: list[LeftOut] = []
    for item in in_order(export.items):
        term = item.term
        text = " ".join(term.expansion.split()) or one_line(explanation(term))
        if term.expansion and explanation(term):
            left_out.append(LeftOut("definition", "a tooltip is the expansion alone", item))
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
    return Written(text, (*without_avoided(export, "MkDocs"), *left_out))


WRITER = Writer("mkdocs", "abbreviations.md", "MkDocs", PROSE | {"expansion", "aliases"}, write)
