"""The forms of a glossary: with a head or without, and what the text behind a name is in the shorthand."""

from __future__ import annotations

import re

from glossary_ls.glossary.formats.yaml.nodes import Mapping, Scalar, Sequence, value_of
from glossary_ls.glossary.formats.yaml.pieces import FILE_KEYS

_SHORT = re.compile(r"[A-Z0-9][A-Za-z0-9/&.+-]*")


def has_head(root: Mapping) -> bool:
    """Tell whether a file has the full form; a list of accepted acronyms may also stand in the shorthand."""
    keys = {key.value for key, _ in root.pairs if isinstance(key, Scalar)}.intersection(FILE_KEYS)
    if keys == {"accept"} and len(root.pairs) > 1:
        return not isinstance(value_of(root, "accept"), Sequence)
    return bool(keys)


def is_expansion(name: str, text: str) -> bool:
    """Tell whether the text of a shorthand is what an acronym stands for, and not a definition."""
    expands = _SHORT.fullmatch(name) and len(text.split()) <= 8 and not text.endswith((".", "!", "?"))
    return bool(expands) and sum(map(str.isupper, name)) > 1
