"""A term as the lines of a glossary entry, in each of the forms that the format has.

Only the fields that have a value are written, and a pair of quotes for a missing explanation: what is typed
between them is a value whatever its characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import AliasKind, Status
from glossary_ls.glossary.formats.yaml.keys import FILE_KEYS
from glossary_ls.glossary.formats.yaml.reader import read
from glossary_ls.glossary.formats.yaml.scalars import is_literal, literal, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.base.model import Alias, Term
    from glossary_ls.glossary.model import Guide, Head


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
        return [f"{name}: {_blank(style.value_quote)}"]
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
    form = _Form(quote, flow=flow)
    yield f"term: {form.scalar(term.name)}"
    yield from form.text("expansion", term.expansion)
    if not (term.expansion or term.definition or term.summary or term.established):
        yield f"{'expansion' if _is_acronym(term.name) else 'definition'}: {_blank(quote)}"
    if term.aliases:
        yield f"aliases: [{', '.join(alias(value, quote) for value in term.aliases)}]"
    yield from form.text("summary", term.summary)
    yield from form.text("definition", term.definition)
    yield from form.texts("facts", term.facts)
    yield from form.texts("examples", term.examples)
    yield from form.names("topics", term.topics)
    yield from form.names("related", term.related)
    yield from form.rows(
        "not_to_be_confused_with",
        [(("term", each.term), ("difference", each.difference)) for each in term.contrasts],
    )
    yield from form.rows(
        "questions",
        [
            (("question", each.question), ("answer", each.answer), ("about", each.about))
            for each in term.questions
        ],
    )
    if term.status is not Status.ACTIVE:
        yield f"status: {term.status}"
    yield from form.text("replaced_by", term.replaced_by)
    yield from form.text("owner", term.owner)
    yield from form.text("reviewed", term.reviewed)
    if term.case is not None:
        yield f"case: {term.case}"
    if term.established:
        yield "established: true"
    yield from form.text("source", term.source)
    yield from form.text("license", term.license)
    yield from form.text("url", term.url)
    yield from form.names("scope", term.scope)


@dataclass(frozen=True, slots=True)
class _Form:
    """How the values of a mapping are written: each on one line (`flow`), or some of them as blocks."""

    quote: str = ""
    flow: bool = False

    def scalar(self, value: str) -> str:
        """Return a value on one line."""
        return scalar(value, self.quote, flow=self.flow)

    def text(self, key: str, value: str) -> Iterator[str]:
        """Yield the lines of a key with a text, or none without a text."""
        if not value:
            return
        first, *others = self._lines(value.strip())
        yield f"{key}: {first}"
        yield from others

    def names(self, key: str, values: Iterable[str]) -> Iterator[str]:
        """Yield the line of a key with short texts in brackets."""
        if written := [scalar(value, self.quote, flow=True) for value in values]:
            yield f"{key}: [{', '.join(written)}]"

    def texts(self, key: str, values: Sequence[str]) -> Iterator[str]:
        """Yield the lines of a key with a list of texts."""
        if self.flow:
            yield from self.names(key, values)
        elif values:
            yield f"{key}:"
            for value in values:
                first, *others = self._lines(value.strip())
                yield f"  - {first}"
                yield from (f"  {line}" if line else "" for line in others)

    def rows(self, key: str, rows: Sequence[Iterable[tuple[str, str | tuple[str, ...]]]]) -> Iterator[str]:
        """Yield the lines of a key with a list of mappings; what has no value is left out."""
        written = [[*self._pairs(row)] for row in rows]
        if self.flow and written:
            yield f"{key}: [{', '.join('{' + ', '.join(row) + '}' for row in written)}]"
        elif written:
            yield f"{key}:"
            for first, *others in written:
                yield f"  - {first}"
                yield from (f"    {line}" if line else "" for line in others)

    def _pairs(self, row: Iterable[tuple[str, str | tuple[str, ...]]]) -> Iterator[str]:
        for key, value in row:
            yield from self.text(key, value) if isinstance(value, str) else self.names(key, value)

    def _lines(self, value: str) -> list[str]:
        """Return the lines of a value, of which the first one is behind its key."""
        is_block = "\n" in value and not self.flow and is_literal(value)
        return literal(value, "  ") if is_block else [self.scalar(value)]


def head_lines(head: Head) -> list[str]:
    """Return the lines of a file in front of its entries."""
    form = _Form()
    guide = head.guide
    return [
        "version: 1",
        *form.text("name", head.name),
        *form.text("description", head.description),
        *form.text("license", head.license),
        *(_guide(guide) if guide and any((guide.title, guide.text, guide.points)) else ()),
        *form.names("accept", head.accept),
    ]


def _guide(guide: Guide) -> Iterator[str]:
    form = _Form()
    lines = form.text("title", guide.title), form.text("text", guide.text), form.texts("points", guide.points)
    yield "guide:"
    yield from (f"  {line}" if line else "" for part in lines for line in part)


def _blank(quote: str) -> str:
    return 2 * (quote or '"')


def _is_acronym(name: str) -> bool:
    return sum(map(str.isupper, name)) > 1 and len(name.split()) == 1


def _says(short: str, term: Term) -> bool:
    """Return whether the one-line form is read as this term and nothing less."""
    return read("", f"terms:\n  {short}\n").terms == (term,)
