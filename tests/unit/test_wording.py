"""A new name takes over what the text did to the old one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.features.wording import matches, reworded


@pytest.mark.parametrize(
    ("written", "old", "new", "expected"),
    [
        ("SLO", "SLO", "SLT", "SLT"),
        ("SLOs", "SLO", "SLT", "SLTs"),
        ("SLO's", "SLO", "SLT", "SLT's"),
        ("SLOs\u2019", "SLO", "SLT", "SLTs\u2019"),
        ("Cold starts", "cold start", "slow request", "Slow requests"),
        ("Cold Starts", "cold start", "slow request", "Slow Requests"),
        ("COLD STARTS", "cold start", "warm start", "WARM STARTS"),
        ("cold-start", "cold start", "warm start", "warm-start"),
        ("cold-start", "cold start", "warmth", "warmth"),
        ("Load\n> balancing", "load balancing", "traffic sharing", "Traffic\n> sharing"),
        ("load\nbalancing", "load balancing", "sharing", "sharing"),
        ("load** *balancing", "load balancing", "traffic sharing", "traffic** *sharing"),
        ("load** *balancing", "load balancing", "sharing", None),
        ("indices", "index", "table", "tables"),
        ("tables", "table", "index", "indices"),
        ("policies", "policy", "rule", "rules"),
        ("finetuning", "fine-tuning", "post-training", "post-training"),
        ("batchQuery", "batch query", "bulk city", "bulkCity"),
        ("BatchQueries", "batch query", "bulk city", "BulkCities"),
        ("batchQuery", "batch query", "GPU-bound job", "gpuBoundJob"),
        ("batchQuery", "batch query", "bulk", "bulk"),
        ("BatchQuery", "batch-query", "bulk", "Bulk"),
        ("bigGPU", "big GPU", "large GPU", "largeGPU"),
        ("MySQL", "my SQL", "your base", "YourBase"),
        ("vLLM's", "vLLM", "SGLang", "SGLang's"),
        ("gpu", "GPU", "TPU", "TPU"),
        ("C++", "C++", "Rust", "Rust"),
        ("GPU", "SLO", "SLT", None),
        ("", "SLO", "SLT", None),
    ],
)
def test_a_form_of_the_old_name_becomes_that_of_the_new_one(
    written: str, old: str, new: str, expected: str | None
) -> None:
    assert reworded(written, old, new) == expected


NAMES = st.from_regex(r"[a-zA-Z]{1,6}([ -][a-z]{2,6}){0,2}", fullmatch=True)


@given(NAMES, NAMES)
def test_a_name_as_it_is_becomes_the_new_one_as_it_is(old: str, new: str) -> None:
    assert reworded(old, old, new) == new
    assert matches(old, old)


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_nothing_is_too_odd(written: str, old: str, new: str) -> None:
    found = reworded(written, old, new)
    assert found is None or isinstance(found, str)
