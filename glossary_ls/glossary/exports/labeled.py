"""The values of a term by the labels of files that are read literally (see `glossary.reading.literal`).

It must not know how a file is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.model import AliasKind, Status
from glossary_ls.glossary.exports.texts import escaped
from glossary_ls.glossary.reading.labels import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from glossary_ls.base.model import Contrast, Question, Term


def values(term: Term, named: Callable[[str], str] = escaped) -> Mapping[Field, str | tuple[str, ...]]:
    """Return the values of a term but for its name; several of a field are a tuple.

    Contrasts and questions are in Markdown, in which `named` writes the names of other terms.
    """
    return {
        Field.EXPANSION: term.expansion,
        Field.SUMMARY: " ".join(term.summary.split()),
        Field.DEFINITION: term.definition,
        Field.FACT: term.facts,
        Field.EXAMPLE: term.examples,
        Field.CONTRAST: tuple(_contrast(each, named) for each in term.contrasts),
        Field.QUESTION: tuple(_question(each, named) for each in term.questions),
        **{field: _of_kind(term, kind) for field, kind in _KINDS.items()},
        Field.RELATED: term.related,
        Field.TOPICS: term.topics,
        Field.STATUS: "" if term.status is Status.ACTIVE else str(term.status),
        Field.REPLACED_BY: term.replaced_by,
        Field.OWNER: term.owner,
        Field.REVIEWED: term.reviewed,
        Field.CASE: str(term.case or ""),
        Field.ESTABLISHED: "yes" if term.established else "",
        Field.SCOPE: term.scope,
        Field.SOURCE: term.source,
        Field.LICENSE: term.license,
        Field.URL: term.url,
    }


_KINDS = {
    Field.ALIASES: AliasKind.SYNONYM,
    Field.ABBREVIATIONS: AliasKind.ABBREVIATION,
    Field.VARIANTS: AliasKind.VARIANT,
    Field.AVOID: AliasKind.AVOID,
}


def _of_kind(term: Term, kind: AliasKind) -> tuple[str, ...]:
    return tuple(alias.name for alias in term.aliases if alias.kind is kind)


def _contrast(contrast: Contrast, named: Callable[[str], str]) -> str:
    name = f"**{named(contrast.term)}**"
    return f"{name}: {contrast.difference}" if contrast.difference else name


def _question(question: Question, named: Callable[[str], str]) -> str:
    about = names(question.about, named)
    rest = "\n\n".join(filter(None, (question.answer, f"*About:* {about}" if about else "")))
    return f"**{escaped(question.question)}** {rest}".rstrip()


def names(several: Iterable[str], named: Callable[[str], str] = escaped) -> str:
    """Return names in Markdown as one text; a comma in a name has a backslash."""
    return ", ".join(named(name).replace(",", "\\,") for name in several)
