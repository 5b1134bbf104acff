"""Inline notes: what is remembered of an earlier version, or of another part, changes none of them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from glossary_ls.base.text import Span
from glossary_ls.features.inlay_hints import inlay_hints
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

GLOSSARY = """\
- {term: SLO, expansion: Service Level Objective}
- {term: TP, expansion: Throughput}
- {term: TP, expansion: tensor parallelism}
- {term: load, summary: what there is to do}
"""
LINES = [
    "The SLO.",
    "TP and TPs.",
    "A test plan (TP).",
    "# SLO",
    "The load.",
    "| SLO |",
    "```",
    "",
    "x " * 2_000,
]
TEXTS = st.lists(st.sampled_from(LINES), max_size=12)


@settings(max_examples=20)
@given(TEXTS, TEXTS, st.sampled_from(["acronyms", "terms"]), st.sampled_from(["document", "section"]))
def test_notes_are_those_of_the_text_however_it_came_about(
    before: list[str], after: list[str], show: str, repeat: str
) -> None:
    found = [
        _notes(versions, show, repeat, parts=parts)
        for versions, parts in (([before, after], 1), ([after], 1), ([after], 5))
    ]
    assert found[0] == found[1] == found[2]


def _notes(versions: list[list[str]], show: str, repeat: str, parts: int) -> set[tuple[int, str]]:
    workspace = Workspace(MemoryFiles({"/ws/glossary.yaml": GLOSSARY}), ["/ws"])
    workspace.configure({"packs": [], "inlayHints": {"show": show, "repeat": repeat}})
    uri = "file:///ws/a.md"
    found: set[tuple[int, str]] = set()
    for number, lines in enumerate(versions):
        text = "\n\n".join(lines)
        if number == 0:
            workspace.open(uri, "markdown", 1, text)
        else:
            workspace.change(uri, number, [(None, None, text)])
        document = workspace.snapshot(uri)
        assert document is not None
        size = len(text) // parts + 1
        # From the end to the start, as one may scroll.
        spans = [Span(at, min(at + size, len(text))) for at in range(0, max(len(text), 1), size)]
        found = {
            (hint.offset, hint.label) for span in reversed(spans) for hint in inlay_hints(document, span)
        }
    return found
