"""Directives: comments in a document that control the rules.

`glossary-ls: ignore-next-line unknown-acronym -- the vendor's name` in a comment of any style. This module
returns which problems they hide, which words they accept, which senses they pin, and their own mistakes. It
must not know what a rule looks for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis import expansions
from glossary_ls.analysis.front_matter import front_matter
from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import Problem, RegionKind, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span
from glossary_ls.markup import PLAIN, parser_for
from glossary_ls.settings.kinds import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.analysis import Analysis
    from glossary_ls.analysis.chunks import Chunk

#: The code of a problem with a directive itself, which no directive hides.
CODE = "invalid-directive"


@dataclass(frozen=True, slots=True)
class Hidden:
    """The lines, from 0 and inclusive, on which problems of `codes` are hidden, or all if it is None."""

    first: int
    last: int
    codes: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Directives:
    """The combined effect of all directives of a document."""

    hidden: tuple[Hidden, ...] = ()
    accept: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    def hides(self, code: str, first: int, last: int) -> bool:
        """Return whether a problem of the rule `code` on the lines from `first` to `last` is hidden."""
        return code != CODE and any(
            hidden.first <= last and first <= hidden.last and (hidden.codes is None or code in hidden.codes)
            for hidden in self.hidden
        )


@dataclass(frozen=True, slots=True)
class Pin:
    """A directive such as `sense TP = tensor parallelism`: the name, the sense, and the spans of both."""

    name: str
    sense: str
    name_span: Span
    span: Span


class Word(NamedTuple):
    """A word of a directive, and its span."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive: the span of its tag, and what follows, without the reason and the end of the comment."""

    tag: Span
    body: str

    @property
    def words(self) -> list[Word]:
        """The verb, and what comes after it."""
        found = _WORD.finditer(self.body)
        return [Word(word[0], Span(*word.span()).shifted(self.tag.end)) for word in found]

    @property
    def verb(self) -> str:
        """What it does; empty if it says nothing that is known."""
        return next((_VERBS.get(word.text.lower(), "") for word in self.words), "")

    @property
    def pin(self) -> Pin | None:
        """The sense that it pins, if it does."""
        found = _PIN.match(self.body)
        if found is None:
            return None
        name, sense = (Span(*found.span(group)).shifted(self.tag.end) for group in (1, 2))
        return Pin(found[1], found[2], name, sense)


def pins(analysis: Analysis) -> Iterator[Pin]:
    """Yield the senses that the directives of a document pin, in their order."""
    return (pin for directive in directives(analysis) if (pin := directive.pin))


def read(analysis: Analysis, rules: tuple[str, ...]) -> Directives:
    """Read the directives of a document; `rules` are the codes that they may name."""
    reader = _Reader(analysis, rules)
    for pin in _pins_in_front_matter(analysis):
        reader.check_pin(pin)
    for directive in directives(analysis):
        reader.read(directive)
    return reader.result()


def _pins_in_front_matter(analysis: Analysis) -> Iterator[Pin]:
    """Yield the senses that the front matter pins, with their spans in it."""
    about = front_matter(analysis)
    source = analysis.text.source
    for name, sense in about.senses.items():
        quoted = rf"(?<![\w-])[\"']?({re.escape(name)})[\"']?[ \t]*[:=]"
        exact = re.compile(rf"{quoted}[ \t]*[\"']?({re.escape(sense)})").search(source, 0, about.end)
        found = exact or re.compile(quoted).search(source, 0, about.end)
        if found is not None:
            # A value over several lines is not searched for: the problem is reported at its key.
            yield Pin(name, sense, Span(*found.span(1)), Span(*found.span(found.lastindex or 1)))


# --- finding directives ------------------------------------------------------------------------------------

_TAG = "glossary-ls:"

