"""What a glossary page has beside terms: comparisons, questions, lists of terms by topic, and a guide.

They are attached to the terms that they are about. This module must not know how entries are found.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import replace
from glossary_ls.base.model import Contrast, Question
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.formats.markdown import inline
from glossary_ls.glossary.formats.markdown.leads import BULLET
from glossary_ls.glossary.formats.markdown.lines import Kind
from glossary_ls.glossary.formats.markdown.sections import topic
from glossary_ls.glossary.model import Guide
from glossary_ls.glossary.names import key
from glossary_ls.glossary.reading.drafts import Draft, Piece
from glossary_ls.glossary.reading.labels import Field
from glossary_ls.glossary.reading.names import read_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from glossary_ls.glossary.formats.markdown.entries import Written
    from glossary_ls.glossary.formats.markdown.lines import Line
    from glossary_ls.glossary.formats.markdown.sections import Section

_VERSUS = lazily(r"(?P<left>\S.*?)\s+(?:vs\.?|versus|compared (?:to|with))\s+(?P<right>\S.*)", re.IGNORECASE)
_QUOTED = lazily(r"[\"\u201c\u201e'](.+)[\"\u201d\u201c']")
_ABOUT_QUESTIONS = lazily(r"question|confus|faq|misunder|myth|asked", re.IGNORECASE)
_GUIDE = lazily(
    r"(?:the )?(?:key|core|main|golden|guiding) (?:principles?|takeaways?|ideas?|rules?|insights?|points?)|"
    r"remember|bottom line|takeaways?|in (?:short|summary|a nutshell)|tl;?dr|how to (?:use|read) .*|"
    r"using this .*",
    re.IGNORECASE,
)
_ANCHOR_SIGNS = lazily(r"[^\w\- ]")
_WORD = lazily(r"[^\W_]+(?:[-'./+#&][^\W_]+)*[+#]*")
_PAIR = lazily(r"([A-Z][A-Z0-9]{1,7})/([A-Z][A-Z0-9]{1,7})")
_MOST_WORDS = 5
_LISTED_SHARE = 0.3


class Names:
    """The names of the drafts of a page, to find the terms that a text mentions."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        """Index the names; of several drafts with one name, the first one counts."""
        self.by_key: dict[str, int] = {}
        self.names: list[str] = []
        for number, draft in enumerate(drafts):
            read = read_name(draft.names[0].text) if draft.names else None
            self.names.append(read.name if read else "")
            if read:
                stacked = (piece.text for piece in draft.names[1:])
                others = (read.expansion, *(alias.name for alias in read.aliases), *stacked)
                for name in filter(None, (read.name, *others)):
                    self.by_key.setdefault(key(name), number)

    def get(self, name: str) -> int | None:
        """Return the number of the draft with a name, also in the singular."""
        folded = key(name)
        for each in (folded, folded.removesuffix("s"), folded.removesuffix("es"), f"{folded}s"):
            if (number := self.by_key.get(each)) is not None:
                return number
        return None

    def all_of(self, name: str) -> tuple[int, ...]:
        """Return the draft with a name, or those of its parts: `RTO/RPO`."""
        number = self.get(name)
        parts = (name,) if number is not None else name.split("/")
        return tuple(each for part in parts if (each := self.get(part)) is not None)

    def mentioned(self, text: str) -> list[int]:
        """Return the drafts that a text mentions, in its order, longer names first."""
        words = list(_WORD.finditer(text))
        found: list[int] = []
        at = 0
        while at < len(words):
            for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
                number = self.get(text[words[at].start() : words[at + count - 1].end()])
                if number is not None:
                    if number not in found:
                        found.append(number)
                    at += count - 1
                    break
            at += 1
        return found


def versus(name: str) -> tuple[str, str] | None:
    """Return the two names that a title compares."""
    found = _VERSUS.fullmatch(name.strip("\"'\u201c\u201d ?"))
    return (found["left"].strip(), found["right"].strip()) if found else None


def question(written: Written) -> str:
    """Return the question that an entry is rather than a term, or an empty string."""
    text = written.draft.names[0].text if written.draft.names else ""
    quoted = _QUOTED.fullmatch(text.strip())
    bare = quoted[1] if quoted else text
    if quoted and _ABOUT_QUESTIONS.search(written.section):
        return bare
    if bare.rstrip().endswith("?") and read_name(bare).name.endswith("?"):
        return bare
    return ""


def attached(found: Sequence[Written]) -> list[Draft]:
    """Return the drafts of terms, with the comparisons and questions that are about them."""
    plain: list[Draft] = []
    comparisons: list[tuple[tuple[str, str], Written]] = []
    questions: list[tuple[str, Written]] = []
    for written in found:
        name = written.draft.names[0].text if written.draft.names else ""
        if asked := question(written):
            questions.append((asked, written))
        elif compared := versus(name):
            comparisons.append((compared, written))
        else:
            plain.append(written.draft)
    if not plain:
        return [written.draft for written in found]
    if not comparisons and not questions:
        return plain
    names = Names(plain)
    for (left, right), written in comparisons:
        pair = [number for number in (_about(names, left), _about(names, right)) if number is not None]
        if not pair:
            # What none of the terms is about is a subject of its own.
            plain.append(written.draft)
            continue
        first = pair[0]
        other = right if names.get(left) == first or _about(names, left) == first else left
        known = _about(names, other)
        label = names.names[known] if known is not None and known != first else other
        contrast = Contrast(label, _difference(written.draft))
        plain[first] = replace(plain[first], contrasts=(*plain[first].contrasts, contrast))
    for asked, written in questions:
        about = names.mentioned(asked) or names.mentioned(written.draft.definition)
        if about:
            others = tuple(names.names[number] for number in about[1:4])
            posed = Question(asked, _difference(written.draft), others)
            plain[about[0]] = replace(plain[about[0]], questions=(*plain[about[0]].questions, posed))
    return plain


def _about(names: Names, name: str) -> int | None:
    number = names.get(name)
    if number is None:
        mentioned = names.mentioned(name)
        number = mentioned[0] if len(mentioned) == 1 else None
    return number


def _difference(draft: Draft) -> str:
    return "\n\n".join(filter(None, (draft.definition, *(piece.text for _, piece in draft.fields))))


def parts(draft: Draft, source: str) -> list[Draft]:
    """Return two drafts for a pair such as `RTO/RPO`, if the body explains each one in an item of its own."""
    pair = _PAIR.fullmatch(draft.names[0].text) if draft.names else None
    if not pair or draft.body is None:
        return [draft]
    places = []
    name_end = draft.names[0].span.end
    for name in pair.groups():
        item = rf"[\r\n][ \t]*[-*+][ \t]+({name})[ \t]*\(([^()\r\n]+)\)[:.]?[ \t]*([^\r\n]*)"
        opening = re.compile(item)
        found = opening.search(source, name_end, draft.body.end)
        if not found:
            return [draft]
        places.append(found)
    first, second = places
    if first.start() > second.start():
        return [draft]
    name = draft.names[0]
    one = replace(
        draft,
        span=Span(draft.span.start, first.end()),
        names=(name._replace(text=f"{first[1]} ({first[2]})"),),
        definition=first[3],
        body=Span(*first.span(3)),
    )
    other = replace(
        draft,
        span=Span(second.start(1), draft.span.end),
        names=(
            Piece(
                f"{second[1]} ({second[2]})",
                Span(second.start(1), second.start(3)),
            ),
        ),
        definition=second[3],
        body=Span(*second.span(3)),
    )
    return [one, other]


def with_related(drafts: Sequence[Draft], found: Sequence[Written]) -> list[Draft]:
    """Return drafts related to the terms of the page that their texts link to."""
    if not any(written.links for written in found):
        return [*drafts]
    names = Names(drafts)
    anchors: dict[str, int] = {}
    by_span: dict[Span, int] = {draft.span: number for number, draft in enumerate(drafts)}
    for written in found:
        number = by_span.get(written.draft.span)
        if number is None:
            continue
        for anchor in (*written.anchors, *(anchor_of(piece.text) for piece in written.draft.names)):
            anchors.setdefault(anchor.lower(), number)
    linked = {written.draft.span: written.links for written in found}
    related: list[Draft] = []
    for number, draft in enumerate(drafts):
        numbers = dict.fromkeys(
            target
            for link in linked.get(draft.span, ())
            if (target := _target(link, anchors, names)) is not None and target != number
        )
        pieces = tuple(
            (Field.RELATED, Piece(names.names[each], draft.span)) for each in numbers if names.names[each]
        )
        related.append(replace(draft, fields=(*draft.fields, *pieces)) if pieces else draft)
    return related


def _target(link: inline.Link, anchors: dict[str, int], names: Names) -> int | None:
    if link.target.startswith("#"):
        number = anchors.get(link.target[1:].lower())
        return names.get(link.text) if number is None else number
    return None if "/" in link.target or ":" in link.target else names.get(link.target)


def anchor_of(title: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return _ANCHOR_SIGNS.sub("", title.lower()).strip().replace(" ", "-")


# --- topics -------------------------------------------------------------------------------------------------


def with_listed_topics(
    drafts: Sequence[Draft], lines: Sequence[Line], sections: Iterable[Section]
) -> tuple[list[Draft], set[int]]:
    """Return drafts with the topics of sections that only list names, and the numbers of these sections."""
    names: Names | None = None
    lists: list[tuple[Section, list[int], bool]] = []
    for section in sections:
        if not section.title or section.is_generic or section.is_about or section.children:
            continue
        listed = _listed(lines, section)
        if not listed:
            continue
        names = names or Names(drafts)
        known = [number for name in listed for number in names.all_of(name)]
        lists.append((section, known, len(known) >= max(2, _LISTED_SHARE * len(listed))))
    around = Counter(section.parent for section, _, is_sure in lists if is_sure)
    found = list(drafts)
    listing: set[int] = set()
    for section, known, is_sure in lists:
        # Beside lists of names, another list of which fewer names are known is one, too.
        if not is_sure and not (known and section.parent and around[section.parent] > 1):
            continue
        listing.add(section.number)
        title = topic(section.title)
        for number in dict.fromkeys(known):
            if title not in found[number].topics:
                found[number] = replace(found[number], topics=(*found[number].topics, title))
    return found, listing


def _listed(lines: Sequence[Line], section: Section) -> list[str]:
    """Return the names that the items of a section list, if it has nothing else."""
    listed: list[str] = []
    for at in range(section.first, section.end):
        line = lines[at]
        if line.kind in {Kind.BLANK, Kind.HIDDEN, Kind.RULE}:
            continue
        bullet = BULLET.match(line.text, line.at, line.end) if line.kind is Kind.TEXT else None
        if not bullet or line.end - bullet.end() > 400:
            return []
        text = inline.plain(line.text[bullet.end() : line.end])
        listed += [part.strip() for part in text.split(",") if part.strip()]
    return listed


# --- guide --------------------------------------------------------------------------------------------------


def is_guide(title: str) -> bool:
    """Return whether a title is that of advice to readers."""
    return _GUIDE.fullmatch(title.strip(" :.!")) is not None


def guide(title: str, text: str) -> Guide:
    """Return the guide that a text is: paragraphs, and the items of its lists as points."""
    points: list[str] = []
    rest: list[str] = []
    for line in text.splitlines():
        bullet = BULLET.match(line)
        if bullet:
            points.append(line[bullet.end() :].strip())
        elif points and line.startswith(" ") and line.strip():
            points[-1] += " " + line.strip()
        else:
            rest.append(line)
    return Guide(title.strip(" :"), inline.tidy("\n".join(rest)).strip(), tuple(points))
