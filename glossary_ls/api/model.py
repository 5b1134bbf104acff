"""What the Python interface returns, beside terms. This module must not know how it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass

if TYPE_CHECKING:
    from glossary_ls.base.model import Term


class ProjectError(Exception):
    """A folder or file that cannot be read, or a wrong setting; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in a document or glossary.

    `start` and `end` are offsets in code points; lines and columns count from 1, and `end_column` is behind
    the last character. `rule` is the code of the rule or of a kind of syntax error, `severity` one of
    `error`, `warning`, `information` and `hint`, and `text` what the finding is about. `path` is relative to
    the folder of the project, or absolute for a file outside of it.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    severity: str
    rule: str
    message: str
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names a term.

    `start` and `end` are offsets in code points; `line` and `column` count from 1. `terms` are the senses
    that the name may have, the one that fits the text best first. If `is_doubtful`, another meaning that no
    glossary knows is as likely. `own_meaning` is what the text itself says that an acronym stands for, where
    that is not what the first of the terms says. `region` is where the name is: `prose`, `heading`, `table`,
    `link`, `comment` or `docstring`.
    """

    start: int
    end: int
    line: int
    column: int
    text: str
    terms: tuple[Term, ...]
    region: str
    own_meaning: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class MissingTerm:
    """An acronym or a phrase that documents use and no glossary explains.

    `kind` is `acronym` or `phrase`. `places` are some of the uses, the first of a document each: the path,
    relative to the folder of the project, and the line, from 1. `expansions` are what an acronym may stand
    for, the likeliest first; in a `conflict`, documents define it differently.
    """

    name: str
    kind: str
    uses: int
    documents: int
    places: tuple[tuple[str, int], ...]
    expansions: tuple[str, ...] = ()
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The entry of a term: `line` counts from 1, `glossary` is the title of the glossary or its file name.

    `path` is relative to the folder of the project, absolute for a file outside of it, and empty for a
    built-in glossary.
    """

    path: str
    line: int
    glossary: str
