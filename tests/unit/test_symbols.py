"""Finding terms by a query: quick, and in the order in which a slow search would have them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.model import Alias, Term
from glossary_ls.features.symbols import workspace_symbols
from glossary_ls.glossary.index import Glossary, build, key
from tests.glossaries import file_of

NAMES = st.text("ab -*[", min_size=1, max_size=6).filter(str.strip)
TERMS = st.builds(
    lambda name, aliases: Term(name, aliases=tuple(map(Alias, aliases))),
    NAMES,
    st.lists(NAMES, max_size=2),
)
GLOSSARIES = st.lists(
    st.lists(TERMS, max_size=8).map(lambda terms: build([file_of("g.yaml", terms)])),
    max_size=3,
)


def slow(glossaries: list[Glossary], query: str) -> list[int]:
    """Return the ids of the terms that fit, found name by name."""
    wanted = key(query)
    rows = [(name, term) for glossary in glossaries for name, _, term in glossary.names]

    def rank(name: str) -> int:
        if name.startswith(wanted):
            return 0 if name == wanted else 1
        return 2 if f" {wanted}" in name else 3

    found = [(rank(name), len(name), name, term) for name, term in rows if wanted in name]
    if not found:
        found = [(0, len(name), name, term) for name, term in rows if in_order(wanted, name)]
    found.sort(key=lambda each: each[:3])
    return list(dict.fromkeys(id(term) for *_, term in found))


def in_order(characters: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in characters)


@given(GLOSSARIES, st.text("ab -*[\n", max_size=5))
def test_a_query_finds_what_a_slow_search_finds_in_its_order(glossaries: list[Glossary], query: str) -> None:
    assert [id(each.term) for each in workspace_symbols(glossaries, query)] == slow(glossaries, query)


def test_a_query_that_fits_many_terms_gives_the_closest() -> None:
    terms = [Term(f"service {number}") for number in range(1000)]
    found = workspace_symbols([build([file_of("g.yaml", terms)])], "service")
    assert [each.term.name for each in found[:12]] == [
        *(f"service {number}" for number in range(10)),
        "service 10",
        "service 11",
    ]
    assert len(found) == 200
