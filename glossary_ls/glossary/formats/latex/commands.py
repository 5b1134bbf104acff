"""Commands of LaTeX that define entries: those of packages, own ones that call them, and those used as such.

A signature says what each argument is to an entry. This module must not know how a page is laid out.
"""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.latex.plurals import irregular_plural
from glossary_ls.glossary.formats.latex.syntax import COMMAND, Source
from glossary_ls.glossary.formats.latex.texts import markdown
from glossary_ls.glossary.names import key
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.emphasis import plain
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.names import is_acronym, pair_of, read_name
from glossary_ls.glossary.wording import is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Role(Enum):
    """What an argument is to an entry; `KEYS` are keys with values, `OTHER` is not read."""

    KEY = auto()
    SHORT = auto()
    LONG = auto()
    NAME = auto()
    TEXT = auto()
    KEYS = auto()
    OPTIONS = auto()
    OPTIONAL_SHORT = auto()
    OTHER = auto()


_R = Role
Signature = tuple[Role, ...]

_PAIR = (_R.OPTIONS, _R.KEY, _R.SHORT, _R.LONG)
_ENTRY = (_R.KEY, _R.KEYS)
_LONG_ENTRY = (_R.KEY, _R.KEYS, _R.TEXT)
_ACRO = (_R.KEY, _R.OPTIONAL_SHORT, _R.LONG)

#: The commands of the packages glossaries, glossaries-extra, acronym, acro, nomencl and listofsymbols.
_PACKAGES: dict[str, Signature] = {
    "newacronym": _PAIR,
    "newabbreviation": _PAIR,
    "newglossaryentry": _ENTRY,
    "provideglossaryentry": _ENTRY,
    "longnewglossaryentry": _LONG_ENTRY,
    "longprovideglossaryentry": _LONG_ENTRY,
    "newdualentry": (_R.OPTIONS, _R.KEY, _R.SHORT, _R.LONG, _R.TEXT),
    "newterm": (_R.OPTIONS, _R.NAME),
    "glsxtrnewsymbol": (_R.OPTIONS, _R.KEY, _R.NAME),
    "acro": _ACRO,
    "acrodef": _ACRO,
    "newacro": _ACRO,
    "DeclareAcronym": _ENTRY,
    "nomenclature": (_R.OPTIONS, _R.NAME, _R.TEXT),
}
_OPTIONAL = {_R.OPTIONS, _R.OPTIONAL_SHORT}

#: Of several roles that an own macro gives an argument, the first one counts.
_PRECEDENCE = (_R.SHORT, _R.OPTIONAL_SHORT, _R.LONG, _R.NAME, _R.TEXT, _R.KEYS, _R.KEY, _R.OPTIONS, _R.OTHER)

#: Commands with the plural of an entry.
_PLURALS = {"acroplural", "acrodefplural", "newacroplural"}

_OWN = lazily(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand)\*?\s*\{?\s*\\(?P<name>[A-Za-z@]+)\s*\}?\s*"
    r"(?:\[(?P<count>\d)\]\s*)?(?P<default>\[[^\[\]]*\]\s*)?(?=\{)"
    r"|\\(?:New|Renew|Provide|Declare)DocumentCommand\s*\{?\s*\\(?P<document>[A-Za-z@]+)\s*\}?\s*(?=\{)"
    r"|\\[gex]?def\s*\\(?P<primitive>[A-Za-z@]+)\s*(?P<numbers>(?:#\d)*)\s*(?=\{)"
)
_ONE_ARGUMENT = lazily(r"[^#]{0,40}#(\d)[^#]{0,40}")
_DOCUMENT_ARGUMENT = lazily(r"[+!]?([mosOdrR])(?:\{[^{}]*\})?")

#: Own commands that are used as often define entries, if their arguments look like it.
_FEWEST_CALLS = 3
_SHARE = 0.6
#: Commands for entries do not take more.
_MOST_ARGUMENTS = 4
#: As much of an argument is looked at, in characters.
_SAMPLE = 100
_NAMED = lazily(r"acro|abbr|gloss|term|nomen|symb|defin|entry|vocab|akro|abk|sigl", re.IGNORECASE)
#: Commands of the language and of packages, that are not for entries whatever their arguments.
_FORMAL = lazily(
    r"(?:re)?new(?:command|environment|length|counter|theorem|if|page|font|line|savebox|toks|count|dimen|column\w*)|provide.*|def.*|declare.*|set.*|addto.*|text.*|math.*|href|hyper.*|gls.*|[Aa]c\w{0,3}|use.*|if.*|"
    r"begin|end|multi.*|color.*|add.*|make.*|require.*|include.*|input|load.*|print.*|font.*|rule|parbox|frac|"
    r"(?:[vh]space|label|cite\w*|ref|caption)|raisebox|section|chapter|titleformat|newline|foreignlanguage|SI|qty",
    re.IGNORECASE,
)
#: The longest own macro that is put in where it is used, in characters.
_LONGEST_MACRO = 120


