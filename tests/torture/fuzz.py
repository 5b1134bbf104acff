"""Mutated files for each reader, parser, editor and writer; what reaches a new line of the program is kept.

A text is made from another one of the corpus (fixtures, documents, repeated fragments) by deleting, copying,
exchanging and inserting; if it executes a line that no text before has, it joins the corpus.
"""

from __future__ import annotations

import logging
import random
import traceback
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis.scan import scan
from glossary_ls.base import globs
from glossary_ls.base.edits import applied
from glossary_ls.base.model import Alias, Term
from glossary_ls.base.text import Text
from glossary_ls.glossary import formats
from glossary_ls.glossary.exports import WRITERS
from glossary_ls.glossary.exports.export import Export, Item, written
from glossary_ls.glossary.formats.yaml import editor, read
from glossary_ls.glossary.index import Glossary
from glossary_ls.lsp.framing import Frames
from glossary_ls.markup.parsers import parser_for
from glossary_ls.settings import config_file
from glossary_ls.vfs.files import decoded
from glossary_ls.workspace.choices import choices
from tests.torture.growth import FILES, FRAGMENTS, languages
from tests.torture.steps import traced
from tests.unit.block_invariants import assert_invariants

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from _typeshed import TraceFunction

    from glossary_ls.glossary.model import GlossaryFile

_TESTS = Path(__file__).parents[1]

#: Larger texts are cut, in characters.
_LONGEST = 1500

_ODD = "\ufeff\u2028\x00\x0c\r\u200b\u0301\U0001f600\ue000\ud800\t\\\"'`[]{}()<>|&*#:-=~_^$%@!?,;./ \n"


class Crash(NamedTuple):
    """A text that raised an error, and where."""

    target: str
    text: str
    error: str


class Fuzzed(NamedTuple):
    """How many texts were tried, and those that broke something."""

    tried: int
    crashes: list[Crash]


# --- targets ----------------------------------------------------------------------------------------------


def targets() -> dict[str, Callable[[str], object]]:
    """Return what is tried with texts, by name; each must not raise."""
    found: dict[str, Callable[[str], object]] = {f"format {name}": partial(_format, name) for name in FILES}
    found |= {f"markup {language}": partial(_markup, language) for language in languages()}
    found |= {"yaml edits": _edits, "writers": _writers, "settings": _settings, "framing": _framing}
    return {**found, "patterns": _patterns, "encodings": _encodings}


def _format(name: str, source: str) -> GlossaryFile:
    file = formats.parse(f"/ws/{name}", Text(source))
    length = len(source)
    for placed in file.entries:
        assert 0 <= placed.span.start <= placed.span.end <= length
        for value in placed.values:
            assert 0 <= value.span.start <= value.span.end <= length
    assert all(0 <= problem.span.start <= problem.span.end <= length for problem in file.problems)
    assert len(file.terms) == len(file.entries)
    return file


def _markup(language: str, source: str) -> None:
    if "\ud800" not in source:
        assert_invariants(parser_for(language), source)
    analysis = scan(Text(source), language, Glossary(()))
    assert all(0 <= found.span.start < found.span.end <= len(source) for found in analysis.candidates)


def _edits(source: str) -> None:
    """Carry out each edit of the YAML editor: the other entries stay what they are."""
    file = read("", Text(source))
    term = Term("QZX", "Queue Zone")
    if edits := editor.add_term(source, term):
        terms = read("", applied(source, edits)).terms
        assert [each for each in terms if each.name != "QZX"] == [
            each for each in file.terms if each.name != "QZX"
        ]
    if edits := editor.add_accepted(source, "QZX"):
        assert read("", applied(source, edits)).terms == file.terms
    names = [each.name for each in file.terms]
    for number, placed in enumerate(file.entries[:4]):
        if names.count(placed.term.name) > 1:
            # Which one gets the alias is not said.
            continue
        others = (*file.terms[:number], *file.terms[number + 1 :])
        for edits in (
            editor.add_alias(source, placed.term.name, Alias("zone")),
            editor.explain(source, placed.span, "A: zone"),
            editor.establish(source, placed.span),
        ):
            terms = read("", applied(source, edits)).terms
            assert (*terms[:number], *terms[number + 1 :]) == others or not edits
        if edits := editor.remove_entry(source, placed.span):
            assert read("", applied(source, edits)).terms == others
        editor.explanation(source, placed.span)
        for value in placed.values:
            editor.rewritten(source, value.content, "x: #y")


def _writers(source: str) -> None:
    file = read("", Text(source))
    export = Export(file.head, tuple(Item(term, "/ws/glossary.yaml", 1) for term in file.terms[:20]))
    for writer in WRITERS:
        assert written(writer, export).text.encode("utf-8", "surrogatepass") is not None


def _settings(source: str) -> None:
    for name in ("glossary-ls.toml", "pyproject.toml"):
        found = config_file.read(f"/ws/{name}", Text(source), choices())
        for problem in found.problems if found else ():
            assert 0 <= problem.span.start <= problem.span.end <= len(source)


