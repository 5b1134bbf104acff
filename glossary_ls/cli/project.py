"""A workspace for the commands, and the arguments that they share. It must not print."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glossary_ls.analysis import folder_definitions
from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.text import Encoding, Text
from glossary_ls.cli.errors import InputError
from glossary_ls.cli.selection import EVERYTHING
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.markup import language_of
from glossary_ls.settings.resolver import Resolver
from glossary_ls.vfs.files import read_text
from glossary_ls.vfs.url_files import UrlError, UrlFiles, is_url
from glossary_ls.workspace import definition_cache
from glossary_ls.workspace.check_all import check_with_others, encoding_findings
from glossary_ls.workspace.choices import choices
from glossary_ls.workspace.definition_cache import IndexedFile
from glossary_ls.workspace.definition_search import result_of
from glossary_ls.workspace.file_index import LARGEST
from glossary_ls.workspace.workspace import Workspace

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.document import Document
    from glossary_ls.cli.selection import Selection
    from glossary_ls.settings.config_file import Configuration
    from glossary_ls.vfs.files import Files, Source
    from glossary_ls.workspace.findings import Findings

#: How much text is scanned before the first document is checked, in bytes: a scan takes some ten times that.
MOST_AHEAD = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings of a file; with its document, unless it is a glossary or a configuration file."""

    path: str
    findings: Findings
    document: Document | None


class Project:
    """A workspace with one root folder, and the documents read into it."""

    def __init__(
        self,
        root: str = ".",
        selection: Selection = EVERYTHING,
        files: UrlFiles | None = None,
        here: str = "",
    ) -> None:
        """Open a folder, or what is at a URL. Raises InputError if there is none.

        Names of files are relative to `here`, or the current folder.
        """
        self.selection = selection
        self.here = here
        #: Whether scans are forgotten, so that files are only read ahead for what they define.
        self.forgets = False
        self.files = files or UrlFiles(paths.normal("." if is_url(root) else root))
        self.root = self.path_of(root)
        if not self.files.is_folder(self.root):
            raise InputError(f"{root}: no such folder; --root is the folder with glossaries and settings")
        self.workspace = Workspace(self.files, [self.root], Encoding.UTF32)
        self._ahead: dict[str, Analysis] = {}
        self._room = MOST_AHEAD
        self._listed: frozenset[str] | None = None

    def __reduce__(self) -> tuple[type[Project], tuple[str, Selection, UrlFiles]]:
        """Return how another process makes the same project."""
        return Project, (self.files.url_of(self.root) or self.root, self.selection, self.files)

    def path_of(self, argument: str) -> str:
        """Return the path that an argument names. Raises InputError for a URL that cannot be read."""
        if not is_url(argument):
            return paths.normal(argument)
        try:
            return self.files.add(argument)
        except UrlError as error:
            raise InputError(str(error)) from None

    def warm(self, files: Iterable[str]) -> None:
        """Load what checking some files needs: the glossaries of their folders, and the built-in data."""
        for path in {paths.parent(path): path for path in files}.values():
            self.workspace.glossary_of(path)
        self.check(paths.join(self.root, "x.md"), "x")

    def read_ahead(self, path: str) -> dict[str, IndexedFile]:
        """Scan a document that will be checked, and return what it defines, for `learn`.

        So it is parsed once, for its own findings and for those of the others, as long as all scans fit in
        `MOST_AHEAD`. The result is empty for a file that cannot be read, and where nobody asks.
        """
        signature = self.files.signature(path)
        if signature is None or signature[1] > LARGEST or is_glossary(path):
            return {}
        if not self.workspace.wants_definitions(self.root):
            return {}
        is_kept = signature[1] <= self._room and not self.forgets
        if not (is_kept or self.forgets or self.is_listed(path)):
            return {}
        source = read_text(self.files, path)
        if source.problems:
            return {}
        language = language_of(path)
        if not is_kept:
            digest = definition_cache.digest_of_document(source.text, language)
            found = result_of(folder_definitions.read(path, source.text, language))
            return {path: IndexedFile(signature, digest, found)}
        self._ahead[path] = self.workspace.analyze(path, language, Text(source.text)).analysis
        self._room -= signature[1]
        return {path: definition_cache.of_scan(path, signature, self._ahead[path])}

    def is_listed(self, path: str) -> bool:
        """Return whether the definitions of a document count for others."""
        if self._listed is None:
            listing = result_of(self.workspace.file_index.listing(self.root))
            self._listed = frozenset(listing.documents)
        return path in self._listed

    def search(self) -> None:
        """Read of the other documents only what the documents that will be checked ask for."""
        if self.workspace.wants_definitions(self.root):
            self.workspace.definition_index.search(self.root)

    def keep(self) -> None:
        """Write what was found of the other documents to the cache, for the next check."""
        self.workspace.definition_index.keep(self.root)

    def learn(self, defined: Mapping[str, IndexedFile]) -> None:
        """Record the definitions of some documents, so that those need not be parsed for the others."""
        self.workspace.definition_index.learn(defined)

    def document(self, path: str, source: str | None = None) -> Document:
        """Return the document at a normalized path; `source` replaces its content on disk."""
        source = self.read(path).text if source is None else source
        ahead = self._ahead.pop(path, None)
        document = self.workspace.analyze(path, language_of(path), Text(source), ahead)
        severities = self.selection.severities(document.settings.severities)
        if severities is document.settings.severities:
            return document
        return replace(document, settings=replace(document.settings, severities=severities))

    def read(self, path: str, *, is_strict: bool = False) -> Source:
        """Read a file as `read_file` does."""
        return read_file(self.files, path, self.display_path(path), is_strict=is_strict)

    def check(self, path: str, source: str | None = None) -> Checked:
        """Check a file; `source` replaces its content on disk. Raises InputError for one that is unreadable.

        The other documents are read only when this one has an acronym that one of them may define, or define
        differently.
        """
        if source is None:
            own = self.workspace.findings(paths.to_uri(path)) if is_glossary(path) else None
            if own:
                return self._selected(path, own, None)
            read = self.read(path)
            if read.problems:
                return self._selected(path, encoding_findings(self.workspace, path, read), None)
            source = read.text
        document = replace(self.document(path, source), asked=set())
        document, found = check_with_others(self.workspace, document)
        return self._selected(path, found, document)

    def subject(self, argument: str) -> str:
        """Return a path in place of a document or folder that a command is about; the root without one.

        Raises InputError if there is none.
        """
        path = self.path_of(argument) if argument else self.root
        if self.files.is_folder(path):
            return paths.join(path, "x.md")
        if self.files.signature(path) is None:
            raise InputError(f"{argument}: no such file or folder")
        return path

    def configuration(self) -> Configuration | None:
        """Return the configuration file of the root folder."""
        return Resolver(self.files, lambda _: None, choices()).file(self.root)

    def own_files(self) -> Iterator[Checked]:
        """Yield the glossary and configuration files in use that have problems."""
        for path in self.workspace.own_files():
            own = self.workspace.findings(paths.to_uri(path))
            if own and own.problems:
                yield self._selected(path, own, None)

    def _selected(self, path: str, findings: Findings, document: Document | None) -> Checked:
        wanted = tuple(problem for problem in findings.problems if self.selection.includes(problem.code))
        return Checked(path, replace(findings, problems=wanted), document)

    def key(self, path: str) -> str:
        """Return a path relative to the root folder, which is the same wherever a command is run."""
        return paths.relative(path, self.root) if paths.is_within(path, self.root) else path

    def display_path(self, path: str) -> str:
        """Return a path relative to the current folder if it is below it, else the absolute path or URL."""
        return self.files.url_of(path) or shown(path, self.here)


