"""Fragments of each markup, of which property tests of the parsers make documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKDOWN = (
    *("a", "GPU", "Load balancing", "x_y", "1", "\xe9", "\U0001f600", " ", "  ", "    ", "\t", "\n"),
    *("\n\n", "\r\n", "\r", "# ", "> ", ">", "- ", "* ", "1. ", "2) ", "---", "===", "+++", "```", "~~~"),
    *("`", "``", "$$", "$", ": ", ":::", "| a | b |", "|---|---|", "|", "\\|", "[a](b)", "[", "]", "("),
    *(")", "![", "[x]: http://y", "[^1]: ", "[^1]", "*[A]: b", "**", "*", "_", "~~", "==", "\\", "&amp;"),
    *("<b>", "</b>", "<!--", "-->", "<pre>", "</pre>", "<", ">", '<abbr title="Long Form">LF</abbr>'),
    *("<code>", "</code>", "<td>", "{{ x }}", "{% x %}", "{{", "{%", "{", "}", "https://a.b/c"),
    *("www.a.b", "a@b.cd", "://", "@", "!!! note", '=== "T"', "[!NOTE]", "{note}", "import a", "key: v"),
    *("{abbr}`A (b)`", "[[A|b]]", "{#id}", "- [ ] ", "<http://a>", "{% highlight x %}"),
    *("{% endhighlight %}", "%%", "{/*", "*/}", "{% comment %}", "{% endcomment %}", "{{< x", ">}}"),
    *("{#", "#}", "<?", "?>", "<A ", "={", "\\(", "\\)", "\\[", "\\]", "\\begin{a}", "\\end{a}"),
    *('{"a": ', "\x0c"),
)

_RESTRUCTUREDTEXT = (
    *("a", "GPU", "Load balancing", "x_", "__", "\xe9", "\U0001f600", " ", "  ", "   ", "\t", "\n", "\n"),
    *("\n\n", "\r\n", "\r", "\n   ", "===", "----", "=== ===", "=====\n", "`", "``", "*", "**", "|", "_"),
    *(":", "::", "::\n\n   ", ":ref:`a <b>`", ":abbr:`A (b)`", ":x:", "`a <http://b>`_", "`a`_", "[1]_"),
    *("[", "]", "\\", "<", ">", ".. ", "..", ".. note::", ".. code-block:: x", ".. list-table:: T"),
    *(".. csv-table:: T", ".. math::", ".. [1] ", ".. _x: y", ".. |x| replace:: y", "   :opt: v\n"),
    *("   * - a\n", "     - b\n", "* - ", "- ", "1. ", "#. ", ">>> ", "| ", '"a, b", ', "+---+---+\n"),
    *("| a | b |\n", "+---+", "--opt=X  ", ":Field: ", "https://a.b/c", "a@b.cd", "www.a.b", "> "),
    "\x0c",
)

_ASCIIDOC = (
    *("a", "GPU", "Load balancing", "\xe9", "\U0001f600", " ", "  ", "\t", "\n", "\n", "\n\n", "\r\n"),
    *("\r", "\x0c", "= ", "== ", "----\n", "....\n", "++++\n", "////\n", "|===\n", "====\n", "--\n"),
    *("```\n", "|", "a|", "2+|", "\\|", "[source]\n", "[stem]\n", "[NOTE]\n", "NOTE: ", ".T\n", "* "),
    *("- ", ". ", "1. ", "a:: ", "::", ";;", "+\n", " +\n", "`", "``", "`+", "*", "**", "_", "__", "#"),
    *("##", "+", "+++", "^", "~", "{a}", "{", "}", "<<a,b>>", "<<", ">>", "link:x[y]", "kbd:[x]"),
    *("stem:[x]", "footnote:[x]", "image::x[y]\n", "[", "]", "[[a]]", "((", "))", "(((a)))"),
    *("https://a.b/c[d^]", "https://a.b", "a@b.cd", "www.a.b", ":n: v\n", "// c\n", "\\", "'''\n"),
    *("-----\n", "include::a[]\n"),
)

_ORG = (
    *("a", "GPU", "\xe9", "\U0001f600", " ", "  ", "\t", "\n", "\n", "\n\n", "\r\n", "\r", "* "),
    *("** TODO ", ":a:b:", "- ", "+ ", "1. ", "[ ] ", "a :: ", "|", "| a | b |", "|---+---|", "# "),
    *("#+title: ", "#+", ": ", ":PROPERTIES:", ":END:", "#+begin_src x", "#+end_src", "#+begin_quote"),
    *("#+begin_comment", "#+end_comment", "SCHEDULED: <", "=", "~", "*", "/", "_", "+", "[[a][b]]"),
    *("[[a]]", "[", "]", "[fn:1]", "[fn::", "<2024-01-01>", "<<a>>", "<<<a>>>", "$", "$$", "\\(", "\\)"),
    *("\\[", "\\]", "\\begin{a}", "\\end{a}", "\\\\", "{{{a}}}", "@@a:b@@", "src_a{b}", "<"),
    *("https://a.b/c", "a@b.cd", "://", "www.", "-----", "[cite:@a]", ">"),
)

_HTML = (
    *("a", "GPU", "\xe9", " ", "\t", "\n", "\n\n", "\r\n", "\r", "<b>", "</b>", "<p>", "</p>", "<br/>"),
    *("<", ">", "&amp;", "<!--", "-->", "<script>", "</script>", "<style x>", "</style>", "<pre>"),
    *("</pre>", "<?php", "?>", "<![CDATA[", "]]>", '<a href="x">', "</a>", "<td>", "<code>", "</code>"),
    *("{{ x }}", "{% y %}", "https://a.b", "a@b.cd", "<x y='"),
)

_CODE = (
    *("a", "GPU", "Load balancing", " ", "    ", "\t", "\n", "\n", "\n\n", "\r\n", "\r", "\xe9"),
    *("\U0001f600", "\x0c", "#", "# ", "//", "/// ", "/*", "/**", "*/", " * ", "--", "--[[", "]]", "{-"),
    *("-}", "=begin\n", "\n=end\n", ";", "'", '"', '"""', "'''", "`", "\\", 'r#"', '"#', "<<EOF\n"),
    *("\nEOF\n", "$$", "<#", "#>", "@'", "(*", "*)", "def f():\n    ", "x = ", "(", "{", "}", "- "),
    *("TODO(me): ", "@param x ", ":param x: ", "`a`", "```", "<b>", "</b>", "https://a.b/c", "a@b.cd"),
    *("Copyright (c) 2020", "noqa", "[a](b)", "{@code x}", "&amp;", "a = b;", "Args:\n    x: "),
    "::\n\n  ",
)

#: The fragments, by language; those of source code stand for all of its languages.
FRAGMENTS = {
    "markdown": _MARKDOWN,
    "mdx": _MARKDOWN,
    "plaintext": _MARKDOWN,
    "restructuredtext": _RESTRUCTUREDTEXT,
    "asciidoc": _ASCIIDOC,
    "org": _ORG,
    "html": _HTML,
    "code": _CODE,
}


def sources(fragments: Sequence[str]) -> st.SearchStrategy[str]:
    """Return documents that are made of fragments."""
    return st.lists(st.sampled_from(fragments), max_size=24).map("".join)
