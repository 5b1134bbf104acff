"""Conversions of the core's results to the protocol's JSON: one function for each type of result.

Here, in `from_lsp` and nowhere else, offsets become positions. A test structures everything that is sent with
lsprotocol's types, so that no field can be misspelled.
"""

from __future__ import annotations

import json
import re
from itertools import chain, repeat
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import Severity
from glossary_ls.base.paths import to_uri
from glossary_ls.base.text import shortened
from glossary_ls.features import render
from glossary_ls.features.symbols import flat
from glossary_ls.lsp.jsonrpc import JsonText
from glossary_ls.rules.pages import page_of
from glossary_ls.vfs.files import manual_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem, Related, Term, TextEdit
    from glossary_ls.base.text import Encoding, Span, Text
    from glossary_ls.features.completion import CompletionItem, Completions
    from glossary_ls.features.definition import Link
    from glossary_ls.features.folding import Fold
    from glossary_ls.features.inlay_hints import InlayHint
    from glossary_ls.features.keys import KeyHelp
    from glossary_ls.features.library import Location, Source
    from glossary_ls.features.symbols import Symbol
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import Range
    from glossary_ls.lsp.client_flags import ClientFlags
    from glossary_ls.lsp.jsonrpc import Json
    from glossary_ls.workspace.term_search import WorkspaceLibrary

#: The name that editors show beside a finding.
SOURCE = "glossary-ls"

#: The letters that fit into a row of a list of completions, and the fewest for what a term means.
_ROW, _GIST = 46, 20

#: The `MessageType`s of the protocol.
WARNING = 2
INFO = 3

#: The `SymbolKind` of a term, a key by which something is looked up, and of a topic, a namespace.
TERM_SYMBOL, _TOPIC_SYMBOL = 20, 3

#: The `CompletionItemKind`s: property, value, reference.
_ITEM_KINDS = {"key": 10, "value": 12, "term": 18}


_FOLD = '{"startLine": %d, "endLine": %d}'

RANGE = '{"start": {"line": %d, "character": %d}, "end": {"line": %d, "character": %d}}'

#: The characters that have a meaning in a snippet.
SNIPPET = re.compile(r"[\\$}]")

