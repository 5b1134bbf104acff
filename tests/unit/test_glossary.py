"""The merged index: who wins, what a name may mean, how terms refer to each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base.model import CaseRule
from glossary_ls.glossary.formats.yaml import read
from glossary_ls.glossary.index import Glossary, build, is_exact, key


def glossary(*sources: str) -> Glossary:
    """Build a glossary from YAML texts, the nearest first."""
    return build([read(f"{number}.yaml", source) for number, source in enumerate(sources)])


def meanings(index: Glossary, name: str) -> list[str]:
    """Return what a name may mean: the expansion or the definition of each sense."""
    return [term.expansion or term.definition for term in index.senses(name)]


def test_the_nearest_file_wins() -> None:
    index = glossary("token: A login secret.", "token: A piece of text.")
    assert meanings(index, "tokens") == ["A login secret."]
    assert [term.definition for term in index.terms] == ["A login secret."]


def test_another_expansion_is_another_sense() -> None:
    index = glossary("TP: Tensor Parallelism", "TP: Throughput", "TP: tensor parallelism")
    assert meanings(index, "TP") == ["Tensor Parallelism", "Throughput"]


def test_a_capital_s_is_no_plural_ending() -> None:
    index = glossary("GC: Garbage Collection\nnode: A machine.\nCSS: Cascading Style Sheets")
    assert meanings(index, "GCS") == []
    assert meanings(index, "GCs") == meanings(index, "GC's") == ["Garbage Collection"]
    assert meanings(index, "nodes") == meanings(index, "Nodes") == ["A machine."]
    assert meanings(index, "CSS") == ["Cascading Style Sheets"]


def test_senses_in_one_file_keep_their_order() -> None:
    index = glossary("- {term: SOC, expansion: System on a Chip}\n- {term: SOC, expansion: Security Centre}")
    assert meanings(index, "SOC") == ["System on a Chip", "Security Centre"]


@pytest.mark.parametrize(
    "name", ["fine-tuning", "Fine tuning", "fine_tuning", "fine\u00a0tuning", "fine-tunings", "fine-tuning's"]
)
def test_a_name_is_found_however_it_is_joined_and_inflected(name: str) -> None:
    assert meanings(glossary("fine-tuning: x y."), name) == ["x y."]


def test_a_term_is_found_by_its_expansion_and_aliases() -> None:
    index = glossary("- {term: SLA, expansion: Service Level Agreement, aliases: [uptime promise]}")
    for name in ("service level agreements", "Uptime promise"):
        assert [term.name for term in index.senses(name)] == ["SLA"]


def test_exact_respects_the_case_rule() -> None:
    index = glossary("- {term: REST, expansion: x y}\n- {term: pod, definition: z}")
    assert index.exact("REST")
    assert not index.exact("rest")
    assert index.exact("Pod")


@pytest.mark.parametrize(
    ("name", "rule", "exact"),
    [
        ("REST", None, True),
        ("vLLM", None, True),
        ("latency", None, False),
        ("KV cache", None, False),
        ("SAGEMAKER", None, False),
        ("P95", None, False),
        ("REST", CaseRule.ANY, False),
        ("Lambda", CaseRule.EXACT, True),
        ("lambda", CaseRule.EXACT, False),
    ],
)
def test_which_names_insist_on_their_capitals(name: str, rule: CaseRule | None, exact: bool) -> None:  # noqa: FBT001  a test parameter
    assert is_exact(name, rule) is exact


def test_contrasts_are_symmetric() -> None:
    index = glossary(
        "- term: latency\n  not_to_be_confused_with: [{term: throughput, difference: how long or how many}]\n"
        "- term: throughput\n"
    )
    (latency,) = index.senses("latency")
    (throughput,) = index.senses("throughput")
    assert [(other.term, other.difference) for other in index.contrasts(throughput)] == [
        ("latency", "how long or how many")
    ]
    assert [other.term for other in index.contrasts(latency)] == ["throughput"]


def test_a_question_is_shown_at_every_term_that_it_is_about() -> None:
    index = glossary(
        "- term: Bedrock\n  questions: [{question: Cheaper?, answer: It depends., about: [self-hosted]}]\n"
        "- term: self-hosted\n"
    )
    for name in ("Bedrock", "self-hosted"):
        assert [question.answer for question in index.questions(index.senses(name)[0])] == ["It depends."]


def test_prefixes_of_any_word_whole_names_first() -> None:
    index = glossary("balance: x y.\nload balancing: x y.\nballoon: x y.")
    assert [name for name, _ in index.starting_with("bal", 10)] == ["balance", "balloon", "load balancing"]
    assert [name for name, _ in index.starting_with("load b", 10)] == ["load balancing"]


@given(st.integers(1, 30))
def test_there_are_as_many_beginnings_as_are_wanted(most: int) -> None:
    index = glossary("".join(f"q{number} quartz: {number} quarts.\n" for number in range(20)))
    assert len(list(index.starting_with("q", most))) == min(most, 20)


def test_keys_fold_case_and_joiners() -> None:
    assert key(" Blue-Green\tDeployment ") == "blue green deployment"


def test_names_that_are_not_found_do_not_accumulate() -> None:
    index = glossary("SLO: Service Level Objective")
    assert meanings(index, "SLO") == ["Service Level Objective"]
    known = len(index._merged)
    for number in range(200):
        assert index.term(f"SLO{number}") is None
    assert len(index._merged) == known
    assert meanings(index, "SLO") == ["Service Level Objective"]
