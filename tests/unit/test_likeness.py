"""Names that a beginning with a slip may be meant for."""

from __future__ import annotations

import pytest

from glossary_ls.base.model import Term
from glossary_ls.features.likeness import alike

NAMES = sorted(
    (name, name, Term(name)) for name in ("service mesh", "service window", "cold start", "load test")
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sevrice", {"service mesh", "service window"}),
        ("servvice", {"service mesh", "service window"}),
        ("serice", {"service mesh", "service window"}),
        ("sarvice m", {"service mesh"}),
        ("srvc w", {"service window"}),
        ("cldst", {"cold start"}),
        ("clst", {"cold start"}),
        ("cld", set()),
        ("load x", set()),
        ("lost", set()),
        ("x" * 40, set()),
        ("", set()),
    ],
)
def test_slips_and_gaps(typed: str, found: set[str]) -> None:
    assert {name for _, name, _ in alike(NAMES, typed)} == found