_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFORMATION: 3, Severity.HINT: 4}


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversion depends on besides the value."""

    uri: str
    document: Document
    flags: ClientFlags
    library: WorkspaceLibrary

    @property
    def encoding(self) -> Encoding:
        """The position encoding of the session."""
        return self.flags.encoding

    def range(self, span: Span) -> Json:
        """Return a span of the document as a range."""
        return text_range(span, self.document.text, self.encoding)

    def ranges(self, spans: Iterable[Range]) -> Iterator[Json]:
        """Yield many spans of the document as ranges."""
        return ranges(self.document.text, spans, self.encoding)

    def filled(self, items: Iterable[str], spans: Iterable[Range]) -> JsonText:
        """Return an array of items in JSON, in which each `RANGE` stands for the next span."""
        return _filled(items, self.document.text.ranges(spans, self.encoding))


def _filled(items: Iterable[str], numbers: Iterable[tuple[int, ...]]) -> JsonText:
    """Return an array of items in JSON, with numbers in the places that are left for them."""
    return JsonText(f"[{', '.join(items)}]" % tuple(chain.from_iterable(numbers)))


def literal(text: str) -> str:
    """Return JSON as a part of an item for `Context.filled`."""
    return text.replace("%", "%%")


# --- positions --------------------------------------------------------------------------------------------


def text_range(span: Span, text: Text, encoding: Encoding) -> Json:
    """Return a span of a text as a range."""
    return {"start": _position(span.start, text, encoding), "end": _position(span.end, text, encoding)}


def ranges(text: Text, spans: Iterable[Range], encoding: Encoding) -> Iterator[Json]:
    """Yield many spans of a text as ranges, faster than `text_range` for each."""
    for first, character, last, until in text.ranges(spans, encoding):
        yield {
            "start": {"line": first, "character": character},
            "end": {"line": last, "character": until},
        }


def text_edits(text: Text, edits: Sequence[TextEdit], encoding: Encoding) -> list[dict[str, Json]]:
    """Return the edits of a text as `TextEdit`s."""
    found = ranges(text, (edit.span for edit in edits), encoding)
    return [{"range": where, "newText": edit.new} for where, edit in zip(found, edits, strict=True)]


def _position(offset: int, text: Text, encoding: Encoding) -> Json:
    line, character = text.position_at(offset, encoding)
    return {"line": line, "character": character}


# --- places in files --------------------------------------------------------------------------------------


def term_locations(terms: Iterable[Term], library: WorkspaceLibrary, encoding: Encoding) -> Iterator[Json]:
    """Yield for each term where its entry names it, as a `Location`; null when its file is gone."""
    uris: dict[str, str] = {}
    for term in terms:
        found = library.locate(term)
        path = found.file.path if found else ""
        if path not in uris:
            uris[path] = library.uri(path) if library.text(path) else ""
        uri = uris[path]
        if found is None or not uri:
            yield None
            continue
        yield {"uri": uri, "range": text_range(found.placed.name.content, found.file.text, encoding)}


def locations(source: Source, context: Context) -> list[Json]:
    """Return the places in a file as `Location`s."""
    uri = uri_of(source.path, context)
    return [{"uri": uri, "range": each} for each in ranges(source.text, source.spans, context.encoding)]


def uri_of(path: str, context: Context) -> str:
    """Return the URI of a file; an empty path is the document of the request."""
    return context.uri if path in {"", context.document.path} else context.library.uri(path)


def definition_link(value: Link, context: Context) -> Json:
    """Return a link to a definition, or a `Location` for clients without links; null if its file is gone."""
    if not context.flags.location_links:
        return _location(value.target, context)
    text = _text_of(value.target.path, context)
    if text is None:
        return None
    return {
        "originSelectionRange": context.range(value.origin),
        "targetUri": uri_of(value.target.path, context),
        "targetRange": text_range(value.target.span, text, context.encoding),
        "targetSelectionRange": text_range(value.target.name, text, context.encoding),
    }


def _location(value: Location, context: Context) -> Json:
    text = _text_of(value.path, context)
    if text is None:
        return None
    return {"uri": uri_of(value.path, context), "range": text_range(value.name, text, context.encoding)}


def _text_of(path: str, context: Context) -> Text | None:
    is_own = path in {"", context.document.path}
    return context.document.text if is_own else context.library.text(path)


# --- terms in a document ----------------------------------------------------------------------------------


def markup(text: str, *, markdown: bool) -> Json:
    """Return a text as `MarkupContent`."""
    return {"kind": "markdown" if markdown else "plaintext", "value": text}


def hover(span: Span, contents: str, extra: Mapping[str, Json], context: Context) -> JsonText:
    """Return the hover of a term with its contents in JSON; `extra` is what only some clients know."""
    rest = "".join(f", {json.dumps(name)}: {json.dumps(value)}" for name, value in extra.items())
    text, encoding = context.document.text, context.encoding
    where = RANGE % (*text.position_at(span.start, encoding), *text.position_at(span.end, encoding))
    return JsonText(f'{{"contents": {contents}, "range": {where}{rest}}}')


def key_help(value: KeyHelp, context: Context) -> Json:
    """Return the hover of a key in a glossary file."""
    markdown = context.flags.markdown_hover
    text = value.text if markdown else render.plain(value.text)
    return {"contents": markup(text, markdown=markdown), "range": context.range(value.span)}


def completions(value: Completions, context: Context) -> Json:
    """Return offers as a `CompletionList`."""
    # Most of the hundreds of items are for the same span.
    ranges = {span: context.range(span) for span in {item.span for item in value.items}}
    items: list[Json] = [
        {**_completion_item(item, ranges[item.span], context), "sortText": f"{number:05}"}
        for number, item in enumerate(value.items, 1)
    ]
    return {"isIncomplete": value.incomplete, "items": items}


def _completion_item(value: CompletionItem, span: Json, context: Context) -> dict[str, Json]:
    item: dict[str, Json] = {
        "label": value.label,
        "kind": _ITEM_KINDS[value.kind],
        "textEdit": {"range": span, "newText": value.insert},
    }
    if value.detail:
        item["detail"] = value.detail
    if value.help:
        item["documentation"] = value.help
    if value.term:
        item["data"] = _data(value, context)
    if value.filter:
        item["filterText"] = value.filter
    if context.flags.cuts_words and value.filter and " " in value.insert:
        # The client replaces a snippet with the label, and then expands the snippet.
        item["insertTextFormat"] = 2
        item["textEdit"] = {"range": span, "newText": SNIPPET.sub(r"\\\g<0>", value.insert)}
    if value.term and not context.flags.resolves_documentation:
        term = term_named(value.term, context.document.glossary, value.sense)
        item["documentation"] = documentation(term, context) if term else None
    if value.deprecated and context.flags.deprecated_tag:
        item["tags"] = [1]
    if value.detail and value.term and context.flags.label_details:
        # The documentation says it, too, and a client that shows both would show the same sentence twice.
        del item["detail"]
        gist = shortened(value.detail, max(_ROW - len(value.label), _GIST))
        beside = f"  {value.detail}" if value.glossary else ""
        item["labelDetails"] = {"detail": beside, "description": value.glossary or gist}
    elif value.glossary:
        item["detail"] = f"{value.detail} ({value.glossary})" if value.detail else value.glossary
    return item


def documentation(term: Term, context: Context) -> Json:
    """Return the documentation of a completion item."""
    markdown = context.flags.markdown_documentation
    text = render.documentation(term, context.document.glossary, markdown=markdown)
    return markup(text, markdown=markdown)


def inlay_hint(value: InlayHint, context: Context) -> Json:
    """Return an inlay hint, with a label of parts only for clients that resolve them."""
    resolves = context.flags.hint_resolves
    has_parts = resolves & {"label.tooltip", "label.location"}
    hint: dict[str, Json] = {
        "position": _position(value.offset, context.document.text, context.encoding),
        "label": [{"value": value.label}] if has_parts else value.label,
        "paddingLeft": True,
    }
    if resolves:
        hint["data"] = _data(value, context)
    return hint


def _data(value: CompletionItem | InlayHint, context: Context) -> Json:
    """Return what leads back to a term, and to one of several senses."""
    data: dict[str, Json] = {"term": value.term, "uri": context.uri}
    return {**data, "sense": value.sense} if value.sense else data


def term_named(name: str, glossary: Glossary, sense: object = "") -> Term | None:
    """Return the best term of a name, or the one whose gist is `sense`."""
    meant = (term for term in glossary.senses(name) if sense and glossary.distinction(term) == sense)
    return next(meant, None) or glossary.term(name)


# --- glossary files ---------------------------------------------------------------------------------------


def folding_ranges(folds: Sequence[Fold]) -> JsonText:
    """Return the folds of a glossary file."""
    return _filled(repeat(_FOLD, len(folds)), folds)


def code_lenses(spans: Sequence[Range], context: Context) -> JsonText:
    """Return a lens without a command, to be resolved, for each entry."""
    lens = f'{{"range": {RANGE}, "data": {{"uri": {_string(context.uri)}}}}}'
    return context.filled(repeat(lens, len(spans)), spans)


def _string(text: str) -> str:
    return literal(encode_basestring_ascii(text))


def document_symbols(symbols: Sequence[Symbol], context: Context) -> Json:
    """Return the entries of a glossary file, below their topics for clients that show trees."""
    if not context.flags.symbol_trees:
        return _symbol_list([each for each in flat(symbols) if not each.children], context)
    spans = [
        span
        for symbol in symbols
        for each in (symbol, *symbol.children)
        for span in (each.span, each.selection)
    ]
    return context.filled((_symbol_node(each, context) for each in symbols), spans)


def _symbol_node(value: Symbol, context: Context) -> str:
    """Return a symbol and its children for `Context.filled`: each has its range, then that of its name."""
    node = _named(value.name, value.detail)
    if value.deprecated and context.flags.symbol_tags:
        node += ', "tags": [1]'
    if not value.children:
        return f'{{{node}, "kind": {TERM_SYMBOL}}}'
    children = ", ".join(_symbol_node(each, context) for each in value.children)
    return f'{{{node}, "kind": {_TOPIC_SYMBOL}, "children": [{children}]}}'


@memo.recent(16_384)
def _named(name: str, detail: str) -> str:
    node = f'"name": {_string(name)}, "range": {RANGE}, "selectionRange": {RANGE}'
    return f'{node}, "detail": {_string(detail)}' if detail else node


def _symbol_list(symbols: Sequence[Symbol], context: Context) -> Json:
    found: list[Json] = []
    for each, where in zip(symbols, context.ranges(each.selection for each in symbols), strict=True):
        location: Json = {"uri": context.uri, "range": where}
        row: dict[str, Json] = {"name": each.name, "kind": TERM_SYMBOL, "location": location}
        if each.deprecated and context.flags.symbol_tags:
            row["tags"] = [1]
        if each.topics:
            row["containerName"] = " \u00b7 ".join(each.topics)
        found.append(row)
    return found


# --- diagnostics ------------------------------------------------------------------------------------------

#: How many problems of a document are sent; Visual Studio Code shows a thousand.
_MOST_DIAGNOSTICS = 5000


def diagnostics(problems: Sequence[Problem], text: Text, uri: str, flags: ClientFlags) -> list[Json]:
    """Return the problems of a document as diagnostics, up to as many as any client can show."""
    return [diagnostic(problem, text, uri, flags) for problem in problems[:_MOST_DIAGNOSTICS]]


def diagnostic(problem: Problem, text: Text, uri: str, flags: ClientFlags) -> dict[str, Json]:
    """Return a problem as a diagnostic of the document `text` at `uri`."""
    found: dict[str, Json] = {
        "range": text_range(problem.span, text, flags.encoding),
        "severity": _SEVERITIES[problem.severity],
        "code": problem.code,
        "source": SOURCE,
        "message": problem.message,
    }
    if flags.code_description:
        found["codeDescription"] = {"href": to_uri(manual_page(page_of(problem.code)))}
    if flags.related_information:
        related: list[Json] = [
            row for each in problem.related if (row := _related(each, text, uri, flags.encoding))
        ]
        if related:
            found["relatedInformation"] = related
    return found


def _related(related: Related, text: Text, uri: str, encoding: Encoding) -> Json:
    """Return a place that explains a problem; None for a span in another file, whose text is not at hand."""
    target = to_uri(related.path) if related.path else uri
    if target == uri:
        where = text_range(related.span, text, encoding)
    elif related.place is not None:
        start, end = related.place.characters(encoding)
        line = related.place.line
        where = {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}
    else:
        return None
    return {"location": {"uri": target, "range": where}, "message": related.message}
