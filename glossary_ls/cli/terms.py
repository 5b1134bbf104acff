"""The terms of a project for the commands that list and explain them. It must not print.

`names_like` offers names for one that no glossary has: acronyms for an acronym, words for a word.
"""

from __future__ import annotations

from dataclasses import asdict
from difflib import get_close_matches
from itertools import chain
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.base.model import Severity
from glossary_ls.base.text import in_order
from glossary_ls.features.listing import summary_of, terms_of
from glossary_ls.features.render import plain
from glossary_ls.glossary.names import is_exact, key
from glossary_ls.vfs.files import is_built_in
from glossary_ls.workspace.glossary_files import glossary_folders

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from glossary_ls.base.model import Term
    from glossary_ls.cli.project import Project
    from glossary_ls.glossary.index import Glossary

_MOST_LIKE = 3

#: How alike an acronym must be to a short word (see `difflib`), since many acronyms share letters with one.
_VERY_LIKE = 0.75
_SHORT = 6

#: How much longer than a query a name may be that has its letters in order: `thrpt` finds `throughput`.
_MOST_SPREAD = 2


# --- glossaries -------------------------------------------------------------------------------------------


def glossaries(project: Project) -> Iterator[Glossary]:
    """Yield the glossary of the root folder, and those of the folders below that have files of their own."""
    yield project.workspace.glossary_of("")
    for folder in glossary_folders(project.workspace, project.root):
        if folder != project.root:
            yield project.workspace.glossary_of(paths.join(folder, "x"))


def glossary_with(project: Project, names: Sequence[str]) -> Glossary:
    """Return the first glossary that has all names, or that of the root folder if none has."""
    each = glossaries(project)
    first = next(each)
    return next((found for found in chain((first,), each) if all(map(found.loosely, names))), first)


def broken(project: Project, glossaries: Iterable[Glossary]) -> Iterator[str]:
    """Yield a message for each file of some glossaries that has errors, which may hide entries."""
    for path in dict.fromkeys(file.path for glossary in glossaries for file in glossary.files):
        stored = project.workspace.store.get(path)
        if stored and any(problem.severity is Severity.ERROR for problem in stored.file.problems):
            name = project.display_path(path)
            yield f"{name} has errors, and entries may be missing; `glossary-ls check {name}` lists them."


# --- names ------------------------------------------------------------------------------------------------


def not_found(name: str, glossary: Glossary) -> str:
    """Return the message for a name that no glossary has."""
    return f"No glossary has a term {name!r}.{hint(name, glossary)}"


def hint(name: str, glossary: Glossary) -> str:
    """Return the end of a message that offers names like one that was not found, or an empty string."""
    like = names_like(name, glossary)
    return f" Did you mean {', '.join(like)}?" if like else ""


def names_like(name: str, glossary: Glossary) -> list[str]:
    """Return the names that a written one may stand for, the closest first."""
    acronyms: dict[str, str] = {}
    words: dict[str, str] = {}
    for term in glossary.terms:
        for known in term.names:
            (acronyms if is_exact(known, None) else words)[known.casefold()] = known
    folded = name.casefold()
    if is_exact(name, None):
        return [acronyms[match] for match in get_close_matches(folded, acronyms, _MOST_LIKE)]
    found = [words[match] for match in get_close_matches(folded, words, _MOST_LIKE)]
    if found or len(name) > _SHORT:
        return found
    return [acronyms[match] for match in get_close_matches(folded, acronyms, _MOST_LIKE, _VERY_LIKE)]


def matching(glossaries: Collection[Glossary], query: str) -> Sequence[Term]:
    """Return the terms whose names hold a query, the best first, and those whose texts have its words.

    If there is none, return those of which a name, not much longer, has its letters in order.
    """
    words = query.casefold().split()
    by_name = terms_of(glossaries, query)
    found = {id(term): term for term in by_name if any(key(query) in key(name) for name in term.names)}
    for term in terms_of(glossaries):
        text = " ".join((*term.names, *_texts(term))).casefold()
        if words and all(word in text for word in words):
            found.setdefault(id(term), term)
    if found:
        return tuple(found.values())
    longest = _MOST_SPREAD * len(query)
    return tuple(
        term
        for term in by_name
        if any(len(name) <= longest and _has_letters(key(name), key(query)) for name in term.names)
    )


def _has_letters(name: str, letters: str) -> bool:
    """Return whether a name begins with the first of some letters, and has the others behind it in order."""
    return name[:1] == letters[:1] and in_order(letters, name)


def _texts(term: Term) -> Iterator[str]:
    yield from (term.expansion, term.summary, term.definition, *term.facts, *term.topics)


# --- rows -------------------------------------------------------------------------------------------------


def line_of(term: Term) -> tuple[str, str]:
    """Return the name of a term, and what it stands for or is, on one line."""
    return term.name, " ".join((term.expansion or plain(summary_of(term))).split())


def glossary_name(project: Project, path: str) -> str:
    """Return the name of a glossary for people: that of a built-in one is its id."""
    return paths.name(path).partition(".")[0] if is_built_in(path) else project.display_path(path)


def short_row(term: Term, project: Project) -> dict[str, object]:
    """Return what a list says about a term, for JSON; `line` counts from 1."""
    where = project.workspace.store.locate(term)
    return {
        "name": term.name,
        "expansion": term.expansion,
        "summary": summary_of(term),
        "aliases": [alias.name for alias in term.aliases],
        "topics": list(term.topics),
        "status": str(term.status),
        "glossary": glossary_name(project, where.file.path) if where else "",
        "line": where.line + 1 if where else None,
    }


def full_row(term: Term, glossary: Glossary, project: Project) -> dict[str, object]:
    """Return all that is known about a term, for JSON; texts are Markdown."""
    return {
        **short_row(term, project),
        "aliases": [{"name": alias.name, "kind": str(alias.kind)} for alias in term.aliases],
        "definition": term.definition,
        "facts": list(term.facts),
        "examples": list(term.examples),
        "related": list(term.related),
        "contrasts": [asdict(contrast) for contrast in glossary.contrasts(term)],
        "questions": [
            {"question": question.question, "answer": question.answer}
            for question in glossary.questions(term)
        ],
        "replaced_by": term.replaced_by,
        "owner": term.owner,
        "reviewed": term.reviewed,
        "source": term.source,
        "url": term.url,
    }
