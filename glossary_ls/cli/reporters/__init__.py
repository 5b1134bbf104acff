"""The output formats of `glossary-ls check`, one module each.

A reporter turns rows into the lines that are printed; it must not know how they were found, and prints
nothing itself. Start with `row`, what a reporter is given, and `text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.reporters import json_list, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from glossary_ls.cli.reporters.row import Row

#: The values of `--format`, each with its reporter.
REPORTERS: Mapping[str, Callable[[Iterable[Row]], Iterator[str]]] = {
    "text": text.report,
    "json": json_list.report,
}
