"""Read a page with one term: its name, its properties, and its text without what is not about the term.

A page that is about something else has no entry: an index, a template, rules for writers, a list of terms, an
article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import paths
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, stripped
from glossary_ls.glossary.formats.term_page import outline, wording
from glossary_ls.glossary.formats.term_page.keys import (
    PROOFS,
    TERMS,
    TITLES,
    fields_of,
    is_aside,
    is_plain,
    meaning_of,
)
from glossary_ls.glossary.formats.term_page.properties import attributes, front_matter
from glossary_ls.glossary.reading.bare_names import cleaned
from glossary_ls.glossary.reading.drafts import Draft, Piece, glossary_file
from glossary_ls.glossary.reading.labels import Field, field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.formats.term_page.outline import Section
    from glossary_ls.glossary.formats.term_page.properties import Properties
    from glossary_ls.glossary.model import GlossaryFile

_ASCIIDOC = (".adoc", ".asciidoc")

#: Folders whose pages may be articles just as well, so that a page must be short or say that it has a term.
_MIXED_FOLDERS = frozenset({"concepts", "definitions", "vocabulary", "dictionary"})
_LONGEST_MIXED = 5_000
_LONGEST = 30_000

#: A definition ends with the section in which it gets longer, in characters.
_ENOUGH = 3_000

#: A text that is shorter introduces nothing.
_INTRODUCTION = 25

#: A sentence names what it defines at its start, behind an article, and says soon what that is.
_BEFORE_NAME = 20
_LONGEST_OPENING = 250
_SAYS = lazily(
    r"\b(?:is|are|was|were|means|refers|describes|defines|represents|stands|denotes|ist|sind|est|sont|es|son)\b"
)

_MOST_WORDS = 9
_FEWEST_TERMS = 4

#: Titles of pages that are about a glossary, or tell how to do something.
_NO_TERM = lazily(
    r"(?:.*\b(?:glossary|glossaries|glosario|glossar|glossaire|template|"
    r"style ?guide|contribut\w+|translation guide|"
    r"table of contents)\b.*|"
    r"(?:index|introduction|overview|home|search|about|terms|readme|changelog|welcome|definitions|concepts|"
    r"acronyms|abbreviations|terminology|untitled|title|new term|term|example|your term|term name|"
    r"search results|all terms)|titles\..*|.*[{}<>].*|"
    r"(?:how (?:to|do|we|can)|getting started|guide to|using|writing|working with|adding|why)\b.*)",
    re.IGNORECASE,
)
_LAYOUTS = lazily(r"search|index|list|home|landing|section|redirect", re.IGNORECASE)

#: What makes a page from data: a loop of Liquid or of JSX, and the name of the data.
_LOOP = lazily(r"\{%-?\s*for\s+\w+\s+in\s+(?P<data>[\w.]+)|\{\s*(?P<list>[\w.]+)\.map\(")

#: A labeled line, in bold or as a field of Dataview.
_LABELED = lazily(
    r"^[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)(?P<bold>[^*_\n:]{2,40}):?(?:\*\*|__)[ \t]*:?[ \t]+"
    r"(?P<text>\S[^\n]*)$"
    r"|^[ \t]*(?:[-*+][ \t]+)?(?P<label>\w[\w -]{1,30})::[ \t]+(?P<value>\S[^\n]*)$",
    re.MULTILINE,
)
_TAGGED = lazily(r"(?:tag|end)::(\w+)\[\]")


class _Page(NamedTuple):
    """A page with its properties and sections, and how its text becomes Markdown."""

    source: str
    properties: Properties
    sections: Sequence[Section]
    is_asciidoc: bool

    def text(self, span: Span) -> str:
        """Return a part of the page as Markdown."""
        return (wording.asciidoc if self.is_asciidoc else wording.markdown)(span.of(self.source))


def read(path: str, text: Text) -> GlossaryFile:
    """Read a page; it has one entry or none. Never raises: mistakes are problems of the file."""
    source = text.source
    page = _page(source, is_asciidoc=path.lower().endswith(_ASCIIDOC))
    problems = page.properties.problems
    if made := _LOOP.search(source):
        data = made["data"] or made["list"]
        message = f"this page is made from '{data}'; name the file with that data as a glossary"
        loop = Problem("page-from-data", message, Span(*made.span()), Severity.INFORMATION)
        return glossary_file(path, text, (), problems=(*problems, loop))
    named = _name(path, page)
    if named is None or not _is_term(path, page, named):
        return glossary_file(path, text, (), problems=problems)
    draft = _draft(page, named)
    if draft is None:
        return glossary_file(path, text, (), problems=problems)
    return glossary_file(path, text, (draft,), problems=problems, evidence=named.evidence)


def _page(source: str, *, is_asciidoc: bool) -> _Page:
    if not is_asciidoc:
        properties = front_matter(source)
        return _Page(source, properties, outline.markdown(source, properties.end), is_asciidoc=False)
    properties = attributes(source)
    return _Page(source, properties, outline.asciidoc(source, properties.end), is_asciidoc=True)


# --- the name ---------------------------------------------------------------------------------------------


class _Name(NamedTuple):
    """The names of the term, the heading among the sections that is one of them, and where they come from."""

    pieces: tuple[Piece, ...]
    heading: int | None
    evidence: str


def _name(path: str, page: _Page) -> _Name | None:
    """Return the name of the page's term, if it may have one."""
    properties = page.properties
    heading = _title(page)
    title = properties.first(*TITLES)
    term = properties.first(*TERMS)
    if title and term:
        # The title may be a sentence about the term: "What is a shard? | Acme".
        pieces = (term,) if term.text.lower() in title.text.lower() else (title, term)
        return _Name(pieces, _same(page, heading, pieces), "page with the property 'term'")
    if named := term or title:
        key = next(key for key, piece in properties.items if piece is named)
        return _Name((named,), _same(page, heading, (named,)), f"page with the property '{key}'")
    if heading is not None and (found := page.sections[heading].heading) is not None:
        piece = found.piece._replace(text=wording.heading(found.piece.text))
        return _Name((piece,), heading, "page with one heading")
    stem = paths.name(path).rpartition(".")[0]
    written = stem if " " in stem or not stem.islower() else re.sub(r"[-_]+", " ", stem)
    return _Name((Piece(written, Span(0, 0)),), None, "page with the name of the file")


