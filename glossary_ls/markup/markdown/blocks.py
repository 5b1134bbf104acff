"""The block structure of Markdown.

`lay_out` parses the lines of a block into fragments of text, and hides what is not text. It follows "Phase
1: block structure" of CommonMark 0.31 and GFM, and adds the extensions of documentation generators:
admonitions, tabs, definition lists, abbreviations, footnotes, directives, formulas. This module must not know
inline markup.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from glossary_ls.base.model import RegionKind
from glossary_ls.markup.block import LINE
from glossary_ls.markup.markdown import patterns
from glossary_ls.markup.markdown.inline import pairs_of_braces
from glossary_ls.markup.markdown.lines import QUOTE, Fragment, Leaf, Lines, MarkdownState, Verbatim
from glossary_ls.markup.markdown.verbatim import BEFORE, end_in_line, tag_end
from glossary_ls.markup.prose import BREAK, CELL, DEFINES

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from glossary_ls.markup.writer import Writer


def lay_out(writer: Writer, state: MarkdownState, *, mdx: bool) -> tuple[list[Fragment], MarkdownState]:
    """Return the fragments of text of a block and the state after it; nothing is written yet."""
    if _is_all_code(writer.text, state):
        writer.hide(0, len(writer.text), RegionKind.CODE_BLOCK)
        return [], state
    lines = Lines(writer, mdx, list(state.containers), state.verbatim, list(state.directives))
    for found in LINE.finditer(writer.text):
        start, stop = found.span(1)
        if found.end() == start:
            break
        lines.next_line(start, stop)
        _read(lines, start)
    after = lines.finish()
    if lines.masks:
        writer.mask(lines.masks)
    return lines.fragments, after


def _is_all_code(text: str, state: MarkdownState) -> bool:
    """Return, at little cost, whether the block is inside an open code fence, as most code is."""
    fence = state.verbatim.closer if state.verbatim and not state.containers else ""
    return fence.startswith(("`", "~")) and fence not in text


def _read(lines: Lines, start: int) -> None:
    inside, blank = lines.inside, lines.blank
    if lines.verbatim is not None:
        if inside:
            _continue_verbatim(lines, lines.verbatim, start)
            return
        lines.close_verbatim(lines.previous_stop)
    if lines.leaf is Leaf.CODE and inside and (blank or lines.column - lines.base >= 4):
        lines.end = lines.end if blank else lines.stop
        return
    if blank:
        lines.term = lines.term or lines.leaf is Leaf.PARAGRAPH
        lines.close_unmatched()
        return
    while lines.here < lines.stop and _start_block(lines):
        pass
    lines.term = False


def _start_block(lines: Lines) -> bool:
    """Parse the start of the rest of the line; return whether more of the line is to be parsed."""
    if lines.column - lines.base >= 4 and not lines.mdx:
        return _indented(lines)
    char = lines.text[lines.here]
    if lines.leaf is Leaf.PARAGRAPH and char in "=-|:" and lines.inside and _underlined(lines, char):
        return False
    for pattern, start in _STARTS.get("0" if char in "0123456789" else char, ()):
        found = pattern.match(lines.text, lines.here, lines.stop)
        if found and (more := start(lines, found)) is not None:
            return more
    return _text(lines)


def _indented(lines: Lines) -> bool:
    if lines.leaf is Leaf.PARAGRAPH:
        # Authors often indent a fence more than its list item requires.
        fence = patterns.FENCE.match(lines.text, lines.here, lines.stop)
        return _fence(lines, fence) if fence else _text(lines)
    lines.close_unmatched()
    lines.leaf = Leaf.CODE
    lines.start, lines.end = lines.here, lines.stop
    return False


#: The end of what is remembered of an open directive for a glossary.
_GLOSSARY = " glossary"


def _text(lines: Lines) -> bool:
    if lines.leaf is Leaf.PARAGRAPH and lines.directives and lines.directives[-1].endswith(_GLOSSARY):
        # Terms are not indented, and their definitions are.
        is_definition = lines.column > lines.base
        if not is_definition or (lines.join == BREAK and lines.start == lines.last):
            lines.close_unmatched()
            lines.open_paragraph(DEFINES if is_definition else BREAK)
            return False
    if lines.leaf is Leaf.PARAGRAPH:
        lines.last, lines.end = lines.here, lines.stop
        lines.lazy = not lines.inside
    elif lines.leaf is Leaf.TABLE and lines.inside:
        _row(lines, lines.here, lines.stop)
    else:
        lines.close_unmatched()
        lines.open_paragraph()
    return False


# --- block starts: each function returns None if it is none, else whether more of the line is to be parsed


def _quote(lines: Lines, _found: re.Match[str]) -> bool:
    lines.close_unmatched()
    lines.open_container(QUOTE)
    lines.pass_quote_mark()
    return True


def _heading(lines: Lines, found: re.Match[str]) -> bool:
    lines.close_unmatched()
    end = heading_end(lines.text, found.end(), lines.stop)
    lines.add_text(BREAK, found.end(), end, RegionKind.HEADING)
    return False


def heading_end(text: str, start: int, stop: int) -> int:
    """Return the end of the text of a heading, before its closing sequence of `#` (CommonMark 0.31, 4.2)."""
    content = text[start:stop].rstrip(" \t")
    opened = content.rstrip("#")
    if opened != content and opened.endswith((" ", "\t")):
        content = opened.rstrip(" \t")
    return start + len(content)


def _skip(lines: Lines, _found: re.Match[str]) -> bool:
    """Skip a rule, or a target of MyST: `(name)=`."""
    lines.close_unmatched()
    return False


def _item(lines: Lines, found: re.Match[str]) -> bool | None:
    if lines.leaf is Leaf.PARAGRAPH and lines.inside:
        empty = not lines.text[found.end() : lines.stop].strip(" \t")
        if empty or (found[1] and int(found[1]) != 1):
            return None
    lines.close_unmatched()
    after = lines.column + len(found[0])
    lines.skip(found.end(), after)
    lines.base = after + 1 if lines.blank or lines.column - after > 4 else lines.column
    lines.open_container(lines.base)
    lines.empty = lines.blank
    if task := patterns.TASK.match(lines.text, lines.here, lines.stop):
        lines.skip(task.end(), lines.column + 3)
        lines.base = lines.column
    return True


def _abbreviation(lines: Lines, found: re.Match[str]) -> bool:
    """Parse `*[LF]: long form` as a term and its definition."""
    lines.close_unmatched()
    lines.add_text(BREAK, *found.span(1))
    lines.add_text(DEFINES, *found.span(2))
    return False


def _definition(lines: Lines, found: re.Match[str]) -> bool:
    join = DEFINES if lines.term or lines.leaf is Leaf.PARAGRAPH else BREAK
    if lines.leaf is Leaf.PARAGRAPH and lines.start < lines.last and (lines.lazy or lines.join == BREAK):
        # The last line of the paragraph is the term, unless it continues a definition.
        lines.add_text(lines.join, lines.start, lines.last)
        lines.start, lines.join = lines.last, BREAK
    lines.close_unmatched()
    lines.skip(found.end(), lines.column + len(found[0]))
    lines.open_container(lines.column)
    lines.open_paragraph(join)
    return False


def _footnote(lines: Lines, found: re.Match[str]) -> bool:
    lines.close_unmatched()
    lines.open_container(lines.base + 4)
    lines.skip(found.end(), lines.base + 4)
    lines.base = lines.column
    return True


def _callout(lines: Lines, found: re.Match[str]) -> bool | None:
    if lines.leaf is not Leaf.NONE or QUOTE not in lines.containers:
        return None
    lines.close_unmatched()
    lines.add_text(BREAK, found.end(), lines.stop)
    return False


def _titled(lines: Lines, found: re.Match[str]) -> bool:
    """Parse a marker with a title in quotation marks, whose content is indented by four columns."""
    lines.close_unmatched()
    if found[1]:
        lines.add_text(BREAK, *found.span(1))
    lines.open_container(lines.base + 4)
    return False


def _option(lines: Lines, _found: re.Match[str]) -> bool | None:
    return False if lines.options else None


def _colon_fence(lines: Lines, found: re.Match[str]) -> bool:
    lines.close_unmatched()
    if code := patterns.COLON_CODE.match(found[0]):
        kind = RegionKind.MATH if code[2] == "math" else RegionKind.CODE_BLOCK
        lines.open_verbatim(Verbatim(kind, code[1], max(3, lines.column - lines.base)))
        return False
    lines.add_text(BREAK, *found.span(1 if found[1] is not None else 2))
    lines.options = True
    return False


# --- lines that turn the open paragraph into a heading or a table -----------------------------------------


def _underlined(lines: Lines, char: str) -> bool:
    """Parse the underline of a heading or the delimiter row of a table; return False for other lines."""
    if char != "=" and patterns.DELIMITER_ROW.match(lines.text, lines.here, lines.stop) and _table(lines):
        return True
    if char in "=-" and patterns.UNDERLINE.match(lines.text, lines.here, lines.stop):
        lines.close_leaf(RegionKind.HEADING)
        return True
    return False


def _table(lines: Lines) -> bool:
    columns = len(_cells(lines.text, lines.here, lines.stop))
    header, end = lines.last, lines.end
    if lines.text.find("|", header, lines.stop) < 0 or len(_cells(lines.text, header, end)) != columns:
        return False
    if lines.start < header:
        lines.add_text(lines.join, lines.start, header)
    lines.leaf = Leaf.TABLE
    _row(lines, header, end)
    return True


def _row(lines: Lines, start: int, end: int) -> None:
    join = BREAK
    for first, last in _cells(lines.text, start, end):
        lines.add_text(join, first, last, RegionKind.TABLE)
        join = CELL


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of the cells of a row; unescaped pipes separate cells even in code (GFM 4.10)."""
    end = start + len(text[start:end].rstrip(" \t"))
    pipes = [found.start() for found in patterns.PIPE.finditer(text, start, end) if found[0] == "|"]
    first = 1 if pipes and pipes[0] == start else 0
    if len(pipes) > first and pipes[-1] == end - 1:
        end = pipes.pop()
    starts = [start, *(pipe + 1 for pipe in pipes)]
    return list(zip(starts[first:], [*pipes[first:], end], strict=True))


