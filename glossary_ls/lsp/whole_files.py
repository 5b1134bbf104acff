"""Conversions of what there is to say about a whole glossary file: its outline, its folds, its code lenses.

Files have thousands of entries, and an edit touches few of them: what was said of the others is kept as JSON
and said again, as long as they stand on the same line. Importing the module registers the conversions with
`convert.to_lsp`.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.text import Span
from glossary_ls.features.code_lens import Lenses, place
from glossary_ls.features.folding import Fold, Folds, within
from glossary_ls.features.symbols import Symbols, symbol
from glossary_ls.glossary.formats.yaml.memory import Rows
from glossary_ls.lsp.locations import ranges, written_ranges
from glossary_ls.lsp.messages import Written
from glossary_ls.lsp.to_lsp import Context, text_range, to_lsp

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from glossary_ls.features.symbols import Run, Symbol
    from glossary_ls.glossary.formats.yaml.outline import Outline, Part
    from glossary_ls.lsp.messages import Json

#: The symbol kinds of a term, a key by which something is looked up, and of a topic, a namespace.
_KEY, _TOPIC = 20, 3


class _Told(NamedTuple):
    """The symbol of an entry as JSON, and the spans of the entry and of its name, counted from its part."""

    text: str
    span: Span
    selection: Span


#: What was said of the parts of the file that was asked about last; it is large.
_FOLDS: Rows[str] = Rows(1)
_LENSES: Rows[str] = Rows(1)
_SYMBOLS: Rows[tuple[_Told, ...]] = Rows(1)


@to_lsp.register(Folds)
def _(value: Folds, context: Context) -> Json:
    del context
    outline = value.outline
    if outline is None:
        return []
    parts = _said(_FOLDS, "", outline, _within)
    first = outline.lines[0] if outline.lines else 0
    # The other keys stand in front of the entries and behind them.
    before = [_fold(fold) for fold in value.head if fold.first < first]
    behind = [_fold(fold) for fold in value.head if fold.first >= first]
    return _listed((*before, *parts, *behind))


def _within(part: Part) -> str:
    return ", ".join(map(_fold, within(part)))


def _fold(fold: Fold) -> str:
    return f'{{"startLine": {fold.first}, "endLine": {fold.last}}}'


@to_lsp.register(Lenses)
def _(value: Lenses, context: Context) -> Json:
    text, encoding = context.document.text, context.flags.encoding
    data = json.dumps({"uri": context.uri})

    def made(part: Part) -> str:
        spans = [place(entry).shifted(part.start) for entry in part.found.entries]
        placed = written_ranges(text, spans, encoding)
        return ", ".join(f'{{"range": {each}, "data": {data}}}' for each in placed)

    if value.outline is None:
        return []
    return _listed(_said(_LENSES, (context.uri, encoding), value.outline, made))


def _said(memory: Rows[str], form: Hashable, outline: Outline, made: Callable[[Part], str]) -> Iterable[str]:
    """Return what is said of the parts of a file; `made` says it of one."""
    keys = tuple(zip(outline.found, outline.lines, strict=True))
    return memory.of(form, keys, lambda number: made(outline.part(number)))


def _listed(said: Iterable[str]) -> Written:
    return Written(f"[{', '.join(filter(None, said))}]")


# --- symbols ----------------------------------------------------------------------------------------------


@to_lsp.register(Symbols)
def _(value: Symbols, context: Context) -> Json:
    outline = value.outline
    if outline is None:
        return []
    if not context.flags.symbol_trees:
        return list(_flat(value, context))
    parts = _told(value, outline, context)
    every = [(start, told) for start, several in zip(outline.starts, parts, strict=True) for told in several]
    return _listed(
        _topic(run, every[run.first : run.last], context)
        if run.topic
        else ", ".join(told.text for _, told in every[run.first : run.last])
        for run in value.runs()
    )


def _told(value: Symbols, outline: Outline, context: Context) -> tuple[tuple[_Told, ...], ...]:
    """Return the symbols of each part of a file."""
    text, flags = context.document.text, context.flags
    following = iter(value.terms)
    # In most files each part is an entry.
    terms = (
        tuple(zip(value.terms, strict=True))
        if len(value.terms) == len(outline.starts)
        else tuple(tuple(islice(following, len(found.entries))) for found in outline.found)
    )

    def made(number: int) -> tuple[_Told, ...]:
        part = outline.part(number)
        symbols = list(map(symbol, part.found.entries, terms[number]))
        spans = (span.shifted(part.start) for one in symbols for span in (one.span, one.selection))
        placed = ranges(text, spans, flags.encoding)
        return tuple(
            _Told(json.dumps(_tree(one, placed, context)), one.span, one.selection) for one in symbols
        )

    keys = tuple(zip(outline.found, outline.lines, terms, strict=True))
    return _SYMBOLS.of((flags.encoding, flags.symbol_tags), keys, made)


def _tree(one: Symbol, placed: Iterator[Json], context: Context) -> dict[str, Json]:
    """Return a symbol; the next two of `placed` are its ranges."""
    found = {**_symbol(one, context), "range": next(placed), "selectionRange": next(placed)}
    return {**found, "detail": one.detail} if one.detail else found


def _topic(run: Run, inside: Sequence[tuple[int, _Told]], context: Context) -> str:
    start, first = inside[0]
    # The entries of a file that is being edited may overlap.
    end = max(start + told.span.end for start, told in inside)
    text, encoding = context.document.text, context.flags.encoding
    topic = {
        "name": run.topic,
        "kind": _TOPIC,
        "range": text_range(Span(start + first.span.start, end), text, encoding),
        "selectionRange": text_range(first.selection.shifted(start), text, encoding),
        "detail": run.detail,
    }
    children = ", ".join(told.text for _, told in inside)
    return f'{json.dumps(topic)[:-1]}, "children": [{children}]}}'


def _flat(value: Symbols, context: Context) -> Iterator[Json]:
    """Yield symbols for clients that know no trees."""
    terms = [each for each in value.all() if not each.children]
    placed = ranges(context.document.text, (each.selection for each in terms), context.flags.encoding)
    for each, where in zip(terms, placed, strict=True):
        found = {**_symbol(each, context), "location": {"uri": context.uri, "range": where}}
        yield {**found, "containerName": " \u00b7 ".join(each.topics)} if each.topics else found


def _symbol(one: Symbol, context: Context) -> dict[str, Json]:
    found: dict[str, Json] = {"name": one.name, "kind": _KEY}
    if one.deprecated and context.flags.symbol_tags:
        found["tags"] = [1]
    return found
