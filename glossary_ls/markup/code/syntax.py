"""The syntax of comments and strings, by family of programming languages.

Strings matter because a comment marker inside one does not start a comment. This module must not know the
content of comments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from glossary_ls.base import memo
from glossary_ls.markup.languages import FAMILIES


class TokenKind(Enum):
    """The kind of a token."""

    LINE = 0
    BLOCK = 1
    CODE = 2
    #: A string that is a docstring if it is a statement.
    DOCSTRING = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A comment or a string.

    `opener` matches its start, or all of it if there is no `closer`. `{mark}` in the closer is replaced by
    the group `mark` of the opener; an `anchored` closer matches the content too. `doc`: it is a documentation
    comment. `nested`: it may contain another one.
    """

    kind: TokenKind
    opener: str
    closer: str = ""
    doc: bool = False
    nested: bool = False

    @property
    def anchored(self) -> bool:
        """Whether the closer is matched at the start of the content, not searched for."""
        return self.closer.startswith(("(?:[^", "[^"))


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


def syntax_of(language_id: str) -> Syntax | None:
    """Return the syntax of a language by its identifier, or None if it is unknown."""
    family = FAMILIES.get(language_id.lower())
    return _syntax(family) if family else None


def languages() -> tuple[str, ...]:
    """Return the identifiers of all known programming languages."""
    return tuple(FAMILIES)


@memo.recent(64)
def _syntax(family: str) -> Syntax:
    tokens = _TOKENS[family]
    # Group names must be unique in the combined pattern.
    parts = []
    for index, token in enumerate(tokens):
        opener = _GROUP.sub(rf"\g<0>{index}", token.opener)
        parts.append(f"(?P<t{index}>{opener})")
    firsts = re.compile(_FIRSTS[family]) if family in _FIRSTS else None
    return Syntax(tokens, re.compile("|".join(parts)), family in _SETTINGS, firsts)


_GROUP = re.compile(r"(?<=\(\?P[<=])(?:mark|quote)")


def _line(opener: str, *, doc: bool = False) -> Token:
    return Token(TokenKind.LINE, opener, doc=doc)


def _block(opener: str, end: str, *, doc: bool = False, nested: bool = False) -> Token:
    return Token(TokenKind.BLOCK, opener, end, doc=doc, nested=nested)


def _string(opener: str, end: str = "") -> Token:
    return Token(TokenKind.CODE, opener, end)


_START = r"(?:\A|(?<=[\r\n]))"
_SPACED = r"(?<![^\s])"
_DOUBLE = _string(r'"(?:[^"\\\r\n]|\\(?:\r\n|[\s\S]))*+"?')
_SINGLE = _string(r"'(?:[^'\\\r\n]|\\(?:\r\n|[\s\S]))*+'?")
_CHARACTER = _string(r"'(?:[^'\\\r\n]|\\[^\r\n][^'\r\n]{0,9})'")
_TEMPLATE = _string("`", r"(?:[^`\\]|\\[\s\S])*+`")
_RAW_GO = _string("`", r"[^`]*+`")
_TRIPLE = _string('"""', r'"""')
_C_DOC = _block(r"/\*[*!](?![*/])<?", r"\*/", doc=True)
_C_BLOCK = _block(r"/\*", r"\*/")
_C_NESTED = _block(r"/\*", r"\*/", nested=True)
_C_DOC_NESTED = _block(r"/\*[*!](?![*/])", r"\*/", doc=True, nested=True)
_SLASH_DOC = _line(r"//[/!](?!/)<?", doc=True)
_SLASHES = _line(r"//+")
_HASH = _line(r"#+")
_HASH_SPACED = _line(rf"{_SPACED}#+")
_DASHES = _line(r"--+")
_HEREDOC = _string(
    r"<<[-~]?[ \t]*(?P<quote>[\"']?)(?P<mark>[A-Za-z_]\w*)(?P=quote)",
    _START + r"[ \t]*{mark}(?=[ \t;)\r\n,.]|\Z)",
)
#: For languages in which `<<` is also an operator: the word after it must look like the name of a heredoc.
_HEREDOC_STRICT = _string(
    r"<<(?:[-~](?=[\"'`A-Za-z_])|(?=[\"']?[A-Z]{3}))[\"'`]?(?P<mark>[A-Za-z_]\w*)", _START + r"[ \t]*{mark}\b"
)

