"""Markdown: CommonMark with the GitHub extensions and the dialects that documentation sites add.

This module cuts a document into blocks, reads front matter, and puts the results of the two phases together:
the lines (`blocks`) and what stands in them (`inline`). It must not know either in detail.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span
from glossary_ls.markup.block import Block, Region, State
from glossary_ls.markup.extent import EOL, Extent, extent
from glossary_ls.markup.markdown.blocks import lay_out
from glossary_ls.markup.markdown.inline import inline
from glossary_ls.markup.markdown.layout import ROOT, Chunk, Join, Layout, MarkdownState
from glossary_ls.markup.markdown.patterns import STRUCTURE_AT_START, STRUCTURE_INSIDE
from glossary_ls.markup.prose import EMPTY, Prose, ProseBuilder

if TYPE_CHECKING:
    from collections.abc import Sequence


def parse(source: str, start: int, state: State) -> Block:
    """Read a block of Markdown."""
    return _parse(source, start, state, mdx=False)


def parse_mdx(source: str, start: int, state: State) -> Block:
    """Read a block of MDX: Markdown with JSX, without indented code."""
    return _parse(source, start, state, mdx=True)


_FRONT_MATTER = re.compile(rf"\ufeff?(---|\+\+\+)[ \t]*+{EOL}(?![ \t]*{EOL})")
_CLOSING_LINE = {
    "---": re.compile(rf"(?<=[\r\n])(?:---|\.\.\.)[ \t]*+(?:{EOL}|\Z)"),
    "+++": re.compile(rf"(?<=[\r\n])\+\+\+[ \t]*+(?:{EOL}|\Z)"),
}
#: The first line of metadata: a key, a comment or a template, or at once the closing line.
_METADATA = re.compile(r"[^\r\n]*?[:=]|[#{%]|\[|---|\+\+\+")
_DEFINITION = re.compile(r":[ \t]")

#: A definition of a reference: `[label]: destination "title"`.
_REFERENCE = re.compile(
    rf"[ \t]*\[(?!\^)(?:[^\[\]\\]|\\.){{1,999}}+\]:[ \t]*(?:{EOL}[ \t]*)?(<[^<>\r\n]*>|[^\s<]\S*+)"
    rf"(?:(?:[ \t]+|[ \t]*{EOL}[ \t]*)(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*+(?:{EOL}[ \t]*+|\Z)"
)


def _parse(source: str, start: int, state: State, *, mdx: bool) -> Block:
    unclosed = 0
    if state is None:
        front, unclosed = _front_matter(source, start)
        if front is not None:
            return front
    before = state if isinstance(state, MarkdownState) else ROOT
    reach = _reach(source, start)
    text = source[start : reach.text]
    looked = max(min(reach.following + 1, len(source) + 1) - start, unclosed)
    if reach.following < len(source) and source[reach.following] == ":":
        looked += 1
    if _is_plain(text, before):
        builder = ProseBuilder(text)
        regions: list[Region] = []
        _paragraph(text, Chunk(Join.BREAK, 0, len(text)), builder, regions, mdx=mdx)
        after, prose = ROOT, builder.build()
    else:
        layout = lay_out(text, before, mdx=mdx)
        after, regions = layout.state, layout.regions
        prose = _read(text, layout, mdx=mdx) if layout.chunks else EMPTY
    return Block(reach.end - start, looked, prose, tuple(regions), after)


def _reach(source: str, start: int) -> Extent:
    """Find the end of the block; the definition of a term may follow after a blank line."""
    reach = extent(source, start)
    while reach.text > start and _DEFINITION.match(source, reach.following):
        following = extent(source, reach.end)
        reach = Extent(following.text, following.end, following.following)
    return reach


def _is_plain(text: str, state: MarkdownState) -> bool:
    """Tell whether the block is one paragraph that leaves all lists before it."""
    return (
        state.verbatim is None
        and not state.directives
        and not text.startswith((" ", "\t", "\r", "\n"))
        and STRUCTURE_AT_START.match(text) is None
        and STRUCTURE_INSIDE.search(text) is None
    )


def _front_matter(source: str, start: int) -> tuple[Block | None, int]:
    """Return the front matter, or how far it was looked for when there is none."""
    opening = _FRONT_MATTER.match(source, start)
    if opening is None or not _METADATA.match(source, opening.end()):
        return None, 0
    closing = _CLOSING_LINE[opening[1]].search(source, opening.end())
    if closing is None:
        return None, len(source) + 1 - start
    after = extent(source, closing.end()) if closing.end() < len(source) else None
    blank = after is not None and after.text == closing.end()
    end = after.end if after is not None and blank else closing.end()
    following = after.following if after is not None and blank else end
    region = Region(Span(0, closing.end() - start), RegionKind.FRONT_MATTER)
    return Block(end - start, following + 1 - start, EMPTY, (region,), ROOT), 0


def _read(text: str, layout: Layout, *, mdx: bool) -> Prose:
    text = _masked(text, layout.masks)
    builder = ProseBuilder(text)
    found = len(layout.regions)
    for chunk in layout.chunks:
        if chunk.join is Join.BREAK:
            builder.break_()
        elif chunk.join is Join.CELL:
            builder.cell()
        elif chunk.join is Join.SPACE:
            builder.space()
        if chunk.raw:
            builder.add(chunk.start, chunk.end, chunk.kind)
        else:
            _paragraph(text, chunk, builder, layout.regions, mdx=mdx)
    if found and len(layout.regions) > found:
        layout.regions.sort(key=lambda region: region.span)
    return builder.build()


def _masked(text: str, masks: Sequence[int]) -> str:
    if not masks:
        return text
    parts: list[str] = []
    position = 0
    for mask in masks:
        parts += (text[position:mask], " ")
        position = mask + 1
    parts.append(text[position:])
    return "".join(parts)


def _paragraph(text: str, chunk: Chunk, builder: ProseBuilder, regions: list[Region], *, mdx: bool) -> None:
    """Read a chunk; a paragraph may begin with definitions of references, which are no text."""
    start = chunk.start
    if text.startswith("[", start) and chunk.kind is RegionKind.PROSE:
        while found := _REFERENCE.match(text, start, chunk.end):
            regions.append(Region(Span(start, found.start(1)), RegionKind.MARKUP))
            regions.append(Region(Span(found.start(1), len(text[: found.end()].rstrip())), RegionKind.URL))
            start = found.end()
    if start < chunk.end:
        inline(text, start, chunk.end, builder, regions, kind=chunk.kind, jsx=mdx)
