"""The terms of a project for the commands that list and explain them. It must not print.

`names_like` offers names for one that no glossary has: acronyms for an acronym, words for a word.
"""

from __future__ import annotations

from dataclasses import asdict
from difflib import get_close_matches
from typing import TYPE_CHECKING

from glossary_ls.base import paths
from glossary_ls.features.listing import summary_of, terms_of
from glossary_ls.features.render import plain
from glossary_ls.glossary.names import is_exact, key
from glossary_ls.vfs.files import is_built_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glossary_ls.base.model import Term
    from glossary_ls.cli.project import Project
    from glossary_ls.glossary.index import Glossary

_MOST_LIKE = 3

#: How alike an acronym must be to a short word (see `difflib`), since many acronyms share letters with one.
_VERY_LIKE = 0.75
_SHORT = 6


# --- names ------------------------------------------------------------------------------------------------


def not_found(name: str, glossary: Glossary) -> str:
    """Return the message for a name that no glossary has."""
    like = names_like(name, glossary)
    hint = f" Did you mean {', '.join(like)}?" if like else ""
    return f"No glossary has a term {name!r}.{hint}"


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


def matching(glossary: Glossary, query: str) -> Sequence[Term]:
    """Return the terms whose names hold a query, the best first, and those whose texts have its words.

    If there is none, return those whose names have its letters in order.
    """
    words = query.casefold().split()
    by_name = terms_of([glossary], query)
    found = {id(term): term for term in by_name if any(key(query) in key(name) for name in term.names)}
    for term in terms_of([glossary]):
        text = " ".join((*term.names, *_texts(term))).casefold()
        if words and all(word in text for word in words):
            found.setdefault(id(term), term)
    return tuple(found.values()) or by_name


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
