"""Word lists of spelling checkers: acronyms that a team accepts, without entries.

These are vocabularies of Vale, configurations of cspell and of typos, and, if configured, dictionaries of
Hunspell and plain lists of words. An ordinary word in them changes nothing: it is only not reported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.base import paths
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.glossary.format import Claim
from glossary_ls.glossary.formats.yaml.salvage import salvage
from glossary_ls.glossary.model import GlossaryFile, Head
from glossary_ls.glossary.naming import is_in_vocabulary
from glossary_ls.glossary.reading.patterns import expanded
from glossary_ls.markup import json_nodes, yaml_nodes
from glossary_ls.markup.yaml_nodes import Mapping, Node, NotYamlError, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.base.text import Text

__all__ = ["assistant", "claims", "editor", "id", "parse", "suffixes"]

id = "word-list"  # noqa: A001  because a format is a module
suffixes = (".txt", ".dic", ".json", ".jsonc", ".yaml", ".yml", ".toml")
editor = None
assistant = None

_CODE = "invalid-word-list"

_CSPELL = lazily(r"\.?cspell(?:\.config)?\.(?:jsonc?|ya?ml)")
_TYPOS = lazily(r"[._]?typos\.toml")

#: The keys of cspell that hold words to accept.
_WORDS = frozenset({"words", "userWords", "ignoreWords"})

#: What is written around words in lists of cspell: parts of compounds, and forms.
_MARKS = "+*~"

#: A line of a table of typos, in which a word is its own correction.
_KEPT = lazily(r"[ \t]*[\"']?(?P<word>[^\"'=\s]+)[\"']?[ \t]*=[ \t]*[\"'](?P<right>[^\"'\r\n]*)[\"']")
_TABLE = lazily(r"[ \t]*\[(?P<name>[^\[\]]+)\][ \t]*(?:#.*)?")
_PLACE = lazily(r"\(at line (\d+), column (\d+)\)")

#: A list of words has lines of so many words at most.
_MOST_WORDS = 3
_MOST_SHARE = 0.9


class _Read(NamedTuple):
    """The accepted words of a file, and what is wrong with it."""

    words: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def claims(path: str, head: str) -> Claim:
    """Return whether a file is a word list that counts."""
    name = paths.name(path)
    if _CSPELL.fullmatch(name) or _TYPOS.fullmatch(name) or _is_vocabulary(path):
        return Claim.BY_CONTENT if head else Claim.BY_NAME
    if name.endswith(".dic") or (name.endswith(".txt") and "\t" not in head):
        return Claim.IF_CONFIGURED
    return Claim.NO


def _is_vocabulary(path: str) -> bool:
    return paths.name(path) == "accept.txt" and is_in_vocabulary(path)


def parse(path: str, text: Text) -> GlossaryFile:
    """Read a file. Never raises: mistakes are problems of the file."""
    name = paths.name(path)
    if _TYPOS.fullmatch(name):
        read = _typos(text)
    elif name.endswith((".json", ".jsonc")):
        root, errors = json_nodes.parse(text.source)
        read = _Read(
            tuple(_cspell(root)),
            tuple(_problem(f"JSON: {each.message}", each.offset, text) for each in errors),
        )
    elif name.endswith((".yaml", ".yml")):
        read = _cspell_yaml(text)
    else:
        read = _lines(path, text)
    words = tuple(dict.fromkeys(read.words))
    evidence = f"accepted words: {len(words)}" if words else ""
    problems = tuple(sorted(read.problems, key=lambda problem: problem.span))
    return GlossaryFile(path, text, head=Head(accept=words), problems=problems, evidence=evidence)


def _problem(what: str, offset: int, text: Text) -> Problem:
    line = text.line_span(text.line_index(offset))
    span = Span(min(offset, line.end), line.end)
    return Problem(_CODE, f"this is not valid {what}; the rest of the file counts", span, Severity.ERROR)


# --- lists with a word in each line -----------------------------------------------------------------------


def _lines(path: str, text: Text) -> _Read:
    words: list[str] = []
    problems: list[Problem] = []
    is_dictionary = path.endswith(".dic")
    for line, written in zip(text.line_starts, text.lines, strict=True):
        word = written.removeprefix("\ufeff").strip()
        if not word or word.startswith(("#", "/")) or (is_dictionary and word.isdigit()):
            continue
        if is_dictionary:
            words.append(re.split(r"(?<!\\)/|\t", word)[0].replace("\\/", "/"))
        elif not _is_vocabulary(path):
            words.append(word.strip(_MARKS))
        elif (found := expanded(word)) is not None:
            words += found
        else:
            start = line + written.index(word)
            message = f"'{word}' is a pattern for more words than can be listed, and is left out"
            problems.append(Problem(_CODE, message, Span(start, start + len(word)), Severity.INFORMATION))
    short = sum(len(word.split()) <= _MOST_WORDS for word in words)
    if not is_dictionary and not _is_vocabulary(path) and short < _MOST_SHARE * len(words):
        return _Read()
    return _Read(tuple(words), tuple(problems))


# --- configurations ---------------------------------------------------------------------------------------


def _cspell(root: Node | None) -> Iterator[str]:
    """Yield the words that a configuration of cspell accepts; `!word` forbids one."""
    for key, value in root.pairs if isinstance(root, Mapping) else ():
        if isinstance(key, Scalar) and key.value in _WORDS and isinstance(value, Sequence):
            for item in value.items:
                if isinstance(item, Scalar) and not item.value.startswith("!"):
                    yield item.value.strip(_MARKS + " ")


def _cspell_yaml(text: Text) -> _Read:
    try:
        return _Read(tuple(_cspell(yaml_nodes.parse(text.source))))
    except NotYamlError as error:
        root, errors = salvage(text.source)
        problems = (_problem(f"YAML: {each.message}", each.offset, text) for each in errors or (error,))
        return _Read(tuple(_cspell(root)), tuple(problems))


def _typos(text: Text) -> _Read:
    """Read a configuration of typos line by line, so that a mistake costs no other line."""
    import tomllib  # noqa: PLC0415  because few files need it

    words: list[str] = []
    is_inside = False
    for line in text.lines:
        if table := _TABLE.match(line):
            is_inside = table["name"].strip().endswith(("extend-words", "extend-identifiers"))
        elif is_inside and (found := _KEPT.match(line)) and found["word"] == found["right"]:
            words.append(found["word"])
    try:
        tomllib.loads(text.source)
    except (ValueError, RecursionError) as error:
        place = _PLACE.search(str(error))
        offset = text.offset_at_line_column(int(place[1]), int(place[2])) if place else len(text.source)
        message = _PLACE.sub("", str(error)).strip()
        return _Read(tuple(words), (_problem(f"TOML: {message}", offset, text),))
    return _Read(tuple(words))
