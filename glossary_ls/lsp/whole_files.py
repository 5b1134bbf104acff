"""Conversions of what there is to say about a whole glossary file: its outline, its folds, its code lenses.

Importing the module registers the conversions with `convert.to_lsp`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.features.code_lens import Lenses
from glossary_ls.features.folding import Folds
from glossary_ls.features.symbols import Symbols
from glossary_ls.lsp.locations import ranges
from glossary_ls.lsp.to_lsp import Context, to_lsp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.features.symbols import Symbol
    from glossary_ls.lsp.messages import Json

#: The symbol kinds of a term, a key by which something is looked up, and of a topic, a namespace.
_KEY, _TOPIC = 20, 3


@to_lsp.register(Folds)
def _(value: Folds, context: Context) -> Json:
    del context
    return [{"startLine": fold.first, "endLine": fold.last} for fold in value.folds]


@to_lsp.register(Lenses)
def _(value: Lenses, context: Context) -> Json:
    data: Json = {"uri": context.uri}
    found = ranges(context.document.text, value.spans, context.flags.encoding)
    return [{"range": where, "data": data} for where in found]


@to_lsp.register(Symbols)
def _(value: Symbols, context: Context) -> Json:
    text, flags = context.document.text, context.flags
    if not flags.symbol_trees:
        return list(_flat(value, context))
    spans = (span for each in value.all() for span in (each.span, each.selection))
    placed = ranges(text, spans, flags.encoding)
    return [_tree(each, placed, context) for each in value.symbols]


def _tree(one: Symbol, placed: Iterator[Json], context: Context) -> Json:
    """Return a symbol; the next two of `placed` are its ranges."""
    found = {**_symbol(one, context), "range": next(placed), "selectionRange": next(placed)}
    if one.detail:
        found["detail"] = one.detail
    if one.children:
        found["children"] = [_tree(each, placed, context) for each in one.children]
    return found


def _flat(value: Symbols, context: Context) -> Iterator[Json]:
    """Yield symbols for clients that know no trees."""
    terms = [each for each in value.all() if not each.children]
    placed = ranges(context.document.text, (each.selection for each in terms), context.flags.encoding)
    for each, where in zip(terms, placed, strict=True):
        found = {**_symbol(each, context), "location": {"uri": context.uri, "range": where}}
        yield {**found, "containerName": " \u00b7 ".join(each.topics)} if each.topics else found


def _symbol(one: Symbol, context: Context) -> dict[str, Json]:
    found: dict[str, Json] = {"name": one.name, "kind": _TOPIC if one.children else _KEY}
    if one.deprecated and context.flags.symbol_tags:
        found["tags"] = [1]
    return found