_C = (_C_DOC, _C_BLOCK, _SLASH_DOC, _SLASHES)

_TOKENS: dict[str, tuple[Token, ...]] = {
    "c": (
        *_C,
        _string(r'R"(?P<mark>[^\s()\\]{0,16})\(', r"\){mark}\""),
        _DOUBLE,
        _CHARACTER,
    ),
    "csharp": (
        *_C,
        _string(r'\$*"""', '"""'),
        _string(r'(?:@\$?|\$@)"', r'(?:[^"]|"")*+"'),
        _DOUBLE,
        _CHARACTER,
    ),
    "java": (*_C, _TRIPLE, _DOUBLE, _CHARACTER),
    "kotlin": (_C_DOC_NESTED, _C_NESTED, _SLASH_DOC, _SLASHES, _TRIPLE, _DOUBLE, _CHARACTER),
    "swift": (
        *(_C_DOC_NESTED, _C_NESTED, _SLASH_DOC, _SLASHES, _TRIPLE),
        _string(r'(?P<mark>#+)"', r'"{mark}'),
        _DOUBLE,
    ),
    "go": (_C_BLOCK, _SLASHES, _RAW_GO, _DOUBLE, _CHARACTER),
    "rust": (
        *(_C_DOC_NESTED, _C_NESTED, _SLASH_DOC, _SLASHES),
        _string(r'\bb?r(?P<mark>#*)"', r'"{mark}'),
        _string(r'"', r'(?:[^"\\]|\\[\s\S])*+"'),
        _CHARACTER,
    ),
    "javascript": (
        *_C,
        _TEMPLATE,
        _DOUBLE,
        _SINGLE,
        _string(r"(?<=[(,=:\[!&|?{};\n])[ \t]*/(?![/*\s])(?:[^/\\\[\r\n]|\\.|\[(?:[^\]\\\r\n]|\\.)*+\])+/"),
    ),
    "css": (_C_BLOCK, _DOUBLE, _SINGLE, _string(r"url\([^)\r\n]*\)")),
    "scss": (_C_BLOCK, _line(r"(?<!:)//+"), _DOUBLE, _SINGLE, _string(r"url\([^)\r\n]*\)")),
    "php": (
        *_C,
        _line(r"#(?!\[)#*"),
        _string(r"<<<[ \t]*[\"']?(?P<mark>[A-Za-z_]\w*)[\"']?", _START + r"[ \t]*{mark}\b"),
        _DOUBLE,
        _SINGLE,
    ),
    "python": (
        _HASH,
        Token(TokenKind.DOCSTRING, r'(?<!\w)[rRuU]{0,2}"""', r'(?:[^"\\]|\\[\s\S]|"(?!""))*+(?P<end>""")'),
        Token(TokenKind.DOCSTRING, r"(?<!\w)[rRuU]{0,2}'''", r"(?:[^'\\]|\\[\s\S]|'(?!''))*+(?P<end>''')"),
        _string('"""', r'(?:[^"\\]|\\[\s\S]|"(?!""))*+"""'),
        _string("'''", r"(?:[^'\\]|\\[\s\S]|'(?!''))*+'''"),
        Token(
            TokenKind.DOCSTRING,
            r'(?<!\w)[rRuU]{0,2}"(?=[^"\r\n])',
            r'(?:[^"\\\r\n]|\\(?:\r\n|[\s\S]))*+(?P<end>"|(?=[\r\n])|\Z)',
        ),
        _DOUBLE,
        _SINGLE,
    ),
    "toml": (_HASH, _TRIPLE, _string("'''", "'''"), _DOUBLE, _string(r"'[^'\r\n]*'?")),
    "yaml": (_HASH_SPACED, _string(r'"(?:[^"\\\r\n]|\\.)*+"'), _string(r"(?<!\w)'[^'\r\n]*'")),
    "ini": (_line(rf"{_START}[ \t]*[#;]+"), _line(r"(?<=[ \t])[#;]+(?=[ \t])")),
    "properties": (_line(rf"{_START}[ \t]*[#!]+"),),
    "dockerfile": (_line(rf"{_START}[ \t]*#+"), _HEREDOC),
    "makefile": (_line(r"(?<![^\s@])#+"),),
    "shell": (
        _line(r"(?<![^\s;&|()`])#+"),
        _string(r"<<<"),
        _HEREDOC,
        _string(r"\\[\s\S]"),
        _string(r"\$?'", r"[^']*+'"),
        _string(r'"', r'(?:[^"\\]|\\[\s\S])*+"'),
    ),
    "powershell": (
        _block(r"<#", r"#>"),
        _line(r"(?<![^\s;{}()])#+"),
        _string(r"@'(?=\s)", _START + "'@"),
        _string(r'@"(?=\s)', _START + '"@'),
        _string(r'"(?:[^"`\r\n]|`.|"")*+"?'),
        _string(r"'[^'\r\n]*'?"),
    ),
    "ruby": (
        _block(rf"{_START}=begin\b", rf"{_START}=end\b[^\r\n]*"),
        _line(rf"{_SPACED}#+(?!\{{)"),
        _HEREDOC_STRICT,
        _DOUBLE,
        _SINGLE,
    ),
    "perl": (
        _block(rf"{_START}=[a-z]+[0-9]?\b", rf"{_START}=cut\b[^\r\n]*"),
        _HASH_SPACED,
        _HEREDOC_STRICT,
        _DOUBLE,
        _SINGLE,
    ),
    "hash": (_HASH_SPACED, _DOUBLE, _SINGLE),
    "elixir": (_HASH_SPACED, _TRIPLE, _DOUBLE),
    "julia": (_block(r"#=", r"=#", nested=True), _HASH_SPACED, _TRIPLE, _DOUBLE),
    "terraform": (
        _C_BLOCK,
        _HASH_SPACED,
        _line(rf"{_SPACED}//+"),
        _string(r"<<-?(?P<mark>[A-Za-z_]\w*)", _START + r"[ \t]*{mark}\b"),
        _string(r'"(?:[^"\\\r\n]|\\.)*+"?'),
    ),
    "sql": (
        _C_BLOCK,
        _DASHES,
        _string(r"\$(?P<mark>\w*)\$(?=\s*[^\s])(?!\s*(?i:begin|declare))", r"\${mark}\$"),
        _string("'", r"(?:[^'\\]|''|\\[\s\S])*+'"),
        _string(r'"[^"\r\n]*"?'),
    ),
    "lua": (
        _block(r"--\[(?P<mark>=*)\[", r"\]{mark}\]"),
        _DASHES,
        _string(r"\[(?P<mark>=*)\[", r"\]{mark}\]"),
        _DOUBLE,
        _SINGLE,
    ),
    "haskell": (
        _block(r"\{-(?!#)[-|]*", r"-\}", nested=True),
        _string(r"\{-#", r"#-\}"),
        _line(r"(?<![!#$%&*+./<=>?@\\^|~:-])--+(?![!#$%&*+./<=>?@\\^~:])[ \t]*[|^]?"),
        _DOUBLE,
        _CHARACTER,
    ),
    "ocaml": (_block(r"\(\*+(?!\))", r"\*+\)", nested=True), _DOUBLE, _CHARACTER),
    "lisp": (
        _block(r"#\|", r"\|#", nested=True),
        _line(r"(?<!\\);+"),
        _string(r'(?<!\\)"', r'(?:[^"\\]|\\[\s\S])*+"'),
    ),
    "erlang": (_line(r"(?<!\$)%+"), _DOUBLE, _SINGLE),
    "protobuf": (_C_DOC, _C_BLOCK, _SLASH_DOC, _SLASHES, _DOUBLE, _SINGLE),
    "graphql": (
        Token(TokenKind.BLOCK, '"""', '"""', doc=True),
        _HASH,
        _DOUBLE,
    ),
    "jsonc": (_C_BLOCK, _SLASHES, _DOUBLE),
    "batch": (_line(rf"{_START}[ \t]*@?(?i:rem\b|::+)"),),
    "vim": (_line(rf'{_START}[ \t]*"+'),),
    "fortran": (_line(r"!+[<>]?"), _DOUBLE, _SINGLE),
    "cmake": (
        _block(r"#\[(?P<mark>=*)\[", r"\]{mark}\]"),
        _HASH_SPACED,
        _string(r'"', r'(?:[^"\\]|\\[\s\S])*+"'),
    ),
    "nix": (_C_BLOCK, _HASH_SPACED, _string("''", "''(?![$'\\\\])"), _DOUBLE),
}

_SETTINGS = frozenset({"yaml", "toml", "ini", "properties", "dockerfile", "terraform", "jsonc"})

_FIRSTS = {"yaml": "[#\"']"}
