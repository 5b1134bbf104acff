"""Scanning: whole documents with either engine, and matching alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from glossary_ls.acronyms.candidates import find_candidates
from glossary_ls.acronyms.definitions import find_definitions
from glossary_ls.analysis.scan import scan
from glossary_ls.base.text import Text
from glossary_ls.markup import parse
from glossary_ls.matching import Matcher
from glossary_ls.matching.engines import NATIVE
from glossary_ls.matching.spellings import Name
from tests.bench.documents import document, glossary
from tests.bench.timing import Row, medians_in_turn
from tests.quality.predict import packs

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows() -> Iterator[Row]:
    """Yield the measurements."""
    source = document(1_000_000)
    for count in (600, 10_000):
        index = glossary(count)
        names = [Name(term.name, exact=False) for term in index.terms]
        python = Matcher(names, native=False)
        split, slow = medians_in_turn(lambda: source.lower().split(), partial(python.find, source), times=3)
        yield Row(f"match 1 MB, {count} terms, Python engine", slow, slow / split, "str.lower().split()")
        if NATIVE:
            native = Matcher(names, native=True)
            fast, slow = medians_in_turn(partial(native.find, source), partial(python.find, source), times=3)
            yield Row(f"match 1 MB, {count} terms, native engine", fast, fast / slow, "Python engine")
    index = glossary(600)
    parsed, scanned = medians_in_turn(
        lambda: list(parse(source, "markdown")), lambda: scan(Text(source), "markdown", index), times=3
    )
    shipped, text = packs(), Text(source)
    bare, built_in = medians_in_turn(
        lambda: scan(text, "markdown", index), lambda: scan(text, "markdown", shipped), times=3
    )
    yield Row("scan 1 MB of Markdown, built-in glossaries", built_in, built_in / bare, "with 600 terms")
    blocks = [block.prose for _, block in parse(source, "markdown")]
    terms, acronyms = medians_in_turn(
        lambda: [index.find(prose.text) for prose in blocks],
        lambda: [(find_candidates(prose), find_definitions(prose)) for prose in blocks],
        times=3,
    )
    yield Row("acronyms and their definitions in 1 MB", acronyms, acronyms / terms, "matching 600 terms")
    yield Row("parse 1 MB of Markdown", parsed, parsed / split, "str.lower().split()")
    yield Row("scan 1 MB of Markdown", scanned, scanned / parsed, "parsing it")
