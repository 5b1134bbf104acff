"""The page of the manual that explains a code. This module must not know how the page is shown."""

from __future__ import annotations

from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.rules import DOCUMENT_RULES, RULES
from glossary_ls.vfs.files import manual_text

#: Where the manual is on the web; written by `make generate`.
_MANUAL = "https://example.org/glossary-ls/glossary-ls/blob/main/docs"

#: The page of codes that have no page of their own.
_GLOSSARY_FILES = "rules/glossary-files.md"

#: Codes of problems in configuration files.
_SETTINGS = {
    "unknown-setting": "A setting in a configuration file that does not exist.",
    "invalid-setting": "A setting in a configuration file with a value that it cannot have.",
    "invalid-toml": "A configuration file that is not valid TOML.",
}

_SUMMARIES = {rule.CODE: rule.SUMMARY for rule in RULES} | _SETTINGS

_OWN_PAGES = frozenset(rule.CODE for rule in DOCUMENT_RULES)

#: A row of a table about codes, and a code in its first cell.
_ROW = lazily(r"^\| (?P<codes>`[^|]+`) \|(?P<rest>.+)\|$")
_HEADER = lazily(r"^\| Code \|(?P<rest>.+)\|$")
_CODE = lazily(r"`([\w-]+)`")

_LINK = lazily(r"\[([^\]]+)\]\([^)]*\)")


def page_of(code: str) -> str:
    """Return the page, below the documentation's folder, that explains a code."""
    if code in _OWN_PAGES:
        return f"rules/{code}.md"
    return "settings.md" if code in _SETTINGS else _GLOSSARY_FILES


def address_of(code: str) -> str:
    """Return the address of that page on the web."""
    return f"{_MANUAL}/{page_of(code)}"


def summary_of(code: str) -> str:
    """Return one sentence about a code: the summary of its rule, or the start of its row in a table."""
    if code in _SUMMARIES:
        return _SUMMARIES[code]
    (_, text), *_rest = _rows()[code]
    return _LINK.sub(r"\1", f"{text.removesuffix('.').partition('. ')[0]}.")


def explanation_of(code: str) -> str:
    """Return what the manual says about a code, as Markdown: its page, or its row in a table of codes."""
    if code in _OWN_PAGES:
        return manual_text(page_of(code))
    rows = [("What it reports", _SETTINGS[code])] if code in _SETTINGS else _rows()[code]
    return f"# {code}\n\n" + "\n\n".join(f"## {title}\n\n{text}" for title, text in rows) + "\n"


@memo.recent(1)
def _rows() -> dict[str, list[tuple[str, str]]]:
    """Return the cells of each code in the tables of the page for several codes, with their headings."""
    found: dict[str, list[tuple[str, str]]] = {}
    titles: list[str] = []
    for line in manual_text(_GLOSSARY_FILES).splitlines():
        if header := _HEADER.match(line):
            titles = _cells(header["rest"])
        elif row := _ROW.match(line):
            cells = list(zip(titles, _cells(row["rest"]), strict=True))
            found |= dict.fromkeys(_CODE.findall(row["codes"]), cells)
    return found


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.split(" | ")]


def codes() -> frozenset[str]:
    """Return every code that the manual explains."""
    return frozenset((*_SUMMARIES, *_rows()))
