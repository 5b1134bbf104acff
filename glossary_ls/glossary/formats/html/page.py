"""Read a whole file: its entries and its problems. This module must not know how files are claimed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base import leftovers
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.html import shapes
from glossary_ls.glossary.formats.html.events import Event, OpenCommentError, events
from glossary_ls.glossary.formats.html.markdown import HIDDEN
from glossary_ls.glossary.model import Head
from glossary_ls.glossary.reading.drafts import glossary_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile

_CODE = "invalid-html"

#: A tag at the end of a page that is cut off.
_CUT_TAG = lazily(r"</?[A-Za-z][\w:-]*(?:\s[^<>]*)?\Z")


#: What makes a page from data, and the name of the data.
_LOOP_SIGNS = ("{%", "{{", "v-for=", "*ngFor=")
_LOOP = lazily(
    r"\{%-?\s*for\s+\w+\s+in\s+(?P<liquid>[\w.]+)|\bv-for=[\"']\s*\(?[\w, ]+\)?\s+in\s+(?P<vue>[\w.]+)"
    r"|\*ngFor=[\"']let\s+\w+\s+of\s+(?P<angular>[\w.]+)|\{\{-?\s*range\s+(?P<go>[$.\w]+)"
    r"|\{\{#each\s+(?P<handlebars>[\w.]+)"
)


#: Elements around the content of a page.
_AROUND = HIDDEN | {"nav", "aside", "footer"}


_AROUND_CLASS = lazily(r"sidebar|\btoc\b|breadcrumb|navigation|\bnavbar\b", re.IGNORECASE)


#: The shapes in the order in which they count if they have as many entries.
_SHAPES = (
    (shapes.lists, "list of {} definitions"),
    (shapes.tables, "table with {} terms"),
    (shapes.headings, "{} headings with text"),
    (shapes.paragraphs, "{} paragraphs that open with a name"),
)


_FEWEST = 2


def read(path: str, text: Text) -> GlossaryFile:
    """Read a page. Never raises: mistakes are problems of the file."""
    source = text.source
    problems: list[Problem] = []
    is_template = any(sign in source for sign in _LOOP_SIGNS)
    if is_template and (made := _LOOP.search(source)):
        data = next(filter(None, made.groups()))
        message = f"this page is made from '{data}'; name the file with that data as a glossary"
        problems.append(Problem("page-from-data", message, Span(*made.span()), Severity.INFORMATION))
        return glossary_file(path, text, (), problems=problems)
    every = _every(source, problems)
    title = _title(source, every)
    page = _content(every)
    found = [(list(find(source, page)), evidence) for find, evidence in _SHAPES]
    leftovers.keep(every, page, found)
    most = max(len(drafts) for drafts, _ in found)
    drafts, evidence = next(each for each in found if len(each[0]) * 2 >= most)
    (headed, _), (opened, said) = found[-2:]
    if drafts is headed and (below := shapes.below_topics(headed, opened)):
        drafts, evidence = below, said
    if len(drafts) < _FEWEST:
        return glossary_file(path, text, (), problems=problems)
    said = evidence.format(len(drafts))
    return glossary_file(path, text, drafts, head=Head(name=title), problems=problems, evidence=said)


def _every(source: str, problems: list[Problem]) -> Sequence[Event]:
    """Return the tags and texts of a page, up to a comment that is not closed."""
    if cut := _CUT_TAG.search(source):
        message = "the page ends inside of this tag; download or write the rest of it"
        problems.append(Problem(_CODE, message, Span(*cut.span()), Severity.ERROR))
        source = source[: cut.start()]
    found: list[Event] = []
    try:
        found.extend(events(source))
    except OpenCommentError as error:
        message = "this comment is not closed, so that the rest of the page is left out; close it with '-->'"
        problems.append(Problem(_CODE, message, Span(error.offset, error.offset + 4), Severity.ERROR))
        found = list(events(source[: error.offset]))
    opened = [event for event in found if event.name == "dl" and event.kind == "open"]
    closed = sum(event.name == "dl" and event.kind == "close" for event in found)
    if len(opened) > closed:
        message = "a list of definitions is not closed; close it with '</dl>'"
        problems.append(Problem(_CODE, message, opened[-1].span, Severity.WARNING))
    return found


def _title(source: str, every: Sequence[Event]) -> str:
    """Return the title of a page, without the name of the site behind it."""
    number = next((n for n, event in enumerate(every[:-1]) if event.name == "title"), None)
    title = every[number + 1].span.of(source) if number is not None else ""
    return re.split(r"\s+[|\u2013\u2014\u00b7-]\s+|&mdash;|&#8212;", " ".join(title.split()))[0].strip()


def _content(every: Sequence[Event]) -> Sequence[Event]:
    """Return the tags and texts of the content of a page."""
    main = next((n for n, event in enumerate(every) if event.name == "main" and event.kind == "open"), None)
    return list(_without_surroundings(every if main is None else every[main:]))


def _without_surroundings(part: Sequence[Event]) -> Iterator[Event]:
    hidden, depth = "", 0
    for event in part:
        if hidden:
            if event.name == hidden:
                depth += 1 if event.kind == "open" else -1
                hidden = hidden if depth else ""
        elif event.kind == "open" and _is_around(event):
            hidden, depth = event.name, 1
        elif event.name == "main" and event.kind == "close":
            return
        else:
            yield event


def _is_around(event: Event) -> bool:
    if event.name in _AROUND:
        return event.name != "title"
    if event.name not in {"div", "section", "ul"} or not event.rest:
        return False
    attributes = event.attributes
    is_navigation = attributes.get("role", "") in {"navigation", "search"}
    return is_navigation or _AROUND_CLASS.search(attributes.get("class", "")) is not None
