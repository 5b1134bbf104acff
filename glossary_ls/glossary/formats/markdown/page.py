"""From a page to a glossary file: entries of all shapes, and what the page says about them.

This module must not know how files are named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import leftovers
from glossary_ls.base.dataclass import replace
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.html import shapes
from glossary_ls.glossary.formats.html.events import events
from glossary_ls.glossary.formats.markdown import asides, data_pages, definition_lists, entries
from glossary_ls.glossary.formats.markdown.bodies import read_body
from glossary_ls.glossary.formats.markdown.candidates import add_kinds, contents
from glossary_ls.glossary.formats.markdown.lines import Kind, read_page
from glossary_ls.glossary.formats.markdown.sections import sections, topics
from glossary_ls.glossary.formats.markdown.shape import shape_of
from glossary_ls.glossary.formats.markdown.tables import are_acronyms, rows, tables
from glossary_ls.glossary.model import Guide, Head
from glossary_ls.glossary.reading.drafts import glossary_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.formats.markdown.definition_lists import Found
    from glossary_ls.glossary.formats.markdown.entries import Written
    from glossary_ls.glossary.formats.markdown.lines import Line, Page
    from glossary_ls.glossary.formats.markdown.sections import Section
    from glossary_ls.glossary.formats.markdown.shape import Shape
    from glossary_ls.glossary.model import GlossaryFile
    from glossary_ls.glossary.reading.drafts import Draft


#: The title of a list of acronyms.
_ACRONYMS = lazily(
    r"(?:(?:list|table|glossary) of )?(?:\w+ )?(?:acronyms|abbreviations)"
    r"(?: (?:and|&) (?:acronyms|abbreviations))?",
    re.IGNORECASE,
)


_TABLE = lazily(r"<table\b[^<>]*>(?:(?!<table\b|<!--).)*?</table>", re.IGNORECASE | re.DOTALL)


class _Evident(NamedTuple):
    """Entries that their syntax proves, and by what they were recognized."""

    drafts: tuple[Draft, ...]
    evidence: tuple[str, ...]


def read(path: str, text: Text) -> GlossaryFile:
    """Read a page. Never raises."""
    page = read_page(text)
    evident, lines, taken = _evident(page.lines, text)
    found = sections(lines)
    shape = shape_of(contents(lines, found, tables(lines), taken), text.source)
    written = [*entries.of_headings(lines, found, shape)]
    for content in shape.holders:
        add_kinds(content, text.source)
        written += entries.of_leads(lines, found, content)
    variables = [each for each in written if entries.is_variable(each, text.source)]
    written = [each for each in written if each not in variables]
    guide, written = _guide(written)
    terms = [part for draft in asides.attached(written) for part in asides.parts(draft, text.source)]
    drafts = [*evident.drafts, *_table_rows(lines, found, shape), *terms]
    drafts, listing = asides.with_listed_topics(drafts, lines, found)
    headings = {lines[found[number].heading].start for number in listing}
    drafts = [draft for draft in drafts if _line_start(draft, headings) is None]
    drafts = asides.with_related(_apart(drafts), written)
    is_made = bool(variables) or not drafts
    problem = data_pages.problem_of(text.source, has_variables=bool(variables)) if is_made else None
    shown = [table for content in shape.holders for table in content.tables]
    is_list = not terms and not evident.drafts and are_acronyms(shown)
    head = _head(page, found, guide or _guide_of_section(lines, found))
    evidence = "; ".join((*evident.evidence, *_evidence(shape, written)))
    leftovers.keep(page, lines, found, shape, written, terms)
    return glossary_file(
        path,
        text,
        drafts,
        head=head if drafts else Head(),
        problems=[problem] if problem else [],
        evidence=evidence if drafts else "",
        is_acronyms=True if is_list or _ACRONYMS.fullmatch(head.name) else None,
    )


def _line_start(draft: Draft, headings: set[int]) -> int | None:
    """Return the start of the line of a draft, if its name is one of some headings."""
    near = range(draft.span.start, max(draft.span.start - 12, -1), -1)
    return next((at for at in near if at in headings), None) if headings else None


def _evident(lines: Sequence[Line], text: Text) -> tuple[_Evident, tuple[Line, ...], set[int]]:
    """Return the entries that their syntax proves, the lines without them, and the lines that they take."""
    lists = [*definition_lists.definition_lists(lines)]
    listed = (*definition_lists.running_lists(lines), *definition_lists.bare_lists(lines))
    short = [*definition_lists.abbreviations(lines), *listed]
    shown = _shown(lines, text.source) if "<" in text.source else ""
    tagged = [*definition_lists.html_lists(shown), *definition_lists.components(shown)]
    in_tables, places = _html_tables(shown)
    tagged += in_tables
    taken = set(_taken((*lists, *short)))
    for span in (*places, *(draft.span for draft in tagged)):
        taken.update(range(text.line_index(span.start), text.line_index(span.end) + 1))
    evidence = [
        f"{len(many)} {words}"
        for many, words in (
            (lists, "definition list entries"),
            (short, "abbreviations"),
            (tagged, "HTML entries"),
        )
        if many
    ]
    rest = tuple(line._replace(kind=Kind.HIDDEN) if at in taken else line for at, line in enumerate(lines))
    drafts = (*(found.draft for found in (*lists, *short)), *tagged)
    return _Evident(_with_topics(drafts, lines), tuple(evidence)), rest, taken


def _html_tables(source: str) -> tuple[list[Draft], list[Span]]:
    """Return the rows of tables of terms in HTML, and the places of these tables."""
    places = [Span(*found.span()) for found in _TABLE.finditer(source)]
    parts: list[str] = []
    end = 0
    for place in places:
        parts += (" " * (place.start - end), place.of(source))
        end = place.end
    blanked = "".join(parts)
    drafts = [*shapes.tables(blanked, [*events(blanked)], headed=True)]
    starts = [draft.span.start for draft in drafts]
    told = [place for place in places if bisect_left(starts, place.start) < bisect_left(starts, place.end)]
    return drafts, told


def _taken(found: Iterable[Found]) -> Iterator[int]:
    for each in found:
        yield from range(each.first, each.end)


def _with_topics(drafts: Sequence[Draft], lines: Sequence[Line]) -> tuple[Draft, ...]:
    """Return drafts with the topics of the sections that they are in."""
    found = sections(lines)
    around: list[Draft] = []
    at = 0
    for draft in sorted(drafts, key=lambda draft: draft.span):
        while at + 1 < len(found) and lines[found[at + 1].heading].start <= draft.span.start:
            at += 1
        around.append(replace(draft, topics=topics(found, found[at], own=True)))
    return tuple(around)


def _shown(lines: Sequence[Line], source: str) -> str:
    """Return a source with blanks in place of code, comments and front matter."""
    parts: list[str] = []
    ends = [line.start for line in lines[1:]] + [len(source)]
    for line, end in zip(lines, ends, strict=True):
        shown = line.text if line.kind is not Kind.CODE else " " * len(line.text)
        parts.append(shown + source[line.start + len(line.text) : end])
    return "".join(parts)


def _table_rows(lines: Sequence[Line], found: Sequence[Section], shape: Shape) -> Iterator[Draft]:
    for content in shape.holders:
        for table in content.tables:
            if table.is_known or table.is_plausible:
                yield from rows(table, lines, topics(found, content.section, own=True))


def _apart(drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts in their order, none of which reaches into the next one."""
    ordered = sorted(drafts, key=lambda draft: draft.span)
    kept: list[Draft] = []
    for draft in ordered:
        if kept and draft.span.start < kept[-1].span.end:
            before = kept[-1]
            name_end = max((piece.span.end for piece in before.names), default=before.span.start)
            if draft.span.start < name_end:
                continue
            body = before.body and Span(
                min(before.body.start, draft.span.start), min(before.body.end, draft.span.start)
            )
            kept[-1] = replace(before, span=Span(before.span.start, draft.span.start), body=body)
        kept.append(draft)
    return kept


