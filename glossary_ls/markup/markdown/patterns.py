"""The regular expressions of the block structure of Markdown and its extensions.

Unless noted, they are matched at the first character of a line that is not blank, up to its terminator. This
module must not know the state of the parser.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from glossary_ls.base.model import RegionKind
from glossary_ls.base.patterns import lazily

#: The starts of lines that need the block structure phase; must cover everything in `blocks` but paragraphs.
_STRUCTURE = (
    r"(?:[-+*](?:[ \t\r\n]|\Z)|-[-|:]|=|\*\[|\*[ \t]*\*[ \t]*\*|_[ \t]*_[ \t]*_|>|#|```|~~~|\||:|!!!"
    r"|\?\?\?|\$\$|%%|\\\\?\[|\\begin\{|\d{1,9}[.)](?:[ \t\r\n]|\Z)|\[(?:[\^!]|[^\[\]\r\n]*\]:)"
    r"|<(?:!(?:--|\[)|\?|[Pp][Rr][Ee]|[Ss][CcTt]|[Tt][Ee])|\{(?:[%{#]|[ \t]*/\*)"
    r"|\([\w:./ -]+\)=|import|export)"
)
STRUCTURE_AT_START = lazily(_STRUCTURE)
STRUCTURE_INSIDE = lazily(r"[\r\n][ \t]*+" + _STRUCTURE)
#: The starts of lines that need it in MDX only.
MDX_STRUCTURE = lazily(r"(?:\A|[\r\n])[ \t]*+(?:\{|</?[A-Za-z_$])")

SPACES = lazily(r"[ \t]*+")

# CommonMark and GFM
QUOTE = lazily(">")
RULE = lazily(r"(?:(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,}|(?:\*[ \t]*+){3,})\Z")
ITEM = lazily(r"(?:[-+*]|([0-9]{1,9})[.)])(?=[ \t]|\Z)")
TASK = lazily(r"\[[ xX/-]\](?=[ \t])")
HEADING = lazily(r"#{1,6}(?=[ \t]|\Z)")
UNDERLINE = lazily(r"(?:=+|-+)[ \t]*\Z")
FENCE = lazily(r"(?:(`{3,})([^`]*)|(~{3,})(.*))\Z")
FENCE_END = lazily(r"(`{3,}|~{3,}|:{3,})[ \t]*\Z")
DELIMITER_ROW = lazily(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*+\|?[ \t]*\Z")
PIPE = lazily(r"\\.|\|")

# PHP Markdown Extra and Pandoc
TERM_MARK = lazily(r":[ \t]+(?=[^ \t])")
ABBREVIATION = lazily(r"\*\[([^\[\]]+)\]:[ \t]*(.*)\Z")
FOOTNOTE = lazily(r"\[\^[^\[\]\s]+\]:[ \t]*")

# GitHub and Obsidian; MkDocs; Docusaurus, VitePress, Quarto and MyST
CALLOUT = lazily(r"\[![\w-]+\][-+]?[ \t]*")
ADMONITION = lazily(r"(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*+[ \t]*(?:\"(.*)\")?[ \t]*\Z")
TAB = lazily(r"===[!+]{0,2}[ \t]+\"(.*)\"[ \t]*\Z")
COLON_FENCE = lazily(r":{3,}[ \t]*(?:\{[^}]*\}|[\w./-]*)[ \t]*(?:\[(.*)\]|([^{]*))(?:\{.*\})?[ \t]*\Z")
DIRECTIVE = lazily(
    r"[ \t]*\{(admonition|attention|card|caution|danger|deprecated|dropdown|error|glossary|grid"
    r"|grid-item|grid-item-card|hint|important|note|seealso|tab-item|tab-set|tip|versionadded|versionchanged"
    r"|warning)\}[ \t]*"
)
COLON_CODE = lazily(r"(:{3,})[ \t]*\{(math|code[\w-]*|raw|mermaid|literalinclude)\}")
TARGET = lazily(r"\([\w:./ -]+\)=[ \t]*\Z")
OPTION = lazily(r":[\w-]+:(?:[ \t].*)?\Z")

# MDX
STATEMENT = lazily(
    r"import[ \t]*(?:[\"'{*]|(?:type[ \t]+)?[\w$]+(?:,|[ \t]+from\b))"
    r"|export[ \t]*(?:[{*]|(?:const|let|var|function|default|class|async|type|interface)\b)"
)
EXPRESSION = lazily(r"\{")
BRACES = lazily(r"[{}]")
JSX_TAG = lazily(r"</?[A-Za-z_$][\w.:-]*+(?=[ \t]|\Z)")
TAG_SIGN = lazily(r"[\"'{}>]")
OPENING_BRACKETS = lazily(r"[{(\[]")
CLOSING_BRACKETS = lazily(r"[})\]]")


class Delimited(NamedTuple):
    """Content that is not text, between two delimiters, which may continue over blank lines.

    Without a kind it is markup. `either` matches both delimiters, a closer with a group.
    """

    opener: re.Pattern[str]
    closer: re.Pattern[str]
    kind: RegionKind | None
    either: re.Pattern[str]


def _delimited(opener: str, closer: str, kind: RegionKind | None = None, flags: int = 0) -> Delimited:
    patterns = (lazily(pattern, flags) for pattern in (opener, closer, f"({closer})|{opener}"))
    return Delimited(next(patterns), next(patterns), kind, next(patterns))


DELIMITED = {
    "comment": _delimited(r"<!--", r"-->"),
    "instruction": _delimited(r"<\?", r"\?>"),
    "cdata": _delimited(r"<!\[CDATA\[", r"\]\]>"),
    "html": _delimited(
        r"<(?:pre|script|style|textarea)(?=[\s>]|\Z)",
        r"</(?:pre|script|style|textarea)\s*>",
        RegionKind.CODE_BLOCK,
        re.IGNORECASE,
    ),
    "highlight": _delimited(
        r"\{%-?[ \t]*highlight\b", r"\{%-?[ \t]*endhighlight[ \t]*-?%\}", RegionKind.CODE_BLOCK
    ),
    "shortcode": _delimited(
        r"\{\{[<%][ \t]*(?:highlight|mermaid)\b",
        r"\{\{[<%][ \t]*/[ \t]*(?:highlight|mermaid)[ \t]*[%>]\}\}",
        RegionKind.CODE_BLOCK,
    ),
    # MDX; Liquid and Django; Hugo; Obsidian; Jinja and Twig
    "jsx comment": _delimited(r"\{\s*/\*", r"\*/\s*\}"),
    "comment tag": _delimited(r"\{%-?\s*comment\b", r"\{%-?\s*endcomment\s*-?%\}"),
    "comment shortcode": _delimited(r"\{\{[<%]\s*comment\b", r"\{\{[<%]\s*/\s*comment\s*[%>]\}\}"),
    "note": _delimited(r"(?<![\w%])%%(?!%)", r"%%"),
    "template comment": _delimited(r"\{#(?=[\s-]|\Z)", r"#\}"),
    "tag": _delimited(r"\{%", r"%\}"),
    "template": _delimited(r"\{\{", r"\}\}"),
    # TeX
    "display": _delimited(r"\\{1,2}\[(?=[ \t]*\Z)", r"(?<!\\)\\{1,2}\]", RegionKind.MATH),
    "environment": _delimited(
        r"\\begin\{[A-Za-z]{1,30}\*?\}", r"\\end\{[A-Za-z]{1,30}\*?\}", RegionKind.MATH
    ),
    "math": _delimited(r"\$\$(?=[ \t]*\Z)", r"\$\$(?=[ \t]*\Z)", RegionKind.MATH),
}
