"""The patterns of the names in the built-in glossaries, worked out beforehand.

Working them out takes longer than all the rest of loading these glossaries. This module must not know which
glossaries are in use.
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING

from glossary_ls.vfs.files import data_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: For fewer names, reading the file takes longer.
_WORTH = 100

_NONE: Mapping[str, Sequence[str]] = MappingProxyType({})


def built_in_patterns(names: int) -> Mapping[str, Sequence[str]]:
    """Return patterns by the name that has them, if a glossary of some `names` is worth it."""
    if names < _WORTH:
        return _NONE
    known: Mapping[str, Sequence[str]] = json.loads(data_text("packs/compiled/patterns.json"))
    return known