# --- code and other verbatim content -----------------------------------------------------------------------


def _fence(lines: Lines, found: re.Match[str]) -> bool:
    fence, info = (found[1], found[2]) if found[1] else (found[3], found[4])
    lines.close_unmatched()
    if (
        lines.directives
        and not info.strip(" \t")
        and fence.startswith(lines.directives[-1].partition(" ")[0])
    ):
        lines.directives.pop()
    elif directive := patterns.DIRECTIVE.match(lines.text, lines.here + len(fence), lines.stop):
        lines.directives.append(f"{fence} {directive[1]}")
        lines.add_text(BREAK, directive.end(), lines.stop)
        lines.options = True
    else:
        lines.open_verbatim(Verbatim(RegionKind.CODE_BLOCK, fence, max(3, lines.column - lines.base)))
    return False


def _delimited(lines: Lines, found: re.Match[str], *, key: str) -> bool:
    lines.close_unmatched()
    verbatim = Verbatim(patterns.DELIMITED[key].kind, key)
    lines.open_verbatim(verbatim)
    _continue_verbatim(lines, verbatim, found.end())
    return False


def _stretch(lines: Lines, found: re.Match[str], *, key: str) -> bool | None:
    """Parse delimited content that ends on another line; the rest is for the inline parser."""
    delimited = patterns.DELIMITED[key]
    if key in lines.missing or delimited.closer.search(lines.text, found.end(), lines.stop):
        return None
    if not delimited.closer.search(lines.text, lines.stop) and not lines.writer.closes(
        delimited.either, len(lines.text)
    ):
        lines.missing.add(key)
        return None
    if key == "environment":
        _open(lines, Verbatim(delimited.kind, key, 0))
        return False
    return _delimited(lines, found, key=key)


