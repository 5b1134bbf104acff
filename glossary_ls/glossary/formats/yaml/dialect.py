"""The dialect of a glossary in YAML, going by how it begins: the native one, or that of another tool.

A file is native unless something in it is not: keys of entries that mean something elsewhere, such as
`description` or `synonyms`, entries below a key such as `acronyms`, or names like `Service Level (SL)`.
"""

from __future__ import annotations

from difflib import get_close_matches
from enum import Enum, auto
from typing import TYPE_CHECKING

from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.glossary.formats.yaml.keys import FILE_KEYS, TERM
from glossary_ls.glossary.formats.yaml.salvage import ANY, salvage
from glossary_ls.glossary.reading.html_text import opening_title, plain
from glossary_ls.glossary.reading.languages import is_language
from glossary_ls.glossary.reading.names import read_name
from glossary_ls.glossary.reading.openings import opening_of
from glossary_ls.glossary.reading.records import TELLING, label_of
from glossary_ls.markup.yaml_nodes import Mapping, Node, NotYamlError, Scalar, Sequence, parse, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Keys of a term that hardly any other tool has.
_OWN = word_set(
    "expansion facts questions not_to_be_confused_with replaced_by established reviewed case scope"
)
_TERM = lazily(r"(?<![\w-])term[ \t]*:[ \t]")
_OWN_KEY = lazily(rf"(?<![\w-])(?:{'|'.join(sorted(_OWN))})[ \t]*:\s")
_NATIVE = frozenset(spec.name for spec in TERM)

#: Keys at the top of files of Contextive.
_CONTEXTIVE = frozenset({"contexts", "imports"})

#: Keys at the top of native files only.
_HEAD = frozenset({"version", "guide", "extends", "exclude", "accept"})


#: Keys of what describes a page of a site; two of them are no terms.
_PAGE = word_set("title subpath pages layout permalink url nav_order sidebar_label")


class Dialect(Enum):
    """What a file in YAML is; `PLAIN` has a form that the native format and others have."""

    NATIVE = auto()
    PLAIN = auto()
    OTHER = auto()
    CONTEXTIVE = auto()
    #: What describes a page of a site.
    PAGE = auto()
    UNKNOWN = auto()


@memo.recent(64)
def dialect_of(head: str) -> Dialect:
    """Return the dialect of a file that begins with `head`."""
    if _TERM.search(head) and _OWN_KEY.search(head):
        # However broken it is while somebody types in it.
        return Dialect.NATIVE
    return _of_root(_parsed(head))


def _of_root(root: Node | None) -> Dialect:
    if isinstance(root, Mapping):
        names = {key.value for key, _ in root.pairs if isinstance(key, Scalar)}
        if names & _CONTEXTIVE:
            return Dialect.CONTEXTIVE
        if names & _HEAD:
            return Dialect.NATIVE
        if "terms" in names or names <= set(FILE_KEYS):
            return _of_entries(value_of(root, "terms"))
        fields = {label_of(name).field for name in names}
        if "term" in names and not fields.isdisjoint(TELLING):
            # One entry, as in a file of several documents.
            return Dialect.OTHER
        return _of_map(root)
    return _of_entries(root)


def _parsed(head: str) -> Node | None:
    """Return the first document of a beginning, without the entry that is cut off."""
    try:
        return parse(head)
    except NotYamlError:
        source = head.removeprefix("\ufeff")
        return salvage(source).root or salvage(source, (ANY,)).root


def _of_entries(node: Node | None) -> Dialect:
    if isinstance(node, Mapping):
        return _of_map(node)
    items = [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Sequence) else []
    if not items:
        return Dialect.UNKNOWN
    keys = {name for item in items for name in _names(item)}
    if "term" not in keys:
        is_slip = bool(get_close_matches("term", keys, cutoff=0.7))
        has_own_names = not is_slip and all(len(item.pairs) == 1 for item in items)
        has_own_names = has_own_names or not keys.isdisjoint(_own_labels(keys))
        return Dialect.OTHER if has_own_names else Dialect.UNKNOWN
    dialect = _of_keys(keys, (value_of(item, "term") for item in items))
    return Dialect.OTHER if dialect is Dialect.PLAIN and any(map(_has_marked_form, items)) else dialect


def _has_marked_form(item: Mapping) -> bool:
    """Return whether the definition of an entry opens with its long form in bold or in quotes."""
    name, definition = value_of(item, "term"), value_of(item, "definition")
    if not isinstance(name, Scalar) or not isinstance(definition, Scalar):
        return False
    opens = definition.value.lstrip().startswith(("*", "_", '"', "\u201c"))
    return opens and bool(opening_of(name.value.strip(), definition.value).expansion)


def _of_keys(keys: set[str], names: Iterator[Node | None]) -> Dialect:
    if keys & _OWN:
        return Dialect.NATIVE
    if not keys.isdisjoint(_own_labels(keys)):
        return Dialect.OTHER
    if any(isinstance(name, Scalar) and _is_written_otherwise(name.value) for name in names):
        return Dialect.OTHER
    return Dialect.PLAIN


def _own_labels(keys: set[str]) -> set[str]:
    """Return the keys that say something about an entry, but not in a native glossary."""
    return {key for key in keys - _NATIVE if label_of(key).field is not None or is_language(key)}


def _is_written_otherwise(name: str) -> bool:
    """Return whether a name is one that a native glossary has in several keys."""
    return plain(name) != name or ("(" in name and bool(read_name(name.strip()).expansion))


def _of_map(root: Mapping) -> Dialect:
    """Return the dialect of a map of names to entries, or of something else."""
    inner = [value for _, value in root.pairs if not isinstance(value, Scalar)]
    if not inner:
        if len(_PAGE.intersection(key.value for key, _ in root.pairs if isinstance(key, Scalar))) > 1:
            return Dialect.PAGE
        is_other = any(isinstance(key, Scalar) and _is_written_otherwise(key.value) for key, _ in root.pairs)
        texts = (value.value for _, value in root.pairs if isinstance(value, Scalar))
        titled = sum(opening_title(text) is not None for text in texts)
        is_other = is_other or 2 * titled > len(root.pairs)
        return Dialect.OTHER if is_other else Dialect.PLAIN
    if any(isinstance(value, Sequence) for value in inner):
        return Dialect.OTHER
    keys = {name for value in inner for name in _names(value)}
    dialect = _of_keys(keys, iter(()))
    is_foreign = dialect is Dialect.PLAIN and not keys & _NATIVE
    return Dialect.OTHER if is_foreign else dialect


def _names(node: Node) -> Iterator[str]:
    pairs = node.pairs if isinstance(node, Mapping) else ()
    return (key.value for key, _ in pairs if isinstance(key, Scalar))
