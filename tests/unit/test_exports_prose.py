"""Prose in exports: Markdown as a tree, which markdown-it reads alike, and its renderings."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from glossary_ls.glossary.exports.html_text import Links
from glossary_ls.glossary.exports.prose import one_line, plain

from .steps import assert_linear


def html(markdown: str) -> str:
    """Return a text as HTML on one line."""
    return Links((), ()).rendered(markdown).replace("\n", " ")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("", ""),
        ("one\ntwo\n\nthree", "<p>one two</p> <p>three</p>"),
        (
            "*a* _b_ **c** __d__ ***e***",
            "<p><em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <em><strong>e</strong></em></p>",
        ),
        ("a_b_c 2 * 3 * 4 *x", "<p>a_b_c 2 * 3 * 4 *x</p>"),
        ("**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>"),
        (r"\*a\* 1\. \<b>", "<p>*a* 1. &lt;b&gt;</p>"),
        ("`a*b*` ``c`d`` `e", "<p><code>a*b*</code> <code>c`d</code> `e</p>"),
        ("AT&amp;T &lt; &copy;", "<p>AT&amp;T &lt; ©</p>"),
        ("- a\n- b\n  - c\n- d", "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>"),
        ("1. a\n   more\n2. b", "<ol><li>a more</li><li>b</li></ol>"),
        ("- a\n\n  b\n\nc", "<ul><li>a<p>b</p></li></ul> <p>c</p>"),
        ("text\n- a\nlazy", "<p>text</p> <ul><li>a lazy</li></ul>"),
        ("in\n2024. it", "<p>in 2024. it</p>"),
        ("```py\nx < 1\n\ny\n```\nz", '<pre tabindex="0"><code>x &lt; 1  y</code></pre> <p>z</p>'),
        ("~~~\nopen", '<pre tabindex="0"><code>open</code></pre>'),
        ("> a\n> b\n\nc", "<blockquote><p>a b</p></blockquote> <p>c</p>"),
        ("## A *b* ##\ntext", "<p><strong>A <em>b</em></strong></p> <p>text</p>"),
        ("a\n\n---\n\nb", "<p>a</p> <p>b</p>"),
        (
            "| a | b |\n|---|---|\n| c | d |",
            '<pre tabindex="0"><code>| a | b | |---|---| | c | d |</code></pre>',
        ),
        ("![a *b*](https://x.org/c.png)", "<p>a <em>b</em></p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
    ],
)
def test_a_part_of_markdown_is_rendered(markdown: str, expected: str) -> None:
    assert html(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "url"),
    [
        ("[a](https://x.org/b_c_d)", "https://x.org/b_c_d"),
        ("[a](<http://x.org>)", "http://x.org"),
        ('[a](https://x.org/b_(c) "title")', "https://x.org/b_(c)"),
        ("[a](mailto:a@x.org)", "mailto:a@x.org"),
        ("[a](https://x.org/?b=1&amp;c=2)", "https://x.org/?b=1&c=2"),
        ("<https://x.org/a>", "https://x.org/a"),
        ("See https://x.org/a_b_c, or", "https://x.org/a_b_c"),
        ("(https://x.org/a).", "https://x.org/a"),
        ("(https://x.org/a_(b)).", "https://x.org/a_(b)"),
        ("[a](#other)", None),
        ("[a](other.md)", None),
        ("[a](javascript:alert(1))", None),
        ("[a](JavaScript:alert(1))", None),
        ("[a](&#106;avascript:alert(1))", None),
        ("[a](data:text/html,b)", None),
        ("[a](//x.org)", None),
        ('[a](https://x.org/"onclick="alert(1))', None),
    ],
)
def test_only_addresses_of_pages_and_mail_are_links(markdown: str, url: str | None) -> None:
    assert [found["href"] for found in _Page.of(html(markdown)).links] == ([url] if url else [])


class _Page(HTMLParser):
    """The tags, attributes and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[dict[str, str | None]] = []
        self.words = ""

    @classmethod
    def of(cls, source: str) -> _Page:
        page = cls()
        page.feed(source)
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "a":
            self.links.append(dict(attrs))
        elif tag in {"p", "li", "pre", "ul", "ol", "blockquote"}:
            self.words += " "

    def handle_data(self, data: str) -> None:
        self.words += data


