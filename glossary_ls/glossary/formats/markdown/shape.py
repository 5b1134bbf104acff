"""The shape of a page: which headings are terms, and in which sections leads or tables are.

Candidates are counted over the whole page, since one line does not tell: a bold word may be a name, the label
of a field, or emphasis. This module must not know how an entry is read.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import word_set
from glossary_ls.glossary.formats.markdown.candidates import CERTAIN_LABELS, Content, Style, label
from glossary_ls.glossary.formats.markdown.heading_terms import is_inside, terms_of
from glossary_ls.glossary.formats.markdown.leads import Mark
from glossary_ls.glossary.formats.markdown.other_tables import drop_other_tables
from glossary_ls.glossary.reading.labels import field_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.glossary.formats.markdown.leads import Lead


@dataclass(frozen=True, slots=True)
class Shape:
    """What was decided: the sections that are terms, and the content of the sections that hold entries."""

    terms: frozenset[int]
    holders: tuple[Content, ...]
    labels: frozenset[str]


#: So many items with labels are the fields of a term.
_FEWEST_LABELS = 2

#: So many rows of tables are more than one bold word.
_FEWEST_ROWS = 4

#: So many bold items show how terms are marked.
_FEWEST_BOLD = 3

#: Bold words that end with a stop are a sentence from so many on.
_FEWEST_OF_SENTENCE = 5

_CALLOUT = word_set("note warning tip important caution todo attention hint disclaimer update remember")
_NOTE = lazily(r"(?:a )?notes? (?:on|about|that) ")


def shape_of(contents: Sequence[Content], source: str) -> Shape:
    """Decide the shape of a page."""
    labels = _labels(contents, source)
    for content in contents:
        _without_labels(content, labels, source)
    _without_sentences(contents, source)
    _choose_styles(contents)
    terms = terms_of(contents)
    drop_other_tables(contents, terms)
    has_others = any(content.leads or content.tables for content in contents[2:]) or bool(terms)
    holders = []
    for content in contents:
        section = content.section
        if section.number in terms or section.is_about or not (content.leads or content.tables):
            continue
        if is_inside(contents, section, terms):
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
    content.plain_openings = kept(content.plain_openings)
    content.nested = kept(content.nested)


def _without_sentences(contents: Sequence[Content], source: str) -> None:
    """Leave out bold sentences where nearly all bold names have another sign behind them than a stop."""
    signs = Counter(lead.separator for content in contents for lead in _strong(content.paragraphs))
    if signs["."] > 1 and signs["."] * 5 > signs.total() - signs[""]:
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
    line_total = sum(len(_plain_text(content)) for content in bodies)
    for content in bodies:
        paragraphs, bullets = _accepted(content.paragraphs, totals), _accepted(content.bullets, totals)
        if content.opens_with_prose and totals[Style.BULLETS] >= _FEWEST_BOLD:
            # What a text introduces with another mark than that of terms, such as the keys of a record.
            bullets = _strong(bullets)
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
        elif line_total >= 3 and (lines := _plain_text(content)):
            content.style, content.leads = Style.PARAGRAPHS, lines


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


def _plain_text(content: Content) -> list[Lead]:
    """Return the plain names that open most lines, or most paragraphs, of a section; none if they do not."""
    counted = (
        (content.plain_lines, content.prose_lines),
        (content.plain_openings, content.paragraph_count),
    )
    return next((leads for leads, count in counted if len(leads) >= 3 and len(leads) >= 0.6 * count), [])
