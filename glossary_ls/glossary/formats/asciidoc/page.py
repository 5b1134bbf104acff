"""Read a whole file: its entries and its problems. This module must not know how files are claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import Problem, Severity
from glossary_ls.glossary.formats.asciidoc import suffixes
from glossary_ls.glossary.formats.asciidoc.blocks import Page
from glossary_ls.glossary.naming import is_usual
from glossary_ls.glossary.reading.drafts import glossary_file
from glossary_ls.glossary.reading.lines import lines_of
from glossary_ls.glossary.reading.page_entries import entries_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import GlossaryFile
    from glossary_ls.glossary.reading.drafts import Draft
    from glossary_ls.glossary.reading.lines import Line


def read(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    page = Page(lines_of(text.source))
    found = entries_of(page.nodes, "items of labeled lists", is_whole=is_usual(path, suffixes))
    problems = [*page.problems]
    drafts = [*_without_variables(found.drafts, problems)]
    # Beside entries, a page includes attributes and navigation as well.
    named = (line for line in page.includes if not drafts or is_usual(_included(line), suffixes))
    if (line := next(named, None)) is not None:
        message = f"this page includes {_included(line)}, which is not read; name it in the setting 'sources'"
        problems.append(Problem("made-from-data", message, line.span, Severity.INFORMATION))
    return glossary_file(path, text, drafts, problems=problems, evidence=found.evidence if drafts else "")


def _included(line: Line) -> str:
    return line.text.removeprefix("include::").partition("[")[0]


def _without_variables(drafts: tuple[Draft, ...], problems: list[Problem]) -> Iterator[Draft]:
    """Yield the drafts whose names are text, and add a problem for each other one."""
    for draft in drafts:
        name = draft.names[0].text
        if name.startswith("{") and name.endswith("}"):
            message = f"the name of this entry is the attribute {name}, which this file does not define"
            problems.append(Problem("made-from-data", message, draft.names[0].span, Severity.INFORMATION))
        else:
            yield draft
