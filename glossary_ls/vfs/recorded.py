"""Files for another machine: what is asked about the disk is recorded here, and answered there.

So a workspace on the other machine has the same settings and glossaries, whatever is on its disk. Documents
come with the work: with their content, or as places at URLs that the other machine reads. This module must
not know what is in a file, or how a record is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.vfs.url_files import UrlFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from glossary_ls.vfs.files import FolderItem, Identity, Signature
    from glossary_ls.vfs.url_files import Place


class NotRecordedError(Exception):
    """Something was asked that was not recorded; the message is the path."""


class Shipped(NamedTuple):
    """A document for another machine: its content, or where to read it, or why it cannot be read."""

    path: str
    signature: Signature | None
    content: bytes | None
    place: Place | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What was asked about files, with the answers, by the operation and the path."""

    base: str
    schemes: tuple[str, ...]
    user_folder: str
    answers: dict[tuple[str, str], Any] = field(default_factory=dict)

    def useful(self) -> Record:
        """Return the record without files of folders that nobody asked about, such as most documents."""
        asked = {path for _, path in self.answers}
        answers = dict(self.answers)
        for (operation, folder), found in self.answers.items():
            if operation == "list_folder":
                answers[operation, folder] = tuple(
                    item for item in found if item.is_folder or paths.join(folder, item.name) in asked
                )
        return Record(self.base, self.schemes, self.user_folder, answers)


class RecordingFiles(UrlFiles):
    """The same files as others, and a record of what is asked about them."""

    def __init__(self, files: UrlFiles) -> None:
        super().__init__(files.base)
        # What is at the URLs is not listed again.
        vars(self).update(vars(files))
        self.record = Record(files.base, files.schemes, files.user_folder)

    def _asked(self, operation: str, path: str, ask: Callable[[str], Any]) -> Any:  # noqa: ANN401  as they are
        answers = self.record.answers
        if (operation, path) not in answers:
            try:
                answers[operation, path] = ask(path)
            except OSError as error:
                answers[operation, path] = OSError(error.strerror or str(error))
        answer = answers[operation, path]
        if isinstance(answer, OSError):
            raise answer
        return answer

    def read(self, path: str) -> bytes:
        """Return the content of a file."""
        content: bytes = self._asked("read", path, super().read)
        return content

    def list_folder(self, folder: str) -> Sequence[FolderItem]:
        """Return the content of a folder."""
        items: Sequence[FolderItem] = self._asked("list_folder", folder, super().list_folder)
        return items

    def signature(self, path: str) -> Signature | None:
        """Return the signature of a file."""
        found: Signature | None = self._asked("signature", path, super().signature)
        return found

    def is_folder(self, path: str) -> bool:
        """Return whether there is a folder."""
        return bool(self._asked("is_folder", path, super().is_folder))

    def resolve(self, path: str) -> str:
        """Return the path with symbolic links resolved."""
        return str(self._asked("resolve", path, super().resolve))

    def identity(self, path: str) -> Identity:
        """Return the same value for all paths of a file."""
        found: Identity = self._asked("identity", path, super().identity)
        return found


class RecordedFiles(UrlFiles):
    """The files of a record, and the documents of the work that is being done."""

    def __init__(self, record: Record) -> None:
        super().__init__(record.base)
        self.schemes = record.schemes
        self._record = record
        self._documents: dict[str, Shipped] = {}

    @property
    def user_folder(self) -> str:
        """The folder of the user's own glossary."""
        return self._record.user_folder

    def add(self, url: str) -> str:
        """Return the path of a URL that was added before."""
        return f"{self.base}/{url}"

    def take(self, documents: Iterable[Shipped]) -> None:
        """Replace the documents by those of other work."""
        self._documents = {document.path: document for document in documents}
        at_urls = {each.path: each.place for each in self._documents.values() if each.place is not None}
        self.take_places(at_urls)
        self.expect(tuple(at_urls))

    def _answer(self, operation: str, path: str) -> Any:  # noqa: ANN401  as above
        if (operation, path) not in self._record.answers:
            raise NotRecordedError(path)
        answer = self._record.answers[operation, path]
        if isinstance(answer, OSError):
            raise answer
        return answer

    def read(self, path: str) -> bytes:
        """Return the content of a file."""
        document = self._documents.get(path)
        if document is None:
            content: bytes = self._answer("read", path)
            return content
        if document.problem:
            raise OSError(document.problem)
        return super().read(path) if document.content is None else document.content

    def list_folder(self, folder: str) -> Sequence[FolderItem]:
        """Return the content of a folder."""
        items: Sequence[FolderItem] = self._answer("list_folder", folder)
        return items

    def signature(self, path: str) -> Signature | None:
        """Return the signature of a file."""
        document = self._documents.get(path)
        found: Signature | None = document.signature if document else self._answer("signature", path)
        return found

    def is_folder(self, path: str) -> bool:
        """Return whether there is a folder."""
        return path not in self._documents and bool(self._answer("is_folder", path))

    def resolve(self, path: str) -> str:
        """Return the path with symbolic links resolved."""
        return str(self._answer("resolve", path))

    def identity(self, path: str) -> Identity:
        """Return the same value for all paths of a file."""
        found: Identity = self._answer("identity", path)
        return found

    def write(self, path: str, text: str, *, is_private: bool = False) -> None:  # noqa: ARG002  because nothing is written
        """Refuse: the disk is that of another machine."""
        raise NotRecordedError(path)

    def read_cache(self, name: str) -> str | None:  # noqa: ARG002  because there is none
        """Return nothing."""
        return None

    def write_cache(self, name: str, *lines: str) -> None:
        """Do nothing."""


def shipped(files: UrlFiles, path: str) -> Shipped:
    """Return a document for another machine; it is read here unless it is at a URL."""
    signature, place = files.signature(path), files.place_of(path)
    if place is not None:
        return Shipped(path, signature, None, place)
    try:
        return Shipped(path, signature, files.read(path), None)
    except (OSError, ValueError) as error:
        return Shipped(
            path, signature, None, None, (isinstance(error, OSError) and error.strerror) or str(error)
        )