class Argument(NamedTuple):
    """An argument of a call, and what it is."""

    role: Role
    place: Span


@dataclass(slots=True)
class Call:
    """A command that defines an entry, with its arguments."""

    name: str
    span: Span
    arguments: list[Argument] = field(default_factory=list)

    def first(self, *roles: Role) -> Span | None:
        """Return the place of the first argument with one of some roles."""
        return next((each.place for each in self.arguments if each.role in roles), None)


def calls(source: Source) -> Iterator[Call]:
    """Yield the commands that define entries, in the order of the text; learn own macros first."""
    signatures = dict(_PACKAGES)
    bodies = [*_own_commands(source, signatures)]
    signatures = {**_used(source, signatures), **signatures}
    at = 0
    while found := COMMAND.search(source.text, at):
        inside = next((body for body in bodies if body.start <= found.start() < body.end), None)
        if inside is not None:
            bodies = [body for body in bodies if body.end > inside.end]
            at = inside.end
            continue
        at = found.end()
        signature = signatures.get(found["name"])
        if signature and (call := call_at(source, found, signature)):
            at = call.span.end
            yield call


def plurals(source: Source) -> dict[str, str]:
    """Return plurals that the package acronym is told, by the keys of their entries."""
    found: dict[str, str] = {}
    for match in COMMAND.finditer(source.text):
        if match["name"] in _PLURALS and (call := call_at(source, match, _ACRO)):
            name, long = call.first(_R.KEY), call.first(_R.LONG)
            if name and long:
                found[name.of(source.text).strip()] = markdown(source, long)
    return found


def call_at(source: Source, found: re.Match[str], signature: Signature) -> Call | None:
    """Return the call of a command; None if arguments are missing."""
    at = found.end()
    arguments: list[Argument] = []
    for role in signature:
        place = source.options(at) if role in _OPTIONAL else source.group(at)
        if place is None and role in _OPTIONAL:
            continue
        if place is None:
            return None
        arguments.append(Argument(role, place))
        at = source.behind(place)
    return Call(found["name"], Span(found.start(), at), arguments)


# --- own commands -----------------------------------------------------------------------------------------


def _own_commands(source: Source, signatures: dict[str, Signature]) -> Iterator[Span]:
    """Add the signatures of own commands that define entries; yield the places of all bodies."""
    for found in _OWN.finditer(source.text):
        at = found.end()
        arguments = source.group(at) if found["document"] else None
        body = source.group(source.behind(arguments) if arguments else at)
        if body is None:
            continue
        yield Span(found.start(), source.behind(body))
        name = found["name"] or found["document"] or found["primitive"]
        layout = _layout(found, arguments.of(source.text) if arguments else "")
        if not layout:
            if len(body) <= _LONGEST_MACRO:
                source.macros[name] = body
            continue
        if signature := _signature(source, body, layout, signatures):
            signatures[name] = signature


def _layout(found: re.Match[str], arguments: str) -> Signature:
    """Return the arguments of an own command, all of them without a role yet."""
    if found["document"]:
        kinds = [each[1] for each in _DOCUMENT_ARGUMENT.finditer(arguments)]
        return tuple(_R.OTHER if kind == "m" else _R.OPTIONS for kind in kinds if kind != "s")
    count = int(found["count"] or 0) if found["name"] else len(found["numbers"] or "") // 2
    optional = bool(found["default"]) and count > 0
    return (*((_R.OPTIONS,) if optional else ()), *[_R.OTHER] * (count - optional))


def _signature(
    source: Source, body: Span, layout: Signature, known: dict[str, Signature]
) -> Signature | None:
    """Return what the arguments of a command are, from the commands in its body that define entries."""
    roles: dict[int, Role] = {}
    for found in COMMAND.finditer(source.text, body.start, body.end):
        inner = known.get(found["name"])
        call = call_at(source, found, inner) if inner else None
        for argument in call.arguments if call else ():
            for role, place in _parts(source, argument):
                number = _ONE_ARGUMENT.fullmatch(place.of(source.text).strip())
                if number and role is not _R.OPTIONS:
                    at = int(number[1]) - 1
                    roles[at] = min(role, roles.get(at, role), key=_PRECEDENCE.index)
    wanted = set(roles.values()) - {_R.KEY}
    if not wanted:
        return None
    return tuple(each if each is _R.OPTIONS else roles.get(at, _R.OTHER) for at, each in enumerate(layout))


