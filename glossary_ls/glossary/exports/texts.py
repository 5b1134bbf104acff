"""What several writers say in the same way: explanations, orders, letters and anchors.

It must not know the syntax of any file but Markdown.
"""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.names import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from glossary_ls.base.model import Term
    from glossary_ls.glossary.exports.export import Item

#: The heading of what starts with neither a letter nor a digit.
OTHER = "#"

_SPECIAL = lazily(r"([\\`*_\[\]<>|~])")
_GAP = lazily(r"[\W_]+")
_ASCII_GAP = lazily(r"[^a-z0-9]+")


def explanation(term: Term, *, examples: bool = True) -> str:
    """Return everything that explains a term, in Markdown: summary, definition, facts and examples."""
    parts = [sentence(term.summary), term.definition, _listed(term.facts)]
    if examples and len(term.examples) == 1:
        parts.append(f"Example: {term.examples[0]}")
    elif examples and term.examples:
        parts.append(f"Examples:\n\n{_listed(term.examples)}")
    return "\n\n".join(filter(None, parts))


def escaped(text: str) -> str:
    """Return a text such that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


class Names:
    """Which of some terms a name means, by its place among them."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._places: dict[str, int] = {}
        every = list(terms)
        # A term's own name goes before the aliases and expansions of others.
        rows = chain(
            ((term.name, place) for place, term in enumerate(every)),
            ((name, place) for place, term in enumerate(every) for name in (*term.names, term.expansion)),
        )
        for name, place in rows:
            if name:
                self._places.setdefault(key(name), place)

    def place(self, name: str) -> int | None:
        """Return the place of the term with a name, or None."""
        return self._places.get(key(name))


def sentence(text: str) -> str:
    """Return a short text as a sentence, or nothing."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}" if text else ""


def _listed(items: Iterable[str]) -> str:
    return "\n".join("- " + item.replace("\n", "\n  ") for item in items)


# --- orders -----------------------------------------------------------------------------------------------


def in_order(items: Iterable[Item]) -> list[Item]:
    """Return terms in alphabetical order, whatever their case and accents."""
    return sorted(items, key=_place)


def _place(item: Item) -> tuple[bool, str, str, str]:
    name = item.term.name
    first = letter(name)
    return first != OTHER, first, _GAP.sub(" ", _unmarked(name).casefold()).strip(), name


def letter(name: str) -> str:
    """Return the letter under which a name is listed: without accent, and upper case."""
    first = next((character for character in _unmarked(name) if character.isalnum()), "")
    return first.upper()[:1] if first.isalpha() else OTHER


def by_letter(items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
    """Yield the letters, each with its terms in order."""
    for first, group in groupby(in_order(items), key=lambda item: letter(item.term.name)):
        yield first, list(group)


def _unmarked(name: str) -> str:
    return "".join(character for character in normalize("NFKD", name) if not combining(character))


# --- anchors ----------------------------------------------------------------------------------------------


def anchors(names: Sequence[str], made: Callable[[str], str], gap: str = "-") -> list[str]:
    """Return an anchor for each name, all of them different: a number is added where one is taken."""
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    found = []
    for name in names:
        base = made(name)
        anchor = base
        while anchor in taken:
            numbers[base] = numbers.get(base, 0) + 1
            anchor = f"{base}{gap}{numbers[base]}"
        taken.add(anchor)
        found.append(anchor)
    return found


def slug(name: str) -> str:
    """Return a name as a part of an address: letters and digits of any script, and hyphens."""
    return _GAP.sub("-", name.lower()).strip("-") or "term"


def ascii_slug(name: str) -> str:
    """Return a name as a key of ASCII letters, digits and hyphens."""
    return _ASCII_GAP.sub("-", _unmarked(name).lower()).strip("-") or "term"
