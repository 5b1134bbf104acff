"""A term as the lines of a glossary entry, in each of the forms that the format has.

Only the fields that have a value are written; a comment asks for a missing explanation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.base.model import AliasKind
from glossary_ls.glossary.formats.yaml.keys import FILE_KEYS
from glossary_ls.glossary.formats.yaml.reader import read
from glossary_ls.glossary.formats.yaml.scalars import literal, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.model import Alias, Term


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes its entries: the quotes around values and around keys, and the indent of a list item.

    `flow` means that entries are in braces, each on one line.
    """

    value_quote: str = ""
    key_quote: str = ""
    offset: int = 2
    flow: bool = False


def item(term: Term, style: Style) -> list[str]:
    """Return the lines of an entry of a list, the dash included."""
    if style.flow:
        return [f"- {braced(term, style)}"]
    first, *others = list(_fields(term, style.value_quote))
    dash = "-" + " " * (style.offset - 1)
    return [dash + first, *(" " * style.offset + line if line else "" for line in others)]


def braced(term: Term, style: Style) -> str:
    """Return an entry in braces, for a list in brackets."""
    return "{" + ", ".join(_fields(term, style.value_quote, flow=True)) + "}"


def shorthand(term: Term, style: Style, *, top: bool) -> list[str]:
    """Return the lines of an entry of a mapping, or none when this name cannot be one.

    `top` means that the mapping is the whole file, where the names of the head's keys are taken.
    """
    if top and term.name in FILE_KEYS:
        return []
    name = scalar(term.name, style.key_quote, flow=True)
    text = term.expansion or term.definition
    if not text:
        return [f"{name}:  # {_question(term)}"]
    if "\n" not in text:
        short = f"{name}: {scalar(text, style.value_quote)}"
        if _says(short, term):
            return [short]
    indent = " " * style.offset
    return [
        f"{name}:",
        *(indent + line if line else "" for line in list(_fields(term, style.value_quote))[1:]),
    ]


def alias(value: Alias, quote: str = "") -> str:
    """Return another name as an item of a list in brackets."""
    name = scalar(value.name, quote, flow=True)
    return name if value.kind is AliasKind.SYNONYM else f"{{name: {name}, kind: {value.kind}}}"


def _fields(term: Term, quote: str, *, flow: bool = False) -> Iterator[str]:
    def text(key: str, value: str) -> Iterator[str]:
        if "\n" in value and not flow:
            first, *others = literal(value.strip(), "  ")
            yield f"{key}: {first}"
            yield from others
        elif value:
            yield f"{key}: {scalar(value, quote, flow=flow)}"

    def names(key: str, values: tuple[str, ...]) -> Iterator[str]:
        if values:
            yield f"{key}: [{', '.join(scalar(value, quote, flow=True) for value in values)}]"

    yield f"term: {scalar(term.name, quote, flow=flow)}"
    yield from text("expansion", term.expansion)
    if not (flow or term.expansion or term.definition or term.summary):
        yield f"{'expansion' if _is_acronym(term.name) else 'definition'}:  # {_question(term)}"
    if term.aliases:
        yield f"aliases: [{', '.join(alias(value, quote) for value in term.aliases)}]"
    yield from text("summary", term.summary)
    yield from text("definition", term.definition)
    yield from names("topics", term.topics)
    yield from names("related", term.related)
    yield from text("source", term.source)
    yield from text("url", term.url)


def _question(term: Term) -> str:
    return "what it stands for" if _is_acronym(term.name) else "what it means"


def _is_acronym(name: str) -> bool:
    return sum(map(str.isupper, name)) > 1 and len(name.split()) == 1


def _says(short: str, term: Term) -> bool:
    """Return whether the one-line form is read as this term and nothing less."""
    terms = read("", f"terms:\n  {short}\n").terms
    wanted = (term.name, term.expansion, term.definition, term.summary, term.aliases)
    return [(t.name, t.expansion, t.definition, t.summary, t.aliases) for t in terms] == [wanted]
