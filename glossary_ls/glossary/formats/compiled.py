"""The built-in glossaries in a form that is read some ten times faster: the terms as JSON.

What only editors ask for, the places of values and keys, is read from the YAML of an entry when it is asked
for. A form that was made of another text is not used. This module must not know where the texts are kept.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.memo import lazy
from glossary_ls.base.text import Span, Text
from glossary_ls.glossary.as_json import head_of, term_of, written
from glossary_ls.glossary.model import Entry, GlossaryFile, Key, Role, Value

if TYPE_CHECKING:
    from glossary_ls.base.model import Term
    from glossary_ls.glossary.formats.yaml.entry import Nameless


class _Entry(Entry):
    """An entry of which the places are read when they are asked for; `piece` is its text to the next one."""

    def __init__(self, term: Term, end: int, name: Value, piece: str) -> None:
        known = {"term": term, "span": Span(2, end), "name": name, "source": piece[2:end], "_piece": piece}
        vars(self).update(known)

    if not TYPE_CHECKING:
        # In place of fields of the same names.
        values = lazy(lambda self: _places(self._piece).values)
        keys = lazy(lambda self: _places(self._piece).keys)


@memo.recent(64)
def _places(piece: str) -> Entry | Nameless:
    """Read an entry from its YAML."""
    from glossary_ls.glossary.formats.yaml.entry import NodeReader  # noqa: PLC0415  a check needs no YAML
    from glossary_ls.glossary.formats.yaml.split import Form, parsed  # noqa: PLC0415  as above

    # The entries are a list below a key, indented by two columns.
    form = Form(is_list=True, column=2, depth=1)
    return NodeReader(piece).entries(parsed(piece, form))[0][0]


def load(path: str, text: Text, compiled: str) -> GlossaryFile | None:
    """Return a built-in glossary from its compiled form; None if that was made of another text."""
    whole = json.loads(compiled)
    if whole["digest"] != _digest(text):
        return None
    starts = tuple(whole["starts"])
    pieces = [text.source[start:end] for start, end in zip(starts, (*starts[1:], len(text)), strict=True)]
    return GlossaryFile(
        path,
        text,
        "yaml",
        head_of(whole["head"]),
        tuple(
            [
                _Entry(
                    term_of(term),
                    end,
                    Value(Role.TERM, Span(*span), term["name"], plain),
                    piece,
                )
                for (term, end, span, plain), piece in zip(whole["entries"], pieces, strict=True)
            ]
        ),
        starts,
        tuple(
            [Key(Span(*span), name, tuple(below), Span(*value)) for span, name, below, value in whole["keys"]]
        ),
    )


def dump(file: GlossaryFile) -> str:
    """Return the compiled form of a built-in glossary, a line for each entry."""
    entries = [
        json.dumps(
            [written(entry.term), entry.span.end, entry.name.span, entry.name.plain], ensure_ascii=False
        )
        for entry in file.items
    ]
    head = {
        "digest": _digest(file.text),
        "head": written(file.head),
        "keys": [[each.span, each.name, each.below, each.value] for each in file.keys],
        "starts": file.starts,
    }
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "entries": [\n' + ",\n".join(entries) + "\n]}\n"


def _digest(text: Text) -> str:
    return blake2b(text.source.encode(), digest_size=16).hexdigest()
