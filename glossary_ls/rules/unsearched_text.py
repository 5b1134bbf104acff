"""Rule `unsearched-text`: a paragraph that is too long to be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis import scan
from glossary_ls.base.model import Problem, Severity
from glossary_ls.rules.shared.fix import no_fixes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.chunks import Chunk
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.text import Span

CODE = "unsearched-text"
SEVERITY = Severity.INFORMATION
SUMMARY = "A paragraph that is too long to be searched."
fixes = no_fixes


def check(document: Document) -> Iterator[Problem]:
    """Yield a problem at the beginning of each paragraph that is not searched."""
    for start, found in document.analysis.facts(_unsearched):
        for span, length in found:
            message = (
                f"This paragraph has {length:,} characters, more than the limit of {scan.LONGEST_PROSE:,}, "
                "and is not searched for terms and acronyms: divide it"
            )
            yield Problem(CODE, message, span.shifted(start))


def _unsearched(chunk: Chunk, _text: str) -> list[tuple[Span, int]]:
    """Return the first character of each text that is too long, and its length."""
    proses = ((start, scanned.block.prose) for start, scanned in chunk.placed())
    return [
        (prose.span(0, 1).shifted(start), len(prose.text))
        for start, prose in proses
        if scan.is_too_long(prose)
    ]