# --- what a page says besides entries -----------------------------------------------------------------------


def _guide(written: Sequence[Written]) -> tuple[Guide | None, list[Written]]:
    """Return the guide among the entries, and the others."""
    found: Guide | None = None
    rest: list[Written] = []
    for each in written:
        name = each.draft.names[0].text if each.draft.names else ""
        if asides.is_guide(name):
            found = found or asides.guide(name, each.draft.definition)
        else:
            rest.append(each)
    return found, rest


def _guide_of_section(lines: Sequence[Line], found: Sequence[Section]) -> Guide | None:
    for section in found:
        if section.is_about and asides.is_guide(section.title) and section.first < len(lines):
            body = read_body(lines, section.first, lines[section.first].start, section.whole)
            if body.definition:
                return asides.guide(section.title, body.definition)
    return None


def _head(page: Page, found: Sequence[Section], guide: Guide | None) -> Head:
    title = page.front.get("title", "") or next((section.title for section in found if section.is_title), "")
    license_name = page.front.get("license", "") or page.front.get("licence", "")
    return Head(name=title, guide=guide, license=license_name)


def _evidence(shape: Shape, written: Sequence[Written]) -> Iterator[str]:
    headings = sum(each.is_heading for each in written)
    if headings:
        yield f"{headings} headings with text"
    if len(written) > headings:
        yield f"{len(written) - headings} lines that open with a name"
    for table in [table for content in shape.holders for table in content.tables][:1]:
        columns = " and ".join(header for header in table.headers[:3] if header)
        yield f"table with the columns {columns}" if columns else "table without headers"
