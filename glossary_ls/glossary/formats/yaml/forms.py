"""The forms of a glossary in YAML: with a head or without, and which node holds the entries."""

from __future__ import annotations

from glossary_ls.base.dataclass import replace
from glossary_ls.glossary.formats.yaml.keys import FILE_KEYS
from glossary_ls.markup.yaml_nodes import Mapping, Node, Scalar, Sequence, is_key, value_of

_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


def has_head(root: Mapping) -> bool:
    """Return whether a file has the full form; a list of accepted acronyms may also be in the shorthand."""
    names = {key.value for key, _ in root.pairs if isinstance(key, Scalar)}.intersection(FILE_KEYS)
    if names == {"accept"} and len(root.pairs) > 1:
        return not isinstance(value_of(root, "accept"), Sequence)
    return bool(names)


def body_of(root: Node | None) -> Node | None:
    """Return the node that holds the entries of a file."""
    if not isinstance(root, Mapping):
        return root
    if has_head(root):
        return value_of(root, "terms")
    # The shorthand may hold a list of accepted acronyms, which is no entry.
    return replace(root, pairs=tuple(pair for pair in root.pairs if not is_key(pair[0], "accept")))


def is_empty(node: Node) -> bool:
    """Return whether a value is empty or null."""
    return isinstance(node, Scalar) and node.plain and node.value in _EMPTY
