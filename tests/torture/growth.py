"""How the steps of reading a text grow with its length: repeated fragments in every markup and format."""

from __future__ import annotations

import gc
import math
import time
from typing import TYPE_CHECKING, NamedTuple

from glossary_ls.analysis.scan import scan
from glossary_ls.base.text import Text
from glossary_ls.glossary import formats
from glossary_ls.glossary.index import Glossary
from glossary_ls.markup.languages import table
from tests.torture.steps import TooManyStepsError, steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: What is repeated: openings that are never closed, closings, nested marks, and what looks like acronyms.
FRAGMENTS = (
    *("a", "ABC ", "(ABC)", "ABC (", "(ABC)\n", "ABC\n", "a\n", "a\n\n", " ", "\t", "\n", "\r"),
    *("\\", '\\"', '"', "- ", "* ", "> ", "# ", "- a\n", "  - a\n", "1. ", "+ ", "|", "| a "),
    *("| a |\n", "|---|\n", "|\\", "=\n", "`", "``", "```\n", "~~~", "*", "**", "_", "__", "~"),
    *("$", "$$", "[", "]", "[[", "![", "[a](", "](", "'", "(", "((", ")", "{", "}", "{{", "<"),
    *("<a ", "<!--", "-->", "<a>", "</a>", "&", "&a", "&amp;", "https://a", "/*", "*/", "//", "/["),
    *("/", "#", "--", "'''", '"""', "r'", "${", "%", "%{", "<<A\n", "=begin\n", '@"', ".. a::\n"),
    *(".. _a:\n", ":a:`", ":: \n\n", "a::\n  b\n", "\\begin{a}", "\\a{", "====\n", "----\n", "(*"),
    *("#+begin_a\n", "* a\n", "a: b\n", "a: &b\n", "*a ", "- a: b\n", "? ", "!!a ", "a, b\n"),
    *('a,"b\n', '{"a":', "SLO: Service Level Objective\n", "**A**: b\n", "A\n: b\n", "## A\n\nb\n"),
    *("A - b\n", "<dt>a<dd>b", "::", "[1,", "a;", "@a", "[a]: b\n", "|===\n", "\ud83d\ude00"),
    *("- a\n  b\n", "url(", "##", "$$"),
)

#: Glossary files of each format.
FILES = (
    *("glossary.yaml", "glossary.md", "glossary.csv", "glossary.tsv", "glossary.json", "glossary.rst"),
    *("glossary.adoc", "glossary.org", "glossary.tex", "glossary.html", "glossary.tbx", "glossary.txt"),
    *("glossary/term.md", "definitions.yml", ".contextive/definitions.yml"),
)

#: How long a text of a few thousand characters never takes, in seconds, and what is much more than four times
#: as long.
_NOTABLE = 0.3
_MUCH = 8

_MARKUPS = (
    "markdown",
    "mdx",
    "restructuredtext",
    "asciidoc",
    "org",
    "latex",
    "html",
    "plaintext",
    "json",
    "csv",
)


class Growth(NamedTuple):
    """The exponent with which the steps for a repeated fragment grow; infinite if there are too many."""

    exponent: float
    where: str
    fragment: str


def languages() -> tuple[str, ...]:
    """Return the language ids of all markups, and one of each family of comments."""
    families: dict[str, str] = {}
    for language, family in table("families").items():
        families.setdefault(str(family), language)
    return tuple(dict.fromkeys((*_MARKUPS, *families.values())))


def of_document(language: str, fragment: str, size: int) -> Growth:
    """Return how scanning a document of a repeated fragment grows from `size` to four times as many."""

    def work(number: int) -> Callable[[], object]:
        text = Text(fragment * number + "\nThe ABC.\n")
        return lambda: scan(text, language, Glossary(()))

    return Growth(_exponent(work, size), language, fragment)


def of_glossary(name: str, fragment: str, size: int) -> Growth:
    """Return how reading a glossary file of a repeated fragment grows."""

    def work(number: int) -> Callable[[], object]:
        text = Text("SLO: a\n" * name.endswith("l") + fragment * number)
        return lambda: formats.parse(f"/ws/{name}", text)

    return Growth(_exponent(work, size), name, fragment)


class Case(NamedTuple):
    """A fragment, and the language or the glossary file in which it is repeated."""

    of: Callable[[str, str, int], Growth]
    where: str
    fragment: str

    def seconds(self, size: int) -> float:
        """Return how long a text of some characters takes, in seconds of this process."""
        text = Text(self.fragment * (size // len(self.fragment)) + "\n")
        # A search for garbage would count for the text that it happens in.
        gc.disable()
        try:
            begun = time.process_time()
            if self.of is of_document:
                scan(text, self.where, Glossary(()))
            else:
                formats.parse(f"/ws/{self.where}", text)
            return time.process_time() - begun
        finally:
            gc.enable()


def cases() -> list[Case]:
    """Return every fragment everywhere."""
    documents = [Case(of_document, language, each) for each in FRAGMENTS for language in languages()]
    return [*documents, *(Case(of_glossary, name, each) for each in FRAGMENTS for name in FILES)]


def worst(chosen: Iterable[Case], size: int, limit: float) -> list[Growth]:
    """Return those cases that grow faster than with an exponent of `limit`, also from 8 times the size on.

    A long text may be read in another way than a short one, which costs the same however long it is.
    """

    def grown(case: Case, size: int) -> Growth:
        return case.of(case.where, case.fragment, size)

    suspects = (case for case in chosen if grown(case, size).exponent > limit)
    return [growth for case in suspects if (growth := grown(case, 8 * size)).exponent > limit]


def slow_searches(chosen: Iterable[Case], size: int) -> list[Growth]:
    """Return the cases of `size` characters that take much more than four times as long as a quarter of that.

    What is done in C has no steps to be counted, such as the search for an expression that fails at the end
    of a long line again and again. In seconds of this process, of which a quadratic search takes 16 times as
    many.
    """
    found = []
    for case in chosen:
        few, many = (case.seconds(part) for part in (size // 4, size))
        if many > _NOTABLE and many > _MUCH * few:
            found.append(Growth(math.log(many / few, 4), case.where, case.fragment))
    return found


def _exponent(work: Callable[[int], Callable[[], object]], size: int) -> float:
    work(1)()
    try:
        few, many = (steps(work(number), 3_000_000) for number in (size, 4 * size))
    except TooManyStepsError:
        return math.inf
    # What does not depend on the text counts as a part of the smaller one.
    return math.log(many / max(few, 1), 4) if many > 4000 else 0.0
