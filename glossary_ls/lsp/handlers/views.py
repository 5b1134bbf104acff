"""The requests beyond the protocol, for views in any editor; docs/protocol.md describes them."""

from __future__ import annotations

import json
from itertools import repeat
from typing import TYPE_CHECKING

import glossary_ls
from glossary_ls.base import paths
from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import Definition, Term
from glossary_ls.base.text import Span, Text
from glossary_ls.features import listing, render, semantic_tokens
from glossary_ls.features.hover import Hover
from glossary_ls.features.library import Source
from glossary_ls.features.references import uses
from glossary_ls.lsp import from_lsp, to_lsp
from glossary_ls.lsp.from_lsp import need
from glossary_ls.lsp.handlers.request import DocumentContext, DocumentRequest, Request
from glossary_ls.lsp.handlers.term_rows import full_term, glossary_row, guide_row, term_rows
from glossary_ls.lsp.searches import FoundUses
from glossary_ls.workspace.check_all import entry_key

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from glossary_ls.base.model import Contrast
    from glossary_ls.features.library import Step
    from glossary_ls.features.listing import DocumentTerm
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import Contents
    from glossary_ls.lsp.checker import Pass
    from glossary_ls.lsp.from_lsp import TermParams, TermsParams
    from glossary_ls.lsp.jsonrpc import Answer, Json
    from glossary_ls.lsp.session import Session

#: How many uses of one term are listed.
_MOST_USES = 500


def status(session: Session, uri: str | None) -> dict[str, Json]:
    """Answer `glossary_ls/status` with what is active for a document, or for the workspace."""
    workspace = session.workspace
    document = workspace.snapshot(uri) if uri else None
    root = workspace.root_of(document.path if document else paths.from_uri(uri or ""))
    glossaries = glossaries_of(session, uri)
    files = {file.path: file for glossary in glossaries for file in glossary.files}
    findings = workspace.findings(uri) if uri and document else None
    counts = listing.counts_of(glossaries)
    documents, definitions = workspace.definition_index.size()
    return {
        "version": glossary_ls.__version__,
        "root": paths.to_uri(root) if root in workspace.roots else None,
        "glossaries": [glossary_row(file, counts[file.path], session) for file in files.values()],
        "terms": sum(counts.values()),
        "findings": len(findings.problems) if findings else None,
        "harvested": {
            "documents": documents,
            "definitions": definitions,
            "done": not session.indexer.is_busy,
        },
        "checked": session.checker.outcome,
    }


def terms(session: Session, params: TermsParams) -> Answer:
    """Answer `glossary_ls/terms` with the active terms, or those that match a query."""
    found = listing.terms_of(glossaries_of(session, params.uri), params.query, params.limit)
    if not params.with_uses:
        return list(term_rows(found, session))

    def answer(work: Pass) -> Json:
        uses = work.uses()
        rows = zip(term_rows(found, session), found, strict=True)
        return [{**row, "uses": uses[entry_key(term)]} for row, term in rows]

    return session.checker.walk(answer)


def guides(session: Session, uri: str | None) -> Json:
    """Answer `glossary_ls/guides` with what active glossaries have beside their entries."""
    rows = (guide_row(file, compared, session) for file, compared in _compared(session, uri))
    return [row for row in rows if row["title"] or row["text"] or row["points"] or row["comparisons"]]


def introductions(session: Session, uri: str | None) -> str | None:
    """Return what active glossaries have beside their entries as Markdown; None when they have nothing."""
    texts = (render.introduction(file.head, compared) for file, compared in _compared(session, uri))
    return "\n\n".join(filter(None, texts)) or None


def _compared(
    session: Session, uri: str | None
) -> Iterator[tuple[Contents, tuple[tuple[str, Contrast], ...]]]:
    """Yield the active glossary files, each with the comparisons that it makes."""
    glossaries = glossaries_of(session, uri)
    files = {file.path: (glossary, file) for glossary in glossaries for file in glossary.files}
    for glossary, file in files.values():
        yield file, listing.comparisons(glossary, file)


