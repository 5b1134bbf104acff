"""The output formats of `glossary-ls check`, one module each.

A reporter turns rows into the lines that are printed; it must not know how they were found, and prints
nothing itself. Whatever a document contains, what it returns has no control characters. Start with `row`,
what a reporter is given, and `concise`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.reporters import (
    azure,
    checkstyle,
    concise,
    full,
    github,
    gitlab,
    json_lines,
    json_list,
    junit,
    rdjson,
    sarif,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from glossary_ls.cli.reporters.look import Look
    from glossary_ls.cli.reporters.row import Row

#: The formats for people, whose reporters are also given how the report looks.
FOR_PEOPLE: Mapping[str, Callable[[Iterable[Row], Look], Iterator[str]]] = {
    "full": full.report,
    "concise": concise.report,
}

#: The values of `--output-format`, each with its reporter.
REPORTERS: Mapping[str, Callable[[Iterable[Row]], Iterator[str]]] = {
    "full": full.report,
    "concise": concise.report,
    "json": json_list.report,
    "json-lines": json_lines.report,
    "sarif": sarif.report,
    "github": github.report,
    "gitlab": gitlab.report,
    "azure": azure.report,
    "checkstyle": checkstyle.report,
    "junit": junit.report,
    "rdjson": rdjson.report,
}
