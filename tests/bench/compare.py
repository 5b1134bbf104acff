"""`python -m tests.bench compare BEFORE [AFTER]`: is another version slower in anything that an editor asks?

BEFORE and AFTER are checkouts, or Python interpreters that have a server installed; AFTER is this checkout
unless it is named. Both servers run as processes at the same time, have the same documents open, and are
asked in turn, one request each. A row is measured in several rounds, and again if it fails. It fails if both
the lowest and the middle of its rounds' medians do. Time in which other programs had the processor is left
out where the system tells it.

It must not import glossary_ls: it compares any two versions by what they answer.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench import texts
from tests.bench.stdio import Json, Server, UnansweredError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

#: What a row may be: so many times what it was, or so many milliseconds, whichever is more.
MOST_RATIO = 1.2
MOST_MS = 5.0

#: How many characters the documents have, and how many entries the glossaries.
SIZES = (15_000, 50_000, 150_000)
ENTRIES = (250, 1000)

_HERE = Path(__file__).parents[2]

#: How many other documents a workspace has, and how many characters each.
_OTHERS = 12
_OTHER_SIZE = 6000

#: How often a row that fails is measured again.
_RETRIES = 4

#: What is edited, one letter at a time; the capitals are an acronym that nothing defines.
_WORD = "zqaaaa"
_ACRONYM = "QAAAA"

#: A server may put off for some time what an edit of a glossary means for other documents, in seconds.
_PAUSE = 0.3

#: Findings are published without a pause.
_SETTINGS: Json = {"semanticTokens": {"enabled": True}, "diagnostics": {"delay": 0}}

_RESOLVERS = {
    "textDocument/completion": "completionItem/resolve",
    "textDocument/inlayHint": "inlayHint/resolve",
    "textDocument/codeAction": "codeAction/resolve",
    "textDocument/codeLens": "codeLens/resolve",
}


# --- rows -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """How often to measure; times are in seconds."""

    #: How long all of it may take. Each scenario gets its share of what is left.
    whole: float
    rounds: int
    samples: int
    #: When a row takes no further sample in a round.
    row: float


FULL = Plan(whole=160.0, rounds=12, samples=3, row=0.15)
QUICK = Plan(whole=45.0, rounds=3, samples=3, row=0.08)


@dataclass
class Row:
    """A row of the table; `run` returns how many milliseconds one side takes, and what it answers."""

    section: str
    title: str
    run: Callable[[Any], tuple[float, object]]
    #: The two sides, the one before first.
    sides: Sequence[object]
    #: Whether the first time of a round differs from the others, and does not count.
    warms_up: bool = True
    #: Whether to wait first for what the servers have put off.
    settles: bool = False
    #: The median of each round, of each side.
    medians: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    #: Why a side has no answer.
    refused: dict[int, str] = field(default_factory=dict)
    empty: set[int] = field(default_factory=set)

    def measure(self, plan: Plan) -> None:
        """Measure one round, the sides in turn."""
        samples: tuple[list[float], list[float]] = ([], [])
        if self.settles:
            time.sleep(_PAUSE)
            rest(self.sides)
        start = time.perf_counter()
        for number in range(self.warms_up + plan.samples):
            if number > self.warms_up and time.perf_counter() - start > plan.row:
                break
            for side in (0, 1) if number % 2 else (1, 0):
                took = self._sample(side)
                if took is not None and number >= self.warms_up:
                    samples[side].append(took)
        for medians, taken in zip(self.medians, samples, strict=True):
            if taken:
                medians.append(statistics.median(taken))

    def _sample(self, side: int) -> float | None:
        """Measure one side once; None where it has no answer."""
        if side in self.refused:
            return None
        try:
            took, answer = self.run(self.sides[side])
        except UnansweredError as error:
            self.refused[side] = str(error)
            return None
        if not answer:
            self.empty.add(side)
        return took

    @property
    def milliseconds(self) -> tuple[float | None, float | None]:
        """What each side takes, None where it has no answer.

        It is the lowest of the rounds' medians, or the middle one if only that one passes: a row fails when
        both do. The lowest is the best that one side had, which may be luck.
        """
        before, after = (() if side in self.refused else self.medians[side] for side in (0, 1))
        if not before or not after:
            return min(before, default=None), min(after, default=None)
        lowest, middle = (min(before), min(after)), (statistics.median(before), statistics.median(after))
        return middle if _is_within(*middle) and not _is_within(*lowest) else lowest

    @property
    def ratio(self) -> float | None:
        """How many times what it was."""
        before, after = self.milliseconds
        return after / before if before and after is not None else None

    @property
    def is_uneven(self) -> bool:
        """Whether the sides differ by more than they may, one way or the other."""
        before, after = self.milliseconds
        if before is None or after is None:
            return False
        return not (_is_within(before, after) and _is_within(after, before))

    @property
    def verdict(self) -> str:
        """`pass`, `FAIL`, `new`, `LOST` (no answer any more), `EMPTY` (nothing in it any more) or `none`."""
        before, after = self.milliseconds
        if before is None and after is None:
            return "none"
        if before is None:
            return "new"
        if after is None:
            return "LOST"
        if self.empty == {1}:
            return "EMPTY"
        return "pass" if _is_within(before, after) else "FAIL"

    def as_json(self) -> Json:
        """Return the figures."""
        before, after = self.milliseconds
        return {
            "section": self.section,
            "row": self.title,
            "before": before,
            "after": after,
            "ratio": self.ratio,
            "verdict": self.verdict,
            "rounds": {"before": self.medians[0], "after": self.medians[1]},
            "empty": {"before": 0 in self.empty, "after": 1 in self.empty},
            "refused": {"before": self.refused.get(0), "after": self.refused.get(1)},
        }


def _is_within(before: float, after: float) -> bool:
    return after <= max(MOST_RATIO * before, MOST_MS)


def measure(rows: Sequence[Row], plan: Plan, end: float) -> None:
    """Measure rows in rounds, as many as there is time for, and those that fail again."""
    start = time.perf_counter()
    for number in range(plan.rounds):
        if number and start + (time.perf_counter() - start) * (number + 1) / number > end:
            break
        rest({id(side): side for row in rows for side in row.sides}.values())
        for row in rows:
            row.measure(plan)
    # A row may pass for noise in the figure before, too; that is looked into while there is time.
    again = replace(plan, samples=5)
    for _ in range(_RETRIES):
        for row in rows:
            if row.verdict == "FAIL" or (row.is_uneven and time.perf_counter() < end):
                row.measure(again)


# --- servers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Target:
    """A version: an interpreter, and the checkout that it imports from, if any."""

    python: str
    checkout: Path | None
    home: Path

    @property
    def env(self) -> dict[str, str]:
        """The environment: without what the user has configured, and with a cache of its own."""
        env = {**os.environ, "PYTHONHASHSEED": "0", "XDG_CACHE_HOME": str(self.home)}
        env["XDG_CONFIG_HOME"] = str(self.home / "config")
        env.pop("PYTHONPATH", None)
        return env if self.checkout is None else {**env, "PYTHONPATH": str(self.checkout)}

    def command(self, *arguments: str) -> list[str]:
        """Return a command line of this version."""
        return [self.python, "-m", "glossary_ls", *arguments]

    def server(self, folder: Path) -> Server:
        """Start a server."""
        return Server(self.command("--stdio"), self.env, folder)

    def describe(self) -> str:
        """Return the version and the folder of the package that is measured."""
        code = "import glossary_ls as g, os; print(g.__version__, os.path.dirname(g.__file__))"
        done = subprocess.run(
            [self.python, "-c", code],
            env=self.env,
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{self.python} cannot import glossary_ls:\n{done.stderr}")
        if self.checkout is not None and str(self.checkout) not in done.stdout:
            sys.exit(f"{self.python} imports {done.stdout.strip()}, which is not in {self.checkout}")
        return done.stdout.strip()


def target(path: Path, home: Path) -> Target:
    """Return what a checkout or an interpreter holds."""
    home.mkdir()
    if path.is_dir():
        return Target(sys.executable, path.resolve(), home)
    # An interpreter is not resolved: the link is what tells its virtual environment.
    return Target(str(path.absolute()), None, home)


class Editor:
    """A server, and the documents that are open in it."""

    def __init__(self, server: Server, *, pull: bool) -> None:
        self.server = server
        #: The last answer of each row that others ask about.
        self.last: dict[str, Any] = {}
        self.finding: Json | None = None
        self._versions = count(2)
        self._edits: dict[tuple[str, int, int], list[int]] = {}
        self._opened = count(1)
        server.initialize(_SETTINGS, pull=pull)

    def open(self, uri: str, text: str) -> None:
        """Open a document, and let the server do all that it does then."""
        self.server.tell("textDocument/didOpen", opened(uri, text))
        self.server.rest()

    def edit(self, uri: str, place: Json) -> tuple[str, Json]:
        """Return the next edit of the four letters at a place.

        It changes one of them. No text comes twice, because the digits count in a modular Gray code.
        """
        digits = self._edits.setdefault((uri, place["line"], place["character"]), [0])
        digits[0] += 1
        number, index = digits[0], 0
        while number % 26 == 0:
            number, index = number // 26, index + 1
        letters = digits[1:] or [0] * 4
        letters[index] = (letters[index] + 1) % 26
        digits[1:] = letters
        letter = chr(ord("A" if place.get("capitals") else "a") + letters[index])
        start = {"line": place["line"], "character": place["character"] + index}
        end = {"line": place["line"], "character": start["character"] + 1}
        change = {"range": {"start": start, "end": end}, "text": letter}
        document = {"uri": uri, "version": next(self._versions)}
        return "textDocument/didChange", {"textDocument": document, "contentChanges": [change]}

    def find(self, uri: str, line: int) -> None:
        """Choose the finding that is nearest to a line."""
        _, report = self.server.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        items = report.get("items", ())
        self.finding = min(items, key=lambda item: abs(item["range"]["start"]["line"] - line), default=None)

    def open_another(self, size: int, entries: int) -> tuple[float, object]:
        """Open a document that was never seen until its findings come; then close it."""
        number = next(self._opened)
        uri = f"file:///elsewhere/{size}-{number}.md"
        self.server.rest()
        text = texts.prose(size, entries, number)
        took = self.server.published(uri, "textDocument/didOpen", opened(uri, text))
        self.server.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        self.server.rest()
        return took, True

    def processor_time(self, uri: str, place: Json) -> tuple[float, object]:
        """Return the processor time from an edit until the findings are published and the server rests."""
        before = self.server.cpu()
        self.server.published(uri, *self.edit(uri, place))
        self.server.rest(_PAUSE)
        after = self.server.cpu()
        assert before is not None
        assert after is not None
        return (after - before) * 1000, True


def rest(sides: Iterable[object]) -> None:
    """Wait until the servers of some editors have nothing to do."""
    for side in sides:
        if isinstance(side, Editor):
            side.server.rest()


def opened(uri: str, text: str) -> Json:
    """Return the parameters of `didOpen`."""
    language = "markdown" if uri.endswith(".md") else "yaml"
    return {"textDocument": {"uri": uri, "languageId": language, "version": 1, "text": text}}


# --- what is asked ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Request:
    """A request: what the row is called, its method, and its parameters, which may depend on the server."""

    title: str
    method: str
    params: Callable[[Editor], Json]

    def ask(self, editor: Editor, before: tuple[str, object] | None = None) -> tuple[float, object]:
        """Ask; return the milliseconds and the result."""
        took, result = editor.server.ask(self.method, self.params(editor), before)
        editor.last[self.title] = result
        if isinstance(result, dict) and "resultId" in result and "Tokens" in self.method:
            editor.last["tokens"] = result["resultId"]
        return took, result

    def resolve(self, editor: Editor, before: tuple[str, object] | None = None) -> tuple[float, object]:
        """Resolve the first item of an answer that needs it; only that is timed."""
        if before is not None or self.title not in editor.last:
            self.ask(editor, before)
        result = editor.last[self.title]
        items = result["items"] if isinstance(result, dict) else result or ()
        item = next((item for item in items if "data" in item and "edit" not in item), None)
        if item is None:
            raise UnansweredError("nothing to resolve")
        return editor.server.ask(_RESOLVERS[self.method], item)


def request(title: str, method: str, params: Mapping[str, Any]) -> Request:
    """Return a request with the same parameters for every server."""
    return Request(title, method, lambda _: dict(params))


def position(text: str, offset: int) -> Json:
    """Return the position of an offset; the texts have no character beyond the first plane."""
    return {"line": text.count("\n", 0, offset), "character": offset - text.rfind("\n", 0, offset) - 1}


def lines(first: int, last: int) -> Json:
    """Return the range of some lines."""
    return {"start": {"line": first, "character": 0}, "end": {"line": last, "character": 0}}


def about(uri: str, places: Mapping[str, Json], name: str) -> Iterator[Request]:
    """Yield a request of each kind about a place in a document."""
    document = {"textDocument": {"uri": uri}}
    at = {**document, "position": places["term"]}
    line = places["term"]["line"]
    view = {**document, "range": lines(line, line + 60)}

    def at_finding(editor: Editor) -> Json:
        assert editor.finding is not None
        context = {"diagnostics": [editor.finding]}
        return {**document, "range": editor.finding["range"], "context": context}

    def since(editor: Editor) -> Json:
        return {**document, "previousResultId": editor.last.get("tokens", "")}

    yield request("hover", "textDocument/hover", {**document, "position": places["hover"]})
    completion = {**document, "position": places["typed"]}
    yield request("completion", "textDocument/completion", completion)
    yield request("inlayHint", "textDocument/inlayHint", view)
    whole = {**document, "range": lines(0, 100_000)}
    yield request("inlayHint of the whole file", "textDocument/inlayHint", whole)
    yield Request("codeAction at a finding", "textDocument/codeAction", at_finding)
    here = {"start": places["action"], "end": places["action"]}
    action = {**document, "range": here, "context": {"diagnostics": []}}
    yield request("codeAction", "textDocument/codeAction", action)
    for method in ("definition", "declaration", "documentHighlight", "prepareRename"):
        yield request(method, f"textDocument/{method}", at)
    references = {**at, "context": {"includeDeclaration": True}}
    yield request("references", "textDocument/references", references)
    yield request("rename", "textDocument/rename", {**at, "newName": "spare window"})
    for method in ("documentLink", "documentSymbol", "foldingRange", "codeLens", "diagnostic"):
        yield request(method, f"textDocument/{method}", document)
    yield request("semanticTokens/range", "textDocument/semanticTokens/range", view)
    yield request("semanticTokens/full", "textDocument/semanticTokens/full", document)
    yield Request("semanticTokens/full/delta", "textDocument/semanticTokens/full/delta", since)
    yield request("workspace/symbol", "workspace/symbol", {"query": "ledger"})
    shown = {"command": "glossary_ls.showTerm", "arguments": [{"name": name, "uri": uri}]}
    yield request("executeCommand showTerm", "workspace/executeCommand", shown)
    own: dict[str, Json] = {
        "status": {},
        "term": {"name": name},
        "terms": {"query": "ledger", "limit": 100},
        "tokens": {"range": view["range"]},
        "documentTerms": {},
    }
    for method, params in own.items():
        yield request(f"glossary_ls/{method}", f"glossary_ls/{method}", {"uri": uri, **params})
    uses = {"uri": uri, "name": name, "uses": True}
    yield request("glossary_ls/term with uses", "glossary_ls/term", uses)


def asked_twice(
    section: str,
    requests: Sequence[Request],
    editors: Sequence[Editor],
    uri: str,
    place: Json,
    *,
    settles: bool = False,
) -> Iterator[Row]:
    """Yield the rows of requests, each asked again, then each right after an edit.

    In this order what a server does a while after an edit disturbs no row without one.
    """
    ways = {each.title: each.ask for each in requests}
    ways |= {f"{each.title}, resolve": each.resolve for each in requests if each.method in _RESOLVERS}
    for title, way in ways.items():
        yield Row(section, title, way, editors)
    for title, way in ways.items():
        edited = after_edit(way, uri, place)
        yield Row(section, f"{title}, after an edit", edited, editors, settles=settles)


def after_edit(
    way: Callable[[Editor, tuple[str, object]], tuple[float, object]], uri: str, place: Json
) -> Callable[[Editor], tuple[float, object]]:
    """Return what edits a text and asks in the same breath."""
    return lambda editor: way(editor, editor.edit(uri, place))


# --- scenarios --------------------------------------------------------------------------------------------


class Workspace:
    """A folder with a glossary and some documents, and editors of both versions in it."""

    def __init__(self, stack: ExitStack, targets: Sequence[Target], entries: int) -> None:
        self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory())).resolve()
        self.entries = entries
        self._stack = stack
        self._targets = targets
        self.write("glossary.yaml", texts.glossary(entries))
        for number in range(_OTHERS):
            self.write(f"doc{number}.md", texts.prose(_OTHER_SIZE, entries, number))

    def write(self, name: str, text: str) -> str:
        """Write a file and return its URI."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path.as_uri()

    def editors(self, documents: Mapping[str, str], *, pull: bool) -> list[Editor]:
        """Start both servers and open documents in them."""
        servers = [self._stack.enter_context(each.server(self.folder)) for each in self._targets]
        editors = [Editor(server, pull=pull) for server in servers]
        for editor in editors:
            for uri, text in documents.items():
                editor.open(uri, text)
        return editors


