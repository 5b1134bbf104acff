"""Scopes: which terms of a layer exist for a document, by the globs that a term may have.

It must not know how glossaries are found or merged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base import globs, memo, paths
from glossary_ls.base.dataclass import replace
from glossary_ls.glossary.discovery import scope_of
from glossary_ls.glossary.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.glossary.model import Contents, Entry

#: The patterns of one term.
_Scope = tuple[str, ...]


def narrowed(source: Source, path: str, root: str) -> Source:
    """Return a layer without the terms that are out of scope for the document at `path`.

    Globs are relative to the folder that a glossary applies to, or to `root` for documents outside of it.
    Without a path, every term exists. Documents for which the same terms exist share one layer.
    """
    if not path or not any(map(_scopes, source.files)):
        return source
    met = tuple(_met(file, path, root) for file in source.files)
    return source if met == tuple(map(_scopes, source.files)) else _within(source, met)


def _met(file: Contents, path: str, root: str) -> frozenset[_Scope]:
    folder = scope_of(file.path)
    below = paths.relative(path, folder if paths.is_within(path, folder) else root)
    return frozenset(scope for scope in _scopes(file) if globs.matches(scope, below))


@memo.about
def _scopes(file: Contents) -> frozenset[_Scope]:
    """Return the scopes that occur in a file."""
    return frozenset(term.scope for term in file.terms if term.scope)


@memo.about
def _within(source: Source, met: tuple[frozenset[_Scope], ...]) -> Source:
    """Return a layer with the terms of which the scopes are met in each of its files."""
    files = zip(source.files, met, strict=True)
    return Source(tuple(replace(file, entries=tuple(_existing(file, scopes))) for file, scopes in files))


def _existing(file: Contents, scopes: frozenset[_Scope]) -> Iterator[Entry]:
    return (entry for entry in file.entries if not entry.term.scope or entry.term.scope in scopes)
