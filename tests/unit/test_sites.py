"""The plugins of MkDocs, Python-Markdown and Sphinx build real sites with tooltips and a page of terms."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("mkdocs", reason="the extra mkdocs brings MkDocs")
pytest.importorskip("sphinx", reason="the extra sphinx brings Sphinx")

from markdown import Markdown
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File
from sphinx.application import Sphinx

from glossary_ls.integrations.markdown import GlossaryExtension

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/sites.md").read_text("utf-8")

GLOSSARY = """\
name: Harbor
terms:
  - {term: SLO, expansion: Service Level Objective, summary: a <b>promise</b>, topics: [Reliability]}
  - {term: quay wall, definition: A wall that ships lie at., related: [SLO]}
"""
FILES = {
    "glossary.yaml": GLOSSARY,
    "docs/index.md": "# The SLO\n\nThe SLO, `SLO`, DNS and an SLO.\n\n## Next\n\nThe SLO of the crane.\n",
    "docs/ops/run.md": "# Run\n\nA quay wall, an SLO and a derrick.\n",
    "docs/ops/glossary.yaml": "derrick: a crane on a ship\n",
    "docs/off.md": "---\nglossary: false\n---\n# Off\n\nThe SLO.\n",
}
_LINK = re.compile(r'class="glossary-ls-term" href="([^"]*)"')


def example(name: str) -> str:
    """Return the example of a file in the page."""
    found = re.search(rf'^```\w+ title="{re.escape(name)}"\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def _links(page: Path) -> list[str]:
    return _LINK.findall(page.read_text("utf-8"))


# --- MkDocs -----------------------------------------------------------------------------------------------


def test_mkdocs_builds_tooltips_and_a_page_of_terms(tmp_path: Path) -> None:
    _write(tmp_path, FILES | {"mkdocs.yml": example("mkdocs.yml").replace("page", "section")})
    build(load_config(str(tmp_path / "mkdocs.yml"), strict=True))
    site = tmp_path / "site"
    assert _links(site / "index.html") == ["glossary/#slo"] * 2
    # The glossary of a folder counts for its pages.
    assert _links(site / "ops/run/index.html") == [
        f"../../glossary/#{anchor}" for anchor in ("quay-wall", "slo", "derrick")
    ]
    assert _links(site / "off/index.html") == []
    terms = (site / "glossary/index.html").read_text("utf-8")
    assert {"slo", "quay-wall", "derrick", "topic--reliability"} <= set(re.findall(r'id="([^"]*)"', terms))
    assert not _LINK.search(terms)
    assert "<h1" in terms
    index = (site / "index.html").read_text("utf-8")
    for name in ("assets/glossary-ls.css", "assets/glossary-ls.js"):
        assert f'"{name}"' in index
        assert (site / name).exists()
    found = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    texts = {row["location"]: row["text"] for row in found}
    # The search has no tooltips, but the terms.
    assert texts["#next"] == "The SLO of the crane."
    assert texts["glossary/#quay-wall--name"].startswith("A wall that ships lie at.")


def test_mkdocs_fills_a_page_that_exists(tmp_path: Path) -> None:
    page = "# Words\n\nOurs, such as SLO.\n\n[glossary-terms]\n"
    options = "site_name: x\nplugins: [{glossary-ls: {page: words.md, uses: all, packs: true}}]\n"
    files = {"docs/words.md": page, "docs/index.md": "The SLO, SLO and DNS.\n", "glossary.yaml": GLOSSARY}
    _write(tmp_path, {**files, "mkdocs.yml": options})
    build(load_config(str(tmp_path / "mkdocs.yml")))
    terms = (tmp_path / "site/words/index.html").read_text("utf-8")
    assert "Ours, such as SLO." in terms
    assert 'id="slo"' in terms
    assert _links(tmp_path / "site/index.html") == ["words/#slo", "words/#slo", "words/#dns"]
    assert not (tmp_path / "site/glossary").exists()


def test_mkdocs_annotates_pages_that_plugins_make(tmp_path: Path) -> None:
    _write(
        tmp_path, {"docs/index.md": "# A\n", "glossary.yaml": GLOSSARY, "glossary-ls.toml": "packs = []\n"}
    )
    _write(tmp_path, {"mkdocs.yml": "site_name: x\nplugins: [glossary-ls]\n"})
    config = load_config(str(tmp_path / "mkdocs.yml"))

    def made(files: Files, *, config: MkDocsConfig) -> Files:
        files.append(File.generated(config, "ops/made.md", content="The SLO.\n"))
        return files

    config.plugins.events["files"].append(made)
    build(config)
    assert _links(tmp_path / "site/ops/made/index.html") == ["../../glossary/#slo"]


def test_mkdocs_names_a_page_of_terms_without_its_list(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _write(tmp_path, {"docs/glossary.md": "# Ours\n", "mkdocs.yml": "site_name: x\nplugins: [glossary-ls]\n"})
    build(load_config(str(tmp_path / "mkdocs.yml")))
    assert "glossary.md: there is no paragraph [glossary-terms]" in caplog.text


def test_mkdocs_says_what_is_wrong(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    _write(tmp_path, {"docs/index.md": "x\n", "glossary.yaml": "terms: [{trem: SLO, term: [}]\n"})
    _write(tmp_path, {"mkdocs.yml": "site_name: x\nplugins: [glossary-ls]\n"})
    with pytest.raises(Abort):
        build(load_config(str(tmp_path / "mkdocs.yml"), strict=True))
    assert "glossary.yaml:1: " in caplog.text


# --- Python-Markdown --------------------------------------------------------------------------------------


def test_a_page_of_python_markdown_has_tooltips(tmp_path: Path) -> None:
    _write(tmp_path, FILES)
    extension = GlossaryExtension(root=str(tmp_path), page="/terms/", uses="page")
    html = Markdown(extensions=[extension]).convert(FILES["docs/index.md"])
    assert _LINK.findall(html) == ["/terms/#slo"]
    assert html.count("<style>") == 1
    assert 'id="slo"' in Markdown(extensions=[extension]).convert("# Words\n\n[glossary-terms]\n")
    assert "<style>" not in Markdown(extensions=[extension]).convert("Nothing.\n")


# --- Sphinx -----------------------------------------------------------------------------------------------

RST = {
    "glossary.yaml": GLOSSARY,
    "index.rst": "The SLO\n=======\n\nThe SLO, ``SLO`` and an SLO.\n\n.. toctree::\n\n   ops/run\n   off\n",
    "ops/run.rst": "Run\n===\n\nA quay wall, :doc:`the SLO </index>` and an SLO.\n",
    "off.rst": ":glossary: off\n\nOff\n===\n\nThe SLO.\n",
}


def _sphinx(folder: Path, builder: str = "html", **options: object) -> Sphinx:
    app = Sphinx(
        str(folder),
        str(folder),
        str(folder / "out"),
        str(folder / "trees"),
        builder,
        confoverrides=options,
        status=None,
        warning=None,
        warningiserror=True,
    )
    app.build()
    return app


def test_sphinx_builds_tooltips_and_a_page_of_terms(tmp_path: Path) -> None:
    _write(tmp_path, RST | {"conf.py": example("conf.py")})
    _sphinx(tmp_path)
    out = tmp_path / "out"
    assert _links(out / "index.html") == ["glossary-terms.html#slo"]
    assert _links(out / "ops/run.html") == ["../glossary-terms.html#quay-wall", "../glossary-terms.html#slo"]
    assert _links(out / "off.html") == []
    assert 'id="slo"' in (out / "glossary-terms.html").read_text("utf-8")
    for name in ("glossary-ls.css", "glossary-ls.js"):
        assert name in (out / "index.html").read_text("utf-8")
        assert (out / "_static" / name).exists()
    # A changed term changes pages that have not changed.
    (tmp_path / "glossary.yaml").write_text(GLOSSARY.replace("promise", "dare"), "utf-8")
    (tmp_path / "words.rst").write_text(":orphan:\n\nWords\n=====\n\n[glossary-terms]\n", "utf-8")
    _sphinx(tmp_path, glossary_ls_page="words")
    assert "&lt;b&gt;dare" in (out / "index.html").read_text("utf-8")
    assert _links(out / "index.html") == ["words.html#slo"]
    assert 'id="slo"' in (out / "words.html").read_text("utf-8")


def test_sphinx_leaves_books_alone(tmp_path: Path) -> None:
    _write(tmp_path, RST | {"conf.py": example("conf.py")})
    _sphinx(tmp_path, "singlehtml")
    assert _links(tmp_path / "out/index.html") == []