def documents(size: int, targets: Sequence[Target], stack: ExitStack) -> Iterator[Row]:
    """Yield the rows of a document in a workspace with a glossary of 250 entries."""
    section = f"document of {size // 1000} KB"
    workspace = Workspace(stack, targets, ENTRIES[0])
    name = texts.name(122)
    source = texts.prose(size, ENTRIES[0])
    middle = source.index("\n\n", size // 2)
    probe = (
        f"\n\nThe {_WORD} worker asks the {name} before each run, and the {texts.name(61)} decides.\n"
        f"FileCheck at the VQK and at {_ACRONYM} first, then at the {name[:6]}"
    )
    source = source[:middle] + probe + source[middle:]
    uri = workspace.write("measured.md", source)
    term = position(source, source.index(name, middle) + 2)
    typed = position(source, middle + len(probe))
    letters = position(source, source.index(_WORD) + 2)
    capitals = {**position(source, source.index(_ACRONYM) + 1), "capitals": True}
    pushed = workspace.editors({uri: source}, pull=False)
    yield Row(
        section,
        "didOpen to the first diagnostics",
        lambda editor: editor.open_another(size, ENTRIES[0]),
        pushed,
    )
    yield from processor_rows(section, "an edit to its diagnostics", pushed, uri, capitals)
    pulling = workspace.editors({uri: source}, pull=True)
    for editor in pulling:
        editor.find(uri, term["line"])
    acronym = position(source, source.index(f"{texts.name(61)} decides", middle) + 1)
    places = {"term": term, "hover": term, "typed": typed, "action": acronym}
    yield from asked_twice(section, [*about(uri, places, name)], pulling, uri, letters)


def processor_rows(
    section: str, title: str, editors: Sequence[Editor], uri: str, place: Json
) -> Iterator[Row]:
    """Yield the row of what an edit costs in all, where processor time can be measured."""
    if any(editor.server.cpu() is None for editor in editors):
        print(f"  {section}: processor time from {title} is left out, because this system does not tell it")
        return
    yield Row(
        section,
        f"processor time from {title}",
        lambda editor: editor.processor_time(uri, place),
        editors,
    )


def glossaries(entries: int, targets: Sequence[Target], stack: ExitStack) -> Iterator[Row]:
    """Yield the rows of a glossary file that is open in the editor beside a document."""
    section = f"glossary file of {entries} entries"
    workspace = Workspace(stack, targets, entries)
    number = entries // 2
    name = texts.name(number)
    probe = (
        f"  - term: {_WORD} probe\n"
        f"    summary: what is typed into\n"
        f"    definition: What the pump may spend before {_WORD} asks why.\n"
        f"    related: [{name}, {_WORD} list, {name[:6]}]\n\n"
    )
    source = texts.glossary(entries)
    middle = source.index(texts.entry(number))
    source = source[:middle] + probe + source[middle:]
    uri = workspace.write("glossary.yaml", source)
    line = source.count("\n", 0, middle)
    name_letters, prose_letters, list_letters = (
        position(source, source.index(before, middle) + len(before) + 2)
        for before in ("term: ", "before ", f"{name}, ")
    )
    prose = texts.prose(SIZES[0], entries) + f"\nThe {name} decides."
    document = workspace.write("measured.md", prose)
    in_prose = {"textDocument": {"uri": document}, "position": position(prose, len(prose) - len(name) - 7)}
    both = {document: prose, uri: source}

    pushed = workspace.editors(both, pull=False)
    yield from processor_rows(section, "an edit of a reference to all diagnostics", pushed, uri, list_letters)
    pulling = workspace.editors(both, pull=True)
    for editor in pulling:
        editor.find(uri, line)
    typed = source.index(f", {name[:6]}]", middle) + 2 + len(name[:6])
    places = {
        "term": position(source, source.index(f"term: {name}\n", middle) + 8),
        "hover": {"line": line + 1, "character": 6},
        "typed": position(source, typed),
        "action": position(source, source.index(f"term: {name}\n", middle) + 8),
    }
    yield from asked_twice(section, [*about(uri, places, name)], pulling, uri, prose_letters, settles=True)
    hover = request("hover in a document", "textDocument/hover", in_prose)
    diagnostic = request("diagnostic of a document", "textDocument/diagnostic", in_prose)
    for each in (hover, diagnostic):
        yield Row(section, each.title, each.ask, pulling, settles=True)
        for what, place in (("a definition", prose_letters), ("a name", name_letters)):
            title = f"{each.title}, after an edit of {what}"
            yield Row(section, title, after_edit(each.ask, uri, place), pulling, settles=True)


def starts(targets: Sequence[Target], stack: ExitStack) -> Iterator[Row]:
    """Yield the rows of starting and of the command line."""
    workspace = Workspace(stack, targets, ENTRIES[0])
    source = texts.prose(SIZES[0], ENTRIES[0])
    uri = workspace.write("measured.md", source)

    def initialized(each: Target) -> tuple[float, object]:
        with each.server(workspace.folder) as server:
            return server.initialize(_SETTINGS, pull=False), True

    def first_diagnostics(each: Target) -> tuple[float, object]:
        with each.server(workspace.folder) as server:
            server.initialize(_SETTINGS, pull=False)
            server.published(uri, "textDocument/didOpen", opened(uri, source))
            return server.running.milliseconds(), True

    def check(each: Target) -> tuple[float, object]:
        start, before = time.perf_counter(), os.times()
        done = subprocess.run(
            each.command("check", "."), env=each.env, cwd=workspace.folder, capture_output=True, check=False
        )
        took, after = time.perf_counter() - start, os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        # Windows does not tell what a process that has ended used.
        return (used or took) * 1000, done.stdout

    yield Row("start", "start to the answer to initialize", initialized, targets, warms_up=False)
    yield Row("start", "start to the first diagnostics, 15 KB", first_diagnostics, targets, warms_up=False)
    title = f"processor time of a check of {_OTHERS + 1} documents"
    yield Row("start", title, check, targets, warms_up=False)


# --- the table --------------------------------------------------------------------------------------------


def show(row: Row) -> None:
    """Print one row."""
    before, after = (f"{each:.2f}" if each is not None else "-" for each in row.milliseconds)
    ratio = f"{row.ratio:.2f}" if row.ratio is not None else "-"
    print(f"  {row.title:<62}{before:>10}{after:>10}{ratio:>8}  {row.verdict}", flush=True)


def summarize(rows: Sequence[Row]) -> int:
    """Print how many rows have which verdict, and how far the ratios spread; return the exit code."""
    verdicts = [row.verdict for row in rows]
    counted = ", ".join(f"{verdicts.count(each)} {each}" for each in dict.fromkeys(verdicts))
    ratios = sorted(row.ratio for row in rows if row.ratio is not None)
    print(f"\n{len(rows)} rows: {counted}")
    if len(ratios) > 1:
        low, middle, high = (ratios[int((len(ratios) - 1) * part)] for part in (0.05, 0.5, 0.95))
        print(f"ratios: {middle:.2f} in the middle, nine of ten between {low:.2f} and {high:.2f}")
    return int(any(verdict.isupper() for verdict in verdicts))


def main(arguments: Sequence[str]) -> int:
    """Compare two versions; return 1 if a row fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench compare", description=__doc__.split("\n")[0])
    parser.add_argument("before", type=Path, help="a checkout, or an interpreter that has glossary_ls")
    parser.add_argument(
        "after", type=Path, nargs="?", default=_HERE, help="the same (default: this checkout)"
    )
    parser.add_argument("--quick", action="store_true", help="about a minute, with more noise")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures of all rounds")
    parser.add_argument("--only", choices=("start", "document", "glossary"), help="one kind of row")
    options = parser.parse_args(arguments)
    plan = QUICK if options.quick else FULL
    start = time.perf_counter()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as home:
        targets = [target(options.before, Path(home, "before")), target(options.after, Path(home, "after"))]
        described = [each.describe() for each in targets]
        print(f"before: {described[0]}\nafter:  {described[1]}\n")
        scenarios: list[tuple[str, Callable[[ExitStack], Iterator[Row]]]] = [
            ("start", partial(starts, targets)),
            *(("document", partial(documents, size, targets)) for size in SIZES),
            *(("glossary", partial(glossaries, entries, targets)) for entries in ENTRIES),
        ]
        chosen = [scenario for kind, scenario in scenarios if options.only in (None, kind)]
        last = start + plan.whole * len(chosen) / len(scenarios)
        for number, scenario in enumerate(chosen):
            now = time.perf_counter()
            end = now + (last - now) / (len(chosen) - number)
            with ExitStack() as stack:
                found = list(scenario(stack))
                measure(found, plan, end)
            # What neither version answers is no row.
            found = [row for row in found if row.verdict != "none"]
            print(f"  {found[0].section:<62}{'before ms':>10}{'after ms':>10}{'ratio':>8}")
            for row in found:
                show(row)
            rows += found
    code = summarize(rows)
    print(f"{time.perf_counter() - start:.0f} seconds")
    if options.json:
        figures = {"before": described[0], "after": described[1], "rows": [row.as_json() for row in rows]}
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    return code
