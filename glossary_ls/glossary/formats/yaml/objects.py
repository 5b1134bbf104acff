"""The native format in the syntax of JSON, whose nodes are those of YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.glossary.formats.yaml.entry import Nameless, NodeReader, by_span
from glossary_ls.glossary.model import Entry, GlossaryFile
from glossary_ls.markup.yaml_nodes import Scalar, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary_ls.base.model import Problem
    from glossary_ls.base.text import Text
    from glossary_ls.markup.yaml_nodes import Mapping

#: The key of a text for programs that know nothing of the file.
_COMMENT = "$comment"


def read_native(path: str, text: Text, root: Mapping, problems: Iterable[Problem]) -> GlossaryFile:
    """Read the entries and the head of an object; `problems` are those of its syntax. Never raises."""
    reader = NodeReader(text.source)
    known = tuple(pair for pair in root.pairs if not _is_comment(pair[0]))
    head = reader.head(replace(root, pairs=known), is_full=True)
    items: list[Entry] = []
    starts: list[int] = []
    for item, start in reader.entries(value_of(root, "terms"), is_file=True):
        reader.take(item, start)
        if not isinstance(item, Nameless):
            items.append(item)
            starts.append(start)
    every = sorted((*problems, *reader.problems), key=by_span)
    evidence = "an object with the keys of a native glossary" if items else ""
    return GlossaryFile(
        path,
        text,
        head=head,
        items=tuple(items),
        starts=tuple(starts),
        keys=tuple(sorted(reader.keys, key=by_span)),
        problems=tuple(every),
        evidence=evidence,
    )


def _is_comment(key: object) -> bool:
    return isinstance(key, Scalar) and key.value == _COMMENT
