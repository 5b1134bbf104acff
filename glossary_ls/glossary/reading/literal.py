"""Files that `glossary-ls export` has written: their texts are taken literally.

A mark in the file says so. Nothing is inferred from the look of a name or of a definition, so that what was
written is read back. Here is how such files write values, for those who write them, too. This module must
not know formats.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import Alias, AliasKind, CaseRule, Contrast, Question, Status, Term
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.reading.labels import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: The mark, in a comment or another text of the file that few people look at.
MARK = "glossary-ls: literal"

#: The mark is within so many characters.
_HEAD = 2_000

#: The labels that such files give the values of a term, in the order in which they are written.
LABELS: dict[str, Field] = {
    "Term": Field.NAME,
    "Stands for": Field.EXPANSION,
    "In short": Field.SUMMARY,
    "Definition": Field.DEFINITION,
    "Facts": Field.FACT,
    "Examples": Field.EXAMPLE,
    "Not to be confused with": Field.CONTRAST,
    "Questions": Field.QUESTION,
    "Also called": Field.ALIASES,
    "Also abbreviated": Field.ABBREVIATIONS,
    "Also written": Field.VARIANTS,
    "Avoid": Field.AVOID,
    "See also": Field.RELATED,
    "Topics": Field.TOPICS,
    "Status": Field.STATUS,
    "Replaced by": Field.REPLACED_BY,
    "Owner": Field.OWNER,
    "Reviewed": Field.REVIEWED,
    "Match case": Field.CASE,
    "Well known": Field.ESTABLISHED,
    "Only in files": Field.SCOPE,
    "Source": Field.SOURCE,
    "License": Field.LICENSE,
    "More": Field.URL,
}

#: The fields that hold names, patterns or topics: several in one text.
NAMES = frozenset(
    {
        Field.ALIASES,
        Field.ABBREVIATIONS,
        Field.VARIANTS,
        Field.AVOID,
        Field.RELATED,
        Field.TOPICS,
        Field.SCOPE,
    }
)

#: The fields that hold a list of texts.
LISTS = frozenset({Field.FACT, Field.EXAMPLE, Field.CONTRAST, Field.QUESTION})

#: The first columns of a table, which mark it; a comment has no place there.
COLUMNS = ("Term", "Stands for", "Definition", "Also called")

#: What separates several names in a cell of a table.
CELL_SEPARATOR = "; "

_KINDS = {
    Field.ALIASES: AliasKind.SYNONYM,
    Field.ABBREVIATIONS: AliasKind.ABBREVIATION,
    Field.VARIANTS: AliasKind.VARIANT,
    Field.AVOID: AliasKind.AVOID,
}

_ESCAPED = lazily(r"\\([!-/:-@\[-`{-~])")
_NAME = lazily(r"(?:\\.|[^\\,])+", re.DOTALL)
_LINK = lazily(r"\[(?P<text>(?:\\.|[^\\\[\]])*)\]\(#[^()\s]*\)")
_STRONG = lazily(r"\*\*(?P<name>(?:\\.|[^\\*])+)\*\*(?P<rest>.*)", re.DOTALL)
_ABOUT = lazily(r"(?P<answer>.*?)(?:^|\n\n)\*About:\* (?P<about>[^\n]+)\Z", re.DOTALL)


def is_literal(source: str) -> bool:
    """Return whether a file has the mark."""
    return MARK in source[:_HEAD]


# --- how values are written -------------------------------------------------------------------------------


def joined(names: Iterable[str]) -> str:
    """Return names as one text, from which `split` gets them back."""
    return ", ".join(re.sub(r"[\\,]", r"\\\g<0>", name) for name in names)


def split(text: str) -> Iterator[str]:
    """Yield the names in a text, without links to a place on the page, and without escapes."""
    for part in _NAME.findall(text):
        if name := shown(part.strip()):
            yield name


def shown(text: str) -> str:
    """Return the name that a text is, or a link to a place on the page."""
    found = _LINK.fullmatch(text)
    return unescaped(found["text"] if found else text)


def unescaped(text: str) -> str:
    """Return a text in Markdown that has no markup but escapes as the text that it shows."""
    return _ESCAPED.sub(r"\1", text)


def listed(texts: Iterable[str]) -> str:
    """Return texts as a list in Markdown, from which `items` gets them back."""
    return "\n".join("* " + re.sub(r"\n(?=[^\n])", "\n  ", text) for text in texts)


def items(text: str) -> tuple[str, ...]:
    """Return the texts of a list."""
    found: list[list[str]] = []
    for line in text.split("\n"):
        if line.startswith("* ") or not found:
            found.append([line.removeprefix("* ")])
        else:
            found[-1].append(line.removeprefix("  "))
    return tuple(item for lines in found if (item := "\n".join(lines).strip()))


def contrast_of(item: str) -> Contrast | None:
    """Return what an item says of another term: `**name**: difference`."""
    found = _STRONG.fullmatch(item)
    if found is None:
        return None
    return Contrast(shown(found["name"]), found["rest"].removeprefix(":").strip())


def question_of(item: str) -> Question | None:
    """Return the question that an item is: `**question** answer`, and a paragraph with other terms."""
    found = _STRONG.fullmatch(item)
    if found is None:
        return None
    answer, about = found["rest"].strip(), ""
    if behind := _ABOUT.fullmatch(answer):
        answer, about = behind["answer"].strip(), behind["about"]
    return Question(unescaped(found["name"]), answer, tuple(split(about)))


def cell_values(field: Field, text: str) -> tuple[str, ...]:
    """Return the values in a cell of a table."""
    if field in NAMES:
        return tuple(name.strip() for name in text.split(";") if name.strip())
    return items(text) if field in LISTS else (text,)


# --- terms ------------------------------------------------------------------------------------------------


def term_of(names: Sequence[str], definition: str, fields: Iterable[tuple[Field, str]]) -> Term:
    """Return the term that some texts define; the names behind the first one are synonyms.

    Each text is one value; a contrast or a question is an item of a list (see `contrast_of`).
    """
    texts: dict[Field, list[str]] = {}
    aliases = dict.fromkeys(map(Alias, names[1:]))
    for field, text in fields:
        texts.setdefault(field, []).append(text)
        if field in _KINDS:
            aliases[Alias(text, _KINDS[field])] = None

    def first(field: Field) -> str:
        return texts[field][0] if field in texts else ""

    def every(field: Field) -> tuple[str, ...]:
        return tuple(texts.get(field, ()))

    status, case = first(Field.STATUS), first(Field.CASE)
    return Term(
        names[0],
        first(Field.LONG_FORM) or first(Field.EXPANSION),
        tuple(aliases),
        definition or first(Field.DEFINITION),
        first(Field.SUMMARY),
        every(Field.FACT),
        every(Field.EXAMPLE),
        every(Field.TOPICS),
        every(Field.RELATED),
        tuple(filter(None, map(contrast_of, every(Field.CONTRAST)))),
        tuple(filter(None, map(question_of, every(Field.QUESTION)))),
        Status(status) if status in set(Status) else Status.ACTIVE,
        first(Field.REPLACED_BY),
        first(Field.OWNER),
        first(Field.REVIEWED),
        CaseRule(case) if case in set(CaseRule) else None,
        established=first(Field.ESTABLISHED) == "yes",
        source=first(Field.SOURCE),
        license=first(Field.LICENSE),
        url=first(Field.URL),
        scope=every(Field.SCOPE),
    )
