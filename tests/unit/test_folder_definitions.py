"""The harvest: what documents say, found again by acronym."""

from __future__ import annotations

import pytest

from glossary_ls.analysis.folder_definitions import (
    FolderDefinitions,
    FoundDefinition,
    build,
    of_document,
    read,
)
from glossary_ls.analysis.scan import scan
from glossary_ls.base.text import Encoding, Place, Span, Text
from glossary_ls.glossary.index import EMPTY
from glossary_ls.workspace.definition_cache import IndexedFile, digest_of, line_of, load, whole

SOURCE = """\
# Backup

😀 The recovery time objective (RTO) is an hour; the recovery time objective (RTO) again.

- RPO: recovery point objective

## MTTR

Mean time to repair is what it takes.
"""


def found_in(path: str, source: str, language: str = "markdown") -> tuple[FoundDefinition, ...]:
    steps = read(path, source, language)
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            result: tuple[FoundDefinition, ...] = stop.value
            return result


def paths_of(harvest: FolderDefinitions, short: str, path: str = "") -> list[str]:
    return [found.path for found in harvest.find(short, path)]


def test_a_document_is_read_once_for_each_wording_with_its_place_in_every_unit() -> None:
    rto = found_in("/ws/a.md", SOURCE)[0]
    assert (rto.short, rto.long, rto.path) == ("RTO", "recovery time objective", "/ws/a.md")
    assert rto.span.of(SOURCE) == "RTO"
    assert rto.place.line == 2
    assert [rto.place.characters(unit) for unit in Encoding] == [(34, 37), (32, 35), (31, 34)]
    assert [each.short for each in found_in("/ws/a.md", SOURCE)] == ["RTO", "RPO", "MTTR"]


@pytest.mark.parametrize("language", ["markdown", "plaintext", "restructuredtext", "asciidoc", "mdx"])
def test_what_is_read_is_what_a_scan_finds(language: str) -> None:
    text = Text(SOURCE)
    scanned = scan(text, language, EMPTY)
    assert found_in("/ws/a.md", SOURCE, language) == of_document("/ws/a.md", text, scanned.definitions)


def test_a_place_ends_with_its_line() -> None:
    assert Place.of(Text("ab\ncd"), Span(1, 4)) == Place(0, (1, 1, 1), (2, 2, 2))


def test_the_nearest_document_comes_first_and_the_own_one_never() -> None:
    documents = ["/ws/z/y/far.md", "/ws/docs/ops/b.md", "/ws/docs/a.md", "/ws/c.md"]
    harvest = build("/ws", [found for path in documents for found in found_in(path, SOURCE)])
    assert paths_of(harvest, "RTO", "/ws/docs/ops/x.md") == [
        "/ws/docs/ops/b.md",
        "/ws/docs/a.md",
        "/ws/c.md",
        "/ws/z/y/far.md",
    ]
    assert paths_of(harvest, "RTO", "/ws/docs/a.md") == ["/ws/c.md", "/ws/docs/ops/b.md", "/ws/z/y/far.md"]
    assert harvest.shown("/ws/docs/a.md") == "docs/a.md"


def test_capitals_tell_short_acronyms_only() -> None:
    harvest = build("/ws", found_in("/ws/a.md", "The mean time to repair (MTtR) of a party room (PR)."))
    assert paths_of(harvest, "MTTR")
    assert paths_of(harvest, "PR")
    assert not paths_of(harvest, "Pr")


def test_a_document_that_changes_takes_the_place_of_what_it_said() -> None:
    first = build("/ws", [*found_in("/ws/a.md", SOURCE), *found_in("/ws/b.md", SOURCE)])
    changed = first.with_document("/ws/a.md", found_in("/ws/a.md", "A quick test zone (QTZ)."))
    assert paths_of(changed, "RTO") == ["/ws/b.md"]
    assert paths_of(changed, "QTZ") == ["/ws/a.md"]
    assert paths_of(first, "RTO") == ["/ws/a.md", "/ws/b.md"]
    assert len(changed) == 4


def test_many_changed_documents_are_indexed_anew() -> None:
    harvest = build("/ws", found_in("/ws/a.md", SOURCE))
    for number in range(200):
        path = f"/ws/{number:03}.md"
        harvest = harvest.with_document(path, found_in(path, SOURCE))
    assert len(paths_of(harvest, "RTO")) == 201
    assert len(harvest) == 603


# --- the text that is kept --------------------------------------------------------------------------------

READING = IndexedFile((123, 45), digest_of(SOURCE), found_in("/ws/a.md", SOURCE))
KEPT = whole(
    "/ws", "stamp", [line_of("/ws/a.md", READING), line_of("/ws/b.md", IndexedFile((1, 2), "x", ()))]
)


def test_what_is_kept_is_what_comes_back() -> None:
    assert dict(load(KEPT, "/ws", "stamp")) == {"/ws/a.md": READING, "/ws/b.md": IndexedFile((1, 2), "x", ())}
    assert dict(load(whole("/ws", "s", []), "/ws", "s")) == {}


@pytest.mark.parametrize(
    ("text", "root", "stamp"),
    [
        (None, "/ws", "stamp"),
        ("", "/ws", "stamp"),
        ("[" * 100_000, "/ws", "stamp"),
        ("[]", "/ws", "stamp"),
        ("\0\n\0", "/ws", "stamp"),
        (KEPT, "/other", "stamp"),
        (KEPT, "/ws", "of another version"),
        (KEPT[:-3], "/ws", "stamp"),
        (KEPT.replace("objective", "objection"), "/ws", "stamp"),
        (KEPT.replace('"format": 1', '"format": 2'), "/ws", "stamp"),
    ],
)
def test_what_is_broken_old_or_foreign_counts_as_nothing(text: str | None, root: str, stamp: str) -> None:
    assert list(load(text, root, stamp)) == []


@pytest.mark.parametrize(
    "line",
    ["5", "{}", "[]", "null", '["a", 1]', '["a", 1, 2, "x", [["A"]]]', '["a", "b", 2, "x", []]', "[" * 9999],
)
def test_a_line_that_fits_the_checksum_but_makes_no_sense_costs_itself(line: str) -> None:
    kept = whole("/ws", "stamp", [line, line_of("/ws/a.md", READING)])
    assert dict(load(kept, "/ws", "stamp")) == {"/ws/a.md": READING}


def test_another_file_with_the_same_text_says_the_same() -> None:
    assert READING.of("/ws/copy.md") == found_in("/ws/copy.md", SOURCE)
