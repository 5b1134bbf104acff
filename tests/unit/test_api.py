"""The Python interface: the examples of its page, and what it does at the edges."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from glossary_ls import api

PAGE = Path(__file__).parents[2] / "docs/python-api.md"
_FILE = re.compile(r'^```\w+ title="(?P<name>[^"]+)"\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)

GLOSSARY = "SLO: Service Level Objective\n"


def test_the_examples_of_the_page_are_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text("utf-8")
    for file in _FILE.finditer(text):
        path = tmp_path / file["name"]
        path.parent.mkdir(exist_ok=True)
        path.write_text(file["text"], "utf-8")
    flags = doctest.IGNORE_EXCEPTION_DETAIL
    result = doctest.testfile(str(PAGE), module_relative=False, optionflags=flags, encoding="utf-8")
    assert result.attempted > 8
    assert result.failed == 0


def test_the_fields_of_a_term_are_those_that_the_page_lists() -> None:
    listed = PAGE.read_text("utf-8").partition("A `Term` is")[2].partition("\n\n")[0]
    assert re.findall(r"`(\w+)`", listed) == list(api.Term.__dataclass_fields__)


def test_a_wrong_setting_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(api.ProjectError, match="packs"):
        api.open_project(str(tmp_path), settings={"packs": 3})


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(api.ProjectError, match=r"gone\.md"):
        api.open_project(str(tmp_path)).check("gone.md")


def test_a_change_on_the_disk_is_seen_after_a_refresh(tmp_path: Path) -> None:
    project = api.open_project(str(tmp_path), settings={"packs": []})
    assert project.lookup("SLO") == ()
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    assert project.refresh()
    assert [term.expansion for term in project.lookup("SLO")] == ["Service Level Objective"]
    assert not project.refresh()


def test_the_glossaries_of_a_folder_count_for_its_documents_only(tmp_path: Path) -> None:
    (tmp_path / "ops").mkdir()
    (tmp_path / "ops/glossary.yaml").write_text(GLOSSARY, "utf-8")
    project = api.open_project(str(tmp_path), settings={"packs": []})
    assert project.lookup("SLO") == ()
    assert [term.name for term in project.lookup("SLO", "ops/a.md")] == ["SLO"]
    assert [term.name for term in project.terms()] == ["SLO"]
    assert [mention.text for mention in project.mentions("An SLO.", "ops/a.md")] == ["SLO"]
    assert project.mentions("An SLO.", "a.md") == ()


def test_a_built_in_term_has_no_path(tmp_path: Path) -> None:
    project = api.open_project(str(tmp_path))
    [term, *_] = project.lookup("DNS")
    place = project.place_of(term)
    assert project.is_built_in(term)
    assert place is not None
    assert (place.path, place.glossary) == ("", "Common technology")
    assert project.terms() == ()
    assert term in project.terms(packs=True)


def test_what_a_text_defines_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, "utf-8")
    project = api.open_project(str(tmp_path), settings={"packs": []})
    found = project.mentions("The Storage Layer Owner (SLO) knows. Ask the SLO.")
    assert {mention.own_meaning for mention in found} == {"Storage Layer Owner"}
    found = project.mentions("The service level objective (SLO) counts. Our SLO.")
    assert {mention.own_meaning for mention in found} == {""}


def test_problems_in_glossaries_are_findings(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("terms:\n  - trem: SLO\n", "utf-8")
    project = api.open_project(str(tmp_path), settings={"packs": []})
    project.lookup("SLO")
    found = project.check_glossaries()
    assert {finding.path for finding in found} == {"glossary.yaml"}
    assert project.check("glossary.yaml") == found


def test_importing_the_interface_is_cheap() -> None:
    program = "import sys; import glossary_ls.api; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in run.stdout.split()}
    assert not loaded & {"pygls", "lsprotocol", "cattrs", "asyncio", "mkdocs", "sphinx", "mcp", "docutils"}
