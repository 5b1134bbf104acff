"""References are what a look at every word of every file finds; the short cuts must not lose any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary_ls.analysis import disambiguation
from glossary_ls.base.text import Encoding, Span, Text
from glossary_ls.features.occurrences import in_glossary
from glossary_ls.features.references import uses
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.glossary.index import build
from glossary_ls.glossary.model import REFERENCES, Role
from glossary_ls.workspace.term_search import WorkspaceLibrary
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles
from tests.pointing import places

from .examples import FEW_EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Mention, Term
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import GlossaryFile

ROOT = "/ws"

#: Names, and what may be written where one of them is meant.
NAMES = (
    "SLO",
    "cold start",
    "fine-tuning",
    "R&D",
    "R & D",
    "analysis",
    "key",
    "C++",
    "\u7f13\u5b58",
    "Y",
    "it's",
)
WRITTEN = (
    *NAMES,
    "SLOs",
    "SLO's",
    "cold starts",
    "Cold-Start",
    "coldstart",
    "cold  start",
    "cold\n      start",
    "finetuning",
    "fine tuning",
    "analyses",
    "keys",
    "keies",
    "the SLO and keys",
    "x\u7f13\u5b58y",
    "_SLO_",
    "other",
)
QUOTES = (
    lambda text: text,
    lambda text: "'" + text.replace("'", "''") + "'",
    lambda text: '"' + text.replace("S", "\\u0053") + '"',
)


@st.composite
def glossaries(draw: st.DrawFn) -> str:
    """Draw a glossary file with references and texts."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    written = st.builds(lambda text, quote: quote(text), st.sampled_from(WRITTEN), st.sampled_from(QUOTES))
    lines = []
    for name in names:
        lines.append(f"- term: {name}\n")
        lines.extend(f"  related:\n    - {draw(written)}\n" for _ in range(draw(st.integers(0, 1))))
        lines.extend(f"  replaced_by: {draw(written)}\n" for _ in range(draw(st.integers(0, 1))))
        lines.extend(f"  definition: {draw(written)}\n" for _ in range(draw(st.integers(0, 1))))
        if draw(st.booleans()):
            lines.append(f"  facts: [{draw(written)}, x {draw(st.sampled_from(NAMES))}]\n")
    return "".join(lines)


def brute(file: GlossaryFile, term: Term, glossary: Glossary) -> Iterator[Span]:
    """Yield where a file names a term, by a look at every value."""
    for placed in file.entries:
        for value in placed.values:
            if value.role in REFERENCES:
                if glossary.term(value.text) is term:
                    yield value.content
            elif value.role is Role.TEXT:
                for line in re.finditer(r"[^\r\n]+", value.span.of(file.text.source)):
                    for start, end, names in glossary.find(line.group()):
                        if glossary.senses_of(names)[0] is term:
                            yield Span(start, end).shifted(value.span.start + line.start())


def agree(source: str) -> None:
    file = read("/ws/glossary.yaml", source)
    glossary = build([file])
    for term in glossary.terms:
        found = [span for span, _ in in_glossary(file, term, glossary)]
        assert found == sorted(set(brute(file, term, glossary)))


@FEW_EXAMPLES
@given(glossaries())
def test_no_place_in_a_glossary_is_lost(source: str) -> None:
    agree(source)


@pytest.mark.parametrize(
    "source",
    [
        "- {term: SLO, summary: &x SLO}\n- {term: b, related: [*x], summary: *x}\n",
        "- &a {term: SLO, related: [cold start]}\n- {term: cold start, <<: *a}\n",
        "SLO: Service Level Objective\ncold start: A cold\n  start of the SLO.\n",
        "terms:\n  - term: SLO\n    related: [SLO, b]\n  - term: b: c\n  - {term: d, related: [SLO]}\n",
        "\ufeff- {term: SLO, definition: SLO}\r\n- {term: b, related: SLO}\r\n",
        "- term: SLO\n- term: cold start\n  definition: x\u7f13\u5b58y\n- term: Y\n",
    ],
)
def test_no_place_in_an_odd_glossary_is_lost(source: str) -> None:
    agree(source)


@settings(max_examples=15)
@given(
    st.lists(st.lists(st.sampled_from((*WRITTEN, "\n\n# ", "GQS", ".")), max_size=12), min_size=2, max_size=4)
)
def test_no_place_in_a_document_is_lost(words: list[list[str]]) -> None:
    """Whether a document is open or not; the second sense of GQS is that of the last one."""
    names = [f"{number}.md" for number in range(len(words))]
    texts = {name: " ".join(some) for name, some in zip(names, words, strict=True)}
    texts[names[-1]] += "\n\nGateway queue scheduler (GQS).\n"
    glossary = "".join(f"- term: '{name.replace(chr(39), chr(39) * 2)}'\n" for name in NAMES)
    glossary += "- {term: GQS, expansion: Group Quality Score}\n"
    glossary += "- {term: GQS, expansion: Gateway Queue Scheduler}\n"
    files = MemoryFiles({f"{ROOT}/{name}": text for name, text in texts.items()})
    files.put(f"{ROOT}/glossary.yaml", glossary)
    workspace = Workspace(files, [ROOT], Encoding.UTF32)
    workspace.configure({"packs": []})
    workspace.open(f"file://{ROOT}/{names[0]}", "markdown", 1, texts[names[0]])
    document = workspace.snapshot(f"file://{ROOT}/{names[0]}")
    assert document is not None
    library = WorkspaceLibrary(workspace)

    def fitting(page: Document) -> Iterator[Mention]:
        return (disambiguation.fitting(page, mention) for mention in page.analysis.mentions)

    mentions = [
        (path, mention)
        for path, text in ((f"{ROOT}/{name}", text) for name, text in texts.items())
        for mention in fitting(workspace.analyze(path, "markdown", Text(text)))
    ]
    for term in document.glossary.terms:
        wanted = [(path, mention.span) for path, mention in mentions if mention.term is term]
        assert places(uses(document, term, library)) == wanted
