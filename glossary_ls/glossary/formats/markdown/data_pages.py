"""Pages that a site generator makes from data, so that they have no terms themselves.

This module must not know entries.
"""

from __future__ import annotations

from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span

_DATA = lazily(
    r"site\.data\.(?P<data>[\w.-]+)"
    r"|from\s+[\"'](?P<module>[^\"'\s]*(?:gloss|term|acronym|abbrev|defin|\.json|\.ya?ml)[^\"'\s]*)[\"']"
    r"|\{%-?\s*include(?:_relative)?\s+[\"']?(?P<include>[\w./-]+)"
    r"|(?:^|\n)[ \t]*--8<--\s+[\"'](?P<snippet>[^\"'\n]+)[\"']"
    r"|\{\{#include\s+(?P<book>[^\s{}]+)\}\}"
    r"|\{!\s*(?P<bang>[^\s{}!]+)\s*!\}"
    r"|\{include\}\s+(?P<myst>[^\s`]+)"
    r"|(?P<code>\{\{[<%]\s*[\w/-]*(?:gloss|term|acronym)[\w/-]*[^{}]*[>%]\}\}"
    r"|<[A-Z]\w*(?:Gloss|Term|Acronym|Defin)\w*\b|<(?:Gloss|Term|Acronym|Defin)\w*\b"
    r"|\{%-?\s*for\b|\{\{\s*[\w.]*(?:gloss|term)[\w.]*[^{}]*\}\})"
)


_VARIABLE = lazily(r"(?P<code>\{\{[^{}]*\}\})")


def problem_of(source: str, *, has_variables: bool = False) -> Problem | None:
    """Return the problem of a page without entries that is made from data, with the name of the data.

    With `has_variables`, the names of entries are variables, whatever their names.
    """
    found = next((each for each in _DATA.finditer(source) if each.lastgroup != "code"), None) or _DATA.search(
        source
    )
    if found is None and has_variables:
        found = _VARIABLE.search(source)
    if found is None:
        return None
    where = found[found.lastgroup or "code"]
    if found.lastgroup == "data":
        where = f"_data/{where.replace('.', '/')}.yml"
    if found.lastgroup == "code":
        by = " ".join(where.split())[:60]
        message = (
            f"the terms of this page are made from data by '{by}'; name the file with the data as a glossary"
        )
    else:
        message = f"the terms of this page are made from data; name '{where}' as a glossary instead"
    return Problem("made-from-data", message, Span(*found.span()), Severity.INFORMATION)
