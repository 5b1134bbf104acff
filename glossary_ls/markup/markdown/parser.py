"""Parsing Markdown into blocks, with front matter.

This module combines the two phases of CommonMark 0.31 ("Appendix: A parsing strategy"): block structure
(`blocks`) and inline structure (`inline`). It must not know the details of either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.base.text import Span
from glossary_ls.markup.block import Block, Region, State
from glossary_ls.markup.extent import EOL, Extent, block_extent
from glossary_ls.markup.markdown.blocks import lay_out
from glossary_ls.markup.markdown.inline import inline
from glossary_ls.markup.markdown.layout import ROOT, Fragment, Join, Layout, MarkdownState
from glossary_ls.markup.markdown.patterns import STRUCTURE_AT_START, STRUCTURE_INSIDE
from glossary_ls.markup.prose import EMPTY, Prose, ProseBuilder

if TYPE_CHECKING:
    from collections.abc import Sequence


def parse(source: str, start: int, state: State) -> Block:
    """Parse a block of Markdown."""
    return _parse(source, start, state, mdx=False)


def parse_mdx(source: str, start: int, state: State) -> Block:
    """Parse a block of MDX: Markdown with JSX, without indented code."""
    return _parse(source, start, state, mdx=True)


_FRONT_MATTER = re.compile(rf"\ufeff?(---|\+\+\+)[ \t]*+{EOL}(?![ \t]*{EOL})")
_CLOSING_LINE = {
    "---": re.compile(rf"(?<=[\r\n])(?:---|\.\.\.)[ \t]*+(?:{EOL}|\Z)"),
    "+++": re.compile(rf"(?<=[\r\n])\+\+\+[ \t]*+(?:{EOL}|\Z)"),
}
#: The first line of metadata: a key, a comment, a template, or the closing line.
_METADATA = re.compile(r"[^\r\n]*?[:=]|[#{%]|\[|---|\+\+\+")
_DEFINITION = re.compile(r":[ \t]")

#: A link reference definition (CommonMark 0.31, section 4.7): `[label]: destination "title"`.
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
    extent = _extent(source, start)
    text = source[start : extent.text]
    lookahead = max(min(extent.following + 1, len(source) + 1) - start, unclosed)
    if extent.following < len(source) and source[extent.following] == ":":
        lookahead += 1
    if _is_plain(text, before):
        builder = ProseBuilder(text)
        regions: list[Region] = []
        _paragraph(text, Fragment(Join.BREAK, 0, len(text)), builder, regions, mdx=mdx)
        after, prose = ROOT, builder.build()
    else:
        layout = lay_out(text, before, mdx=mdx)
        after, regions = layout.state, layout.regions
        prose = _read(text, layout, mdx=mdx) if layout.fragments else EMPTY
    return Block(extent.end - start, lookahead, prose, tuple(regions), after)


def _extent(source: str, start: int) -> Extent:
    """Return the extent of the block, including the definitions of a term after blank lines."""
    extent = block_extent(source, start)
    while extent.text > start and _DEFINITION.match(source, extent.following):
        following = block_extent(source, extent.end)
        extent = Extent(following.text, following.end, following.following)
    return extent


def _is_plain(text: str, state: MarkdownState) -> bool:
    """Return whether the block is a single paragraph outside of all containers."""
    return (
        state.verbatim is None
        and not state.directives
        and not text.startswith((" ", "\t", "\r", "\n"))
        and STRUCTURE_AT_START.match(text) is None
        and STRUCTURE_INSIDE.search(text) is None
    )


def _front_matter(source: str, start: int) -> tuple[Block | None, int]:
    """Return the front matter, or None and the lookahead of the search for it."""
    opening = _FRONT_MATTER.match(source, start)
    if opening is None or not _METADATA.match(source, opening.end()):
        return None, 0
    closing = _CLOSING_LINE[opening[1]].search(source, opening.end())
    if closing is None:
        return None, len(source) + 1 - start
    after = block_extent(source, closing.end()) if closing.end() < len(source) else None
    blank = after is not None and after.text == closing.end()
    end = after.end if after is not None and blank else closing.end()
    following = after.following if after is not None and blank else end
    region = Region(Span(0, closing.end() - start), RegionKind.FRONT_MATTER)
    return Block(end - start, following + 1 - start, EMPTY, (region,), ROOT), 0


def _read(text: str, layout: Layout, *, mdx: bool) -> Prose:
    text = _masked(text, layout.masks)
    builder = ProseBuilder(text)
    found = len(layout.regions)
    for fragment in layout.fragments:
        if fragment.join is Join.BREAK:
            builder.break_()
        elif fragment.join is Join.CELL:
            builder.cell()
        elif fragment.join is Join.SPACE:
            builder.space()
        if fragment.raw:
            builder.add(fragment.start, fragment.end, fragment.kind)
        else:
            _paragraph(text, fragment, builder, layout.regions, mdx=mdx)
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


def _paragraph(
    text: str, fragment: Fragment, builder: ProseBuilder, regions: list[Region], *, mdx: bool
) -> None:
    """Write a fragment, without the link reference definitions that a paragraph may begin with."""
    start = fragment.start
    if text.startswith("[", start) and fragment.kind is RegionKind.PROSE:
        while found := _REFERENCE.match(text, start, fragment.end):
            regions.append(Region(Span(start, found.start(1)), RegionKind.MARKUP))
            regions.append(Region(Span(found.start(1), len(text[: found.end()].rstrip())), RegionKind.URL))
            start = found.end()
    if start < fragment.end:
        inline(text, start, fragment.end, builder, regions, kind=fragment.kind, jsx=mdx)
