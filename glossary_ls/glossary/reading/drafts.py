"""Drafts: what a reader found of each entry of a file, and the glossary file that they become.

A draft has the texts of an entry as they are written and their places; all interpretation of names and
definitions happens here, so that the same words mean the same in every format. This module must not know
any format.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import leftovers
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.model import Alias, AliasKind, CaseRule, Contrast, Problem, Severity, Status, Term
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.model import Entry, GlossaryFile, Head, Role, Value, moved
from glossary_ls.glossary.names import is_exact, key
from glossary_ls.glossary.reading import literal
from glossary_ls.glossary.reading.appositions import apposition
from glossary_ls.glossary.reading.bare_names import cleaned
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.likeness import is_abbreviated
from glossary_ls.glossary.reading.listed_names import split_names
from glossary_ls.glossary.reading.names import (
    WrittenName,
    first_of,
    is_acronym,
    pair_of,
    read_name,
    stands_for,
)
from glossary_ls.glossary.reading.openings import meaningful, opening_of
from glossary_ls.glossary.reading.pointers import pointed_at
from glossary_ls.glossary.wording import is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.base.model import Question
    from glossary_ls.base.text import Text

#: From this many names on, a file of which most names are acronyms is a list of acronyms.
_FEWEST_ACRONYMS = 3
_ACRONYM_SHARE = 0.6

#: The long form of a name in small letters is so short, and has none of these signs.
_MOST_WORDS_OF_LONG = 6
_STOPS = frozenset(".;:(!?")

_LETTERS = lazily(r"[^\W\d_]+")
#: A remark in parentheses behind a long form.
_BEHIND = lazily(r"\s*\([^()]*\)$")
_DEPRECATED = lazily(
    r"deprecated|obsolete|superseded|retired|rejected|veraltet|do not use|legacy|removed", re.IGNORECASE
)
_DRAFT = lazily(r"draft|proposed|candidate|entwurf|wip|pending|in review|under review", re.IGNORECASE)


class Piece(NamedTuple):
    """A text without markup, and where it is written in the file, with its markup."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry as a reader found it; all spans count in the file.

    `names` are stacked names of one entry, the first of which names the term. `definition` is Markdown, and
    `body` its place. `fields` are labeled texts (Markdown), in their order; a text that holds several names
    is split here. `topics` are those that the file as a whole gives, such as the heading above. Of a literal
    draft (see `literal`), nothing is split or interpreted.
    """

    span: Span
    names: tuple[Piece, ...]
    definition: str = ""
    body: Span | None = None
    fields: tuple[tuple[Field, Piece], ...] = ()
    topics: tuple[str, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_literal: bool = False


def glossary_file(  # noqa: PLR0913  because what a file holds besides its entries is optional
    path: str,
    text: Text,
    drafts: Iterable[Draft],
    *,
    head: Head | None = None,
    problems: Iterable[Problem] = (),
    evidence: str = "",
    is_acronyms: bool | None = None,
) -> GlossaryFile:
    """Return the glossary file that drafts make, in the order of the file.

    `evidence` says in words by what the entries were recognized, such as "table with the columns term and
    definition". `is_acronyms` says whether the file is a list of acronyms; None infers that from its names.
    A draft without a name becomes a problem.
    """
    found = sorted(drafts, key=lambda draft: draft.span)
    leftovers.keep(drafts, found)
    is_list = is_acronyms if is_acronyms is not None else _is_list_of_acronyms(found)
    items: list[Entry] = []
    starts: list[int] = []
    all_problems = list(problems)
    for draft in found:
        all_problems += draft.problems
        entry = entry_of(text.source, draft, is_acronyms=is_list)
        if entry is None:
            message = "this entry has no name, so that no text can mention it; write one, or delete the entry"
            all_problems.append(Problem("missing-term", message, draft.span, Severity.WARNING))
            continue
        items.append(entry)
        starts.append(draft.span.start)
    return GlossaryFile(
        path,
        text,
        head=head or Head(),
        items=tuple(items),
        starts=tuple(starts),
        problems=tuple(sorted(all_problems, key=lambda problem: problem.span)),
        evidence=evidence,
    )


def _is_list_of_acronyms(drafts: Sequence[Draft]) -> bool:
    names = [draft.names[0].text.strip("*_` ") for draft in drafts if draft.names]
    return len(names) >= _FEWEST_ACRONYMS and sum(map(_is_acronym, names)) >= _ACRONYM_SHARE * len(names)


def _is_acronym(name: str) -> bool:
    """Return whether a written name is an acronym, or one with its long form behind it."""
    if is_acronym(cleaned(name) if name.endswith("?") else name):
        return True
    first = name.partition(" ")[0].rstrip(":")
    return is_acronym(first) and read_name(name).name == first != name


# --- from a draft to an entry -----------------------------------------------------------------------------


def entry_of(source: str, draft: Draft, *, is_acronyms: bool) -> Entry | None:
    """Return the entry that a draft makes, with spans that count from its start; None without a name."""
    if draft.is_literal and draft.names:
        return _literal_entry(source, draft)
    if not draft.names or not (written := read_name(draft.names[0].text, is_acronyms=is_acronyms)).name:
        return None
    fields = _Fields(draft)
    written, meaning = _completed(draft, written, fields, is_acronyms=is_acronyms)
    texts = (meaning, draft.definition, *fields.texts(Field.DEFINITION))
    definition = meaningful("\n\n".join(filter(None, texts)))
    if not written.expansion:
        opening = opening_of(written.name, definition, is_acronyms=is_acronyms)
        names = (written.name, *(alias.name for alias in written.aliases))
        if first := first_of(names, opening.expansion):
            written = written._replace(expansion=first)
        elif opening.expansion and not _are_alike(opening.expansion, written.name):
            written, definition = written._replace(expansion=opening.expansion), opening.rest
        elif long := apposition(written.name, definition):
            written = written._replace(expansion=long)
    elif fields.has(Field.LONG_FORM):
        opening = opening_of(written.name, definition)
        definition = opening.rest if key(opening.expansion) == key(written.expansion) else definition
    related = tuple(dict.fromkeys((*fields.names(Field.RELATED), *pointed_at(definition))))
    replaced_by = next(iter(fields.names(Field.REPLACED_BY)), "")
    aliases = tuple(_aliases(written, draft, fields))
    term = Term(
        written.name,
        expansion=written.expansion,
        aliases=aliases,
        case=_case(written.name, aliases),
        definition=definition,
        summary=" ".join(fields.texts(Field.SUMMARY)),
        facts=fields.texts(Field.FACT),
        examples=fields.texts(Field.EXAMPLE),
        topics=tuple(
            dict.fromkeys(filter(None, (*draft.topics, *fields.names(Field.TOPICS), written.qualifier)))
        ),
        related=tuple(name for name in related if key(name) != key(written.name)),
        contrasts=(*draft.contrasts, *map(Contrast, fields.names(Field.CONTRAST))),
        questions=draft.questions,
        status=_status(fields, replaced_by),
        replaced_by=replaced_by,
        owner=", ".join(fields.texts(Field.OWNER)),
        reviewed=next(iter(fields.texts(Field.REVIEWED)), ""),
        source=", ".join(fields.texts(Field.SOURCE)),
        license=next(iter(fields.texts(Field.LICENSE)), ""),
        url=next(iter(fields.texts(Field.URL)), ""),
    )
    return _entry(source, draft, term, fields.pieces)


def _are_alike(long: str, name: str) -> bool:
    """Return whether a long form is only another spelling of a name: `CRC-32` of `CRC32`."""
    return "".join(filter(str.isalnum, key(long))) == "".join(filter(str.isalnum, key(name)))


def _literal_entry(source: str, draft: Draft) -> Entry:
    term = literal.term_of(
        [piece.text for piece in draft.names],
        draft.definition,
        ((field, piece.text) for field, piece in draft.fields),
    )
    return _entry(source, draft, term, draft.fields)


def _entry(source: str, draft: Draft, term: Term, fields: Sequence[tuple[Field, Piece]]) -> Entry:
    start = draft.span.start
    values = sorted(_values(source, draft, term, fields), key=lambda value: value.span)
    name = next(value for value in values if value.role is Role.TERM)
    return Entry(
        term,
        draft.span.shifted(-start),
        name.shifted(-start),
        tuple(value.shifted(-start) for value in values),
        problems=(),
        source=draft.span.of(source),
    )


def _case(name: str, aliases: Sequence[Alias]) -> CaseRule | None:
    """Return the case rule of a name: the capital of a title says nothing about the word in a text.

    Without a name that is one word, the rule would say nothing.
    """
    is_titled = all(word == word.capitalize() for word in _LETTERS.findall(name))
    has_exact = any(is_exact(alias.name, None) for alias in aliases)
    has_word = any(
        each.isalpha() and not each.islower() for each in (name, *(alias.name for alias in aliases))
    )
    is_free = is_titled and has_word and not has_exact and not is_exact(name, None)
    return CaseRule.ANY if is_free else None


class _Fields:
    """The labeled texts of a draft that say something."""

    def __init__(self, draft: Draft) -> None:
        self.pieces = draft.fields
        self._by_field: dict[Field, list[str]] = {}
        for field, piece in draft.fields:
            if text := meaningful(piece.text):
                self._by_field.setdefault(field, []).append(text)

    def has(self, field: Field) -> bool:
        """Return whether there are texts of a field."""
        return field in self._by_field

    def texts(self, field: Field) -> tuple[str, ...]:
        """Return the texts of a field."""
        return tuple(self._by_field[field]) if field in self._by_field else ()

    def names(self, field: Field) -> tuple[str, ...]:
        """Return the names in a field, without links."""
        if field not in self._by_field:
            return ()
        return tuple(dict.fromkeys(part for text in self._by_field[field] for part in split_names(text)))


def _completed(
    draft: Draft, written: WrittenName, fields: _Fields, *, is_acronyms: bool
) -> tuple[WrittenName, str]:
    """Return a name with its short and long form by stacked names and labeled texts, and the rest."""
    for other in draft.names[1:]:
        if not written.expansion and (pair := pair_of(written.name, read_name(other.text).name)):
            written = _paired(written, pair)
    if certain := next(iter(fields.texts(Field.LONG_FORM)), ""):
        written, rest = _with_long_form(written, certain)
        said = next(iter(fields.texts(Field.EXPANSION)), "")
        return written, rest or ("" if key(said) == key(written.expansion) else said)
    return _by_labels(written, fields, is_acronyms=is_acronyms)


def _by_labels(written: WrittenName, fields: _Fields, *, is_acronyms: bool) -> tuple[WrittenName, str]:
    """Return a name with its short and long form by labeled texts, and the rest of these.

    Keys such as `abbreviation` hold either form, and keys such as `meaning` a long form or a definition,
    which the look of the value decides.
    """
    acronym = next(iter(fields.texts(Field.ACRONYM)), "")
    long = next(iter(fields.texts(Field.EXPANSION)), "")
    if not written.expansion and not long and is_acronym(written.name):
        written = _with_long_alias(written, fields)
    if acronym and acronym != written.name and not written.expansion:
        written = _with_acronym(written, acronym, is_acronyms=is_acronyms)
    if not long or key(long) in {key(written.name), key(written.expansion)}:
        return written, ""
    if written.expansion:
        return written, long
    if not is_acronym(written.name) and not is_acronyms:
        pair = pair_of(written.name, long)
        is_long = fields.has(Field.DEFINITION) and not is_sentence(long)
        if pair:
            return _paired(written, pair), ""
        return (written._replace(expansion=long), "") if is_long else (written, long)
    is_plain = len(long.split()) <= _MOST_WORDS_OF_LONG and _STOPS.isdisjoint(long)
    is_clipped = is_plain and not is_acronym(written.name) and is_abbreviated(written.name, long)
    opening = opening_of(written.name, "" if is_clipped else long, is_acronyms=True)
    if opening.expansion:
        return written._replace(expansion=opening.expansion), opening.rest
    is_named = is_clipped or is_acronym(written.name) or (is_acronyms and long[:1].isupper())
    is_text = is_sentence(long) or long.startswith((f"{written.name} ", "A ", "An ")) or not is_named
    return (written, long) if is_text else (written._replace(expansion=long), "")


def _with_long_form(written: WrittenName, long: str) -> tuple[WrittenName, str]:
    """Return a name with the long form that the syntax gives it, and the rest of that: a remark behind it."""
    if written.expansion:
        return written, "" if key(long) == key(written.expansion) else long
    remark = _BEHIND.search(long)
    if remark and stands_for(written.name, long[: remark.start()]):
        return written._replace(expansion=long[: remark.start()]), long
    qualifier = "" if key(written.qualifier) == key(long) else written.qualifier
    return written._replace(expansion=long, qualifier=qualifier), ""


def _with_long_alias(written: WrittenName, fields: _Fields) -> WrittenName:
    """Return an acronym with the long form that is one of its other names."""
    pairs = (pair_of(written.name, name, is_exact=True) for name in fields.names(Field.ALIASES))
    pair = next(filter(None, pairs), None)
    return _paired(written, pair) if pair else written


def _with_acronym(written: WrittenName, acronym: str, *, is_acronyms: bool) -> WrittenName:
    if pair := pair_of(written.name, acronym, is_acronyms=is_acronyms):
        return _paired(written, pair)
    if is_acronym(written.name) and " " in acronym:
        return written._replace(expansion=acronym)
    if is_acronym(acronym) and " " in written.name:
        return written._replace(name=acronym, expansion=written.name)
    return written._replace(aliases=(*written.aliases, Alias(acronym, AliasKind.ABBREVIATION)))


def _paired(written: WrittenName, pair: WrittenName) -> WrittenName:
    return pair._replace(aliases=(*pair.aliases, *written.aliases), qualifier=written.qualifier)


def _aliases(written: WrittenName, draft: Draft, fields: _Fields) -> Iterator[Alias]:
    seen = {written.name, written.expansion, ""}
    stacked = [read_name(piece.text) for piece in draft.names[1:]]
    found = [
        *written.aliases,
        *(Alias(name) for each in stacked for name in (each.name, each.expansion)),
        *(alias for each in stacked for alias in each.aliases),
        *map(Alias, fields.names(Field.ALIASES)),
        *(Alias(name, AliasKind.AVOID) for name in fields.names(Field.AVOID)),
    ]
    for alias in found:
        if alias.name not in seen:
            seen.add(alias.name)
            yield alias


def _status(fields: _Fields, replaced_by: str) -> Status:
    said = " ".join(fields.texts(Field.STATUS))
    if _DEPRECATED.search(said) or replaced_by:
        return Status.DEPRECATED
    return Status.DRAFT if _DRAFT.search(said) else Status.ACTIVE


_ROLES = {
    Field.RELATED: Role.RELATED,
    Field.CONTRAST: Role.CONTRAST,
    Field.REPLACED_BY: Role.REPLACED_BY,
    Field.ALIASES: Role.ALIAS,
    Field.AVOID: Role.ALIAS,
}


def _values(source: str, draft: Draft, term: Term, fields: Sequence[tuple[Field, Piece]]) -> Iterator[Value]:
    """Yield what can be pointed at: names at their exact places where the file has them as such."""
    first = draft.names[0]
    yield Value(Role.TERM, _place(source, first.span, term.name), term.name)
    wanted = [(Role.EXPANSION, term.expansion), *((Role.ALIAS, alias.name) for alias in term.aliases)]
    for role, name in wanted:
        places = (piece.span for piece in (*draft.names, *(piece for _, piece in draft.fields)))
        exact = (_find(source, span, name) for span in (*places, *filter(None, (draft.body,))))
        if name and (span := next(filter(None, exact), None)):
            yield Value(role, span, name)
    if draft.body is not None and term.definition:
        yield Value(Role.TEXT, draft.body, term.definition)
    for field, piece in fields:
        if field in {Field.RELATED, Field.CONTRAST, Field.REPLACED_BY}:
            for name in (piece.text,) if draft.is_literal else split_names(piece.text):
                if span := _find(source, piece.span, name):
                    yield Value(_ROLES[field], span, name)


def _place(source: str, span: Span, name: str) -> Span:
    return _find(source, span, name) or span


def _find(source: str, span: Span, name: str) -> Span | None:
    at = source.find(name, span.start, span.end) if name else -1
    return Span(at, at + len(name)) if at >= 0 else None


def shifted(file: GlossaryFile, by: int, path: str, text: Text) -> GlossaryFile:
    """Return a file that was read from a part of a text, which starts at `by`, as one of the whole text."""
    return replace(
        file,
        path=path,
        text=text,
        starts=tuple(start + by for start in file.starts),
        problems=tuple(moved(problem, by) for problem in file.problems),
    )
