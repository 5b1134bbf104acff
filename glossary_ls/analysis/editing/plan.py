"""Replacing words of a document: what may be replaced, and what has to change with it.

Every edit of a document by a fix, a rename or an inlay hint goes through `plan_edits`. Words that are tied to
code, the names of targets, and titles that links lead to are kept, each with a reason; links, adornments,
tables, articles and capitals change with the words. At last the result is parsed: if anything but the words
has changed, the edit that is to blame is left out. This module must not know who edits and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.analysis.editing.articles import article
from glossary_ls.analysis.editing.reading import Outline, Reading, Words, differences, outline
from glossary_ls.analysis.editing.tables import IS_NOT_MENDED, Table, table_at, widened
from glossary_ls.analysis.editing.targets import linked
from glossary_ls.analysis.editing.titles import (
    IS_REFERRED_TO,
    adornments,
    is_referred_to,
    is_title,
    underline,
)
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.edits import apart, applied
from glossary_ls.base.model import RegionKind, TextEdit
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.markup.languages import PLAIN
from glossary_ls.markup.prose import BREAK, opens_sentence
from glossary_ls.matching.ties import is_tied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NO_BRACKETS = str.maketrans("", "", "[]")
_SPACE = lazily(r"\s+")

#: Signs that are markup in one language or another, by themselves, at an edge of a word, or in front.
_MARKUP_SIGN = lazily(r"[*`\[\]<>|\\~$^]|(?<!\w)_|_(?!\w)|::|\{\{|^(?:[-+#=>.:]+|\w{1,3}[.)])\s")

IS_CODE = "it is a part of an option, a path or other code"
IS_MARKUP = "it is not in the readable text"
BREAKS_MARKUP = "other words would change the markup around it"


@dataclass(frozen=True, slots=True)
class Kept:
    """A place that keeps its words, and why: a clause that begins in lower case."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The edits of a text, ascending and apart, and the places that were left out."""

    edits: tuple[TextEdit, ...]
    kept: tuple[Kept, ...] = ()


def plan_edits(reading: Reading, wanted: Iterable[TextEdit]) -> Plan:
    """Return the edits that write `wanted`, of which each replaces words or inserts some behind others."""
    kept: list[Kept] = []
    ready: list[_Rewording] = []
    for edit in apart(wanted):
        found = _prepared(reading, edit)
        if isinstance(found, Kept):
            kept.append(found)
        else:
            ready.append(found)
    accepted, refused = _accepted(reading, ready)
    kept += refused
    edits = _with_layout(reading, accepted)[0]
    return Plan(edits, tuple(sorted(kept, key=lambda one: one.span)))


@dataclass(frozen=True, slots=True)
class _Rewording:
    """A wanted edit, what it changes in the readable text, and the edits that make it up."""

    wanted: TextEdit
    shown: tuple[tuple[Words, str], ...]
    edits: tuple[TextEdit, ...]

    @property
    def words(self) -> Words:
        """The words that are replaced, or after which some are inserted."""
        return self.shown[0][0]


def _prepared(reading: Reading, edit: TextEdit) -> _Rewording | Kept:
    """Return what an edit of some words needs beside itself, or why they are kept."""
    span = edit.span
    if span.start == span.end:
        words = reading.words(Span(span.start - 1, span.end))
        after = words._replace(start=words.end) if words else None
        return _Rewording(edit, ((after, edit.new),), (edit,)) if after else Kept(span, IS_MARKUP)
    words = reading.words(span)
    reason = _objection(reading, edit, words)
    if words is None or reason:
        return Kept(span, reason)
    written = TextEdit(span, _capitalized(edit.new, words))
    edits = linked(reading, written)
    if isinstance(edits, str):
        return Kept(span, edits)
    shown = [(words, written.new)]
    if changed := article(words.text, words.start, written.new):
        before = words._replace(start=changed.span.start, end=changed.span.end)
        shown.append((before, changed.new))
        edits = (TextEdit(reading.place(before), changed.new), *edits)
    return _Rewording(edit, tuple(shown), edits)


def _objection(reading: Reading, edit: TextEdit, words: Words | None) -> str:
    """Return why some words must not be replaced, or an empty string."""
    if words is None:
        return IS_MARKUP
    if is_tied(words.text, words.start, words.end):
        return IS_CODE
    if _is_title(reading, edit.span, words) and _is_referred_to(reading, words):
        return IS_REFERRED_TO
    signs = _signs(edit.new) - _signs(words.text[words.start : words.end])
    return BREAKS_MARKUP if signs and reading.language != PLAIN else ""


def _signs(words: str) -> set[str]:
    return set(_MARKUP_SIGN.findall(words))


