"""Overrides and scopes: settings and terms for some documents, and errors in their patterns."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from glossary_ls.base import globs
from glossary_ls.base.text import Encoding
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

CONFIG = """\
accept = ["ALL"]
hover.enabled = false

[[overrides]]
paths = ["docs/adr/**", "!docs/adr/template.md"]
accept = ["ADR"]
hover.enabled = true

[overrides.rules]
unknown-acronym = "off"

[[overrides]]
languages = ["PlainText"]
completion.limit = 5

[[overrides]]
paths = ["*.txt"]
languages = ["plaintext", "text"]
completion = { limit = 7 }
"""


def workspace(config: str = CONFIG, name: str = "glossary-ls.toml", **editor: object) -> Workspace:
    space = Workspace(MemoryFiles({f"/ws/{name}": config}), ["/ws"], Encoding.UTF16)
    space.configure(editor)
    return space


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("docs/adr/1.md", "docs/adr/**", True),
        ("docs/adr/x/1.md", "docs/adr/**", True),
        ("docs/adr.md", "docs/adr/**", False),
        ("x/docs/adr/1.md", "docs/adr/**", False),
        ("x/docs/adr/1.md", "**/adr/*.md", True),
        ("x/adr/1.md", "adr/", True),
        ("a/b.md", "*.md", True),
        ("a/b.md", "/*.md", False),
        ("a/b.md", "a", True),
    ],
)
def test_globs_have_gitignore_semantics(path: str, pattern: str, *, expected: bool) -> None:
    assert globs.matches([pattern], path) is expected
    assert globs.complaint(pattern) == ""


@pytest.mark.parametrize(
    "pattern", ["", "   ", "#x", "/", "[a", "docs\\adr", "../x", "a/../b", "~/x", "C:/x", "a\\"]
)
def test_a_glob_that_cannot_match_is_an_error(pattern: str) -> None:
    assert globs.complaint(pattern)


def test_an_invalid_line_disables_only_itself() -> None:
    assert globs.matches(["a\\", "*.md"], "x.md")


def test_later_overrides_take_precedence_and_apply_to_their_documents() -> None:
    space = workspace()
    adr, template = space.settings_of("/ws/docs/adr/1.md"), space.settings_of("/ws/docs/adr/template.md")
    assert adr.accept == {"ALL", "ADR"}
    assert adr.hover
    assert adr.severities["unknown-acronym"] == "off"
    assert template.accept == {"ALL"}
    assert not template.hover
    assert space.settings_of("/ws/a.md", "plaintext").completion_limit == 5
    assert space.settings_of("/ws/a.txt").completion_limit == 7
    assert space.settings_of("/ws/a.txt", "markdown").completion_limit == 100
    assert space.settings_of("/elsewhere/docs/adr/1.md").hover


def test_the_language_of_an_open_document_counts() -> None:
    space = workspace()
    space.open("file:///ws/a.txt", "markdown", 1, "")
    assert space.settings_of("/ws/a.txt").completion_limit == 100
    document = space.snapshot("file:///ws/a.txt")
    assert document is not None
    assert document.settings.completion_limit == 100
    space.open("untitled:1", "plaintext", 1, "")
    draft = space.snapshot("untitled:1")
    assert draft is not None
    assert draft.settings.completion_limit == 5


def test_overrides_take_precedence_over_editor_settings() -> None:
    space = workspace(rules={"unknown-acronym": "error"}, completion={"limit": 9})
    assert space.settings_of("/ws/docs/adr/1.md").severities["unknown-acronym"] == "off"
    assert space.settings_of("/ws/docs/adr/1.md").completion_limit == 9
    assert space.settings_of("/ws/a.md").severities["unknown-acronym"] == "error"


def test_documents_with_the_same_overrides_share_their_settings() -> None:
    space = workspace()
    assert space.settings_of("/ws/docs/adr/1.md") is space.settings_of("/ws/docs/adr/2.md")
    assert space.glossary_of("/ws/docs/adr/1.md") is space.glossary_of("/ws/x.md")


def test_packs_may_differ_by_path() -> None:
    space = workspace('[[overrides]]\npaths = ["law/**"]\npacks = []\n')
    assert not space.glossary_of("/ws/law/a.md").senses("API")
    assert space.glossary_of("/ws/a.md").senses("API")


def test_a_shared_file_may_have_overrides() -> None:
    text = '[[tool.glossary-ls.overrides]]\npaths = ["a.md"]\naccept = ["X"]\n'
    assert workspace(text, "pyproject.toml").settings_of("/ws/a.md").accept == {"X"}


WRONG = """\
[[overrides]]
paths = ["docs/**"]
completion.limit = 5

[[overrides]]
paths = [
  "good/**",
  "../bad",
]
completion.limit = 0
acept = ["A"]

[[overrides]]
accept = ["A"]

[[overrides]]
paths = 5

[[overrides]]
paths = ["[x"]
diagnostics.enabled = false

