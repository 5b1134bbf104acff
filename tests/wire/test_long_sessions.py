"""After any edits, a server answers what one would that was started just now."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from glossary_ls.base.text import Encoding, Text, common_prefix, common_suffix
from tests.memory_files import MemoryFiles
from tests.wire.fresh import Comparing, answers
from tests.wire.harness import uri

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent

NAMES = (
    "SLO",
    "slo",
    "cold start",
    "cold-start",
    "node",
    "nodes",
    "GPU",
    "été",
    "\U0001f680 launch",
    "C++",
    "TP",
    "tail latency",
)
EXPANSIONS = ("Service Level Objective", "Graphics Processing Unit", "Throughput", "tensor parallelism")
KEYS = (
    "expansion: {expansion}",
    "definition: The {name} of {other}",
    "aliases: [{name}]",
    "aliases: [{{name: {name}, kind: avoid}}, {other}]",
    "related: [{name}, servce level objectiv]",
    "replaced_by: {name}",
    "status: deprecated",
    "reviewed: 2020-01-01",
    "topics: [serving]",
    "topics: [storage]",
    "not_to_be_confused_with: [{{term: {name}, difference: It is no {other}.}}]",
    "questions: [{{question: Why {name}?, answer: 'No {other}.', about: [{other}]}}]",
    "scope: [docs/**]",
    "facts: [&it {name}]",
    "ownr: me",
)
LINES = (
    "",
    "The {name} and the {other}.",
    "# {name}",
    "{expansion} ({name}) is a {other}",
    "- {name}: {expansion}",
    "QQQ and KFJ, SLOs",
    "```",
    "<!-- glossary-ls: ignore-next-line -->",
)
#: What is typed: what breaks an entry, and what gives a file another form.
TYPED = (
    *("-", ":", " ", "\n", '"', "'", "[", "}", "#", "*it", "|", "?", "\t", "\r\n", "\u2028", "\u0007"),
    *("a", "S", "\U0001f600", "\n- ", "\n  - ", "\n---\n", "\nname: ", "accept:", "\nterms:\n- ", "term: "),
)


class Session:
    """A workspace in which somebody types at random, and a server that goes along."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  because there is no secret in it
        self.encoding = tuple(Encoding)[seed % 3]
        first = self.glossary()
        self.files = {
            "/ws/glossary.yaml": first,
            # The same entries in another folder.
            "/ws/docs/glossary.yaml": self.random.choice((first, self.glossary())),
            "/ws/a.md": self.document(),
            "/ws/docs/b.md": self.document(),
        }
        self.client = Comparing(self.encoding, files=MemoryFiles(self.files), settings={"packs": []})
        self.texts: dict[str, list[str]] = {}
        self.versions: dict[str, int] = {}
        self.undo: dict[str, list[str]] = {}
        for name in ("glossary.yaml", "docs/glossary.yaml", "a.md", "docs/b.md")[: 2 + seed % 3]:
            text = self.files[f"/ws/{name}"]
            self.texts[name], self.versions[name], self.undo[name] = [text], 1, [text]
            self.client.open(uri(name), self.language(name), text)

    # --- texts --------------------------------------------------------------------------------------------

    def filled(self, pattern: str) -> str:
        name, other = self.random.choice(NAMES), self.random.choice(NAMES)
        return pattern.format(name=name, other=other, expansion=self.random.choice(EXPANSIONS))

    def entry(self, indent: str) -> str:
        keys = [self.filled(key) for key in self.random.sample(KEYS, self.random.randint(0, 3))]
        name = self.random.choice(NAMES)
        if self.random.random() < 0.5:
            return f"{indent}- {{{', '.join((f'term: {name}', *keys))}}}\n"
        return f"{indent}- term: {name}\n" + "".join(f"{indent}  {key}\n" for key in keys)

    def short(self) -> str:
        key = self.filled(self.random.choice(KEYS))
        expansion = self.random.choice(EXPANSIONS)
        return f"{self.random.choice(NAMES)}: {self.random.choice((expansion, f'{{{key}}}'))}\n"

    def glossary(self) -> str:
        count = self.random.choice((3, 8, 15))
        match self.random.choice(("list", "full", "full", "shorthand")):
            case "list":
                text = "".join(self.entry("") for _ in range(count))
            case "full":
                entries = "".join(self.entry("  ") for _ in range(count))
                text = f"name: Ours\nterms:\n{entries}accept: [QQQ]\n"
            case _:
                text = "".join(self.short() for _ in range(count)) + "accept: [KFJ]\n"
        return text.replace("\n", "\r\n") if self.random.random() < 0.15 else text

    def document(self) -> str:
        return "\n".join(self.filled(self.random.choice(LINES)) for _ in range(self.random.choice((4, 12))))

    @staticmethod
    def language(name: str) -> str:
        return "yaml" if name.endswith("yaml") else "markdown"

    # --- edits --------------------------------------------------------------------------------------------

    def edited(self, name: str) -> str:
        text = self.texts[name][-1]
        lines = re.split(r"(?<=\n)", text)
        at, to = self.random.randrange(len(lines)), self.random.randrange(len(lines))
        starts = [number for number, line in enumerate(lines) if line.lstrip().startswith("- ")]
        match self.random.choice(("undo", "entry", "entry", "cut", "copy", "word", "word", "word", "sign")):
            case "undo":
                return self.random.choice(self.undo[name])
            case "entry" if starts and name.endswith("yaml"):
                at = self.random.choice(starts)
                indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
                lines.insert(at, self.entry(indent))
            case "cut" | "entry":
                del lines[at : at + self.random.choice((1, 1, 2, 9))]
            case "copy":
                lines[to:to] = lines[at : at + self.random.choice((1, 2))]
            case "word" if words := list(re.finditer(r"\w+", text)):
                word = self.random.choice(words)
                new = self.random.choice((self.random.choice(NAMES), word[0] + "s", word[0][:-1], ""))
                return text[: word.start()] + new + text[word.end() :]
            case _:
                place = self.random.randint(0, len(text))
                gone = self.random.choice((0, 0, 1, 5))
                return text[:place] + self.random.choice(TYPED) + text[place + gone :]
        return "".join(lines)

    def step(self) -> None:
        """Change a document, as a whole or by what is different."""
        name = self.random.choice(tuple(self.texts))
        old = Text(self.texts[name][-1])
        new = self.edited(name)
        self.versions[name] += 1
        if self.random.random() < 0.2:
            self.client.change(uri(name), self.versions[name], new)
        else:
            # No line end is taken apart by an edit, because no editor does that.
            same = old.source.rfind("\n", 0, common_prefix(old.source, new)) + 1
            behind = min(common_suffix(old.source, new), len(old) - same, len(new) - same)
            behind -= old.source[len(old) - behind - 1 : len(old) - behind] == "\r" and behind > 0
            start, end = (old.position_at(at, self.encoding) for at in (same, len(old) - behind))
            self.client.change(uri(name), self.versions[name], (start, end, new[same : len(new) - behind]))
        self.undo[name] = [*self.undo[name][-9:], new]
        codes = {problem["code"] for problem in self.client.diagnostics(uri(name))}
        # What a broken glossary keeps, it keeps of earlier versions.
        self.texts[name] = [*self.texts[name], new] if "invalid-yaml" in codes else [new]

    def asked(self) -> dict[str, Any]:
        """Return what there is, and what to ask."""
        documents = []
        for name, texts in self.texts.items():
            text = Text(texts[-1])
            words = [word.start() for word in re.finditer(r"\w+", text.source)] or [0]
            offsets = (len(text), self.random.choice(words), self.random.choice(words) + 1)
            places = [text.position_at(offset, self.encoding) for offset in offsets]
            document: dict[str, Any] = {
                "uri": uri(name),
                "language": self.language(name),
                "version": self.versions[name],
                "texts": texts,
                "places": [{"line": line, "character": character} for line, character in places],
            }
            documents.append(document)
        return {
            "encoding": self.encoding,
            "files": self.files,
            "documents": documents,
            "order": self.random.sample(range(len(documents)), len(documents)),
            "queries": ("", self.random.choice(NAMES)),
        }


@pytest.fixture(scope="module")
def fresh() -> Iterator[subprocess.Popen[str]]:
    """A process that answers from new processes, which find nothing that was remembered by another one."""
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")
    command = [sys.executable, "-m", "tests.wire.fresh"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.mark.parametrize("seed", range(int(os.environ.get("GLOSSARY_LS_SESSIONS", "3"))))
def test_edits_do_not_show(fresh: subprocess.Popen[str], seed: int) -> None:
    assert fresh.stdin is not None
    assert fresh.stdout is not None
    session = Session(seed)
    for _ in range(8):
        session.step()
        asked = session.asked()
        fresh.stdin.write(json.dumps(asked) + "\n")
        fresh.stdin.flush()
        found = answers(session.client, asked)
        expected = json.loads(fresh.stdout.readline())
        assert found.keys() == expected.keys()
        assert {key: found[key] for key in found if found[key] != expected[key]} == {
            key: expected[key] for key in found if found[key] != expected[key]
        }
