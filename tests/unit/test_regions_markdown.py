from __future__ import annotations

import pytest

from glossary_ls.base.model import RegionKind
from glossary_ls.markup import parse, parser_for
from glossary_ls.markup.prose import BREAK, CELL, DEFINES, OPAQUE

from . import block_invariants as invariants
from .steps import assert_linear

_SIGNS = {BREAK: "/", CELL: "|", DEFINES: "=", OPAQUE: "#"}


def texts(source: str, language: str = "markdown") -> list[str]:
    """Return the readable text of each block with text, its signs as in `_SIGNS`."""
    found = [block.prose.text for _, block in parse(source, language)]
    return [_shown(text) for text in found if text]


def _shown(text: str) -> str:
    return text.translate({ord(sign): shown for sign, shown in _SIGNS.items()})


def pieces(source: str, kind: RegionKind) -> list[str]:
    return [
        source[start + piece.start : start + piece.start + piece.length]
        for start, block in parse(source, "markdown")
        for piece in block.prose.pieces
        if piece.kind is kind
    ]


def regions(source: str, language: str = "markdown") -> list[tuple[str, str]]:
    return [
        (str(region.kind), source[start + region.span.start : start + region.span.end])
        for start, block in parse(source, language)
        for region in block.regions
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", []),
        ("\n\n  \n", []),
        ("Load\nbalancing", ["Load balancing"]),
        ("Load \t\r\n  balancing", ["Load balancing"]),
        ("Load\rbalancing", ["Load balancing"]),
        ("Load\u00a0balancing", ["Load balancing"]),
        ("one\n\ntwo\n \t\nthree", ["one", "two", "three"]),
        ("# Title #\ntext", ["Title/text"]),
        ("####### no title", ["####### no title"]),
        ("#hash", ["#hash"]),
        ("Title\n=====\ntext", ["Title/text"]),
        ("Two\nlines\n---\ntext", ["Two lines/text"]),
        ("a\n***\nb\n\n___", ["a/b"]),
        ("## Goals {#goals .x}", ["Goals"]),
        ("> Load\n> balancing", ["Load balancing"]),
        ("> Load\nbalancing", ["Load balancing"]),
        (">> Load\n> > balancing\n>\n> rest", ["Load balancing/rest"]),
        ("> - Load\n>   balancing\n> - rest", ["Load balancing/rest"]),
        ("- Load\n  balancing\n- rest", ["Load balancing/rest"]),
        ("- Load\nbalancing", ["Load balancing"]),
        ("1. Load\n   balancing\n2) rest\n   - deep", ["Load balancing/rest/deep"]),
        ("- [ ] todo\n- [x] done", ["todo/done"]),
        ("text\n2. not an item\n-not an item", ["text 2. not an item -not an item"]),
        ("(a-target)=\n# Title\n(no target)", ["Title/(no target)"]),
        ("- # Title in an item\n- > quote", ["Title in an item/quote"]),
        ("-\n- b", ["b"]),
        ("- a\n\n  more of a\n\n      code", ["a", "more of a"]),
        ("1. a\n\n    more of a", ["a", "more of a"]),
        ("text\n    not code", ["text not code"]),
        ("a  \nb\\\nc", ["a b c"]),
    ],
)
def test_lines_become_sentences(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**Load** balancing, *a*b, __c__ d", ["Load balancing, ab, c d"]),
        ("**GPU**s and ***x***", ["GPUs and x"]),
        ("cold_start_ms and _cold_ start_", ["cold_start_ms and cold start_"]),
        ("2 * 3 * 4, a*, k8s-*, ~5, ~~old~~ ==new== a == b", ["2 * 3 * 4, a*, k8s-*, ~5, old new a == b"]),
        ("*a **b* c", ["*a *b c"]),
        ("use `kubectl get` and ``a ` b``", ["use kubectl get and a ` b"]),
        ("`a\nb` and `open", ["a b and `open"]),
        ("(`x`)", ["(x)"]),
        (r"\*a\* C:\dir \[b\]", [r"*a* C:\dir [b]"]),
        ("R&D, Q&amp;A, a&nbsp;b, AT&T;", ["R&D, Q&A, a b, AT&T;"]),
        ("[the *text*](http://x/y 'T') end", ["the text end"]),
        ('[a](<b c>) [d](e(f)g) [h]( {{< ref "x y" >}} )', ["a d h"]),
        ("[text][ref] [text][] [text] m[i][j]", ["text text [text] m[i][j]"]),
        ("[a [b](c) d](e)", ["[a b d](e)"]),
        ("![alt](x.png) and [![alt](x)](y) !\\[z]", ["# and # ![z]"]),
        (r"\![a](b)", ["!a"]),
        ("[[Page]] and [[Page|text]] and ![[embed]]", ["Page and text and #"]),
        ("a note[^1] here", ["a note here"]),
        ("see <https://a.b> or <a@b.c>", ["see # or #"]),
        ("see https://a.b/c_(d). And (http://x/y), www.a.b!", ["see #. And (#), #!"]),
        ("mail jo.do@example.com, not a@b", ["mail #, not a@b"]),
        ("**https://a.b**", ["#"]),
        (
            "in /etc/foo, ./bin/run.sh and values-PROD.yaml",
            ["in /etc/foo, ./bin/run.sh and values-PROD.yaml"],
        ),
        ("$x_1$ and $$y$$ cost $5 and $10", ["# and # cost $5 and $10"]),
        ("$5/month or 10$. $HOME/$USER and $PATH", ["$5/month or 10$. $HOME/$USER and $PATH"]),
        ("a {{ b }} c {% d %} e {# f #}", ["a # c e"]),
        ("{{< note >}}Text{{< /note >}}", ["#Text#"]),
        ("{{ never closed", ["{{ never closed"]),
        ("{term}`Load Balancer` and {ref}`x` {doc}`the page <x/y>`", ["Load Balancer and x the page"]),
        ("text {.class} and {: .no_toc }", ["text and"]),
    ],
)
def test_inline_markup_is_removed(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>GPU</b>s H<sub>2</sub>O a<br>b", ["GPUs H 2 O a b"]),
        ("<div align='x'>Load\nbalancing</div>", ["Load balancing"]),
        ("<p>a</p><p>b</p>", ["a/b"]),
        ("<tr><td>a</td><td>b</td></tr>", ["|a|b"]),
        ('<a href="x">text</a> <a name="y"></a> <img alt="A">', ["text #"]),
        ("run <code>x *y*</code> and <kbd>Ctrl</kbd> <code>open", ["run x *y* and Ctrl open"]),
        ("a <!-- b\nc --> d", ["a d"]),
        ("<!-- a\n\nb --> c\n\nd", ["c", "d"]),
        ("a <!-- never closed", ["a <!-- never closed"]),
        ("1 < 2 > 1, <your-name>", ["1 < 2 > 1,"]),
        ('<abbr title="Long Form">LF</abbr> is', ["LF =(Long Form) is"]),
        ("<abbr title=''>LF</abbr>", ["LF"]),
        ("<details>\n<summary>More</summary>\n\nText\n\n</details>", ["More", "Text"]),
        ("<pre>\na\n\nb\n</pre>\n\nc", ["c"]),
        ("<script>\na\n\nb\n</script> d", ["d"]),
    ],
)
def test_tags_are_not_text(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("| A | B |\n|---|:-:|\n| c | d |\nafter", ["A|B/c|d/after"]),
        ("A | B\n--|--\nc |\n| | d", ["A|B/c/|d"]),
        ("text\n| A |\n| - |\n| `b\\|c` \\| d |\n\nend", ["text/A/b|c | d", "end"]),
        ("A | B\n---\nc", ["A | B/c"]),
        ("| A |\n|---|\n> quote", ["A/quote"]),
        ("Term\n: meaning\n  goes on\n: other\n\n: third", ["Term=meaning goes on=other=third"]),
        ("Term\n\n:   meaning\n\n    goes on", ["Term=meaning", "goes on"]),
        ("intro\nTerm\n: meaning\nTerm 2\n: meaning 2", ["intro/Term=meaning/Term 2=meaning 2"]),
        ("*[SLO]: Service Level *Objective*\n*[X]:y", ["SLO=Service Level Objective/X=y"]),
        ("text\n*[SLO]: a b", ["text/SLO=a b"]),
        ("[^1]: A note\n    goes on.\n\n    And on.\n[^2]: B", ["A note goes on.", "And on./B"]),
        ("[ref]: http://x 'T'\n[ref two]:\n  /y\nText", ["Text"]),
        ("[NOTE]: this is text", ["[NOTE]: this is text"]),
        ("> [!NOTE] Title\n> body", ["Title/body"]),
        ("> [!WARNING]\n> body", ["body"]),
        ('!!! note "The title"\n\n    body\n\n        code\n\nend', ["The title", "body", "end"]),
        ("??? tip\n    body", ["body"]),
        ('=== "Tab"\n\n    ```sh\n    code\n    ```\n\n    text', ["Tab", "text"]),
        (":::tip The title\nbody\n:::\n\n::: {.callout-note}\nbody\n:::", ["The title/body", "body"]),
        (":::note[The title]\nbody\n:::", ["The title/body"]),
        ("```{note} Title\n:class: x\nbody\n\nmore\n```\n\nend", ["Title/body", "more", "end"]),
        ("````{note}\nbody\n```sh\ncode\n```\nmore\n````\nend", ["body/more/end"]),
    ],
)
def test_tables_definitions_and_callouts(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\n```py\nb\n\nc\n```\nd", ["a", "d"]),
        ("~~~~\na\n~~~\nb\n~~~~~ \nc", ["c"]),
        ("```\nnever\n\nclosed", []),
        ("- a\n  ```\n  b\n\n  c\n  ```\n  d\n\ne", ["a", "d", "e"]),
        ("> ```\n> a\n> ```\n> b\n\nc", ["b", "c"]),
        ("> ```\nb", ["b"]),
        ("- ```\n  a\n\nb", ["b"]),
        ("- a\n\n        ```\n        b\n        ```\n\n  c", ["a", "c"]),
        ("- a:\n        ```\n        b\n\n        c\n        ```\n  d", ["a:", "d"]),
        ("``` not `a` fence", ["``` not a fence"]),
        ("    code\n\n    more\n\ntext", ["text"]),
        ("\tcode\ntext", ["text"]),
        ("-     code\n- text", ["text"]),
        ("$$\nx\n\ny\n$$\nz", ["z"]),
        ("{% highlight sh %}\na\n\nb\n{% endhighlight %}\nc", ["c"]),
        ("---\ntitle: A\n---\nB", ["B"]),
        ("---\ntitle: A\n\nmore: B\n...\n\nC", ["C"]),
        ("+++\ntitle = 'A'\n+++\nB", ["B"]),
        ("---\n\nA\n\n---", ["A"]),
        ("---\ntitle: A\n\nB", ["title: A", "B"]),
        ("A\n\n---\nb: c\n---", ["A", "b: c"]),
    ],
)
def test_code_is_not_text(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import A from 'a'\n\n# B\n\nimport is a word", ["B", "import is a word"]),
        ("export const a = {\n  b: 1,\n\n  c: 2,\n}\n\ntext", ["text"]),
        ("export const a = {\n\n# B", ["B"]),
        ("a {b.c({d: 1})} e {/* f */} {open", ["a # e {open"]),
        ("<Card title='x' a={{b: 1}} c={() => <i>d</i>}>Text</Card>", ["Text"]),
        ("<>\n    Text\n</>", ["Text"]),
        ("<Tabs>\n\n    Text\n\n</Tabs>", ["Text"]),
    ],
)
def test_mdx(source: str, expected: list[str]) -> None:
    assert texts(source, "mdx") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<A b={{\n  c: 'd',\n\n  e: 'f'\n}}>Text</A>\n\nmore", ["Text", "more"]),
        ("<A\n\n  b='c\n\n> d'\n  e={() => <i>f</i>}\n>\n\nText\n\n</A>", ["Text"]),
        ("<A\n  b='c'>Text</A>", ["Text"]),
        ("<A\n\n# B", ["B"]),
        ("{a.map((b) => {\n  const c = 1;\n\n  return d;\n})} e\n\nf", ["e", "f"]),
        ("<ul>{a.map((b) => {\n  c;\n\n  return <li>d</li>;\n})}</ul>\n\ne", ["#", "e"]),
        ("<ul>\n  {a.map((b) => {\n  c;\n\n  return d;\n  })}\n</ul>\n\ne", ["e"]),
        ("{a(\n  b)} is text\nmore", ["# is text more"]),
        ("{a\n\n# B", ["B"]),
        ("- a\n\n  {b(\n\n  c)}\n\n  d", ["a", "d"]),
        ("a {b\n\nc}", ["a {b", "c}"]),
        ("{/*\na\n\n- b\n\n# c\n*/}\n\nd", ["d"]),
        ("a {/* {b */} c", ["a c"]),
    ],
)
def test_mdx_over_blank_lines(source: str, expected: list[str]) -> None:
    assert texts(source, "mdx") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{/*\na\n\n- b\n*/}\n\nc", ["c"]),
        ("a %% b %% c", ["a c"]),
        ("%%\na\n\n- b\n%%\n\nc", ["c"]),
        ("a %% b\n\nc %% d\n\ne", ["a", "d", "e"]),
        ("%% a\n- b\n%% c\nd", ["c d"]),
        ("a\n%% b %% c", ["a c"]),
        ("- a %% b\n\n  c %% d\n\ne", ["a", "d", "e"]),
        ("100%% sure\n\nand 50%%", ["100%% sure", "and 50%%"]),
        ("%% open\n\ntext", ["%% open", "text"]),
        ("`%%` a\n\n```\n%%\n```\n\nb", ["%% a", "b"]),
        ("{% comment %}\na\n\nb\n{% endcomment %}\n\nc", ["c"]),
        ("a {% comment %}b{% endcomment %} c", ["a c"]),
        ("a {%- comment -%} b\n\nc {%- endcomment -%} d", ["a", "d"]),
        ("{{% comment %}}\na\n\nb\n{{% /comment %}}\n\nc", ["c"]),
        ("a {{< comment >}}b{{< /comment >}} c", ["a c"]),
        ("{{/*\na\n\nb\n*/}}\n\nc", ["#", "c"]),
        ('{{< tab\n  "a"\n\n  b="c" >}}\nText\n{{< /tab >}}', ["#", "Text #"]),
        ("{% include a.html\n\n  b='c' %} d", ["d"]),
        ("{{ never\n\n{{ a }} b", ["{{ never", "# b"]),
        ("{#\na\n\nb\n#}\nc", ["c"]),
        ("<?php\na;\n\nb;\n?>\n\nc", ["c"]),
        ("<![CDATA[\na\n\nb\n]]>\nc", ["c"]),
        ('{\n  "a": "}",\n\n  "b": {"c": 1}\n}\n\nd', ["d"]),
        ('{"a": "b"}\nc', ["c"]),
        ('{"a": "b"} c', ['{"a": "b"} c']),
        ("---json\n{}\n---\na", ["a"]),
    ],
)
def test_what_is_no_text_continues_over_blank_lines(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"a \(b = 1\) c \[ \frac{d}{2} \] e", ["a # c # e"]),
        (r"a \\(b\\) c \\[d\\] e", ["a # c # e"]),
        (
            r"a \(n\), \(API\), \(see the API\), \[b\], \[ \], \[the API\]",
            ["a #, (API), (see the API), [b], [ ], [the API]"],
        ),
        (r"\[a\](https://b_c) \(open", [r"[a](#) (open"]),
        ("\\[\na = 1\n\n- b\n\\]\nc", ["c"]),
        ("\\\\[\na\n\\\\]\nb", ["b"]),
        ("\\begin{align}\na &= 1\n- b\n\\begin{c}\n\\end{c}\n\n+ d\n\\end{align} e\nf", ["e f"]),
        ("a \\begin{b*}c\\end{b*} d \\begin{e} f", ["a # d \\begin{e} f"]),
        ("\\begin{a}\n\nb", ["\\begin{a}", "b"]),
    ],
)
def test_formulas_of_tex(source: str, expected: list[str]) -> None:
    assert texts(source) == expected
    assert not texts(f"- {source}", "mdx")[0].startswith("\\[")


