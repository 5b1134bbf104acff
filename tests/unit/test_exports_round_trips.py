"""Round trips: what a writer writes is read back as the same terms, as far as both formats can say it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.model import AliasKind, Status, Term
from glossary_ls.base.text import Text
from glossary_ls.glossary.exports import WRITERS
from glossary_ls.glossary.exports.export import ALL_HEAD, ALL_KEYS
from glossary_ls.glossary.exports.prose import plain
from glossary_ls.glossary.formats import parse

from .examples import FEW_EXAMPLES, FEWEST_EXAMPLES
from .exported import HEAD, NAME, ODD_NAME, QWB, only, terms, write, writer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.glossary.exports import Writer
    from glossary_ls.glossary.model import GlossaryFile, Head

SYNONYM, AVOID = AliasKind.SYNONYM, AliasKind.AVOID


@dataclass(frozen=True, slots=True)
class Limits:
    """What the values of a format cannot be.

    `kinds` are those of aliases that it tells apart, `statuses` those that it can say. `is_plain`: texts lose
    their markup and their line ends. `is_listed`: the statements about a term have no order. `is_known`: a
    relation needs both terms. `needs_expansion`: there is no term without. `names` are those that it can
    hold.
    """

    kinds: frozenset[AliasKind] = frozenset(AliasKind)
    statuses: frozenset[Status] = frozenset(Status)
    is_plain: bool = False
    is_listed: bool = False
    is_known: bool = False
    needs_expansion: bool = False
    names: st.SearchStrategy[str] = ODD_NAME


_DEPRECATED = frozenset({Status.ACTIVE, Status.DEPRECATED})

#: A row for each format that can be written and read.
LIMITS = {
    "yaml": Limits(),
    "json": Limits(),
    "csv": Limits(),
    "markdown": Limits(),
    "jsonld": Limits(frozenset({SYNONYM}), is_plain=True),
    "skos": Limits(statuses=_DEPRECATED, is_plain=True, is_listed=True, is_known=True),
    "tbx": Limits(statuses=_DEPRECATED, is_plain=True),
    "contextive": Limits(),
    # Names in markup are interpreted by other programs, too.
    "sphinx": Limits(frozenset({SYNONYM}), is_plain=True, names=NAME),
    "latex": Limits(is_plain=True, is_known=True, names=NAME),
    "mkdocs": Limits(frozenset({SYNONYM}), needs_expansion=True, names=NAME),
    "docusaurus": Limits(frozenset({SYNONYM}), is_plain=True, is_known=True, needs_expansion=True),
}

TWO_WAY = tuple(each for each in WRITERS if each.kept)
every_pair = pytest.mark.parametrize("each", TWO_WAY, ids=lambda each: each.id)
every_hop = pytest.mark.parametrize(
    ("first", "second"), [*permutations(TWO_WAY, 2)], ids=lambda each: each.id
)


def test_every_format_that_is_read_back_has_limits() -> None:
    assert {each.id for each in TWO_WAY} == set(LIMITS)
    assert all(each.kept <= each.keys for each in WRITERS)


# --- one format -------------------------------------------------------------------------------------------


@every_pair
@FEW_EXAMPLES
@given(data=st.data())
def test_what_is_written_is_read_back(each: Writer, data: st.DataObject) -> None:
    given_terms = data.draw(_sayable((each,)))
    kept = [only(term, each.kept) for term in given_terms]
    found = write(each.id, *kept)
    assert not found.left_out
    assert _comparable(_read(each, found.text).terms, each.kept, (each,)) == _comparable(
        kept, each.kept, (each,)
    )


@every_pair
@FEW_EXAMPLES
@given(data=st.data())
def test_what_is_kept_survives_beside_everything_else(each: Writer, data: st.DataObject) -> None:
    given_terms = data.draw(_sayable((each,)))
    # What has no place of its own may be a part of the definition.
    keys = each.kept if each.kept == ALL_KEYS else each.kept - {"definition"}
    read = _read(each, write(each.id, *given_terms).text)
    told = [term for term in given_terms if each.id != "mkdocs" or term.expansion]
    assert _comparable(told, keys, (each,)) == _comparable(
        [term for term in read.terms if each.id != "mkdocs" or term.expansion], keys, (each,)
    )


@pytest.mark.parametrize("each", WRITERS, ids=lambda each: each.id)
@FEW_EXAMPLES
@given(data=st.data())
def test_the_report_names_what_is_not_carried_over(each: Writer, data: st.DataObject) -> None:
    given_terms = data.draw(_sayable((each,)))
    left_out = write(each.id, *given_terms).left_out
    for item, term in enumerate(given_terms, 1):
        reported = {left.key for left in left_out if left.item and left.item.line == item}
        missing = {key for key in ALL_KEYS - each.keys if _says(term, key)}
        assert reported >= {"not_to_be_confused_with" if key == "contrasts" else key for key in missing}
        said = {"not_to_be_confused_with" if key == "contrasts" else key for key in missing}
        # A tooltip is too small for some of what it has a place for, and a list of words forbids no phrase.
        too_small = {"definition", "term"} if each.id == "mkdocs" else set() if each.kept else {"aliases"}
        assert reported - said <= too_small


def _says(term: Term, key: str) -> bool:
    return getattr(term, key) != getattr(Term(""), key) and not (key == "case" and term.case == "any")


@pytest.mark.parametrize("name", ["yaml", "json", "markdown"])
def test_the_head_is_read_back(name: str) -> None:
    file = parse(f"/w/{writer(name).file}", Text(write(name, QWB, head=HEAD).text))
    # Markdown has the aliases in the order of their kinds.
    terms = [replace(term, aliases=QWB.aliases) for term in file.terms]
    assert (terms, file.problems) == ([QWB], ())
    assert {alias for term in file.terms for alias in term.aliases} == set(QWB.aliases)
    assert _head(file.head, name) == _head(HEAD, name)


def _head(head: Head, name: str) -> dict[str, object]:
    return {key: getattr(head, key) for key in ("name", *(ALL_HEAD & writer(name).head))}


@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    name=st.text("aÄ:#'\"-?{}[],&*!|>%@`~ 1n\t", min_size=1),
)
@pytest.mark.parametrize("format_id", ["yaml", "json"])
def test_the_native_keys_hold_any_text(format_id: str, text: str, name: str) -> None:
    # Blanks around a text, and those of an empty line, are none of it.
    text = "\n".join(line if line.strip() else "" for line in text.strip().split("\n")).strip() or "text"
    name = name.strip() or "name"
    wanted = Term(name, definition=text, summary=text, facts=(text,), owner=name, topics=(name,))
    file = parse(f"/w/{writer(format_id).file}", Text(write(format_id, wanted).text))
    assert file.terms == (wanted,)


# --- two formats ------------------------------------------------------------------------------------------


@every_hop
@FEWEST_EXAMPLES
@given(data=st.data())
def test_two_formats_keep_what_both_can_say(first: Writer, second: Writer, data: st.DataObject) -> None:
    both = (first, second)
    keys = first.kept & second.kept
    given_terms = [only(term, keys) for term in data.draw(_sayable(both))]
    there = _read(first, write(first.id, *given_terms).text).terms
    back = _read(second, write(second.id, *there).text).terms
    again = _read(first, write(first.id, *back).text).terms
    assert _comparable(again, keys, both) == _comparable(given_terms, keys, both)


# --- what a format can say --------------------------------------------------------------------------------


def _read(each: Writer, text: str) -> GlossaryFile:
    file = parse(f"/w/{each.file}", Text(text))
    assert not [problem for problem in file.problems if problem.severity != "information"]
    return file


@st.composite
def _sayable(draw: st.DrawFn, formats: Sequence[Writer]) -> tuple[Term, ...]:
    """Draw terms whose values each of some formats can hold, if it has a key for them."""
    limits = [LIMITS.get(each.id, Limits()) for each in formats]
    names = NAME if any(each.names is NAME for each in limits) else ODD_NAME
    drawn = draw(terms(names))
    kinds = frozenset(AliasKind).intersection(*(each.kinds for each in limits))
    statuses = frozenset(Status).intersection(*(each.statuses for each in limits))
    others = [term.name for term in drawn]
    found = []
    for term in drawn:
        own = {term.name, term.expansion}
        aliases = tuple(alias for alias in term.aliases if alias.kind in kinds and alias.name not in own)
        changed = replace(term, aliases=aliases)
        if term.status not in statuses:
            changed = replace(changed, status=Status.ACTIVE)
        if any(each.is_known for each in limits):
            related = tuple(name for name in others if name != term.name)
            changed = replace(changed, related=related, replaced_by=next(iter(related), ""))
        if any(each.needs_expansion for each in limits) and not term.expansion:
            changed = replace(changed, expansion=f"{term.name} {term.name}")
        found.append(changed)
    return tuple(found)


def _comparable(
    given_terms: Sequence[Term], keys: frozenset[str], formats: Sequence[Writer]
) -> list[tuple[str, list[object]]]:
    """Return terms without what the formats do not keep."""
    limits = [LIMITS[each.id] for each in formats]
    is_plain = any(each.is_plain for each in limits)
    is_listed = any(each.is_listed for each in limits)
    found = [
        (term.name, [_value(getattr(term, key), is_plain, is_listed) for key in sorted(keys)])
        for term in given_terms
    ]
    return sorted(found)


def _value(value: object, is_plain: bool, is_listed: bool) -> object:  # noqa: FBT001  because both are flags of a format
    if isinstance(value, tuple):
        values = [_value(each, is_plain, is_listed) for each in value]
        # Aliases are in the order of their kinds.
        is_aliases = any(hasattr(each, "kind") for each in value)
        return sorted(values, key=repr) if is_listed or is_aliases else values
    if isinstance(value, str) and is_plain:
        return " ".join(plain(value).split())
    return value
