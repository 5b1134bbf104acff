"""Conversions from the protocol's JSON: reading untrusted messages, and the typed parameters of requests.

A client's message may lack anything or hold anything. `find` returns None for what is missing, `need` raises
`MalformedError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.text import Span
from glossary_ls.lsp.jsonrpc import MalformedError

if TYPE_CHECKING:
    from glossary_ls.base.text import Encoding, Text
    from glossary_ls.lsp.jsonrpc import Json

T = TypeVar("T")

#: Where a request, or an item to be resolved, may name its document, the most frequent place first.
_URI_PLACES = (("textDocument", "uri"), ("uri",), ("data", "uri"))

#: The `CompletionTriggerKind` of a request that a trigger character caused.
_TRIGGER_CHARACTER = 2


# --- JSON -------------------------------------------------------------------------------------------------


def find(raw: object, *keys: str | int) -> object:
    """Return the value at a path of keys in a JSON value, or None."""
    for key in keys:
        if isinstance(key, int):
            raw = raw[key] if isinstance(raw, list) and -len(raw) <= key < len(raw) else None
        else:
            raw = raw.get(key) if isinstance(raw, dict) else None
    return raw


def need(raw: object, kind: type[T], *keys: str | int) -> T:
    """Return the value at a path of keys in a JSON value; raise `MalformedError` unless it is of a type."""
    found = find(raw, *keys)
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        raise MalformedError(f"expected {kind.__name__} at {'.'.join(map(str, keys))}")
    return found


def optional(raw: object, kind: type[T], key: str) -> T | None:
    """Return a member of a JSON object that may be missing or null, but not of another type."""
    return None if find(raw, key) is None else need(raw, kind, key)


def list_at(raw: object, *keys: str) -> list[object]:
    """Return the list at a path of keys; an empty one for anything else."""
    found = find(raw, *keys)
    return found if isinstance(found, list) else []


def position(raw: object, *keys: str) -> tuple[int, int]:
    """Return the position (line, character) at a path of keys."""
    line, character = need(raw, int, *keys, "line"), need(raw, int, *keys, "character")
    if line < 0 or character < 0:
        raise MalformedError(f"negative position at {'.'.join(keys)}")
    return line, character


def item(raw: object) -> dict[str, Json]:
    """Return the item that a client wants resolved."""
    return need(raw, dict)


def uri(params: object) -> str | None:
    """Return the document that a request names, as `uri` or as `textDocument.uri`, if any."""
    found = find(params, "uri") or find(params, "textDocument", "uri")
    if found is not None and not isinstance(found, str):
        raise MalformedError("expected str at uri")
    return found


def request_uri(params: object) -> str | None:
    """Return the document that a request or an item to be resolved is about; None for whatever is no URI."""
    for place in _URI_PLACES:
        if isinstance(found := find(params, *place), str):
            return found
    return None


def folder_paths(folders: object) -> tuple[str, ...]:
    """Return the paths of a list of workspace folders, without those that are not on the disk."""
    uris = [find(folder, "uri") for folder in folders] if isinstance(folders, list) else []
    found = (paths.from_uri(each) for each in uris if isinstance(each, str))
    return tuple(path for path in found if path)


def root_paths(params: object) -> tuple[str, ...]:
    """Return the workspace folders of `initialize`: the list, else the one root, else none."""
    folders = folder_paths(find(params, "workspaceFolders"))
    if folders:
        return folders
    root = find(params, "rootUri")
    if isinstance(root, str) and (path := paths.from_uri(root)):
        return (path,)
    root = find(params, "rootPath")
    return (paths.normal(root),) if isinstance(root, str) and root else ()


# --- requests about a document ----------------------------------------------------------------------------


def nothing(_params: object, _text: Text, _encoding: Encoding) -> None:
    """Return nothing: the request names its document only."""


def offset(params: object, text: Text, encoding: Encoding) -> int:
    """Return the offset of a request's position."""
    return text.offset_at(*position(params, "position"), encoding)


def optional_offset(params: object, text: Text, encoding: Encoding) -> int | None:
    """Return the offset of a request's position, or None without one."""
    return None if find(params, "position") is None else offset(params, text, encoding)


