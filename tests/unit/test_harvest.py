"""What the glossary lacks: finding it in a document, merging what documents have, and the ranking."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.model import Term
from glossary_ls.base.text import Text
from glossary_ls.features.harvest.found import Harvest, merged
from glossary_ls.features.harvest.gathering import harvest
from glossary_ls.features.harvest.ranking import Missing, missing_acronyms, missing_phrases
from glossary_ls.features.harvest.writing import note, with_entries, with_term
from glossary_ls.glossary import formats
from glossary_ls.glossary.index import build
from glossary_ls.settings.schema import Settings

GLOSSARY = build(
    [formats.parse("/ws/glossary.yaml", Text("shard map: where the shards are\nBQX: Big Queue\n"))]
)

DOCUMENTS = {
    "a.md": (
        "# Draining nodes\n\nThe Order Intake Gateway (OIG) writes to the order ledger. The BQX and the "
        "shard map are full.\nSee the order ledger of the VVQ; the VVQ reads a late order ledger.\n"
    ),
    "b.md": "The Order Input Gate (OIG) feeds the order ledgers. Ask the VVQ.\n",
    "c.md": "The Order Intake Gateway (OIG) is old. A late order ledger, the late order ledger of the QXZ.\n",
    "d.md": "Look at the Xylophone. <!-- glossary-ls: ignore-file -->\n\nThe ZZQ and the QXZ.\n",
}


def of(name: str, text: str) -> Harvest:
    return harvest(name, text, "markdown", Settings(), GLOSSARY)


PARTS = [of(name, text) for name, text in DOCUMENTS.items()]
WHOLE = merged(PARTS)


def acronyms(found: Harvest) -> dict[str, Missing]:
    return {each.name: each for each in missing_acronyms(found)}


def phrases(text: str, fewest: int = 1) -> list[str]:
    return [each.name for each in missing_phrases(of("x.md", text), fewest)]


def test_acronyms_are_in_the_order_of_documents_and_uses() -> None:
    found = acronyms(WHOLE)
    assert list(found) == ["OIG", "VVQ", "QXZ"]
    assert (found["OIG"].documents, found["OIG"].uses) == (3, 3)
    assert (found["VVQ"].documents, found["VVQ"].uses) == (2, 3)
    assert found["VVQ"].places == (("a.md", 4), ("b.md", 1))


def test_the_definition_of_most_documents_is_proposed_and_others_are_a_conflict() -> None:
    found = acronyms(WHOLE)["OIG"]
    assert found.long == "Order Intake Gateway"
    assert found.is_conflict
    assert note(found).endswith("; defined in a.md:3, but 'Order Input Gate' in b.md:1")
    assert not acronyms(WHOLE)["VVQ"].is_conflict


def test_a_definition_in_the_plural_is_proposed_in_the_singular() -> None:
    found = merged(of(name, "The Order Intake Gateways (OIGs) are up.\n") for name in ("a.md", "b.md"))
    assert acronyms(found)["OIG"].long == "Order Intake Gateway"


def test_what_one_document_defines_and_no_other_uses_is_not_missing() -> None:
    assert acronyms(merged([of("a.md", "The Order Intake Gateway (OIG). The OIG.\n")])) == {}


def test_words_with_the_initials_are_a_guess_and_a_definition_is_better() -> None:
    guess = of("a.md", "Look at the Quantum Xylophone Zither.\n\nThe QXZ is down.\n")
    assert note(acronyms(guess)["QXZ"]) == (
        "1 use in 1 document: a.md:3; guessed from words with these initials (a.md:1)"
    )
    defined = merged([guess, of("b.md", "The Quick Xenon Zone (QXZ).\n")])
    assert acronyms(defined)["QXZ"].long == "Quick Xenon Zone"


def test_a_directive_hides_acronyms_and_a_setting_accepts_names() -> None:
    assert "QXZ" not in of("d.md", DOCUMENTS["d.md"]).acronyms
    settings = Settings(accept=frozenset({"VVQ", "OIG", "order ledger"}))
    found = harvest("a.md", DOCUMENTS["a.md"], "markdown", settings, GLOSSARY)
    assert not found.acronyms
    assert "order ledger" not in found.phrases


def test_an_entry_without_an_explanation_is_missing_and_explained_in_place() -> None:
    source = "# Ours\nterms:\n  - term: OIG\n    expansion: ''\n  - term: AAB\n    expansion: An Able Bee\n"
    glossary = build([formats.parse("/ws/glossary.yaml", Text(source))])
    parts = [harvest(name, text, "markdown", Settings(), glossary) for name, text in DOCUMENTS.items()]
    found = missing_acronyms(merged(parts))
    assert found[0].name == "OIG"
    written = with_entries("/ws/glossary.yaml", source, found[:1])
    assert written
    assert written.startswith("# Ours\nterms:\n  # 3 uses in 3 documents: a.md:3, ")
    assert "    expansion: 'Order Intake Gateway'\n" in written
    assert with_entries("/ws/glossary.yaml", written, found[:1]) is None


def test_phrases_are_words_of_running_text() -> None:
    assert phrases(
        "# Draining Nodes Slowly\n\n"
        "The **warm standby** is on. Use the `cold standby`, or the\nblast radius of a shard map.\n"
        "You can drain node pools and quickly restart them. The LEFT JOIN of the myPool node is slow.\n"
        "An environment variable says so. The node drains the pool. Draining nodes is for the brave.\n"
    ) == ["blast radius", "warm standby"]


def test_a_phrase_of_another_language_is_none() -> None:
    german = "Der Dienst startet neu, weil die Warteschlange voll ist und der Knoten steht. " * 10
    assert phrases(german) == []


def test_spellings_are_one_phrase_and_parts_of_a_longer_one_are_no_phrases() -> None:
    text = "The order ledgers. The order-ledger. An Order ledger. The late order ledger is late. "
    assert phrases(text) == ["order ledger", "late order ledger"]
    assert phrases("The key rotation window is short. " * 4) == ["key rotation window"]


def test_a_phrase_that_an_acronym_stands_for_is_no_phrase() -> None:
    text = "The order intake gateway is up. The Order Intake Gateway (OIG) is down."
    assert phrases(text) == []


def test_spread_counts_for_phrases() -> None:
    texts = ["The hot shard is one. "] * 3 + ["The cold shard is one. " * 3]
    found = merged(of(f"{number}.md", text) for number, text in enumerate(texts))
    assert [each.name for each in missing_phrases(found)] == ["hot shard", "cold shard"]


@given(st.permutations(PARTS), st.integers(0, 4), st.integers(0, 4))
def test_results_are_merged_in_any_order_and_grouping(order: list[Harvest], one: int, two: int) -> None:
    first, second = sorted((one, two))
    groups = [merged(order[:first]), merged(order[first:second]), merged(order[second:])]
    assert merged(groups) == WHOLE
    assert merged([groups[0], merged(groups[1:])]) == merged([merged(groups[:2]), groups[2]]) == WHOLE


def test_a_result_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(WHOLE)) == WHOLE  # noqa: S301  because it is our own


@pytest.mark.parametrize(
    "source", [None, "OIG: Order Intake Gateway\n", "terms: [{term: AAB, expansion: x}]\n"]
)
def test_entries_are_added_once_to_a_glossary_of_any_shape(source: str | None) -> None:
    found = (*missing_acronyms(WHOLE), *missing_phrases(WHOLE))
    written = with_entries("/ws/glossary.yaml", source, found)
    assert written
    file = formats.parse("/ws/glossary.yaml", Text(written))
    assert not file.problems
    names = [term.name for term in file.terms]
    assert sorted(set(names)) == sorted(names)
    assert {"OIG", "VVQ", "QXZ", "order ledger"} <= set(names)
    assert with_entries("/ws/glossary.yaml", written, found) is None
    term = with_term("/ws/glossary.yaml", written, Term("VVQ", "Very Vocal Queue"))
    assert term
    assert "Very Vocal Queue" in term
