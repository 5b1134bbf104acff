"""Whatever was edited, closed and asked before: the answers are those of a server that starts afresh."""

from __future__ import annotations

import pytest

from tests.wire.sessions import run


@pytest.mark.parametrize("seed", range(1, 7))
def test_answers_do_not_depend_on_what_happened_before(seed: int) -> None:
    assert run(seed, 30).compared
