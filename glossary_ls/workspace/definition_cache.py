"""The cache of a folder's definitions as text, for the next start of the server.

The first line is a JSON object with the format, a stamp of the program that wrote it, the folder and a
checksum of the rest; each further line is a JSON array for one document. A text that does not match in all of
these is ignored. The module must not know where the text is kept.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from glossary_ls.analysis import folder_definitions
from glossary_ls.analysis.folder_definitions import FoundDefinition
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.text import Place, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.vfs.files import Signature

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A document as it was read: the version of its file, the digest of its text, and its definitions."""

    signature: Signature
    digest: str
    found: tuple[FoundDefinition, ...]

    def of(self, path: str) -> tuple[FoundDefinition, ...]:
        """Return the definitions of another file with the same text."""
        return tuple(each if each.path == path else replace(each, path=path) for each in self.found)


def of_scan(path: str, signature: Signature, analysis: Analysis) -> IndexedFile:
    """Return a document whose file had a version when its text was read and scanned."""
    digest = digest_of_document(analysis.text.source, analysis.language)
    found = folder_definitions.of_document(path, analysis.text, analysis.meanings)
    return IndexedFile(signature, digest, found)


def digest_of_document(text: str, language: str) -> str:
    """Return the digest of a text that is parsed as a language."""
    return digest_of(f"{language}\n{text}")


def name_of(root: str) -> str:
    """Return the name of the cache file of a folder."""
    return f"harvest-{digest_of(root)}.json"


def digest_of(text: str) -> str:
    """Return the digest of a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def line_of(path: str, reading: IndexedFile) -> str:
    """Return the line of the cache for one document."""
    rows = ((each, each.span, each.place) for each in reading.found)
    found = [
        [each.short, each.long, span.start, span.end, place.line, place.start, place.end]
        for each, span, place in rows
    ]
    return json.dumps([path, *reading.signature, reading.digest, found], separators=(",", ":"))


def whole(root: str, stamp: str, lines: Iterable[str]) -> str:
    """Return the text of the cache; with another `stamp`, that of the program's code, it will not be used."""
    body = "\n".join(lines)
    header = {"format": _FORMAT, "program": stamp, "root": root, "checksum": digest_of(body)}
    return f"{json.dumps(header)}\n{body}"


def load(text: str | None, root: str, stamp: str) -> Iterator[tuple[str, IndexedFile]]:
    """Yield each path with its reading; nothing if the text is broken, or of another program or folder."""
    head, _, body = (text or "").partition("\n")
    try:
        header = json.loads(head)
    except (ValueError, RecursionError):
        return
    expected = {"format": _FORMAT, "program": stamp, "root": root}
    if not isinstance(header, dict) or header != {**expected, "checksum": digest_of(body)}:
        return
    for line in body.split("\n") if body else ():
        try:
            path, time, size, digest, found = json.loads(line)
            reading = IndexedFile(
                (int(time), int(size)), str(digest), tuple(_found(path, row) for row in found)
            )
        except (ValueError, TypeError, RecursionError, OverflowError):
            continue
        yield str(path), reading


def _found(path: str, row: Any) -> FoundDefinition:  # noqa: ANN401  because it is JSON
    short, long, start, end, line, first, last = row
    place = Place(int(line), _three(first), _three(last))
    return FoundDefinition(str(short), str(long), str(path), Span(int(start), int(end)), place)


def _three(columns: list[int]) -> tuple[int, int, int]:
    one, two, three = map(int, columns)
    return one, two, three