#: The openers of comments, each with the closer that is required on the same line, if any.
_OPENERS = (
    (re.compile(r"<!--+\s*$"), "-->"),
    (re.compile(r"%%+\s*$"), "%%"),
    (re.compile(r"\[[^\[\]]*\]:\s*<?#?>?\s*\(\s*$"), ")"),
    (re.compile(r"\[[^\[\]]*\]:\s*<?#?>?\s*\"\s*$"), '"'),
    (re.compile(r"\{/\*+\s*$"), "*/"),
    (re.compile(r"/\*+\s*$"), "*/"),
    (re.compile(r"\{#-?\s*$"), "#}"),
    (re.compile(r"\{%-?\s*#?\s*comment.*%\}\s*$"), "{%"),
    (re.compile(r"(?://+|#+|--|;+|%+|\.\.|\"\"\"|''')!?\s*$"), ""),
    (re.compile(r"^[\s*]*$"), ""),
)
#: How many characters before its tag a comment may open, and how long a directive may be. The limits bound
#: the cost on very long lines.
_MOST_BEFORE = 200
_LONGEST = 2000

_NOT_A_COMMENT = frozenset({RegionKind.CODE_BLOCK, RegionKind.CODE_INLINE, RegionKind.MATH})
_COMMENTS = frozenset({RegionKind.COMMENT, RegionKind.DOCSTRING})


def directives(analysis: Analysis) -> Iterator[Directive]:
    """Yield the directives of a document, in their order."""
    source = analysis.text.source
    places = (start + at for start, tags in analysis.facts(_tags) for at in tags)
    for at in places:
        start = at + len(_TAG)
        line = analysis.text.line_span(analysis.text.line_index(at))
        body = source[start : min(line.end, start + _LONGEST)]
        before = source[max(line.start, at - _MOST_BEFORE) : at]
        closer = next((closer for opener, closer in _OPENERS if opener.search(before)), None)
        if closer is not None:
            inside, closed, _ = body.partition(closer) if closer else (body, "", "")
            if _is_comment(analysis, at, before, closer, closed=bool(closed)):
                inside = re.split(r"\s--\s|-->|\*/", inside, maxsplit=1)[0]
                yield Directive(Span(at, start), inside)


def _tags(_chunk: Chunk, text: str) -> tuple[int, ...]:
    return tuple(found.start() for found in re.finditer(_TAG, text))


def _is_comment(analysis: Analysis, at: int, before: str, closer: str, *, closed: bool) -> bool:
    """Return whether it is a comment, not code or a heading that quotes one."""
    start, scanned = next(analysis.blocks_near(at))
    kind, readable = scanned.place(at - start)
    if kind in _COMMENTS:
        return True
    if kind in _NOT_A_COMMENT:
        return False
    if not readable:
        return bool(before.strip()) or kind is None
    if closer == "%%":
        return closed
    plain = parser_for(analysis.language) is parser_for(PLAIN)
    # Plain text has no comments: a line that looks like one in any language counts.
    return plain and bool(before.strip()) and (closed or len(before.split()) == 1)


# --- reading directives -----------------------------------------------------------------------------------

_LINE, _NEXT, _START, _END, _FILE, _ACCEPT, _SENSE = (
    "ignore-line",
    "ignore-next-line",
    "ignore-start",
    "ignore-end",
    "ignore-file",
    "accept",
    "sense",
)
_VERBS = {
    **{verb: verb for verb in (_LINE, _NEXT, _START, _END, _FILE, _ACCEPT, _SENSE)},
    "disable-line": _LINE,
    "disable-next-line": _NEXT,
    "disable": _START,
    "enable": _END,
    "disable-file": _FILE,
}
_WORD = lazily(r"[^\s,]+")
_PIN = lazily(rf"\s*{_SENSE}\s+([^=]*[^=\s])\s*=\s*(\S.*?)\s*$", re.IGNORECASE)


