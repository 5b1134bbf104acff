"""The verbs of the marker cases that are about places: navigation, renaming, outlines, lenses, colors.

Each check compares what a driver says about a mark, or about all marks of a kind in a file, with the marks.
A place is written `NAME` (where a mark `loc NAME` is) or `FILE:LINE`, with the lines of the file without its
marks, counted from 1.
"""

from __future__ import annotations

import re
import shlex
from functools import partial
from itertools import starmap
from typing import TYPE_CHECKING, Any, Protocol

from glossary_ls.base import paths
from glossary_ls.base.edits import applied
from glossary_ls.base.text import Encoding, Span
from glossary_ls.features.code_lens import lenses, title, uses_at
from glossary_ls.features.definition import definition
from glossary_ls.features.folding import folds
from glossary_ls.features.library import LeftOut, Source
from glossary_ls.features.links import links
from glossary_ls.features.references import highlights, references
from glossary_ls.features.rename import FileEdits, Refusal, prepare_rename, rename
from glossary_ls.features.semantic_tokens import MODIFIERS, tokens
from glossary_ls.features.symbols import document_symbols, flat, workspace_symbols
from tests.wire.applying import apply
from tests.wire.harness import ResponseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.text import Text
    from glossary_ls.features.library import Step
    from glossary_ls.workspace.term_search import WorkspaceLibrary
    from glossary_ls.workspace.workspace import Workspace
    from tests.drivers import CoreDriver, WireDriver
    from tests.marks import Case, Mark

ROOT = "/workspace"

#: A stretch of one line: the file below the root, the line and two columns from 0.
Stretch = tuple[str, int, int, int]

#: The heading of the files that a rename leaves out, each with the reason, and how a client is told of them.
_LEFT_OUT = "(left out)"
_NOT_RENAMED = re.compile(r"not renamed everywhere: (.*)\. Look at these places yourself")


class Pointing(Protocol):
    """What a driver says about places."""

    def definition(self, file: str, line: int, column: int) -> list[Stretch]:
        """Return where a definition leads to, in order."""
        ...

    def references(self, file: str, line: int, column: int, *, declaration: bool) -> list[Stretch]:
        """Return all references."""
        ...

    def highlights(self, file: str, line: int, column: int) -> list[Stretch]:
        """Return the highlights in the file."""
        ...

    def rename(self, file: str, line: int, column: int, new: str) -> dict[str, str] | str:
        """Return the files that a rename changes, or why there is none."""
        ...

    def labelled(self, file: str, verb: str) -> list[tuple[Stretch, str]]:
        """Return everything of a kind in a file, each with its label."""
        ...

    def query(self, text: str) -> list[str]:
        """Return the terms that fit a query, with their containers."""
        ...


# --- checks -----------------------------------------------------------------------------------------------


def check_single(case: Case, mark: Mark, driver: Pointing, answers: dict[str, str] | None) -> Iterator[str]:
    """Compare what is said about one mark; yield what is wrong."""
    wanted = shlex.split(mark.argument)
    if mark.verb == "def":
        yield from _check_definition(case, mark, driver, wanted)
    elif mark.verb in {"refs", "uses"}:
        found = sorted(driver.references(mark.file, mark.line, mark.start, declaration=mark.verb == "refs"))
        targets = [] if wanted == ["none"] else _sorted(case, wanted)
        if not _leads(case, found, targets):
            yield f"is named at {_shown(found)}"
    elif mark.verb == "highlight":
        group = sorted(
            _stretch(other)
            for other in case.marks
            if (other.file, other.verb, other.argument) == (mark.file, mark.verb, mark.argument)
        )
        found = driver.highlights(mark.file, mark.line, mark.start)
        if sorted(found) != ([] if wanted == ["none"] else group):
            yield f"highlights {_shown(found)}"
    elif mark.verb in {"rename", "refuse"}:
        yield from _check_rename(case, mark, driver, answers)
    elif mark.verb == "query":
        names = driver.query(wanted[0])
        if names != wanted[1:]:
            yield f"finds {names}"


def _check_definition(case: Case, mark: Mark, driver: Pointing, wanted: list[str]) -> Iterator[str]:
    for column in (mark.start, mark.end - 1):
        found = driver.definition(mark.file, mark.line, column)
        if not _leads(case, found, [] if wanted == ["none"] else wanted):
            yield f"leads to {_shown(found)}"


def _check_rename(case: Case, mark: Mark, driver: Pointing, answers: dict[str, str] | None) -> Iterator[str]:
    new, expected = shlex.split(mark.argument)
    after = driver.rename(mark.file, mark.line, mark.start, new)
    text = after if isinstance(after, str) else _files(after)
    if mark.verb == "refuse":
        if not isinstance(after, str) or expected not in after:
            yield f"says {after!r}"
    elif answers is not None:
        answers[expected[1:]] = text
    elif text.strip() != case.goldens[expected[1:]].strip():
        yield f"not {expected} but:\n{text}"


