"""Ignoring a rule: by a directive for one line or the whole file, or by a setting for the workspace.

A directive gets a line of its own above the problem where that does not change how the text is read; in
other places of a markup with inline comments it goes to the end of the line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glossary_ls.analysis import suppressions
from glossary_ls.analysis.front_matter import front_matter
from glossary_ls.analysis.suppressions import CODE as DIRECTIVE
from glossary_ls.base import paths
from glossary_ls.base.dataclass import replace
from glossary_ls.base.edits import insertion
from glossary_ls.base.model import RegionKind
from glossary_ls.markup import PLAIN, parser_for
from glossary_ls.rules import DOCUMENT_RULES, RULES
from glossary_ls.rules.shared.fix import Adding, Fix, FixKind, GlossaryChange, quick_fix
from glossary_ls.rules.shared.undefined import Undefined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glossary_ls.analysis.document import Document
    from glossary_ls.base.model import Problem, TextEdit
    from glossary_ls.base.text import Span
    from glossary_ls.rules.shared.fix import Target

_HTML = ("<!-- ", " -->")
_MDX = ("{/* ", " */}")
_SLASHES = ("// ", "")
_HASH = ("# ", "")
_DASHES = ("-- ", "")
_PERCENT = ("% ", "")
_STARS = ("/* ", " */")
_DOTS = (".. ", "")

#: The comment syntax by language; other languages have the comments of a shell.
_COMMENTS = {
    **dict.fromkeys(
        ("markdown", "pandoc", "quarto", "rmarkdown", "rmd", "html", "xml", "vue", "svelte"), _HTML
    ),
    **dict.fromkeys(("mdx", "markdown.mdx"), _MDX),
    **dict.fromkeys(("c", "cpp", "csharp", "dart", "fsharp", "go", "java", "javascript"), _SLASHES),
    **dict.fromkeys(("javascriptreact", "jsonc", "kotlin", "objective-c", "php", "proto"), _SLASHES),
    **dict.fromkeys(("rust", "scala", "swift", "typescript", "typescriptreact", "zig"), _SLASHES),
    **dict.fromkeys(("asciidoc", "typst"), _SLASHES),
    **dict.fromkeys(("lua", "sql", "haskell", "elm", "ada", "vhdl"), _DASHES),
    **dict.fromkeys(("latex", "tex", "bibtex", "erlang", "matlab"), _PERCENT),
    **dict.fromkeys(("css", "scss", "less"), _STARS),
    "restructuredtext": _DOTS,
}

#: Lines that must stay the first of a file.
_FIRST_LINES = re.compile(
    r"(?:\ufeff?(?:#!|<\?xml|<!DOCTYPE|.*\bcoding[:=]).*(?:\r\n|\n|\r))+", re.IGNORECASE
)
_QUOTES = frozenset({"'", '"'})
#: The rules that a directive may name, and those that a setting may switch off.
_IN_DIRECTIVES = frozenset(rule.CODE for rule in DOCUMENT_RULES) - {DIRECTIVE}
_IN_SETTINGS = _IN_DIRECTIVES | frozenset(rule.CODE for rule in RULES if rule not in DOCUMENT_RULES)


def acronym(problem: Problem, document: Document) -> Iterator[Fix]:
    """Offer to ignore an acronym in the whole document, whatever the rule."""
    if isinstance(problem.data, Undefined):
        name = problem.data.acronym
        edit = _more("accept", name, document) or top_edit(f"accept {name}", document)
        yield quick_fix(f"Ignore '{name}' in this document", problem, edit)


def on_line(problem: Problem, document: Document) -> Iterator[Fix]:
    """Offer to ignore the rule on the line of the problem."""
    if problem.code in _IN_DIRECTIVES and (edit := _line_edit(problem, document)):
        fix = quick_fix(f"Ignore '{problem.code}' on this line", problem, edit)
        yield replace(fix, later=isinstance(problem.data, Undefined))


def in_file(problem: Problem, document: Document) -> Iterator[Fix]:
    """Offer to ignore the rule in the whole document."""
    if problem.code in _IN_DIRECTIVES:
        edit = _more("ignore-file", problem.code, document) or top_edit(
            f"ignore-file {problem.code}", document
        )
        yield replace(quick_fix(f"Ignore '{problem.code}' in this document", problem, edit), later=True)


def in_workspace(problem: Problem, configuration: Target | None) -> Iterator[Fix]:
    """Offer to switch the rule off for all documents of the workspace folder."""
    if configuration and problem.code in _IN_SETTINGS:
        change = GlossaryChange(configuration.path, Adding.RULE_OFF, problem.code)
        title = f"Ignore '{problem.code}' in the workspace ({configuration.title})"
        yield Fix(title, FixKind.FIX, change, (problem,), later=True)


def as_glossary(document: Document, span: Span, configuration: Target | None) -> Iterator[Fix]:
    """Offer, on the first lines of a page that was recognized as a glossary, not to use it as one."""
    own = next((file for file in document.files if file.path == document.path), None)
    first = next(iter(document.text.line_indexes([own.spans[0][0]])), 0) if own and own.items else 0
    if own and configuration and document.text.line_index(span.start) <= first:
        name = paths.relative(document.path, paths.parent(configuration.path))
        change = GlossaryChange(configuration.path, Adding.NO_SOURCE, name)
        title = f"Do not use '{paths.name(name)}' as a glossary ({configuration.title})"
        yield Fix(title, FixKind.REWRITE, change)


def _directive(words: str, document: Document) -> str:
    before, after = _COMMENTS.get(document.language.lower(), _HASH)
    return f"{before}glossary-ls: {words}{after}"


def _line_edit(problem: Problem, document: Document) -> TextEdit | None:
    text = document.text
    line = text.line_index(problem.span.start)
    content = text.line_span(line).of(text.source).removeprefix("\ufeff")
    style = _COMMENTS.get(document.language.lower(), _HASH)
    opens = line == 0 or not text.line_span(line - 1).of(text.source).strip()
    own_line = opens if _is_prose(document) else style is not _HTML
    inside = content.lstrip()
    kind = document.analysis.kind_at(problem.span.start)
    if kind is RegionKind.DOCSTRING and inside[:1] not in _QUOTES:
        # A comment inside a docstring would be a part of it.
        return None
    if more := _more("ignore-line", problem.code, document, line):
        return more
    if own_line and (more := _more("ignore-next-line", problem.code, document, line - 1)):
        return more
    if own_line:
        # In AsciiDoc, a comment must start its line.
        indent = "" if document.language.lower() == "asciidoc" else content[: len(content) - len(inside)]
        directive = _directive(f"ignore-next-line {problem.code}", document)
        if kind is RegionKind.COMMENT and inside.startswith("* ") and style in {_SLASHES, _STARS}:
            directive = f"* glossary-ls: ignore-next-line {problem.code}"
        gap = _newline(document) * (2 if style is _DOTS else 1)
        return insertion(text.line_span(line).end - len(content), f"{indent}{directive}{gap}")
    if style in {_HTML, _MDX}:
        # In a table the comment stays inside the last cell, and the two spaces of a line break stay last.
        written = content.rstrip()
        end = len(written) - 1 if written.startswith("|") and written.endswith("|") else len(written)
        end = len(written[:end].rstrip())
        directive = _directive(f"ignore-line {problem.code}", document)
        return insertion(text.line_span(line).end - len(content) + end, f" {directive}")
    return None


def _more(verb: str, word: str, document: Document, line: int | None = None) -> TextEdit | None:
    """Return the edit that adds a word to an existing directive, on a line if one is given."""
    for directive in suppressions.directives(document.analysis):
        if directive.verb == verb and len(directive.words) > 1:
            at = directive.words[-1].span.end
            if line in {None, document.text.line_index(at)}:
                return insertion(at, f", {word}" if "," in directive.body else f" {word}")
    return None


def _is_prose(document: Document) -> bool:
    """Return whether a comment on a line of its own may split a paragraph in this language."""
    if document.language.lower() in {"asciidoc", "latex", "tex"}:
        return False
    return parser_for(document.language) is not parser_for(PLAIN) and _COMMENTS.get(
        document.language.lower()
    ) in (_HTML, _MDX, _DOTS)


def top_edit(words: str, document: Document) -> TextEdit:
    """Return the edit that writes a directive at the top of a document, after what must stay first."""
    text = document.text
    newline = _newline(document)
    directive = _directive(words, document)
    first = _FIRST_LINES.match(text.source)
    at = first.end() if first else int(text.source.startswith("\ufeff"))
    matter = text.source[: front_matter(document.analysis).end].rstrip()
    if matter:
        line = text.line_index(len(matter) - 1)
        if line + 1 >= len(text.lines):
            return insertion(len(text.source), f"{newline}{newline}{directive}{newline}")
        at = text.line_start(line + 1)
        if not text.lines[line + 1].strip():
            return insertion(at, f"{newline}{directive}{newline}")
    following = text.lines[text.line_index(at)].strip()
    blank = newline if _is_prose(document) and following and "glossary-ls:" not in following else ""
    return insertion(at, f"{directive}{newline}{blank}")


def _newline(document: Document) -> str:
    return "\r\n" if document.text.lines[0].endswith("\r\n") else "\n"
