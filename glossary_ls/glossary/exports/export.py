"""What writers of glossaries take and return. This module must not know which writers there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass, fields
from glossary_ls.base.model import AliasKind, CaseRule, Status, Term
from glossary_ls.glossary.model import Head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Item(NamedTuple):
    """A term, and the file and line (from 1) of its entry."""

    term: Term
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Export:
    """The terms to be written, and what their glossary says beside them. `language` is a BCP 47 tag."""

    head: Head
    items: tuple[Item, ...]
    language: str = "en"

    @property
    def title(self) -> str:
        """The name of the glossary."""
        return self.head.name or "Glossary"


class LeftOut(NamedTuple):
    """Something that could not be carried over: a key of an entry, or of the file, and the reason."""

    key: str
    reason: str
    item: Item | None = None


class Written(NamedTuple):
    """The text of a file, and what it does not say."""

    text: str
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Writer:
    """A writer, and the keys that its files have a place for.

    `file` is the usual name of a file, `keys` are fields of `Term`, `head` fields of `Head`. `kept` are those
    keys that the reader of such files finds again as what they are; others become a part of the definition or
    are a text that only people understand. `write` returns what it leaves out for another reason.
    """

    id: str
    file: str
    title: str
    keys: frozenset[str]
    write: Callable[[Export], Written]
    head: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()


#: The fields of `Term` that hold its explanation as prose.
PROSE = frozenset({"summary", "definition", "facts", "examples"})

#: Every field of `Term` beside its name, and of `Head` beside the name, that is about these terms.
ALL_KEYS = frozenset(field.name for field in fields(Term)) - {"name"}
ALL_HEAD = frozenset({"description", "guide", "accept", "license"})

#: The keys of fields that have another name in a glossary file.
NATIVE_KEYS = {"name": "term", "contrasts": "not_to_be_confused_with"}

#: Why a relation is left out.
UNKNOWN = "a relation needs both terms in the glossary"

_EMPTY_TERM = Term("")
_EMPTY_HEAD = Head()


def written(writer: Writer, export: Export) -> Written:
    """Return what a writer writes, with everything that it leaves out."""
    found = writer.write(export)
    return Written(found.text, (*_without_place(writer, export), *found.left_out))


def _without_place(writer: Writer, export: Export) -> Iterator[LeftOut]:
    """Yield what the files of a writer have no place for."""
    reason = f"{writer.title} has no place for it"
    for field in sorted(ALL_HEAD - writer.head):
        if getattr(export.head, field) != getattr(_EMPTY_HEAD, field):
            yield LeftOut(f"{field} of the glossary", reason)
    for item in export.items:
        for field in sorted(ALL_KEYS - writer.keys):
            # Other programs take any capitals without being asked to.
            if getattr(item.term, field) not in (getattr(_EMPTY_TERM, field), CaseRule.ANY):
                yield LeftOut(NATIVE_KEYS.get(field, field), reason, item)


def other_names(term: Term) -> tuple[str, ...]:
    """Return the aliases of a term that may be used."""
    return tuple(alias.name for alias in term.aliases if alias.kind is not AliasKind.AVOID)


def avoided(term: Term) -> tuple[str, ...]:
    """Return the aliases of a term that should not be used."""
    return tuple(alias.name for alias in term.aliases if alias.kind is AliasKind.AVOID)


def without_avoided(export: Export, title: str) -> Iterator[LeftOut]:
    """Yield the aliases that should not be used, for a writer that cannot mark them as such."""
    reason = f"{title} cannot say that a name should be avoided"
    return (LeftOut("aliases", reason, item) for item in export.items if avoided(item.term))


def without_kinds(export: Export, title: str) -> Iterator[LeftOut]:
    """Yield the terms with abbreviations or variants, for a writer that lists them like other names."""
    reason = f"{title} does not tell abbreviations and variants from other names"
    kinds = {AliasKind.ABBREVIATION, AliasKind.VARIANT}
    for item in export.items:
        if any(alias.kind in kinds for alias in item.term.aliases):
            yield LeftOut("kind of aliases", reason, item)


def without_draft(export: Export, title: str) -> Iterator[LeftOut]:
    """Yield the terms that are drafts, for a writer that can only say that a term is deprecated."""
    reason = f"{title} can only say that a term is deprecated"
    return (LeftOut("status", reason, item) for item in export.items if item.term.status is Status.DRAFT)