def shown(path: str, here: str = "") -> str:
    """Return a path relative to a folder, or the current one, if it is below it, else the absolute path."""
    here = here or paths.normal(".")
    return paths.relative(path, here) if paths.is_within(path, here) else path


def read_file(files: Files, path: str, name: str = "", *, is_strict: bool = False) -> Source:
    """Read a file as text. Raises InputError if that fails or, with `is_strict`, it is not valid UTF-8.

    `name` is the name of the file for the user.
    """
    read = read_text(files, path)
    if not read.readable or (is_strict and read.problems):
        message = read.problems[0].message
        reason = message.removeprefix(f"{path}: ").removeprefix(f"{paths.name(path)} ")
        raise InputError(f"{name or shown(path)}: {reason}")
    return read


def add_root(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Declare the argument for the root folder."""
    parser.add_argument(
        "--root",
        metavar="FOLDER",
        default=".",
        help="folder with glossaries and settings (default: current folder)",
    )


def standard_input(*, is_strict: bool = False) -> str:
    """Read standard input as UTF-8. Raises InputError if it is closed or, with `is_strict`, not UTF-8."""
    if sys.stdin is None:
        raise InputError("standard input is closed")
    content = sys.stdin.buffer.read()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if is_strict:
            raise InputError("standard input is not valid UTF-8") from None
        return content.decode("utf-8-sig", "replace")
