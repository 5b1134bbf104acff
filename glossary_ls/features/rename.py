"""Rename: a name of a term in its glossary, and every place that uses it.

The name under the cursor is renamed: the term's own, an alias, or the expansion. Each use keeps its number,
its possessive and its capitals, and the glossary keeps its quotes. What cannot be renamed is refused with the
reason.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from glossary_ls.analysis.editing.plan import plan_edits
from glossary_ls.analysis.editing.reading import read_analysis, read_text
from glossary_ls.base import paths
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.edits import apart
from glossary_ls.base.model import TextEdit
from glossary_ls.features.library import NOT_WRITTEN, SHARED, UNREADABLE, LeftOut, Source
from glossary_ls.features.occurrences import finding
from glossary_ls.features.symbol_at import subject_at
from glossary_ls.features.wording import matches, reworded
from glossary_ls.glossary import formats
from glossary_ls.glossary.index import key
from glossary_ls.glossary.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.analysis.editing.reading import Reading
    from glossary_ls.base.model import Term
    from glossary_ls.base.text import Span, Text
    from glossary_ls.features.library import Library, Step
    from glossary_ls.features.occurrences import Named
    from glossary_ls.glossary.format import Editor
    from glossary_ls.glossary.model import GlossaryFile, Placed, Value


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something cannot be done, for the user."""

    message: str


@dataclass(frozen=True, slots=True)
class Renamable:
    """What would be renamed: the name at `span`, how the glossary at `path` writes it, and its term."""

    span: Span
    name: str
    term: Term
    path: str


@dataclass(frozen=True, slots=True)
class FileEdits:
    """The edits of one file as it is in `text`, ascending; `confirm` asks the user to look at them first."""

    path: str
    text: Text
    edits: tuple[TextEdit, ...]
    confirm: bool


@dataclass(frozen=True, slots=True)
class Renaming:
    """A rename of `old` to `new`; `files` are worked out one by one while somebody goes through them, once.

    Glossaries come first, that of the term before all others, then the documents. None is a pause.
    """

    old: str
    new: str
    files: Iterator[FileEdits | LeftOut | None]


def prepare_rename(document: Document, offset: int) -> Renamable | Refusal | None:
    """Return what a rename at `offset` would change, or why there is nothing to change."""
    subject = subject_at(document, offset)
    if subject is None:
        return None
    if not subject.senses:
        return Refusal(f"'{subject.name}' is in no glossary; add it there before it is renamed")
    term = subject.senses[0]
    names = (*term.names, term.expansion)
    name = next((name for name in names if name and name == subject.name), None)
    name = name or next((name for name in names if name and matches(subject.name, name)), None)
    file = document.glossary.file_of(term)
    if file is None or name is None:
        return Refusal(f"'{subject.name}' cannot be renamed here; rename '{term.name}' in its glossary")
    if document.is_built_in(term):
        return Refusal(
            f"'{name}' comes from the built-in glossary '{file.title}' and cannot be renamed; "
            "an entry of the same name in your own glossary takes its place"
        )
    return Renamable(subject.span, name, term, file.path)


def rename(document: Document, offset: int, library: Library, new: str) -> Renaming | Refusal | None:
    """Return the edits that give what is at `offset` the name `new`."""
    target = prepare_rename(document, offset)
    if target is None or isinstance(target, Refusal):
        return target
    new = " ".join(new.split())
    refusal = _objection(document, target.name, new)
    if refusal is not None:
        return refusal
    if new == target.name:
        return Renaming(target.name, new, iter(()))
    found = library.locate(target.term)
    value = _value(found.placed, target.name) if found else None
    place = paths.name(target.path)
    if found is None or value is None or library.editable(target.path) is None:
        return Refusal(f"the entry of '{target.name}' in {place} cannot be edited; mend the file first")
    editor, reason = _editor(found.file, library)
    if editor is None:
        line = found.line + 1
        what = reason.removeprefix("it ")
        return Refusal(f"{place} {what}; rename '{target.name}' in line {line}")
    first = editor.rewritten(found.file.text.source, value.span, new)
    steps = library.sources(document, target.term)
    in_glossaries = _in_glossaries(document, library, target, new, first)
    in_documents = _in_documents(steps, target, new, _here(document, target))
    return Renaming(target.name, new, chain(in_glossaries, in_documents))