_KEY_ROLES = {
    "name": _R.NAME,
    "short": _R.SHORT,
    "long": _R.LONG,
    "description": _R.TEXT,
}


def _parts(source: Source, argument: Argument) -> Iterator[Argument]:
    """Yield an argument, or the values in it."""
    if argument.role not in {_R.KEYS, _R.OPTIONS}:
        yield argument
        return
    places = {pair.key: pair.place for pair in source.keys(argument.place)}
    for name, place in places.items():
        if role := _KEY_ROLES.get(name):
            is_long = role is _R.TEXT and _is_acronym(source, places)
            yield Argument(_R.LONG if is_long else role, place)


def _used(source: Source, known: dict[str, Signature]) -> dict[str, Signature]:
    """Return the signatures of commands that are not defined here, but are used as those of entries are."""
    samples: dict[str, list[list[str]]] = {}
    counts: Counter[str] = Counter()
    for found in COMMAND.finditer(source.text):
        name = found["name"]
        if name in known or _FORMAL.fullmatch(name) or name in source.macros:
            continue
        arguments: list[str] = []
        at = found.end()
        while len(arguments) < _MOST_ARGUMENTS and (at := source.skip(at)) in source.pairs:
            close = source.pairs[at]
            arguments.append(source.text[at + 1 : min(close, at + _SAMPLE)].strip())
            at = close + 1
        if len(arguments) > 1:
            counts[name] += 1
            samples.setdefault(name, []).append(arguments)
    guessed = (
        (name, _guessed(name, rows)) for name, rows in samples.items() if counts[name] >= _FEWEST_CALLS
    )
    return {name: signature for name, signature in guessed if signature}


def _guessed(name: str, rows: Sequence[list[str]]) -> Signature | None:
    """Return what the arguments of a command are by how they look in most of its calls."""
    count = Counter(map(len, rows)).most_common(1)[0][0]
    rows = [row for row in rows if len(row) == count]
    enough = _SHARE * len(rows)
    for at in range(count - 1):
        short, long = at, at + 1
        pairs = sum(bool(pair_of(row[short], row[long])) for row in rows)
        alike = sum(is_acronym(row[short]) and " " in row[long] for row in rows)
        if pairs >= enough or (alike >= enough and at > 0) or (alike >= enough and _NAMED.search(name)):
            first = sum(is_acronym(row[short]) for row in rows) >= enough
            roles = [_R.KEY if number < at else _R.TEXT for number in range(count)]
            roles[short], roles[long] = (_R.SHORT, _R.LONG) if first else (_R.LONG, _R.SHORT)
            return tuple(roles)
    if _NAMED.search(name) and len(rows) >= _FEWEST_CALLS:
        told = sum(" " in row[-1] for row in rows)
        if told >= enough:
            return (*[_R.KEY] * (count - 2), _R.NAME, _R.TEXT)
    return None


# --- from calls to entries --------------------------------------------------------------------------------


def draft_of(source: Source, call: Call, names: dict[str, str]) -> Draft | None:
    """Return the entry that a call defines; `names` has those of other entries by their keys."""
    found = _places(source, call)
    label = call.first(_R.KEY)
    written = _of(found, "short", "name") or label
    if written is None:
        return None
    # A brace that is missing takes in the keys behind a name.
    name = Piece(_NEXT_KEY.split(plain(markdown(source, written)), maxsplit=1)[0], written)
    if not name.text and label:
        name = Piece(label.of(source.text).strip(), label)
    if label and "long" not in found and call.first(_R.LONG) is not None:
        # The long form is written as the short one.
        name, found = _swapped(source, label, name, found)
    texts = [each.place for each in call.arguments if each.role is _R.TEXT]
    texts = [*filter(None, (found.get("description"),)), *texts] or [*filter(None, (found.get("extra"),))]
    fields = (*_fields(source, found, name, names),)
    definition = "\n\n".join(filter(None, (markdown(source, place) for place in texts))).lstrip(
        "\u2013\u2014 "
    )
    body = next(iter(texts), None)
    if any(field in _LONG and key(piece.text) == key(definition) for field, piece in fields):
        definition, body = "", None
    return Draft(call.span, (name,), definition, body, fields)


