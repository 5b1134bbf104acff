"""SARIF 2.1.0, the format of code scanning, with the manual's page of each rule.

The specification: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from glossary_ls import __version__
from glossary_ls.base.paths import to_uri
from glossary_ls.cli.reporters.safe import json_rows, json_text
from glossary_ls.rules.pages import address_of, page_of, summary_of
from glossary_ls.vfs.files import manual_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glossary_ls.cli.reporters.row import Edit, Row

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {"error": "error", "warning": "warning"}

_Json = dict[str, object]


def report(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the log once all problems are known."""
    found = list(rows)
    codes = {code: index for index, code in enumerate(sorted({row.code for row in found}))}
    driver = {"name": "glossary-ls", "version": __version__, "rules": [*map(_rule, codes)]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"}
    log = json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})
    results = json_rows(_result(row, codes) for row in found)
    yield f'{log.removesuffix("}]}")}, "results": {results}}}]}}'


def _rule(code: str) -> _Json:
    page = manual_text(page_of(code))
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in code.split("-")),
        "shortDescription": {"text": summary_of(code)},
        "helpUri": address_of(code),
        "help": {"text": page, "markdown": page},
    }


def _result(row: Row, codes: Mapping[str, int]) -> _Json:
    artifact = {"uri": to_uri(row.path) if row.path.startswith("/") else quote(row.path, errors="replace")}
    place = {"artifactLocation": artifact, "region": _region(row)}
    found: _Json = {
        "ruleId": row.code,
        "ruleIndex": codes[row.code],
        "level": _LEVELS.get(row.severity, "note"),
        "message": {"text": row.message},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"glossaryLs/v1": row.fingerprint},
    }
    if row.fix:
        edits = [
            {"deletedRegion": _region(edit), "insertedContent": {"text": edit.new}} for edit in row.fix.edits
        ]
        changes = [{"artifactLocation": artifact, "replacements": edits}]
        found["fixes"] = [{"description": {"text": row.fix.title}, "artifactChanges": changes}]
    return found


def _region(place: Row | Edit) -> _Json:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