def _is_title(reading: Reading, span: Span, words: Words) -> bool:
    is_link = words.kind is RegionKind.LINK
    line = reading.text.line_index(span.start)
    return words.kind is RegionKind.HEADING or (is_link and is_title(reading.text, line))


def _is_referred_to(reading: Reading, words: Words) -> bool:
    start = words.text.rfind(BREAK, 0, words.start) + 1
    title = words.text[start:].partition(BREAK)[0]
    return is_referred_to(reading.text.source, reading.language, title)


def _capitalized(new: str, words: Words) -> str:
    """Return words with the capital that those they replace have at the start of a sentence."""
    is_upper = words.text[words.start].isupper() and new.partition(" ")[0].islower()
    return new[:1].upper() + new[1:] if is_upper and opens_sentence(words.text, words.start) else new


def _accepted(reading: Reading, rewordings: Sequence[_Rewording]) -> tuple[list[_Rewording], list[Kept]]:
    """Return the rewordings that leave all markup as it is, and those that do not."""
    edits, kept = _with_layout(reading, rewordings)
    torn = {one.span for one in kept}
    whole = [one for one in rewordings if one.wanted.span not in torn]
    if not torn and _is_sound(reading, whole, edits):
        return whole, []
    if len(rewordings) == 1:
        return [], kept or [Kept(rewordings[0].wanted.span, BREAKS_MARKUP)]
    if torn:
        accepted, refused = _accepted(reading, whole)
        return accepted, [*kept, *refused]
    half = len(whole) // 2
    first, refused = _accepted(reading, whole[:half])
    second, others = _accepted(reading, whole[half:])
    both = [*first, *second]
    if not (refused or others) or not _is_sound(reading, both, _with_layout(reading, both)[0]):
        # Each half is sound alone and both are not: what comes first counts.
        others = [Kept(one.wanted.span, BREAKS_MARKUP) for one in whole[half:]]
        both = first
    return both, [*refused, *others]


def _with_layout(
    reading: Reading, rewordings: Iterable[_Rewording]
) -> tuple[tuple[TextEdit, ...], list[Kept]]:
    """Return the edits of rewordings with those of titles and tables, and what a table does not allow."""
    text, language = reading.text, reading.language
    titles: dict[int, list[TextEdit]] = {}
    tables: dict[Table, list[_Rewording]] = {}
    found: list[TextEdit] = []
    for rewording in rewordings:
        line = text.line_index(rewording.wanted.span.start)
        is_cell = rewording.words.kind is RegionKind.TABLE
        table = table_at(text, language, line) if is_cell else None
        if table:
            tables.setdefault(table, []).append(rewording)
        else:
            found += rewording.edits
        if reading.is_code or _is_title(reading, rewording.wanted.span, rewording.words):
            titles.setdefault(line, []).extend(rewording.edits)
    for line, edits in titles.items():
        start = text.line_start(line)
        title = applied(text.lines[line], (TextEdit(edit.span.shifted(-start), edit.new) for edit in edits))
        if reading.is_code:
            found += filter(None, [underline(text, line, title)])
        else:
            found += adornments(text, language, line, title)
    kept: list[Kept] = []
    for table, inside in tables.items():
        edits = [edit for rewording in inside for edit in rewording.edits]
        layout = widened(text, table, edits)
        if layout is None:
            kept += (Kept(rewording.wanted.span, IS_NOT_MENDED) for rewording in inside)
        else:
            found += (*edits, *layout)
    return tuple(sorted(found, key=lambda edit: edit.span)), kept


def _is_sound(reading: Reading, rewordings: Iterable[_Rewording], edits: Sequence[TextEdit]) -> bool:
    """Return whether edits change nothing but the words that are reworded."""
    changes: dict[int, list[tuple[Words, str]]] = {}
    for rewording in rewordings:
        for words, new in rewording.shown:
            changes.setdefault(words.block, []).append((words, new))
    for numbers, blocks in differences(reading, edits):
        before = (_expected(outline(reading.blocks[number]), changes.get(number, ())) for number in numbers)
        if list(_seen(before)) != list(_seen(map(outline, blocks))):
            return False
    return True


def _seen(outlines: Iterable[Outline]) -> Iterator[Outline]:
    """Yield outlines with text, without brackets: those of a link are text as long as it has no target."""
    for seen in outlines:
        if seen.text:
            yield seen._replace(text=seen.text.translate(_NO_BRACKETS))


def _expected(seen: Outline, changes: Iterable[tuple[Words, str]]) -> Outline:
    """Return what a reader should see of a block once its words are replaced."""
    edits = (TextEdit(Span(words.start, words.end), _SPACE.sub(" ", new)) for words, new in changes)
    return seen._replace(text=applied(seen.text, edits))
