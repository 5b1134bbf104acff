"""The parts of the page on the built-in glossaries that are made from them: counts and links."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from glossary_ls.glossary import store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.model import Term

_HEAD = """\
| Glossary | Subject | Terms | Entries | Facts and examples | Comparisons | Questions | Last checked |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


def counts() -> str:
    """Return a table of the packs with what is in them."""
    return _HEAD + "".join(map(_row, store.pack_names()))


def pages() -> str:
    """Return the pages that the entries of each pack link to, by site."""
    return "\n".join(f"### {store.pack(name).head.name}\n\n{_sites(name)}" for name in _linking())


def _linking() -> Iterator[str]:
    return (name for name in store.pack_names() if any(term.url for term in store.pack(name).terms))


def _row(name: str) -> str:
    pack = store.pack(name)
    terms = pack.terms
    checked = max((term.reviewed for term in terms), default="")
    numbers = (
        len({term.name for term in terms}),
        len(terms),
        sum(len(term.facts) + len(term.examples) for term in terms),
        sum(len(term.contrasts) for term in terms),
        sum(len(term.questions) for term in terms),
    )
    subject = pack.head.description.rstrip(".")
    return f"| `{name}` | {subject} | {' | '.join(map(str, numbers))} | {checked} |\n"


def _sites(name: str) -> str:
    linking = sorted((term for term in store.pack(name).terms if term.url), key=_site)
    return "".join(_line(site, list(terms)) for site, terms in groupby(linking, key=_site))


def _site(term: Term) -> str:
    return urlsplit(term.url).netloc.removeprefix("www.")


def _line(site: str, terms: list[Term]) -> str:
    links = ", ".join(f"[{term.name}]({term.url})" for term in terms)
    return f"- **{site}**: {links}\n"