def _framing(source: str) -> None:
    data = source.encode("utf-8", "surrogatepass")
    frames = Frames()
    bodies = [body for each in (data[:20], data[20:]) for body in frames.feed(each)]
    assert bodies == list(Frames().feed(data))


def _patterns(source: str) -> None:
    rules = tuple(source.splitlines()[:20])
    for path in ("a.md", "docs/a b/c.md", "a" * 60, source[:60]):
        globs.verdict(rules, path)
        globs.matches(rules, path)


def _encodings(source: str) -> None:
    content = source.encode("utf-8", "surrogatepass")
    start = b"# Sphinx inventory version 2\n"
    for each in (content, start + content, b"\xff\xfe" + content, content[::-1], content[1::2]):
        for is_legacy in (False, True):
            decoded(each, "/ws/a.md", is_legacy=is_legacy)


# --- texts ------------------------------------------------------------------------------------------------


@cache
def _corpus(target: str) -> tuple[str, ...]:
    kind, _, name = target.partition(" ")
    suffix = Path(name).suffix if kind == "format" else ""
    paths = sorted((_TESTS / "fixtures" / "glossaries").rglob(f"*{suffix or '.yaml'}"))
    if kind == "markup":
        paths = sorted((_TESTS / "corpus").glob("*.*")) + paths
    texts = [path.read_bytes()[:_LONGEST].decode("utf-8", "ignore") for path in paths if path.is_file()]
    own = {
        "settings": [
            'packs = []\naccept = ["A"]\n[rules]\nwrong-case = "off"\n[[overrides]]\npaths = ["a"]\n'
        ],
        "framing": ["Content-Length: 2\r\n\r\n{}", "Content-Length: 4\r\nContent-Type: x\r\n\r\nnull"],
        "patterns": ["*.md\n!a.md\n/docs/**/c?[a-z].md\n{a,b}\n\\#\n"],
    }
    return (*texts[:60], *own.get(target, ()), *FRAGMENTS)


def mutated(chance: random.Random, corpus: list[str]) -> str:
    """Return a text made from others."""
    text = chance.choice(corpus)
    for _ in range(chance.choice((1, 1, 2, 4, 9))):
        at, to = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        piece = text[at : min(to, at + chance.choice((1, 3, 20, 400)))]
        other = chance.choice(corpus)
        match chance.randrange(7):
            case 0:
                text = text[:at] + text[at + len(piece) :]
            case 1:
                text = text[:to] + piece + text[to:]
            case 2:
                text = text[:at] + chance.choice(_ODD) + text[at:]
            case 3:
                text = text[:at] + chance.choice(_ODD) + text[at + 1 :]
            case 4:
                text = text[:at] + chance.choice(FRAGMENTS) * chance.choice((1, 2, 5)) + text[at:]
            case 5:
                text = text[:at] + other[chance.randint(0, len(other)) :][:200] + text[to:]
            case _:
                lines = text.splitlines(keepends=True)
                chance.shuffle(lines)
                text = "".join(lines)
    return text[:_LONGEST]


# --- runs -------------------------------------------------------------------------------------------------


def fuzz(number: int, seed: int, *, is_guided: bool = True) -> Fuzzed:
    """Try a number of texts with each target."""
    crashes: list[Crash] = []
    every = targets()
    logging.disable(logging.CRITICAL)
    try:
        for target, run in every.items():
            chance = random.Random(f"{seed} {target}")  # noqa: S311  because it is no secret
            corpus = list(_corpus(target))
            seen: set[tuple[object, int]] = set()
            for _ in range(number):
                text = mutated(chance, corpus)
                lines: set[tuple[object, int]] = set()
                try:
                    _observed(partial(run, text), lines) if is_guided else run(text)
                except Exception as error:  # noqa: BLE001  because any error is a finding
                    place = traceback.extract_tb(error.__traceback__)[-1]
                    crashes.append(Crash(target, text, f"{error!r} at {place.filename}:{place.lineno}"))
                if lines - seen:
                    seen |= lines
                    corpus.append(text)
    finally:
        logging.disable(logging.NOTSET)
    return Fuzzed(number * len(every), crashes)


def _observed(work: Callable[[], object], lines: set[tuple[object, int]]) -> None:
    """Do something, and add the lines of the program that are executed."""

    def local(frame: FrameType, event: str, _: object) -> TraceFunction | None:
        if event == "line":
            lines.add((frame.f_code, frame.f_lineno))
        return local

    traced(work, local)


def shortest(crash: Crash) -> str:
    """Return a part of a text that still raises an error, cut in halves, quarters and so on."""
    run, text = targets()[crash.target], crash.text
    size = len(text) // 2
    while size:
        start = 0
        while start < len(text):
            fewer = text[:start] + text[start + size :]
            try:
                run(fewer)
            except Exception:  # noqa: BLE001  because any error is as good
                text = fewer
            else:
                start += size
        size //= 2
    return text
