"""Documents to measure with: the demo runbook or the pages of the docs, repeated until there are enough."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from glossary_ls.base.model import Term
from glossary_ls.glossary import store
from glossary_ls.glossary.index import Glossary, build
from tests.glossaries import file_of

DOCS = Path(__file__).parents[2] / "docs"
RUNBOOK = DOCS / "demo" / "runbook.md"


def document(size: int) -> str:
    """Return Markdown of at least `size` characters."""
    body = RUNBOOK.read_text("utf-8").partition("---\n\n")[2]
    return body * (size // len(body) + 1)


def pages(size: int) -> str:
    """Return the pages of the docs, repeated to at least `size` characters.

    They have about as many acronyms and brackets as other documentation; the runbook has more than twice as
    many acronyms, and an eighth of the brackets.
    """
    body = "\n\n".join(page.read_text("utf-8") for page in sorted(DOCS.rglob("*.md")))
    return body * (size // len(body) + 1)


@lru_cache
def glossary(terms: int) -> Glossary:
    """Return the built-in packs, filled up with made-up terms."""
    files = [store.pack(name) for name in store.pack_names()]
    known = sum(len(file.terms) for file in files)
    made_up = tuple(
        Term(f"{first}{number} {second}")
        for number in range(max(terms - known, 0) // 4 + 1)
        for first in ("alpha", "service")
        for second in ("budget", "window")
    )
    extra = file_of("made-up.yaml", made_up[: max(terms - known, 0)])
    return build([*files, extra])
