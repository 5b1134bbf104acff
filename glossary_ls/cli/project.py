"""A workspace for the commands, and the arguments that they share. It must not print."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.text import Encoding, Text
from glossary_ls.cli.errors import InputError
from glossary_ls.markup import language_of
from glossary_ls.rules import unknown_acronym
from glossary_ls.vfs.files import DiskFiles, read_text
from glossary_ls.workspace.check_all import encoding_findings
from glossary_ls.workspace.findings import check
from glossary_ls.workspace.workspace import Workspace

if TYPE_CHECKING:
    import argparse

    from glossary_ls.analysis.document import Document
    from glossary_ls.vfs.files import Source
    from glossary_ls.workspace.findings import Findings


class Project:
    """A workspace with one root folder, and the documents read into it."""

    def __init__(self, root: str = ".") -> None:
        self.files = DiskFiles()
        self.root = paths.normal(root)
        if not self.files.is_folder(self.root):
            raise InputError(f"{root}: no such folder; --root is the folder with glossaries and settings")
        self.workspace = Workspace(self.files, [self.root], Encoding.UTF32)

    def document(self, path: str, source: str | None = None) -> Document:
        """Return the document at a normalized path; `source` replaces its content on disk."""
        source = self._read(path).text if source is None else source
        return self.workspace.analyze(path, language_of(path), Text(source))

    def _read(self, path: str) -> Source:
        read = read_text(self.files, path)
        if not read.readable:
            raise InputError(read.problems[0].message)
        return read

    def findings(self, path: str, source: str | None = None) -> Findings:
        """Return the findings of a document.

        The other documents are read only when this one has an acronym that one of them may define, or define
        differently.
        """
        if source is None:
            read = self._read(path)
            if read.problems:
                return encoding_findings(self.workspace, path, read)
            source = read.text
        document = self.document(path, source)
        found = check(document)
        enabled = document.settings.diagnostics and document.settings.neighbours
        has_acronyms = document.analysis.definitions or unknown_acronym.find(document)
        if enabled and has_acronyms and self.workspace.read_definitions():
            found = check(self.workspace.with_definitions(document))
        return found

    def display_path(self, path: str) -> str:
        """Return a path relative to the current folder if it is below it, else the absolute path."""
        return shown(path)


def shown(path: str) -> str:
    """Return a path relative to the current folder if it is below it, else the absolute path."""
    here = paths.normal(".")
    return paths.relative(path, here) if paths.is_within(path, here) else path


def add_root(parser: argparse.ArgumentParser) -> None:
    """Declare the argument for the root folder."""
    parser.add_argument(
        "--root", default=".", help="folder with glossaries and settings (default: current folder)"
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the commands that print terms."""
    parser.add_argument("--markdown", action="store_true", help="print Markdown instead of plain text")
    add_root(parser)


def standard_input() -> str:
    """Read standard input as UTF-8."""
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace")