def _swapped(
    source: Source, label: Span, name: Piece, found: dict[str, Span]
) -> tuple[Piece, dict[str, Span]]:
    """Return the key as the name and the name as the long form, if they are a pair; else what is given."""
    key_text = label.of(source.text).strip()
    if " " in name.text and is_acronym(key_text) and pair_of(key_text, name.text):
        return Piece(key_text, label), {**found, "long": name.span}
    return name, found


#: Fields of long forms.
_LONG = frozenset({Field.EXPANSION, Field.LONG_FORM})

#: What stands where a long form belongs is a definition if it ends so, or has more words.
_SENTENCE_ENDS = (".", "!", "?")
_MOST_LONG_WORDS = 16

_ROLE_KEYS = (
    (_R.SHORT, "short"),
    (_R.OPTIONAL_SHORT, "short"),
    (_R.LONG, "long"),
    (_R.NAME, "name"),
)


def _places(source: Source, call: Call) -> dict[str, Span]:
    """Return the places of what a call says, by the keys of the package glossaries."""
    found: dict[str, Span] = {}
    for role, name in _ROLE_KEYS:
        if place := call.first(role):
            found.setdefault(name, place)
    for place in [each.place for each in call.arguments if each.role is _R.NAME][1:]:
        # A macro for an acronym and an entry has a name for each.
        found.setdefault("long", place)
    for argument in call.arguments:
        if argument.role in {_R.KEYS, _R.OPTIONS} and call.name != "nomenclature":
            for pair in source.keys(argument.place):
                found.setdefault(pair.key.lower(), pair.place)
    text = found.get("description")
    if text and "long" not in found and _is_acronym(source, found) and not is_sentence(text.of(source.text)):
        found["long"] = found.pop("description")
    return found


def _is_acronym(source: Source, found: Mapping[str, Span]) -> bool:
    """Return whether an entry belongs to the list of acronyms, so that its description is its long form."""
    return "type" in found and "acronym" in found["type"].of(source.text)


def _of(found: dict[str, Span], *keys: str) -> Span | None:
    return next((found[each] for each in keys if each in found), None)


def _fields(
    source: Source, found: dict[str, Span], name: Piece, names: dict[str, str]
) -> Iterator[tuple[Field, Piece]]:
    if long := found.get("long"):
        text = plain(markdown(source, long))
        is_text = text.endswith(_SENTENCE_ENDS) or len(text.split()) > _MOST_LONG_WORDS
        yield (Field.EXPANSION if is_text else Field.LONG_FORM), Piece(text, long)
    elif first := found.get("first"):
        read = read_name(markdown(source, first))
        if read.expansion and key(read.name) == key(name.text):
            yield Field.EXPANSION, Piece(read.expansion, first)
    if "short" in found and "name" in found:
        other = plain(markdown(source, found["name"]))
        if (
            key(other) != key(name.text)
            and "long" in found
            and key(other) != key(plain(markdown(source, found["long"])))
        ):
            yield Field.ALIASES, Piece(other, found["name"])
    yield from irregular_plural(source, found, name)
    for each in ("see", "seealso", "alias"):
        if place := found.get(each):
            text = _TAG.sub("", place.of(source.text))
            related = [names[part.strip()] for part in text.strip("{} ").split(",") if part.strip() in names]
            yield Field.RELATED, Piece("; ".join(related), place)
    if (parent := found.get("parent")) and (topic := names.get(parent.of(source.text).strip())):
        yield Field.TOPICS, Piece(topic, parent)


_NEXT_KEY = lazily(r",\s*(?=[a-z]+\s*=)")
_TAG = lazily(r"^\s*\[[^\[\]]*\]")


def names_by_key(source: Source, found: Sequence[Call]) -> dict[str, str]:
    """Return the names of entries by the keys that references have."""
    names: dict[str, str] = {}
    for call in found:
        if (label := call.first(_R.KEY) or call.first(_R.SHORT, _R.NAME)) is None:
            continue
        written = call.first(_R.SHORT, _R.OPTIONAL_SHORT, _R.NAME)
        if written is None:
            keys = {
                pair.key.lower(): pair.place
                for each in call.arguments
                if each.role is _R.KEYS
                for pair in source.keys(each.place)
            }
            written = _of(keys, "short", "name")
        names[" ".join(label.of(source.text).split())] = plain(markdown(source, written or label))
    return names
