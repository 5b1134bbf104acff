"""Completion in program code: the user's own terms, in the styles of identifiers that fit what is typed.

`col` goes on as `coldStart` or `cold_start`, `C` as `ColdStart` or `COLD_START`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.base.model import AliasKind, RegionKind
from glossary_ls.base.text import Span
from glossary_ls.glossary.index import key
from glossary_ls.glossary.names import typed_form
from glossary_ls.markup.languages import table
from glossary_ls.matching.identifiers import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Term

_WORD = re.compile(r"[^\W_]+")
_TYPED = re.compile(r"(?:[^\W\d_]\w*)?$")

#: What is between the words of a name; other signs belong to the name and to no identifier.
_JOINERS = re.compile(r"[\s/_-]+")

#: Languages whose identifiers have hyphens.
_HYPHENED = frozenset({"css", "scss", "less", "sass", "clojure", "lisp", "scheme", "racket", "elisp"})


def is_code(document: Document, kind: RegionKind) -> bool:
    """Return whether a place is code of a program, or an empty place in one."""
    is_program = document.language.lower() in table("families")
    return is_program and kind in {RegionKind.CODE_BLOCK, RegionKind.PROSE}


def identifiers(
    document: Document, offset: int, *, asked: bool
) -> Iterator[tuple[Span, str, str, Term, str]]:
    """Yield what identifiers that start as typed may be: what is typed, the name, its term, the identifier.

    The built-in glossaries are about prose, and left out.
    """
    line = document.text.line_span(document.text.line_index(offset))
    found = _TYPED.search(Span(line.start, offset).of(document.text.source))
    typed = found[0] if found else ""
    if not asked and len(typed) < document.settings.completion_minimum:
        return
    span = Span(offset - len(typed), offset)
    most = 4 * document.settings.completion_limit
    for name, term in document.glossary.starting_with(key(typed), most, inside=False):
        if typed_form(name, key(typed))[0] and not document.is_built_in(term) and not is_avoided(name, term):
            for identifier in written(name, typed, document.language):
                yield span, typed, name, term, identifier


def is_avoided(name: str, term: Term) -> bool:
    """Return whether a name is one that the entry of its term wants to be avoided."""
    return any(alias.name == name and alias.kind is AliasKind.AVOID for alias in term.aliases)


def written(name: str, typed: str, language: str) -> Iterator[str]:
    """Yield a name as the identifiers of a language that start with the capitals of what is typed."""
    if not _JOINERS.sub("", name).isidentifier():
        return
    words = [word[part.start : part.end] for word in _WORD.findall(name) for part in parts(word)]
    if len(words) == 1 and (words[0].isupper() or not typed):
        # An acronym keeps its capitals.
        yield words[0]
        return
    small = [word.lower() for word in words]
    titles = [word[:1].upper() + word[1:] for word in words]
    forms = {
        "camel": "".join([small[0], *titles[1:]]),
        "pascal": "".join(titles),
        "snake": "_".join(small),
        "kebab": "-".join(small),
        "upper": "".join(words).upper(),
        "constant": "_".join(words).upper(),
    }
    yield from dict.fromkeys(forms[style] for style in _styles(typed, is_hyphened=language in _HYPHENED))


def _styles(typed: str, *, is_hyphened: bool) -> tuple[str, ...]:
    capitals = sum(map(str.isupper, typed))
    if is_hyphened and not capitals:
        return ("kebab",)
    if not typed:
        return ("camel", "pascal", "snake", "kebab")
    if not capitals:
        return ("camel", "snake")
    if capitals < len(typed):
        return ("pascal",)
    return ("pascal", "constant") if capitals == 1 else ("upper", "constant")
