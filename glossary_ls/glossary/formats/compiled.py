"""The built-in glossaries in a form that is read some ten times faster: the terms as JSON.

What only editors ask for, the places of values and keys, is read from the YAML of an entry when it is asked
for. A form that was made of another text is not used. This module must not know where the texts are kept.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from glossary_ls.base import memo
from glossary_ls.base.dataclass import fields, is_dataclass
from glossary_ls.base.memo import lazy
from glossary_ls.base.model import Alias, AliasKind, CaseRule, Contrast, Question, Status, Term
from glossary_ls.base.text import Span, Text
from glossary_ls.glossary.model import Entry, GlossaryFile, Guide, Head, Key, Role, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from glossary_ls.glossary.formats.yaml.entry import Nameless

#: How the values of a term and of a head that are not strings are written.
_OF_TERM: Mapping[str, Callable[[Any], object]] = {
    "aliases": lambda rows: tuple([Alias(name, AliasKind(kind)) for name, kind in rows]),
    "contrasts": lambda rows: tuple([Contrast(*row) for row in rows]),
    "questions": lambda rows: tuple(
        [Question(question, answer, tuple(about)) for question, answer, about in rows]
    ),
    "status": Status,
    "case": CaseRule,
    **dict.fromkeys(("facts", "examples", "topics", "related", "scope"), tuple),
}
_OF_HEAD: Mapping[str, Callable[[Any], object]] = {
    "guide": lambda row: Guide(row[0], row[1], tuple(row[2])),
    **dict.fromkeys(("accept", "exclude"), tuple),
}


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
        Head(**_given(whole["head"], _OF_HEAD)),
        tuple(
            [
                _Entry(
                    Term(**_given(term, _OF_TERM)),
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
            [_written(entry.term), entry.span.end, entry.name.span, entry.name.plain], ensure_ascii=False
        )
        for entry in file.items
    ]
    head = {
        "digest": _digest(file.text),
        "head": _written(file.head),
        "keys": [[each.span, each.name, each.below, each.value] for each in file.keys],
        "starts": file.starts,
    }
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "entries": [\n' + ",\n".join(entries) + "\n]}\n"


def _digest(text: Text) -> str:
    return blake2b(text.source.encode(), digest_size=16).hexdigest()


def _given(row: Mapping[str, Any], kinds: Mapping[str, Any]) -> dict[str, Any]:
    return {name: kinds[name](value) if name in kinds else value for name, value in row.items()}


def _written(value: Any) -> Any:  # noqa: ANN401  because it is JSON
    """Return the fields of a term or a head that are not the default, and lists for all that is in them."""
    return {
        each.name: _plain(getattr(value, each.name))
        for each in fields(value)
        if getattr(value, each.name) != each.default
    }


def _plain(value: Any) -> Any:  # noqa: ANN401  as above
    if is_dataclass(value):
        return [_plain(getattr(value, each.name)) for each in fields(value)]
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
