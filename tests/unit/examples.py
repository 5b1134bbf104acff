"""Settings of property tests."""

from __future__ import annotations

from hypothesis import settings

#: For properties that are checked for many languages, or whose examples are similar to each other.
FEW_EXAMPLES = settings(max_examples=15)

#: For properties that are checked for every pair of many things.
FEWEST_EXAMPLES = settings(max_examples=2)