def check_whole(case: Case, file: str, verb: str, driver: Pointing) -> Iterator[str]:
    """Compare everything of a kind in a file with the marks of that kind; yield what is wrong."""
    marks = [mark for mark in case.marks if mark.file == file and mark.verb == verb]
    if not marks:
        return
    wanted = sorted(
        (_stretch(mark), shlex.split(mark.argument)[0] if mark.argument else "") for mark in marks
    )
    found = sorted(driver.labelled(file, verb))
    if verb == "link":
        wanted = sorted((place, _address(case, target)) for place, target in wanted)
    if found != wanted:
        missing = [row for row in wanted if row not in found]
        surplus = [row for row in found if row not in wanted]
        yield f"{file}: {verb}: missing {missing}, unmarked {surplus}"


def _leads(case: Case, found: list[Stretch], wanted: list[str]) -> bool:
    return len(found) == len(wanted) and all(
        _is(case, place, name) for place, name in zip(found, wanted, strict=True)
    )


def _is(case: Case, place: Stretch, name: str) -> bool:
    file, colon, line = name.rpartition(":")
    if colon:
        return place[:2] == (file, int(line) - 1)
    return place in {
        _stretch(mark) for mark in case.marks if mark.verb == "loc" and mark.argument == name
    } or (place[0] == name)


def _sorted(case: Case, names: list[str]) -> list[str]:
    def place(name: str) -> tuple[str, int, int]:
        file, colon, line = name.rpartition(":")
        if colon:
            return file, int(line) - 1, 0
        return next(_stretch(mark)[:3] for mark in case.marks if mark.verb == "loc" and mark.argument == name)

    return sorted(names, key=place)


def _address(case: Case, name: str) -> str:
    if name.startswith("http"):
        return name
    mark = next(mark for mark in case.marks if mark.verb == "loc" and mark.argument == name)
    return f"{paths.to_uri(f'{ROOT}/{mark.file}')}#L{mark.line + 1}"


def _stretch(mark: Mark) -> Stretch:
    return mark.file, mark.line, mark.start, mark.end


def _shown(found: Iterable[Stretch]) -> str:
    return (
        ", ".join(f"{file}:{line + 1}:{start + 1}-{end + 1}" for file, line, start, end in found) or "nothing"
    )


def _files(after: dict[str, str]) -> str:
    return "\n".join(f"=== {name} ===\n{text.strip()}" for name, text in sorted(after.items()))


def _name(path: str) -> str:
    """Return a path as a case writes it; of a file outside the workspace its name."""
    return paths.relative(path, ROOT) if paths.is_within(path, ROOT) else paths.name(path)


def places(found: Iterable[Step]) -> list[tuple[str, Span]]:
    """Return all that a search finds, each place with its file."""
    return [(step.path, span) for step in found if isinstance(step, Source) for span in step.spans]


# --- drivers ----------------------------------------------------------------------------------------------


class CorePointing:
    """Asks the core's functions."""

    def __init__(self, driver: CoreDriver, workspace: Workspace, library: WorkspaceLibrary) -> None:
        self._driver = driver
        self._workspace = workspace
        self._library = library

    def definition(self, file: str, line: int, column: int) -> list[Stretch]:
        document, offset = self._at(file, line, column)
        found = definition(document, offset, self._library)
        return [self._stretch(link.target.path, link.target.name, document) for link in found]

    def references(self, file: str, line: int, column: int, *, declaration: bool) -> list[Stretch]:
        document, offset = self._at(file, line, column)
        found = references(document, offset, self._library, declaration=declaration)
        return [self._stretch(path, span, document) for path, span in places(found)]

    def highlights(self, file: str, line: int, column: int) -> list[Stretch]:
        document, offset = self._at(file, line, column)
        found = highlights(document, offset)
        return [self._stretch("", span, document) for span in found or ()]

    def rename(self, file: str, line: int, column: int, new: str) -> dict[str, str] | str:
        document, offset = self._at(file, line, column)
        first = prepare_rename(document, offset)
        found = rename(document, offset, self._library, new)
        if found is None:
            return "nothing to rename"
        if isinstance(found, Refusal):
            assert not isinstance(first, Refusal) or first == found
            return found.message
        texts = {}
        left_out = []
        for each in found.files:
            if isinstance(each, FileEdits):
                texts[_name(each.path)] = applied(each.text.source, each.edits)
            elif isinstance(each, LeftOut):
                left_out.append(each.described(_name(each.path)))
        return {**texts, _LEFT_OUT: ", ".join(left_out)} if left_out else texts

    def labelled(self, file: str, verb: str) -> list[tuple[Stretch, str]]:
        document, _ = self._at(file, 0, 0)
        match verb:
            case "token":
                rows = [(Span(start, end), modifier) for start, end, modifier in tokens(document)]
            case "symbol":
                rows = [
                    (Span(*symbol.selection), symbol.detail) for symbol in flat(document_symbols(document))
                ]
            case "lens":
                rows = []
                for span in starmap(Span, lenses(document)):
                    found = uses_at(document, span.start, self._library)
                    rows.append((span, title(len(places(found))) if found is not None else ""))
            case "fold":
                return [((file, first, 0, 1), str(last - first)) for first, last in folds(document)]
            case _:
                rows = [(link.span, self._target(link.url, link.where)) for link in links(document)]
        return [(self._stretch("", span, document), label) for span, label in rows]

    def query(self, text: str) -> list[str]:
        found = workspace_symbols([self._workspace.glossary_of(f"{ROOT}/x")], text)
        return [f"{each.term.name} ({each.container})" for each in found]

    def _target(self, url: str, where: tuple[str, int] | None) -> str:
        return f"{self._library.uri(where[0])}#L{where[1]}" if where else url

    def _at(self, file: str, line: int, column: int) -> tuple[Document, int]:
        document = self._driver._document(file)
        return document, document.text.offset_at(line, column, Encoding.UTF32)

    def _stretch(self, path: str, span: Span, document: Document) -> Stretch:
        text: Text | None = self._library.text(path) if path else document.text
        assert text is not None
        line, start = text.position_at(span.start, Encoding.UTF32)
        _, end = text.position_at(span.end, Encoding.UTF32)
        return _name(path or document.path), line, start, end


