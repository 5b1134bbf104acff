"""Round trips: what a writer writes is read back as the same terms, as far as both formats can say it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from glossary_ls.base.model import Alias, AliasKind, Term
from glossary_ls.base.text import Text
from glossary_ls.glossary.exports.export import ALL_KEYS
from glossary_ls.glossary.formats import parse

from .examples import FEW_EXAMPLES
from .exported import HEAD, QWB, only, terms, write, writer

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Pair:
    """A writer and the keys that the reader of its files finds again; `limited` leaves out what it cannot."""

    writer: str
    keys: frozenset[str]
    limited: Callable[[Term], Term] = lambda term: term


def _synonyms(term: Term) -> Term:
    """Return a term whose aliases have no kind and are other names, with an expansion only of an acronym.

    What is beside any other name is interpreted when it is read, and so are tags of HTML.
    """
    aliases = (Alias(alias.name) for alias in term.aliases if alias.kind is not AliasKind.AVOID)
    expansion = term.expansion if term.name.isupper() and term.name.isascii() and term.name.isalpha() else ""
    aliases = (alias for alias in aliases if alias.name not in {term.name, expansion})
    definition = term.definition.replace("<b>", "b")
    return replace(term, expansion=expansion, definition=definition, aliases=tuple(dict.fromkeys(aliases)))


#: A row for each pair of a writer and a reader.
PAIRS = (
    Pair("yaml", ALL_KEYS),
    Pair("csv", frozenset({"expansion", "definition", "aliases", "topics", "url", "source"}), _synonyms),
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.writer)
@FEW_EXAMPLES
@given(given_terms=terms())
def test_what_is_written_is_read_back(pair: Pair, given_terms: tuple[Term, ...]) -> None:
    wanted = [pair.limited(only(term, pair.keys)) for term in given_terms]
    file = parse(f"/w/{writer(pair.writer).file}", Text(write(pair.writer, *wanted).text))
    assert not file.problems
    assert {term.name: only(term, pair.keys) for term in file.terms} == {term.name: term for term in wanted}


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    name=st.text("aÄ:#'\"-?{}[],&*!|>%@`~ 1n\t", min_size=1),
)
def test_the_native_format_holds_any_text(text: str, name: str) -> None:
    # Blanks around a text, and those of an empty line, are none of it.
    text = "\n".join(line if line.strip() else "" for line in text.strip().split("\n")).strip() or "text"
    name = name.strip() or "name"
    wanted = Term(name, definition=text, summary=text, facts=(text,), owner=name, topics=(name,))
    file = parse("glossary.yaml", Text(write("yaml", wanted).text))
    assert file.terms == (wanted,)


def test_the_native_format_holds_the_head() -> None:
    file = parse("glossary.yaml", Text(write("yaml", QWB, head=HEAD).text))
    assert (file.terms, file.problems) == ((QWB,), ())
    assert replace(file.head, license=HEAD.license) == HEAD
    assert "\nlicense: CC0-1.0\n" in file.text.source


_WORDS = st.sampled_from(
    ["shard", "queue", "worker", "cell", "token", "batch", "replica", "cluster", "ledger", "broker"]
)


@st.composite
def _plain_terms(draw: st.DrawFn) -> tuple[Term, ...]:
    """Draw terms as people have them: a name of words or an acronym with its long form, and a sentence."""
    found: dict[str, Term] = {}
    for _ in range(draw(st.integers(4, 8))):
        words = draw(st.lists(_WORDS, min_size=2, max_size=4, unique=True))
        definition = f"How a {words[0]} and {draw(_WORDS)} & {draw(_WORDS)} share 50% of {draw(_WORDS)}_1."
        if draw(st.booleans()):
            name = "".join(word[0] for word in words).upper()
            found.setdefault(name, Term(name, expansion=" ".join(words).title(), definition=definition))
        else:
            found.setdefault(" ".join(words), Term(" ".join(words), definition=definition))
    return tuple(found.values())


#: The writers whose files read back as the same names, long forms and definitions.
_PLAIN = ("yaml", "csv", "markdown", "sphinx", "json", "contextive", "tbx", "latex")


@pytest.mark.parametrize("name", _PLAIN)
@FEW_EXAMPLES
@given(given_terms=_plain_terms())
def test_names_long_forms_and_definitions_survive(name: str, given_terms: tuple[Term, ...]) -> None:
    # A page with one heading below a letter is not taken for a glossary.
    assume(len(given_terms) > 1)
    file = parse(f"/w/{writer(name).file}", Text(write(name, *given_terms).text))
    assert not [problem for problem in file.problems if problem.severity != "information"]
    read = {term.name: (term.expansion, " ".join(term.definition.split())) for term in file.terms}
    assert read == {term.name: (term.expansion, term.definition) for term in given_terms}
