"""What the commands share: a workspace around the current folder, and documents read into it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.text import Encoding, Text
from glossary_ls.cli.errors import InputError
from glossary_ls.markup import language_of
from glossary_ls.rules import unknown_acronym
from glossary_ls.vfs.files import DiskFiles, Source, read_text
from glossary_ls.workspace.check_all import garbled
from glossary_ls.workspace.findings import check
from glossary_ls.workspace.workspace import Workspace

if TYPE_CHECKING:
    import argparse

    from glossary_ls.analysis.document import Document
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.workspace.findings import Findings


class Session:
    """A workspace whose root is the current folder, or another one that the user names."""

    def __init__(self, root: str = ".") -> None:
        self.files = DiskFiles()
        self.root = paths.normal(root)
        if not self.files.is_folder(self.root):
            raise InputError(
                f"{root}: there is no such folder; --root names the one with glossaries and settings"
            )
        self.workspace = Workspace(self.files, [self.root], Encoding.UTF32)

    def document(self, path: str, source: str | None = None) -> Document:
        """Return the document at `path`, in normal form; `source` stands in for what is on the disk."""
        source = self._read(path).text if source is None else source
        return self.workspace.analyse(path, language_of(path), Text(source))

    def _read(self, path: str) -> Source:
        read = read_text(self.files, path)
        if not read.readable:
            raise InputError(read.problems[0].message)
        return read

    def findings(self, path: str, source: str | None = None) -> Findings:
        """Return what there is to report about a document.

        The other documents are read only when there is an acronym that one of them may explain, or explain
        in another way.
        """
        if source is None:
            read = self._read(path)
            if read.problems:
                return garbled(self.workspace, path, read)
            source = read.text
        document = self.document(path, source)
        found = check(document)
        asks = document.settings.diagnostics and document.settings.neighbours
        concerned = document.analysis.definitions or unknown_acronym.find(document)
        if asks and concerned and self.workspace.gather():
            found = check(self.workspace.with_neighbours(document))
        return found

    def glossary(self) -> Glossary:
        """Return the glossary of the root folder, whatever documents its terms are for."""
        return self.workspace.glossary_of("")

    def shown(self, path: str) -> str:
        """Return a path as a user types it: relative to the current folder when it lies below."""
        here = paths.normal(".")
        return paths.relative(path, here) if paths.is_within(path, here) else path


def add_output(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the commands that print explanations."""
    parser.add_argument("--markdown", action="store_true", help="print the Markdown that editors render")
    parser.add_argument("--root", default=".", help="the folder whose glossaries and settings are used")


def standard_input() -> Source:
    """Read standard input as UTF-8."""
    return Source(sys.stdin.buffer.read().decode("utf-8-sig", "replace"))
