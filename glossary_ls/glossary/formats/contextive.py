"""Glossaries of Contextive: YAML with contexts, each with terms of its own.

The format is described in docs/glossaries/contextive.md. A context is a topic that keeps senses apart. A
mistake costs the value that it is in and nothing else. Such files are not edited.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats.yaml.entry import NodeReader, by_span
from glossary_ls.glossary.formats.yaml.forms import is_empty
from glossary_ls.glossary.formats.yaml.keys import Kind, Spec
from glossary_ls.glossary.formats.yaml.reader import syntax_problem
from glossary_ls.glossary.formats.yaml.salvage import salvage
from glossary_ls.glossary.model import Context, GlossaryFile, Head, Key, Role, Value
from glossary_ls.glossary.naming import CONTEXTIVE_FOLDER, is_named
from glossary_ls.glossary.reading import literal
from glossary_ls.glossary.reading.drafts import Draft, Piece, glossary_file
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.names import is_acronym, stands_for
from glossary_ls.markup.yaml_nodes import (
    Mapping,
    NotYamlError,
    Scalar,
    Sequence,
    value_of,
)
from glossary_ls.markup.yaml_nodes import (
    parse as parse_yaml,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.base.text import Text
    from glossary_ls.glossary.model import Entry
    from glossary_ls.markup.yaml_nodes import Node

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "contextive"  # noqa: A001  because a format is a module
suffixes = (".yaml", ".yml")
editor = None
assistant = None

#: A key that the file of no other format has at its top; program settings may have `contexts` as well.
_TOP = lazily(r"""^\ufeff?["']?(?:contexts|imports)["']?[ \t]*:(?=\s|\Z)""", re.MULTILINE)
_INNER = lazily(r"^[ \t-]+(?:terms|domainVisionStatement)[ \t]*:(?=\s|\Z)", re.MULTILINE)

#: The keys that hold lists, the outermost first.
_LISTS = ("contexts", "terms")

_FILE = (
    Spec("imports", Kind.TEXTS, "Other glossaries to read: paths relative to this file, or URLs."),
    Spec("contexts", Kind.TERMS, "The contexts, each with terms of its own."),
)
_CONTEXT = (
    Spec("name", Kind.TEXT, "Name of the context."),
    Spec("domainVisionStatement", Kind.TEXT, "What the context is for."),
    Spec("paths", Kind.TEXTS, "Globs of the documents that the context applies to."),
    Spec("meta", Kind.TEXTS, "Further facts about the context, as pairs of key and value."),
    Spec("terms", Kind.TERMS, "The terms of the context."),
)
_TERM = (
    Spec("name", Kind.TEXT, "The term."),
    Spec("definition", Kind.TEXT, "What it means."),
    Spec("examples", Kind.TEXTS, "Sentences that use it."),
    Spec("aliases", Kind.TEXTS, "Other names for it."),
    Spec("meta", Kind.TEXTS, "Further facts about it, as pairs of key and value."),
)

#: A name with another one in quotes: `Moderator "ROLE_MOD"`.
_QUOTED = lazily(r"""(?P<name>[^"]*[^"\s])\s+"(?P<other>[^"]+)"\s*""")

#: Globs that every document matches.
_EVERYTHING = {"*", "**", "**/*", "/**", "**/**"}
_WILDCARD = lazily(r"[*?\[{!]")


def claims(path: str, head: str) -> Claim:
    """Return whether a file is a glossary of this format."""
    if not path.endswith(suffixes):
        return Claim.NO
    is_in_folder = paths.name(paths.parent(path)) == CONTEXTIVE_FOLDER
    if _TOP.search(head) and (is_in_folder or is_named(path, suffixes) or _INNER.search(head)):
        return Claim.BY_CONTENT
    return Claim.BY_NAME if is_in_folder else Claim.NO


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    errors: Iterable[NotYamlError] = ()
    try:
        root = parse_yaml(text.source)
    except NotYamlError as problem:
        root, errors = salvage(text.source, _LISTS)
        errors = errors or (problem,)
    reader = _Reader(text.source)
    drafts = list(reader.drafts(root, is_broken=bool(errors)))
    head = Head(extends=reader.imports(root), contexts=tuple(reader.contexts.values()))
    problems = [*(syntax_problem(error, text) for error in errors), *reader.problems]
    file = glossary_file(path, text, drafts, head=head, problems=problems)
    evidence = "contexts with terms" if file.items else ""
    items = (reader.completed(item, start) for item, start in zip(file.items, file.starts, strict=True))
    keys = tuple(sorted(reader.keys, key=by_span))
    return replace(file, items=tuple(items), keys=keys, evidence=evidence)


class _Reader(NodeReader):
    """Reads the nodes of a file; collects contexts, and what drafts have no place for, on the way."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self._is_literal = literal.is_literal(source)
        self.contexts: dict[str, Context] = {}
        #: The patterns of documents and the keys of each entry, by its offset.
        self._scopes: dict[int, tuple[str, ...]] = {}
        self._inner: dict[int, tuple[Key, ...]] = {}

    def drafts(self, root: Node | None, *, is_broken: bool) -> Iterator[Draft]:
        """Yield the terms of all contexts."""
        if not isinstance(root, Mapping) or not {"contexts", "imports"}.intersection(_names(root)):
            if not is_broken:
                self._refuse(root)
            return
        self._check_keys(root, _FILE)
        self.keys += self._own_keys(root, ())
        for node in self._listed(value_of(root, "contexts"), "context"):
            if isinstance(node, Mapping):
                yield from self._context(node)
            elif not is_empty(node):
                message = "a context is a mapping with the keys name and terms"
                self._problem("invalid-value", self._written(node.span), message)

    def imports(self, root: Node | None) -> tuple[Value, ...]:
        """Return the other glossaries that a file names."""
        return self._named(value_of(root, "imports"))

    def completed(self, item: Entry, start: int) -> Entry:
        """Return an entry with its patterns and its keys."""
        keys = tuple(key.shifted(-start) for key in self._inner[start])
        return replace(item, term=replace(item.term, scope=self._scopes[start]), keys=keys)

    def _refuse(self, root: Node | None) -> None:
        if root is None or is_empty(root):
            message = "this glossary is empty; write 'contexts:' with a list of contexts and their terms"
            self.problems.append(Problem("invalid-value", message, Span(0, 0), Severity.INFORMATION))
            return
        first = root.pairs[0][0].span if isinstance(root, Mapping) and root.pairs else root.span
        message = (
            "not a glossary of Contextive: it has neither 'contexts' nor 'imports'; write the terms "
            f"below 'contexts:', or move the file out of the folder {CONTEXTIVE_FOLDER}"
        )
        self._problem("invalid-value", self._written(first), message)

    # --- contexts -----------------------------------------------------------------------------------------

    def _context(self, node: Mapping) -> Iterator[Draft]:
        terms = value_of(node, "terms")
        if terms is None and value_of(node, "definition") is not None:
            message = "this is a context without terms; write a term below the key 'terms' of a context"
            self._problem("invalid-value", node.pairs[0][0].span, message)
        else:
            self._check_keys(node, _CONTEXT)
        self.keys += self._own_keys(node, _LISTS[:1])
        topic = " ".join(self._string(value_of(node, "name")).split())
        vision = self._string(value_of(node, "domainVisionStatement"))
        facts = tuple(piece.text for piece in self._meta(node))
        if topic:
            known = self.contexts.get(topic, Context(topic))
            self.contexts[topic] = Context(topic, known.vision or vision, (*known.facts, *facts))
        globs = self._strings(value_of(node, "paths"))
        scope = () if _EVERYTHING.intersection(globs) else tuple(chain.from_iterable(map(_patterns, globs)))
        for item in self._listed(terms, "term"):
            draft = self._term(item, topic)
            self._scopes[draft.span.start] = scope
            yield draft

    def _term(self, node: Node, topic: str) -> Draft:
        inner = sorted(self._keys_below(node, _LISTS), key=by_span)
        span = self._written(node.span)
        self._inner[span.start] = tuple(inner)
        topics = (topic,) if topic else ()
        if isinstance(node, Scalar) and not is_empty(node):
            message = f"a term is a mapping; write '- name: {node.value.strip()}'"
            self._problem("invalid-value", span, message)
        if not isinstance(node, Mapping):
            return Draft(span, tuple(self._names_in(node)), topics=topics)
        self._check_keys(node, _TERM)
        definition = value_of(node, "definition")
        if self._is_literal:
            return self._literal_term(node, span)
        names = tuple(self._names_in(value_of(node, "name")))
        return Draft(
            span,
            names,
            self._string(definition),
            next((piece.span for piece in self._pieces(definition)), None),
            (
                *((_field_of(names, piece), piece) for piece in self._pieces(value_of(node, "aliases"))),
                *((Field.EXAMPLE, piece) for piece in self._pieces(value_of(node, "examples"))),
                *((Field.FACT, piece) for piece in self._meta(node)),
            ),
            topics=topics,
        )

    def _literal_term(self, node: Mapping, span: Span) -> Draft:
        """Return the draft of a term that `glossary-ls export` has written, whose meta has labels."""
        fields = list(self._literal_meta(value_of(node, "meta")))
        typed = {piece.text for _, piece in fields}
        aliases = self._pieces(value_of(node, "aliases"))
        fields += ((Field.ALIASES, piece) for piece in aliases if piece.text not in typed)
        fields += ((Field.EXAMPLE, piece) for piece in self._pieces(value_of(node, "examples")))
        definition = next(self._pieces(value_of(node, "definition")), None)
        return Draft(
            span,
            tuple(self._pieces(value_of(node, "name"))),
            definition.text if definition else "",
            definition.span if definition else None,
            tuple(fields),
            is_literal=True,
        )

    def _literal_meta(self, meta: Node | None) -> Iterator[tuple[Field, Piece]]:
        for key, value in meta.pairs if isinstance(meta, Mapping) else ():
            field = literal.LABELS.get(self._string(key))
            if field is None:
                continue
            for piece in self._pieces(value):
                names = literal.split(piece.text) if field in literal.NAMES else (piece.text,)
                yield from ((field, piece._replace(text=name)) for name in names)

    def _names_in(self, node: Node | None) -> Iterator[Piece]:
        """Yield a name and, if it holds another one in quotes, both of them."""
        for piece in self._pieces(node):
            yield piece
            if found := _QUOTED.fullmatch(piece.text):
                yield from (Piece(name, piece.span) for name in found.groups())

    # --- values -------------------------------------------------------------------------------------------

    def _listed(self, node: Node | None, what: str) -> Iterator[Node]:
        """Yield the items of a list; a single mapping needs none."""
        if isinstance(node, Sequence):
            yield from node.items
        elif isinstance(node, Mapping):
            yield node
        elif node is not None and not is_empty(node):
            message = f"this must be a list; write '- ' in front of each {what}"
            self._problem("invalid-value", self._written(node.span), message)

    def _pieces(self, node: Node | None) -> Iterator[Piece]:
        """Yield the texts of a value, or of each item of a list, with their places."""
        for item in node.items if isinstance(node, Sequence) else () if node is None else (node,):
            if (text := self._string(item)) and isinstance(item, Scalar):
                is_quoted = not item.plain and self._source[item.span.start] in "'\""
                span = self._value(item, Role.TEXT).content if is_quoted else self._written(item.span)
                yield Piece(text, span)

    def _meta(self, node: Mapping) -> Iterator[Piece]:
        """Yield the pairs of a mapping of texts, each as one text."""
        meta = value_of(node, "meta")
        if meta is not None and not isinstance(meta, Mapping) and not is_empty(meta):
            self._problem(
                "invalid-value", self._written(meta.span), "this must be pairs, such as 'Owner: Team'"
            )
        for key, value in meta.pairs if isinstance(meta, Mapping) else ():
            label = self._string(key).rstrip(":").rstrip()
            text = self._string(value)
            if label:
                yield Piece(f"{label}: {text}" if text else label, self._written(value.span))

    def _own_keys(self, node: Mapping, below: tuple[str, ...]) -> Iterator[Key]:
        """Yield the keys of a node that is below some keys, but for those in contexts and terms."""
        for key, value in node.pairs:
            if isinstance(key, Scalar):
                yield Key(key.span, key.value, below, self._written(value.span))
                if key.value not in _LISTS:
                    yield from self._keys_below(value, (*below, key.value))


def _names(root: Mapping) -> Iterator[str]:
    return (key.value for key, _ in root.pairs if isinstance(key, Scalar))


def _field_of(names: tuple[Piece, ...], alias: Piece) -> Field:
    """Return what an alias is to a term: there is no key for what an acronym stands for."""
    acronyms = (name.text for name in names if " " in alias.text and is_acronym(name.text))
    is_long = any(stands_for(acronym, alias.text) for acronym in acronyms)
    return Field.EXPANSION if is_long else Field.ALIASES


def _patterns(glob: str) -> Iterator[str]:
    """Yield the patterns (see `base.globs`) for the paths that hold what a glob of Contextive matches."""
    path = glob.replace("\\", "/").removeprefix("./").lstrip("/")
    if not path:
        return
    if not _WILDCARD.search(path):
        yield f"**/*{path.rstrip('/')}*"
    elif "/" in path and not path.startswith("**"):
        yield f"**/{path}"
    else:
        yield path
