"""The shape of a page: which headings are terms, and in which sections leads or tables are.

Candidates are counted over the whole page, since one line does not tell: a bold word may be a name, the label
of a field, or emphasis. This module must not know how an entry is read.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.glossary.formats.markdown.candidates import CERTAIN_LABELS, Content, Style, label
from glossary_ls.glossary.formats.markdown.leads import Mark
from glossary_ls.glossary.formats.markdown.other_tables import drop_other_tables, tabled
from glossary_ls.glossary.reading.labels import field_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.glossary.formats.markdown.leads import Lead
    from glossary_ls.glossary.formats.markdown.sections import Section


@dataclass(frozen=True, slots=True)
class Shape:
    """What was decided: the sections that are terms, and the content of the sections that hold entries."""

    terms: frozenset[int]
    holders: tuple[Content, ...]
    labels: frozenset[str]


#: So many items with labels are the fields of a term.
_FEWEST_LABELS = 2

#: Labels that are the name of a term where they stand once among so many terms.
_ONE_WORD = word_set("definition description example note synonym alias tip warning usage related")
_MANY_TERMS = 6

#: So many rows of tables are more than one bold word.
_FEWEST_ROWS = 4

#: Bold words that end with a stop are a sentence from so many on.
_FEWEST_OF_SENTENCE = 5

_CALLOUT = word_set("note warning tip important caution todo attention hint disclaimer update remember")
_NOTE = lazily(r"(?:a )?notes? (?:on|about|that) ")
_IMPERATIVE = lazily(
    r"(?:use|avoid|do not|don'?t|write|keep|always|never|prefer|ensure|make sure|why|when|"
    r"how (?:do|can|should|to)|should|be) ",
    re.IGNORECASE,
)


def shape_of(contents: Sequence[Content], source: str) -> Shape:
    """Decide the shape of a page."""
    labels = _labels(contents, source)
    for content in contents:
        _without_labels(content, labels, source)
    _without_sentences(contents, source)
    _choose_styles(contents)
    terms = _terms(contents)
    drop_other_tables(contents, terms)
    has_others = any(content.leads or content.tables for content in contents[2:]) or bool(terms)
    holders = []
    for content in contents:
        section = content.section
        if section.number in terms or section.is_about or not (content.leads or content.tables):
            continue
        if _is_inside(contents, section, terms):
            continue
        if content.tables and len(content.leads) == 1 and content.style is Style.PARAGRAPHS:
            # A remark on the table.
            content.leads = []
        if (
            (section.number == 0 or (section.is_title and section.children))
            and has_others
            and not _is_main(content, contents, terms)
        ):
            # An introduction.
            content.leads = []
            content.tables = [table for table in content.tables if table.is_known]
        holders.append(content)
    if sum(len(content.leads) for content in holders) == 1 and not terms:
        # A remark, where tables hold the entries.
        rows = sum(len(table.rows) for content in holders for table in content.tables)
        for content in holders:
            content.leads = [] if rows >= _FEWEST_ROWS else content.leads
    return Shape(frozenset(terms), tuple(holders), labels)


def _is_main(content: Content, contents: Sequence[Content], terms: set[int]) -> bool:
    """Return whether an introduction holds more entries than what follows."""
    others = sum(_count(each) for each in contents if each is not content) + len(terms)
    return _count(content) > others


def _count(content: Content) -> int:
    if content.section.is_about:
        return 0
    return len(content.leads) + sum(len(table.rows) for table in content.tables)


def _is_inside(contents: Sequence[Content], section: Section, terms: set[int]) -> bool:
    parent = section.parent
    while parent:
        if parent in terms:
            return True
        parent = contents[parent].section.parent
    return False


def _labels(contents: Sequence[Content], source: str) -> frozenset[str]:
    """Return what opens lines again and again, so that it is the label of a field and not a name."""
    counts: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for content in contents:
        names = [
            label(lead.name.of(source))
            for lead in (*content.paragraphs, *content.bullets, *content.plain_bullets, *content.plain_lines)
        ]
        counts.update(names)
        places.update(set(names))
    holding = sum(content.has_text for content in contents)
    return _listed_labels(contents, source) | frozenset(
        name
        for name, count in counts.items()
        if name in CERTAIN_LABELS
        or (count >= 3 and (field_of(name) is not None or count >= 0.25 * holding) and places[name] >= 2)
        or (count >= 4 and (field_of(name) is not None or name in _CALLOUT))
        or (count == 2 and field_of(name) is not None)
    )


def _listed_labels(contents: Sequence[Content], source: str) -> frozenset[str]:
    """Return the labels of lists below a text, all items of which have the label of a field."""
    found: set[str] = set()
    for content in contents:
        names = [label(lead.name.of(source)) for lead in content.bullets if lead.separator == ":"]
        is_list = content.opens_with_prose and len(names) >= _FEWEST_LABELS and not content.section.is_title
        if is_list and len(names) == content.top_bullets and all(map(field_of, names)):
            found.update(names)
    return frozenset(found)


def _without_labels(content: Content, labels: frozenset[str], source: str) -> None:
    def kept(leads: list[Lead]) -> list[Lead]:
        named = [(label(lead.name.of(source)), lead) for lead in leads]
        return [lead for name, lead in named if name not in labels and not _NOTE.match(name)]

    first = min(
        (*content.paragraphs, *content.bullets, *content.plain_bullets, *content.plain_lines), default=None
    )
    content.opens_with_label = first is not None and label(first.name.of(source)) in labels
    content.paragraphs = kept(content.paragraphs)
    content.bullets = kept(content.bullets)
    content.plain_bullets = kept(content.plain_bullets)
    content.plain_lines = kept(content.plain_lines)
    content.nested = kept(content.nested)


def _without_sentences(contents: Sequence[Content], source: str) -> None:
    """Leave out bold sentences where nearly all bold names have another sign behind them than a stop."""
    signs = Counter(lead.separator for content in contents for lead in _strong(content.paragraphs))
    if signs["."] * 5 > signs.total() - signs[""]:
        return
    for content in contents:
        content.paragraphs = [
            lead
            for lead in content.paragraphs
            if lead.separator != "." or len(lead.name.of(source).split()) < _FEWEST_OF_SENTENCE
        ]


def _choose_styles(contents: Sequence[Content]) -> None:
    """Choose for each section how its entries are written, with regard to the whole page."""
    bodies = [content for content in contents if not content.section.is_about]
    totals = {
        style: sum(len(_strong(_of(content, style))) for content in bodies)
        for style in (Style.PARAGRAPHS, Style.BULLETS, Style.NESTED)
    }
    is_nested = (
        totals[Style.NESTED] >= 3
        and totals[Style.NESTED] >= 0.6 * sum(content.nested_bullets for content in bodies)
        and totals[Style.NESTED] > 1.5 * totals[Style.BULLETS]
    )
    plain_total = sum(len(content.plain_bullets) for content in bodies if _is_plain_list(content))
    line_total = sum(len(content.plain_lines) for content in bodies if _is_plain_text(content))
    for content in bodies:
        paragraphs, bullets = _accepted(content.paragraphs, totals), _accepted(content.bullets, totals)
        if is_nested and len(content.nested) >= 1 and not paragraphs:
            content.style, content.leads = Style.NESTED, content.nested
        elif paragraphs and (
            not bullets
            or totals[Style.PARAGRAPHS] >= totals[Style.BULLETS]
            or (len(paragraphs) >= 2 and totals[Style.PARAGRAPHS] >= 0.3 * totals[Style.BULLETS])
        ):
            content.style, content.leads = Style.PARAGRAPHS, paragraphs
        elif bullets:
            content.style, content.leads = Style.BULLETS, bullets
            told = [lead for lead in content.bullets if lead.separator] + content.plain_bullets
            others = [lead for lead in told if lead not in bullets]
            if others and len(bullets) + len(others) >= 0.8 * content.top_bullets:
                content.leads = sorted([*bullets, *others], key=lambda lead: lead.line)
        elif plain_total >= 3 and (_is_plain_list(content) or _is_plain_item(content)):
            others = [lead for lead in content.bullets if not lead.is_alone]
            leads = sorted([*content.plain_bullets, *others], key=lambda lead: lead.line)
            content.style, content.leads = Style.BULLETS, leads
        elif line_total >= 3 and _is_plain_text(content):
            content.style, content.leads = Style.PARAGRAPHS, content.plain_lines


def _of(content: Content, style: Style) -> list[Lead]:
    if style is Style.PARAGRAPHS:
        return content.paragraphs
    return content.bullets if style is Style.BULLETS else content.nested


def _strong(leads: list[Lead]) -> list[Lead]:
    return [lead for lead in leads if lead.mark is Mark.STRONG]


def _accepted(leads: list[Lead], totals: dict[Style, int]) -> list[Lead]:
    """Return the leads that may be entries: those of one mark, bold where there are such."""
    strong = _strong(leads)
    if strong:
        return strong
    told = [lead for lead in leads if not (lead.mark is Mark.LINK and lead.is_alone)]
    if not told or max(totals.values()) > 3 * len(told):
        return []
    mark, count = Counter(lead.mark for lead in told).most_common(1)[0]
    chosen = [lead for lead in told if lead.mark is mark and not lead.is_alone]
    return chosen if count >= 2 else []


def _is_plain_list(content: Content) -> bool:
    """Return whether most items of the lists of a section are plain names with a text.

    A letter may have one item.
    """
    many = len(content.plain_bullets)
    return (
        many >= (1 if content.section.is_letter else 2)
        and many >= 0.7 * content.top_bullets - len(content.bullets)
        and many >= 0.5 * content.top_bullets
    )


def _is_plain_item(content: Content) -> bool:
    """Return whether a section is one item that is a plain name with a text, as others have several."""
    is_one = len(content.plain_bullets) == content.top_bullets == content.text_lines == 1
    return is_one and content.plain_bullets[0].separator == ":"


def _is_plain_text(content: Content) -> bool:
    """Return whether most lines of a section are plain names with a text."""
    many = len(content.plain_lines)
    return many >= 3 and many >= 0.6 * content.prose_lines


# --- headings -----------------------------------------------------------------------------------------------


def _terms(contents: Sequence[Content]) -> set[int]:
    """Return the numbers of the sections whose headings are terms."""
    candidates = [content for content in contents[1:] if _may_be_term(content)]
    told = [content for content in candidates if content.has_text]
    repeated = Counter(label(content.section.title) for content in told)
    fields = {
        name
        for name, count in repeated.items()
        if (name in CERTAIN_LABELS and not (count == 1 and name in _ONE_WORD and len(told) >= _MANY_TERMS))
        or (count >= 2 and field_of(name) is not None)
        or (count >= 3 and count >= 0.2 * len(told))
    }
    told = [content for content in told if label(content.section.title) not in fields]
    levels: Counter[int] = Counter(content.section.level for content in told)
    chosen: set[int] = set()
    for level in sorted(levels):
        here = [
            content
            for content in told
            if content.section.level == level and not _has_term_above(content, contents, chosen)
        ]
        if _are_terms(here, told, contents):
            chosen |= {content.section.number for content in here}
    chosen |= _groups(told, contents, chosen)
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
            and not _has_term_above(content, contents, chosen)
            and label(section.title) not in fields
        ):
            chosen.add(section.number)
    return chosen


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
        if not chosen.isdisjoint(section.children) or _is_inside(contents, section, chosen):
            continue
        leaves = [content for content in group if content.opens_with_prose and not content.section.children]
        is_short = all(len(content.section.title.split()) <= 5 for content in leaves)
        if len(leaves) >= 2 and len(leaves) == len(section.children) and is_short:
            found |= {content.section.number for content in leaves}
    return found


def _may_be_term(content: Content) -> bool:
    section = content.section
    if section.is_letter or section.is_about or section.is_title or not section.title:
        return False
    return len(section.title.split()) <= 12


def _has_term_above(content: Content, contents: Sequence[Content], chosen: set[int]) -> bool:
    return _is_inside(contents, content.section, chosen)


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


def _above(contents: Sequence[Content], section: Section) -> list[int]:
    found = []
    while section.parent:
        found.append(section.parent)
        section = contents[section.parent].section
    return found


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