def _expression(lines: Lines, _found: re.Match[str]) -> bool | None:
    """Parse an expression of MDX that continues over blank lines."""
    if not lines.mdx:
        return None
    if lines.braces is None:
        lines.braces = pairs_of_braces(lines.text, lines.here, len(lines.text))
    if lines.here in lines.braces:
        return None
    _open(lines, Verbatim(RegionKind.CODE_BLOCK, "{", 0))
    return False


def _jsx_tag(lines: Lines, found: re.Match[str]) -> bool | None:
    """Parse a tag of JSX that continues over blank lines."""
    tag = Verbatim(None, "<", 0)
    if not lines.mdx or tag_end(lines.text, found.end(), len(lines.text), tag)[0]:
        return None
    _open(lines, tag)
    return False


def _open(lines: Lines, verbatim: Verbatim) -> None:
    """Open verbatim content, whose end depends on what its lines open and close."""
    lines.close_unmatched()
    lines.open_verbatim(verbatim)
    _continue_verbatim(lines, verbatim, lines.here)


def _statement(lines: Lines, _found: re.Match[str]) -> bool | None:
    """Parse an `import` or `export` of MDX."""
    if not lines.mdx or lines.leaf is not Leaf.NONE or lines.containers:
        return None
    _open(lines, Verbatim(RegionKind.CODE_BLOCK, "", 0))
    return False


