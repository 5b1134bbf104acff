"""Records: an entry as labeled texts, such as an object in JSON, a mapping, or a row.

What a label says is decided by `labels`; here, by how labels stand together: which of them has the name,
which text of several languages counts, and where a text is something else than its label says. This module
must not know formats.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import memo
from glossary_ls.base.dataclass import replace
from glossary_ls.base.patterns import lazily
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.html_text import plain, to_markdown
from glossary_ls.glossary.reading.labels import Field, field_of
from glossary_ls.glossary.reading.languages import chosen, split_language
from glossary_ls.glossary.reading.names import is_acronym, pair_of, stands_for
from glossary_ls.glossary.reading.openings import before_remark, meaningful
from glossary_ls.glossary.wording import is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.base.text import Span

#: The labels of names, the best first; others are as good as a title.
_BEST_NAMES = ("term", "display name", "preflabel", "word", "name", "acronym")

#: Labels that often stand above definitions, although they could name a long form.
_WEAK = frozenset(
    {"meaning", "means", "bedeutung", "significado", "signification", "significato", "betekenis"}
)
_SWAPPED = _WEAK | {"definition"}

#: The label of a topic that is a name where there is no other one.
TOPIC = "topic"

#: Kinds of entries, which are no topics.
_KINDS = frozenset(
    {"term", "acronym", "abbreviation", "word", "definition", "concept", "definedterm", "noun", "verb"}
)

#: A topic of more words is a remark, and a summary of more characters a definition.
_MOST_TOPIC_WORDS = 6
_MOST_SUMMARY = 90

#: Words that are longer have a capital in a title.
_LONG_WORD = 3

#: A short form, or the long one in its place, has so many words at most where they have no capitals.
_MOST_SHORT_WORDS = 4

#: A long form has so many words at most.
_MOST_TITLE_WORDS = 14

_CAMEL = lazily(r"(?<=[a-z])(?=[A-Z])")

#: A whole text in marks of emphasis.
_EMPHASIZED = lazily(r"^([*_]{1,2})(?=\S)([^*_]+)(?<=\S)\1$")

_SEE = lazily(r"see(?: also)?:?\s+", re.IGNORECASE)

#: A remark behind a long form: `Queue Wait Budget (since 2020)`, `Queue Wait Budget - how long it takes`.
_REMARK = lazily(r"(?P<long>[^()]*[^()\s])\s*(?:\((?P<inner>[^()]*)\)|\s[-\u2013\u2014]\s(?P<rest>.+))")

_ADDRESS = lazily(r"https?://\S+")
_PATH = lazily(r"(?:\.{0,2}/|#)\S*|[\w-]+(?:/[\w.-]+)*/")

#: Fields that hold names, in which tags are not wanted.
_SHORT = frozenset({Field.NAME, Field.ACRONYM, Field.EXPANSION, Field.ALIASES, Field.AVOID, Field.RELATED})

#: Fields that say something about a term; with a name, one of them makes a record.
TELLING = frozenset(
    {Field.DEFINITION, Field.SUMMARY, Field.EXPANSION, Field.ALIASES, Field.FACT, Field.EXAMPLE, Field.AVOID}
)


class Label(NamedTuple):
    """What a label says: the field, its words in lower case, and the language of the text."""

    field: Field | None
    words: str
    language: str = ""


@memo.recent(1024)
def label_of(written: str) -> Label:
    """Return what a label says, without a prefix as in `skos:prefLabel`."""
    text = written.strip().rpartition(":")[2].lstrip("@$")
    if found := field_of(text):
        return Label(found, _words(text))
    base, language = split_language(text)
    if language and (found := field_of(base)):
        return Label(found, _words(base), language)
    return Label(None, _words(text))


def _words(label: str) -> str:
    return " ".join(re.sub(r"[_-]", " ", _CAMEL.sub(" ", label)).lower().split())


class Labeled(NamedTuple):
    """A text with its label."""

    label: Label
    piece: Piece


def draft_of(
    span: Span,
    texts: Sequence[Labeled],
    topics: tuple[str, ...] = (),
    key: Piece | None = None,
    *,
    is_acronyms: bool = False,
) -> Draft:
    """Return the draft of a record; without a name if no text is one.

    `key` is what the record is filed under, which is its name if no text is. `is_acronyms` means that the
    record is one of a list of acronyms.
    """
    known = _in_one_language([each for each in texts if meaningful(each.piece.text) or _is_name(each)])
    known = [Labeled(each.label, _cleaned(each)) for each in known]
    known = [_without_sentence(each) for each in known]
    name, known = _named(known, key)
    if name is None:
        return Draft(span, ())
    known = _with_acronym(name.text, known)
    fields = list(_settled(name, known, is_acronyms=is_acronyms or is_acronym(name.text)))
    if not any(field is Field.DEFINITION for field, _ in fields):
        fields = list(_with_definition(fields))
    at = next((at for at, (field, _) in enumerate(fields) if field is Field.DEFINITION), None)
    body = fields.pop(at)[1] if at is not None else None
    return Draft(
        span,
        (name,),
        definition=body.text if body else "",
        body=body.span if body else None,
        fields=tuple(fields),
        topics=topics,
    )


def _with_acronym(name: str, texts: list[Labeled]) -> list[Labeled]:
    """Return texts with another name as the acronym if its letters are those of the name."""
    if is_acronym(name) or any(each.label.field in {Field.ACRONYM, Field.EXPANSION} for each in texts):
        return texts
    others = (each for each in texts if each.label.field is Field.ALIASES)
    short = next((each for each in others if pair_of(name, each.piece.text, is_exact=True)), None)
    if short is None or not is_acronym(short.piece.text):
        return texts
    letters = short.piece.text.casefold()
    if _initials(name) != letters and any(_initials(each.piece.text) == letters for each in texts):
        # Another name is what it stands for.
        return texts
    acronym = short._replace(label=Label(Field.ACRONYM, "acronym"))
    return [acronym if each is short else each for each in texts]


def _initials(text: str) -> str:
    """Return the first letters of the words with capitals."""
    return "".join(word[0] for word in text.split() if word[0].isupper()).casefold()


def _is_name(each: Labeled) -> bool:
    """Return whether what fills the place of other texts is a name: `TBD`."""
    return (
        each.label.field in {Field.NAME, Field.ACRONYM}
        and each.piece.text.isupper()
        and each.piece.text.isalpha()
    )


def _in_one_language(texts: Sequence[Labeled]) -> list[Labeled]:
    """Return the texts without those of which there is one in a better language."""
    languages = list(dict.fromkeys(each.label.language for each in texts if each.label.language))
    if not languages:
        return list(texts)
    best: dict[Field | None, str] = {}
    for field in {each.label.field for each in texts}:
        best[field] = chosen(
            each.label.language for each in texts if each.label.field is field and each.label.language
        )
    return [each for each in texts if each.label.language in {"", best[each.label.field]}]


def _cleaned(each: Labeled) -> Piece:
    if each.label.field not in _SHORT:
        return each.piece._replace(text=to_markdown(each.piece.text))
    text = _EMPHASIZED.sub(r"\2", plain(each.piece.text))
    return each.piece._replace(text=_SEE.sub("", text) if each.label.field is Field.RELATED else text)


def _without_sentence(each: Labeled) -> Labeled:
    """Return a text that is too long for the short form that its label says as a summary."""
    text = each.piece.text
    if each.label.field is Field.ACRONYM and len(text.split()) > _MOST_SHORT_WORDS and not is_title(text):
        return Labeled(each.label._replace(field=Field.SUMMARY), each.piece)
    return each


def _named(texts: list[Labeled], key: Piece | None) -> tuple[Piece | None, list[Labeled]]:
    """Return the name of a record, and the other texts."""
    names = [each for each in texts if each.label.field is Field.NAME]
    rest = [each for each in texts if each.label.field is not Field.NAME]
    best = min(names, key=_rank, default=None)
    if best is not None:
        # `error_budget` and `Error Budget`
        same = [each for each in names if slug(each.piece.text) == slug(best.piece.text)]
        best = max((best, *same), key=lambda each: each.piece.text.count(" "))
    if key is not None:
        return _filed(key._replace(text=plain(key.text)), best, names, rest)
    acronym = next((each for each in texts if each.label.field is Field.ACRONYM), None)
    if best is None:
        best = acronym or next((each for each in texts if each.label.words == TOPIC), None)
    elif acronym and texts.index(acronym) < texts.index(best) and is_acronym(acronym.piece.text):
        # Of a pair, the name is where it is written first.
        return acronym.piece, [_as_expansion(best), *(each for each in rest if each is not acronym)]
    return (best.piece if best else None), [each for each in rest if each is not best]


def _filed(
    key: Piece, best: Labeled | None, names: Sequence[Labeled], rest: list[Labeled]
) -> tuple[Piece, list[Labeled]]:
    """Return the name of a record that is filed under a key, and the other texts."""
    if best is None:
        acronym = next((each for each in rest if each.label.field is Field.ACRONYM), None)
        has_long = any(each.label.field is Field.EXPANSION for each in rest)
        if acronym and has_long and key.text.islower():
            # The key is for references: `slo: {short: SLO, long: Service Level Objective}`
            return acronym.piece, [each for each in rest if each is not acronym]
        return key, rest
    name, short = best.piece.text, key.text.upper()
    if key.text.isalnum() and not is_acronym(key.text) and not is_acronym(name) and stands_for(short, name):
        return best.piece, [Labeled(Label(Field.ACRONYM, "acronym"), key._replace(text=short)), *rest]
    is_id = key.text.islower() and "-" in key.text
    if is_acronym(key.text) and not is_id and not is_acronym(name) and slug(key.text) != slug(name):
        # `SLO: {term: Service Level Objective}`
        return key, [*map(_as_expansion, names), *rest]
    return best.piece, rest


def _as_expansion(each: Labeled) -> Labeled:
    return Labeled(Label(Field.EXPANSION, "expansion"), each.piece)


def _rank(each: Labeled) -> int:
    words = each.label.words
    return _BEST_NAMES.index(words) if words in _BEST_NAMES else len(_BEST_NAMES)


def slug(text: str) -> str:
    """Return a text as it is written in an address, without what stands between words."""
    return re.sub(r"[\W_]+", "", text.lower())


def _settled(name: Piece, texts: Sequence[Labeled], *, is_acronyms: bool) -> Iterator[tuple[Field, Piece]]:
    """Yield the fields of a record, where a text is what it looks like rather than what its label says."""
    count = Counter(each.label.field for each in texts)
    is_pair = is_acronyms or bool(count[Field.ACRONYM])
    for label, piece in _unswapped(name.text, texts) if is_pair else texts:
        field, text = label.field, piece.text.strip()
        if field is None:
            continue
        remark = _REMARK.fullmatch(text) if field is Field.EXPANSION and is_pair else None
        if remark is not None and remark["long"].casefold() != name.text.casefold():
            yield field, piece._replace(text=remark["long"])
            if (remark["inner"] or "").casefold() != name.text.casefold():
                yield (Field.FACT if count[Field.DEFINITION] else Field.DEFINITION), piece
            continue
        if field is Field.EXPANSION and not count[Field.DEFINITION]:
            is_weak = label.words in _WEAK and not is_pair and not stands_for(name.text, text)
            is_text = is_sentence(text) and not (is_pair and is_title(text))
            field = Field.DEFINITION if is_weak or is_text else field
        elif field is Field.DEFINITION and count[field] == 1 and not count[Field.EXPANSION]:
            is_long = is_acronyms and is_title(text) and not before_remark(name.text, text)
            field = Field.EXPANSION if is_long else field
        yield from _looked_at(field, piece)


def _looked_at(field: Field, piece: Piece) -> Iterator[tuple[Field, Piece]]:
    """Yield a field whose text may be a remark or an address instead, if it says something."""
    text = piece.text.strip()
    if field is Field.TOPICS and len(text.split()) > _MOST_TOPIC_WORDS:
        field = Field.FACT
    elif field in {Field.RELATED, Field.ALIASES} and _ADDRESS.fullmatch(text):
        field = Field.URL
    if field is Field.URL and (found := _ADDRESS.search(text)):
        yield field, piece._replace(text=found[0].rstrip(")>.,"))
    elif _is_wanted(field, text):
        yield field, piece


def _unswapped(name: str, texts: Sequence[Labeled]) -> Sequence[Labeled]:
    """Return the texts of an acronym with the long form as such, where it stands below "definition"."""
    long = [each for each in texts if each.label.field is Field.EXPANSION]
    text = [each for each in texts if each.label.field is Field.DEFINITION]
    if len(long) != 1 or len(text) != 1 or long[0].label.words not in _SWAPPED:
        return texts
    said, meant = text[0].piece.text.strip(), long[0].piece.text.strip()
    if stands_for(name, meant) or not (stands_for(name, said) or (is_title(said) and not is_title(meant))):
        return texts
    labels = {id(long[0]): text[0].label, id(text[0]): long[0].label}
    return [each._replace(label=labels.get(id(each), each.label)) for each in texts]


def _is_wanted(field: Field, text: str) -> bool:
    """Return whether the text of a field says something: no kind of entry, no path of a page."""
    if field is Field.TOPICS:
        return len(text) > 1 and text.lower() not in _KINDS
    if field in {Field.RELATED, Field.ALIASES}:
        return _PATH.fullmatch(text) is None
    return field not in {Field.NAME, Field.LANGUAGE, Field.URL}


def is_title(text: str) -> bool:
    """Return whether a text is some words with capitals, as long forms are written."""
    words = [word for word in text.split() if word[:1].isalpha()]
    long = [word for word in words if len(word) > _LONG_WORD] or words
    is_short = 1 < len(text.split()) <= _MOST_TITLE_WORDS and not text.endswith((".", "!", "?"))
    return is_short and bool(long) and 3 * sum(word[0].isupper() for word in long) >= 2 * len(long)


def _with_definition(fields: list[tuple[Field, Piece]]) -> Iterator[tuple[Field, Piece]]:
    """Yield the fields with a long summary or the first remark as the definition."""
    taken = next((piece for field, piece in fields if field is Field.SUMMARY), None)
    if taken is None or len(taken.text) <= _MOST_SUMMARY:
        facts = (piece for field, piece in fields if field is Field.FACT)
        taken = next(facts, None) if taken is None else None
    for field, piece in fields:
        yield (Field.DEFINITION if piece is taken else field), piece


def resolved(drafts: Iterable[Draft], names: dict[str, str]) -> Iterator[Draft]:
    """Yield drafts with the names of the terms that they refer to by an id, such as `error_budget`."""
    for draft in drafts:
        fields = tuple(
            (field, piece._replace(text=names.get(piece.text.strip(), piece.text)))
            if field in {Field.RELATED, Field.REPLACED_BY, Field.CONTRAST}
            else (field, piece)
            for field, piece in draft.fields
        )
        yield replace(draft, fields=fields) if fields != draft.fields else draft
