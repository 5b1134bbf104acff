"""Tooltips in rendered pages: where they are, what they say, and that nothing else changes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.integrations.site import Site, Uses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GLOSSARY = """\
name: Harbor & co
terms:
  - term: SLO
    expansion: Service Level Objective
    summary: what a <b>team</b> promises
    topics: [Reliability]
  - term: quay wall
    aliases: [dock edge]
    definition: A wall that ships lie at. It is long.
    related: [SLO]
    topics: [Reliability, "Reliability!"]
  - {term: AB, expansion: Anchor Board}
  - {term: AB, expansion: Able Bodied}
  - {term: hulk, status: deprecated, replaced_by: quay wall, summary: an old ship}
  - nothing
"""

_TIP = re.compile(
    r'<span class="glossary-ls"><a class="glossary-ls-term" href="([^"]*)" aria-describedby="([^"]*)">'
    r'(.*?)</a><span class="glossary-ls-tip" id="\2" role="tooltip" data-search-exclude hidden>'
    r"(.*?)</span></span>",
    re.DOTALL,
)


@pytest.fixture(scope="module")
def annotate(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    (folder / "glossary-ls.toml").write_text("packs = []\n", "utf-8")

    @cache
    def site(uses: Uses) -> Site:
        return Site(str(folder), uses=uses)

    def annotated(html: str, uses: Uses = Uses.SECTION) -> str:
        return site(uses).with_tooltips(html, "docs/page.md", "terms/")

    return annotated


def _tips(html: str) -> list[tuple[str, str, str]]:
    """Return the address, the name and the text of each tooltip."""
    return [(where, name, text) for where, _, name, text in _TIP.findall(html)]


def test_a_term_is_a_link_to_its_entry_with_an_escaped_text(annotate: Callable[..., str]) -> None:
    assert _tips(annotate("<p>Two SLOs &amp; a dock edge.</p>")) == [
        (
            "terms/#slo",
            "SLOs",
            "<strong>Service Level Objective</strong>: What a &lt;b&gt;team&lt;/b&gt; promises.",
        ),
        ("terms/#quay-wall", "dock edge", "<strong>quay wall</strong>: A wall that ships lie at."),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>The SLO</h2>",
        '<p><a href="x">The <em>SLO</em></a></p>',
        "<pre><code>SLO</code></pre>",
        "<p><code>SLO</code> <kbd>SLO</kbd></p>",
        "<p><button>SLO</button> <abbr>SLO</abbr></p>",
        '<div class="a no-glossary"><p>SLO <br> <img src="x"> SLO</p></div>',
        '<p><span class="math">SLO</span></p>',
        "<dl><dt>SLO</dt></dl>",
        "<p>a quay <b>wall</b></p>",
        "<p>The Storage Layer Owner (SLO) counts. Ask the SLO.</p>",
        "<p>nothing</p>",
        "<script>SLO</script><!-- SLO -->",
        '<p title="SLO">x</p>',
    ],
)
def test_some_places_are_left_alone(annotate: Callable[..., str], html: str) -> None:
    assert annotate(html) == html
    # It is not over too late.
    assert len(_tips(annotate(f"{html}<p>My SLO is a quay wall, one more SLO.</p>", Uses.ALL))) >= (
        0 if "Owner" in html else 2
    )


def test_which_uses_have_tooltips(annotate: Callable[..., str]) -> None:
    html = "<p>SLO, SLO</p><h2>x</h2><p>SLO, SLO</p><div><h3>y</h3></div><p>SLO</p>"
    places = {uses: [found.start(3) for found in _TIP.finditer(annotate(html, uses))] for uses in Uses}
    assert [len(places[uses]) for uses in (Uses.PAGE, Uses.SECTION, Uses.ALL)] == [1, 3, 5]


def test_a_name_with_several_senses_has_all_of_them(annotate: Callable[..., str]) -> None:
    [(where, _, text)] = _tips(annotate("<p>The AB.</p>"))
    assert where == "terms/#ab"
    assert text == "<strong>Anchor Board</strong><br>or <strong>Able Bodied</strong>"


def test_a_deprecated_term_names_its_successor(annotate: Callable[..., str]) -> None:
    [(_, _, text)] = _tips(annotate("<p>A hulk.</p>"))
    assert text == "Deprecated; use quay wall. An old ship."


def test_the_list_has_anchors_for_senses_and_topics(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    site = Site(str(tmp_path))
    ids = re.findall(r'\bid="([^"]*)"', site.terms.html)
    assert {"slo", "ab", "ab-1", "topic--reliability", "topic--reliability-1"} <= set(ids)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]*)"', site.terms.html)) <= set(ids)
    assert site.with_list("<h1>A</h1>\n<p>[glossary-terms]</p>").count("<article") == 6
    before = site.digest
    (tmp_path / "glossary.yaml").write_text(GLOSSARY.replace("promises", "dares"), "utf-8")
    site.refresh()
    assert site.digest != before


_PIECES = (
    "SLO",
    "quay\nwall",
    " ",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<code>",
    "</code>",
    "&amp;",
    "<br/>",
    "<h2>",
)
_MORE = ("</h2>", "<a href='x'>", "</a>", "é", "<!-- SLO -->", "<", ">", "dock edge", "</div>", "<pre>", "x.")


@given(st.lists(st.sampled_from((*_PIECES, *_MORE)), max_size=20).map("".join), st.sampled_from(Uses))
def test_without_its_tooltips_a_page_is_what_it_was(
    annotate: Callable[..., str], html: str, uses: Uses
) -> None:
    found = annotate(html, uses)
    assert _TIP.sub(r"\3", found) == html
    assert "href='x'><span class=\"glossary-ls\">" not in found
