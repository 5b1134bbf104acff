"""Working out a change: the files that it creates and edits, and the edits.

A glossary is edited on the current text of the editor or the disk. This module writes nothing.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from glossary_ls import rules
from glossary_ls.analysis.editing.plan import plan_edits
from glossary_ls.analysis.editing.reading import read_analysis
from glossary_ls.analysis.scan import scan
from glossary_ls.base.dataclass import dataclass, replace
from glossary_ls.base.edits import applied
from glossary_ls.base.model import Alias, AliasKind, Term, TextEdit
from glossary_ls.base.text import Span, Text, common_ends
from glossary_ls.features.fixes.contracting import contracted
from glossary_ls.features.review import unknown
from glossary_ls.glossary import formats
from glossary_ls.glossary.index import key
from glossary_ls.rules.shared.fix import (
    Adding,
    DocumentChange,
    GlossaryChange,
    LaterUsesChange,
    RepeatedChange,
)
from glossary_ls.rules.shared.replacement import Replacement
from glossary_ls.rules.shared.undefined import to_be_explained
from glossary_ls.settings.config_file import tables_in
from glossary_ls.settings.toml_edit import add_to_list, switch_off

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.analysis.document import Document
    from glossary_ls.glossary.format import Editor, Edits
    from glossary_ls.glossary.model import Placed
    from glossary_ls.rules.shared.fix import Change, Target

#: A replacement may cause another problem; this is how often the document is checked again.
_MOST_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class FileChange:
    """Edits of a file with this text; an empty path is the current document.

    Without a text the file is to be created, and the only edit has its content.
    """

    path: str
    edits: tuple[TextEdit, ...]
    text: Text | None


def edits_of(change: Change, document: Document, targets: Iterable[Target]) -> FileChange | None:
    """Return the edits of a change; None if it is no longer possible."""
    if isinstance(change, DocumentChange):
        return FileChange("", change.edits, document.text)
    if isinstance(change, GlossaryChange):
        target = next((target for target in targets if target.path == change.path), None)
        return _written(change, target, document) if target else None
    if isinstance(change, LaterUsesChange):
        edits = _planned(contracted(change, document), document)
    else:
        edits = tuple(_repeated(change, document))
    return FileChange("", edits, document.text) if edits else None


def add_all(target: Target, terms: Iterable[Term], accepted: Iterable[str]) -> FileChange | None:
    """Return the edits that add terms and accepted acronyms to a glossary; None if none can be added.

    What cannot be added safely is left out, and so is what is there already.
    """
    source = before = target.source
    for term in terms:
        text = term.expansion or term.definition
        entries = formats.parse(target.path, Text(source)).terms if source and not text else ()
        if any(key(each.name) == key(term.name) for each in entries):
            continue
        if edits := _with_term(target.path, source, term):
            source = applied(source or "", edits)
    for name in accepted:
        editor = formats.editor_of(target.path, source or "")
        if editor and (edits := editor.add_accepted(source, name)):
            source = applied(source or "", edits)
    if source is None or source == before:
        return None
    edits = tuple(_difference(target.text or Text(""), Text(source)))
    return FileChange(target.path, edits, target.text)


def place_to_explain(change: FileChange, name: str = "") -> tuple[Text, Span] | None:
    """Return the text of a glossary after a change, and where the explanation of an entry is in it.

    That is the entry with a name, or the first new one; those without an explanation come before others. None
    if there is no such entry.
    """
    before = change.text or Text("")
    after = Text(applied(before.source, change.edits))
    entries = formats.parse(change.path, after).entries
    known = {(term.name, term.expansion) for term in formats.parse(change.path, before).terms}
    wanted = [
        each
        for each in entries
        if (each.term.name == name if name else (each.term.name, each.term.expansion) not in known)
    ]
    editor = formats.editor_of(change.path, after.source)
    if not wanted or editor is None:
        return None
    entry = next((each for each in wanted if each.term.is_bare), wanted[-1])
    return after, editor.explanation(after.source, entry.span)


def _with_term(path: str, source: str | None, term: Term) -> Edits:
    """Return the edits that add a term, or that explain the entry without an explanation that it has."""
    editor = formats.editor_of(path, source or "")
    if editor is None:
        return ()
    bare = _bare(path, source, term.name)
    if bare is None or source is None:
        return editor.add_term(source, term)
    text = term.expansion or term.definition
    return editor.explain(source, bare.span, text) if text else ()


def _bare(path: str, source: str | None, name: str) -> Placed | None:
    """Return the entry of a glossary that has a name and no explanation."""
    entries = formats.parse(path, Text(source)).entries if source else ()
    return next((each for each in entries if each.term.is_bare and each.term.name == name), None)


def _written(change: GlossaryChange, target: Target, document: Document) -> FileChange | None:
    source = target.source
    if change.adding in {Adding.ALL_TERMS, Adding.ALL_ACCEPTED}:
        found = tuple(unknown(document, to_be_explained(rules.run(document))))
        if change.adding is Adding.ALL_TERMS:
            return add_all(target, (Term(each.name, each.guess.long) for each in found), ())
        return add_all(target, (), (each.name for each in found))
    if change.adding in {Adding.RULE_OFF, Adding.NO_SOURCE}:
        below = tables_in(target.path)
        if change.adding is Adding.RULE_OFF:
            edits = switch_off(source, change.name, below)
        else:
            edits = add_to_list(source, "sources", f"!/{change.name}", below)
        return FileChange(target.path, edits, target.text) if edits else None
    editor = formats.editor_of(target.path, source or "")
    if editor is None:
        return None
    if change.adding is Adding.ACCEPTED:
        edits = editor.add_accepted(source, change.name)
    elif change.adding is Adding.ALIAS and source is not None:
        edits = editor.add_alias(source, change.text, Alias(change.name, AliasKind.ABBREVIATION))
    elif change.adding is Adding.ESTABLISHED:
        edits = _established(editor, target, change)
    else:
        edits = _with_term(target.path, source, Term(change.name, change.text))
        if not edits and not change.text and _bare(target.path, source, change.name):
            # There is nothing to write yet: the user fills in the entry that there is.
            return FileChange(target.path, (), target.text)
    return FileChange(target.path, edits, target.text) if edits else None


def _established(editor: Editor, target: Target, change: GlossaryChange) -> Edits:
    if target.text is None:
        return ()
    entries = formats.parse(target.path, target.text).entries
    meant = (each for each in entries if (each.term.name, each.term.expansion) == (change.name, change.text))
    entry = next(meant, None)
    return editor.establish(target.text.source, entry.span) if entry else ()


def _planned(wanted: Iterable[TextEdit], document: Document) -> tuple[TextEdit, ...]:
    return plan_edits(read_analysis(document.analysis), wanted).edits


def _repeated(change: RepeatedChange, document: Document) -> Iterator[TextEdit]:
    """Make replacements until there are no more, and yield the difference."""
    current = document
    for _ in range(_MOST_ROUNDS):
        edits = _planned(_wanted(change, current), current)
        if not edits:
            break
        text = Text(applied(current.text.source, edits))
        analysis = scan(text, current.language, current.glossary, current.analysis)
        current = replace(current, analysis=analysis)
    return _difference(document.text, current.text)


def _wanted(change: RepeatedChange, document: Document) -> Iterator[TextEdit]:
    """Yield what the rules propose for the uses that a change is about."""
    for problem in rules.run(document, each=True):
        data = problem.data
        if isinstance(data, Replacement):
            same = RepeatedChange(problem.code, data.subject)
            if change in {same, RepeatedChange()}:
                yield TextEdit(problem.span, data.new)


def _difference(before: Text, after: Text) -> Iterator[TextEdit]:
    """Yield the edits that turn one text into the other, each as small as its lines allow."""
    for first, last, new_first, new_last in _changed(before.lines, after.lines):
        if last - first == new_last - new_first:
            pairs = zip(range(first, last), range(new_first, new_last), strict=True)
            for line, new_line in pairs:
                yield from _trimmed(before.line_starts[line], before.lines[line], after.lines[new_line])
        else:
            old, new = "".join(before.lines[first:last]), "".join(after.lines[new_first:new_last])
            yield from _trimmed(before.line_starts[first], old, new)


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the ranges of lines that differ in both texts; most replacements do not move lines."""
    if len(before) == len(after):
        yield 0, len(before), 0, len(after)
        return
    for tag, *lines in SequenceMatcher(None, before, after).get_opcodes():
        if tag != "equal":
            first, last, new_first, new_last = lines
            yield first, last, new_first, new_last


def _trimmed(start: int, old: str, new: str) -> Iterator[TextEdit]:
    """Yield an edit for what is between the common start and the common end of two texts."""
    if old == new:
        return
    head, tail = common_ends(old, new)
    yield TextEdit(Span(start + head, start + len(old) - tail), new[head : len(new) - tail])
