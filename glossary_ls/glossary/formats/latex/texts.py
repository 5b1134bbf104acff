"""LaTeX as Markdown: commands, accents, symbols, math; references to entries become links (`[text](#key)`).

This module must not know which commands define entries.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, word_set
from glossary_ls.glossary.formats.latex.symbols import SYMBOLS

if TYPE_CHECKING:
    from glossary_ls.glossary.formats.latex.syntax import Source

_TOKEN = lazily(
    r"\\(?P<name>[A-Za-z@]+)\*?(?P<blank>[ \t]*\n?[ \t]*)"
    r"|\\(?P<accent>[`'^\"~=.])[ ]?(?:(?P<letter>[A-Za-z])|(?P<brace>\{)|\\(?P<dotless>[ij])(?![A-Za-z]))"
    r"|\\(?P<sign>[^A-Za-z])"
    r"|(?P<math>\$\$?)|(?P<open>\{)|(?P<close>\})|(?P<dashes>-{2,3})|(?P<quotes>``|''|,,)|(?P<tie>~)",
    re.DOTALL,
)
_MATH_COMMAND = lazily(r"\\([A-Za-z]+)\s*|([{}])")
_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    '"': "\u0308",
    "c": "\u0327",
    "v": "\u030c",
    "H": "\u030b",
    "k": "\u0328",
    "r": "\u030a",
    "u": "\u0306",
    "d": "\u0323",
    "b": "\u0331",
}
#: Commands of which nothing is shown, with their arguments.
_HIDDEN = word_set(
    "label index cite citep citet parencite textcite autocite footcite footnote footnotetext footnotemark "
    "glsadd nopostdesc glspar vspace hspace vskip hskip pagebreak newpage clearpage noindent centering "
    "raggedright small footnotesize large Large normalsize bf it em sc rm tt sf bfseries itshape scshape "
    "ttfamily sffamily rmfamily mdseries upshape normalfont selectfont relax xspace protect makebox hfill "
    "dotfill hline toprule midrule bottomrule endhead endfirsthead endfoot endlastfoot addcontentsline "
    "phantomsection markboth thispagestyle pagestyle setlength addtolength begingroup endgroup linebreak "
    "allowbreak unskip ignorespaces smallskip medskip bigskip includegraphics todo nomunit acroextra nomnoeq "
    "glsresetall color selectlanguage cline cmidrule tabularnewline rowcolor specialrule"
)
_STRONG = word_set("textbf mathbf strong")
_EMPHASIZED = word_set("textit emph textsl")
_CODE = word_set("texttt code lstinline verb path")
#: Commands that show an entry of the glossary: `\\gls{key}`.
_REFERENCE = lazily(
    r"(?:[Gg]ls|GLS)(?:pl|first|text|name|symbol|desc|plural|firstplural|xtr(?:short|long|full)(?:pl)?)?|"
    r"[Aa]c(?:p|s|sp|l|lp|f|fp|r|a)?|acr(?:short|long|full)(?:pl)?|Acr(?:short|long|full)(?:pl)?|termref"
)
_LINKED = word_set("glslink glsdisp Glslink hyperlink acronymlink")
#: Commands whose last argument is what they show.
_LAST = word_set(
    "textcolor colorbox multicolumn multirow foreignlanguage texorpdfstring parbox raisebox scalebox hyperref"
)
_ENVIRONMENT = word_set("begin end")
#: Deeper nesting is shown as it is written.
_DEEPEST = 24
_MOST_ARGUMENTS = 4
#: How many levels deeper the text of a macro counts.
_MACRO_DEPTH = 8
#: No formula is longer, in characters.
_LONGEST_FORMULA = 4_000


def markdown(source: Source, place: Span) -> str:
    """Return a part of a text as Markdown."""
    text = _converted(source, place.start, place.end, 0)
    lines = [" ".join(line.split()) for line in text.strip().split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _converted(source: Source, at: int, end: int, depth: int) -> str:
    if depth > _DEEPEST:
        return source.text[at:end]
    parts: list[str] = []
    while found := _TOKEN.search(source.text, at, end):
        parts.append(source.text[at : found.start()])
        shown, at = _token(source, found, end, depth)
        if shown is None:
            # What is cited follows a blank.
            while parts and not parts[-1].strip(" \n"):
                parts.pop()
            parts[-1:] = [part.rstrip(" \n") for part in parts[-1:]]
            shown = ""
        parts.append(shown)
    parts.append(source.text[min(at, end) : end])
    return "".join(parts)


def _token(source: Source, found: re.Match[str], end: int, depth: int) -> tuple[str | None, int]:
    """Return what a token is shown as, and the offset behind it."""
    if found["name"] is not None:
        return _command(source, found, end, depth)
    if found["accent"]:
        return _accented(source, found)
    if found["sign"] in {"(", "["} or found["math"]:
        opener = found["math"] or found["sign"]
        return _formula(source, found.end(), end, opener)
    if found["sign"]:
        return _SIGNS.get(found["sign"], found["sign"]), found.end()
    close = source.pairs.get(found.start(), end) if found["open"] else end
    if close < end:
        return _converted(source, found.end(), close, depth + 1), close + 1
    return _PLAIN.get(found[0], ""), found.end()


#: What signs behind a backslash, and other tokens, are shown as.
_SIGNS = {"\\": "\n", ",": " ", ";": " ", ":": " ", "-": "", "/": "", "!": "", "\n": " "}
_PLAIN = {"--": "\u2013", "---": "\u2014", "``": "\u201c", "''": "\u201d", ",,": "\u201e", "~": " "}


def _formula(source: Source, start: int, end: int, opener: str) -> tuple[str, int]:
    closer = {"(": "\\)", "[": "\\]"}.get(opener, opener)
    close = source.text.find(closer, start, min(end, start + _LONGEST_FORMULA))
    if close < 0:
        return opener, start
    return math(source.text[start:close]), close + len(closer)


def _accented(source: Source, found: re.Match[str]) -> tuple[str, int]:
    letter, behind = found["letter"] or found["dotless"] or "", found.end()
    if found["brace"]:
        close = source.pairs.get(found.end() - 1, found.end())
        letter, behind = source.text[found.end() : close].strip().lstrip("\\"), close + 1
    return normalize("NFC", letter[:1] + _ACCENTS[found["accent"]]) + letter[1:], behind


def math(formula: str) -> str:
    """Return a formula as text if it has symbols only; else between signs for math."""
    unknown = False

    def shown(found: re.Match[str]) -> str:
        nonlocal unknown
        if found[1] is None:
            return ""
        if found[1] in {"mathrm", "mathit", "mathbf", "text", "textrm", "rm", "mathcal", "mathbb", "mathsf"}:
            return ""
        unknown = unknown or found[1] not in SYMBOLS
        return SYMBOLS.get(found[1], "")

    text = _MATH_COMMAND.sub(shown, formula.strip())
    if unknown or any(sign in formula for sign in "^_=&"):
        return f"${' '.join(formula.split())}$"
    return text.strip()


def _command(source: Source, found: re.Match[str], end: int, depth: int) -> tuple[str | None, int]:
    """Return what a command with its arguments is shown as, and the offset behind them."""
    name, behind = found["name"], found.end("name")
    behind += source.text.startswith("*", behind)
    if name in SYMBOLS or name in _BREAKS:
        # Blanks end the name of a command.
        is_empty = source.text.startswith("{}", behind)
        return SYMBOLS.get(name) or _BREAKS.get(name, ""), behind + 2 if is_empty else found.end()
    if name == "item":
        label = source.options(behind)
        shown = f"**{_converted(source, *label, depth + 1)}** " if label else ""
        return f"\n- {shown}", source.behind(label) if label else found.end()
    if name in source.macros:
        # A macro takes no arguments, so that the group behind it is text.
        return _converted(source, *source.macros[name], depth + _MACRO_DEPTH), found.end("name")
    arguments, behind = _arguments(source, behind, end)
    if name in _HIDDEN:
        is_cited = "cite" in name or name.startswith("foot")
        return None if is_cited else "", behind if arguments else found.end()
    if not arguments:
        return " " if found["blank"] and len(name) > 1 else "", found.end()
    shown = _shown(source, name, arguments, depth)
    return shown, behind if name in _SEVERAL else source.behind(arguments[0])


#: Commands of which more than the first argument is read.
_SEVERAL = _LAST | _LINKED | word_set("href SI qty si num glssymbol begin")
_BREAKS = {"par": "\n\n", "newline": "\n", "quad": " ", "qquad": " "}
#: How commands show their only argument.
_SHOWN = {
    **dict.fromkeys(_STRONG, "**{}**"),
    **dict.fromkeys(_EMPHASIZED, "*{}*"),
    **dict.fromkeys(_CODE, "`{}`"),
    "enquote": "\u201c{}\u201d",
}
#: Commands whose first argument is not text.
_AS_WRITTEN = word_set("url nolinkurl")


def _shown(source: Source, name: str, arguments: list[Span], depth: int) -> str:
    written = arguments[0].of(source.text)
    if name in _AS_WRITTEN or name == "ensuremath":
        return written if name in _AS_WRITTEN else math(written)
    if name in _ENVIRONMENT:
        return "\n"
    first = _converted(source, *arguments[0], depth + 1).strip()
    if name in _ACCENTS:
        return normalize("NFC", first[:1] + _ACCENTS[name]) + first[1:]
    if _REFERENCE.fullmatch(name):
        return f"[](#{' '.join(first.split())})"
    if name in _SEVERAL and len(arguments) > 1:
        last = _converted(source, *arguments[-1], depth + 1)
        links = {"href": f"[{last}]({written})", "SI": f"{first} {last}", "qty": f"{first} {last}"}
        return f"[{last}](#{first})" if name in _LINKED else links.get(name, last)
    return _SHOWN.get(name, "{}").format(first) if first else ""


def _arguments(source: Source, at: int, end: int) -> tuple[list[Span], int]:
    """Return the groups directly behind a command, and the offset behind them."""
    found: list[Span] = []
    if (options := source.options(at)) and source.text[at : at + 1] == "[" and options.end < end:
        at = source.behind(options)
    while len(found) < _MOST_ARGUMENTS and source.text.startswith("{", at) and at < end:
        close = source.pairs.get(at)
        if close is None or close >= end:
            break
        found.append(Span(at + 1, close))
        at = close + 1
    return found, at
