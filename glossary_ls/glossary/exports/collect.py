"""The terms of several glossary files as one list: entries that complete each other become one.

It must not know how terms are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import fields, replace
from glossary_ls.base.model import Term
from glossary_ls.glossary.exports.export import Export, Item, LeftOut
from glossary_ls.glossary.model import Head
from glossary_ls.glossary.names import key
from glossary_ls.vfs.files import is_built_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from glossary_ls.glossary.model import GlossaryFile

_EMPTY = Term("")


def collect(
    files: Iterable[GlossaryFile], language: str = "en", topics: Collection[str] = ()
) -> tuple[Export, tuple[LeftOut, ...]]:
    """Return the terms of files, the nearest first, and what only a file further away says differently.

    Two entries of different files for one name are one term, unless they have different expansions or
    definitions; of a built-in glossary, there are only the terms that no other file has. `topics` are those
    that a term must have one of, whatever their case.
    """
    given = list(files)
    found = _Found()
    own = [file for file in given if not is_built_in(file.path)] or given
    shared = {file.head.license for file in own}
    for file in given:
        for placed in (*file.entries, *file.kept):
            term = _with_origin(placed.term, file.head, is_licensed=len(shared) > 1 or file not in own)
            found.take(Item(term, file.path, file.line_of(placed) + 1))
    wanted = {topic.casefold() for topic in topics}
    items = (
        item
        for item in found.items
        if not wanted or any(topic.casefold() in wanted for topic in item.term.topics)
    )
    head, left_out = _head(own)
    if len(shared) == 1:
        head = replace(head, license=own[0].head.license)
    return Export(head, tuple(items), language), (*left_out, *found.left_out)


def _with_origin(term: Term, head: Head, *, is_licensed: bool) -> Term:
    """Return a term with the source and, with `is_licensed`, the license of its file if it has none."""
    source = term.source or head.source
    license_ = term.license or (head.license if is_licensed else "")
    is_same = (source, license_) == (term.source, term.license)
    return term if is_same else replace(term, source=source, license=license_)


class _Found:
    """The terms that were found so far, and what was left out."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.left_out: list[LeftOut] = []
        self._places: dict[str, list[int]] = {}

    def take(self, item: Item) -> None:
        """Take a term of a file that is not nearer than those before."""
        places = self._places.setdefault(key(item.term.name), [])
        place = next((place for place in places if _is_same(self.items[place], item)), None)
        if place is None:
            places.append(len(self.items))
            self.items.append(item)
        elif not is_built_in(item.path):
            first = self.items[place]
            self.items[place] = first._replace(term=_completed(first.term, item.term))
            reason = f"another entry for {item.term.name!r} comes first, and says something else"
            self.left_out += (LeftOut(name, reason, item) for name in _differing(first.term, item.term))


def _is_same(first: Item, second: Item) -> bool:
    """Return whether the entry of a nearer file is for the term of another one."""
    if first.path == second.path or not _agree(key(first.term.expansion), key(second.term.expansion)):
        return False
    return is_built_in(second.path) or _agree(first.term.definition, second.term.definition)


def _agree(first: str, second: str) -> bool:
    return not first or not second or first == second


def _completed(first: Term, second: Term) -> Term:
    """Return a term with what its entry leaves out and another one has; lists are joined."""
    added: dict[str, object] = {}
    for name in _fields():
        ours, theirs = getattr(first, name), getattr(second, name)
        if isinstance(ours, tuple):
            added[name] = tuple(dict.fromkeys((*ours, *theirs)))
        elif ours == getattr(_EMPTY, name):
            added[name] = theirs
    # Each field gets a value that the other term has in it.
    return replace(first, **added)  # type: ignore[arg-type]  # the type checker cannot see that


def _differing(first: Term, second: Term) -> Iterator[str]:
    """Yield the fields with one value that two terms have different ones in."""
    for name in _fields():
        ours, theirs, empty = (getattr(term, name) for term in (first, second, _EMPTY))
        if not isinstance(ours, tuple) and len({ours, theirs, empty}) == len((ours, theirs, empty)):
            yield name


def _fields() -> Iterator[str]:
    return (field.name for field in fields(Term) if field.name != "name")


def _head(files: Iterable[GlossaryFile]) -> tuple[Head, list[LeftOut]]:
    """Return what files say beside their entries: the first name, text and guide, all accepted names."""
    heads = [(file, file.head) for file in files]
    left_out = []
    guides = [(file, head.guide) for file, head in heads if head.guide]
    for file, guide in guides[1:]:
        if guide != guides[0][1]:
            reason = "another glossary's guide comes first"
            left_out.append(LeftOut("guide", reason, Item(Term(file.head.name or "guide"), file.path, 1)))
    first = next((head for _, head in heads if head.name), Head())
    head = Head(
        first.name,
        next((head.description for _, head in heads if head.description), ""),
        guides[0][1] if guides else None,
        tuple(dict.fromkeys(word for _, head in heads for word in head.accept)),
    )
    return head, left_out