def _title(page: _Page) -> int | None:
    """Return the number of the section whose heading is the title of the page."""
    levels = [section.heading.level if section.heading else 0 for section in page.sections]
    if levels.count(1) == 1:
        return levels.index(1)
    is_first = len(levels) > 1 and not page.text(page.sections[0].body)
    return 1 if is_first and levels[1] not in levels[2:] and not levels.count(1) else None


def _same(page: _Page, heading: int | None, names: tuple[Piece, ...]) -> int | None:
    """Return the number of the title's section if it only repeats a name."""
    if heading is None:
        return None
    found = page.sections[heading].heading
    return (
        heading
        if found and (found.level == 1 or any(found.piece.text == name.text for name in names))
        else None
    )


def _is_term(path: str, page: _Page, named: _Name) -> bool:
    """Return whether a page is about one term."""
    properties = page.properties
    name = cleaned(named.pieces[0].text)
    if not name or _NO_TERM.fullmatch(name) or len(name.split()) > _MOST_WORDS:
        return False
    layout = properties.first("layout", "type", "content_type")
    is_redirect = _destination(page) is not None
    if layout and _LAYOUTS.search(layout.text) and not is_redirect:
        return False
    is_proven = properties.has(*PROOFS) or (
        layout is not None and re.search(r"gloss|term", layout.text) is not None
    )
    if is_proven or is_redirect:
        return True
    length = len(page.source) - properties.end
    if not _MIXED_FOLDERS.isdisjoint(path.lower().split("/")[-3:-1]):
        return length <= _LONGEST_MIXED and not _is_list(page, named) and _defines(page, named, name)
    return length <= _LONGEST and not _is_list(page, named)


def _defines(page: _Page, named: _Name, name: str) -> bool:
    """Return whether a page opens with a sentence that says what its term is."""
    texts = (page.text(section.body) for section in page.sections[named.heading or 0 :])
    first = next(filter(None, texts), "").replace("*", "").lower()
    return (
        name.lower() in first[: len(name) + _BEFORE_NAME]
        and _SAYS.search(first[:_LONGEST_OPENING]) is not None
    )


def _is_list(page: _Page, named: _Name) -> bool:
    """Return whether a page has several terms: sections of one level without a text above them."""
    levels = [section.heading.level for section in page.sections if section.heading]
    if levels.count(1) > 1 and not page.properties.items:
        return True
    first = page.sections[: (named.heading or 0) + 1]
    if any(len(page.text(section.body)) >= _INTRODUCTION for section in first):
        return False
    rest = page.sections[len(first) :]
    headings = [section.heading.piece.text for section in rest if section.heading]
    told = [text for text in headings if is_plain(text) or meaning_of(text) or is_aside(text) or " " in text]
    return len(headings) >= _FEWEST_TERMS and len(told) * 2 < len(headings)


