"""Conversions of what navigation finds: places in other files, edits of many, tokens.

Importing the module registers them with `convert.to_lsp`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.features.by_file import KeyHelp, KeyItem, KeyItems
from glossary_ls.features.definition import Link
from glossary_ls.features.library import Location
from glossary_ls.features.links import DocumentLink
from glossary_ls.features.references import Highlights
from glossary_ls.features.rename import Refusal, Renamable
from glossary_ls.features.render import plain
from glossary_ls.lsp.messages import Json, RefusedError
from glossary_ls.lsp.to_lsp import Context, markup, text_range, to_lsp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Encoding, Span, Text
    from glossary_ls.features.library import Source
    from glossary_ls.features.rename import FileEdits
    from glossary_ls.workspace.term_search import Corpus

#: The kinds of completion items in a glossary file: property, value, reference.
_KINDS = {"key": 10, "value": 12, "term": 18}


def location(term: Term, corpus: Corpus, encoding: Encoding) -> Json:
    """Return where a term is named in its entry, as a `Location`; null when its file is gone."""
    return next(term_locations((term,), corpus, encoding))


def term_locations(terms: Iterable[Term], corpus: Corpus, encoding: Encoding) -> Iterator[Json]:
    """Yield for each term where it is named in its entry, as a `Location`; null when its file is gone."""
    uris: dict[str, str] = {}
    for term in terms:
        found = corpus.locate(term)
        if found is None:
            yield None
            continue
        path = found.file.path
        uri = uris.get(path) or uris.setdefault(path, corpus.uri(path))
        yield {"uri": uri, "range": next(ranges(found.file.text, (found.placed.name.content,), encoding))}


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


# --- keys -------------------------------------------------------------------------------------------------


@to_lsp.register(KeyHelp)
def _(value: KeyHelp, context: Context) -> Json:
    markdown = context.flags.markdown_hover
    text = value.text if markdown else plain(value.text)
    return {"contents": markup(text, markdown=markdown), "range": _range(value.span, context)}


@to_lsp.register(KeyItems)
def _(value: KeyItems, context: Context) -> Json:
    # There may be hundreds of items, and they are for the same span.
    ranges = {span: _range(span, context) for span in {item.span for item in value.items}}
    items: list[Json] = [
        {**_key_item(item, ranges[item.span], context), "sortText": f"{number:05}"}
        for number, item in enumerate(value.items)
    ]
    return {"isIncomplete": value.incomplete, "items": items}


def _key_item(value: KeyItem, span: Json, context: Context) -> dict[str, Json]:
    item: dict[str, Json] = {
        "label": value.label,
        "kind": _KINDS[value.kind],
        "textEdit": {"range": span, "newText": value.insert},
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
