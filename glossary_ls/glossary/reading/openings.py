"""How definitions open: with the long form of an acronym, with a reference to another term, or with nothing.

This module must not know formats, or markup beyond emphasis and links in Markdown.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from glossary_ls.acronyms.alignment import EXPLICIT, fit_after, is_good
from glossary_ls.acronyms.forms import base_of, words_of
from glossary_ls.base import memo
from glossary_ls.glossary.reading.names import is_acronym, stands_for
from glossary_ls.glossary.wording import is_sentence

#: Texts that stand where a definition is missing.
_NOTHING = re.compile(
    r"(?:to ?do\b.*|tbd\.?|tba\.?|fixme\b.*|n/?a|none|null|-+|\u2013|\u2014|\?+|\.{2,}|\u2026|wip|xxx|"
    r"\(?(?:no |missing )?(?:definition|description|explanation)(?: (?:is )?(?:not|yet to be|to be|coming) .{0,40}| needed"
    r"| missing| pending)?\)?\.?|coming soon\.?|to be (?:defined|written|done|added|completed)\.?|"
    r"\(?(?:no (?:definition|description)(?: (?:yet|provided|available))?)\)?\.?|(?:not (?:yet )?defined)\.?)",
    re.IGNORECASE | re.DOTALL,
)
_EXPLICIT = re.compile(
    r"(?:(?:is |it is |this is )?(?:an? |the )?)?(?:short|shorthand|abbreviation|abbreviated form|acronym|initialism|initials|"
    r"abk\.|abkürzung)(?:\s+(?:for|of|form of|für))\s*:?\s*|(?:this |it |which |acronym |\w+ )?(?:stands|steht|short|stand)"
    r"\s+(?:for|für)\s*:?\s*|acronym:\s*|abbreviation:\s*",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[.;:,(\n\u2013\u2014!?]|\s[-=]\s|\s(?:is|are|was|were|refers|means|ist|sind|est|es|which|that|used)\s|$"
)
_OPEN = "\"'\u201c\u2018\u201e\u00ab*_`["
_CLOSE = "\"'\u201d\u2019\u201c\u00bb*_`]"
_EMPHASIS = re.compile(r"[*_`]+|\[|\]\([^()\s]*\)|\]\[[^\]]*\]|\]")
_SEE = re.compile(
    r"(?:\u2192|->|=>|\u21d2|see(?: also| under| instead| the (?:entry|definition) (?:for|of))?:?|synonym (?:of|for):?|same as:?|"
    r"alias (?:of|for):?|siehe(?: auch)?:?|voir:?|véase:?|cf\.?|use:?|also known as:?)\s+(?P<names>[^.\n]{1,120}?)\.?\s*",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\[[^\]]*\])?")


class Opening(NamedTuple):
    """The long form that a definition opens with, and the rest of it."""

    expansion: str
    rest: str


def meaningful(definition: str) -> str:
    """Return a definition, or an empty string for a text that only fills its place."""
    text = definition.strip()
    return "" if _NOTHING.fullmatch(text.strip("*_ ")) else text


def pointed_at(definition: str) -> tuple[str, ...]:
    """Return the names that a definition only refers to, as in `See Shard.`; none for any other text."""
    found = _SEE.fullmatch(definition.strip().strip("*_").strip())
    if not found:
        return ()
    names = found["names"]
    linked = tuple(match[1].strip("*_` ") for match in _LINK.finditer(names))
    if linked:
        return linked
    parts = re.split(r",\s*|\s+and\s+|\s+or\s+|;\s*", names)
    named = tuple(part.strip("*_`\"' ") for part in parts if part.strip("*_`\"' "))
    return named if all(len(part.split()) <= 5 for part in named) else ()


@memo.recent(4096)
def opening_of(name: str, definition: str, *, is_acronyms: bool = False) -> Opening:
    """Return the long form that a definition of `name` opens with; without one, the whole text is the rest.

    `is_acronyms` means that the file is a list of acronyms, where initials do not matter.
    """
    text = definition.lstrip()
    marked = _EXPLICIT.match(text)
    if marked:
        start = marked.end()
        end = _clause_end(text, start)
        said = _bare(text[start:end])
        if (
            said
            and len(said.split()) <= 8
            and (_is_capital(said) or stands_for(base_of(name), said) or len(said.split()) > 1)
        ):
            return Opening(said, _rest(text, end, keep=definition))
    if not is_acronym(name) and not (is_acronyms and len(name) <= 12):
        return _titled(name, text, definition)
    quoted = _quoted(text)
    if quoted and stands_for(base_of(name), _bare(quoted)):
        return Opening(_bare(quoted), _rest(text, len(quoted), keep=definition))
    end = _clause_end(text, 0)
    clause = _bare(text[:end])
    if stands_for(base_of(name), clause):
        return Opening(clause, _rest(text, end, keep=definition))
    if fitted := _fitted(base_of(name), text, end):
        return fitted._replace(rest=_rest(text, len(fitted.rest), keep=definition))
    whole = _bare(text)
    if is_acronyms and clause and not is_sentence(clause) and not _is_phrase(clause):
        if end >= len(text.rstrip()):
            return Opening(whole, "")
        if text[end] in "(\u2013\u2014" or text[end : end + 3] == " - ":
            return Opening(clause, _rest(text, end, keep=definition))
    return Opening("", definition)


def _titled(name: str, text: str, definition: str) -> Opening:
    """Read a definition of a name that looks like no acronym, such as `vm` or `Sev`."""
    end = _clause_end(text, 0)
    clause = _bare(text[:end])
    short = name.isalpha() and len(name) <= 5 and " " not in name
    if short and clause.istitle() and " " in clause and stands_for(name, clause, 0.08):
        return Opening(clause, _rest(text, end, keep=definition))
    return Opening("", definition)


def _fitted(short: str, text: str, limit: int) -> Opening | None:
    """Return the long form with which a text opens inside a clause, and the text that it is written as."""
    words = words_of(text, 0, limit)
    fit = fit_after(short, words) if words else None
    if fit is None or not is_good(fit, text, short, EXPLICIT):
        return None
    long = text[fit.start : fit.end]
    capitals = [word for word in long.split() if word[:1].isupper()]
    behind = text[fit.end : limit].strip()
    # Inside of a sentence, capitals show where a long form ends.
    if behind and (len(capitals) < 2 or behind[:1].isupper()):
        return None
    return Opening(_bare(long), text[: fit.end])


def _clause_end(text: str, start: int) -> int:
    at = start
    while found := _STOP.search(text, at):
        # A stop inside of a word, as in `Node.js` and `e.g.`, ends nothing.
        if (
            found[0] in {".", ":", ","}
            and found.end() < len(text)
            and not text[found.end()].isspace()
            and text[found.end()] not in _CLOSE
        ):
            at = found.end()
            continue
        return found.start()
    return len(text)


def _quoted(text: str) -> str:
    """Return the quoted or emphasized text with which a text opens, with its marks."""
    found = re.match(
        r"(\*\*|__|\*|_|\"|\u201c|'|\u2018)([^*_\"\u201c\u201d'\u2018\u2019\n]{3,120})(\*\*|__|\*|_|\"|\u201d|'|\u2019)",
        text,
    )
    return found[0] if found else ""


def _bare(text: str) -> str:
    bare = " ".join(_EMPHASIS.sub("", text).split()).strip(_OPEN + _CLOSE + " ,;:")
    return _ARTICLE.sub("", bare)


def _rest(text: str, end: int, *, keep: str) -> str:
    """Return what follows a long form, if it reads on its own; the whole text where it does not."""
    behind = text[end:].lstrip(_CLOSE)
    if not behind.strip(" .;:,!\n"):
        return ""
    if behind[:1] in {".", ";"} or behind[:1] == "\n" or re.match(r"\s*[-\u2013\u2014:]\s", behind):
        rest = behind.lstrip(" .;:-\u2013\u2014\n")
        return rest if rest[:1].isupper() or not rest[:1].isalpha() or behind[:1] != "." else keep
    return keep


def _is_capital(text: str) -> bool:
    return text[:1].isupper()


def _is_phrase(text: str) -> bool:
    return bool(re.match(r"(?:an?|the|when|how|used|see|this|to)\s", text, re.IGNORECASE))