def _here(document: Document, target: Renamable) -> frozenset[str]:
    """Return the files that need no second look: they are before the user's eyes, or hold the entry."""
    return frozenset(("", document.path, target.path))


def _in_glossaries(
    document: Document, library: Library, target: Renamable, new: str, first: TextEdit
) -> Iterator[FileEdits | LeftOut | None]:
    """Yield the edits of glossary files, that of the term before the others; `first` is that of its entry."""
    here = _here(document, target)
    others = (path for path in library.glossaries_around(document) if path != target.path)
    for path in chain((target.path,), others):
        text = library.editable(path) if path else None
        file = library.glossary_file(path) if path and text else None
        if path is None or file is None:
            yield LeftOut(path, UNREADABLE) if path and library.text(path) else None
            continue
        editor, reason = _editor(file, library)
        edits: set[TextEdit] = set()
        for found in finding(file, target.term, library.glossary_of(path)):
            if found and editor is None:
                yield LeftOut(path, reason)
            elif editor is not None:
                edits.update(_in_glossary(file, editor, target, new, found or ()))
                yield None
        edits |= {first} if path == target.path else set()
        yield FileEdits(path, file.text, apart(edits), path not in here) if edits else None


def _in_documents(
    steps: Iterable[Step], target: Renamable, new: str, here: frozenset[str]
) -> Iterator[FileEdits | LeftOut | None]:
    """Yield the edits of documents; those `here` need no second look."""
    for step in steps:
        if isinstance(step, Source):
            known = step.analysis
            reading = read_analysis(known) if known else read_text(step.text, step.language)
            wanted = [edit for span in step.spans for edit in _use(span, reading, target, new)]
            yield None
            plan = plan_edits(reading, wanted)
            if plan.edits:
                yield FileEdits(step.path, step.text, plan.edits, step.path not in here)
            for reason in dict.fromkeys(kept.reason for kept in plan.kept):
                places = (kept.span.start for kept in plan.kept if kept.reason == reason)
                lines = dict.fromkeys(step.text.line_index(place) + 1 for place in places)
                yield LeftOut(step.path, reason, tuple(lines))
        else:
            yield step


def _editor(file: GlossaryFile, library: Library) -> tuple[Editor | None, str]:
    """Return the editor for a glossary file, or why there is none."""
    if library.is_shared(file.path):
        return None, SHARED
    return formats.editor_for(file), NOT_WRITTEN


def _objection(document: Document, old: str, new: str) -> Refusal | None:
    """Return the reason why a name cannot be used."""
    if not new:
        return Refusal("a term needs a name; type one")
    if not any(map(str.isalnum, new)):
        return Refusal(f"'{new}' has no letter or digit, so that no text could name the term")
    if key(new) == key(old):
        return None
    for other in document.glossary.senses(new):
        taken = [name for name in (*other.names, other.expansion) if key(name) == key(new)]
        file = document.glossary.file_of(other)
        if taken and not document.is_built_in(other):
            where = paths.name(file.path) if file else "the glossary"
            whose = "is" if key(other.name) == key(new) else f"is a name of '{other.name}'"
            return Refusal(f"'{new}' {whose} in {where} already; choose another name")
    return None


def _value(placed: Placed, name: str) -> Value | None:
    values = (placed.first(role, name) for role in (Role.TERM, Role.ALIAS, Role.EXPANSION))
    return next(filter(None, values), None)


def _use(span: Span, reading: Reading, target: Renamable, new: str) -> Iterator[TextEdit]:
    """Yield the edit of a use; one with markup between its words is written as it is read."""
    changed = reworded(span.of(reading.text.source), target.name, new)
    if changed is None and (words := reading.words(span)):
        changed = reworded(words.text[words.start : words.end], target.name, new)
    if changed is not None:
        yield TextEdit(span, changed)


def _in_glossary(
    file: GlossaryFile, editor: Editor, target: Renamable, new: str, found: Named
) -> Iterator[TextEdit]:
    """Yield the edits of the references and texts of a glossary file."""
    for span, value in found:
        if value.role is not Role.TEXT:
            changed = reworded(value.text, target.name, new)
            if changed is not None:
                yield editor.rewritten(file.text.source, value.span, changed)
        elif editor.is_plain(new, flow=True):
            # A text keeps its quotes only if the new name needs none.
            changed = reworded(span.of(file.text.source), target.name, new)
            yield from () if changed is None else (TextEdit(span, changed),)
