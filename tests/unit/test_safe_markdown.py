"""Markdown from a glossary: nothing that it contains runs, is fetched or opens by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from glossary_ls.features.safe_markdown import is_safe_link, safe

PARSER = MarkdownIt("gfm-like", {"html": True, "linkify": False})
# What a client does with a link that it thinks unsafe is its own affair.
setattr(PARSER, "validateLink", lambda url: True)  # noqa: ARG005, B010  because mypy objects to an assignment

PIECES = st.sampled_from(
    [
        *("[x](", "[x]: ", "![", "](", ")", "<", ">", "<b>", "</b>", "<!--", "-->", "`", "``", "```\n", "\\"),
        *("|", " ", "\n", "command:a", "javascript:b", "JavaScript&colon;c", "data:x", "file:///etc/passwd"),
        *("//host/a", "\\\\host\\a", "https://a.example", "../a.md", "[x]", "- ", "> ", "\n\n"),
        *("&#106;avascript:", "| a |\n|---|\n", "~~~\n", "'", '"'),
    ]
)


def dangers(markdown: str) -> list[str]:
    found = []
    for token in PARSER.parse(markdown):
        for each in (token, *(token.children or ())):
            target = str(each.attrs.get("href") or "")
            if each.type in {"html_block", "html_inline", "image"} or not is_safe_link(target):
                found.append(each.content or target)
    return found


@given(st.lists(PIECES, max_size=14).map("".join))
def test_nothing_dangerous_is_left(markdown: str) -> None:
    assert dangers(safe(markdown)) == []


@pytest.mark.parametrize(
    "text",
    [
        "See [the page](https://a.example/x) and [ours](../a.md#b), <https://a.example>, `<b>` and `[x]`.",
        "a < b, x <= y, List of [things], [1]: a note",
        "```html\n<b>\n```\n",
        r"\<b> and \[x]",
        "| a | b |\n|---|---|\n| `x` | [y](z) |",
    ],
)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[x](command:a)", r"[x]\(command:a)"),
        ("[x]: javascript:a\n[x]", "[x]\\: javascript:a\n[x]"),
        ("![x](https://a)", r"!\[x](https://a)"),
        ("<img src=x>", r"\<img src=x>"),
        ("<command:x>", r"\<command:x>"),
        (r"\`<b>`", r"\`\<b>`"),
    ],
)
def test_dangerous_text_is_shown_as_it_is_written(text: str, shown: str) -> None:
    assert safe(text) == shown
