"""Conversions of what navigation finds: places in other files, edits of many, symbols, tokens, folds.

Importing the module registers them with `convert.to_lsp`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.features.code_lens import Lens
from glossary_ls.features.definition import Link
from glossary_ls.features.folding import Fold
from glossary_ls.features.glossary_keys import KeyHelp, KeyItem, KeyItems
from glossary_ls.features.library import Location
from glossary_ls.features.links import DocumentLink
from glossary_ls.features.references import Highlight
from glossary_ls.features.rename import Refusal, Renamable, Renaming
from glossary_ls.features.render import plain
from glossary_ls.features.semantic_tokens import MODIFIERS, Tokens
from glossary_ls.features.symbols import Symbol
from glossary_ls.lsp.convert import Context, markup, text_range, to_lsp
from glossary_ls.lsp.messages import Json, RefusedError
from glossary_ls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.corpus import Corpus
    from glossary_ls.features.rename import FileEdits
    from glossary_ls.model import Term
    from glossary_ls.text import Encoding, Text

#: The kinds of completion items in a glossary file: property, value, reference.
_KINDS = {"key": 10, "value": 12, "term": 18}

#: The symbol kind of a term: a key, by which something is looked up.
_KEY = 20


def location(term: Term, corpus: Corpus, encoding: Encoding) -> Json:
    """Return where a term is named in its entry, as a `Location`; null when its file is gone.

    A query has hundreds of answers, so that the entries are not parsed.
    """
    origin = term.origin
    text = corpus.text(origin.path) if origin else None
    if origin is None or text is None:
        return None
    at = max(text.source.find(term.name, origin.span.start, origin.span.end), origin.span.start)
    span = Span(at, min(at + len(term.name), len(text)))
    return {"uri": corpus.uri(origin.path), "range": text_range(span, text, encoding)}


def locations(places: Iterable[Location], context: Context) -> list[Json]:
    """Return places as `Location`s; those whose file is gone are left out."""
    found = (to_lsp(place, context) for place in places)
    return [place for place in found if place is not None]


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


@to_lsp.register(Highlight)
def _(value: Highlight, context: Context) -> Json:
    return {"range": _range(value.span, context), "kind": 1}


@to_lsp.register(Symbol)
def _(value: Symbol, context: Context) -> Json:
    found: dict[str, Json] = {"name": value.name, "kind": _KEY}
    if value.deprecated and context.flags.symbol_tags:
        found["tags"] = [1]
    if not context.flags.symbol_trees:
        return {**found, "location": {"uri": context.uri, "range": _range(value.selection, context)}}
    if value.detail:
        found["detail"] = value.detail
    found["range"] = _range(value.span, context)
    found["selectionRange"] = _range(value.selection, context)
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


@to_lsp.register(Lens)
def _(value: Lens, context: Context) -> Json:
    return {"range": _range(value.span, context), "data": {"uri": context.uri, "term": value.name}}


@to_lsp.register(Tokens)
def _(value: Tokens, context: Context) -> Json:
    data: list[Json] = []
    line = character = 0
    text, encoding = context.document.text, context.flags.encoding
    for token in value.tokens:
        at_line, at = text.position_at(token.span.start, encoding)
        _, end = text.position_at(token.span.end, encoding)
        data += [at_line - line, at - character if at_line == line else at, end - at, 0]
        data.append(1 << MODIFIERS.index(token.modifier))
        line, character = at_line, at
    return {"data": data}


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


@to_lsp.register(Renaming)
def _(value: Renaming, context: Context) -> Json:
    files = [(each, found) for each in value.files if (found := _file(each.path, context)) is not None]
    if not context.flags.document_changes:
        return {"changes": {uri: _edits(each, text, context, "") for each, (uri, text) in files}}
    asks = context.flags.change_annotations and any(each.confirm for each, _ in files)
    changes: list[Json] = []
    for each, (uri, text) in files:
        version = context.library.version(each.path) if context.library and each.path else None
        identifier: Json = {"uri": uri, "version": version}
        label = ("elsewhere" if each.confirm else "here") if asks else ""
        changes.append({"textDocument": identifier, "edits": _edits(each, text, context, label)})
    edit: dict[str, Json] = {"documentChanges": changes}
    if asks:
        edit["changeAnnotations"] = {
            "here": {"label": f"Rename '{value.old}' to '{value.new}'"},
            "elsewhere": {
                "label": f"Rename '{value.old}' to '{value.new}' in other files",
                "needsConfirmation": True,
            },
        }
    return edit


def _edits(each: FileEdits, text: Text, context: Context, label: str) -> list[Json]:
    note: dict[str, Json] = {"annotationId": label} if label else {}
    return [
        {"range": text_range(edit.span, text, context.flags.encoding), "newText": edit.new, **note}
        for edit in each.edits
    ]
