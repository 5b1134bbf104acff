"""Survey: every document and glossary of the workspace in turn, what is found in it and what it names.

What is not looked at: files larger than `LARGEST` bytes and those beyond the first `MOST_DOCUMENTS`. This
module remembers nothing and must not know the protocol; who has the steps done decides when.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from glossary_ls.analysis.runs import total
from glossary_ls.base import paths
from glossary_ls.base.model import Severity
from glossary_ls.base.text import Text
from glossary_ls.glossary.discovery import is_glossary
from glossary_ls.markup import language_of
from glossary_ls.markup.documents import is_document
from glossary_ls.vfs.files import read_text
from glossary_ls.vfs.walk import steps
from glossary_ls.workspace.findings import Findings, check
from glossary_ls.workspace.term_search import LARGEST, MOST_DOCUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from glossary_ls.analysis.chunks import Portion
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.vfs.files import Files, Source
    from glossary_ls.workspace.workspace import Workspace

#: What tells an entry of a glossary from others: its name and its expansion.
EntryKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at one file gave: its findings, and how often it names each entry."""

    findings: Findings
    uses: Mapping[EntryKey, int]


def files_below(workspace: Workspace, files: Files) -> Iterator[str]:
    """Yield the documents and glossaries of all workspace folders, and between them nothing, for a pause."""
    seen: set[str] = set()
    for root in workspace.roots:
        for path in steps(files, root, lambda path: is_document(path) or is_glossary(path)):
            if path in seen:
                continue
            if path:
                seen.add(path)
                if len(seen) > MOST_DOCUMENTS:
                    return
            yield path


def stamp(workspace: Workspace, files: Files, path: str) -> tuple[object, ...] | None:
    """Return what the findings of a file depend on, or None when there is nothing to look at.

    The parts of two stamps are to be compared by identity or as equal numbers.
    """
    if is_glossary(path):
        return (workspace.revision,)
    opened = workspace.snapshot(paths.to_uri(path))
    if opened is not None:
        return (opened,)
    signature = files.signature(path)
    if signature is None or signature[1] > LARGEST:
        return None
    settings = workspace.settings_of(path)
    heard = workspace.neighbourhood.revision if settings.neighbours else 0
    return (*signature, heard, workspace.glossary_of(path), settings)


def look(workspace: Workspace, files: Files, path: str) -> Look | None:
    """Look at one file; None when it cannot be read."""
    uri = paths.to_uri(path)
    if is_glossary(path):
        own = workspace.findings(uri)
        return Look(own, {}) if own else None
    opened = workspace.snapshot(uri)
    if opened is not None:
        found = workspace.findings(uri)
        return Look(found, uses_in(opened)) if found else None
    source = read_text(files, path)
    if not source.readable:
        return None
    if source.problems:
        return Look(garbled(workspace, path, source), {})
    document = workspace.analyse(path, language_of(path), Text(source.text))
    return Look(check(document), uses_in(document))


def garbled(workspace: Workspace, path: str, source: Source) -> Findings:
    """Return the findings of a document whose encoding is wrong: that alone.

    What the rules would say about characters that nobody wrote is noise.
    """
    said = workspace.settings_of(path).diagnostics
    problems = (replace(problem, severity=Severity.WARNING) for problem in source.problems if said)
    return Findings(Text(source.text), tuple(problems))


def uses_in_open(workspace: Workspace) -> Counter[EntryKey]:
    """Return how often the documents that are open name each entry, as they were looked at last."""
    added: Counter[EntryKey] = Counter()
    for uri in workspace.open_uris():
        document = workspace.seen(uri)
        added.update(uses_in(document) if document else {})
    return added


def count_in(uses: Counter[EntryKey], term: Term) -> int:
    """Return how often `uses` says that a term is named."""
    return uses[entry_key(term)]


def counting(uses: Callable[[], Counter[EntryKey]]) -> Callable[[Term], int]:
    """Return what tells how often a term is named; `uses` is asked when the first one is wanted."""
    known: list[Counter[EntryKey]] = []

    def count(term: Term) -> int:
        if not known:
            known.append(uses())
        return count_in(known[0], term)

    return count


def uses_in(document: Document) -> Mapping[EntryKey, int]:
    """Return how often a document names each entry, as the best sense of what is written."""
    return document.analysis.summary(_USES)


def _counts(portion: Portion, _text: str) -> Counter[EntryKey]:
    mentions = (mention for scanned in portion.blocks for mention in scanned.mentions)
    return Counter(entry_key(mention.term) for mention in mentions)


_USES = total(_counts)


def entry_key(term: Term) -> EntryKey:
    """Return what tells the entry of a term from others."""
    return term.name, term.expansion
