"""Conversions of what there is to say about a whole glossary file: its outline, its folds, its code lenses.

Files have thousands of entries, and an edit touches few of them: what was said of the others is said again,
as long as they stand on the same line. Importing the module registers the conversions with `convert.to_lsp`.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from glossary_ls.features.code_lens import Lenses, place
from glossary_ls.features.folding import Fold, Folds, within
from glossary_ls.features.symbols import Symbols, symbol
from glossary_ls.lsp.convert import Context, to_lsp
from glossary_ls.lsp.locations import ranges
from glossary_ls.readers.memory import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from glossary_ls.features.symbols import Run, Symbol
    from glossary_ls.lsp.messages import Json
    from glossary_ls.readers.outline import Outline, Part

#: The symbol kinds of a term, a key by which something is looked up, and of a topic, a namespace.
_KEY, _TOPIC = 20, 3

#: What was said of the parts of the file that was asked about last; it is large.
_FOLDS: Rows[list[Json]] = Rows(1)
_LENSES: Rows[list[Json]] = Rows(1)
_SYMBOLS: Rows[list[dict[str, Any]]] = Rows(1)


@to_lsp.register(Folds)
def _(value: Folds, context: Context) -> Json:
    del context
    if value.outline is None:
        return []
    head = [_fold(fold) for fold in value.head]
    parts = _said(_FOLDS, "", value.outline, lambda part: [_fold(fold) for fold in within(part)])
    # The other keys stand in front of the entries and behind them.
    return sorted((*head, *parts), key=_start_line) if head else list(parts)


def _fold(fold: Fold) -> Json:
    return {"startLine": fold.first, "endLine": fold.last}


def _start_line(fold: Any) -> int:  # noqa: ANN401  because it is JSON
    line: int = fold["startLine"]
    return line


@to_lsp.register(Lenses)
def _(value: Lenses, context: Context) -> Json:
    text, encoding = context.document.text, context.flags.encoding
    data: Json = {"uri": context.uri}

    def made(part: Part) -> list[Json]:
        spans = [place(entry).shifted(part.start) for entry in part.found.entries]
        return [{"range": each, "data": data} for each in ranges(text, spans, encoding)]

    return list(_said(_LENSES, (context.uri, encoding), value.outline, made)) if value.outline else []


def _said(
    memory: Rows[list[Json]], form: Hashable, outline: Outline, made: Callable[[Part], list[Json]]
) -> Iterable[Json]:
    """Return what is said of the parts of a file; `made` says it of one."""
    keys = tuple(zip(outline.found, outline.lines, strict=True))
    return chain.from_iterable(memory.of(form, keys, lambda number: made(outline.part(number))))


# --- symbols ----------------------------------------------------------------------------------------------


@to_lsp.register(Symbols)
def _(value: Symbols, context: Context) -> Json:
    if value.outline is None:
        return []
    if not context.flags.symbol_trees:
        return list(_flat(value, context))
    every = list(chain.from_iterable(_trees(value, value.outline, context)))
    found: list[Json] = []
    for run in value.runs():
        inside = every[run.first : run.last]
        found += [_topic(run, inside)] if run.topic else inside
    return found


def _trees(value: Symbols, outline: Outline, context: Context) -> tuple[list[dict[str, Any]], ...]:
    """Return the symbols of each part of a file."""
    text, flags = context.document.text, context.flags
    following = iter(value.terms)
    # In most files each part is an entry.
    terms = (
        tuple(zip(value.terms, strict=True))
        if len(value.terms) == len(outline.starts)
        else tuple(tuple(islice(following, len(found.entries))) for found in outline.found)
    )

    def made(number: int) -> list[dict[str, Any]]:
        part = outline.part(number)
        entries = [entry.shifted(part.start) for entry in part.found.entries]
        symbols = list(map(symbol, entries, terms[number]))
        placed = ranges(text, (span for one in symbols for span in (one.span, one.selection)), flags.encoding)
        return [_tree(one, placed, context) for one in symbols]

    keys = tuple(zip(outline.found, outline.lines, terms, strict=True))
    return _SYMBOLS.of((flags.encoding, flags.symbol_tags), keys, made)


def _tree(one: Symbol, placed: Iterator[Json], context: Context) -> dict[str, Any]:
    """Return a symbol; the next two of `placed` are its ranges."""
    found = {**_symbol(one, context), "range": next(placed), "selectionRange": next(placed)}
    return {**found, "detail": one.detail} if one.detail else found


def _topic(run: Run, inside: list[dict[str, Any]]) -> Json:
    # The entries of a file that is being edited may overlap.
    end = max((each["range"]["end"] for each in inside), key=lambda end: (end["line"], end["character"]))
    return {
        "name": run.topic,
        "kind": _TOPIC,
        "range": {"start": inside[0]["range"]["start"], "end": end},
        "selectionRange": inside[0]["selectionRange"],
        "detail": run.detail,
        "children": list(inside),
    }


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