[overrides.rules]
no-such-rule = "off"
"""


def test_errors_are_reported_at_their_line_and_disable_only_themselves() -> None:
    space = workspace(WRONG)
    assert space.settings_of("/ws/docs/a.md").completion_limit == 5
    assert space.settings_of("/ws/good/a.md").diagnostics
    assert space.settings_of("/ws/other.md").accept == set()
    findings = space.findings("file:///ws/glossary-ls.toml")
    assert findings is not None
    assert [(findings.text.line_column(each.span.start)[0], each.code) for each in findings.problems] == [
        (8, "invalid-setting"),
        (11, "unknown-setting"),
        (10, "invalid-setting"),
        (13, "invalid-setting"),
        (17, "invalid-setting"),
        (20, "invalid-setting"),
        (23, "invalid-setting"),
    ]


@pytest.mark.parametrize("text", ["overrides = 5", "overrides = {}", "overrides = [5]"])
def test_overrides_must_be_a_list_of_tables(text: str) -> None:
    space = workspace(text)
    space.settings_of("/ws/a.md")
    findings = space.findings("file:///ws/glossary-ls.toml")
    assert findings is not None
    assert [problem.code for problem in findings.problems] == ["invalid-setting"]


def test_an_unreadable_file_keeps_its_last_overrides() -> None:
    space = workspace()
    assert space.settings_of("/ws/docs/adr/1.md").hover
    files = space.files
    assert isinstance(files, MemoryFiles)
    files.put("/ws/glossary-ls.toml", CONFIG + "\n[")
    space.changed(["/ws/glossary-ls.toml"])
    assert space.settings_of("/ws/docs/adr/1.md").hover


def test_the_schema_has_overrides() -> None:
    root = Path(__file__).parents[2]
    schema: Any = json.loads((root / "data/schema/settings.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    assert validator.is_valid(tomllib.loads(CONFIG))
    assert not validator.is_valid({"overrides": [{"accept": ["A"]}]})
    assert not validator.is_valid({"overrides": [{"paths": ["a"], "acept": ["A"]}]})


# --- the scope of a term ----------------------------------------------------------------------------------

TERMS = """\
version: 1
terms:
- term: QXZ
  expansion: Everywhere Known
- term: QXL
  expansion: Law Only
  scope: ["law/**"]
- term: QXD
  expansion: Drafts
  scope: ["*.draft.md", "!secret.draft.md"]
"""


def known(space: Workspace, path: str) -> list[str]:
    glossary = space.glossary_of(path)
    return [name for name in ("QXZ", "QXL", "QXD") if glossary.senses(name)]


@pytest.mark.parametrize("name", ["team/glossary.yaml", "team/.glossary/law/terms.yaml"])
def test_a_term_out_of_scope_does_not_exist(name: str) -> None:
    space = Workspace(MemoryFiles({f"/ws/{name}": TERMS}), ["/ws"])
    space.configure({"packs": []})
    assert known(space, "/ws/team/law/a.md") == ["QXZ", "QXL"]
    assert known(space, "/ws/team/a.md") == ["QXZ"]
    assert known(space, "/ws/team/law/a.draft.md") == ["QXZ", "QXL", "QXD"]
    assert known(space, "/ws/team/secret.draft.md") == ["QXZ"]
    assert known(space, "/ws/law/a.md") == []
    assert space.glossary_of("/ws/team/law/a.md") is space.glossary_of("/ws/team/law/b.md")


def test_globs_of_a_glossary_from_elsewhere_are_relative_to_the_workspace_folder() -> None:
    files = MemoryFiles({"/user/glossary.yaml": TERMS, "/ws/terms/t.yaml": TERMS}, user_folder="/user")
    named: dict[str, object] = {"packs": [], "userGlossary": False, "glossaries": ["terms/t.yaml"]}
    own: dict[str, object] = {"packs": []}
    for settings in (named, own):
        space = Workspace(files, ["/ws"])
        space.configure(settings)
        assert known(space, "/ws/law/a.md") == ["QXZ", "QXL"]
        assert known(space, "/ws/a.md") == ["QXZ"]


def test_without_a_path_every_term_exists() -> None:
    space = Workspace(MemoryFiles({"/ws/glossary.yaml": TERMS}), ["/ws"])
    space.configure({"packs": []})
    assert known(space, "") == ["QXZ", "QXL", "QXD"]


def test_a_glossary_that_changes_is_narrowed_anew() -> None:
    files = MemoryFiles({"/ws/glossary.yaml": TERMS})
    space = Workspace(files, ["/ws"])
    space.configure({"packs": []})
    assert known(space, "/ws/a.md") == ["QXZ"]
    files.put("/ws/glossary.yaml", TERMS.replace("law/**", "a.md"))
    space.changed(["/ws/glossary.yaml"])
    assert known(space, "/ws/a.md") == ["QXZ", "QXL"]