# --- the text ---------------------------------------------------------------------------------------------


def _draft(page: _Page, named: _Name) -> Draft | None:
    source = page.source
    parts: list[str] = []
    fields: list[tuple[Field, Piece]] = []
    length = 0
    number = named.heading if named.heading is not None else 0
    above = page.text(page.sections[0].body) if number and page.sections[0].heading is None else ""
    for section in page.sections[number:]:
        heading = (
            section.heading.piece.text if section.heading and section is not page.sections[number] else ""
        )
        if named.heading is None and section.heading:
            heading = section.heading.piece.text
        field = meaning_of(heading) if heading else None
        if heading and is_aside(heading):
            continue
        span = Span(*stripped(source, *_region(page, section.body)))
        if field not in {None, Field.DEFINITION}:
            fields += _listed(field, page.text(span), span)
            continue
        text, found = _without_labels(page.text(span), source, span)
        fields += found
        if length > _ENOUGH or not text:
            continue
        is_title = not heading or is_plain(heading) or field is Field.DEFINITION
        parts.append(
            text
            if is_title and not parts
            else f"**{wording.heading(section.heading.piece.text)}**\n\n{text}"
            if heading and section.heading
            else text
        )
        length += len(text)
    definition = "\n\n".join(parts) or above
    if (destination := _destination(page)) is not None:
        definition = f"See {destination}."
    fields = [*fields_of(page.properties, definition), *fields]
    if not definition and not any(
        field in {Field.DEFINITION, Field.EXPANSION, Field.SUMMARY} for field, _ in fields
    ):
        return None
    start, end = stripped(source, int(source.startswith("\ufeff")), len(source))
    names = named.pieces if named.pieces[0].span.end else (Piece(named.pieces[0].text, Span(start, start)),)
    body = Span(*stripped(source, page.sections[number].body.start, len(source)))
    return Draft(Span(start, end), names, definition, body if definition else None, tuple(fields))


def _region(page: _Page, span: Span) -> Span:
    """Return the part of a text in AsciiDoc that is tagged as English, or else the first tagged one."""
    if not page.is_asciidoc:
        return span
    marks = list(_TAGGED.finditer(page.source, span.start, span.end))
    opened = [mark for mark in marks if mark[0].startswith("tag")]
    chosen = next((mark for mark in opened if mark[1].lower() == "en"), opened[0] if opened else None)
    if chosen is None:
        return span
    closing = (mark.start() for mark in marks if mark[0].startswith("end") and mark[1] == chosen[1])
    end = next(closing, span.end)
    return Span(chosen.end(), page.source.rfind("\n", chosen.end(), end) + 1 or end)


def _listed(field: Field | None, text: str, span: Span) -> Iterator[tuple[Field, Piece]]:
    """Yield the texts of a section with a label: the items of a list, or the whole of it."""
    items = [line.strip()[2:] for line in text.split("\n") if line.strip().startswith(("- ", "* ", "+ "))]
    if field is not None:
        for each in items if field is not Field.EXAMPLE and items else [text]:
            if each.strip():
                yield field, Piece(each.strip(), span)


def _without_labels(text: str, source: str, span: Span) -> tuple[str, list[tuple[Field, Piece]]]:
    """Return a text without its labeled lines, and these."""
    fields: list[tuple[Field, Piece]] = []

    def taken(found: re.Match[str]) -> str:
        field = field_of(found["bold"] or found["label"])
        said = (found["text"] or found["value"]).strip()
        if field in {None, Field.NAME, Field.SOURCE, Field.FACT, Field.LANGUAGE}:
            return found[0]
        if field in {Field.DEFINITION, Field.SUMMARY}:
            return said
        at = source.find(said, span.start, span.end)
        fields.append((field, Piece(said, Span(at, at + len(said)) if at >= 0 else span)))
        return ""

    rest = _LABELED.sub(taken, text)
    return (re.sub(r"\n{3,}", "\n\n", rest).strip() if fields else rest), fields


def _destination(page: _Page) -> str | None:
    """Return the name of the page that a page leads to, with the words of its address."""
    found = page.properties.first("destination", "redirect_to", "redirect", "redirect-to")
    if found is None:
        return None
    last = found.text.partition("#")[0].rstrip("/").rpartition("/")[2]
    return re.sub(r"[-_]+", " ", re.sub(r"\.(?:html?|mdx?)$", "", last)).strip() or None