def span(params: object, text: Text, encoding: Encoding) -> Span:
    """Return the span of a request's range."""
    start = text.offset_at(*position(params, "range", "start"), encoding)
    return Span(start, max(start, text.offset_at(*position(params, "range", "end"), encoding)))


def optional_span(params: object, text: Text, encoding: Encoding) -> Span:
    """Return the span of a request's range; without one, the whole text."""
    return Span(0, len(text)) if find(params, "range") is None else span(params, text, encoding)


def completion(params: object, text: Text, encoding: Encoding) -> tuple[int, bool]:
    """Return the offset of `textDocument/completion`, and whether no trigger character caused it."""
    # Clients that complete while the user types call that "invoked" as well.
    is_invoked = find(params, "context", "triggerKind") != _TRIGGER_CHARACTER
    return offset(params, text, encoding), is_invoked


def references(params: object, text: Text, encoding: Encoding) -> tuple[int, bool]:
    """Return the offset of `textDocument/references`, and whether the declaration is wanted."""
    declaration = find(params, "context", "includeDeclaration") is not False
    return offset(params, text, encoding), declaration


def rename(params: object, text: Text, encoding: Encoding) -> tuple[int, str]:
    """Return the offset of `textDocument/rename`, and the new name."""
    name = need(params, str, "newName")
    return offset(params, text, encoding), name


def code_action(params: object, text: Text, encoding: Encoding) -> tuple[Span, tuple[str, ...]]:
    """Return the span of `textDocument/codeAction`, and the wanted kinds; none mean all."""
    kinds = tuple(kind for kind in list_at(params, "context", "only") if isinstance(kind, str))
    return span(params, text, encoding), kinds


def previous_result(params: object, _text: Text, _encoding: Encoding) -> object:
    """Return the id of the answer that the client has."""
    return find(params, "previousResultId")


# --- requests about no document ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermsParams:
    """The parameters of `glossary_ls/terms`."""

    uri: str | None
    query: str
    limit: int | None
    with_uses: bool


@dataclass(frozen=True, slots=True)
class TermParams:
    """The parameters of `glossary_ls/term`."""

    uri: str | None
    name: str
    sense: int
    with_uses: bool
    progress_token: object


@dataclass(frozen=True, slots=True)
class CommandParams:
    """The parameters of `workspace/executeCommand`."""

    name: str
    arguments: list[object]
    progress_token: object


def terms(params: object) -> TermsParams:
    """Return the parameters of `glossary_ls/terms`."""
    limit = optional(params, int, "limit")
    return TermsParams(
        uri(params),
        optional(params, str, "query") or "",
        None if limit is None else max(limit, 0),
        optional(params, bool, "uses") is True,
    )


def term(params: object) -> TermParams:
    """Return the parameters of `glossary_ls/term`."""
    return TermParams(
        uri(params),
        need(params, str, "name"),
        optional(params, int, "sense") or 0,
        optional(params, bool, "uses") is True,
        find(params, "workDoneToken"),
    )


def query(params: object) -> str:
    """Return the query of `workspace/symbol`."""
    return need(params, str, "query")


def diagnostic(params: object) -> tuple[str, object]:
    """Return the document of `textDocument/diagnostic`, and the id of the report that the client has."""
    return need(params, str, "textDocument", "uri"), find(params, "previousResultId")


def workspace_diagnostic(params: object) -> tuple[dict[str, tuple[str, object]], object]:
    """Return the client's reports, as (URI, result id) by key, and the token for partial results."""
    rows = ((find(row, "uri"), find(row, "value")) for row in list_at(params, "previousResultIds"))
    known = {paths.key(each): (each, value) for each, value in rows if isinstance(each, str)}
    return known, find(params, "partialResultToken")


def command(params: object) -> CommandParams:
    """Return the parameters of `workspace/executeCommand`."""
    arguments = find(params, "arguments")
    if arguments is not None and not isinstance(arguments, list):
        raise MalformedError("expected list at arguments")
    return CommandParams(need(params, str, "command"), arguments or [], find(params, "workDoneToken"))
