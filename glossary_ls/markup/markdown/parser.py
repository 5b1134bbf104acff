"""Parsing Markdown into blocks, with front matter.

This module combines the two phases of CommonMark 0.31 ("Appendix: A parsing strategy"): block structure
(`blocks`) and inline structure (`inline`). It must not know the details of either.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily
from glossary_ls.markup.block import EOL, Extent, block_extent
from glossary_ls.markup.markdown.blocks import heading_end, lay_out
from glossary_ls.markup.markdown.inline import inline
from glossary_ls.markup.markdown.lines import ROOT, Fragment, MarkdownState
from glossary_ls.markup.markdown.patterns import HEADING, MDX_STRUCTURE, STRUCTURE_AT_START, STRUCTURE_INSIDE
from glossary_ls.markup.prose import BREAK
from glossary_ls.markup.writer import Writer

if TYPE_CHECKING:
    from glossary_ls.markup.block import Block, State
    from glossary_ls.markup.markdown.lines import Verbatim


_FRONT_MATTER = lazily(rf"\ufeff?(?:(---)(?:json|toml|yaml)?|(\+\+\+))[ \t]*+{EOL}(?![ \t]*{EOL})")
_CLOSING_LINE = {
    "---": re.compile(rf"(?<=[\r\n])(?:---|\.\.\.)[ \t]*+(?:{EOL}|\Z)"),
    "+++": re.compile(rf"(?<=[\r\n])\+\+\+[ \t]*+(?:{EOL}|\Z)"),
}
#: The first line of metadata: a key, a comment, a template, or the closing line.
_METADATA = lazily(r"[^\r\n]*?[:=]|[#{%]|\[|---|\+\+\+")

#: Front matter of Hugo in JSON, its strings and braces, and the rest of its last line.
_JSON = lazily(r"\ufeff?(?=\{\s*+\")")
_JSON_TOKEN = lazily(r"\"(?:[^\"\\]|\\.)*+\"|[{}]", re.DOTALL)
_LINE_END = lazily(rf"[ \t]*+(?:{EOL}|\Z)")

#: A link reference definition (CommonMark 0.31, section 4.7): `[label]: destination "title"`.
_REFERENCE = lazily(
    rf"[ \t]*\[(?!\^)(?:[^\[\]\\]|\\.){{1,999}}+\]:[ \t]*(?:{EOL}[ \t]*)?(<[^<>\r\n]*>|[^\s<]\S*+)"
    rf"(?:(?:[ \t]+|[ \t]*{EOL}[ \t]*)(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*+(?:{EOL}[ \t]*+|\Z)"
)


def parse(source: str, start: int, state: State, *, mdx: bool = False) -> Block:
    """Parse a block of Markdown, or of MDX: Markdown with JSX, without indented code."""
    end = _front_matter_end(source, start) if state is None else None
    if end:
        writer = Writer(source, start, _front_matter_extent(source, end))
        writer.hide(0, end - start, RegionKind.FRONT_MATTER)
        return writer.block(ROOT)
    before = state if isinstance(state, MarkdownState) else ROOT
    writer = Writer(source, start, _extent(source, start, unclosed=end == 0))
    if before == ROOT and (heading := _only_heading(writer.text)):
        fragments, after = [heading], ROOT
    elif _is_plain(writer.text, before) and not (mdx and MDX_STRUCTURE.search(writer.text)):
        fragments, after = [Fragment(BREAK, 0, len(writer.text))], ROOT
    else:
        fragments, after = lay_out(writer, before, mdx=mdx)
    for fragment in fragments:
        if unclosed := _write(writer, fragment, mdx=mdx):
            after = replace(after, verbatim=unclosed)
            break
    return writer.block(after)


parse_mdx = partial(parse, mdx=True)


def _front_matter_end(source: str, start: int) -> int | None:
    """Return the end of the front matter at `start`; 0 if it is not closed, and None if there is none."""
    opening = _FRONT_MATTER.match(source, start)
    if opening is not None and _METADATA.match(source, opening.end()):
        closing = _CLOSING_LINE[opening[1] or opening[2]].search(source, opening.end())
        return closing.end() if closing else 0
    if opening := _JSON.match(source, start):
        level = 0
        for token in _JSON_TOKEN.finditer(source, opening.end()):
            level += {"{": 1, "}": -1}.get(token[0], 0)
            if not level:
                closing = _LINE_END.match(source, token.end())
                return closing.end() if closing else 0
        return 0
    return None


def _front_matter_extent(source: str, end: int) -> Extent:
    """Return the extent of front matter up to `end`, with the blank lines after it."""
    after = block_extent(source, end) if end < len(source) else None
    return after if after is not None and after.text == end else Extent(end, end, end)


def _extent(source: str, start: int, *, unclosed: bool) -> Extent:
    """Return the extent of the block, including the definitions of a term after blank lines.

    `unclosed`: it depends on the whole document, which was searched for the end of front matter.
    """
    extent = block_extent(source, start)
    while extent.text > start and source.startswith((": ", ":\t"), extent.following):
        extent = block_extent(source, extent.end)
    # A colon is a definition only if a blank follows.
    following = extent.following + source.startswith(":", extent.following)
    return Extent(extent.text, extent.end, len(source) if unclosed else following)


def _only_heading(text: str) -> Fragment | None:
    """Return the text of a block that consists of a heading, as `lay_out` does in twice the time."""
    found = HEADING.match(text) if text.startswith("#") and "\n" not in text and "\r" not in text else None
    if found is None:
        return None
    return Fragment(BREAK, found.end(), heading_end(text, found.end(), len(text)), RegionKind.HEADING)


def _is_plain(text: str, state: MarkdownState) -> bool:
    """Return whether the block is a single paragraph outside of all containers."""
    return (
        state.verbatim is None
        and not state.directives
        and not text.startswith((" ", "\t", "\r", "\n"))
        and STRUCTURE_AT_START.match(text) is None
        and STRUCTURE_INSIDE.search(text) is None
    )


def _write(writer: Writer, fragment: Fragment, *, mdx: bool) -> Verbatim | None:
    """Write a fragment, without the link reference definitions that a paragraph may begin with.

    Return what is open at its end and continues after the block.
    """
    if fragment.join:
        writer.builder.separate(fragment.join)
    start = fragment.start
    if fragment.kind is RegionKind.PROSE:
        while found := _REFERENCE.match(writer.text, start, fragment.end):
            writer.hide(found.start(1), len(writer.text[: found.end()].rstrip()), RegionKind.URL)
            start = found.end()
    if start == fragment.end:
        return None
    return inline(writer, start, fragment.end, fragment.kind, jsx=mdx)
