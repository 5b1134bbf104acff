"""Texts of pages as plain Markdown: without short codes, components, images, and links inside of the site.

This module must not know what a text is about.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FENCED = lazily(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:(?! {0,3}\1)[^\n]*\n)*(?: {0,3}\1[^\n]*(?:\n|\Z))?", re.MULTILINE
)
_ATTRIBUTE = lazily(
    r"\b(?:text|title|term|label|display)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\u201c([^\u201d]*)\u201d)"
)
_ID = lazily(r"\b(?:term_id|id|slug|key|term)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TOOLTIP = lazily(r"gloss|term|tooltip|abbr|def", re.IGNORECASE)
_QUOTED = lazily(r"\"([^\"]*)\"")


def _of_short_code(found: re.Match[str]) -> str:
    """Return the text of a short code: that of a tooltip, nothing for any other one."""
    inside = found[1]
    name = inside.strip().split(None, 1)
    if not name or name[0].startswith("/") or not _TOOLTIP.search(name[0]):
        return ""
    for pattern in (_ATTRIBUTE, _ID, _QUOTED):
        if said := pattern.search(inside):
            return next((group for group in said.groups() if group), "")
    return ""


def _of_component(found: re.Match[str]) -> str:
    if said := _ATTRIBUTE.search(found[0]):
        return next((group for group in said.groups() if group), "")
    return ""


def _of_wiki_link(found: re.Match[str]) -> str:
    target, _, shown = found[1].rpartition("|")
    return (shown if target else found[1].partition("#")[0] or found[1].lstrip("#")).strip()


#: What is replaced in Markdown, in this order.
_MARKDOWN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"<!--\s*more\s*-->", re.IGNORECASE), "\n\n"),
    (re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL), ""),
    (re.compile(r"^(?:import|export)\s[^\n]*\n", re.MULTILINE), ""),
    (re.compile(r"\{\{[<%]([^{}]*)\}\}"), _of_short_code),
    (re.compile(r"\{%[^{}]*%\}"), ""),
    (re.compile(r"\{\{[^{}]*\}\}"), ""),
    (re.compile(r"^[ \t]*\{:[^{}\n]*\}[ \t]*$|\{:?[.#][^{}\n]*\}", re.MULTILINE), ""),
    (re.compile(r"!\[\[[^\[\]\n]*\]\]|!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])"), ""),
    (re.compile(r"<img\b[^<>]*>|<(?:a|span)\s+(?:id|name)=[^<>]*>\s*</(?:a|span)>", re.IGNORECASE), ""),
    (re.compile(r"\[\[([^\[\]\n]+)\]\]"), _of_wiki_link),
    (re.compile(r"%%([^%|\n]+)\|[^%\n]*%%"), r"\1"),
    (re.compile(r"%%[^%]*%%"), ""),
    (re.compile(r"\{(?:term|abbr|ref|doc|numref)\}`([^`<]*?)(?:\s*[<(][^`]*)?`"), r"\1"),
    (re.compile(r":(?:term|abbr|ref|doc):`([^`<]*?)(?:\s*[<(][^`]*)?`"), r"\1"),
    (re.compile(r"<[A-Z][\w.]*(?:\s[^<>]*)?/>"), _of_component),
    (re.compile(r"</?[A-Z][\w.]*(?:\s[^<>]*)?>|</?(?:div|span|a|section|p)(?:\s[^<>]*)?>"), ""),
    # A paragraph that is a link into the site, such as one to a translation.
    (re.compile(r"(?:\A|(?<=\n\n))\[[^\[\]\n]*\]\((?!https?:)[^()\n]*\)(?=\n\n|\n?\Z)"), ""),
    # A link that does not lead out of the site leads nowhere from a document of another folder.
    (re.compile(r"\[([^\[\]\n]*)\]\((?!https?:)[^()\n]*\)"), r"\1"),
    (re.compile(r"^:::\s*\w*[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"^(?:#[\w/-]+[ \t]*)+$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*\[[^\[\]\n]+\]:[ \t]*\S[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE), ""),
)

_ASCIIDOC: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"^////[ \t]*\n.*?^////[ \t]*$", re.MULTILINE | re.DOTALL), ""),
    (re.compile(r"^//(?!//)[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"^(?:image|include|video|toc)::[^\n]*$|\bimage:[^\s\[\]]*\[[^\[\]\n]*\]", re.MULTILINE), ""),
    (re.compile(r"^(?:ifn?def|endif|ifeval)::[^\n]*$|^:[\w-]+:[^\n]*$|^\[[^\[\]\n]*\]$", re.MULTILINE), ""),
    (re.compile(r"\[\[[^\[\]\n]*\]\]|\(\(\([^()\n]*\)\)\)|indexterm:\[[^\[\]\n]*\]"), ""),
    (re.compile(r"\(\(([^()\n]*)\)\)"), r"\1"),
    (re.compile(r"<<[^<>,\n]*,\s*([^<>\n]*)>>"), r"\1"),
    (re.compile(r"<<#?([^<>\n]*)>>"), r"\1"),
    (re.compile(r"glossterm:([^\s\[\]][^\[\]\n]*)\[\]"), r"\1"),
    (re.compile(r"(?:glossterm|term):[^\[\]\n]*\[([^\[\],\n]+)[^\[\]\n]*\]"), r"\1"),
    (re.compile(r"\bxref:[^\s\[\]]*\[([^\[\]\n]*)\]"), r"\1"),
    (re.compile(r"\b(?:link:)?(https?:[^\s\[\]]+)\[([^\[\],\n]+)[^\[\]\n]*\]"), r"[\2](\1)"),
    (re.compile(r"\blink:[^\s\[\]]*\[([^\[\]\n]*)\]"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?![\s*])([^*\n]+)(?<!\s)\*(?![\w*])"), r"**\1**"),
    (re.compile(r"`\+([^`+\n]*)\+`"), r"`\1`"),
    (re.compile(r"^(?:-{4,}|\.{4,})[ \t]*$", re.MULTILINE), "```"),
    (re.compile(r"^(?:\+|={4,}|\*{4,}|_{4,}|--|''')[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"^(\*{1,5}|\.{1,5})[ \t]+", re.MULTILINE), lambda found: _item(found[1])),
    (
        re.compile(r"^(NOTE|TIP|IMPORTANT|WARNING|CAUTION): ", re.MULTILINE),
        lambda found: f"**{found[1].title()}:** ",
    ),
)


def _item(mark: str) -> str:
    return "  " * (len(mark) - 1) + ("- " if mark[0] == "*" else "1. ")


_EMPHASIS = lazily(r"\*{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)|`+")


def heading(text: str) -> str:
    """Return the text of a heading without markup."""
    return " ".join(_EMPHASIS.sub("", re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", markdown(text))).split())


def markdown(text: str) -> str:
    """Return Markdown of a page as Markdown that can be shown anywhere."""
    parts: list[str] = []
    for is_code, part in _by_fences(text.replace("\r\n", "\n")):
        parts.append(part if is_code else _replaced(part, _MARKDOWN))
    return _tidy("".join(parts))


def asciidoc(text: str) -> str:
    """Return AsciiDoc of a page as Markdown."""
    return _tidy(_replaced(text.replace("\r\n", "\n"), _ASCIIDOC))


def _replaced(
    text: str, replacements: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]
) -> str:
    for pattern, by in replacements:
        text = pattern.sub(by, text)
    return text


def _by_fences(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a text, and whether each is a fence of code."""
    at = 0
    for found in _FENCED.finditer(text):
        yield False, text[at : found.start()]
        yield True, found[0]
        at = found.end()
    yield False, text[at:]


def _tidy(text: str) -> str:
    """Return a text without blank lines at its ends and without more than one of them in a row."""
    lines: list[str] = []
    for line in text.split("\n"):
        written = line.rstrip()
        if written or (lines and lines[-1]):
            lines.append(written)
    return "\n".join(lines).strip("\n")
