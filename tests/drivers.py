"""Two ways to ask the same questions: in the core, and over the wire as an editor does.

The wire driver converts positions with its own naive code, so that a mistake of `base.text` cannot
cancel itself out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from glossary_ls.base import paths
from glossary_ls.base.edits import applied as carried_out
from glossary_ls.base.text import Encoding, Span
from glossary_ls.features.code_actions import code_actions
from glossary_ls.features.completion import complete
from glossary_ls.features.fixes.writing import edits_of
from glossary_ls.features.hover import hover
from glossary_ls.features.inlay_hints import inlay_hints
from glossary_ls.features.keys import KeyHelp, complete_key, key_help
from glossary_ls.features.render import render
from glossary_ls.markup import language_of
from glossary_ls.workspace import check_all
from glossary_ls.workspace.fix_targets import fix_context
from glossary_ls.workspace.term_search import WorkspaceLibrary
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles
from tests.pointing import CorePointing, Pointing, WirePointing
from tests.wire.applying import apply
from tests.wire.harness import WireClient

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.analysis.document import Document
    from glossary_ls.rules.shared.fix import Change
    from tests.marks import Case

ROOT = "/workspace"

#: A link from one term to the entry of another one, which only the server adds.
_LINK = re.compile(r"(?<!\*Defined in\* )\[([^\]]+)\]\(file://[^)]*#L\d+\)")

#: A place in a document: line and code points, both from 0.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A hover as a reader sees it."""

    text: str
    start: Place
    end: Place


@dataclass(frozen=True, slots=True)
class Offer:
    """A code action: its kind and title in one line, a star before the preferred one, and what it does.

    `apply` returns the files that it creates or changes, by name.
    """

    label: str
    apply: Callable[[], dict[str, str]]


class Driver(Protocol):
    """Answers in lines and code points."""

    pointing: Pointing

    def hover(self, file: str, line: int, column: int) -> Shown | None:
        """Return what hovering a place shows."""
        ...

    def completions(self, file: str, line: int, column: int) -> list[str]:
        """Return the labels that are offered at a place."""
        ...

    def diagnostics(self, file: str) -> list[tuple[int, int, str]]:
        """Return line, column and '[code] message' of each finding."""
        ...

    def hints(self, file: str) -> list[tuple[int, int, str]]:
        """Return line, column and label of each inline note."""
        ...

    def actions(self, file: str, line: int, column: int) -> list[Offer]:
        """Return the code actions that are offered at a place."""
        ...


def files_of(case: Case) -> MemoryFiles:
    """Return the workspace of a case."""
    return MemoryFiles({f"{ROOT}/{name}": text for name, text in case.files.items()})


def language(file: str) -> str:
    """Return the language id under which an editor opens a file."""
    return "yaml" if file.endswith((".yaml", ".yml")) else language_of(file)


class CoreDriver:
    """Asks the core's functions."""

    def __init__(self, case: Case) -> None:
        files = files_of(case)
        self._workspace = Workspace(files, [ROOT], Encoding.UTF32)
        self._workspace.configure(case.settings)
        self.pointing: Pointing = CorePointing(self, self._workspace, WorkspaceLibrary(self._workspace))
        for file in case.documents:
            self._workspace.open(uri(file), language(file), 1, case.files[file])
        self._workspace.read_definitions()
        for file in case.documents:
            # As by a server, which has reported on all of them by now.
            self._workspace.record_definitions(uri(file))

    def hover(self, file: str, line: int, column: int) -> Shown | None:
        document = self._document(file)
        offset = document.text.offset_at(line, column, Encoding.UTF32)
        found = key_help(document, offset) or hover(document, offset)
        if found is None:
            return None
        place = document.text.position_at
        text = found.text if isinstance(found, KeyHelp) else render(found, document.glossary, markdown=True)
        return Shown(
            text,
            place(found.span.start, Encoding.UTF32),
            place(found.span.end, Encoding.UTF32),
        )

    def completions(self, file: str, line: int, column: int) -> list[str]:
        document = self._document(file)
        at = document.text.offset_at(line, column, Encoding.UTF32)
        uses = check_all.counting(partial(check_all.uses_in_open, self._workspace))
        found = complete_key(document, at) or complete(document, at, uses=uses)
        return [item.label for item in found.items]

    def diagnostics(self, file: str) -> list[tuple[int, int, str]]:
        found = self._workspace.findings(uri(file))
        assert found is not None
        return [
            (
                *found.text.position_at(problem.span.start, Encoding.UTF32),
                f"[{problem.code}] {problem.message}",
            )
            for problem in found.problems
        ]

    def hints(self, file: str) -> list[tuple[int, int, str]]:
        document = self._document(file)
        return [
            (*document.text.position_at(hint.offset, Encoding.UTF32), hint.label)
            for hint in inlay_hints(document, Span(0, len(document.text)))
        ]

    def actions(self, file: str, line: int, column: int) -> list[Offer]:
        document = self._document(file)
        at = document.text.offset_at(line, column, Encoding.UTF32)
        around = fix_context(self._workspace, uri(file))

        def applied(change: Change) -> dict[str, str]:
            found = edits_of(change, document, around.files)
            assert found is not None
            text = found.text.source if found.text else ""
            return {_name(found.path) if found.path else file: carried_out(text, found.edits)}

        return [
            _offer(action.title, action.kind, partial(applied, action.change), preferred=action.preferred)
            for action in code_actions(document, Span(at, at), around)
        ]

    def _document(self, file: str) -> Document:
        document = self._workspace.snapshot(uri(file))
        assert document is not None
        return document


