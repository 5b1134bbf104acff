"""The requests of our own, for views of the glossary in any editor; docs/protocol.md describes them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import glossary_ls
from glossary_ls.base import paths
from glossary_ls.base.model import Definition
from glossary_ls.base.text import Span, Text
from glossary_ls.features import render
from glossary_ls.features.hover import Hover
from glossary_ls.features.library import Source
from glossary_ls.features.listing import count_of, terms_of
from glossary_ls.features.listing import document_terms as terms_in
from glossary_ls.features.references import uses
from glossary_ls.features.semantic_tokens import firsts, tokens_in
from glossary_ls.lsp.found import Found
from glossary_ls.lsp.locations import ranges, written_ranges
from glossary_ls.lsp.messages import Json, Later, MalformedError, Written, find, need, optional
from glossary_ls.lsp.searches import Shown
from glossary_ls.lsp.term_json import full, glossary_file, rows
from glossary_ls.lsp.to_lsp import Context, offset_from, span_from
from glossary_ls.workspace.check_all import count_in

if TYPE_CHECKING:
    from collections.abc import Generator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term
    from glossary_ls.features.listing import DocumentTerm
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.lsp.checker import Pass
    from glossary_ls.lsp.session import Session

#: How many uses of one term are listed.
_MOST_USES = 500


def status(session: Session, params: object) -> Json:
    """Return what is in force, for a document or for the workspace."""
    uri = uri_of(params)
    workspace = session.workspace
    path = _path(session, uri)
    glossaries = glossaries_of(session, uri)
    files = {file.path: file for glossary in glossaries for file in glossary.files}
    findings = workspace.findings(uri) if uri and workspace.is_open(uri) else None
    documents, definitions = workspace.neighbourhood.size()
    return {
        "version": glossary_ls.__version__,
        "root": paths.to_uri(root) if (root := workspace.root_of(path)) in workspace.roots else None,
        "glossaries": [glossary_file(file, session) for file in files.values()],
        "terms": count_of(glossaries),
        "findings": len(findings.problems) if findings else None,
        "harvested": {
            "documents": documents,
            "definitions": definitions,
            "done": not session.harvester.is_busy,
        },
        "checked": session.checker.outcome,
    }


def terms(session: Session, params: object) -> Json | Later:
    """Return the terms in force, all or those of a query."""
    query = optional(params, str, "query") or ""
    limit = optional(params, int, "limit")
    most = None if limit is None else max(limit, 0)
    found = terms_of(glossaries_of(session, uri_of(params)), query, most)
    if optional(params, bool, "uses") is not True:
        return list(rows(found, session))

    def counted(work: Pass) -> None:
        uses = work.uses()
        counts = [count_in(uses, term) for term in found]
        later.give([{**row, "uses": count} for row, count in zip(rows(found, session), counts, strict=True)])

    work = session.checker.walk(counted)
    later = Later(lambda: session.checker.stop(work))
    return later


def term(session: Session, params: object) -> Json | Later:
    """Return all senses of a term with everything that is known about them, or null."""
    name, uri = need(params, str, "name"), uri_of(params)
    glossary = next((each for each in glossaries_of(session, uri) if each.senses(name)), None)
    if glossary is None:
        return None
    senses = glossary.senses(name)
    found: dict[str, Json] = {
        "name": senses[0].name,
        "markdown": render.render(Hover(Span(0, 0), name, senses), glossary, markdown=True),
        "senses": [full(sense, glossary, session) for sense in senses],
    }
    if optional(params, bool, "uses") is True:
        number = optional(params, int, "sense") or 0
        wanted = senses[number] if 0 <= number < len(senses) else None
        if wanted is not None:
            return _with_uses(session, uri, wanted, found, find(params, "workDoneToken"))
        found["uses"] = []
    return found


def document_terms(session: Session, params: object) -> Json | Written:
    """Return what an open document names, or what stands at a position of it, and where."""
    uri, document = _opened(session, params)
    if document is None:
        return None
    at = None
    if find(params, "position") is not None:
        at = offset_from(params, document.text, session.flags.encoding)
    rows = (_row(each, document, uri, session) for each in terms_in(document, at))
    return Written(f"[{','.join(rows)}]")


def tokens(session: Session, params: object) -> Json:
    """Return the semantic tokens of an open document or of a range of it, coloured or not."""
    _, document = _opened(session, params)
    if document is None:
        return None
    text, encoding = document.text, session.flags.encoding
    everything = find(params, "range") is None
    span = Span(0, len(text)) if everything else span_from(params, text, encoding)
    found = tuple(tokens_in(document, span).placed())
    places = ranges(text, (token.span for token in found), encoding)
    first = firsts(document)
    return [
        {"range": place, "kind": token.modifier, "first": token.span.start in first}
        for place, token in zip(places, found, strict=True)
    ]


def _opened(session: Session, params: object) -> tuple[str, Document | None]:
    """Return the document that a request must name, and None beside it when it is not open."""
    uri = uri_of(params)
    if uri is None:
        raise MalformedError("expected str at uri")
    return uri, session.workspace.snapshot(uri)


def uri_of(params: object) -> str | None:
    """Return the document that a request is about, in either way of naming it."""
    uri = find(params, "uri") or find(params, "textDocument", "uri")
    if uri is not None and not isinstance(uri, str):
        raise MalformedError("expected str at uri")
    return uri


def markdown_of(session: Session, name: str, uri: str | None) -> str | None:
    """Return the explanation of a term as Markdown, or None when no glossary in force has it."""
    for glossary in glossaries_of(session, uri):
        if senses := glossary.senses(name):
            return render.render(Hover(Span(0, 0), name, senses), glossary, markdown=True)
    return None


def glossaries_of(session: Session, uri: str | None) -> tuple[Glossary, ...]:
    """Return the glossaries in force for a document, or for everything that there is."""
    workspace = session.workspace
    if uri is not None:
        document = workspace.snapshot(uri)
        return (document.glossary if document else workspace.glossary_of(paths.from_uri(uri)),)
    inside = [paths.join(root, "x") for root in workspace.roots] or [""]
    return tuple(dict.fromkeys(map(workspace.glossary_of, [*inside, *workspace.open_paths()])))


def _path(session: Session, uri: str | None) -> str:
    document = session.workspace.snapshot(uri) if uri else None
    return document.path if document else paths.from_uri(uri or "")


def _row(each: DocumentTerm, document: Document, uri: str, session: Session) -> str:
    """Return a term of a document as JSON."""
    meaning = each.meaning
    row = _own(meaning, document, uri) if isinstance(meaning, Definition) else next(rows([meaning], session))
    places = written_ranges(document.text, each.spans, session.flags.encoding)
    return f'{json.dumps({**row, "count": each.count})[:-1]}, "ranges": [{",".join(places)}]}}'


def _own(definition: Definition, document: Document, uri: str) -> dict[str, Json]:
    return {
        "name": definition.short,
        "expansion": definition.long,
        "summary": "",
        "aliases": [],
        "topics": [],
        "status": "active",
        "glossary": "",
        "kind": "document",
        "uri": uri,
        "line": document.text.line_index(definition.short_span.start),
    }


def _with_uses(
    session: Session, uri: str | None, sense: Term, found: dict[str, Json], token: object
) -> Json | Later:
    opened = session.workspace.snapshot(uri) if uri else None
    # Seen from a document that is not open, the workspace is all that is on the disk.
    document = opened or session.workspace.analyse("", "", Text(""))
    places = Found(session, Context(uri or "", document, session.flags, session.corpus))
    listed: list[Json] = []
    steps = uses(document, sense, session.corpus)

    def work() -> Generator[None, None, Json]:
        for step in steps:
            if isinstance(step, Source):
                first = replace(step, spans=step.spans[: _MOST_USES - len(listed)])
                places.take(first)
                rows = zip(places.places[len(listed) :], first.spans, strict=True)
                listed.extend({**need(place, dict), "text": _line(first, span)} for place, span in rows)
                if len(listed) == _MOST_USES:
                    break
            else:
                places.take(step)
            yield
        places.tell_left_out()
        return {**found, "uses": listed}

    shown = Shown(f"Looking for uses of '{sense.name}'", places.so_far, token)
    return session.searches.run(work(), places.is_valid, shown)


def _line(source: Source, span: Span) -> str:
    text = source.text
    return text.line_span(text.line_index(span.start)).of(text.source).strip()
