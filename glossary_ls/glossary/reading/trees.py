"""Entries in trees of lists and mappings, as JSON and YAML files have them: from nodes to drafts.

The shapes are lists of records, maps of names to texts or records, lists of pairs, and groups of these. A
tree in which something else is mixed with them is no glossary. This module must not know formats.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, stripped, word_set
from glossary_ls.glossary.model import Head
from glossary_ls.glossary.reading.columns import columns_of
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.html_text import opening_title
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.languages import chosen, is_language
from glossary_ls.glossary.reading.names import read_name
from glossary_ls.glossary.reading.records import (
    Label,
    Labeled,
    draft_of,
    label_of,
    resolved,
    slug,
)
from glossary_ls.glossary.reading.shapes import (
    IDS,
    has_container,
    is_container,
    is_entry,
    is_explained,
    is_header,
    is_record,
    is_telling,
    is_translation,
    own_pair,
    size,
    text_of,
    with_topic,
)
from glossary_ls.markup.yaml_nodes import Mapping, Node, Scalar, Sequence, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: A key by which a page refers to an entry.
_ID = lazily(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")

#: How deep groups are nested.
_DEEPEST = 6

#: So many objects with unknown keys make a table, and so many of them show what its columns are.
_FEWEST_ROWS = 3
_SAMPLE = 60

_OF_ACRONYMS = word_set("acronyms abbreviations abkürzungen")

#: The keys of a file beside its entries.
_META = word_set(
    "version schema name title description language lang license author authors source updated lastupdated "
    "generated date count total url homepage context type id inlanguage usagenote comment note meta metadata"
)


class Found(NamedTuple):
    """What a tree holds."""

    drafts: tuple[Draft, ...]
    head: Head
    evidence: str
    #: Whether the file says that it is a list of acronyms; None if it does not say.
    is_acronyms: bool | None


def read_trees(roots: Iterable[Node], source: str) -> Found:
    """Return the entries of the documents of a file."""
    walk = _Walk(source)
    head = Head()
    for root in roots:
        head = _head(root) if head == Head() else head
        walk.read(root)
    known = {draft.names[0].text for draft in walk.drafts if draft.names}
    names = {name: full for name, full in walk.ids.items() if name not in known}
    drafts = resolved(walk.drafts, names) if names else walk.drafts
    return Found(tuple(drafts), head, walk.evidence, walk.is_acronyms)


def _head(root: Node) -> Head:
    if not isinstance(root, Mapping) or not any(is_container(key, value) for key, value in root.pairs):
        return Head()
    texts = {
        slug(key.value): text_of(value)
        for key, value in root.pairs
        if isinstance(key, Scalar) and isinstance(value, Scalar)
    }
    return Head(
        name=texts.get("title") or texts.get("name") or "",
        description=texts.get("description", ""),
        license=texts.get("license", ""),
    )


class _Walk:
    """Collects the entries of a file, and what they were recognized by."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.drafts: list[Draft] = []
        self.ids: dict[str, str] = {}
        self.is_acronyms: bool | None = None
        self._keys: Counter[str] = Counter()
        self._shapes: Counter[str] = Counter()

    @property
    def evidence(self) -> str:
        """What the entries were recognized by, in words."""
        count = len(self.drafts)
        if count < 2:
            return "one entry" if count else ""
        shape = self._shapes.most_common(1)[0][0]
        keys = [name for name, _ in self._keys.most_common(2)]
        named = f" with the keys {' and '.join(keys)}" if keys and shape == "records" else ""
        return f"{count} {shape}{named}"

    def read(self, root: Node) -> None:
        """Take the entries of a document."""
        if isinstance(root, Mapping) and is_record(root) and not has_container(root):
            self._record(root, ())
        else:
            self._collect(root, (), _DEEPEST)

    # --- shapes -------------------------------------------------------------------------------------------

    def _collect(self, node: Node, topics: tuple[str, ...], depth: int) -> bool:
        """Take the entries of a node; return whether there are any."""
        before = len(self.drafts)
        if depth and isinstance(node, Sequence):
            self._list(node, topics, depth)
        elif depth and isinstance(node, Mapping):
            self._map(node, topics, depth)
        return len(self.drafts) > before

    def _list(self, node: Sequence, topics: tuple[str, ...], depth: int) -> None:
        rows = [item for item in node.items if isinstance(item, Sequence)]
        if rows and len(rows) == len(node.items):
            for row in rows:
                self._row(row, topics)
            return
        if self._table(node.items, topics):
            return
        items = [item for item in node.items if isinstance(item, Mapping)]
        # A key that is in several objects is no name.
        firsts = Counter(key.value for item in items for key, _ in item.pairs[:1] if isinstance(key, Scalar))
        has_records = 2 * sum(map(is_record, items)) > len(node.items)
        for item in items:
            if has_container(item):
                named = (text_of(value) for key, value in item.pairs if not is_container(key, value))
                self._map(item, with_topic(topics, next(filter(None, named), "")), depth - 1)
            elif is_record(item):
                self._record(item, topics)
            elif is_translation(item):
                self._translation(item, topics)
            elif (pair := own_pair(item)) is not None and firsts[pair[0].value] == 1:
                self._pair(*pair, topics, item)
            elif has_records and is_telling(item):
                self.drafts.append(Draft(self._span(item.span), ()))

    def _table(self, nodes: Iterable[Node], topics: tuple[str, ...]) -> bool:
        """Take objects with the same keys that are not known, as a table without headings."""
        items = [item for item in nodes if isinstance(item, Mapping)]
        keys = [key.value for key, _ in items[0].pairs if isinstance(key, Scalar)] if items else []
        if len(items) < _FEWEST_ROWS or any(label_of(key).field or is_language(key) for key in keys):
            return False
        if any([key.value for key, _ in item.pairs if isinstance(key, Scalar)] != keys for item in items):
            return False
        columns = columns_of([[text_of(value) for _, value in item.pairs] for item in items[:_SAMPLE]])
        if columns is None or columns.skipped or len(keys) < 2:
            return False
        self._shapes["records"] += len(items)
        for item in items:
            texts = tuple(
                Labeled(label, Piece(text_of(value), self._content(value)))
                for label, (_, value) in zip(columns.labels, item.pairs, strict=False)
                if isinstance(value, Scalar) and text_of(value)
            )
            self._add(self._span(item.span), texts, topics, None)
        return True

    def _map(self, node: Mapping, topics: tuple[str, ...], depth: int) -> None:
        containers = [(key, value) for key, value in node.pairs if is_container(key, value)]
        if containers and not all(is_entry(value) for _, value in node.pairs):
            for key, value in containers:
                found = self._collect(value, topics, depth - 1)
                if found and isinstance(key, Scalar) and slug(key.value) in _OF_ACRONYMS:
                    self.is_acronyms = True
            return
        pairs = [
            (key, value)
            for key, value in node.pairs
            if isinstance(key, Scalar) and key.value[:1] not in "$_@"
        ]
        if pairs and all(is_entry(value) and is_explained(value) for _, value in pairs):
            for key, value in pairs:
                self._pair(key, value, topics)
        elif all(isinstance(value, Mapping) for _, value in pairs) and self._table(
            [value for _, value in pairs], topics
        ):
            return
        elif any(not isinstance(value, Scalar) for _, value in pairs):
            self._groups(pairs, topics, depth)

    def _groups(self, pairs: list[tuple[Scalar, Node]], topics: tuple[str, ...], depth: int) -> None:
        """Take groups of entries, if all are; entries may stand beside them."""
        before = len(self.drafts)
        for key, value in pairs:
            if isinstance(value, Scalar):
                if slug(key.value) in _META:
                    continue
                if not is_explained(value):
                    del self.drafts[before:]
                    return
                self._pair(key, value, topics)
            elif is_entry(value) and isinstance(value, Mapping):
                self._pair(key, value, topics)
            elif not self._collect(value, with_topic(topics, key.value.strip()), depth - 1) and size(value):
                del self.drafts[before:]
                return

    # --- entries ------------------------------------------------------------------------------------------

    def _pair(self, key: Scalar, value: Node, topics: tuple[str, ...], whole: Mapping | None = None) -> None:
        """Take an entry whose name is a key; `whole` is the mapping around it that is the entry."""
        name = Piece(key.value.strip(), self._content(key))
        span = whole.span if whole else Span(key.span.start, max(value.span.end, key.span.end))
        if isinstance(value, Scalar) and is_header(name.text, text_of(value)):
            return
        self._shapes["names with texts" if isinstance(value, Scalar) else "records"] += 1
        if isinstance(value, Sequence):
            self._meanings(name, value, topics)
            return
        texts: list[Labeled] = []
        if isinstance(value, Mapping):
            several = value_of(value, "term")
            if isinstance(several, Sequence) and len(several.items) > 1:
                self._meanings(name, several, topics)
                return
            texts += self._texts(value)
            if any(is_header(name.text, each.piece.text) for each in texts):
                return
            self._note(value)
        else:
            texts += self._said(name.text, value)
        rest = [pair for pair in whole.pairs if pair[0] is not key] if whole else ()
        texts += (each for pair in rest for each in self._labeled(*pair))
        self._add(self._span(span), tuple(texts), topics, name)

    def _meanings(self, name: Piece, node: Sequence, topics: tuple[str, ...]) -> None:
        """Take an entry for each of several meanings of a name; the first one has the name at its place."""
        meanings = [item for item in node.items if isinstance(item, Scalar) and text_of(item)]
        for item in meanings:
            text = self._definition(item)
            is_first = item is meanings[0]
            start = name.span.start if is_first else item.span.start
            place = name if is_first else name._replace(span=text.piece.span)
            self._add(self._span(Span(start, item.span.end)), (text,), topics, place)

    def _said(self, key: str, node: Scalar) -> Iterator[Labeled]:
        """Yield the definition of an entry, and its name if the key is an id and the text opens with it."""
        titled = opening_title(text_of(node)) if _ID.fullmatch(key) else None
        if titled is None:
            yield self._definition(node)
            return
        place = self._content(node)
        yield Labeled(Label(Field.NAME, "name"), Piece(titled.name, place))
        yield Labeled(Label(Field.DEFINITION, "definition"), Piece(titled.rest, place))

    def _definition(self, node: Scalar) -> Labeled:
        return Labeled(Label(Field.DEFINITION, "definition"), Piece(text_of(node), self._content(node)))

    def _record(self, node: Mapping, topics: tuple[str, ...]) -> None:
        texts = tuple(self._texts(node))
        key = None
        if not any(each.label.field in {Field.NAME, Field.ACRONYM} for each in texts):
            ids = (value for at, value in node.pairs if isinstance(at, Scalar) and slug(at.value) in IDS)
            named = next((each for each in ids if isinstance(each, Scalar) and text_of(each)), None)
            key = Piece(text_of(named), self._content(named)) if named is not None else None
        first = [each.piece.text for each in texts if each.label.field is Field.NAME][:1]
        second = [each.piece.text for each in texts if each.label.field is Field.DEFINITION][:1]
        if first and second and is_header(first[0], second[0]):
            return
        self._shapes["records"] += 1
        self._note(node)
        self._add(self._span(node.span), texts, topics, key)
        for at, value in node.pairs:
            if isinstance(at, Scalar) and slug(at.value) in IDS and self.drafts[-1].names:
                self.ids.setdefault(text_of(value), read_name(self.drafts[-1].names[0].text).name)

    def _row(self, node: Sequence, topics: tuple[str, ...]) -> None:
        cells = [item for item in node.items if isinstance(item, Scalar)]
        if len(cells) < 2 or not text_of(cells[0]) or is_header(text_of(cells[0]), text_of(cells[1])):
            return
        labels = (Field.NAME, Field.DEFINITION, *[Field.FACT] * (len(cells) - 2))
        self._shapes["rows"] += 1
        texts = (
            Labeled(Label(field, field.name.lower()), Piece(text_of(cell), self._content(cell)))
            for field, cell in zip(labels, cells, strict=True)
        )
        self._add(self._span(node.span), tuple(texts), topics, None)

    def _translation(self, node: Mapping, topics: tuple[str, ...]) -> None:
        """Take a name in several languages."""
        best = chosen(key.value for key, _ in node.pairs if isinstance(key, Scalar))
        self._shapes["names in several languages"] += 1
        texts = tuple(
            Labeled(
                Label(Field.NAME if key.value == best else Field.DEFINITION, "term"),
                Piece(text_of(value), self._content(value)),
            )
            for key, value in node.pairs
            if isinstance(key, Scalar) and isinstance(value, Scalar)
        )
        self._add(self._span(node.span), texts, topics, None)

    def _add(
        self, span: Span, texts: tuple[Labeled, ...], topics: tuple[str, ...], key: Piece | None
    ) -> None:
        self.drafts.append(draft_of(span, texts, topics, key))

    def _note(self, node: Mapping) -> None:
        self._keys.update(
            key.value for key, _ in node.pairs if isinstance(key, Scalar) and label_of(key.value).field
        )

    # --- texts --------------------------------------------------------------------------------------------

    def _texts(self, node: Mapping) -> Iterator[Labeled]:
        for key, value in node.pairs:
            yield from self._labeled(key, value)

    def _labeled(self, key: Node, value: Node) -> Iterator[Labeled]:
        """Yield the texts of a pair; a language as the key, or below it, is that of its texts."""
        if not isinstance(key, Scalar):
            return
        label = label_of(key.value)
        if label.field is None and is_language(key.value) and isinstance(value, Mapping):
            for each in self._texts(value):
                yield each._replace(label=each.label._replace(language=key.value))
        elif label.field is None and slug(key.value) == "value":
            yield from self._values(Label(Field.DEFINITION, "value"), value)
        elif label.field is not None:
            yield from self._values(label, value)

    def _values(self, label: Label, node: Node) -> Iterator[Labeled]:
        if isinstance(node, Scalar):
            if text_of(node):
                yield Labeled(label, Piece(text_of(node), self._content(node)))
            return
        if isinstance(node, Sequence):
            for item in node.items:
                yield from self._values(label, item)
            return
        inside = {key.value: value for key, value in node.pairs if isinstance(key, Scalar)}
        if "@value" in inside:
            language = text_of(inside.get("@language"))
            yield from self._values(label._replace(language=language), inside["@value"])
        elif inside and all(map(is_language, inside)):
            for language, value in inside.items():
                yield from self._values(label._replace(language=language), value)
        else:
            yield from self._inner(label, node)

    def _inner(self, label: Label, node: Mapping) -> Iterator[Labeled]:
        """Yield what an object says where a text is expected: its name, its text, or its address."""
        texts = list(self._texts(node))
        wanted: tuple[Field, ...] = (Field.NAME, Field.DEFINITION, Field.URL)
        if label.field is Field.DEFINITION:
            wanted = (Field.DEFINITION, Field.SUMMARY, Field.NAME)
        elif label.field is Field.URL:
            wanted = (Field.URL, Field.SOURCE)
        for field in wanted:
            for each in texts:
                if each.label.field is field:
                    yield Labeled(label._replace(language=each.label.language), each.piece)
                    return

    # --- places -------------------------------------------------------------------------------------------

    def _span(self, span: Span) -> Span:
        """Return a span without blanks at its ends, which YAML counts to a block."""
        return Span(*stripped(self._source, *span))

    def _content(self, node: Scalar) -> Span:
        """Return where the text of a scalar is written, without quotes."""
        start, end = self._span(node.span)
        if (
            not node.plain
            and end - start > 1
            and self._source[start] in "\"'"
            and self._source[end - 1] in "\"'"
        ):
            return Span(start + 1, end - 1)
        return Span(start, end)