_PIECES = st.sampled_from(
    ["a", "b c", " ", "\n", "\n\n", "*", "**", "_", "`", "``", "- ",
     "1. ", "> ", "#", "[a](https://x.org)", "[", "]", "(", ")",
     "<", "&lt;", "\\", "```\n", "|", "javascript:x", "https://x.org/", "![", "    "]
)  # fmt: skip


@given(markdown=st.lists(_PIECES, max_size=20).map("".join))
def test_no_text_makes_other_elements_than_those_of_prose(markdown: str) -> None:
    page = _Page.of(html(markdown))
    assert page.tags <= {"p", "em", "strong", "code", "pre", "a", "ul", "ol", "li", "blockquote"}
    assert all(re.match("(https?|mailto):", link["href"] or "") for link in page.links)


_LINE = st.lists(
    st.sampled_from(
        [
            "word",
            "*word*",
            "**two words**",
            "`code`",
            "[text](https://x.org/a)",
            "a_b",
            "2 * 3",
            "&amp;",
            "\\*",
        ]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
_BLOCKS = st.one_of(
    _LINE,
    st.lists(_LINE, min_size=1, max_size=3).map("\n".join),
    st.lists(_LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    st.lists(_LINE, min_size=1, max_size=3).map(
        lambda lines: "\n".join(f"{at}. {line}" for at, line in enumerate(lines, 1))
    ),
    st.lists(_LINE, min_size=1, max_size=2).map(lambda lines: "\n".join(f"> {line}" for line in lines)),
    _LINE.map(lambda line: f"```\n{line}\n```"),
    st.tuples(_LINE, _LINE).map(lambda pair: f"- {pair[0]}\n  - {pair[1]}"),
)


@given(blocks=st.lists(_BLOCKS, min_size=1, max_size=3))
def test_markdown_it_reads_the_same(blocks: list[str]) -> None:
    # A comment keeps lists and quotes that follow each other apart.
    markdown = "\n\nthen\n\n".join(blocks)
    wanted = _normal(MarkdownIt("commonmark", {"html": False}).render(markdown))
    assert _normal(html(markdown)) == wanted


def _normal(source: str) -> str:
    """Return HTML without blanks between blocks, and without what is ours alone."""
    source = re.sub(r' (?:rel|tabindex|start|class)="[^"]*"', "", source)
    source = re.sub(r"<li>\s*<p>(.*?)</p>", r"<li>\1", source, flags=re.DOTALL)
    return re.sub(
        r"\s+",
        " ",
        re.sub(r"\s*(</?(?:p|ul|ol|li|pre|blockquote)>)\s*", r"\1", source).replace("\n</code>", "</code>"),
    )


def test_plain_text_has_no_marks() -> None:
    source = "A *b* `c`, [d](https://x.org).\n\n- e\n- f\n\n1. g\n\n> h\n\n```\ni\n```"
    assert plain(source) == "A b c, d.\n\n- e\n- f\n\n1. g\n\nh\n\ni"
    assert one_line("# A\nb") == "A"
    assert one_line("a\nb\n\nc") == "a b"
    assert one_line("") == ""


@pytest.mark.parametrize(
    "unit",
    ["*a ", "a_ ", "`a``b ", "[a](b", "[", "- ", "> ", "**a", "(((",
     "https://x.org/( ", "<https:", "- a\n", "  - a\n", "~~~\n"],
)  # fmt: skip
def test_twice_the_text_takes_twice_the_time(unit: str) -> None:
    assert_linear(html, unit)