def _continue_verbatim(lines: Lines, verbatim: Verbatim, start: int) -> None:
    """Search the current line from `start` on for the end of the open content; what follows is text."""
    end = end_in_line(lines, verbatim, start)
    if end is None:
        return
    if end == BEFORE:
        lines.close_verbatim(lines.previous_stop)
        _start_block(lines)
        return
    lines.close_verbatim(end)
    lines.skip(end, lines.base)
    if not lines.blank:
        _text(lines)


_Start = tuple["re.Pattern[str]", "Callable[[Lines, re.Match[str]], bool | None]"]


def _delimiter(key: str) -> _Start:
    return patterns.DELIMITED[key].opener, partial(_delimited, key=key)


def _stretched(key: str) -> _Start:
    return patterns.DELIMITED[key].opener, partial(_stretch, key=key)


_RULE: _Start = patterns.RULE, _skip
_ITEM: _Start = patterns.ITEM, _item

#: The block starts by first character (0 for any digit), in order of precedence.
_STARTS: dict[str, tuple[_Start, ...]] = {
    ">": ((patterns.QUOTE, _quote),),
    "#": ((patterns.HEADING, _heading),),
    "-": (_RULE, _ITEM),
    "*": (_RULE, (patterns.ABBREVIATION, _abbreviation), _ITEM),
    "_": (_RULE,),
    **dict.fromkeys("+0", (_ITEM,)),
    **dict.fromkeys("`~", ((patterns.FENCE, _fence),)),
    "<": (
        *map(_delimiter, ("comment", "instruction", "cdata", "html")),
        (patterns.JSX_TAG, _jsx_tag),
    ),
    "{": (
        *map(_delimiter, ("highlight", "shortcode")),
        *map(_stretched, ("jsx comment", "comment tag", "comment shortcode", "template comment")),
        (patterns.EXPRESSION, _expression),
    ),
    "%": (_stretched("note"),),
    "\\": (_stretched("display"), _stretched("environment")),
    "$": (_delimiter("math"),),
    **dict.fromkeys("!?", ((patterns.ADMONITION, _titled),)),
    "=": ((patterns.TAB, _titled),),
    ":": (
        (patterns.OPTION, _option),
        (patterns.COLON_FENCE, _colon_fence),
        (patterns.TERM_MARK, _definition),
    ),
    "[": ((patterns.FOOTNOTE, _footnote), (patterns.CALLOUT, _callout)),
    "(": ((patterns.TARGET, _skip),),
    **dict.fromkeys("ie", ((patterns.STATEMENT, _statement),)),
}