class _Reader:
    """Reads the directives of a document in their order."""

    def __init__(self, analysis: Analysis, rules: tuple[str, ...]) -> None:
        self._text = analysis.text
        self._glossary = analysis.glossary
        self._rules = rules
        self._hidden: list[Hidden] = []
        self._accept: set[str] = set()
        self._problems: list[Problem] = []
        self._open: list[tuple[int, frozenset[str] | None]] = []

    def read(self, directive: Directive) -> None:
        words, verb = directive.words, directive.verb
        if not words:
            self._report(directive.tag, f"the directive is empty: write one of {', '.join(_VERBS)}")
            return
        (name, span), rest = words[0], words[1:]
        if not verb:
            known = "" if (close := suggestion(name, _VERBS)) else f": use one of {', '.join(_VERBS)}"
            self._report(span, f"unknown directive '{name}'{close or known}")
        elif verb == _ACCEPT:
            self._accept.update(word.text for word in rest)
            if not rest:
                self._report(span, "'accept' needs the acronyms to accept, such as 'accept QXZ'")
        elif verb == _SENSE:
            if pin := directive.pin:
                self.check_pin(pin)
            else:
                example = "sense TP = tensor parallelism"
                self._report(span, f"'sense' needs a name and what it means, such as '{example}'")
        else:
            self._apply(verb, span, self._codes(rest))

    def result(self) -> Directives:
        last = len(self._text.lines)
        blocks = (Hidden(first, last, codes) for first, codes in self._open)
        return Directives((*self._hidden, *blocks), frozenset(self._accept), tuple(self._problems))

    def check_pin(self, pin: Pin) -> None:
        """Report a pin to a sense that no glossary has."""
        among = self._glossary.senses(pin.name)
        if not among:
            self._report(pin.name_span, f"no glossary has '{pin.name}'")
        elif expansions.meant(among, pin.sense) is None:
            known = dict.fromkeys(form for term in among for form in expansions.long_forms(term))
            choice = f": write one of {', '.join(map(repr, known))}" if known else ""
            self._report(pin.span, f"'{pin.name}' has no sense '{pin.sense}' in the glossary{choice}")

    def _codes(self, words: list[Word]) -> frozenset[str] | None:
        """Return the rules that a directive names, None if it names none; report unknown rules."""
        if not words:
            return None
        for word, span in words:
            if word not in self._rules:
                self._report(span, f"unknown rule '{word}'{suggestion(word, self._rules)}")
        return frozenset(word for word, _ in words if word in self._rules)

    def _apply(self, verb: str, span: Span, codes: frozenset[str] | None) -> None:
        line = self._text.line_index(span.start)
        if verb == _LINE:
            self._hidden.append(Hidden(line, line, codes))
        elif verb == _NEXT:
            following = self._next_line(line)
            self._hidden.append(Hidden(following, following, codes))
        elif verb == _FILE:
            self._hidden.append(Hidden(0, len(self._text.lines), codes))
        elif verb == _START:
            self._open.append((line, codes))
        elif not self._end(line, codes):
            self._report(span, "nothing to end here: no 'ignore-start' before it is still open")

    def _next_line(self, line: int) -> int:
        """Return the next line that is neither a directive nor blank: formatters insert blank lines."""
        lines = self._text.lines
        following = line + 1
        while following < len(lines) and (not lines[following].strip() or _TAG in lines[following]):
            following += 1
        return following

    def _end(self, line: int, codes: frozenset[str] | None) -> bool:
        """Close what is open for `codes`, or everything; return whether there was anything to close."""
        still: list[tuple[int, frozenset[str] | None]] = []
        ended = False
        for first, opened in self._open:
            covered = frozenset(self._rules) if opened is None else opened
            ends = covered if codes is None else covered & codes
            if codes is not None and not ends:
                still.append((first, opened))
                continue
            ended = True
            self._hidden.append(Hidden(first, line, ends))
            if covered - ends:
                still.append((first, covered - ends))
        self._open = still
        return ended

    def _report(self, span: Span, message: str) -> None:
        self._problems.append(Problem(CODE, message[:1].upper() + message[1:], span, Severity.WARNING))
