"""Hover and completion by the kind of file: the keys and values of a glossary, or the words of a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary_ls.analysis.document import glossary_file_of
from glossary_ls.features import completion as prose_completion
from glossary_ls.features import hover as prose_hover
from glossary_ls.glossary import formats
from glossary_ls.glossary.format import Typing
from glossary_ls.glossary.index import key as folded
from glossary_ls.glossary.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Span
    from glossary_ls.features.completion import Completions
    from glossary_ls.features.hover import Hover
    from glossary_ls.glossary.format import Assistant


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """What the key at `span` means (Markdown)."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class KeyItem:
    """An offer in a glossary file: a key, a value of a list of choices, or the name of a term."""

    label: str
    insert: str
    span: Span
    kind: str
    detail: str = ""
    help: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class KeyItems:
    """The offers at a place, in their order; `incomplete` when there are more than fit."""

    items: tuple[KeyItem, ...]
    incomplete: bool = False


_KINDS = {Typing.KEY: "key", Typing.CHOICE: "value"}


def hover(document: Document, offset: int) -> Hover | KeyHelp | None:
    """Return the meaning of what is at `offset`: a key of a glossary file, or a term."""
    return key_help(document, offset) or prose_hover.hover(document, offset)


def key_help(document: Document, offset: int) -> KeyHelp | None:
    """Return what the key at `offset` means, or None when there is none."""
    file = glossary_file_of(document)
    assistant = formats.assistant_for(file) if file else None
    found = file.key_at(offset) if file and assistant else None
    text = assistant.explain(found) if assistant and found else ""
    return KeyHelp(found.span, text) if found and text else None


def complete(
    document: Document, offset: int, *, asked: bool = True, uses: Callable[[Term], int] = lambda _: 0
) -> Completions | KeyItems:
    """Return what may be written at `offset`: keys and values of a glossary file, or terms."""
    file = glossary_file_of(document)
    if file is None:
        return prose_completion.complete(document, offset, asked=asked, uses=uses)
    found = complete_key(document, offset)
    if found is not None:
        return found
    # To most formats the texts of a glossary are code; to its writer they are prose.
    value = file.value_at(offset)
    is_text = value is not None and value[1].role is Role.TEXT
    return prose_completion.complete(document, offset, asked=asked, uses=uses, everywhere=is_text)


def complete_key(document: Document, offset: int) -> KeyItems | None:
    """Return the keys and values that may be written at `offset`, or None inside free text."""
    file = glossary_file_of(document)
    assistant = formats.assistant_for(file) if file else None
    blank = assistant.blank_at(document.text, offset) if assistant else None
    if assistant is None or blank is None:
        return None
    if blank.typing is Typing.REFERENCE:
        return _names(document, blank.span, assistant)
    kind = _KINDS[blank.typing]
    return KeyItems(
        tuple(KeyItem(each.label, each.insert, blank.span, kind, help=each.help) for each in blank.offers)
    )


def _names(document: Document, span: Span, assistant: Assistant) -> KeyItems:
    limit = document.settings.completion_limit
    source = document.text.source
    is_quoted = source[: span.start].endswith(("'", '"'))
    found: dict[str, KeyItem] = {}
    # Most terms have an expansion or an alias as well.
    most = 4 * limit
    count = 0
    for name, term in document.glossary.starting_with(folded(span.of(source)), most):
        count += 1
        if len(found) > limit:
            break
        if name == term.name:
            insert = name if is_quoted else assistant.written(name)
            found.setdefault(name, KeyItem(name, insert, span, "term", detail=term.gist, term=name))
    return KeyItems(tuple(found.values())[:limit], len(found) > limit or count == most)
