"""The definitions in other documents, found when they are asked for: for a check of few files.

Documents that the cache does not know are read, but only those that hold an acronym are parsed when it is
asked for, which a search of their bytes decides. The result is that of `definition_index`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from glossary_ls.analysis import folder_definitions
from glossary_ls.analysis.folder_definitions import FolderDefinitions
from glossary_ls.markup import language_of
from glossary_ls.vfs.files import read_text
from glossary_ls.workspace import definition_cache
from glossary_ls.workspace.definition_cache import IndexedFile
from glossary_ls.workspace.file_index import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from glossary_ls.analysis.folder_definitions import FoundDefinition
    from glossary_ls.vfs.files import Files, Signature
    from glossary_ls.workspace.file_index import Listing

    _Result = TypeVar("_Result")

#: What may be between the letters of an acronym in the source, but not in the readable text: tags,
#: references, the targets of links, roles, attributes, marks. Bytes that are not ASCII are letters or
#: invisible characters.
_MARKUP = (
    rb"(?:[^0-9a-z\s<&\]{:\\]|\\\s?|<[^<>]*>|<|&[0-9a-z]+;|&"
    rb"|\](?:\([^()]*\)|\[[^\[\]]*\])?|\{[^{}]*\}|\{|:[a-z:]+:`|:)*?"
)
_BLANK = _MARKUP + rb"\s(?:\s|" + _MARKUP.removesuffix(b"*?") + rb")*?"

#: No letter precedes an acronym, and none but that of a plural follows.
_BEFORE = rb"(?<![0-9a-z]%b)"
_AFTER = rb"(?:" + _MARKUP + rb"s)?(?![0-9a-z])"

#: In a document with this, letters may be written as numbers.
_NUMBERS = b"&#"

#: After so many acronyms, all documents are parsed.
_MOST_ASKED = 64


class SearchedDefinitions(FolderDefinitions):
    """The definitions of the documents below a folder; each document is parsed when it is first needed."""

    def __init__(
        self,
        root: str,
        files: Files,
        listing: Generator[None, None, Listing],
        cached: Callable[[], Iterable[tuple[str, IndexedFile]]],
        most: int,
    ) -> None:
        """Take the steps that list the documents, and what the cache knows; `most` characters are read."""
        self._found: dict[str, list[FoundDefinition]] = {}
        super().__init__(root, self._found)
        self._files = files
        self._listing = listing
        self._cached = cached
        self._most = most
        self._asked: set[str] = set()
        self._waiting: set[int] | None = None
        #: The documents that are parsed, or were when the cache was written; and whether any was parsed now.
        self.indexed: dict[str, IndexedFile] = {}
        self.is_new = False

    def find(self, short: str, path: str = "") -> tuple[FoundDefinition, ...]:
        """Return the definitions of an acronym in documents other than `path`, the nearest first."""
        wanted = folder_definitions.key(short)
        if wanted not in self._asked:
            self._asked.add(wanted)
            texts = self._texts
            if self._waiting is None:
                self._waiting = set(range(len(texts)))
            for number in self._waiting.intersection(self._holding(wanted)):
                self._waiting.remove(number)
                self._parse(texts[number])
        return super().find(short, path)

    @cached_property
    def _texts(self) -> Sequence[_Unparsed]:
        """The documents that the cache does not know."""
        cached = dict(self._cached())
        texts: list[_Unparsed] = []
        left = self._most
        for path in result_of(self._listing).documents:
            signature = self._files.signature(path)
            if signature is None or signature[1] > LARGEST:
                continue
            known = cached.get(path)
            if known is not None and known.signature == signature:
                self._add(path, known)
            elif left > 0:
                source = read_text(self._files, path)
                text = "" if source.problems else source.text
                left -= len(text)
                texts.append(_Unparsed(path, signature, text))
        return texts

    @cached_property
    def _bytes(self) -> tuple[bytes, list[int]]:
        """All texts as bytes in lower case, with a line between them, and the start of each."""
        parts = [each.text.encode("utf-8", "surrogatepass").lower() for each in self._texts]
        starts = [0]
        for part in parts:
            starts.append(starts[-1] + len(part) + 1)
        return b"\n".join(parts), starts

    def _holding(self, wanted: str) -> Iterable[int]:
        """Return the numbers of the documents that may hold an acronym, given its key."""
        words = [[*filter(str.isalnum, word)] for word in wanted.lower().split()]
        if len(self._asked) > _MOST_ASKED or not wanted.isascii() or not any(words):
            return range(len(self._texts))
        whole, starts = self._bytes
        letters = _BLANK.join(_MARKUP.join(map(str.encode, word)) for word in words if word)
        # A search that begins with a literal letter is several times faster.
        first, rest = letters[:1], letters[1:]
        pattern = re.compile(first + _BEFORE % first + rest + _AFTER)
        places = [found.start() for found in pattern.finditer(whole)]
        if _NUMBERS in whole:
            places += [found.start() for found in re.finditer(_NUMBERS, whole)]
        return {bisect_right(starts, place) - 1 for place in places}

    def _parse(self, document: _Unparsed) -> None:
        path, signature, text = document
        language = language_of(path)
        found = result_of(folder_definitions.read(path, text, language))
        self._add(path, IndexedFile(signature, definition_cache.digest_of_document(text, language), found))
        self.is_new = True

    def _add(self, path: str, known: IndexedFile) -> None:
        self.indexed[path] = known
        for each in known.found:
            self._found.setdefault(folder_definitions.key(each.short), []).append(each)


class _Unparsed(NamedTuple):
    """A document that was read and not parsed."""

    path: str
    signature: Signature
    text: str


def result_of(steps: Generator[None, None, _Result]) -> _Result:
    """Do all steps of a task at once, and return its result."""
    try:
        while True:
            next(steps)
    except StopIteration as end:
        found: _Result = end.value
        return found