def test_kinds() -> None:
    source = (
        "# A `b` [c](d)\n\ne `f` [g `h`](i) *j*\n\n| k | `l` |\n|---|---|\n| m | [n](o) |\n\n"
        "P\nq\n---\n\n<abbr title='r'>s</abbr>\n"
    )
    assert pieces(source, RegionKind.HEADING) == ["A", "P", "q"]
    assert pieces(source, RegionKind.CODE_INLINE) == ["b", "f", "h", "l"]
    assert pieces(source, RegionKind.LINK) == ["c", "g", "n"]
    assert pieces(source, RegionKind.TABLE) == ["k", "m"]
    assert pieces(source, RegionKind.PROSE) == ["e", "j", "s", "r"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("---\na: b\n---\n\nc", [("front_matter", "---\na: b\n---\n")]),
        ("a `b` c", [("code_inline", "`b`")]),
        ("- a\n  ```sh\n  b\n  ```", [("code_block", "```sh\n  b\n  ```")]),
        ("    a\n    b", [("code_block", "a\n    b")]),
        ("a\n    ```\n    b\n    ```\nc", [("code_block", "```\n    b\n    ```")]),
        ("[a](b 'c')", [("url", "(b 'c')")]),
        ("[a][b]", [("url", "[b]")]),
        ("![`a`](b)", [("url", "(b)")]),
        ("[a]: http://b 'c'\nd", [("url", "http://b 'c'")]),
        ("a[^1]\n\n[^1]: b", []),
        ("https://a.b <c@d.e> f@g.hi", [("url", "https://a.b"), ("url", "<c@d.e>"), ("url", "f@g.hi")]),
        ("<b>a</b> <!-- c --> {{ d }}", []),
        ("a $b$\n\n$$\nc\n$$", [("math", "$b$"), ("math", "$$\nc\n$$")]),
        ("<pre>\na\n</pre>", [("code_block", "<pre>\na\n</pre>")]),
    ],
)
def test_regions(source: str, expected: list[tuple[str, str]]) -> None:
    assert regions(source) == expected


