"""The sections of a page: which of them are letters or about the page itself, and the topics that they name.

This module must not know what entries look like.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.glossary.formats.markdown import inline
from glossary_ls.glossary.formats.markdown.lines import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.glossary.formats.markdown.lines import Line

_MOST_TITLE = 240

#: Sections about the page or around it, whatever their place.
_ABOUT = lazily(
    r"(?:table of )?contents?|toc|on this page|quick (?:navigation|links|index)|navigation|jump to.*"
    r"|a\W*z index|alphabetical (?:index|list|order)|how (?:to|this|we|the)\b.*|using this\b.*"
    r"|about (?:this|the glossary|these)\b.*|contribut.*|what this is\b.*|rules (?:\(|for |to ).*"
    r"|(?:add|adding|suggest\w*|propos\w*|updating|editing|maintaining) (?:a |an |new |to )?"
    r"(?:terms?|this|entr|the|glossary|definition).*"
    r"|see also|further reading|(?:related|additional|other|external|useful|more|helpful) (?:\w+ )?"
    r"(?:documents?|documentation|docs|pages?|resources?|links?|reading|references?|information|glossar\w*"
    r"|topics|files|sources)"
    r"|read more|learn more|next steps?|where to go next|what'?s next|external links|bibliography"
    r"|change ?log|changes|(?:revision|version|document) history|document control|licen[sc]es?|copyright"
    r"|acknowledge?ments?|declarations?|funding|competing interests|conflicts? of interest"
    r"|credits|disclaimer|feedback|(?:still )?need help\??|questions\?|footnotes"
    r"|(?:example|sample) (?:dialog(?:ue)?|conversation)s?|(?:flagged |known |resolved )?ambiguities"
    r"|open questions|maintenance|maintainers?|authors?"
    r"|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice"
    r"|weitere informationen|siehe auch|voir aussi|目[录錄次]|[参參]考|[参參]考[资資]料|関連.*|相[关關].*",
    re.IGNORECASE,
)
#: Those of them that end before the first section, whatever its level.
_CONTENTS = lazily(
    r"\W*(?:(?:table of )?contents?|toc|on this page|inhalt(?:sverzeichnis)?)\W*", re.IGNORECASE
)
#: Sections about the page where they are the first or the last of their level.
_MAYBE_ABOUT = lazily(
    r"introduction|overview|purpose|summary|notes?|references?|resources?|sources?|links|index|usage"
    r"|background|preface|preamble|scope|conventions?|notation|legend|key|foreword|general|conclusion"
    r"|relationships|abstract|about|intro|documentation|docs|einleitung|einführung|introducción|referencias|quellen"
    r"|références|structure|format|guidelines?|naming conventions?",
    re.IGNORECASE,
)
#: Those of them that may hold tables of something else.
_LINKS = lazily(
    r"references?|resources?|sources?|links|documentation|docs|referencias|quellen|références", re.IGNORECASE
)
#: Those of them that have no terms below them.
_INTRODUCTION = lazily(
    r"introduction|intro|overview|purpose|background|preface|preamble|foreword|conclusion|abstract|about"
    r"|references|einleitung|einführung|introducción|referencias|références",
    re.IGNORECASE,
)
#: Titles that say no more than that terms follow.
_GENERIC = lazily(
    r"(?:(?:the|our|project|general|full|complete|main|all|common|key|core|important|other|more) )*"
    r"(?:glossar\w*|terms?|definitions?|acronyms?|abbreviations?|terminology|vocabulary|concepts?|lexicon"
    r"|dictionary|entries|(?:kern|grund|fach)?begriffe|abkürzungen|terms (?:and|&) definitions"
    r"|glossary of terms"
    r"|(?:acronyms|abbreviations|terms) (?:and|&) (?:abbreviations|acronyms|concepts|definitions)"
    r"|list of (?:terms|acronyms|abbreviations)|ubiquitous language)"
    r"(?: (?:list|table|index|of terms|a\W*z))?",
    re.IGNORECASE,
)
_LETTER = lazily(
    r"\W*(?:letter )?(?:[^\W_](?:\s*[-\u2013\u2014&/,|\u2026~]\s*[^\W_])*|0\s*[-\u2013\u2014]\s*9|#|@|\d+|"
    r"[^\w\s],\s*\d|symbols?|numbers?|numeric|numerals?|digits?|numerical|special characters|misc|other|"
    r"(?:symbols|numbers) (?:and|&) \w+)\W*",
    re.IGNORECASE,
)
_SIGNS_ONLY = lazily(r"[\W\d_]{1,9}")
_WORDY_LETTERS = word_set("misc other key general")

#: So many letters divide a page.
_FEWEST_LETTERS = 4

#: Among more sections of a level, a letter or two may be names.
_FEW_SECTIONS = 6


@dataclass(slots=True)
class Section:
    """A heading with what is below it; the first section has none.

    Its own lines are those from `first` to `end`, those with its subsections from `first` to `whole`.
    """

    number: int
    heading: int
    level: int
    title: str
    first: int
    end: int
    whole: int = 0
    parent: int = 0
    children: list[int] = field(default_factory=list)
    is_letter: bool = False
    is_about: bool = False
    #: Taken for a section about the page only by its place, so that entries in it prove the opposite.
    is_doubtful: bool = False
    is_title: bool = False

    @property
    def is_generic(self) -> bool:
        """Whether its title names no topic."""
        is_generic = _GENERIC.fullmatch(topic(self.title)) or _CONTENTS.fullmatch(self.title)
        return self.is_title or self.is_letter or is_generic is not None


def sections(lines: Sequence[Line]) -> list[Section]:
    """Return the sections of a page in their order; the first one is what stands above all headings."""
    found = [Section(0, -1, 0, "", 0, 0)]
    open_ones = [found[0]]
    headings = [at for at, line in enumerate(lines) if line.kind is Kind.HEADING]
    titles = [inline.plain(lines[at].content[:_MOST_TITLE]) for at in headings]
    levels = _levels([lines[at].level for at in headings], titles)
    for at, title, level in zip(headings, titles, levels, strict=True):
        found[-1].end = at
        while open_ones[-1].level >= level:
            open_ones.pop().whole = at
        parent = open_ones[-1]
        section = Section(len(found), at, level, title, at + 1, at + 1, parent=parent.number)
        parent.children.append(section.number)
        found.append(section)
        open_ones.append(section)
    found[-1].end = len(lines)
    for section in open_ones:
        section.whole = len(lines)
    _mark_letters(found)
    _mark_title(found)
    for section in found:
        _mark_about(found, section)
    return found


def _levels(written: Sequence[int], titles: Sequence[str]) -> list[int]:
    """Return the levels of headings; a few terms at the level of the letters get that of the others."""
    letters = {at for at, title in enumerate(titles) if _is_letter(title) and title.isalpha()}
    rest = [at for at in range(min(letters), len(titles)) if at not in letters] if letters else []
    if len(letters) < _FEWEST_LETTERS or not rest:
        return [*written]
    letter = Counter(written[at] for at in letters).most_common(1)[0][0]
    term, count = Counter(written[at] for at in rest).most_common(1)[0]
    raised = {at for at in rest if written[at] <= letter and not _is_about_page(titles[at])}
    if term <= letter or 2 * len(raised) > count:
        return [*written]
    return [letter if at in letters else term if at in raised else level for at, level in enumerate(written)]


def _is_about_page(title: str) -> bool:
    return bool(_ABOUT.fullmatch(title) or _MAYBE_ABOUT.fullmatch(title) or _GENERIC.fullmatch(title))


def _mark_letters(found: Sequence[Section]) -> None:
    like = [section for section in found[1:] if _is_letter(section.title)]
    by_level: dict[int, int] = {}
    for section in like:
        by_level[section.level] = by_level.get(section.level, 0) + 1
    levels = Counter(section.level for section in found[1:])
    for section in like:
        # One letter may be the name of a language.
        count = by_level[section.level]
        are_many = count >= 3 or (count == 2 and levels[section.level] <= _FEW_SECTIONS)
        # Neither is a ratio such as `I/F`, which no other range of letters is beside.
        is_range = not any(map(str.isalpha, section.title)) or levels[section.level] <= _FEW_SECTIONS
        is_sign = not section.title.isalpha() and (is_range or count > 1)
        section.is_letter = are_many or bool(section.children) or is_sign
        if section.title.lower() in _WORDY_LETTERS or len(section.title) > 5:
            section.is_letter = by_level[section.level] >= 3


def _is_letter(title: str) -> bool:
    return _LETTER.fullmatch(title) is not None or _SIGNS_ONLY.fullmatch(title) is not None


def _mark_title(found: Sequence[Section]) -> None:
    """Mark the title of the page: the first heading, if it is the only one of its level and the highest."""
    if len(found) < 2:
        return
    first = found[1]
    levels = [section.level for section in found[1:]]
    is_only = levels.count(first.level) == 1 and first.level == min(levels)
    first.is_title = not first.is_letter and (
        (is_only and len(found) > 2) or _GENERIC.fullmatch(first.title) is not None
    )
    if len(found) == 2:
        first.is_title = first.level == 1 or first.is_title


def _mark_about(found: Sequence[Section], section: Section) -> None:
    if section.number == 0 or section.is_title or section.is_letter:
        return
    parent = found[section.parent]
    if parent.is_about and not _CONTENTS.fullmatch(parent.title):
        section.is_about = True
        return
    title = re.sub(r"^[\W\d_]+|[\W_]+$", "", section.title)
    if _ABOUT.fullmatch(title):
        section.is_about = True
    elif (
        _MAYBE_ABOUT.fullmatch(title)
        and not parent.is_letter
        and (not section.children or _INTRODUCTION.fullmatch(title))
    ):
        siblings = parent.children
        last = [number for number in siblings[-5:] if not _ABOUT.fullmatch(found[number].title)][-2:]
        section.is_about = section.number in (*siblings[:2], *last) and not _is_in_order(found, section)
        section.is_doubtful = section.is_about and not _LINKS.fullmatch(title)


def _is_in_order(found: Sequence[Section], section: Section) -> bool:
    """Return whether a title is where the alphabet has it, among sections that are in that order."""
    siblings = found[section.parent].children
    titles = [found[number].title.lower() for number in siblings]
    is_among = section.number not in (siblings[0], siblings[-1])
    return is_among and len(titles) > _FEW_SECTIONS and titles == sorted(titles)


def ancestors(found: Sequence[Section], section: Section) -> Iterator[Section]:
    """Yield the sections around a section, the nearest first."""
    while section.number:
        section = found[section.parent]
        if section.number:
            yield section


def topics(found: Sequence[Section], section: Section, *, own: bool) -> tuple[str, ...]:
    """Return the topic that the sections around an entry name; `own` includes its own section."""
    around = [section, *ancestors(found, section)] if own else [*ancestors(found, section)]
    for each in around:
        if each.number and not each.is_generic and each.title:
            return (topic(each.title),)
    return ()


def topic(title: str) -> str:
    """Return the topic that a title names: without a number, an emoji, and the word `terms` at its end."""
    text = re.sub(r"^(?:\d+(?:\.\d+)*[.)]?\s+|[A-Z][.)]\s+|[IVX]+\.\s+)", "", title)
    text = re.sub(r"^[^\w\"'(]+|[^\w)\"'.!?+#]+$", "", text)
    return (
        re.sub(r"\s+(?:terms?|terminology|glossary|vocabulary|definitions)$", "", text, flags=re.IGNORECASE)
        or title
    )
