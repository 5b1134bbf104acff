"""Scopes: which terms of a glossary file exist for a document, by the globs that a term may have.

It must not know how glossaries are found or merged.
"""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from glossary_ls.base import globs, paths
from glossary_ls.glossary.discovery import scope_of
from glossary_ls.glossary.terms import as_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.base.model import GlossaryFile, Term


_SCOPE: Callable[[Term], tuple[str, ...]] = attrgetter("scope")


class Scopes:
    """Narrowed glossary files; documents for which the same terms exist share one."""

    def __init__(self) -> None:
        self._scoped: dict[int, tuple[GlossaryFile, frozenset[tuple[str, ...]]]] = {}
        self._narrowed: dict[tuple[int, frozenset[tuple[str, ...]]], GlossaryFile] = {}

    def narrowed(self, file: GlossaryFile, path: str, root: str) -> GlossaryFile:
        """Return a file without the terms that are out of scope for the document at `path`.

        Globs are relative to the folder that the glossary speaks to, or to `root` for documents outside of
        it. Where there is no path, every term exists.
        """
        scopes = self._scopes(file)
        if not scopes or not path:
            return file
        folder = scope_of(file.path)
        below = paths.relative(path, folder if paths.is_within(path, folder) else root)
        met = frozenset(scope for scope in scopes if globs.matches(scope, below))
        if met == scopes:
            return file
        key = (id(file), met)
        if key not in self._narrowed:
            terms = tuple(term for term in file.terms if not term.scope or term.scope in met)
            self._narrowed[key] = replace(file, terms=terms, kept=0)
        return self._narrowed[key]

    def clear(self) -> None:
        """Forget all files."""
        self._scoped.clear()
        self._narrowed.clear()

    def _scopes(self, file: GlossaryFile) -> frozenset[tuple[str, ...]]:
        """Return the scopes that occur in a file; the file is held, so that its id stays taken."""
        if id(file) not in self._scoped:
            found = frozenset(filter(None, map(_SCOPE, as_read(file.terms))))
            self._scoped[id(file)] = (file, found)
        return self._scoped[id(file)][1]
