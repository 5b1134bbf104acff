"""One page of HTML that holds everything it needs: it can be searched, printed, and read without JavaScript.

Nothing is fetched, which a content security policy enforces, and every text is escaped.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.model import Status
from glossary_ls.base.web_page import policy
from glossary_ls.glossary.exports.export import ALL_HEAD, ALL_KEYS, Writer, Written, avoided, other_names
from glossary_ls.glossary.exports.html_text import Links
from glossary_ls.glossary.exports.texts import OTHER, anchors, by_letter, explanation, letter, slug
from glossary_ls.glossary.reading.literal import MARK
from glossary_ls.vfs.files import data_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export
    from glossary_ls.glossary.model import Guide

#: The ids that the page itself has.
_TAKEN = ("terms", "guide", "query", "topic", "count", "topics", "comparisons", "questions")


def write(export: Export) -> Written:
    """Return the page."""
    return Written("\n".join(_page(export).lines()) + "\n")


class Fragment(NamedTuple):
    """The terms as a part of a page that has other contents, below a heading of the first level.

    `rows` are the terms in their order, each with its anchor; `<anchor>--name` is that of its heading.
    """

    html: str
    rows: tuple[tuple[Term, str], ...]


def fragment(export: Export) -> Fragment:
    """Return the terms without a page around them, and without a search."""
    # A heading is an entry of the program's own search.
    page = _page(export, has_permalinks=False)
    return Fragment("\n".join(page.fragment()) + "\n", tuple(page.rows))


def _page(export: Export, *, has_permalinks: bool = True) -> _Page:
    terms = [item.term for _, items in by_letter(export.items) for item in items]
    found = anchors([*_TAKEN, *(term.name for term in terms)], slug)[len(_TAKEN) :]
    return _Page(export, terms, found, has_permalinks=has_permalinks)


class _Page:
    """The page of some terms, in their order, and their anchors."""

    def __init__(
        self, export: Export, terms: Sequence[Term], found: Sequence[str], *, has_permalinks: bool
    ) -> None:
        self._has_permalinks = has_permalinks
        self._export = export
        self.rows = list(zip(terms, found, strict=True))
        self._links = Links(terms, found)
        self._topics: dict[str, list[str]] = {}
        #: For each anchor, what entries of other terms say about its term.
        self._elsewhere: dict[str, list[str]] = {}
        self._comparisons: list[str] = []
        self._questions: list[str] = []
        for term, anchor in self.rows:
            self._note(term, anchor)
        # No anchor of a term has two hyphens.
        ids = anchors(list(self._topics), lambda topic: f"topic--{slug(topic)}")
        self._topic_ids = dict(zip(self._topics, ids, strict=True))

    def _note(self, term: Term, anchor: str) -> None:
        """Note what the lists at the end of the page, and the entries of other terms, say about a term."""
        for topic in term.topics:
            self._topics.setdefault(topic, []).append(_link(anchor, term.name))
        for number, contrast in enumerate(term.contrasts):
            link = _link(f"{anchor}--not-{number}", f"{term.name} or {contrast.term}")
            self._comparisons.append(link)
            self._refer(contrast.term, link)
        for number, question in enumerate(term.questions):
            link = _link(f"{anchor}--asked-{number}", question.question)
            self._questions.append(link)
            for name in question.about:
                self._refer(name, link)

    def _refer(self, name: str, link: str) -> None:
        if (anchor := self._links.anchor(name)) is not None:
            self._elsewhere.setdefault(anchor, []).append(link)

    def lines(self) -> Iterator[str]:
        """Yield the page."""
        script, style = data_text("export/page.js"), data_text("export/page.css")
        title = escape(self._export.title)
        yield "<!DOCTYPE html>"
        yield f'<html lang="{escape(self._export.language)}">'
        yield '<head>\n<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy(script, style)}">'
        yield f'<meta name="generator" content="{MARK}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>"
        yield '<a class="skip" href="#terms">Skip to the terms</a>'
        yield f"<header>\n<h1>{title}</h1>"
        yield self._links.rendered(self._export.head.description)
        yield from self._search()
        yield "</header>"
        yield from self._contents()
        yield '<main id="terms" tabindex="-1">'
        if self._export.head.guide:
            yield from self._guide(self._export.head.guide)
        yield from self._sections()
        yield "</main>"
        yield from self._lists()
        named = self._export.head.license
        licensed = f" License: {escape(named)}." if named else ""
        yield f"<footer><p>{len(self.rows)} terms.{licensed} Made by glossary-ls.</p></footer>"
        yield f"<script>{script}</script>\n</body>\n</html>"

    def fragment(self) -> Iterator[str]:
        """Yield what a page of another program holds of the terms."""
        yield '<div class="glossary-ls-terms">'
        yield self._links.rendered(self._export.head.description)
        yield from self._contents()
        if self._export.head.guide:
            yield from self._guide(self._export.head.guide)
        yield from self._sections()
        yield from self._lists()
        yield "</div>"

    def _search(self) -> Iterator[str]:
        yield '<form class="search" role="search" hidden>'
        yield '<div><label for="query">Search</label>'
        yield '<input id="query" type="search" autocomplete="off"></div>'
        if self._topics:
            options = "".join(f"<option>{escape(topic)}</option>" for topic in self._topics)
            yield '<div><label for="topic">Topic</label>'
            yield f'<select id="topic"><option value="">All topics</option>{options}</select></div>'
        yield '<p id="count" role="status"></p>\n</form>'

    def _contents(self) -> Iterator[str]:
        """Yield links to the letters, and to the lists behind the terms."""
        letters = dict.fromkeys(letter(term.name) for term, _ in self.rows)
        links = [_link(_letter_id(first), first) for first in letters]
        links += (_link(own, title) for own, title in self._titles())
        yield f'<nav class="letters" aria-label="Contents">\n{_list(links)}\n</nav>'

    def _titles(self) -> Iterator[tuple[str, str]]:
        for own, title, rows in (
            ("comparisons", "Comparisons", self._comparisons),
            ("questions", "Questions", self._questions),
            ("topics", "Topics", self._topics),
        ):
            if rows:
                yield own, title

    def _guide(self, guide: Guide) -> Iterator[str]:
        yield '<section aria-labelledby="guide">'
        yield f'<h2 id="guide" tabindex="-1">{escape(guide.title or "Introduction")}</h2>'
        yield self._links.rendered(guide.text)
        if guide.points:
            points = "".join(f"<li>{self._links.rendered(point)}</li>" for point in guide.points)
            yield f"<ol>{points}</ol>"
        yield "</section>"

    def _sections(self) -> Iterator[str]:
        for first, rows in groupby(self.rows, key=lambda row: letter(row[0].name)):
            own = _letter_id(first)
            yield f'<section class="letter" aria-labelledby="{own}">'
            yield f'<h2 id="{own}" tabindex="-1">{escape(first)}</h2>'
            for term, anchor in rows:
                yield from self._article(term, anchor)
            yield "</section>"

    def _article(self, term: Term, own: str) -> Iterator[str]:
        name = escape(term.name)
        topics = f' data-topics="{_attribute(term.topics)}"' if term.topics else ""
        yield f'<article id="{own}" tabindex="-1" aria-labelledby="{own}--name"{topics}>'
        long = f' <span class="long">({escape(term.expansion)})</span>' if term.expansion else ""
        label = f"Permalink to {name}"
        link = (
            f'<a class="permalink" href="#{own}" aria-label="{label}">#</a>' if self._has_permalinks else ""
        )
        yield f'<h3 id="{own}--name"><dfn>{name}</dfn>{long}{link}</h3>'
        if term.status is not Status.ACTIVE:
            instead = f" Use {self._links.to(term.replaced_by)} instead." if term.replaced_by else ""
            yield f'<p><span class="status">{str(term.status).capitalize()}.</span>{instead}</p>'
        yield self._links.rendered(explanation(term))
        for number, contrast in enumerate(term.contrasts):
            other = self._links.to(contrast.term)
            yield f'<h4 id="{own}--not-{number}" tabindex="-1">Not to be confused with {other}</h4>'
            yield self._links.rendered(contrast.difference)
        for number, question in enumerate(term.questions):
            yield f'<h4 id="{own}--asked-{number}" tabindex="-1">{escape(question.question)}</h4>'
            yield self._links.rendered(question.answer)
        fields = [f"<dt>{label}</dt><dd>{text}</dd>" for label, text in self._fields(term, own) if text]
        if fields:
            yield f'<dl class="more metadata">{"".join(fields)}</dl>'
        yield "</article>"

    def _fields(self, term: Term, own: str) -> Iterator[tuple[str, str]]:
        yield "Also called", _names(other_names(term))
        yield "Avoid", _names(avoided(term))
        yield "Compare", ", ".join(self._elsewhere.get(own, ()))
        yield "See also", ", ".join(map(self._links.to, term.related))
        yield "Topics", ", ".join(_link(self._topic_ids[topic], topic) for topic in term.topics)
        yield "Owner", escape(term.owner)
        yield "Reviewed", escape(term.reviewed)
        yield "Source", escape(term.source)
        yield "License", escape(term.license)
        yield "More", self._links.outside(term.url)

    def _lists(self) -> Iterator[str]:
        """Yield the lists of comparisons, questions and topics."""
        for own, title in self._titles():
            yield f'<nav class="lists" aria-labelledby="{own}">\n<h2 id="{own}" tabindex="-1">{title}</h2>'
            if own == "topics":
                for topic, links in self._topics.items():
                    own_id = self._topic_ids[topic]
                    yield f'<h3 id="{own_id}" tabindex="-1">{escape(topic)}</h3>\n{_list(links)}'
            else:
                yield _list(self._comparisons if own == "comparisons" else self._questions)
            yield "</nav>"


def _letter_id(first: str) -> str:
    # No anchor of a term has two hyphens.
    return f"letter--{slug(first)}" if first != OTHER else "letter--other"


def _link(anchor: str, text: str) -> str:
    return f'<a href="#{anchor}">{escape(text)}</a>'


def _list(links: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{link}</li>' for link in links)}</ul>"


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(escape, names))


def _attribute(texts: Iterable[str]) -> str:
    """Return texts as one attribute, a line each."""
    return "&#10;".join(escape(text) for text in texts)


WRITER = Writer(
    "html", "glossary.html", "HTML", ALL_KEYS - {"case", "established", "scope"}, write, ALL_HEAD - {"accept"}
)