def term(session: Session, params: TermParams) -> Answer:
    """Answer `glossary_ls/term` with all senses of a term, or null."""
    glossaries = glossaries_of(session, params.uri)
    glossary = next((each for each in glossaries if each.senses(params.name)), None)
    if glossary is None:
        return None
    senses = glossary.senses(params.name)
    found: dict[str, Json] = {
        "name": senses[0].name,
        "markdown": _markdown(params.name, glossary),
        "senses": [full_term(sense, glossary, session) for sense in senses],
    }
    if not params.with_uses:
        return found
    if not 0 <= params.sense < len(senses):
        return {**found, "uses": []}
    sense = senses[params.sense]
    document = session.workspace.snapshot(params.uri) if params.uri else None
    # Without an open document, only the files on the disk are searched.
    document = document or session.workspace.analyze("", "", Text(""))
    context = DocumentContext.of(session, params.uri or "", document, params.progress_token)
    uses_found = FoundUses(context)
    steps = _listed_uses(uses(document, sense, session.library), uses_found, found)
    return uses_found.search(steps, f"Looking for uses of '{sense.name}'")


def _listed_uses(
    steps: Iterable[Step], found: FoundUses, answer: dict[str, Json]
) -> Generator[None, None, Json]:
    listed: list[Json] = []
    for step in steps:
        if isinstance(step, Source):
            first = replace(step, spans=step.spans[: _MOST_USES - len(listed)])
            found.add(first)
            rows = zip(found.places[len(listed) :], first.spans, strict=True)
            listed.extend({**need(place, dict), "text": _line(first, span)} for place, span in rows)
            if len(listed) == _MOST_USES:
                break
        else:
            found.add(step)
        yield
    found.log_skipped()
    return {**answer, "uses": listed}


def _line(source: Source, span: Span) -> str:
    text = source.text
    return text.line_span(text.line_index(span.start)).of(text.source).strip()


def document_terms(context: DocumentContext, offset: int | None) -> Json:
    """Answer `glossary_ls/documentTerms` with the terms of a document, or those at an offset."""
    found = listing.document_terms(context.document, offset)
    rows = term_rows((_term_of(each.meaning) for each in found), context.session)
    items = (_document_row(each, row, context) for each, row in zip(found, rows, strict=True))
    return context.filled(items, (span for each in found for span in each.spans))


def _term_of(meaning: Term | Definition) -> Term:
    return meaning if isinstance(meaning, Term) else Term(meaning.short, meaning.long)


def _document_row(each: DocumentTerm, row: dict[str, Json], context: DocumentContext) -> str:
    """Return the row of a term in JSON for `Context.filled`."""
    if isinstance(each.meaning, Definition):
        line = context.document.text.line_index(each.meaning.short_span.start)
        row = {**row, "kind": "document", "uri": context.uri, "line": line}
    places = ", ".join(repeat(to_lsp.RANGE, len(each.spans)))
    return f'{to_lsp.literal(json.dumps({**row, "count": each.count}))[:-1]}, "ranges": [{places}]}}'


def tokens(context: DocumentContext, span: Span) -> Json:
    """Answer `glossary_ls/tokens`: semantic tokens as ranges, whether or not the setting shows them."""
    found = semantic_tokens.tokens_in(context.document, span)
    first = semantic_tokens.firsts(context.document)
    places = context.ranges(Span(token.start, token.end) for token in found)
    return [
        {"range": place, "kind": token.modifier, "first": token.start in first}
        for place, token in zip(places, found, strict=True)
    ]


def markdown_of(session: Session, name: str, uri: str | None) -> str | None:
    """Return the explanation of a term as Markdown; None when no active glossary has it."""
    found = (each for each in glossaries_of(session, uri) if each.senses(name))
    glossary = next(found, None)
    return _markdown(name, glossary) if glossary else None


def _markdown(name: str, glossary: Glossary) -> str | None:
    return render.render(Hover(Span(0, 0), name, glossary.senses(name)), glossary, markdown=True)


def glossaries_of(session: Session, uri: str | None) -> tuple[Glossary, ...]:
    """Return the active glossaries of a document, or for all workspace folders and open documents."""
    workspace = session.workspace
    if uri is not None:
        document = workspace.snapshot(uri)
        return (document.glossary if document else workspace.glossary_of(paths.from_uri(uri)),)
    inside = [paths.join(root, "x") for root in workspace.roots] or [""]
    return tuple(dict.fromkeys(map(workspace.glossary_of, [*inside, *workspace.open_paths()])))


REQUESTS = (
    Request("glossary_ls/status", status, from_lsp.uri),
    Request("glossary_ls/terms", terms, from_lsp.terms),
    Request("glossary_ls/guides", guides, from_lsp.uri),
    Request("glossary_ls/term", term, from_lsp.term, needs_all_open=True),
    DocumentRequest("glossary_ls/documentTerms", document_terms, from_lsp.optional_offset),
    DocumentRequest("glossary_ls/tokens", tokens, from_lsp.optional_span),
)
