"""Pages of LaTeX without commands for entries: lists, tables, environments and sections as nodes.

This module must not know which nodes are entries.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, word_set
from glossary_ls.glossary.formats.latex.texts import markdown
from glossary_ls.glossary.reading.drafts import Piece
from glossary_ls.glossary.reading.emphasis import plain
from glossary_ls.glossary.reading.outline import Kind, Node

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from glossary_ls.glossary.formats.latex.syntax import Source
    from glossary_ls.glossary.reading.tables import Row

    #: Nodes, and the offset behind them.
    Read = Generator[Node, None, int]

_PART = lazily(
    r"\\(?P<side>begin|end)\s*\{(?P<environment>[A-Za-z@]+\*?)\}"
    r"|\\(?P<heading>part|chapter|section|subsection|subsubsection|paragraph|subparagraph)\*?(?=\s*[\[{])"
    r"|\\(?P<item>item)(?![A-Za-z])"
    r"|(?P<break>\n[ \t]*\n\s*)"
)
_LEVELS = {
    name: level
    for level, name in enumerate(
        ("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph"), 1
    )
}
_TABLES = word_set(
    "tabular tabular* tabularx tabulary longtable longtable* longtabu tabu supertabular xltabular tblr "
    "longtblr xtabular"
)
_LISTS = word_set("description labeling itemize enumerate acronym abbreviations basedescript list symbols")
_ENTRIES = lazily(r"vocab|defin|term|gloss|entry|word|concept|begriff", re.IGNORECASE)
_ROW = lazily(
    r"\\\\(?:\s*\[[^\[\]]*\])?|\\tabularnewline\b|\\.|[&{]"
    r"|\n[ \t]*(?=\\(?:end(?:first)?head|end(?:last)?foot)\b)",
    re.DOTALL,
)
_HEADS = lazily(r"\\end(?:firsthead|head|foot|lastfoot)\b")
_FORMAL = lazily(
    r"\\(?:hline|toprule|midrule|bottomrule|endfirsthead|endhead|endfoot|endlastfoot|centering|small|footnotesize|"
    r"cmidrule(?:\([lr]+\))?\{[^{}]*\}|cline\{[^{}]*\}|caption\*?\{[^{}]*\}|label\{[^{}]*\}|rowcolor\{[^{}]*\}|addlinespace)"
)
_FEWEST_ENVIRONMENTS = 2


def nodes_of(source: Source) -> Iterator[Node]:
    """Yield the nodes of a text."""
    used = Counter(found["environment"] for found in _PART.finditer(source.text) if found["side"] == "begin")
    entries = {
        name
        for name, count in used.items()
        if count >= _FEWEST_ENVIRONMENTS and _ENTRIES.search(name) and name not in _LISTS
    }
    at = 0
    while found := _PART.search(source.text, at):
        yield from _paragraph(source, Span(at, found.start()))
        at = found.end()
        if found["heading"]:
            options = source.options(at)
            at = source.behind(options) if options else at
            if place := source.group(at):
                at = source.behind(place)
                piece = Piece(markdown(source, place), place)
                yield Node(
                    Kind.HEADING, Span(found.start(), at), names=(piece,), level=_LEVELS[found["heading"]]
                )
        elif found["side"] == "begin" and found["environment"] in _TABLES:
            at = yield from _table(source, found)
        elif found["side"] == "begin" and found["environment"] in entries:
            at = yield from _environment(source, found)
        elif found["side"] == "begin" and found["environment"] in _LISTS:
            at = _past_arguments(source, at)
        elif found["item"]:
            at = yield from _item(source, found)
    yield from _paragraph(source, Span(at, len(source.text)))


def _past_arguments(source: Source, at: int) -> int:
    """Return the offset behind the arguments of an environment."""
    if place := source.options(at):
        at = source.behind(place)
    while source.text.startswith("{", at) and (place := source.group(at)):
        at = source.behind(place)
    return at


def _paragraph(source: Source, place: Span) -> Iterator[Node]:
    start, end = _trimmed(source.text, place)
    if start < end and (text := markdown(source, Span(start, end))):
        span = Span(start, end)
        yield Node(Kind.PARAGRAPH, span, text, body=span)


def _trimmed(text: str, place: Span) -> tuple[int, int]:
    inner = place.of(text)
    start = place.start + len(inner) - len(inner.lstrip())
    return start, max(start, place.end - (len(inner) - len(inner.rstrip())))


def _item(source: Source, found: re.Match[str]) -> Read:
    """Yield the item that begins at a mark; return the offset behind it. Lists in it belong to it."""
    label = source.options(found.end())
    at = source.behind(label) if label else found.end()
    end = _item_end(source, at)
    start, stop = _trimmed(source.text, Span(at, end))
    body = Span(start, stop)
    text = markdown(source, body)
    span = Span(found.start(), max(stop, at))
    if label is None:
        yield Node(Kind.BULLET, span, text, body=body)
    else:
        name = source.unbraced(label)
        yield Node(
            Kind.ITEM,
            span,
            text.lstrip(":\u2013\u2014 "),
            (Piece(plain(markdown(source, name)).strip(": "), name),),
            body,
        )
    return end


def _item_end(source: Source, at: int) -> int:
    depth = 0
    while found := _PART.search(source.text, at):
        at = found.end()
        if found["side"] == "begin":
            depth += 1
        elif found["side"] == "end":
            depth -= 1
            if depth < 0:
                return found.start()
        elif depth == 0 and (found["item"] or found["heading"]):
            return found.start()
    return len(source.text)


def _environment(source: Source, found: re.Match[str]) -> Read:
    r"""Yield the entry that an environment with a name is, as in `\begin{vocabulary}[Shard] ...`."""
    at = found.end()
    label = source.options(at) or source.group(at)
    end = _end_of(source, found)
    if label is None:
        return at
    start, stop = _trimmed(source.text, Span(source.behind(label), end))
    name = source.unbraced(label)
    body = Span(start, max(start, stop))
    piece = Piece(markdown(source, name), name)
    yield Node(Kind.ITEM, Span(found.start(), body.end), markdown(source, body), (piece,), body)
    return end


def _end_of(source: Source, found: re.Match[str]) -> int:
    """Return where the end of an environment is written, or the end of the text."""
    end = source.text.find(f"\\end{{{found['environment']}}}", found.end())
    return end if end >= 0 else len(source.text)


def _table(source: Source, found: re.Match[str]) -> Read:
    end = _end_of(source, found)
    start = _past_arguments(source, found.end())
    heads = [*_HEADS.finditer(source.text, start, end)]
    rows = [*_rows(source, Span(start, end))]
    if heads:
        # The rows of the first head, and those behind the last one; between them, heads are repeated.
        first = [row for row in rows if row[0].span.start < heads[0].start()][-1:]
        rows = [*first, *(row for row in rows if row[0].span.start >= heads[-1].end())]
    if rows:
        yield Node(Kind.TABLE, Span(found.start(), end), rows=tuple(rows), has_header=bool(heads))
    return end


def _rows(source: Source, place: Span) -> Iterator[Row]:
    text = source.text
    row: list[Piece] = []
    start = at = place.start
    while at <= place.end:
        found = _ROW.search(text, at, place.end)
        at = found.start() if found else place.end
        if found and found[0] == "{":
            at = source.pairs.get(at, at) + 1
            continue
        if (
            found
            and found[0].startswith("\\")
            and not (found[0].startswith("\\\\") or found[0] == "\\tabularnewline")
        ):
            at = found.end()
            continue
        row.append(_cell(source, Span(start, at)))
        if found is None or found[0] != "&":
            if any(cell.text for cell in row):
                yield tuple(row)
            row = []
        if found is None:
            return
        start = at = found.end()


def _cell(source: Source, place: Span) -> Piece:
    start = place.start
    while True:
        found = _FORMAL.match(source.text, source.skip(start), place.end)
        if not found:
            break
        start = found.end()
    first, stop = _trimmed(source.text, Span(min(start, place.end), place.end))
    span = Span(first, stop)
    return Piece(" ".join(markdown(source, span).split()), span)