def test_open_constructs_continue_in_the_next_block() -> None:
    blocks = [block for _, block in parse("- a\n\n  ```\n  b\n\n  c\n  ```\n\nd\n\ne", "markdown")]
    assert [block.state == blocks[-1].state for block in blocks] == [False, False, False, True, True]


def test_an_abbreviation_in_html_maps_both_forms_to_the_document() -> None:
    source = '<abbr title="Long Form">LF</abbr>'
    _, block = next(parse(source, "markdown"))
    prose = block.prose
    for words in ("LF", "Long Form"):
        start = prose.text.index(words)
        assert prose.span(start, start + len(words)).of(source) == words


UNITS = (
    *(
        "[",
        "]",
        "`",
        "<",
        "*",
        "_",
        "$",
        "{{",
        "{%",
        "{",
        "](",
        "[](",
        "![",
        "<!--",
        "<code>",
        "<a ",
        '<a b="',
        "~~",
    ),
    *(
        "*a _b ",
        "[a][",
        "a@",
        "://",
        "a://",
        "\\",
        "&",
        "> ",
        "- ",
        "[^",
        "[[",
        "$$a",
        "[x]: ",
        "<?",
        "%%",
        "%% ",
        "%%\n",
        "%%a\n\n",
        "\\(",
        "\\\\[",
        "\\[\n",
        "\\begin{a}",
        "\\begin{a}\n",
        "{/*",
        "{/*\n",
        "{% comment %}\n\n",
        "{{<\n\n",
        "{\n",
        "<A\n",
        "<A {\n",
        "`a``",
        "a\n: ",
    ),
    *(
        "<a {",
        "a|b\n-|-\n",
        ":::",
        "<pre>",
        "<abbr title='x'>",
        "](<",
        '](a "',
        "aaa@",
        "(",
        "|",
        "```\n",
        "x\n",
    ),
)


@pytest.mark.parametrize("language", ["markdown", "mdx", "plaintext"])
@pytest.mark.parametrize("unit", UNITS)
def test_cost_is_linear(unit: str, language: str) -> None:
    assert_linear(lambda source: invariants.blocks(parser_for(language), source), unit, start="x")
