"""The output formats of `glossary-ls check`, one module each.

A reporter turns rows into the lines that are printed; it must not know how they were found, and prints
nothing itself. Whatever a document contains, what it returns has no control characters. Start with `row`,
what a reporter is given, and `concise`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from glossary_ls.cli.reporters import concise, full

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from glossary_ls.cli.reporters.look import Look
    from glossary_ls.cli.reporters.row import Row


def _late(module: str) -> Callable[[Iterable[Row]], Iterator[str]]:
    """Return the reporter of a module that is loaded when it has to report."""

    def report(rows: Iterable[Row]) -> Iterator[str]:
        yield from import_module(f"{__name__}.{module}").report(rows)

    return report


#: The formats for people, whose reporters are also given how the report looks.
FOR_PEOPLE: Mapping[str, Callable[[Iterable[Row], Look], Iterator[str]]] = {
    "full": full.report,
    "concise": concise.report,
}

#: The values of `--output-format`, each with its reporter.
REPORTERS: Mapping[str, Callable[[Iterable[Row]], Iterator[str]]] = {
    "full": full.report,
    "concise": concise.report,
    "json": _late("json_list"),
    "json-lines": _late("json_lines"),
    "sarif": _late("sarif"),
    "github": _late("github"),
    "gitlab": _late("gitlab"),
    "azure": _late("azure"),
    "checkstyle": _late("checkstyle"),
    "junit": _late("junit"),
    "rdjson": _late("rdjson"),
}
