"""Recognition: whether a file that has the name of a glossary is one, going by what was read from it.

This module must not know formats, or the settings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base import memo, paths
from glossary_ls.base.dataclass import replace
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.glossary.model import Source
from glossary_ls.glossary.naming import term_folder
from glossary_ls.glossary.reading.literal import is_literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glossary_ls.glossary.model import Contents, Entry, GlossaryFile
    from glossary_ls.glossary.store import Stored

#: The id of the format of pages with one term each.
TERM_PAGE = "term-page"

#: The format of web pages, to which a glossary can be exported.
WEB_PAGE = "html"

#: So many entries make a glossary of a file with a usual name; one is enough for a glossary by its name.
_FEWEST_ENTRIES = 2

#: Names that other files have as well: terms of use, definitions of a schema, a dictionary of a translation.
_WEAK = word_set(
    "term terms _terms definition definitions dictionary vocabulary lexicon concepts abbr nomenclature "
    "thesaurus"
)

#: What makes a glossary of a file with such a name: so many entries, and so many words in the middle one of
#: the names and texts, where they are sorted by length.
_MANY_ENTRIES = 4
_MOST_NAME_WORDS = 3
_TEXT_WORDS = range(2, 81)

#: Titles of pages with such names that are agreements.
_AGREEMENT = lazily(
    r"\b(?:(?:terms|conditions|rules) (?:of|for) (?:\w+ )?(?:service|use|sale)|"
    r"(?:terms|conditions) (?:and|&) (?:conditions|terms)|agreement|policy|eula|nutzungsbedingungen|agb|"
    r"licen[sc]ing|service terms|"
    r"conditions générales|términos y condiciones|termos de (?:uso|serviço))\b",
    re.IGNORECASE,
)

#: A word with signs or capitals inside, as in code.
_CODE_NAME = lazily(r"\w*(?:[a-z][A-Z]|[A-Z]{2}[a-z]|_|\(\)|\w\.\w)[\w.()]*")

#: The name of a file that is a page.
_PAGE_NAME = lazily(r"[\[(]?[\w./ -]+\.(?:mdx?|markdown|rst|adoc|html?)[\])]?", re.IGNORECASE)

#: Names of lists of acronyms, and the most letters that a short form has.
_SHORT_LISTS = word_set("acronyms acronym abbreviations abbreviation abbr abkürzungen abréviations siglas")
_MOST_SHORT = 5

#: Titles of the sections of a manual, and the share of names that are such titles in no glossary.
_MANUAL = word_set(
    "syntax parameters arguments returns usage installation configuration examples example prerequisites "
    "requirements troubleshooting options setup faq changelog contributing"
)
_SECTIONS = 0.4

#: Words of advice and questions, and the share of names with one of them that no glossary has.
_ADVICE = word_set(
    "a an the it its your you we our us this these how do don't not should must why when where"
)
_SENTENCES = 0.5

#: The least share of entries that say something.
_EXPLAINED = 0.5

#: So many pages with a term each make a glossary of a folder.
FEWEST_PAGES = 3


def is_recognized(file: GlossaryFile) -> bool:
    """Return whether a file is a glossary: by its name, or because entries were found in it."""
    return is_glossary(file.path) or not why_not(file)


@memo.about
def why_not(file: GlossaryFile) -> str:
    """Return why a file is no glossary; empty if it is one, or a page of a folder that may be one."""
    entries = file.all_items
    if not entries:
        return "" if file.head.accept else "no entries were found in it"
    if file.format == TERM_PAGE:
        return ""
    if file.format == WEB_PAGE and is_literal(file.text.source):
        return "glossary-ls has made it of another glossary"
    return _why_not_by_entries(file, entries)


def _why_not_by_entries(file: GlossaryFile, entries: Sequence[Entry]) -> str:
    """Return why the entries of a file make no glossary; empty if they do."""
    stem = paths.name(file.path).lower().rpartition(".")[0]
    folder = paths.name(paths.parent(file.path)).lower()
    is_weak = stem in _WEAK and "glossar" not in folder
    is_short_list = stem in _SHORT_LISTS and any(entry.term.expansion for entry in entries)
    if len(entries) < _FEWEST_ENTRIES and "glossar" not in stem and not is_short_list:
        return "only one entry was found in it"
    explained = [entry for entry in entries if not entry.is_unexplained or entry.term.related]
    if len(explained) < _EXPLAINED * len(entries):
        return "most of its entries explain nothing"
    if _is_other_page(file, stem, is_weak=is_weak):
        return "it looks like an agreement, a manual or a list of names in code"
    is_advice = sum(map(_is_sentence, entries)) >= _SENTENCES * len(entries)
    is_other = is_weak and not (len(entries) >= _MANY_ENTRIES and _are_terms(entries))
    return "its entries do not look like terms with explanations" if is_advice or is_other else ""


def _is_other_page(file: GlossaryFile, stem: str, *, is_weak: bool) -> bool:
    """Return whether a page is about something else that pages with its name are about."""
    names = [entry.term.name for entry in file.all_items]
    if sum(name.lower() in _MANUAL for name in names) >= _SECTIONS * len(names):
        return True
    if sum(map(bool, map(_PAGE_NAME.fullmatch, names))) >= _SENTENCES * len(names):
        # An index of pages.
        return True
    if stem in _SHORT_LISTS:
        # A page about how to write them has none as its entries.
        return not any(entry.term.expansion or _is_short(entry.term.name) for entry in file.all_items)
    if not is_weak:
        return False
    is_code = sum(map(bool, map(_CODE_NAME.fullmatch, names))) >= _SENTENCES * len(names)
    return is_code or _AGREEMENT.search(file.head.name) is not None


def _is_short(name: str) -> bool:
    return " " not in name and (len(name) <= _MOST_SHORT or sum(map(str.isupper, name)) > 1)


def _are_terms(entries: Sequence[Entry]) -> bool:
    """Return whether most entries have a short name and a text of a few words or sentences."""
    names = [len(entry.term.name.split()) for entry in entries]
    texts = [len(f"{entry.term.expansion} {entry.term.definition}".split()) for entry in entries]
    return _middle(names) <= _MOST_NAME_WORDS and _middle(texts) in _TEXT_WORDS


def _is_sentence(entry: Entry) -> bool:
    """Return whether a name has words that no name of a term has, as the titles of advice do."""
    return not _ADVICE.isdisjoint(entry.term.name.lower().split())


def _middle(numbers: list[int]) -> int:
    return sorted(numbers)[len(numbers) // 2]


def why_not_folder(pages: Iterable[Stored]) -> str:
    """Return why the pages of a folder make no glossary; empty if they do."""
    files = [page.file for page in pages]
    entries = [entry for file in files for entry in file.all_items]
    folder = paths.name(term_folder(files[0].path)).lower() if files else ""
    if len(entries) < FEWEST_PAGES:
        return f"fewer than {FEWEST_PAGES} pages of its folder explain a term"
    is_other = folder in _WEAK and not _are_terms(entries)
    return "the pages of its folder do not look like terms with explanations" if is_other else ""


def joined(pages: Sequence[Stored]) -> Source:
    """Return several files as one layer; the same object for as long as their terms are the same."""
    first, *rest = (page.source.files[0] for page in pages)
    return _joined(first, tuple(rest)) if rest else pages[0].source


@memo.about
def _joined(first: Contents, rest: tuple[Contents, ...]) -> Source:
    return Source((first, *rest))


def without(source: Source, excluded: frozenset[str]) -> Source:
    """Return a layer without the terms that have one of some names."""
    every = (term for file in source.files for term in file.terms)
    if not excluded or not any(not excluded.isdisjoint(term.names) for term in every):
        return source
    return _without(source, excluded)


@memo.about
def _without(source: Source, excluded: frozenset[str]) -> Source:
    kept = (
        replace(file, entries=tuple(entry for entry in file.entries if excluded.isdisjoint(entry.term.names)))
        for file in source.files
    )
    return Source(tuple(kept))
