"""Read a glossary in YAML: its entries, of which those that were read before are remembered.

The format is described in docs/glossary-format.md. A mistake costs the thing that it is in and nothing else:
of a file that stops being YAML the good entries are kept (see `salvage`). This module must not know how terms
are merged, matched or shown.
"""

from __future__ import annotations

import re
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.memo import WeightedMemo
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, Text
from glossary_ls.glossary.formats.memory import distinct, remembered
from glossary_ls.glossary.formats.yaml.entry import Nameless, NodeReader, by_span
from glossary_ls.glossary.formats.yaml.forms import body_of, has_head
from glossary_ls.glossary.formats.yaml.salvage import salvage
from glossary_ls.glossary.formats.yaml.split import Cut, Form, cut, parsed
from glossary_ls.glossary.model import Entry, GlossaryFile
from glossary_ls.markup.yaml_nodes import Mapping, Node, NotYamlError, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: A line with something other than a comment, a directive or a mark of a document, and such a mark.
_CONTENT = lazily(r"^(?!(?:---|\.\.\.)?[ \t\r]*+(?:#|$)|%).*+$", re.MULTILINE)
_MARK = lazily(r"^---(?=\s|\Z)", re.MULTILINE)

#: What is wrong with an entry; one without a name always has problems.
_PROBLEMS = attrgetter("problems")

#: The pieces of each file as it was read last.
_LAST: WeightedMemo[Cut[Entry | Nameless]] = WeightedMemo(8_000_000)


def read(path: str, source: str | Text) -> GlossaryFile:
    """Read a glossary from the text of the file at `path`. Never raises: mistakes come back as problems."""
    text = source if isinstance(source, Text) else Text(source)
    reader = NodeReader(text.source)
    file = GlossaryFile(path, text)

    def entry_of(piece: str, form: Form) -> Entry | Nameless:
        return remembered(path, form, piece, lambda: NodeReader(piece).entries(parsed(piece, form))[0][0])

    parts = cut(text.source, entry_of, _LAST.get(path))
    if parts is not None:
        _LAST.keep(path, parts, len(text))
        return _from_pieces(file, parts, reader)
    try:
        root = parse(text.source)
    except NotYamlError as problem:
        root, errors = salvage(text.source)
        return _from_root(file, root, reader, errors or (problem,))
    return _from_root(file, root, reader)


def _from_pieces(file: GlossaryFile, parts: Cut[Entry | Nameless], reader: NodeReader) -> GlossaryFile:
    items = distinct([item for item in parts.items if item])
    if parts.head is not None:
        file = replace(file, head=reader.head(parts.head, is_full=parts.has_head))
    return _file(file, items, [*compress(parts.ends, parts.items)], reader, parts.errors)


def _from_root(
    file: GlossaryFile, root: Node | None, reader: NodeReader, errors: Iterable[NotYamlError] = ()
) -> GlossaryFile:
    if isinstance(root, Mapping):
        file = replace(file, head=reader.head(root, is_full=has_head(root)))
    body = body_of(root)
    read = reader.entries(body, is_root=body is root, is_file=True)
    return _file(file, [item for item, _ in read], [start for _, start in read], reader, errors)


def _file(
    file: GlossaryFile,
    read: Sequence[Entry | Nameless],
    starts: Sequence[int],
    reader: NodeReader,
    errors: Iterable[NotYamlError],
) -> GlossaryFile:
    for item, start in compress(zip(read, starts, strict=True), map(_PROBLEMS, read)):
        reader.take(item, start)
    problems = [*(syntax_problem(error, file.text) for error in errors), *reader.problems]
    problems += _unread(file.text.source)
    return replace(
        file,
        items=tuple([item for item in read if isinstance(item, Entry)]),
        starts=tuple([start for item, start in zip(read, starts, strict=True) if isinstance(item, Entry)]),
        keys=tuple(sorted(reader.keys, key=by_span)),
        problems=tuple(sorted(problems, key=by_span)),
    )


def _unread(source: str) -> Iterator[Problem]:
    """Report a second document in a file, at the line with which it begins: only the first one is read."""
    first = _CONTENT.search(source) if "\n---" in source else None
    mark = _MARK.search(source, first.end()) if first else None
    if mark and _CONTENT.search(source, mark.end()):
        message = "only the first YAML document of a file is read, not what follows this line"
        yield Problem("invalid-yaml", message, Span(*mark.span()), Severity.WARNING)


def syntax_problem(problem: NotYamlError, text: Text) -> Problem:
    """Return what is reported where a file is no YAML."""
    at = min(problem.offset, len(text.source.rstrip()))
    line = text.line_span(text.line_index(at))
    span = Span(at, line.end) if at < line.end else line
    message = f"this is not valid YAML: {problem.message}; the entry is left out until it is mended"
    return Problem("invalid-yaml", message, span, Severity.ERROR)
