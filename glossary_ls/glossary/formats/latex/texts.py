"""LaTeX as Markdown: commands, accents, symbols, math; references to entries become links (`[text](#key)`).

This module must not know which commands define entries.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from glossary_ls.base.text import Span, word_set

if TYPE_CHECKING:
    from glossary_ls.glossary.formats.latex.syntax import Source

_TOKEN = re.compile(
    r"\\(?P<name>[A-Za-z@]+)\*?(?P<blank>[ \t]*\n?[ \t]*)"
    r"|\\(?P<accent>[`'^\"~=.])[ ]?(?:(?P<letter>[A-Za-z])|(?P<brace>\{)|\\(?P<dotless>[ij])(?![A-Za-z]))"
    r"|\\(?P<sign>[^A-Za-z])"
    r"|(?P<math>\$\$?)|(?P<open>\{)|(?P<close>\})|(?P<dashes>-{2,3})|(?P<quotes>``|''|,,)|(?P<tie>~)",
    re.DOTALL,
)
_MATH_COMMAND = re.compile(r"\\([A-Za-z]+)\s*|([{}])")
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
_SYMBOLS = dict(
    pair.split("=", 1)
    for pair in (
        "ss=\u00df o=\u00f8 O=\u00d8 ae=\u00e6 AE=\u00c6 oe=\u0153 OE=\u0152 aa=\u00e5 AA=\u00c5 l=\u0142 L=\u0141 i=\u0131 "
        "j=\u0237 ldots=\u2026 dots=\u2026 cdots=\u2026 textellipsis=\u2026 textendash=\u2013 textemdash=\u2014 "
        "textregistered=\u00ae texttrademark=\u2122 copyright=\u00a9 textcopyright=\u00a9 textdegree=\u00b0 degree=\u00b0 "
        "euro=\u20ac texteuro=\u20ac EUR=\u20ac pounds=\u00a3 S=\u00a7 textmu=\u00b5 textbackslash=\\ textbar=| "
        "textless=< textgreater=> textasciitilde=~ textasciicircum=^ textunderscore=_ slash=/ LaTeX=LaTeX TeX=TeX "
        "quad= qquad= rightarrow=\u2192 to=\u2192 leftarrow=\u2190 Rightarrow=\u21d2 leftrightarrow=\u2194 "
        "textrightarrow=\u2192 alpha=\u03b1 beta=\u03b2 gamma=\u03b3 delta=\u03b4 epsilon=\u03b5 varepsilon=\u03b5 "
        "zeta=\u03b6 eta=\u03b7 theta=\u03b8 iota=\u03b9 kappa=\u03ba lambda=\u03bb mu=\u03bc nu=\u03bd xi=\u03be pi=\u03c0 "
        "rho=\u03c1 sigma=\u03c3 tau=\u03c4 upsilon=\u03c5 phi=\u03c6 varphi=\u03c6 chi=\u03c7 psi=\u03c8 omega=\u03c9 "
        "Gamma=\u0393 Delta=\u0394 Theta=\u0398 Lambda=\u039b Xi=\u039e Pi=\u03a0 Sigma=\u03a3 Phi=\u03a6 Psi=\u03a8 "
        "Omega=\u03a9 exists=\u2203 forall=\u2200 infty=\u221e times=\u00d7 cdot=\u00b7 pm=\u00b1 leq=\u2264 le=\u2264 "
        "geq=\u2265 ge=\u2265 neq=\u2260 approx=\u2248 sim=~ in=\u2208 cup=\u222a cap=\u2229 subset=\u2282 emptyset=\u2205 "
        "partial=\u2202 nabla=\u2207 sum=\u2211 prod=\u220f int=\u222b sqrt=\u221a circ=\u00b0 star=\u22c6 dagger=\u2020 "
        "guillemotleft=\u00ab guillemotright=\u00bb og=\u00ab fg=\u00bb glqq=\u201e grqq=\u201c"
    ).split(" ")
)
#: Commands of which nothing is shown, with their arguments.
_HIDDEN = word_set(
    "label index cite citep citet parencite textcite autocite footcite footnote footnotetext footnotemark glsadd "
    "nopostdesc glspar vspace hspace vskip hskip pagebreak newpage clearpage noindent centering raggedright small "
    "footnotesize large Large normalsize bf it em sc rm tt sf bfseries itshape scshape ttfamily sffamily rmfamily "
    "mdseries upshape normalfont selectfont relax xspace protect makebox hfill dotfill hline toprule midrule "
    "bottomrule endhead endfirsthead endfoot endlastfoot addcontentsline phantomsection markboth thispagestyle "
    "pagestyle setlength addtolength begingroup endgroup linebreak allowbreak unskip ignorespaces smallskip medskip "
    "bigskip includegraphics todo nomunit nomnoeq glsresetall color selectlanguage cline cmidrule tabularnewline rowcolor specialrule"
)
_STRONG = word_set("textbf mathbf strong")
_EMPHASIZED = word_set("textit emph textsl")
_CODE = word_set("texttt code lstinline verb path")
#: Commands that show an entry of the glossary: `\\gls{key}`.
_REFERENCE = re.compile(
    r"(?:[Gg]ls|GLS)(?:pl|first|text|name|symbol|desc|plural|firstplural|xtr(?:short|long|full)(?:pl)?)?|"
    r"[Aa]c(?:p|s|sp|l|lp|f|fp|r|a)?|acr(?:short|long|full)(?:pl)?|Acr(?:short|long|full)(?:pl)?|termref"
)
_LINKED = word_set("glslink glsdisp Glslink hyperlink acronymlink")
_REFS = word_set("ref autoref cref Cref pageref eqref nameref")
#: Commands whose last argument is what they show.
_LAST = word_set(
    "textcolor colorbox multicolumn multirow foreignlanguage texorpdfstring parbox raisebox scalebox hyperref"
)
_ENVIRONMENT = word_set("begin end")
#: Deeper nesting is shown as it is written.
_DEEPEST = 24
_MOST_ARGUMENTS = 4
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
            parts[-1] = parts[-1].rstrip(" ~\n")
            shown = ""
        parts.append(shown)
    parts.append(source.text[min(at, end) : end])
    return "".join(parts)


def _token(source: Source, found: re.Match[str], end: int, depth: int) -> tuple[str | None, int]:  # noqa: PLR0911  one for each kind of token
    """Return what a token is shown as, and the offset behind it."""
    text = source.text
    if found["name"] is not None:
        return _command(source, found, end, depth)
    if accent := found["accent"]:
        letter, behind = found["letter"] or found["dotless"], found.end()
        if found["brace"]:
            close = source.pairs.get(found.end() - 1, found.end())
            letter, behind = text[found.end() : close].strip().lstrip("\\"), close + 1
        return normalize("NFC", (letter or "")[:1] + _ACCENTS[accent]) + (letter or "")[1:], behind
    if sign := found["sign"]:
        if sign in "([":
            closer = "\\)" if sign == "(" else "\\]"
            close = text.find(closer, found.end(), min(end, found.end() + _LONGEST_FORMULA))
            if close >= 0:
                return math(text[found.end() : close]), close + len(closer)
        return {"\\": "\n", ",": " ", ";": " ", ":": " ", "-": "", "/": "", "!": "", "\n": " "}.get(
            sign, sign
        ), found.end()
    if found["math"]:
        close = text.find(found["math"], found.end(), min(end, found.end() + _LONGEST_FORMULA))
        if close < 0:
            return found["math"], found.end()
        return math(text[found.end() : close]), close + len(found["math"])
    if found["open"]:
        close = min(source.pairs.get(found.start(), found.start()), end)
        if close == found.start():
            return "", found.end()
        return _converted(source, found.end(), close, depth + 1), close + 1
    plain = {"--": "\u2013", "---": "\u2014", "``": "\u201c", "''": "\u201d", ",,": "\u201e", "~": " "}
    return plain.get(found[0], ""), found.end()


def math(formula: str) -> str:
    """Return a formula as text if it has symbols only; else between signs for math."""
    unknown = False

    def shown(found: re.Match[str]) -> str:
        nonlocal unknown
        if found[1] is None:
            return ""
        if found[1] in {"mathrm", "mathit", "mathbf", "text", "textrm", "rm", "mathcal", "mathbb", "mathsf"}:
            return ""
        unknown = unknown or found[1] not in _SYMBOLS
        return _SYMBOLS.get(found[1], "")

    text = _MATH_COMMAND.sub(shown, formula.strip())
    if unknown or any(sign in formula for sign in "^_=&"):
        return f"${' '.join(formula.split())}$"
    return text.strip()


def _command(source: Source, found: re.Match[str], end: int, depth: int) -> tuple[str | None, int]:  # noqa: PLR0911  one for each kind of command
    """Return what a command with its arguments is shown as, and the offset behind them."""
    name = found["name"]
    behind = found.end("name") + (1 if source.text[found.end("name") : found.end("name") + 1] == "*" else 0)
    if name in _SYMBOLS:
        # Blanks end the name of a command.
        empty = source.text.startswith("{}", behind)
        return _SYMBOLS[name], behind + 2 if empty else found.end()
    if name in {"par", "newline"}:
        return "\n\n" if name == "par" else "\n", found.end()
    if name == "item":
        label = source.options(behind)
        shown = f"**{_converted(source, *label, depth + 1)}** " if label else ""
        return f"\n- {shown}", source.behind(label) if label else found.end()
    arguments, behind = _arguments(source, behind, end)
    if name in source.macros and depth < _DEEPEST:
        place = source.macros[name]
        # A macro takes no arguments, so that the group behind it is text.
        behind = found.end("name")
        blank = "" if source.text[behind : behind + 1] in {"\\", "{"} else ""
        return _converted(source, *place, depth + 8) + blank, behind
    if name in _HIDDEN or name in _ENVIRONMENT:
        is_cited = "cite" in name or name.startswith("foot")
        return None if is_cited else (
            "\n" if name in _ENVIRONMENT else ""
        ), behind if arguments else found.end()
    if not arguments:
        blank = " " if found["blank"] else ""
        return ("" if len(name) == 1 else blank), found.end()
    if name in _ACCENTS:
        letters = source.text[arguments[0].start : arguments[0].end].lstrip("\\")
        return normalize("NFC", letters[:1] + _ACCENTS[name]) + letters[1:], source.behind(arguments[0])
    return _shown(source, name, arguments, depth), behind if name in _SEVERAL else source.behind(arguments[0])


#: Commands of which more than the first argument is read.
_SEVERAL = _LAST | _LINKED | word_set("href SI qty si num glssymbol")


def _shown(source: Source, name: str, arguments: list[Span], depth: int) -> str:
    first = _converted(source, *arguments[0], depth + 1)
    last = _converted(source, *arguments[-1], depth + 1) if len(arguments) > 1 else first
    if name in _STRONG:
        return f"**{first.strip()}**" if first.strip() else ""
    if name in _EMPHASIZED:
        return f"*{first.strip()}*" if first.strip() else ""
    if name in _CODE:
        return f"`{first}`"
    if name == "href":
        return f"[{last}]({source.text[arguments[0].start : arguments[0].end]})"
    if name in {"url", "nolinkurl"}:
        return source.text[arguments[0].start : arguments[0].end]
    if name in {"enquote", "glqq"}:
        return f"\u201c{first}\u201d"
    if name == "ensuremath":
        return math(source.text[arguments[0].start : arguments[0].end])
    if name in _LINKED:
        return f"[{last}](#{first.strip()})"
    if _REFERENCE.fullmatch(name):
        return f"[](#{' '.join(first.split())})"
    if name in _REFS:
        return first
    if name in {"SI", "qty"}:
        return f"{first} {last.replace(chr(92), '')}"
    return last if name in _LAST else first


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
