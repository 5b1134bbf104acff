"""What the nodes of a tree are: an entry, a map or list of entries, a key that holds them, or something else.

This module must not know formats.
"""

from __future__ import annotations

from glossary_ls.base.text import word_set
from glossary_ls.glossary.reading.html_text import plain
from glossary_ls.glossary.reading.labels import Field, field_of
from glossary_ls.glossary.reading.languages import is_language
from glossary_ls.glossary.reading.records import TELLING, TOPIC, label_of, slug
from glossary_ls.markup.yaml_nodes import Mapping, Node, Scalar, Sequence

#: The keys that hold the entries of a file, without blanks and signs.
_CONTAINERS = word_set(
    "terms entries items glossary glossaries acronyms abbreviations keys definitions data words concepts "
    "hasdefinedterm graph vocabulary list dictionary rows records results glossaryterms termlist lexicon "
    "begriffe abkürzungen termes términos termos"
)

#: The keys that hold what a record is called elsewhere.
IDS = word_set("id slug key anchor ref")

#: Values that say nothing, where they are not quoted.
_EMPTY = frozenset({"", "~", "null", "Null", "NULL", "None", "undefined", "true", "false"})


def text_of(node: Node | None) -> str:
    """Return what a scalar says; empty for other nodes."""
    if not isinstance(node, Scalar) or (node.plain and node.value in _EMPTY):
        return ""
    return node.value.strip()


def is_container(key: Node, value: Node) -> bool:
    """Return whether a pair holds the entries of a file or group."""
    return isinstance(key, Scalar) and not isinstance(value, Scalar) and slug(key.value) in _CONTAINERS


def _fields(node: Mapping) -> set[Field]:
    return {field for key, _ in node.pairs if isinstance(key, Scalar) and (field := field_under(key.value))}


def field_under(key: str) -> Field | None:
    """Return the field that a key names; what is only called a value defines."""
    return Field.DEFINITION if slug(key) == "value" else label_of(key).field


def is_telling(node: Mapping) -> bool:
    """Return whether a mapping says something about a term."""
    return not TELLING.isdisjoint(_fields(node))


def is_record(node: Mapping) -> bool:
    """Return whether a mapping is an entry with its name in it."""
    fields = _fields(node)
    inner = [value for key, value in node.pairs if isinstance(key, Scalar) and is_language(key.value)]
    if any(isinstance(value, Mapping) and is_record(value) for value in inner):
        return True
    has_name = bool(fields & {Field.NAME, Field.ACRONYM})
    first = node.pairs[0][0] if node.pairs else None
    if has_name and isinstance(first, Scalar) and label_of(first.value).words in {"term", "word", "acronym"}:
        return not isinstance(node.pairs[0][1], Sequence)
    types = (
        text_of(value) for key, value in node.pairs if isinstance(key, Scalar) and slug(key.value) == "type"
    )
    if has_name and any(each.endswith("DefinedTerm") for each in types):
        return True
    has_id = any(isinstance(key, Scalar) and slug(key.value) in IDS for key, _ in node.pairs)
    tells = not TELLING.isdisjoint(fields)
    has_topic = any(isinstance(key, Scalar) and label_of(key.value).words == TOPIC for key, _ in node.pairs)
    return tells and (has_name or has_id or has_topic)


def has_container(node: Mapping) -> bool:
    """Return whether a mapping holds the entries of a file or group."""
    return any(is_container(key, value) for key, value in node.pairs)


def is_entry(node: Node) -> bool:
    """Return whether the value of a name explains it: a text, several, or a record."""
    if not isinstance(node, Mapping):
        return _is_text(node)
    if has_container(node):
        return False
    inner = [value for key, value in node.pairs if isinstance(key, Scalar) and is_language(key.value)]
    if inner and all(isinstance(value, Mapping) and is_telling(value) for value in inner):
        return True
    if is_telling(node):
        return True
    return Field.NAME in _fields(node) and all(_is_text(value) for _, value in node.pairs)


def _is_text(node: Node) -> bool:
    if isinstance(node, Sequence):
        return bool(node.items) and all(isinstance(item, Scalar) and text_of(item) for item in node.items)
    return isinstance(node, Scalar)


def is_explained(node: Node) -> bool:
    """Return whether the value of a name is empty, or has words in it: no numbers."""
    items = node.items if isinstance(node, Sequence) else (node,)
    texts = (text_of(item) for item in items if isinstance(item, Scalar))
    return all(not text or sum(map(str.isalpha, text)) > 1 for text in texts)


def is_translation(node: Mapping) -> bool:
    """Return whether a mapping is a name in several languages."""
    keys = [key.value for key, value in node.pairs if isinstance(key, Scalar) and isinstance(value, Scalar)]
    return len(keys) > 1 and len(keys) == len(node.pairs) and all(map(is_language, keys))


def own_pair(node: Mapping) -> tuple[Scalar, Node] | None:
    """Return the pair of an entry whose name is a key: `SLO: a target`, with known keys behind it."""
    if not node.pairs:
        return None
    first, value = node.pairs[0]
    rest = (key for key, _ in node.pairs[1:])
    if not isinstance(first, Scalar) or not is_entry(value) or not first.value.strip():
        return None
    if label_of(first.value).field is not None and (len(node.pairs) > 1 or isinstance(value, Scalar)):
        return None
    is_known = all(isinstance(key, Scalar) and label_of(key.value).field for key in rest)
    return (first, value) if is_known else None


def is_header(name: str, text: str) -> bool:
    """Return whether a name and its text are headings: `Term: Definition`."""
    return field_of(plain(name)) in {Field.NAME, Field.ACRONYM} and field_of(plain(text)) in {
        Field.DEFINITION,
        Field.EXPANSION,
        Field.SUMMARY,
    }


def size(node: Node) -> int:
    """Return the number of things in a list or mapping."""
    if isinstance(node, Sequence):
        return len(node.items)
    return len(node.pairs) if isinstance(node, Mapping) else 0


def with_topic(topics: tuple[str, ...], topic: str) -> tuple[str, ...]:
    """Return topics with another one; letters of an index are none."""
    is_letter = len(topic) < 2 or (len(topic) == 3 and topic[1] == "-") or topic in topics
    return topics if is_letter else (*topics, topic)
