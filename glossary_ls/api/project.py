"""A project: a folder with glossaries and settings, and what can be asked about texts in it.

It must not know how the answers are shown, nor who asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from glossary_ls.analysis import disambiguation
from glossary_ls.analysis.doubt import is_doubtful
from glossary_ls.api.model import Finding, Mention, MissingTerm, Place, ProjectError
from glossary_ls.base import paths
from glossary_ls.base.model import READABLE, RegionKind, Severity
from glossary_ls.base.text import Encoding, Span, Text
from glossary_ls.features import listing, render
from glossary_ls.features.harvest.ranking import missing_acronyms, missing_phrases
from glossary_ls.features.hover import Hover, own_meaning
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.glossary.exports.collect import collect
from glossary_ls.markup import language_named
from glossary_ls.vfs.files import DiskFiles, is_built_in, read_text
from glossary_ls.workspace.check_all import check_with_others, encoding_findings
from glossary_ls.workspace.glossary_files import glossary_files
from glossary_ls.workspace.harvest import harvest_files
from glossary_ls.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Export
    from glossary_ls.workspace.file_index import Listing
    from glossary_ls.workspace.findings import Findings

#: How many terms a search returns, unless told otherwise.
_MOST_FOUND = 20

#: How many missing acronyms and phrases are returned, unless told otherwise.
_MOST_MISSING = 50

#: Where names are mentions.
_READABLE = READABLE | {RegionKind.LINK}


def open_project(root: str = ".", settings: Mapping[str, object] | None = None) -> Project:
    """Return the project in a folder; `settings` are those of an editor, and override config files.

    Raises ProjectError if there is no such folder, or a setting is wrong.
    """
    files = DiskFiles()
    folder = paths.normal(root)
    if not files.is_folder(folder):
        raise ProjectError(f"{root}: no such folder")
    workspace = Workspace(files, [folder], Encoding.UTF32)
    problems = workspace.configure(dict(settings or {}))
    if problems:
        raise ProjectError("; ".join(problem.message for problem in problems))
    return Project(folder, workspace)


class Project:
    """A folder with glossaries and settings; `open_project` makes one.

    Files are read once; call `refresh` to have changes on the disk seen. The paths of documents are absolute
    or relative to the folder, and decide on the glossaries and settings that count: those of the folders
    around. Without a path, those at the folder of the project count. Not for use from several threads at
    once.
    """

    def __init__(self, root: str, workspace: Workspace) -> None:
        self._root = root
        self._workspace = workspace

    @property
    def root(self) -> str:
        """The absolute path of the folder, with slashes on every system."""
        return self._root

    def refresh(self) -> bool:
        """Detect changed, new and deleted glossaries and config files; return whether there were any."""
        return self._workspace.poll()

    # --- findings -----------------------------------------------------------------------------------------

    def check(self, path: str) -> tuple[Finding, ...]:
        """Return what `glossary-ls check` reports in a document, a glossary or a config file.

        Raises ProjectError if the file cannot be read.
        """
        where = self._absolute(path)
        own = self._workspace.findings(paths.to_uri(where)) if is_glossary(where) else None
        if own:
            return self._findings(where, own)
        read = read_text(self._workspace.files, where)
        if not read.readable:
            raise ProjectError(read.problems[0].message)
        if read.problems:
            return self._findings(where, encoding_findings(self._workspace, where, read))
        return self.check_text(read.text, path)

    def check_text(self, text: str, path: str = "", language: str = "") -> tuple[Finding, ...]:
        """Return what the rules report in a text, as if it were what the file at `path` says.

        `language` is an identifier such as `markdown`; without it, the name of the file decides.
        """
        document, found = check_with_others(self._workspace, self._document(text, path, language))
        return self._findings(document.path, found)

    def check_glossaries(self) -> tuple[Finding, ...]:
        """Return the problems in the glossaries and config files that were read so far."""
        found = ((path, self._workspace.findings(paths.to_uri(path))) for path in self._workspace.own_files())
        return tuple(row for path, own in found if own for row in self._findings(path, own))

    # --- terms --------------------------------------------------------------------------------------------

    def lookup(self, name: str, path: str = "") -> tuple[Term, ...]:
        """Return the terms that a name may mean, the likeliest first: a name, an alias or an expansion.

        Case, plural and possessive, and joiners such as hyphens do not matter.
        """
        return self._workspace.glossary_of(self._absolute(path)).loosely(name)

    def search(self, query: str, path: str = "", limit: int = _MOST_FOUND) -> tuple[Term, ...]:
        """Return up to `limit` terms one of whose names holds `query`, the closest first."""
        glossary = self._workspace.glossary_of(self._absolute(path))
        return listing.terms_of((glossary,), query, limit) if query.strip() else ()

    def terms(self, *, packs: bool = False) -> tuple[Term, ...]:
        """Return the terms of all glossaries of the project, each as its entry has it, nearest files first.

        With `packs`, those of the built-in glossaries that are in use come last.
        """
        return tuple(term for file in glossary_files(self._workspace, packs=packs) for term in file.terms)

    def place_of(self, term: Term) -> Place | None:
        """Return where the entry of a term is, or None for a term that no method of this project returned."""
        found = self._workspace.store.locate(term)
        if found is None:
            return None
        path = found.file.path
        title = found.file.head.name or paths.name(path)
        return Place("" if is_built_in(path) else self._shown(path), found.line + 1, title)

    def is_built_in(self, term: Term) -> bool:
        """Return whether a term comes with the program and not from a glossary of yours."""
        found = self._workspace.store.locate(term)
        return found is not None and is_built_in(found.file.path)

    def explain(self, name: str, path: str = "", *, markdown: bool = True) -> str:
        """Return what an editor shows about a name: all of its meanings; nothing if no glossary has it."""
        glossary = self._workspace.glossary_of(self._absolute(path))
        senses = glossary.loosely(name)
        shown = Hover(Span(0, 0), name, senses)
        return render.render(shown, glossary, markdown=markdown) if senses else ""

    def mentions(self, text: str, path: str = "", language: str = "") -> tuple[Mention, ...]:
        """Return the places in the readable parts of a text that name a term, ascending.

        `path` and `language` are those of `check_text`. Names in code and addresses are no mentions.
        """
        return tuple(_mentions(self._document(text, path, language)))

    def harvest(self, limit: int = _MOST_MISSING) -> tuple[MissingTerm, ...]:
        """Return what the documents use and the glossaries lack: up to `limit` acronyms, then phrases.

        Those that deserve an entry most come first.
        """
        found = harvest_files(self._workspace, self._documents())
        missing = (*missing_acronyms(found)[:limit], *missing_phrases(found)[:limit])
        return tuple(
            MissingTerm(
                each.name,
                str(each.kind),
                each.uses,
                each.documents,
                tuple((use.path, use.line) for use in each.places),
                tuple(wording.long for wording in each.wordings),
                each.is_conflict,
            )
            for each in missing
        )

    def _documents(self) -> tuple[str, ...]:
        listing = self._workspace.file_index.listing(self._root)
        while True:
            try:
                next(listing)
            except StopIteration as end:
                return cast("Listing", end.value).documents

    # --- for integrations ---------------------------------------------------------------------------------

    def glossary_paths(self) -> tuple[str, ...]:
        """Return the absolute paths of the glossaries of the project, without built-in ones."""
        return tuple(file.path for file in glossary_files(self._workspace, packs=False))

    def collected(self, *, packs: bool = False) -> Export:
        """Return the terms as the writers of `glossary.exports` take them; entries may have become one."""
        return collect(glossary_files(self._workspace, packs=packs))[0]

    # --- paths --------------------------------------------------------------------------------------------

    def _absolute(self, path: str) -> str:
        return paths.normal(paths.join(self._root, path)) if path else ""

    def _shown(self, path: str) -> str:
        return paths.relative(path, self._root)

    def _document(self, text: str, path: str, language: str) -> Document:
        # A text without a path is one at the root, so that the settings and glossaries there count.
        where = self._absolute(path or "text")
        return self._workspace.analyze(where, language_named(language, where), Text(text))

    def _findings(self, path: str, found: Findings) -> tuple[Finding, ...]:
        text = found.text
        return tuple(
            Finding(
                self._shown(path),
                *text.line_column(problem.span.start),
                *text.line_column(problem.span.end),
                *problem.span,
                str(problem.severity),
                problem.code,
                problem.message,
                problem.span.of(text.source),
            )
            for problem in found.problems
            if problem.severity is not Severity.OFF
        )


def _mentions(document: Document) -> Iterator[Mention]:
    for found in document.analysis.mentions:
        region = document.analysis.kind_at(found.span.start)
        if region not in _READABLE:
            continue
        mention = disambiguation.fitting(document, found)
        written = mention.span.of(document.text.source)
        own = own_meaning(document, written, mention.senses)
        yield Mention(
            *mention.span,
            *document.text.line_column(mention.span.start),
            written,
            mention.senses,
            str(region),
            own,
            not own and is_doubtful(document, mention),
        )
