"""The forms of a glossary: with a head or without, and what the text behind a name is in the shorthand."""

from __future__ import annotations

from glossary_ls.glossary.formats.yaml.keys import FILE_KEYS
from glossary_ls.glossary.wording import is_expansion
from glossary_ls.markup.yaml_nodes import Mapping, Scalar, Sequence, value_of

__all__ = ["has_head", "is_expansion"]


def has_head(root: Mapping) -> bool:
    """Return whether a file has the full form; a list of accepted acronyms may also be in the shorthand."""
    names = {key.value for key, _ in root.pairs if isinstance(key, Scalar)}.intersection(FILE_KEYS)
    if names == {"accept"} and len(root.pairs) > 1:
        return not isinstance(value_of(root, "accept"), Sequence)
    return bool(names)
