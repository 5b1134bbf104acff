"""Sessions: random editing of several documents and a glossary, compared with a server that starts afresh.

Whatever was edited, opened, closed and asked before, the answers about texts are those of a server that has
never seen others. `python -m tests.wire.sessions FIRST COUNT STEPS` runs many of them. Each event has random
numbers of its own, so that those that make no difference can be left out of a session that failed.

What differs on purpose is left out: a glossary with a mistake counts as it was last; that a definition moved
within another document is no news; what was counted in all files counts until they are counted again.
"""

# ruff: noqa: ANN401  because answers are JSON

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from copy import deepcopy
from random import Random
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from glossary_ls.analysis import chunks, disambiguation
from glossary_ls.base.text import Encoding, Text
from glossary_ls.features import completion
from glossary_ls.rules.shared import guessing
from glossary_ls.workspace import file_index, open_document
from tests.memory_files import LinkedFiles
from tests.wire import harness
from tests.wire.harness import PULL, ROOT, WireClient, merged, span
from tests.wire.session_texts import (
    BASE,
    CONFIGURATIONS,
    ENTRIES,
    FOLDERS,
    GLOSSARIES,
    IGNORED,
    LANGUAGES,
    LINES,
    LINKS,
    NOTEBOOK,
    OUTSIDE,
    RESOLVERS,
    ROOTS,
    SETTINGS,
    SUFFIXES,
    TOML,
    WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def uri(name: str) -> str:
    """Return the URI of a file, or of a cell of a notebook."""
    return f"vscode-notebook-cell:/ws/{name}" if "#" in name else harness.uri(name)


def is_glossary(name: str) -> bool:
    """Return whether a file is a glossary."""
    return name.endswith("glossary.yaml")


def is_document(name: str) -> bool:
    """Return whether a file is a document."""
    return not is_glossary(name) and not name.endswith(CONFIGURATIONS)


@contextmanager
def small(random: Random) -> Iterator[None]:
    """Divide even short documents, and read them in many steps."""
    with (
        patch.object(chunks, "LENGTH", random.choice((30, 60, 150, 400))),
        patch.object(open_document, "AT_ONCE", random.choice((60, 300, 20_000))),
        patch.object(file_index, "FRESH", -1.0),
        patch.object(guessing, "_READ", random.choice((100, 300, 60_000))),
        patch.object(completion, "_NEAR", random.choice((50, 300))),
        patch.object(disambiguation, "_AROUND", random.choice((30, 400))),
    ):
        yield


class Session:
    """A server in the middle of its day, and what its client knows."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.random = random = Random(seed)  # noqa: S311  because it has to be repeatable
        self.roots: tuple[str, ...] = ROOTS[0]
        self.encoding = random.choice(tuple(Encoding))
        self.newline = random.choice(("\n", "\n", "\r\n", "\r", ""))
        notebooks = {"notebookDocument": {"synchronization": {"dynamicRegistration": True}}}
        self.extra = merged(PULL if random.random() < 0.4 else {}, notebooks)
        self.settings: dict[str, Any] = dict(BASE)
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.disk = {"glossary.yaml": _mended(self.glossary()), "a.md": self.text(), "sub/c.md": self.text()}
        self.links: dict[str, str] = {}
        self.client = self.fresh()
        self.log: list[str] = []
        self.asked: dict[int, str] = {}
        self.number = 1_000_000
        self.tokens: dict[str, tuple[str, list[int]]] = {}
        self.steps = 0
        self.compared = 0

    def begin(self, event: str) -> None:
        """Draw what happens in an event from random numbers of its own."""
        self.random.seed(f"{self.seed} {event}")

    # --- material -----------------------------------------------------------------------------------------

    def line(self) -> str:
        if self.random.random() < 0.6:
            return self.random.choice(LINES)
        return " ".join(self.random.choices(WORDS, k=self.random.randint(1, 8)))

    def ending(self) -> str:
        return self.newline or self.random.choice(("\n", "\r\n", "\r"))

    def text(self, most: int = 40) -> str:
        return "".join(self.line() + self.ending() for _ in range(self.random.randint(0, most)))

    def glossary(self) -> str:
        chosen = [row for row in ENTRIES if self.random.random() < (0.03 if "broken" in row else 0.7)]
        return "terms:\n" + "".join(f"{row}\n" for row in chosen)

    def content(self, name: str) -> str:
        """Return a new text for a file."""
        if is_glossary(name):
            return self.glossary()
        if name.endswith(CONFIGURATIONS):
            return self.random.choice(TOML if name.endswith(".toml") else IGNORED)
        return self.text()

    # --- servers ------------------------------------------------------------------------------------------

    def fresh(self) -> WireClient:
        files = LinkedFiles(
            {**OUTSIDE, **{f"{ROOT}/{name}": text for name, text in self.disk.items()}},
            {f"{ROOT}/{name}": target for name, target in self.links.items()},
        )
        step = self.random.choice((0.0, 0.001, 0.05))
        return WireClient(str(self.encoding), self.extra, files, self.settings, self.roots, step=step)

    @property
    def pulls(self) -> bool:
        return "diagnosticProvider" in self.client.initialized["capabilities"]

    def opened(self) -> WireClient:
        """Return a server that has just been told of everything that is open."""
        made = self.fresh()
        for name, text in self.texts.items():
            self.tell_open(made, name, text, self.versions[name])
        return made

    def tell_open(self, client: WireClient, name: str, text: str, version: int) -> None:
        document = {"uri": uri(name), "languageId": self.language(name), "version": version, "text": text}
        if "#" in name:
            structure = {"array": {"start": 0, "deleteCount": 0}, "didOpen": [document]}
            self.tell_cells(client, structure=structure)
        else:
            client.notify("textDocument/didOpen", {"textDocument": document})

    @staticmethod
    def tell_cells(client: WireClient, **cells: Any) -> None:
        client.notify(
            "notebookDocument/didChange", {"notebookDocument": NOTEBOOK, "change": {"cells": cells}}
        )

    @staticmethod
    def language(name: str) -> str:
        return SUFFIXES.get(name.rpartition(".")[2].partition("#")[0], "plaintext")

    # --- what happens -------------------------------------------------------------------------------------

    def step(self) -> None:
        self.steps += 1
        kinds = {
            self.edit: 12,
            self.ask: 8,
            self.wait: 4,
            self.open: 3,
            self.edit_glossary: 2,
            self.cancel: 1,
            self.close: 1,
            self.change_settings: 0.6,
            self.change_disk: 0.9,
            self.move_file: 0.4,
            self.move_folder: 0.3,
            self.change_folders: 0.2,
            self.change_link: 0.6,
        }
        self.random.choices(tuple(kinds), tuple(kinds.values()))[0]()

    def documents(self) -> list[str]:
        return [name for name in self.texts if is_document(name)]

    def open(self, name: str = "") -> None:
        known = dict.fromkeys((*LANGUAGES, *GLOSSARIES, *CONFIGURATIONS, *self.disk))
        closed = [each for each in known if each not in self.texts]
        if not name and not closed:
            return
        name = name or self.random.choice(closed)
        text = self.content(name)
        if self.random.random() < 0.5:
            text = self.disk.get(name, text)
        self.texts[name], self.versions[name] = text, 1
        self.log.append(f"open {name} {text!r}")
        self.tell_open(self.client, name, text, 1)

    def close(self) -> None:
        if self.texts:
            name = self.random.choice(list(self.texts))
            del self.texts[name]
            self.tokens.pop(name, None)
            self.log.append(f"close {name}")
            if "#" in name:
                structure = {"array": {"start": 0, "deleteCount": 1}, "didClose": [{"uri": uri(name)}]}
                self.tell_cells(self.client, structure=structure)
            else:
                self.client.close(uri(name))

    def edit(self) -> None:
        documents = self.documents()
        if not documents:
            self.open("a.md")
            return
        name = self.random.choice(documents)
        self.apply(name, self.any_edit(name))

    def any_edit(self, name: str) -> tuple[Any, Any, str] | str:
        random, text = self.random, Text(self.texts[name])
        kind = random.random()
        if kind < 0.03:
            return self.text()
        if kind < 0.5:
            new = random.choice(
                (random.choice(WORDS), random.choice("aTPsX.( \n\r`#-"), f"{self.line()}{self.ending()}", "")
            )
        else:
            new = random.choice(("", self.ending(), f"{self.line()}{self.ending()}", self.text(6)))
        lines = len(text.lines)
        first = random.randrange(lines)
        last = first if kind < 0.7 else min(first + random.choice((1, 1, 2, 5)), lines)
        if random.random() < 0.5 and last > first:
            return (first, 0), (last, 0), new
        columns = sorted(random.randint(0, 2 * len(text.lines[min(first, lines - 1)]) + 1) for _ in range(2))
        if last == first:
            return (first, columns[0]), (last, columns[0] if random.random() < 0.6 else columns[1]), new
        return (first, columns[0]), (last, random.randint(0, 9)), new

    def apply(self, name: str, *edits: tuple[Any, Any, str] | str) -> None:
        for edit in edits:
            if isinstance(edit, str):
                self.texts[name] = edit
                continue
            text = Text(self.texts[name])
            start, end = (text.offset_at(line, character, self.encoding) for line, character in edit[:2])
            self.texts[name] = text.source[:start] + edit[2] + text.source[max(start, end) :]
        self.versions[name] += 1
        self.log.append(f"edit {name} {edits!r}")
        if "#" in name:
            changes = [
                {"text": edit} if isinstance(edit, str) else {"range": span(*edit[:2]), "text": edit[2]}
                for edit in edits
            ]
            document = {"uri": uri(name), "version": self.versions[name]}
            self.tell_cells(self.client, textContent=[{"document": document, "changes": changes}])
        else:
            self.client.change(uri(name), self.versions[name], *edits)

    def edit_glossary(self) -> None:
        name = self.random.choice(GLOSSARIES)
        if name not in self.texts:
            self.open(name)
            return
        if self.random.random() < 0.3:
            self.apply(name, self.glossary())
            return
        lines = Text(self.texts[name]).lines
        at = self.random.randint(1, len(lines))
        new = self.random.choice(("", f"{self.random.choice(ENTRIES)}\n"))
        self.apply(name, ((at, 0), (min(at + self.random.randint(0, 1), len(lines)), 0), new))

    def change_settings(self) -> None:
        self.settings = merged(BASE, self.random.choice(SETTINGS))
        self.log.append(f"settings {self.settings}")
        self.client.settings = self.settings
        self.client.notify("workspace/didChangeConfiguration", {"settings": None})

    def change_disk(self) -> None:
        files = [*(each for each in LANGUAGES if "#" not in each), *GLOSSARIES, *CONFIGURATIONS, *self.disk]
        name = self.random.choice(list(dict.fromkeys(files)))
        if name in self.disk and self.random.random() < 0.3:
            self.log.append(f"delete {name}")
            self.remove(name)
            kind = 3
        else:
            kind = 2 if name in self.disk else 1
            self.put(name, _mended(self.texts.get(name) or self.content(name)))
            self.log.append(f"disk {name} {self.disk[name]!r}")
        self.tell_disk((name, kind))

    def put(self, name: str, text: str) -> None:
        self.disk[name] = text
        self.client.files.put(f"{ROOT}/{name}", text)

    def remove(self, name: str) -> str:
        self.client.files.remove(f"{ROOT}/{name}")
        return self.disk.pop(name)

    def tell_disk(self, *changes: tuple[str, int]) -> None:
        """Report files that appeared (1), changed (2) or disappeared (3)."""
        rows = [{"uri": uri(name), "type": kind} for name, kind in changes]
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": rows})

    def move_file(self) -> None:
        files = [each for each in self.disk if each not in CONFIGURATIONS]
        if files:
            old = self.random.choice(files)
            folder, name = self.random.choice(FOLDERS), old.rpartition("/")[2]
            if self.random.random() < 0.3 and not is_glossary(old):
                name = f"new-{name}"[-12:]
            self.move({old: f"{folder}{name}"}, old, f"{folder}{name}")

    def move_folder(self) -> None:
        old, new = self.random.sample([each for each in FOLDERS if each], 2)
        inside = [name for name in (*self.disk, *self.texts) if name.startswith(old) and "#" not in name]
        if inside:
            self.move({name: new + name.removeprefix(old) for name in inside}, old[:-1], new[:-1])

    def move(self, names: dict[str, str], old: str, new: str) -> None:
        """Rename a file or a folder, as an editor does it or as another program does."""
        if any(name in self.disk or name in self.texts for name in names.values()):
            return
        moved = [name for name in names if name in self.disk]
        for name in moved:
            self.put(names[name], self.remove(name))
        # Another program knows no open documents.
        as_editor = any(name in self.texts for name in names) or self.random.random() < 0.6
        self.log.append(f"move {old} {new} {as_editor}")
        if not as_editor:
            # Who watches a folder may hear of the folder alone.
            pairs = names.items() if self.random.random() < 0.5 else [(old, new)]
            changes = [change for pair in pairs for change in zip(pair, (3, 1), strict=True)]
            self.tell_disk(*changes)
            return
        before = self.random.random() < 0.5
        files = {"files": [{"oldUri": uri(old), "newUri": uri(new)}]}
        if before:
            self.client.notify("workspace/didRenameFiles", files)
        for name, target in names.items():
            if name in self.texts:
                text = self.texts.pop(name)
                self.tokens.pop(name, None)
                self.client.close(uri(name))
                self.texts[target], self.versions[target] = text, 1
                self.tell_open(self.client, target, text, 1)
        if not before:
            self.client.notify("workspace/didRenameFiles", files)

    def change_link(self) -> None:
        """Create a link, have it lead elsewhere, or delete it."""
        name = self.random.choice(LINKS)
        is_new = name not in self.links
        targets = [f"{ROOT}/{each}" for each in (*self.disk, *LINKS, "sub", "docs", "none.md", "")]
        target = (
            None if not is_new and self.random.random() < 0.4 else self.random.choice([*targets, *OUTSIDE])
        )
        self.log.append(f"link {name} {target}")
        if target is None:
            del self.links[name]
        else:
            self.links[name] = target.rstrip("/")
        files = self.client.files
        assert isinstance(files, LinkedFiles)
        files.link(f"{ROOT}/{name}", self.links.get(name))
        self.tell_disk((name, 3 if target is None else 1 if is_new else 2))

    def change_folders(self) -> None:
        before, wanted = self.roots, self.random.choice(ROOTS)
        # The server is told what is new and what is gone, not in which order the folders are.
        self.roots = tuple(sorted(wanted, key=lambda root: root not in before))
        rows = [
            [{"uri": f"file://{root}", "name": root} for root in roots if root not in others]
            for roots, others in ((self.roots, before), (before, self.roots))
        ]
        self.log.append(f"folders {self.roots}")
        event = {"event": dict(zip(("added", "removed"), rows, strict=True))}
        self.client.notify("workspace/didChangeWorkspaceFolders", event)

    def wait(self) -> None:
        seconds = self.random.choice((0.001, 0.01, 0.05, 0.21, 0.3))
        self.log.append(f"wait {seconds}")
        self.client.advance(seconds)

    def ask(self) -> None:
        if not self.texts:
            return
        name = self.random.choice(list(self.texts))
        method, params = self.random.choice([*self.questions(name, 3), *self.general()])
        self.number += 1
        self.asked[self.number] = method
        self.log.append(f"ask {self.number} {method} {params}")
        self.client.send({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params})

    def cancel(self) -> None:
        if self.asked:
            self.log.append("cancel")
            number = self.random.choice(list(self.asked))
            self.client.notify("$/cancelRequest", {"id": number})

    # --- what must hold -----------------------------------------------------------------------------------

    def settle(self, client: WireClient) -> None:
        for _ in range(60):
            client.advance(1.0)
            session = client.server.protocol.session
            assert session is not None
            if not session.tasks._tasks:
                break
        else:
            raise AssertionError("never quiet")
        client.advance(2.0)

    def check_answered(self) -> None:
        """Every request has one answer."""
        counts: dict[int, int] = {}
        for message in self.client.messages:
            if "method" not in message and message.get("id") in self.asked:
                counts[message["id"]] = counts.get(message["id"], 0) + 1
                error = message.get("error")
                assert error is None or error["code"] in {-32800, -32801, -32803}, message
        wrong = {
            number: (self.asked[number], counts.get(number, 0))
            for number in self.asked
            if counts.get(number) != 1
        }
        assert not wrong, wrong
        self.asked.clear()
        self.client.messages.clear()

    def mend(self) -> None:
        """Take the mistakes out of the glossaries: a fresh server cannot know their last good version."""
        for name, text in tuple(self.texts.items()):
            if is_glossary(name) and (mended := _mended(text)) != text:
                self.apply(name, mended)

    def compare(self) -> None:
        """Ask a fresh server the same questions."""
        self.mend()
        self.settle(self.client)
        for _ in range(self.random.randrange(8)):
            # What was asked before makes no difference either.
            self.ask()
        self.settle(self.client)
        self.check_answered()
        other = self.opened()
        self.settle(other)
        # What is pulled of one document may be news for others.
        for client in (self.client, other, self.client, other) if self.pulls else ():
            for name in self.texts:
                client.request("textDocument/diagnostic", {"textDocument": {"uri": uri(name)}})
            self.settle(client)
        for name in self.texts:
            self.findings(other, name)
        for method, params in self.general():
            self.same(other, method, params)
        for name in self.texts:
            for method, params in self.questions(name, 25):
                self.same(other, method, params)
            if is_document(name):
                self.deltas(other, name)
        self.compared += 1

    def same(self, other: WireClient, method: str, params: Any) -> None:
        left, right = self.answer(self.client, method, params), self.answer(other, method, params)
        assert left == right, f"{method} {params}\n" + "\n".join(_differences(left, right))
        items = left["items"] if isinstance(left, dict) and "items" in left else left
        if (resolver := RESOLVERS.get(method)) is not None:
            for item in (items or [])[:6]:
                if "data" in item:
                    self.same(other, resolver, item)

    def answer(self, client: WireClient, method: str, params: Any) -> Any:
        self.number += 1
        client.send({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params})
        for _ in range(50):
            if client.answer(self.number) is not None:
                break
            client.advance(0.5)
        found = client.answer(self.number)
        assert found is not None, method
        client.messages.clear()
        return found["error"] if "error" in found else _plain(found["result"])

    def findings(self, other: WireClient, name: str) -> None:
        left, right = (
            _unplaced(each._published.get(uri(name), {}).get("diagnostics", []), name)
            for each in (self.client, other)
        )
        assert left == right, f"published {name}\n" + "\n".join(_differences(left, right))
        if self.pulls:
            params = {"textDocument": {"uri": uri(name)}}
            self.same(other, "textDocument/diagnostic", params)

    def deltas(self, other: WireClient, name: str) -> None:
        """What a difference makes of the last answer is the answer as a whole."""
        document = {"textDocument": {"uri": uri(name)}}
        full = other.request("textDocument/semanticTokens/full", document)
        last = self.tokens.get(name)
        if last is None:
            mine = self.client.request("textDocument/semanticTokens/full", document)
        else:
            mine = self.client.request(
                "textDocument/semanticTokens/full/delta", {**document, "previousResultId": last[0]}
            )
        if mine is None or full is None:
            assert mine == full
            self.tokens.pop(name, None)
            return
        data = mine.get("data")
        if data is None:
            assert last is not None
            data = list(last[1])
            for edit in sorted(mine["edits"], key=lambda edit: -edit["start"]):
                data[edit["start"] : edit["start"] + edit["deleteCount"]] = edit.get("data", [])
        assert data == full["data"], f"tokens {name}"
        self.tokens[name] = mine["resultId"], data

    def general(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield questions about no document; those that walk over all come first."""
        yield "glossary_ls/terms", {"uses": True}
        yield "glossary_ls/term", {"name": "TP", "uses": True}
        if self.pulls:
            yield "workspace/diagnostic", {"previousResultIds": []}
        yield "workspace/executeCommand", {"command": "glossary_ls.checkWorkspace"}
        yield "glossary_ls/status", {}
        yield "workspace/symbol", {"query": self.random.choice(("", "T", "lat"))}

    def questions(self, name: str, count: int) -> Iterator[tuple[str, dict[str, Any]]]:
        random = self.random
        text = Text(self.texts[name])
        document = {"textDocument": {"uri": uri(name)}}

        def place() -> dict[str, int]:
            offset = random.randint(0, len(text))
            line, character = text.position_at(offset, self.encoding)
            return {"line": line, "character": character}

        def stretch() -> dict[str, Any]:
            ends = sorted((place(), place()), key=lambda each: (each["line"], each["character"]))
            return {"start": ends[0], "end": ends[1]}

        whole = {"start": {"line": 0, "character": 0}, "end": {"line": len(text.lines), "character": 0}}
        for _ in range(count):
            at = {**document, "position": place()}
            yield random.choice(
                (
                    ("textDocument/hover", at),
                    ("textDocument/completion", at),
                    ("textDocument/definition", at),
                    ("textDocument/documentHighlight", at),
                    ("textDocument/prepareRename", at),
                    ("textDocument/references", {**at, "context": {"includeDeclaration": True}}),
                    ("textDocument/rename", {**at, "newName": "the aim"}),
                    (
                        "textDocument/codeAction",
                        {**document, "range": stretch(), "context": {"diagnostics": []}},
                    ),
                    (
                        "textDocument/codeAction",
                        {
                            **document,
                            "range": {"start": at["position"], "end": at["position"]},
                            "context": {"diagnostics": []},
                        },
                    ),
                    ("textDocument/inlayHint", {**document, "range": stretch()}),
                    ("textDocument/semanticTokens/range", {**document, "range": stretch()}),
                    ("glossary_ls/tokens", {**document, "range": stretch()}),
                    ("glossary_ls/documentTerms", at),
                )
            )
        yield "textDocument/inlayHint", {**document, "range": whole}
        yield "textDocument/codeAction", {**document, "range": whole, "context": {"diagnostics": []}}
        yield "glossary_ls/documentTerms", document
        yield "glossary_ls/tokens", document
        yield "glossary_ls/status", document
        yield "textDocument/documentSymbol", document
        yield "textDocument/documentLink", document
        yield "textDocument/foldingRange", document
        yield "textDocument/codeLens", document


def _mended(glossary: str) -> str:
    return "".join(row for row in glossary.splitlines(keepends=True) if "broken" not in row)


def _unplaced(findings: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Return findings without the lines of other documents: who moves them is not told so."""
    found = deepcopy(findings)
    for row in found:
        for related in row.get("relatedInformation", ()):
            if related["location"]["uri"] != uri(name):
                del related["location"]["range"]
    return found


def _plain(value: Any) -> Any:
    """Return an answer without the numbers that a server gives to its answers."""
    if isinstance(value, dict):
        return {
            key: _plain(item)
            for key, item in value.items()
            if key not in {"resultId", "harvested", "checked"}
        }
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _differences(left: Any, right: Any, path: str = "") -> list[str]:
    """Return where two answers differ, the first places."""
    if type(left) is type(right) and isinstance(left, dict) and left.keys() == right.keys():
        found = [row for key in left for row in _differences(left[key], right[key], f"{path}.{key}")]
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        found = [
            row
            for at, pair in enumerate(zip(left, right, strict=True))
            for row in _differences(*pair, f"{path}[{at}]")
        ]
    elif isinstance(left, list) and isinstance(right, list):
        found = [f"{path} has {str(row)[:400]}" for row in left if row not in right][:2]
        found += [f"{path} lacks {str(row)[:400]}" for row in right if row not in left][:2]
    else:
        found = [] if left == right else [f"{path or 'all'}: {str(left)[:1500]}\n    not {str(right)[:1500]}"]
    return found[:4]


def events(seed: int, steps: int) -> list[str]:
    """Return what happens in a session: steps, and comparisons between them."""
    random = Random(seed)  # noqa: S311  because it has to be repeatable
    found: list[str] = []
    while len(found) < steps:
        found += [f"step {len(found) + each}" for each in range(random.choice((1, 3, 8, 20)))]
        found.append(f"compare {len(found)}")
    return found


def play(seed: int, happening: Iterable[str]) -> Session:
    """Return a session of some events; one that differs says what was done."""
    with small(Random(seed)):  # noqa: S311  because it has to be repeatable
        session = Session(seed)
        try:
            session.open("a.md")
            for event in happening:
                session.begin(event)
                (session.compare if event.startswith("compare") else session.step)()
        except Exception as error:
            error.add_note(f"seed {seed} after {session.steps} steps in {session.encoding}:")
            for row in session.log[-40:]:
                error.add_note(row[:300])
            raise
        return session


def run(seed: int, steps: int) -> Session:
    """Return a session of at least as many events."""
    return play(seed, events(seed, steps))


def shortest(seed: int, happening: list[str]) -> list[str]:
    """Return events without those that make no difference to a failure, in halves, quarters and so on."""
    size = len(happening) // 2
    while size:
        start = 0
        while start < len(happening):
            fewer = happening[:start] + happening[start + size :]
            try:
                play(seed, fewer)
            except Exception:  # noqa: BLE001  because it may fail in another way, which is as good
                happening = fewer
            else:
                start += size
        size //= 2
    return happening


def main(first: int, count: int, steps: int) -> None:
    """Run `count` sessions of some steps each; replay the first one that differs with few events."""
    logging.getLogger("glossary_ls").addHandler(_Loud())
    total = compared = 0
    for seed in range(first, first + count):
        try:
            done = run(seed, steps)
        except Exception:
            play(seed, shortest(seed, events(seed, steps)))
            raise
        total, compared = total + done.steps, compared + done.compared
        print(f"{seed}: {total} steps, {compared} comparisons", flush=True)


class _Loud(logging.Handler):
    """Makes a mistake that was caught and logged a failure."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            raise AssertionError(record.getMessage())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
