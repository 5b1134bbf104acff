"""The only conversions between the core's data and the protocol's JSON.

`to_lsp` takes whatever a feature returns; a new kind of result is one more function here. A test structures
everything that is sent with lsprotocol's types, so that no field can be misspelt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING

from glossary_ls.base.model import Severity
from glossary_ls.base.paths import to_uri
from glossary_ls.base.text import Span
from glossary_ls.features import render
from glossary_ls.features.completion import CompletionItem, Completions
from glossary_ls.features.hover import Hover
from glossary_ls.features.inlay_hints import InlayHint
from glossary_ls.lsp.messages import Json, position
from glossary_ls.rules import DOCUMENT_RULES
from glossary_ls.vfs.files import manual_page

if TYPE_CHECKING:
    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem, Related, Term
    from glossary_ls.base.text import Encoding, Text
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.lsp.client import ClientFlags
    from glossary_ls.workspace.term_search import Corpus

#: The name that editors show beside a finding.
SOURCE = "glossary"

_SETTINGS_CODES = frozenset({"unknown-setting", "invalid-setting", "invalid-toml"})

#: What has a meaning in a snippet.
_SNIPPET = re.compile(r"[\\$}]")

_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFORMATION: 3, Severity.HINT: 4}


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversion depends on besides the value."""

    uri: str
    document: Document
    flags: ClientFlags
    library: Corpus | None = None


# --- from the client --------------------------------------------------------------------------------------


def offset_from(params: object, text: Text, encoding: Encoding) -> int:
    """Return the offset of a request's position."""
    return text.offset_at(*position(params, "position"), encoding)


def span_from(params: object, text: Text, encoding: Encoding) -> Span:
    """Return the span of a request's range."""
    start = text.offset_at(*position(params, "range", "start"), encoding)
    return Span(start, max(start, text.offset_at(*position(params, "range", "end"), encoding)))


# --- to the client ----------------------------------------------------------------------------------------


@singledispatch
def to_lsp(value: object, context: Context) -> Json:
    """Return a feature's result as the protocol has it; there is a function for each type of result."""
    raise TypeError(f"no conversion for {type(value).__name__} at {context.uri}")


@to_lsp.register
def _(value: None, context: Context) -> Json:
    del value, context
    return None


@to_lsp.register
def _(value: tuple, context: Context) -> Json:  # type: ignore[type-arg]  # because dispatch wants a plain class
    return [to_lsp(item, context) for item in value]


@to_lsp.register
def _(value: Hover, context: Context) -> Json:
    markdown = context.flags.markdown_hover
    text = render.render(value, context.document.glossary, markdown=markdown)
    return (
        {"contents": markup(text, markdown=markdown), "range": _range(value.span, context)} if text else None
    )


@to_lsp.register
def _(value: Completions, context: Context) -> Json:
    # There are hundreds of items, and most are for the same span.
    ranges = {span: _range(span, context) for span in {item.span for item in value.items}}
    items: list[Json] = [_completion_item(item, ranges[item.span], context) for item in value.items]
    return {"isIncomplete": value.incomplete, "items": items}


def _completion_item(value: CompletionItem, span: Json, context: Context) -> Json:
    item: dict[str, Json] = {
        "label": value.label,
        "kind": 18,
        "detail": value.detail,
        "filterText": value.filter,
        "sortText": value.sort,
        "textEdit": {"range": span, "newText": value.insert},
        "data": _data(value, context),
    }
    if context.flags.cuts_words and " " in value.insert:
        # The client puts the label in the place of a snippet, and then expands it.
        item["insertTextFormat"] = 2
        item["textEdit"] = {"range": span, "newText": _SNIPPET.sub(r"\\\g<0>", value.insert)}
    if not context.flags.resolves_documentation:
        item["documentation"] = documentation(
            value.term, context, markdown=context.flags.markdown_documentation, sense=value.sense
        )
    if value.deprecated and context.flags.deprecated_tag:
        item["tags"] = [1]
    return item


@to_lsp.register
def _(value: InlayHint, context: Context) -> Json:
    later = context.flags.hint_resolves
    hint: dict[str, Json] = {
        "position": _position(value.offset, context.document.text, context.flags.encoding),
        # Only who asks for what belongs to a part of a label knows that labels have parts.
        "label": [{"value": value.label}] if later & {"label.tooltip", "label.location"} else value.label,
        "paddingLeft": True,
    }
    if later:
        hint["data"] = _data(value, context)
    return hint


def _data(value: CompletionItem | InlayHint, context: Context) -> Json:
    """Return what leads back to a term, and to one of several senses."""
    data: dict[str, Json] = {"term": value.term, "uri": context.uri}
    return {**data, "sense": value.sense} if value.sense else data


def documentation(name: str, context: Context, *, markdown: bool, sense: object = "") -> Json:
    """Return what the glossary says about a term, or None when it has no such term."""
    glossary = context.document.glossary
    term = term_named(name, glossary, sense)
    return (
        markup(render.documentation(term, glossary, markdown=markdown), markdown=markdown) if term else None
    )


def term_named(name: str, glossary: Glossary, sense: object = "") -> Term | None:
    """Return the best term of a name; `sense` is the gist of the one that is meant, if any."""
    meant = (term for term in glossary.senses(name) if sense and term.gist == sense)
    return next(meant, None) or glossary.term(name)


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
    """Return a place that explains a finding; None for a span in another file, which would need its text."""
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


def page_of(code: str) -> str:
    """Return the page, below the documentation's folder, that explains a code."""
    if any(code == rule.CODE for rule in DOCUMENT_RULES):
        return f"rules/{code}.md"
    return "settings.md" if code in _SETTINGS_CODES else "rules/glossary-files.md"


def markup(text: str, *, markdown: bool) -> Json:
    """Return a text as `MarkupContent`."""
    return {"kind": "markdown" if markdown else "plaintext", "value": text}


def _range(span: Span, context: Context) -> Json:
    return text_range(span, context.document.text, context.flags.encoding)


def text_range(span: Span, text: Text, encoding: Encoding) -> Json:
    """Return a span of a text as a range."""
    return {"start": _position(span.start, text, encoding), "end": _position(span.end, text, encoding)}


def _position(offset: int, text: Text, encoding: Encoding) -> Json:
    line, character = text.position_at(offset, encoding)
    return {"line": line, "character": character}
