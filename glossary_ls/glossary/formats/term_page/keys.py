"""What the properties and the headings of a page with one term mean.

This module must not know how pages are written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.glossary.reading.drafts import Piece
from glossary_ls.glossary.reading.labels import Field, field_of
from glossary_ls.glossary.reading.names import is_acronym
from glossary_ls.glossary.wording import is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.glossary.formats.term_page.properties import Properties

#: The keys that name a page, and those that name a term and nothing else, the strongest first.
TITLES = (
    "title",
    "display_name",
    "displayname",
    "display-name",
    "name",
    "headline",
    "heading",
    "doctitle",
    "label",
)
TERMS = (
    "term",
    "term-name",
    "term_name",
    "termname",
    "word",
    "headword",
    "lemma",
    "glossary_term",
    "begriff",
)

#: Keys that only pages with a term have.
PROOFS = (
    *TERMS,
    *word_set(
        "short_description shortdescription short_definition hovertext hover-text hover_text aka synonyms "
        "definition def oneliner one_liner term_id termid abbreviation acronym expansion glossary "
        "related_terms relatedterms see_also short_def shortdef"
    ),
)

#: Keys with another meaning in front matter than elsewhere; None for those that say nothing about a term.
_KEYS: dict[str, Field | None] = {
    **dict.fromkeys(
        word_set(
            "def short_def shortdef short_description short_definition hovertext hover-text hover_text "
            "tooltip oneliner one_liner one-liner description summary excerpt definition tldr brief lead "
            "gloss meaning ai_summary shortdescription subtitle shortdef kurzbeschreibung text"
        ),
        Field.SUMMARY,
    ),
    **dict.fromkeys(
        word_set(
            "id slug layout type content_type weight date lastmod updated created position permalink author "
            "authors linktitle sidebar_label sidebar_position language lang locale label name title headline "
            "doctitle heading image images cover toc math version owner contributors maintainer source_file "
            "draft page-layout sectnums doctype icons imagesdir body content key order menu group kind "
            "further-reading references sources reviewed status_date url aliases_from link links website "
            "page-aliases keywords canonical_url pagination_next pagination_prev scope level audience context"
        )
    ),
    **dict.fromkeys(TERMS),
    "full_link": Field.URL,
    "external_link": Field.URL,
    "wikipedia": Field.URL,
    "long_form": Field.EXPANSION,
    "also": Field.ALIASES,
}

#: Topics that each page of a glossary has.
_EVERY_PAGE = word_set(
    "glossary glossaries term terms definition definitions glossar glossaire term-page concept-page"
)

#: The address of a page: Hugo takes those under `aliases`.
_ADDRESS = lazily(r"/|[^\s]*/[^\s]*\.?[^\s]*$|\S+\.(?:html?|mdx?|adoc)$")

#: A description of the page, and not of the term.
_ABOUT_PAGE = lazily(r"learn |this (?:page|article|document) ", re.IGNORECASE)

#: Headings above the definition itself.
_PLAIN_HEADINGS = lazily(
    r"(?:what (?:is|are) (?:it|they|this)\b.*|what it is|what they are|overview|"
    r"in (?:short|brief|one sentence)|summary|introduction|explanation|meaning|basics|"
    r"description|definitions?|details?|tl;?dr|the (?:basics|definition)|"
    r"was ist das\b.*|beschreibung|erklärung|kurz gesagt|qu'est-ce que c'est.*|"
    r"定义|解释|概要|意味)\s*[?:\uff1a]?",
    re.IGNORECASE,
)
#: Headings above what is no part of a definition.
_ASIDE = lazily(
    r"(?:further reading|read more|learn more|more (?:info|information|resources|on .*)|references?|sources?|"
    r"(?:external |useful |related )?links?|resources|citations?|footnotes?|notes and references|"
    r"bibliography|change ?log|history of changes|discussion|contributors|comments|navigation|backlinks|"
    r"weiterführende links|quellen|literatur|weblinks|pour aller plus loin|参考.*|延伸阅读)\s*:?",
    re.IGNORECASE,
)
_WHAT_IS = lazily(r"(?:so,? )?what(?:'s|\u2019s| is| are| does)\b.*\?", re.IGNORECASE)


def fields_of(properties: Properties, definition: str) -> Iterator[tuple[Field, Piece]]:
    """Yield what the properties of a page say about its term, but for its name.

    A short description is the summary of the definition that the page has, or else the definition.
    """
    has_text = bool(definition)
    told = False
    for key, piece in properties.items:
        text = piece.text
        field = _KEYS[key] if key in _KEYS else field_of(key)
        if key in {"draft", "short"}:
            field = {"draft": Field.STATUS, "short": Field.ACRONYM}[key]
            text = key if text == "true" else "" if key == "draft" else text
        if field is None or field is Field.NAME or not text or "{{" in text:
            continue
        if field is Field.ACRONYM and not is_acronym(text) and (is_sentence(text) or len(text) > 60):
            field = Field.SUMMARY
        if field in {Field.SUMMARY, Field.DEFINITION}:
            text = " ".join(text.split()) if has_text else text
            if told or (has_text and _ABOUT_PAGE.match(text)) or text == definition:
                continue
            told = True
            field = Field.SUMMARY if has_text else Field.DEFINITION
        if field is Field.TOPICS:
            text = text.lstrip("#")
        if _says_something(field, text):
            yield field, Piece(text, piece.span)


def _says_something(field: Field, text: str) -> bool:
    if field is Field.TOPICS:
        return text.lower() not in _EVERY_PAGE
    if field in {Field.ALIASES, Field.RELATED, Field.CONTRAST, Field.REPLACED_BY}:
        return not _ADDRESS.match(text) or text.startswith("[[")
    return field is not Field.URL or text.startswith(("http:", "https:"))


def meaning_of(heading: str) -> Field | None:
    """Return the field that the text below a heading is; None if it is part of the definition."""
    field = field_of(heading)
    if field in {Field.NAME, Field.FACT, Field.SOURCE, Field.URL, Field.STATUS, Field.OWNER, Field.LANGUAGE}:
        return None
    return Field.DEFINITION if field is Field.SUMMARY else field


def is_aside(heading: str) -> bool:
    """Return whether the text below a heading is no part of a definition."""
    return _ASIDE.fullmatch(heading) is not None


def is_plain(heading: str) -> bool:
    """Return whether a heading says no more than that a definition follows."""
    return bool(_PLAIN_HEADINGS.fullmatch(heading) or _WHAT_IS.fullmatch(heading))
