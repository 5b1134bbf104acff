"""What may be entries in each section of a page: leads in paragraphs and lists, and tables.

This module must not know which of them are entries.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.text import word_set
from glossary_ls.glossary.formats.markdown import inline
from glossary_ls.glossary.formats.markdown.leads import BULLET, Lead, Mark, alone_of, lead_of
from glossary_ls.glossary.formats.markdown.lines import Kind, columns
from glossary_ls.glossary.reading.labels import field_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary_ls.glossary.formats.markdown.lines import Line
    from glossary_ls.glossary.formats.markdown.sections import Section
    from glossary_ls.glossary.formats.markdown.tables import Table


class Style(Enum):
    """How the entries of a section are written, below its heading."""

    NONE = auto()
    PARAGRAPHS = auto()
    BULLETS = auto()
    NESTED = auto()


@dataclass(slots=True)
class Content:
    """What a section itself holds: the candidates, and whether it has text beside them."""

    section: Section
    paragraphs: list[Lead] = field(default_factory=list)
    bullets: list[Lead] = field(default_factory=list)
    nested: list[Lead] = field(default_factory=list)
    plain_bullets: list[Lead] = field(default_factory=list)
    plain_lines: list[Lead] = field(default_factory=list)
    #: Those of them that open a paragraph.
    plain_openings: list[Lead] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    top_bullets: int = 0
    nested_bullets: int = 0
    text_lines: int = 0
    #: Lines of text outside of lists and tables, and the paragraphs that they make.
    prose_lines: int = 0
    paragraph_count: int = 0
    opens_with_prose: bool = False
    #: Opens with the label of a field, as the text of one term does.
    opens_with_label: bool = False
    style: Style = Style.NONE
    leads: list[Lead] = field(default_factory=list)
    #: Holds entries that their syntax proves.
    is_list: bool = False

    @property
    def has_text(self) -> bool:
        """Whether the section says anything itself."""
        return self.text_lines > 0


#: Labels even where they stand once; other names of fields may be terms: Context, Status.
CERTAIN_LABELS = word_set(
    "definition description example examples note notes synonyms synonym aliases alias aka warning tip "
    "important todo related see usage etymology pronunciation"
) | {
    "see also",
    "also known as",
    "related terms",
    "not to be confused with",
    "why it matters",
    "in context",
    "for example",
    "in practice",
    "key points",
    "key characteristics",
    "use case",
    "use cases",
}


#: Titles that are a topic of terms as often as one of introductions.
_TOPICAL = word_set("general documentation format structure usage scope")


def label(name: str) -> str:
    """Return a name as labels are compared."""
    return inline.plain(name).strip(" :.-\u2014\u2013").lower()


def is_label(title: str) -> bool:
    """Return whether a title is the label of a field wherever it stands."""
    return label(title) in CERTAIN_LABELS and field_of(title) is not None


def contents(
    lines: Sequence[Line], sections: Sequence[Section], tables: Sequence[Table], taken: set[int]
) -> list[Content]:
    """Return the candidates of each section; hidden lines in `taken` are entries already."""
    in_tables = {at: table for table in tables for at in range(table.first, table.end)}
    found: list[Content] = []
    for section in sections:
        content = Content(section)
        _gather(content, lines, in_tables)
        content.is_list = not taken.isdisjoint(range(section.first, section.end))
        if section.is_doubtful and _has_entries(content):
            section.is_about = False
        found.append(content)
    return found


def _has_entries(content: Content) -> bool:
    """Return whether a section that may be about the page has a table of terms, or is a list of terms."""
    if any(table.is_known for table in content.tables):
        return True
    named = [lead for lead in content.bullets if lead.mark is Mark.STRONG and lead.separator]
    is_topic = label(content.section.title) in _TOPICAL
    plain = [lead for lead in content.plain_bullets if lead.separator == ":"]
    if is_topic and content.top_bullets >= 2 and content.top_bullets in {len(named), len(plain)}:
        return True
    written = [lead for lead in content.paragraphs if lead.mark is Mark.STRONG and lead.separator]
    return is_topic and len(written) >= 2 and not content.opens_with_prose and not content.top_bullets


def _gather(content: Content, lines: Sequence[Line], in_tables: dict[int, Table]) -> None:
    base: int | None = None
    before = Kind.BLANK
    follows_lead = False
    for at in range(content.section.first, content.section.end):
        line = lines[at]
        was, before = before, line.kind
        if line.kind is not Kind.TEXT or at in in_tables:
            content.text_lines += line.kind in {Kind.TEXT, Kind.CODE}
            if at in in_tables and in_tables[at] not in content.tables[-1:]:
                content.tables.append(in_tables[at])
            base = base if line.kind in {Kind.BLANK, Kind.CODE} else None
            follows_lead = False
            continue
        content.text_lines += 1
        if BULLET.match(line.text, line.at, line.end):
            base = _add_item(content, lines, at, base)
            follows_lead = False
        elif base is None or (columns(line) < base + 2 and was is not Kind.TEXT):
            base = None
            follows_lead = _add_line(
                content, at, line, is_first=was is not Kind.TEXT, follows_lead=follows_lead
            )


def _add_item(content: Content, lines: Sequence[Line], at: int, base: int | None) -> int:
    """Add an item, nested if it is indented more than `base`; return the indent of the list."""
    line = lines[at]
    indent = columns(line)
    if base is None or indent < base + 2:
        content.top_bullets += 1
        _add_bullet(content, at, line, has_text_below=_has_text_below(lines, at, content.section.end))
        return indent
    content.nested_bullets += 1
    if (lead := lead_of(at, line, plain=False)) and lead.mark is not Mark.LINK:
        content.nested.append(lead)
    return base


def _has_text_below(lines: Sequence[Line], at: int, end: int) -> bool:
    """Return whether an item goes on below its first line with text, not with items of its own."""
    indent = columns(lines[at])
    for line in lines[at + 1 : min(at + 3, end)]:
        if line.kind is Kind.TEXT:
            return columns(line) >= indent + 2 and not BULLET.match(line.text, line.at, line.end)
        if line.kind is not Kind.BLANK:
            return False
    return False


def _add_bullet(content: Content, at: int, line: Line, *, has_text_below: bool) -> None:
    lead = lead_of(at, line)
    if lead is None and has_text_below:
        lead = alone_of(at, line)
    if lead is None:
        return
    if lead.mark is Mark.PLAIN:
        content.plain_bullets.append(lead)
    else:
        content.bullets.append(lead)


def _add_line(content: Content, at: int, line: Line, *, is_first: bool, follows_lead: bool) -> bool:
    """Add a line of a paragraph; return whether it may be an entry."""
    if columns(line) > 3:
        return False
    content.prose_lines += 1
    content.paragraph_count += is_first
    lead = lead_of(at, line)
    if lead is not None and content.text_lines == 1 and _repeats_title(lead, line, content.section):
        lead = None
    is_lead = False
    if lead is not None and lead.mark is Mark.PLAIN:
        content.plain_lines.append(lead)
        content.plain_openings += [lead] if is_first else []
    elif lead is not None:
        # Inside of a paragraph, a name needs a separator.
        is_lead = is_first or follows_lead or (lead.separator in {":", "-"} and lead.mark is Mark.STRONG)
        if is_lead:
            content.paragraphs.append(lead)
    if content.text_lines == 1 and not is_lead:
        content.opens_with_prose = True
    return lead is not None


def _repeats_title(lead: Lead, line: Line, section: Section) -> bool:
    """Return whether a sentence opens with the title in bold: the name is the heading."""
    is_sentence = lead.mark is Mark.STRONG and lead.separator not in {":", "-"} and not lead.is_alone
    name = lead.name.shifted(-line.start).of(line.text)
    return is_sentence and not section.is_title and label(name) == label(section.title)


def add_kinds(content: Content, source: str) -> None:
    """Add nested items that are kinds of the item around them: `Ballot Authority` below `Authority`."""
    if content.style is not Style.BULLETS:
        return
    found: list[Lead] = []
    for lead in content.nested:
        around = next((each for each in reversed(content.leads) if each.line < lead.line), None)
        is_set_off = lead.mark is Mark.STRONG and lead.separator in {":", "-"}
        if around and is_set_off and around.indent < lead.indent:
            kind, name = label(lead.name.of(source)), label(around.name.of(source))
            found += [lead] if kind.endswith(f" {name}") else []
    content.leads = sorted([*content.leads, *found], key=lambda lead: lead.line)
