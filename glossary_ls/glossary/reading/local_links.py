"""Links inside of a page: text in definitions, and related terms where they lead to other entries.

A reader writes them as `[text](#target)`. This module must not know any markup language but Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.names import key
from glossary_ls.glossary.reading.drafts import Piece
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.names import read_name

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping

    from glossary_ls.glossary.reading.drafts import Draft
    from glossary_ls.glossary.reading.outline import Node

_LOCAL = lazily(r"\[([^\[\]\n]*)\]\(#((?:[^()\n]|\([^()\n]*\))*)\)")


_LONG = frozenset({Field.EXPANSION, Field.LONG_FORM})


def anchors_of(nodes: Iterable[Node]) -> dict[str, str]:
    """Return the name of each node that has one, by its anchors."""
    return {anchor: node.names[0].text for node in nodes if node.names for anchor in node.anchors}


def linked(drafts: Iterable[Draft], anchors: Mapping[str, str]) -> Iterator[Draft]:
    """Yield drafts in which links inside of the page are text, and those to other entries related terms."""
    drafts = list(drafts)
    names = dict(_names(drafts))
    for draft in drafts:
        related: list[str] = []

        def text_of(found: re.Match[str], related: list[str] = related) -> str:
            text, target = found[1].strip(), found[2].strip()
            name = anchors.get(target) or target
            known = names.get(key(name)) or names.get(key(text))
            if known:
                related.append(known)
            name = known or anchors.get(target, "")
            return text or name or target.replace("_", " ").replace("-", " ")

        definition = _LOCAL.sub(text_of, draft.definition)
        fields = tuple(
            (field, piece._replace(text=_LOCAL.sub(text_of, piece.text)))
            for field, piece in draft.fields
            if not (field in _LONG and _leads_elsewhere(piece.text, anchors, names))
        )
        own = {key(name) for _, name in _names((draft,))}
        place = draft.body or draft.span
        more = (
            (Field.RELATED, Piece(name, place)) for name in dict.fromkeys(related) if key(name) not in own
        )
        yield replace(draft, definition=definition, fields=(*fields, *more))


def _leads_elsewhere(text: str, anchors: Mapping[str, str], names: Mapping[str, str]) -> bool:
    """Return whether a text is only the id of an entry that is in another file."""
    found = _LOCAL.fullmatch(text.strip())
    target = found[2].strip() if found and not found[1].strip() else ""
    return bool(target) and target not in anchors and key(target) not in names


def _names(drafts: Iterable[Draft]) -> Iterator[tuple[str, str]]:
    """Yield the name of each draft by the keys of all of its names."""
    for draft in drafts:
        name = read_name(draft.names[0].text).name if draft.names else ""
        for piece in draft.names:
            read = read_name(piece.text)
            for each in (piece.text, read.name, read.expansion, *(alias.name for alias in read.aliases)):
                if each:
                    yield key(each), name
