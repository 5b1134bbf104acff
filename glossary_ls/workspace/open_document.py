"""An open document: its text as it is typed, and its last analysis.

It must not know which glossary is active for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis.scan import scan, scan_later, scanning
from glossary_ls.base.dataclass import dataclass
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.workspace.findings import check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.buffer import Buffer
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.workspace.findings import Findings

#: An edit as a client sends it: start, end and new text, or None for both to replace everything.
Edit = tuple[tuple[int, int] | None, tuple[int, int] | None, str]

#: Up to this many characters, a document is scanned at once, in some ten milliseconds.
AT_ONCE = 20_000

#: Up to this many characters, the findings in a document are combined at once after a key, in some ten ms.
_COMBINED = 300_000

#: Of a document with more than so many characters, so many are checked ahead of the rest.
_LONG = 150_000
_BEGINNING = 40_000


@dataclass(slots=True)
class OpenDocument:
    """A document that is open in the editor; `path` is its file, or the file that it is a part of.

    `revision` is that of the workspace at the last snapshot.
    """

    uri: str
    path: str
    language: str
    version: int | None
    buffer: Buffer
    document: Document | None = None
    revision: int = -1
    _ahead: Analysis | None = None
    _findings: tuple[Document, Findings] | None = None

    def change(self, version: int | None, edits: Iterable[Edit]) -> None:
        """Apply edits in order."""
        for start, end, new in edits:
            if start is None or end is None:
                self.buffer.replace_all(new)
            else:
                self.buffer.replace(start, end, new)
        self.version = version

    def findings(self, document: Document) -> Findings:
        """Return the findings in a snapshot of the document."""
        known = self._findings
        if known is None or known[0] is not document:
            known = self._findings = document, check(document)
        return known[1]

    def is_prepared(self, document: Document) -> bool:
        """Return whether the findings in a snapshot are known, or quick to combine from facts that are.

        After a key, the facts about nearly all chunks are known. Without preparing them again, a pull of the
        diagnostics after a key takes 40 % less processor time, at 50 KB as at 150 KB.
        """
        if self._findings is None or len(document.text) > _COMBINED:
            return self._findings is not None and self._findings[0] is document
        edited = set(document.analysis.chunks).difference(self._findings[0].analysis.chunks)
        return sum(chunk.length for chunk in edited) <= AT_ONCE

    def analysis(self, glossary: Glossary) -> Analysis:
        """Return the analysis of the current text."""
        look = scan_later if is_glossary(self.path) else scan
        found = look(self.buffer.text, self.language, glossary, self._last)
        self._ahead = None
        return found

    def reading(self, glossary: Glossary) -> Iterator[Analysis | None] | None:
        """Return the scan of a large document in steps, to be done before `analysis`; None if it is quick.

        A step may yield the analysis of the beginning.
        """
        last = self._last
        if is_glossary(self.path) or (last is not None and last.glossary is glossary):
            return None
        return self._read(glossary) if len(self.buffer.text) > AT_ONCE else None

    def _read(self, glossary: Glossary) -> Iterator[Analysis | None]:
        text, last = self.buffer.text, self._last
        beginning = _BEGINNING if last is None and len(text) > _LONG else 0
        for found in scanning(text, self.language, glossary, last, beginning):
            if found is None or len(found.text) < len(text):
                yield found
            else:
                # What is typed meanwhile is scanned by `analysis`.
                self._ahead = found

    @property
    def _last(self) -> Analysis | None:
        return self._ahead or (self.document.analysis if self.document else None)
