"""How definitions open: with the long form of an acronym, or with nothing.

This module must not know formats, or markup beyond emphasis and links in Markdown.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from glossary_ls.acronyms.alignment import BRACKETS, EXPLICIT, good_after
from glossary_ls.acronyms.forms import base_of, words_of
from glossary_ls.base import memo
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import in_order, word_set
from glossary_ls.glossary.reading.clauses import (
    ARTICLE,
    CLOSING_MARKS,
    OPENING_MARKS,
    bare_of,
    clause_end,
    is_phrase,
    is_title,
    quoted_opening,
)
from glossary_ls.glossary.reading.likeness import is_abbreviated
from glossary_ls.glossary.reading.names import is_acronym, stands_for
from glossary_ls.glossary.wording import is_sentence

#: Texts that stand where a definition is missing.
_NOTHING = lazily(
    r"(?:to ?do\b.*|tbd\.?|tba\.?|fixme\b.*|n/?a|none|null|-+|\u2013|\u2014|\?+|\.{2,}|\u2026|wip|xxx|"
    r"\(?(?:no |missing )?(?:definition|description|explanation)"
    r"(?: (?:is )?(?:not|yet to be|to be|coming) .{0,40}| needed| missing| pending| yet| provided)?"
    r"\)?\.?|coming soon\.?|to be (?:defined|written|done|added|completed)\.?|(?:not (?:yet )?defined)\.?)",
    re.IGNORECASE | re.DOTALL,
)
#: Longer texts say something, unless they begin so.
_MOST_NOTHING = 120
_UNFINISHED = ("to do", "todo", "fixme", "-", "?", ".")
_EXPLICIT = lazily(
    r"(?:(?:is |it is |this is |\w+ (?:is|ist) )?(?:an? |the |die |eine )?)?"
    r"(?:short|shorthand|short form|shortened form|abbreviation|abbreviated form|acronym|initialism|"
    r"numeronym|initials|abk\.|abkürzung)(?:\s+\([^()\n]{1,40}\))?(?:\s+(?:for|of|form of|für))\b\s*:?\s*|"
    r"(?:this |it |which |acronym |\w+ )?(?:stands|steht|short|stand)\s+(?:for|für)\b\s*:?\s*|"
    r"acronym:\s*|abbreviation:\s*",
    re.IGNORECASE,
)
_SENTENCE_END = lazily(r"[.;:(\n\u2013\u2014!?]|\s-\s")
_SENTENCE_STOP = lazily(r"\s?\.(?=\s+[A-Z(\[\"]|\s*$)|\n|$")
#: A link to where there is more, behind a long form.
_MORE = lazily(r"\s*\[(?:\u2192|\u21d2|->|\u00bb|(?:read |learn )?more\b)[^\[\]]*\]\([^()\s]*\)\s*$")
#: An item, or the mark of a quotation.
_BULLET = lazily(r"[-*+>]\s+(?=\S)")
_MEANS = lazily(r"(?:it |this )?means:?\s+", re.IGNORECASE)
_VERB = lazily(
    r"\s(?:is|are|was|were|can|has|have|will|refers|means|describes|which|that|who|used|ist|sind|est|es)\s"
)
_MOST_LETTERS = 120
_JOINT = lazily(r"[ .;:\u2013\u2014]*(?:-+ )?")
_INDEFINITE = lazily(r"an?\s", re.IGNORECASE)
#: A remark in parentheses inside of a long form, with more of it behind.
_INSIDE = lazily(r"\([^()]*\) (?=[^\W\d])")
#: A line break inside of a sentence; with a blank in its place, offsets stay.
_WRAP = lazily(r"(?<=\w)\n(?=\w)")
_YEAR = lazily(r"of (?:1[89]|20)\d\d")
_REMARK = lazily(r", (?=[a-z])")
#: A long form in parentheses in front of a definition.
_PARENTHESES = lazily(r"\((?P<long>[^()\n]{3,120})\)[:;,.]?\s*")

#: So much may a long form behind an article differ from the letters of the short one.
_DESCRIBED = 0.08

#: An acronym of fewer letters may be spelled by chance.
_FEWEST_CAPITALS = 3
_FEWEST_SPELLED = 4

#: A long form whose capitals are the acronym has no more words.
_MOST_CAPITALIZED = 24

_BEFORE_PREPOSITION = lazily(
    r"(?P<long>[A-Z][\w-]*(?: [\w-]+){1,6}?) (?:of|for|over|in|on|to|from|with|by|that|at) "
)

#: The long form of a short one without capitals has so many words at most.
_MOST_CLIPPED = 4

#: No long form that a definition announces has more words.
_MOST_WORDS = 8


#: Words that join others: what follows one belongs to no long form that ended before it.
_JOINERS = word_set("a an the of in on at to for by with from and or as per via not")

#: A long form goes on for so many words behind those that its letters are from.
_MOST_BEHIND = 3

#: The first sentence in a list of acronyms is no long form if it has more words.
_MOST_LISTED = 12


class Opening(NamedTuple):
    """The long form that a definition opens with, and the rest of it."""

    expansion: str
    rest: str


def meaningful(definition: str) -> str:
    """Return a definition, or an empty string for a text that only fills its place."""
    text = definition.strip()
    if len(text) > _MOST_NOTHING and not text.lower().lstrip("*_ ").startswith(_UNFINISHED):
        return text
    return "" if _NOTHING.fullmatch(text.strip("*_ ")) else text


@memo.recent(4096)
def opening_of(name: str, definition: str, *, is_acronyms: bool = False) -> Opening:
    """Return the long form that a definition of `name` opens with; without one, the whole text is the rest.

    `is_acronyms` means that the file is a list of acronyms, where initials do not matter.
    """
    text = definition.lstrip()
    if more := _MORE.search(text):
        opening = opening_of(name, text[: more.start()], is_acronyms=is_acronyms)
        rest = f"{opening.rest}{more[0]}".strip()
        return opening._replace(rest=rest) if opening.expansion else Opening("", definition)
    bullet = _BULLET.match(text)
    # `CAD or computer-aided design is ...`
    if skipped := bullet.end() if bullet else len(f"{name} or ") * text.startswith(f"{name} or "):
        opening = opening_of(name, text[skipped:], is_acronyms=is_acronyms)
        return opening if opening.expansion else Opening("", definition)
    if marked := _marked(name, text):
        return Opening(marked.expansion, _rest(text, marked.end, keep=definition))
    if (inner := _PARENTHESES.match(text)) and is_acronym(name) and stands_for(base_of(name), inner["long"]):
        return Opening(inner["long"], text[inner.end() :])
    if not is_acronym(name) and not (is_acronyms and len(name) <= 12):
        found = _titled(name, text)
    else:
        is_listed = is_acronyms and (is_acronym(name) or any(map(str.isdigit, name)))
        read = _listed if is_listed else _clipped
        found = _unwrapped(base_of(name), text)
        if found and is_listed:
            # A line in title case is a long form as a whole.
            stop = _SENTENCE_STOP.search(text)
            end = stop.start() if stop else len(text)
            said = text[:end]
            is_whole = is_title(_INSIDE.sub("", said)) and ";" not in said and not _VERB.search(said)
            found = _Long(bare_of(said), end) if is_whole else _lengthened(found, text)
        if is_listed and (long := before_remark(name, text)):
            found = _Long(bare_of(long), len(long))
        found = found or (read(name, text) if is_acronyms else None)
    if found and not found.expansion.endswith(f" {name}"):
        return Opening(found.expansion, _rest(text, found.end, keep=definition))
    return Opening("", definition)


class _Long(NamedTuple):
    """A long form, and the offset at which it ends in a definition."""

    expansion: str
    end: int


def _marked(name: str, text: str) -> _Long | None:
    """Read a definition that says that a long form follows: `Short for ...`."""
    marked = _EXPLICIT.match(text)
    if not marked:
        return None
    quoted = quoted_opening(text[marked.end() :])
    end = marked.end() + len(quoted) if quoted else clause_end(text, marked.end())
    if text[end : end + 1] == ",":
        # `Short for Extract, Load, and Transform.`
        found = _SENTENCE_END.search(text, end)
        whole = found.start() if found else len(text)
        end = whole if stands_for(base_of(name), bare_of(text[marked.end() : whole])) else end
    said = bare_of(text[marked.end() : end])
    if not stands_for(base_of(name), said) and (fit := _fitted(base_of(name), text[marked.end() :], end)):
        # `short for Queue Wait Budget and tells how long ...`
        said, end = fit.expansion, marked.end() + fit.end
    words = len(said.split())
    is_name = said[:1].isupper() or words > 1 or stands_for(base_of(name), said)
    return _Long(said, end) if said and words <= _MOST_WORDS and is_name else None


def _capitals(short: str, text: str) -> _Long | None:
    """Read a text whose capitals are the acronym, wherever they are: `pRoject Of oNE Text`."""
    if len(short) < _FEWEST_CAPITALS or not short.isupper() or any(sign in text for sign in ".;:("):
        return None
    said = bare_of(text)
    words = said.split()
    # What follows the last capital is a remark.
    is_long = 1 < len(words) <= _MOST_CAPITALIZED and not words[-1].islower()
    is_made = "".join(filter(str.isupper, said)) == short
    return _Long(said, len(text)) if is_long and is_made else None


def _spelled(short: str, text: str, limit: int) -> _Long | None:
    """Read words whose initials are the acronym, without capitals, in front of a preposition."""
    found = _BEFORE_PREPOSITION.match(text, 0, limit)
    if found is None or len(short) < _FEWEST_SPELLED or not short.isupper():
        return None
    return _Long(found["long"], found.end("long")) if _initials(found["long"]) == short else None


def _unwrapped(short: str, text: str) -> _Long | None:
    """Read a long form at the beginning of a text, which may go on in the next line."""
    found = _initialed(short, text)
    if found and not _WRAP.match(text, found.end):
        return found
    whole = _initialed(short, _WRAP.sub(" ", text))
    return whole if whole and (found is None or _initials(whole.expansion) == short.upper()) else found


def _initials(long: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", long)).upper()


def _initialed(short: str, text: str) -> _Long | None:
    """Read a definition that opens with words that an acronym is made of."""
    made = _capitals(short, text)
    if made or text.startswith(f"{short} ["):
        # The latter is a mention with its long form beside it (see `appositions`).
        return made
    if means := _MEANS.match(text):
        inner = _initialed(short, text[means.end() :])
        return inner and inner._replace(end=inner.end + means.end())
    quoted = quoted_opening(text)
    said = bare_of(quoted).rstrip(".")
    is_bold = quoted.startswith("**") and quoted.endswith(".**")
    if said and (stands_for(short, said) or (is_bold and _are_initials(short, said))):
        return _Long(said, len(quoted))
    end = clause_end(text, 0)
    clause = bare_of(text[:end])
    # What follows an indefinite article describes a thing more often than it names one.
    tolerance = _DESCRIBED if _INDEFINITE.match(text) else BRACKETS
    if stands_for(short, clause, tolerance) and not _goes_on(short, text, end):
        return _Long(clause, end)
    if text[end : end + 1] == ",":
        # `Authentication, Authorization and Accounting`.
        found = _SENTENCE_END.search(text, end)
        whole = found.start() if found else len(text)
        is_long = _goes_on(short, text, end) or stands_for(short, bare_of(text[:whole]))
        if whole - end <= _MOST_LETTERS and is_long:
            return _Long(bare_of(text[:whole]), whole)
    return _fitted(short, text, end) or _spelled(short, text, end)


def _goes_on(short: str, text: str, end: int) -> bool:
    """Return whether an acronym has the initials behind a comma as well: `Front-End Card, Digital`."""
    if text[end : end + 1] != "," or _INDEFINITE.match(text, end + 2):
        return False
    stop = _SENTENCE_END.search(text, end)
    words = re.findall(r"\w+", text[: stop.start()] if stop else text)
    initials = "".join(word[0] for word in words).upper()
    return short in {initials, initials[:-1]}


def before_remark(name: str, text: str) -> str:
    """Return the long form that a remark follows, or nothing: `Queue Wait Budget, part of the plan`."""
    short = base_of(name)
    for comma in _REMARK.finditer(text):
        long = text[: comma.start()].partition(" (")[0]
        if len(long) > _MOST_LETTERS or _VERB.search(long):
            break
        # A noun behind has no letter in many acronyms: `Queue Wait Budget Conference`.
        forms = (bare_of(long), bare_of(long).rpartition(" ")[0])
        if any(stands_for(short, form) for form in forms) and not _goes_on(short, text, comma.start()):
            return long
    return ""


def _are_initials(short: str, long: str) -> bool:
    """Return whether the letters of an acronym are initials of a long form in their order, some left out."""
    letters = [char for char in short.upper() if char.isalpha()]
    return len(letters) > 1 and in_order(letters, (word[0].upper() for word in re.findall(r"\w+", long)))


def _listed(name: str, text: str) -> _Long | None:
    """Read a definition in a list of acronyms, whose first clause is the long form whatever its initials."""
    if is_title(_INSIDE.sub("", text)):
        return _Long(bare_of(text), len(text))
    end = clause_end(text, 0)
    clause = bare_of(text[:end])
    if (
        not clause
        or is_sentence(clause)
        or is_phrase(text.lstrip(OPENING_MARKS))
        or clause.split()[0] == name
    ):
        return None
    if end >= len(text.rstrip()):
        return _Long(bare_of(text), len(text))
    # `Short form (of names) of ...` goes on behind the parentheses.
    is_end = (text[end] in "(\u2013\u2014" or text[end : end + 3] == " - ") and not _INSIDE.match(text, end)
    is_end = is_end or (text[end] == ";" and is_title(clause))
    return _Long(clause, end) if is_end else _first_sentence(name, text)


def _first_sentence(name: str, text: str) -> _Long | None:
    """Read a definition whose first sentence has no verb, and begins as an acronym does."""
    stop = _SENTENCE_STOP.search(text)
    end = stop.start() if stop else len(text)
    said = bare_of(text[:end])
    is_short = 1 < len(said.split()) <= _MOST_LISTED and not _VERB.search(said)
    is_plain = not any(sign in said for sign in "(:;?!")
    is_alike = said[:1].casefold() == name[:1].casefold()
    return _Long(said, end) if is_short and is_plain and is_alike else None


def _lengthened(found: _Long, text: str) -> _Long:
    """Return a long form with the nouns up to the stop behind it, of which its acronym has no letters."""
    stop = _SENTENCE_STOP.search(text, found.end)
    end = stop.start() if stop else len(text)
    words = text[found.end : end].split()
    if _VERB.search(f" {' '.join(words)} "):
        return found
    if _YEAR.fullmatch(" ".join(words)):
        return _Long(f"{found.expansion} {' '.join(words)}", end)
    is_noun = all(
        word.isalpha() and word.islower() and word not in _JOINERS and not word.endswith(("ed", "ing"))
        for word in words
    )
    if not words or len(words) > _MOST_BEHIND or not is_noun:
        return found
    return _Long(f"{found.expansion} {' '.join(words)}", end)


def _titled(name: str, text: str) -> _Long | None:
    """Read a definition of a name that looks like no acronym, such as `vm`, `Sev` or `QWB meter`."""
    end = clause_end(text, 0)
    clause = bare_of(text[:end])
    first, _, rest = name.partition(" ")
    head = clause[: -len(rest) - 1]
    if rest and is_acronym(first) and clause.casefold() == f"{head} {rest}".casefold():
        return _Long(clause, end) if stands_for(base_of(first), head) else None
    short = name.isalpha() and len(name) <= 5 and " " not in name
    # What is nothing but a name in title case is no description.
    tolerance = BRACKETS if end >= len(text.rstrip(" .")) else _DESCRIBED
    if short and clause.istitle() and " " in clause and stands_for(name, clause, tolerance):
        return _Long(clause, end)
    return None


def _clipped(name: str, text: str) -> _Long | None:
    """Read a definition whose first clause is what a name is clipped of: `Deps: Dependencies`."""
    end = clause_end(text, 0)
    clause = bare_of(text[:end])
    is_start = clause.lower().startswith(name.lower().removesuffix("s")) and clause.isalpha()
    is_clipped = is_start or (is_abbreviated(name, clause) and len(clause.split()) <= _MOST_CLIPPED)
    return _Long(clause, end) if is_clipped and len(clause) > len(name) + 1 else None


def _fitted(short: str, text: str, limit: int) -> _Long | None:
    """Return the long form with which a text opens inside a clause."""
    article = ARTICLE.match(text)
    words = words_of(text, article.end() if article else 0, limit)
    fit = good_after(text, short, words, EXPLICIT)
    if fit is None:
        return None
    if text[fit.end : fit.end + 1].isalnum():
        # The last word has letters that the alignment does not know.
        return None
    long = text[fit.start : fit.end]
    capitals = [word for word in long.split() if word[:1].isupper()]
    behind = text[fit.end : limit].strip()
    # Inside of a sentence, capitals show where a long form ends.
    if (behind or article) and (len(capitals) < 2 or behind[:1].isupper()):
        return None
    return _Long(bare_of(long), fit.end)


def _rest(text: str, end: int, *, keep: str) -> str:
    """Return what follows a long form, if it reads on its own; the whole text where it does not."""
    behind = text[end:].lstrip(CLOSING_MARKS)
    if not behind.strip(" .;:,!\n"):
        return ""
    if text[:end].rstrip("*_").endswith(".") and behind[:1] == " ":
        # `**Queue Wait Budget.** The time that ...`
        return behind.lstrip()
    if behind[:1] in {".", ";"} or behind[:1] == "\n" or re.match(r"\s*[-\u2013\u2014:]\s", behind):
        rest = _JOINT.sub("", behind, count=1).lstrip("\n")
        return rest if rest[:1].isupper() or not rest[:1].isalpha() or behind[:1] != "." else keep
    return keep
