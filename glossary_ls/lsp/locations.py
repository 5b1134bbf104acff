"""Conversions of what navigation finds: places in other files, edits of many, symbols, tokens, folds.

Importing the module registers them with `convert.to_lsp`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.features.code_lens import Lenses
from glossary_ls.features.definition import Link
from glossary_ls.features.folding import Fold
from glossary_ls.features.glossary_keys import KeyHelp, KeyItem, KeyItems
from glossary_ls.features.library import Location
from glossary_ls.features.links import DocumentLink
from glossary_ls.features.references import Highlights
from glossary_ls.features.rename import Refusal, Renamable
from glossary_ls.features.render import plain
from glossary_ls.features.symbols import Symbols
from glossary_ls.lsp.convert import Context, markup, text_range, to_lsp
from glossary_ls.lsp.messages import Json, RefusedError
from glossary_ls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.corpus import Corpus
    from glossary_ls.features.library import Source
    from glossary_ls.features.rename import FileEdits
    from glossary_ls.features.symbols import Symbol
    from glossary_ls.model import Term
    from glossary_ls.text import Encoding, Text

#: The kinds of completion items in a glossary file: property, value, reference.
_KINDS = {"key": 10, "value": 12, "term": 18}

#: The symbol kinds of a term, a key by which something is looked up, and of a topic, a namespace.
_KEY, _TOPIC = 20, 3


def location(term: Term, corpus: Corpus, encoding: Encoding) -> Json:
    """Return where a term is named in its entry, as a `Location`; null when its file is gone."""
    return next(term_locations((term,), corpus, encoding))


def term_locations(terms: Iterable[Term], corpus: Corpus, encoding: Encoding) -> Iterator[Json]:
    """Yield for each term where it is named in its entry, as a `Location`; null when its file is gone.

    A query has hundreds of answers, so that the entries are not parsed, and each file is asked for once.
    """
    files: dict[str, tuple[str, Text] | None] = {}
    for term in terms:
        origin = term.origin
        path = origin.path if origin else ""
        if path not in files:
            text = corpus.text(path) if path else None
            files[path] = (corpus.uri(path), text) if text is not None else None
        file = files[path]
        if origin is None or file is None:
            yield None
            continue
        uri, text = file
        at = max(text.source.find(term.name, origin.span.start, origin.span.end), origin.span.start)
        span = Span(min(at, len(text)), min(at + len(term.name), len(text)))
        yield {"uri": uri, "range": next(ranges(text, (span,), encoding))}


def places(source: Source, context: Context) -> list[Json]:
    """Return the places in a file as `Location`s."""
    uri = uri_of(source.path, context)
    found = ranges(source.text, source.spans, context.flags.encoding)
    return [{"uri": uri, "range": each} for each in found]


def uri_of(path: str, context: Context) -> str:
    """Return the URI of a file; no path means the document that was asked about."""
    if path in {"", context.document.path} or context.library is None:
        return context.uri
    return context.library.uri(path)


def ranges(text: Text, spans: Iterable[Span], encoding: Encoding) -> Iterator[Json]:
    """Yield many spans of a text as ranges: like `text_range`, but quicker."""
    ends = text.positions((end for span in spans for end in (span.start, span.end)), encoding)
    for first, character in ends:
        last, until = next(ends)
        yield {
            "start": {"line": first, "character": character},
            "end": {"line": last, "character": until},
        }


def written_ranges(text: Text, spans: Iterable[Span], encoding: Encoding) -> Iterator[str]:
    """Yield what `ranges` does as JSON, for answers with thousands of them."""
    ends = text.positions((end for span in spans for end in (span.start, span.end)), encoding)
    for (first, character), (last, until) in zip(ends, ends, strict=True):
        yield (
            f'{{"start": {{"line": {first}, "character": {character}}}, '
            f'"end": {{"line": {last}, "character": {until}}}}}'
        )


def edits(each: FileEdits, encoding: Encoding) -> list[dict[str, Json]]:
    """Return the edits of a file as `TextEdit`s."""
    found = ranges(each.text, (edit.span for edit in each.edits), encoding)
    return [{"range": where, "newText": edit.new} for where, edit in zip(found, each.edits, strict=True)]


def _file(path: str, context: Context) -> tuple[str, Text] | None:
    """Return the URI and the text of a file; no path means the document that was asked about."""
    if path in {"", context.document.path} or context.library is None:
        return context.uri, context.document.text
    text = context.library.text(path)
    return (context.library.uri(path), text) if text is not None else None


def _range(span: Span, context: Context) -> Json:
    return text_range(span, context.document.text, context.flags.encoding)


@to_lsp.register(Location)
def _(value: Location, context: Context) -> Json:
    found = _file(value.path, context)
    if found is None:
        return None
    return {"uri": found[0], "range": text_range(value.name, found[1], context.flags.encoding)}


@to_lsp.register(Link)
def _(value: Link, context: Context) -> Json:
    if not context.flags.location_links:
        return to_lsp(value.target, context)
    found = _file(value.target.path, context)
    if found is None:
        return None
    uri, text = found
    return {
        "originSelectionRange": _range(value.origin, context),
        "targetUri": uri,
        "targetRange": text_range(value.target.span, text, context.flags.encoding),
        "targetSelectionRange": text_range(value.target.name, text, context.flags.encoding),
    }


@to_lsp.register(Highlights)
def _(value: Highlights, context: Context) -> Json:
    found = ranges(context.document.text, value.spans, context.flags.encoding)
    return [{"range": each, "kind": 1} for each in found]


@to_lsp.register(Symbols)
def _(value: Symbols, context: Context) -> Json:
    text, encoding = context.document.text, context.flags.encoding
    if context.flags.symbol_trees:
        spans = (span for each in value.all() for span in (each.span, each.selection))
        placed = ranges(text, spans, encoding)
        return [_tree(each, placed, context) for each in value.symbols]
    placed = ranges(text, (each.selection for each in value.terms()), encoding)
    found: list[Json] = []
    for each in value.terms():
        symbol = {**_symbol(each, context), "location": {"uri": context.uri, "range": next(placed)}}
        found.append({**symbol, "containerName": " \u00b7 ".join(each.topics)} if each.topics else symbol)
    return found


def _tree(symbol: Symbol, placed: Iterator[Json], context: Context) -> Json:
    """Return a symbol with those that it holds; `placed` are their ranges in this order, two for each."""
    found = {**_symbol(symbol, context), "range": next(placed), "selectionRange": next(placed)}
    if symbol.detail:
        found["detail"] = symbol.detail
    if symbol.children:
        found["children"] = [_tree(child, placed, context) for child in symbol.children]
    return found


def _symbol(symbol: Symbol, context: Context) -> dict[str, Json]:
    found: dict[str, Json] = {"name": symbol.name, "kind": _TOPIC if symbol.children else _KEY}
    if symbol.deprecated and context.flags.symbol_tags:
        found["tags"] = [1]
    return found


@to_lsp.register(DocumentLink)
def _(value: DocumentLink, context: Context) -> Json:
    target: str | None = value.url or None
    if value.where is not None and context.library is not None:
        path, line = value.where
        target = f"{context.library.uri(path)}#L{line}"
    link: dict[str, Json] = {"range": _range(value.span, context), "target": target}
    if context.flags.link_tooltips:
        link["tooltip"] = value.tooltip
    return link


@to_lsp.register(Fold)
def _(value: Fold, context: Context) -> Json:
    del context
    return {"startLine": value.first, "endLine": value.last}


@to_lsp.register(Lenses)
def _(value: Lenses, context: Context) -> Json:
    found = ranges(context.document.text, value.spans, context.flags.encoding)
    return [{"range": each, "data": {"uri": context.uri}} for each in found]


# --- keys -------------------------------------------------------------------------------------------------


@to_lsp.register(KeyHelp)
def _(value: KeyHelp, context: Context) -> Json:
    markdown = context.flags.markdown_hover
    text = value.text if markdown else plain(value.text)
    return {"contents": markup(text, markdown=markdown), "range": _range(value.span, context)}


@to_lsp.register(KeyItems)
def _(value: KeyItems, context: Context) -> Json:
    items: list[Json] = []
    for number, item in enumerate(value.items):
        found = to_lsp(item, context)
        items.append({**found, "sortText": f"{number:05}"} if isinstance(found, dict) else found)
    return {"isIncomplete": value.incomplete, "items": items}


@to_lsp.register(KeyItem)
def _(value: KeyItem, context: Context) -> Json:
    item: dict[str, Json] = {
        "label": value.label,
        "kind": _KINDS[value.kind],
        "textEdit": {"range": _range(value.span, context), "newText": value.insert},
    }
    if value.detail:
        item["detail"] = value.detail
    if value.help:
        item["documentation"] = value.help
    if value.term:
        item["data"] = {"term": value.term, "uri": context.uri}
    return item


# --- renaming ---------------------------------------------------------------------------------------------


@to_lsp.register(Refusal)
def _(value: Refusal, context: Context) -> Json:
    del context
    raise RefusedError(value.message)


@to_lsp.register(Renamable)
def _(value: Renamable, context: Context) -> Json:
    return {"range": _range(value.span, context), "placeholder": value.name}