class WirePointing:
    """Asks a server; positions are converted by the driver's own code."""

    def __init__(self, driver: WireDriver, case: Case) -> None:
        self._driver = driver
        self._case = case

    def definition(self, file: str, line: int, column: int) -> list[Stretch]:
        found = self._ask("definition", file, line, column) or []
        again = self._ask("declaration", file, line, column) or []
        assert found == again
        return [self._stretch(link["targetUri"], link["targetSelectionRange"]) for link in found]

    def references(self, file: str, line: int, column: int, *, declaration: bool) -> list[Stretch]:
        found = self._ask("references", file, line, column, context={"includeDeclaration": declaration})
        return [self._stretch(place["uri"], place["range"]) for place in found or []]

    def highlights(self, file: str, line: int, column: int) -> list[Stretch]:
        found = self._ask("documentHighlight", file, line, column)
        return [self._stretch(_uri(file), mark["range"]) for mark in found or []]

    def rename(self, file: str, line: int, column: int, new: str) -> dict[str, str] | str:
        try:
            if self._ask("prepareRename", file, line, column) is None:
                return "nothing to rename"
            edit = self._ask("rename", file, line, column, newName=new)
        except ResponseError as error:
            return str(error) if error.code == -32803 else f"wrong code: {error}"
        texts = {_uri(name): text for name, text in self._case.files.items()}
        touched = apply(texts, edit, self._driver._encoding)
        after = {_name(paths.from_uri(target)): texts[target] for target in touched}
        messages = [shown["message"] for shown in self._driver._client.received("window/showMessage")]
        left_out = [found[1] for each in messages if (found := _NOT_RENAMED.search(each))]
        return {**after, _LEFT_OUT: left_out[-1]} if left_out else after

    def labelled(self, file: str, verb: str) -> list[tuple[Stretch, str]]:
        ask: Callable[[str], Any] = partial(self._driver._request, file=file)
        here = _uri(file)
        match verb:
            case "token":
                return list(self._tokens(file, ask("semanticTokens/full")["data"]))
            case "symbol":
                rows = [row for top in ask("documentSymbol") for row in (top, *top.get("children", ()))]
                return [(self._stretch(here, row["selectionRange"]), row.get("detail", "")) for row in rows]
            case "lens":
                resolved = [
                    self._driver._client.request("codeLens/resolve", lens) for lens in ask("codeLens")
                ]
                return [(self._stretch(here, lens["range"]), lens["command"]["title"]) for lens in resolved]
            case "fold":
                return [
                    ((file, fold["startLine"], 0, 1), str(fold["endLine"] - fold["startLine"]))
                    for fold in ask("foldingRange")
                ]
        return [(self._stretch(here, link["range"]), link["target"]) for link in ask("documentLink")]

    def query(self, text: str) -> list[str]:
        found = self._driver._client.request("workspace/symbol", {"query": text})
        return [f"{each['name']} ({each['containerName']})" for each in found]

    def _tokens(self, file: str, data: list[int]) -> Iterator[tuple[Stretch, str]]:
        line = character = 0
        for at in range(0, len(data), 5):
            down, right, length, kind, modifiers = data[at : at + 5]
            line, character = line + down, right if down else character + right
            assert kind == 0
            span = {
                "start": {"line": line, "character": character},
                "end": {"line": line, "character": character + length},
            }
            yield self._stretch(_uri(file), span), MODIFIERS[modifiers.bit_length() - 1]

    def _ask(self, method: str, file: str, line: int, column: int, **more: object) -> Any:  # noqa: ANN401  JSON
        return self._driver._request(
            method, file, position=self._driver._position(file, line, column), **more
        )

    def _stretch(self, uri: str, span: dict[str, Any]) -> Stretch:
        name = _name(paths.from_uri(uri))
        lines = self._case.files[name].split("\n") if name in self._case.files else None
        (line, start), (_, end) = (
            self._driver._place_in(lines, span[edge])
            if lines is not None
            else (span[edge]["line"], span[edge]["character"])
            for edge in ("start", "end")
        )
        return name, line, start, end


def _uri(file: str) -> str:
    return paths.to_uri(f"{ROOT}/{file}")
