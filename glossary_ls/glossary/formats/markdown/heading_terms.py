"""Which headings of a page are terms: those of a level, or of a part of the page, that have a text each.

This module must not know how an entry is read, or what lines below headings are entries.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.glossary.formats.markdown.candidates import CERTAIN_LABELS, Content, Style, label
from glossary_ls.glossary.formats.markdown.leads import Mark
from glossary_ls.glossary.formats.markdown.other_tables import tabled
from glossary_ls.glossary.reading.labels import field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.glossary.formats.markdown.sections import Section

#: Labels that are the name of a term where they stand once among so many terms.
_ONE_WORD = word_set("definition description example note synonym alias tip warning usage related")
_MANY_TERMS = 6

#: Where so many sections of a level hold entries that their syntax proves, none of them is one.
_FEWEST_LISTS = 2

#: So many terms make a list of terms of a section.
_FEWEST_BELOW = 3

#: So many terms of the first level have none below them, where others have.
_FEWEST_LEAVES = 2

_IMPERATIVE = lazily(
    r"(?:use|avoid|do not|don'?t|write|keep|always|never|prefer|ensure|make sure|why|when|"
    r"how (?:do|can|should|to)|should|be) ",
    re.IGNORECASE,
)


def terms_of(contents: Sequence[Content]) -> set[int]:
    """Return the numbers of the sections whose headings are terms."""
    lists = Counter(content.section.level for content in contents[1:] if content.is_list)
    candidates = [
        content
        for content in contents[1:]
        if _may_be_term(content) and lists[content.section.level] < _FEWEST_LISTS
    ]
    told = [content for content in candidates if content.has_text]
    repeated = Counter(label(content.section.title) for content in told)
    fields = {
        name
        for name, count in repeated.items()
        if (name in CERTAIN_LABELS and not (count == 1 and name in _ONE_WORD and len(told) >= _MANY_TERMS))
        or (count >= 2 and field_of(name) is not None)
        or (count >= 3 and count >= 0.2 * len(told))
    }
    beside = _beside_terms(told, contents)
    told = [
        content
        for content in told
        if label(content.section.title) not in fields and content.section.number not in beside
    ]
    levels: Counter[int] = Counter(content.section.level for content in told)
    chosen: set[int] = set()
    for level in sorted(levels):
        here = [
            content
            for content in told
            if content.section.level == level and not is_inside(contents, content.section, chosen)
        ]
        if _are_terms(here, told, contents):
            chosen |= {content.section.number for content in here} - _listing(here)
    chosen |= _groups(told, contents, chosen) | _nested(told, contents)
    if len(chosen) >= 3 and _are_rules([contents[number].section.title for number in chosen]):
        return set()
    if not chosen:
        return chosen
    term_levels = Counter(contents[number].section.level for number in chosen)
    # A term that nobody explained yet, among those that are.
    for content in candidates:
        section = content.section
        if (
            not content.has_text
            and not section.is_generic
            and not section.children
            and term_levels[section.level] >= 2
            and not is_inside(contents, content.section, chosen)
            and label(section.title) not in fields
        ):
            chosen.add(section.number)
    return chosen


def _beside_terms(told: Sequence[Content], contents: Sequence[Content]) -> set[int]:
    """Return the sections beside one whose title says that the terms are below it: `Purpose`, `Terms`."""
    leaves = {content.section.number for content in told if not content.section.children}
    below: Counter[int] = Counter()
    for content in contents[1:]:
        section = content.section
        if section.is_title or section.is_letter or not section.is_generic or _holds(content):
            continue
        count = len(leaves.intersection(section.children))
        below[section.parent] = max(below[section.parent], count)
    found: set[int] = set()
    for parent, count in below.items():
        children = contents[parent].section.children
        beside = {number for number in children if not contents[number].section.is_generic}
        if count >= _FEWEST_BELOW and count > len(leaves & beside):
            found |= beside
    return found


def _listing(here: Sequence[Content]) -> set[int]:
    """Return the sections among terms that are lists of terms themselves; one of them lists its parts."""
    lists = [content for content in here if _is_list(content)]
    return {content.section.number for content in lists} if 1 < len(lists) < len(here) / 2 else set()


def _is_list(content: Content) -> bool:
    is_whole = len(content.leads) == content.top_bullets and not content.prose_lines and not content.tables
    is_set_off = all(lead.mark is Mark.STRONG and lead.separator == ":" for lead in content.leads)
    return content.style is Style.BULLETS and len(content.leads) >= _FEWEST_BELOW and is_whole and is_set_off


def _groups(told: Sequence[Content], contents: Sequence[Content], chosen: set[int]) -> set[int]:
    """Return the sections that are terms in a part of the page: all those below a heading without entries."""
    found: set[int] = set()
    by_parent: dict[int, list[Content]] = {}
    for content in told:
        by_parent.setdefault(content.section.parent, []).append(content)
    for number, group in by_parent.items():
        parent = contents[number]
        section = parent.section
        if number == 0 or section.is_title or section.is_letter or _holds(parent) or number in chosen:
            continue
        if not chosen.isdisjoint(section.children) or is_inside(contents, section, chosen):
            continue
        leaves = [content for content in group if content.opens_with_prose and not content.section.children]
        is_short = all(len(content.section.title.split()) <= 5 for content in leaves)
        if len(leaves) >= 2 and len(leaves) == len(section.children) and is_short:
            found |= {content.section.number for content in leaves}
    return found


def _nested(told: Sequence[Content], contents: Sequence[Content]) -> set[int]:
    """Return the sections of a page whose terms have terms below them, such as the parts of a thing.

    Some terms have none, and all open with a text of their own.
    """
    top = min((content.section.level for content in told), default=0)
    here = [content for content in told if content.section.level == top]
    numbers = {content.section.number for content in told}
    leaves = [content for content in here if numbers.isdisjoint(content.section.children)]
    below = [contents[number] for content in here for number in content.section.children if number in numbers]
    are_told = all(content.opens_with_prose for content in (*here, *below))
    has_labels = any(field_of(label(content.section.title)) for content in below)
    is_mixed = len(leaves) >= max(_FEWEST_LEAVES, len(here) / 4) and _FEWEST_BELOW <= len(below) <= len(here)
    is_all = len(numbers) == len(here) + len(below)
    return numbers if are_told and is_mixed and is_all and not has_labels else set()


def _may_be_term(content: Content) -> bool:
    section = content.section
    if section.is_letter or section.is_about or section.is_title or not section.title:
        return False
    return len(section.title.split()) <= 12


def _are_terms(here: Sequence[Content], told: Sequence[Content], contents: Sequence[Content]) -> bool:
    """Return whether the headings of a level are terms: most have text, and neither entries nor terms."""
    numbers = {content.section.number for content in told}
    leaves = [content for content in here if not any(child in numbers for child in content.section.children)]
    if not here or 2 * len(leaves) < len(here):
        return False
    single = [content for content in leaves if content.style is Style.PARAGRAPHS and len(content.leads) == 1]
    # Bold words that open the only paragraph below each heading are no names.
    are_emphasis = len(single) > 2 and 2 * len(single) > len(leaves)
    holding = [content for content in leaves if _holds(content) and not (are_emphasis and content in single)]
    prose = len(leaves) - len(holding)
    items = sum(len(content.leads) + sum(len(table.rows) for table in content.tables) for content in holding)
    if prose == 0 or items >= 4 * prose or tabled(holding) >= 6 * prose:
        return False
    others = sum(
        len(each.leads) + sum(len(table.rows) for table in each.tables if table.is_known)
        for each in contents
        if not each.section.is_about and each.section.level != here[0].section.level
    )
    numbers_here = {content.section.number for content in here}
    deeper = sum(
        each.section.level > here[0].section.level and numbers_here.isdisjoint(_above(contents, each.section))
        for each in told
    )
    if len(here) == 1 and (others or deeper or len(contents) > 3):
        return False
    return prose > len(holding) and prose * 4 > others and prose * 3 > deeper


def is_inside(contents: Sequence[Content], section: Section, terms: set[int]) -> bool:
    """Return whether a section is below one of some terms."""
    return not terms.isdisjoint(_above(contents, section))


def _above(contents: Sequence[Content], section: Section) -> Iterator[int]:
    while section.parent:
        yield section.parent
        section = contents[section.parent].section


def _holds(content: Content) -> bool:
    """Return whether a section holds entries rather than one definition."""
    if any(table.is_known for table in content.tables):
        return True
    if content.opens_with_label:
        return False
    if any(table.is_plausible for table in content.tables) and not content.opens_with_prose:
        return True
    strong = [
        lead for lead in content.leads if lead.separator or lead.is_alone or content.style is Style.PARAGRAPHS
    ]
    if content.style is Style.PARAGRAPHS:
        return (len(strong) >= 1 and not content.opens_with_prose) or len(strong) >= 3
    if content.style is Style.NESTED:
        return len(strong) >= 3
    return (
        len(strong) >= 2
        and len(strong) >= 0.7 * content.top_bullets
        and (not content.opens_with_prose or (content.prose_lines <= 3 and len(strong) >= 3))
    )


def _are_rules(titles: Sequence[str]) -> bool:
    """Return whether titles are those of rules for writers rather than names."""
    return sum(bool(_IMPERATIVE.match(title)) for title in titles) >= 0.4 * len(titles)
