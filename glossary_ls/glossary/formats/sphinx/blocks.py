"""Blocks of reStructuredText as the nodes of a page.

The grammar is that of docutils ("reStructuredText Markup Specification"), read by indentation. This module
must not know which nodes are entries, but for those of the directive `glossary`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass, field
from glossary_ls.base.model import Problem, Severity
from glossary_ls.base.patterns import lazily
from glossary_ls.base.text import Span, word_set
from glossary_ls.glossary.formats.sphinx import tables
from glossary_ls.glossary.formats.sphinx.inline import markdown
from glossary_ls.glossary.reading.drafts import Piece
from glossary_ls.glossary.reading.emphasis import plain
from glossary_ls.glossary.reading.lines import Line, covered, dedented, indented, span_of
from glossary_ls.glossary.reading.outline import Kind, Node, joined

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from glossary_ls.glossary.reading.tables import Row

_CODE = "invalid-rst"

_ADORNMENT = lazily(r"([!-/:-@\[-`{-~])\1*")
_BULLET = lazily(r"(?:[-*+\u2022]|(?:\d{1,4}|[A-Za-z#])[.)]|\((?:\d{1,4}|[A-Za-z#])\))(?=\s|$)")
_FIELD = lazily(r":(?![:\s])((?:[^:\\]|\\.|:(?!\s|$))+):(?=\s|$)")
_OPTION = lazily(r":([\w-]+):\s*(.*)")
_DIRECTIVE = lazily(r"\.\. (?:\|(?P<substitution>[^|]+)\| )?(?P<name>[A-Za-z][\w.:+-]*?)\s?::(?=\s|$)\s*")
_TARGET = lazily(r"\.\. _(?P<name>`[^`]+`|[^:]+):(?=\s|$)")
_ABBREVIATION = lazily(
    r":(?:abbr|abbreviation|acronym):`([^`()<]+?)\s*\(([^`()]+)\)`(?=\s*(?P<sign>[-:,;.]*)(\s|$))"
)
_CLASSIFIER = lazily(r"\s:\s")
#: A line below a term that is its definition rather than a second name, even without indentation.
_SENTENCE = lazily(r"\S+(?:\s+\S+){4,}(?<=\.)")

_TABLES = word_set("list-table flat-table csv-table")
_FENCED = word_set(
    "code code-block sourcecode highlight parsed-literal literalinclude prompt doctest testcode"
)
_HIDDEN = word_set(
    "image figure index toctree raw meta highlight default-role currentmodule module contents sectnum "
    "include tabularcolumns todo todolist role unicode date footer header target-notes mermaid graphviz "
    "uml plantuml video youtube autosummary automodule bibliography"
)
#: Fields that describe a page.
_ABOUT_PAGE = word_set(
    "orphan nosearch tocdepth author authors organization contact address version status date copyright "
    "field revision abstract dedication subtitle keywords description language"
)
_ADMONITIONS = word_set(
    "attention caution danger error hint important note tip warning admonition seealso deprecated "
    "versionadded versionchanged"
)
#: Deeper nesting is read as text.
_DEEPEST = 8
_SHORTEST_ADORNMENT = 2


@dataclass(slots=True)
class _Directive:
    """A directive: its name, what follows on its line, its options, and its content."""

    name: str
    argument: Line
    options: dict[str, str]
    content: Sequence[Line]


@dataclass(slots=True)
class Page:
    """The nodes of a text, its substitutions, and what is wrong with it."""

    lines: Sequence[Line]
    nodes: tuple[Node, ...] = ()
    substitutions: list[Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _styles: list[str] = field(default_factory=list)
    _texts: dict[str, str] = field(default_factory=dict)
    _anchors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for line in self.lines:
            if (
                line.text.startswith(".. |")
                and (found := _DIRECTIVE.match(line.text))
                and found["substitution"]
            ):
                self._texts[found["substitution"].lower()] = markdown(line.text[found.end() :])
        self.nodes = tuple(self._read(self.lines, 0))

    def _markdown(self, text: str) -> str:
        return markdown(text, self._texts)

    def _text(self, lines: Sequence[Line], depth: int) -> str:
        """Return the content of a block as Markdown."""
        if depth > _DEEPEST:
            return self._markdown(dedented(lines))
        return joined(self._read(lines, depth))

    def _read(self, lines: Sequence[Line], depth: int) -> Iterator[Node]:
        """Yield the nodes of lines, which may be indented."""
        at = 0
        while at < len(lines):
            if not lines[at].text:
                at += 1
                continue
            at, nodes = self._block(lines, at, depth)
            yield from nodes

    def _block(self, lines: Sequence[Line], at: int, depth: int) -> tuple[int, Iterable[Node]]:
        """Return the number of the line behind a block, and its nodes."""
        line = lines[at]
        if depth == 0 and (end := self._heading_end(lines, at)):
            return end, (self._heading(lines[at:end]),)
        if line.text == ".." or line.text.startswith((".. ", "__ ")):
            end = max(indented(lines, at + 1, line.indent), at + 1)
            return end, self._explicit(lines[at:end], depth)
        if tables.GRID_BORDER.fullmatch(line.text):
            end = at + 1
            while end < len(lines) and lines[end].text.startswith(("|", "+")):
                end += 1
            return end, (_table(lines[at:end], *tables.grid(lines[at:end], self._markdown)),)
        if tables.SIMPLE_BORDER.fullmatch(line.text):
            end = tables.simple_end(lines, at)
            return end, (_table(lines[at:end], *tables.simple(lines[at:end], self._markdown)),)
        return self._text_block(lines, at, depth)

    def _text_block(self, lines: Sequence[Line], at: int, depth: int) -> tuple[int, Iterable[Node]]:
        line = lines[at]
        end = max(indented(lines, at + 1, line.indent), at + 1)
        if bullet := _BULLET.match(line.text):
            return end, (self._bullet(bullet, lines[at:end], depth),)
        if name := _FIELD.match(line.text):
            is_read = name[1].lower() not in _ABOUT_PAGE
            return end, (self._field(name, lines[at:end], depth),) if is_read else ()
        if _is_deeper(lines, at):
            return end, (self._definition((line,), lines[at + 1 : end], depth),)
        end = self._paragraph_end(lines, at)
        nodes = [self._paragraph(lines[at:end])]
        if lines[end - 1].text.endswith("::"):
            stop = indented(lines, end, line.indent)
            if stop > end:
                nodes.append(_code(lines[end:stop], ""))
                end = stop
        return end, nodes

    # --- headings and paragraphs --------------------------------------------------------------------------

    def _heading_end(self, lines: Sequence[Line], at: int) -> int:
        """Return the number of the line behind a heading; 0 if none starts at a line."""
        line = lines[at]
        below = lines[at + 1].text if at + 1 < len(lines) else ""
        third = lines[at + 2].text if at + 2 < len(lines) else ""
        if _ADORNMENT.fullmatch(line.text) and len(line.text) > _SHORTEST_ADORNMENT:
            return at + 3 if below and third == line.text and not _ADORNMENT.fullmatch(below) else 0
        if line.indent or not _ADORNMENT.fullmatch(below) or lines[at + 1].indent:
            return 0
        if len(below) <= _SHORTEST_ADORNMENT and len(below) < len(line.text):
            return 0
        if below in {"..", "::"} or line.text.startswith(("- ", "* ", "+ ")) or line.text.startswith(".. "):
            return 0
        return at + 2

    def _heading(self, lines: Sequence[Line]) -> Node:
        title = lines[-2]
        style = lines[-1].text[0] + str(len(lines))
        if style not in self._styles:
            self._styles.append(style)
        name = Piece(self._markdown(title.text), title.span)
        span = Span(lines[0].start, lines[-1].end)
        anchors, self._anchors = tuple(self._anchors), []
        return Node(Kind.HEADING, span, names=(name,), level=self._styles.index(style) + 1, anchors=anchors)

    def _paragraph_end(self, lines: Sequence[Line], at: int) -> int:
        end = at + 1
        while end < len(lines) and lines[end].text and lines[end].indent == lines[at].indent:
            if lines[end].text.startswith(".. ") or self._heading_end(lines, end):
                break
            end += 1
        return end

    def _paragraph(self, lines: Sequence[Line]) -> Node:
        text = "\n".join(line.text for line in lines)
        is_literal = text.endswith("::")
        if lines[0].text.startswith("| "):
            text = "\n".join(line.text.removeprefix("| ") for line in lines)
        if text.startswith(">>> "):
            return _code(lines, "pycon")
        text = _expanded(text)
        shown = self._markdown(text[:-1] if is_literal else text).strip()
        span = Span(lines[0].start, lines[-1].end)
        if shown == ":" or (len(shown) > 3 and _ADORNMENT.fullmatch(text)):
            shown = ""
        return Node(Kind.PARAGRAPH, span, shown, body=span)

    # --- lists --------------------------------------------------------------------------------------------

    def _bullet(self, mark: re.Match[str], lines: Sequence[Line], depth: int) -> Node:
        body = _behind(mark, lines)
        body[0] = body[0]._replace(text=_expanded(body[0].text))
        return Node(Kind.BULLET, covered(lines), self._text(body, depth + 1), body=span_of(body))

    def _field(self, mark: re.Match[str], lines: Sequence[Line], depth: int) -> Node:
        body = _behind(mark, lines)
        start = lines[0].start + mark.start(1)
        name = Piece(self._markdown(mark[1]), Span(start, start + len(mark[1])))
        return Node(Kind.ITEM, covered(lines), self._text(body, depth + 1), (name,), span_of(body))

    def _definition(self, terms: Sequence[Line], body: Sequence[Line], depth: int) -> Node:
        names = tuple(self._name(line) for line in terms)
        end = next((line.end for line in reversed(body) if line.text), terms[-1].end)
        text = self._text(body, depth + 1)
        return Node(Kind.ITEM, Span(terms[0].start, end), text, names, span_of(body))

    def _name(self, line: Line) -> Piece:
        found = _CLASSIFIER.search(line.text)
        end = found.start() if found else len(line.text)
        return Piece(plain(self._markdown(line.text[:end])), Span(line.start, line.start + end))

    # --- explicit markup ----------------------------------------------------------------------------------

    def _explicit(self, lines: Sequence[Line], depth: int) -> Iterator[Node]:
        """Yield the nodes of a directive; comments, footnotes and targets have none."""
        first = lines[0]
        if target := _TARGET.match(first.text):
            self._anchors.append(target["name"].strip("`").lower())
        found = _DIRECTIVE.match(first.text)
        if not found:
            return
        directive = _parsed(found, lines)
        if found["substitution"]:
            start = first.start + found.start("substitution")
            name = Piece(found["substitution"], Span(start, start + len(found["substitution"])))
            if directive.name == "replace":
                body = [directive.argument, *directive.content]
                text = self._markdown("\n".join(line.text for line in body).strip())
                span = Span(first.start, lines[-1].end)
                self.substitutions.append(Node(Kind.ITEM, span, text, (name,), span_of(body)))
            return
        yield from self._directed(directive, lines, depth)

    def _directed(self, directive: _Directive, lines: Sequence[Line], depth: int) -> Iterator[Node]:
        name, content = directive.name.rpartition(":")[2], directive.content
        if name == "glossary":
            yield from self._glossary(content, lines[0], depth)
        elif name in _TABLES:
            yield self._directed_table(name, directive, lines)
        elif name in _FENCED:
            if any(line.text for line in content):
                yield _code(content, directive.argument.text if name != "parsed-literal" else "")
        elif name == "math":
            body = [directive.argument, *content]
            yield Node(Kind.OTHER, lines[0].span, f"$$\n{dedented(body).strip()}\n$$", body=span_of(body))
        elif name == "rubric":
            piece = Piece(self._markdown(directive.argument.text), directive.argument.span)
            yield Node(Kind.HEADING, lines[0].span, names=(piece,), level=99)
        elif name in _ADMONITIONS:
            yield self._admonition(name, directive, depth)
        elif name not in _HIDDEN and depth < _DEEPEST:
            # A container, such as `only`, `tab-item` or `container`.
            yield from self._read(content, depth)

    def _directed_table(self, name: str, directive: _Directive, lines: Sequence[Line]) -> Node:
        if name == "csv-table":
            if directive.options.get("file"):
                self._made_from(directive.options["file"], lines[0])
            return _table(lines, *tables.values(directive.content, directive.options, self._markdown))
        has_header = directive.options.get("header-rows", "0") != "0"
        return _table(lines, tables.list_table(directive.content, self._markdown), has_header)

    def _admonition(self, name: str, directive: _Directive, depth: int) -> Node:
        argument = directive.argument
        body = [*([argument] if argument.text and name != "admonition" else []), *directive.content]
        if body and len(body) > 1 and body[0] is argument:
            others = [line.indent for line in body[1:] if line.text]
            body[0] = argument._replace(indent=min(others, default=argument.indent))
        text = self._text(body, depth + 1)
        title = {"seealso": "See also "}.get(name, "")
        place = span_of(body) or argument.span
        return Node(Kind.OTHER, place, f"{title}{text}" if text else "", body=place)

    # --- the directive `glossary` -------------------------------------------------------------------------

    def _glossary(self, lines: Sequence[Line], directive: Line, depth: int) -> Iterator[Node]:
        base = min((line.indent for line in lines if line.text), default=0)
        at = 0
        has_terms = False
        while at < len(lines):
            line = lines[at]
            if not line.text or line.text.startswith(".. ") or line.text == ".." or line.indent > base:
                if line.indent > base:
                    message = "this definition has no term; write it on a line above, indented less"
                    self.problems.append(Problem(_CODE, message, line.span))
                at = max(indented(lines, at + 1, base), at + 1) if line.text else at + 1
                continue
            end = at + 1
            while end < len(lines) and lines[end].text and lines[end].indent == base:
                if lines[end].text.startswith(".. "):
                    break
                end += 1
            stop = max(indented(lines, end, base), end)
            text = next((each for each in range(at + 1, end) if _SENTENCE.fullmatch(lines[each].text)), end)
            if text < end:
                message = "this definition is not indented, as if it were a term; indent it below its term"
                self.problems.append(Problem(_CODE, message, lines[text].span))
            node = self._definition(lines[at:text], lines[text:stop], depth)
            yield Node(Kind.ITEM, node.span, node.text, node.names, node.body, is_declared=True)
            has_terms = True
            at = stop
        if not has_terms:
            message = "this glossary has no terms; indent its terms below the directive, after a blank line"
            self.problems.append(Problem(_CODE, message, directive.span))

    def _made_from(self, file: str, line: Line) -> None:
        message = f"the terms of this table are in {file}; name that file in the setting 'sources'"
        self.problems.append(Problem("made-from-data", message, line.span, Severity.INFORMATION))


def _table(lines: Sequence[Line], rows: tuple[Row, ...], has_header: bool) -> Node:  # noqa: FBT001  as readers of tables return it
    return Node(Kind.TABLE, covered(lines), rows=rows, has_header=has_header)


def _parsed(found: re.Match[str], lines: Sequence[Line]) -> _Directive:
    argument = lines[0].cut(found.end())
    options: dict[str, str] = {}
    at = 1
    while at < len(lines) and (option := _OPTION.fullmatch(lines[at].text)):
        options[option[1]] = option[2].strip()
        at += 1
    return _Directive(found["name"].lower(), argument, options, lines[at:])


def _is_deeper(lines: Sequence[Line], at: int) -> bool:
    """Return whether the line below one is its definition."""
    if at + 1 >= len(lines) or not lines[at + 1].text or lines[at].text.endswith("::"):
        return False
    return lines[at + 1].indent > lines[at].indent and not lines[at].text.startswith("| ")


def _behind(mark: re.Match[str], lines: Sequence[Line]) -> list[Line]:
    """Return the body of an item; its first line may be indented less or more than the others."""
    first = lines[0].cut(mark.end())
    least = min((line.indent for line in lines[1:] if line.text), default=first.indent)
    return [first._replace(indent=least), *lines[1:]]


def _expanded(text: str) -> str:
    """Return a text that opens with the role of an abbreviation as one that opens with a bold name."""
    found = _ABBREVIATION.match(text)
    if not found:
        return text
    rest = text[found.end() :].lstrip(" :-")
    return f"**{found[1]}**: {found[2]}" + (f" - {rest}" if rest else "")


def _code(lines: Sequence[Line], language: str) -> Node:
    span = covered(lines)
    return Node(Kind.OTHER, span, f"```{language}\n{dedented(lines)}\n```", body=span)
