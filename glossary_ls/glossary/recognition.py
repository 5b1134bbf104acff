"""Recognition: whether a file that has the name of a glossary is one, going by what was read from it.

This module must not know formats, or the settings.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from glossary_ls.base import memo, paths
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.glossary.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glossary_ls.glossary.model import Contents, GlossaryFile
    from glossary_ls.glossary.store import Stored

#: The id of the format of pages with one term each.
TERM_PAGE = "term-page"

#: So many entries make a glossary of a file whose name only may be that of one.
_FEWEST_ENTRIES = 2

#: So many pages with a term each make a glossary of a folder.
FEWEST_PAGES = 3


def is_recognized(file: GlossaryFile) -> bool:
    """Return whether a file is a glossary: by its name, or because entries were found in it."""
    if is_glossary(file.path) or file.head.accept:
        return True
    fewest = 1 if "glossar" in paths.name(file.path).lower() else _FEWEST_ENTRIES
    return len(file.items) + len(file.kept) >= fewest


def why_not(file: GlossaryFile) -> str:
    """Return why a file is no glossary."""
    if file.format == TERM_PAGE and file.items:
        return f"fewer than {FEWEST_PAGES} files in its folder explain a term each"
    count = len(file.items)
    return "no entries were found in it" if count == 0 else "only one entry was found in it"


def is_folder_recognized(pages: Iterable[Stored]) -> bool:
    """Return whether the pages of a folder make a glossary."""
    return sum(bool(page.file.items or page.file.kept) for page in pages) >= FEWEST_PAGES


def joined(pages: Sequence[Stored]) -> Source:
    """Return several files as one layer; the same object for as long as their terms are the same."""
    first, *rest = (page.source.files[0] for page in pages)
    return _joined(first, tuple(rest)) if rest else pages[0].source


@memo.about
def _joined(first: Contents, rest: tuple[Contents, ...]) -> Source:
    return Source((first, *rest))


def without(source: Source, excluded: frozenset[str]) -> Source:
    """Return a layer without the terms that have one of some names."""
    if not any(not excluded.isdisjoint(term.names) for file in source.files for term in file.terms):
        return source
    return _without(source, excluded)


@memo.about
def _without(source: Source, excluded: frozenset[str]) -> Source:
    kept = (
        replace(file, entries=tuple(entry for entry in file.entries if excluded.isdisjoint(entry.term.names)))
        for file in source.files
    )
    return Source(tuple(kept))
