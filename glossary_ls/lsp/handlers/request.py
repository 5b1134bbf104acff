"""Rows of the registry: how a request's parameters are converted, and which function answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from glossary_ls.base.dataclass import dataclass
from glossary_ls.lsp.from_lsp import find
from glossary_ls.lsp.from_lsp import uri as uri_of
from glossary_ls.lsp.jsonrpc import MalformedError
from glossary_ls.lsp.to_lsp import Context

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.text import Encoding, Text
    from glossary_ls.lsp.jsonrpc import Answer
    from glossary_ls.lsp.session import Session

_Params = TypeVar("_Params")


@dataclass(frozen=True, slots=True)
class DocumentContext(Context):
    """A request's document as it was when the request came, the session, and the client's progress token."""

    session: Session
    progress_token: object = None

    @classmethod
    def of(cls, session: Session, uri: str, document: Document, token: object = None) -> DocumentContext:
        """Return the context of a document in a session."""
        return cls(uri, document, session.flags, session.library, session, token)


@dataclass(frozen=True, slots=True)
class Request(Generic[_Params]):
    """A request about the workspace, or about an item of an earlier answer.

    One that `needs_all_open` waits until all open documents are scanned.
    """

    method: str
    handler: Callable[[Session, _Params], Answer]
    params: Callable[[object], _Params]
    needs_all_open: bool = False

    def answer(self, session: Session, params: object) -> Answer:
        """Return the answer to the request with some parameters."""
        return self.handler(session, self.params(params))


@dataclass(frozen=True, slots=True)
class DocumentRequest(Generic[_Params]):
    """A request about an open document; null is the answer for others, and when `setting` is off."""

    method: str
    handler: Callable[[DocumentContext, _Params], Answer]
    params: Callable[[object, Text, Encoding], _Params]
    setting: str = ""
    needs_all_open: bool = False

    def answer(self, session: Session, params: object) -> Answer:
        """Return the answer to the request with some parameters."""
        uri = uri_of(params)
        if uri is None:
            raise MalformedError("expected str at textDocument.uri")
        document = session.workspace.snapshot(uri)
        if document is None:
            if self.setting:
                session.notice("unknown document", f"{self.method} for {uri}, which is not open")
            return None
        converted = self.params(params, document.text, session.flags.encoding)
        if self.setting and not getattr(document.settings, self.setting):
            return None
        context = DocumentContext.of(session, uri, document, find(params, "workDoneToken"))
        return self.handler(context, converted)


def context_of(session: Session, item: object) -> DocumentContext | None:
    """Return the context of an item whose `data` names its document; None when that is not open."""
    uri = find(item, "data", "uri")
    if isinstance(uri, str) and (document := session.workspace.snapshot(uri)):
        return DocumentContext.of(session, uri, document)
    return None