class WireDriver:
    """Asks a server, as a client that counts in `encoding`."""

    def __init__(self, case: Case, encoding: str) -> None:
        self._case = case
        self.pointing: Pointing = WirePointing(self, case)
        self._encoding = encoding
        self._lines = {file: case.files[file].split("\n") for file in case.documents}
        self._client = WireClient(
            encoding=encoding, files=files_of(case), roots=[ROOT], settings=case.settings or None
        )
        for file in case.documents:
            self._client.open(uri(file), language(file), case.files[file])
        self._client.settle()

    def hover(self, file: str, line: int, column: int) -> Shown | None:
        found = self._request("hover", file, position=self._position(file, line, column))
        if found is None:
            return None
        start, end = (self._place(file, found["range"][edge]) for edge in ("start", "end"))
        return Shown(_LINK.sub(r"\1", found["contents"]["value"]), start, end)

    def completions(self, file: str, line: int, column: int) -> list[str]:
        found = self._request("completion", file, position=self._position(file, line, column))
        items = found["items"] if isinstance(found, dict) else found or []
        return [item["label"] for item in sorted(items, key=lambda item: item["sortText"])]

    def diagnostics(self, file: str) -> list[tuple[int, int, str]]:
        return [
            (*self._place(file, found["range"]["start"]), f"[{found['code']}] {found['message']}")
            for found in self._client.diagnostics(uri(file))
        ]

    def hints(self, file: str) -> list[tuple[int, int, str]]:
        last = len(self._lines[file])
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": last, "character": 0}}
        found = self._request("inlayHint", file, range=whole)
        return [(*self._place(file, hint["position"]), hint["label"]) for hint in found or []]

    def actions(self, file: str, line: int, column: int) -> list[Offer]:
        place = self._position(file, line, column)
        found = self._request(
            "codeAction", file, range={"start": place, "end": place}, context={"diagnostics": []}
        )

        def applied(action: dict[str, Any]) -> dict[str, str]:
            edit = action.get("edit") or self._client.request("codeAction/resolve", action)["edit"]
            texts = {uri(name): text for name, text in self._case.files.items()}
            touched = apply(texts, edit, self._encoding)
            return {_name(paths.from_uri(target)): texts[target] for target in touched}

        return [
            _offer(
                action["title"],
                action["kind"],
                partial(applied, action),
                preferred=action.get("isPreferred", False),
            )
            for action in found or []
        ]

    def _request(self, method: str, file: str, **params: object) -> Any:  # noqa: ANN401  JSON
        return self._client.request(f"textDocument/{method}", {"textDocument": {"uri": uri(file)}, **params})

    def _position(self, file: str, line: int, column: int) -> dict[str, int]:
        return {"line": line, "character": self._units(self._lines[file][line][:column])}

    def _place(self, file: str, position: dict[str, int]) -> Place:
        return self._place_in(self._lines[file], position)

    def _place_in(self, lines: list[str], position: dict[str, int]) -> Place:
        line = lines[position["line"]]
        column = 0
        while column < len(line) and self._units(line[: column + 1]) <= position["character"]:
            column += 1
        return position["line"], column

    def _units(self, string: str) -> int:
        width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[self._encoding]
        codec = self._encoding if width == 1 else f"{self._encoding}-le"
        return len(string.encode(codec)) // width


def _offer(title: str, kind: str, apply_: Callable[[], dict[str, str]], *, preferred: bool) -> Offer:
    return Offer(f"{'*' if preferred else ' '} {kind}: {title}", apply_)


def _name(path: str) -> str:
    return paths.relative(path, ROOT)


def uri(file: str) -> str:
    """Return the URI of a file of the workspace."""
    return paths.to_uri(f"{ROOT}/{file}")
