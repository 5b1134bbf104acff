"""Terms and glossaries as JSON rows for views; docs/protocol.md describes them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.features import render
from glossary_ls.features.definition import entry_location
from glossary_ls.features.listing import summary_of
from glossary_ls.glossary import formats
from glossary_ls.lsp.to_lsp import text_range
from glossary_ls.vfs.files import is_built_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.model import Contrast, Term
    from glossary_ls.glossary.index import Glossary
    from glossary_ls.glossary.model import Contents
    from glossary_ls.lsp.jsonrpc import Json
    from glossary_ls.lsp.session import Session


def term_rows(terms: Iterable[Term], session: Session) -> Iterator[dict[str, Json]]:
    """Yield terms as rows of `glossary_ls/terms`."""
    files: dict[str, dict[str, Json]] = {}
    for term in terms:
        yield {
            "name": term.name,
            "expansion": term.expansion,
            "summary": summary_of(term),
            "aliases": _strings(alias.name for alias in term.aliases),
            "topics": _strings(term.topics),
            "status": str(term.status),
            **_place(term, session, files),
        }


def full_term(term: Term, glossary: Glossary, session: Session) -> dict[str, Json]:
    """Return all properties of a term, for `glossary_ls/term`."""
    where = entry_location(term, session.library)
    text = session.library.text(where.path) if where else None
    found = text_range(where.name, text, session.flags.encoding) if where and text else None
    return {
        "name": term.name,
        "expansion": term.expansion,
        "summary": summary_of(term),
        "definition": term.definition,
        "aliases": [{"name": alias.name, "kind": str(alias.kind)} for alias in term.aliases],
        "facts": _strings(term.facts),
        "examples": _strings(term.examples),
        "topics": _strings(term.topics),
        "related": _strings(term.related),
        "contrasts": [asdict(contrast) for contrast in glossary.contrasts(term)],
        "questions": [
            {"question": question.question, "answer": question.answer}
            for question in glossary.questions(term)
        ],
        "status": str(term.status),
        "replacedBy": term.replaced_by,
        "owner": term.owner,
        "reviewed": term.reviewed,
        "source": term.source,
        "url": term.url,
        **_place(term, session, {}),
        "range": found,
        "markdown": render.documentation(term, glossary, markdown=True),
    }


def glossary_row(file: Contents, terms: int, session: Session) -> dict[str, Json]:
    """Return a glossary file, with the number of its terms in use, as a row of `glossary_ls/status`."""
    kind = _kind_of(file.path, session)
    uri = session.library.uri(file.path)
    findings = None if kind == "builtIn" else session.workspace.findings(uri)
    stored = None if kind == "builtIn" else session.workspace.store.get(file.path)
    return {
        "name": file.title,
        "path": file.path,
        "uri": uri,
        "terms": terms,
        "kind": kind,
        "format": stored.file.format if stored else formats.NATIVE.id,
        "evidence": stored.file.evidence if stored else "",
        "findings": len(findings.problems) if findings else 0,
    }


def guide_row(
    file: Contents, comparisons: Iterable[tuple[str, Contrast]], session: Session
) -> dict[str, Json]:
    """Return the introduction of a glossary file, and its comparisons, as a row of `glossary_ls/guides`."""
    guide = file.head.guide
    return {
        "glossary": file.head.name or paths.name(file.path),
        "kind": _kind_of(file.path, session),
        "uri": session.library.uri(file.path),
        "title": guide.title if guide else "",
        "text": guide.text if guide else "",
        "points": _strings(guide.points) if guide else [],
        "comparisons": [
            {"term": name, "other": contrast.term, "difference": contrast.difference}
            for name, contrast in comparisons
        ],
    }


def _kind_of(path: str, session: Session) -> str:
    """Return where a glossary file comes from: the program, the user or the workspace."""
    if is_built_in(path):
        return "builtIn"
    user = session.workspace.files.user_folder
    return "user" if user and paths.is_within(path, user) else "workspace"


def _place(term: Term, session: Session, files: dict[str, dict[str, Json]]) -> dict[str, Json]:
    """Return the place of an entry; `files` holds what is the same for all terms of a file."""
    found = session.workspace.store.locate(term)
    if found is None:
        return {"glossary": "", "kind": "workspace", "uri": None, "line": None}
    path = found.file.path
    if path not in files:
        files[path] = {
            "glossary": found.file.head.name or paths.name(path),
            "kind": _kind_of(path, session),
            "uri": session.library.uri(path),
        }
    return {**files[path], "line": found.line}


def _strings(values: Iterable[str]) -> list[Json]:
    return list(values)
