"""The page of the manual that explains a code. This module must not know how the page is shown."""

from __future__ import annotations

from glossary_ls.rules import DOCUMENT_RULES, RULES

#: Codes of problems in configuration files.
_SETTINGS = frozenset({"unknown-setting", "invalid-setting", "invalid-toml"})

_SUMMARIES = {rule.CODE: rule.SUMMARY for rule in RULES}


def page_of(code: str) -> str:
    """Return the page, below the documentation's folder, that explains a code."""
    if any(code == rule.CODE for rule in DOCUMENT_RULES):
        return f"rules/{code}.md"
    return "settings.md" if code in _SETTINGS else "rules/glossary-files.md"


def summary_of(code: str) -> str:
    """Return one sentence about a code; that of a parser's problem is made of its words."""
    words = code.replace("-", " ")
    return _SUMMARIES.get(code, f"{words[:1].upper()}{words[1:]}.")
