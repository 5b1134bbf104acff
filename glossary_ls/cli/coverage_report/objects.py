"""A report on coverage for scripts: everything that is known, as data for JSON. Lines count from 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.features.coverage.model import share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glossary_ls.features.coverage.model import DocumentCoverage, Explained, Tally
    from glossary_ls.features.coverage.report import AcronymRow, Report, TermRow

_Object = dict[str, object]


def as_object(report: Report) -> _Object:
    """Return the report."""
    return {
        "version": 1,
        "date": report.day.isoformat(),
        **_terms(report.terms),
        "acronyms": [_acronym(row) for row in report.acronyms],
        "entries": [_entry(row) for row in report.entries],
        "folders": [
            {"path": row.folder, "documents": row.documents, "uses": row.uses, **_terms(row.terms)}
            for row in report.folders
        ],
        "owners": [
            {
                "owner": row.owner,
                "entries": row.entries,
                "unused": row.unused,
                "review_overdue": row.overdue,
                "uses": row.uses,
            }
            for row in report.owners
        ],
        "documents": [_document(row) for row in report.documents],
    }


def _terms(terms: Mapping[Explained, int]) -> _Object:
    """Return the share without the errors of floating point, and the counts that it is made of."""
    return {
        "explained_percent": round(share(terms), 4),
        "terms": {str(each): number for each, number in terms.items()},
    }


def _acronym(row: AcronymRow) -> _Object:
    defined = [{"path": each.path, "line": each.line, "expansion": each.long} for each in row.defined]
    return {"name": row.name, **_tally(row.tally), "defined_in": defined}


def _entry(row: TermRow) -> _Object:
    term = row.term
    return {
        "name": term.name,
        "expansion": term.expansion,
        "glossary": row.glossary,
        "line": row.line,
        "in_workspace": row.is_own,
        "status": str(term.status),
        "owner": term.owner,
        "reviewed": term.reviewed,
        "review_overdue": row.is_overdue,
        **_tally(row.tally),
    }


def _tally(tally: Tally) -> _Object:
    return {
        "uses": tally.uses,
        "documents": tally.documents,
        "used_in": [{"path": each.path, "line": each.line, "uses": each.uses} for each in tally.spots],
    }


def _document(row: DocumentCoverage) -> _Object:
    findings = [
        {"name": use.name, "explained": str(use.explained), "uses": use.uses, "line": use.line}
        for use in row.findings
    ]
    return {"path": row.path, "uses": row.uses, **_terms(row.terms), "findings": findings}
