"""The syntax of comments and strings, by family of programming languages.

The tables are in `syntaxes.toml` of the data folder, which says what the parts of a token mean. This module
must not know the content of comments.
"""

from __future__ import annotations

import re
import tomllib
from enum import Enum
from typing import Any

from glossary_ls.base import memo
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.patterns import lazily
from glossary_ls.markup.languages import table
from glossary_ls.vfs.files import data_text


class TokenKind(Enum):
    """The kind of a token."""

    LINE = "line"
    BLOCK = "block"
    STRING = "string"
    #: A string that is a docstring if it is a statement.
    DOCSTRING = "docstring"


@dataclass(frozen=True, slots=True)
class Token:
    """A comment or a string, as in `syntaxes.toml`."""

    kind: TokenKind
    opener: str
    closer: str = ""
    doc: bool = False
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Syntax:
    """The tokens of a language in order of precedence; `pattern` has a group for the opener of each."""

    tokens: tuple[Token, ...]
    pattern: re.Pattern[str]
    #: Whether comments of the language often contain commented-out settings.
    settings: bool = False
    #: The characters with which all tokens begin, for a fast search.
    firsts: re.Pattern[str] | None = None

    def opener(self, text: str, start: int) -> re.Match[str] | None:
        """Return the first opener of a token at or after `start`."""
        if self.firsts is None:
            return self.pattern.search(text, start)
        # Searching for single characters is ten times as fast, which matters for large data files.
        places = (first.start() for first in self.firsts.finditer(text, start))
        return next((found for at in places if (found := self.pattern.match(text, at))), None)


def syntax_of(language: str) -> Syntax:
    """Return the syntax of a programming language that is in the table of families."""
    return _syntax(table("families")[language])


@memo.recent(64)
def _syntax(family: str) -> Syntax:
    tables = _tables()
    rows = (tables["tokens"][row] if isinstance(row, str) else row for row in tables["families"][family])
    tokens = tuple(map(_token, rows))
    # Group names must be unique in the combined pattern.
    parts = []
    for index, token in enumerate(tokens):
        opener = _GROUP.sub(rf"\g<0>{index}", token.opener)
        parts.append(f"(?P<t{index}>{opener})")
    firsts = re.compile(tables["firsts"][family]) if family in tables["firsts"] else None
    return Syntax(tokens, re.compile("|".join(parts)), family in tables["settings"].split(), firsts)


@memo.recent(1)
def _tables() -> dict[str, Any]:
    return tomllib.loads(data_text("syntaxes.toml"))


def _token(row: dict[str, Any]) -> Token:
    kind = TokenKind(row["kind"])
    opener, closer = (_expanded(row.get(key, "")) for key in ("opener", "closer"))
    if kind is TokenKind.LINE:
        closer = r"[^\r\n]*+(?P<end>)"
    return Token(kind, opener, closer, doc="doc" in row, nested="nested" in row)


def _expanded(pattern: str) -> str:
    return pattern.replace("{start}", r"(?:\A|(?<=[\r\n]))").replace("{spaced}", r"(?<![^\s])")


_GROUP = lazily(r"(?<=\(\?P[<=])(?:mark|quote)")
