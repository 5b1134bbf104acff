"""The workspace: layers of glossaries and settings, and what changes them."""

from __future__ import annotations

import gc
import sys
import weakref
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_ls.base import paths
from glossary_ls.base.text import Encoding
from glossary_ls.features.references import references
from glossary_ls.glossary import store
from glossary_ls.vfs.files import DiskFiles
from glossary_ls.workspace import merging
from glossary_ls.workspace.term_search import WorkspaceLibrary
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles
from tests.pointing import places

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from glossary_ls.analysis.document import Document
    from glossary_ls.vfs.files import FolderItem, Signature

DOC, YAML = "file:///ws/docs/a.md", "file:///ws/glossary.yaml"
QUIET: dict[str, object] = {"packs": []}


def term(name: str, expansion: str) -> str:
    return f"version: 1\nterms:\n- term: {name}\n  expansion: {expansion}\n"


def workspace(contents: dict[str, str], text: str = "XQZT", **options: object) -> Workspace:
    files = MemoryFiles(contents, user_folder="/user/glossary-ls")
    result = Workspace(files, ["/ws"], Encoding.UTF16)
    result.configure({**QUIET, **options})
    result.open(DOC, "markdown", 1, text)
    return result


def files_of(space: Workspace) -> MemoryFiles:
    files = space.files
    assert isinstance(files, MemoryFiles)
    return files


def document(space: Workspace, uri: str = DOC) -> Document:
    found = space.snapshot(uri)
    assert found is not None
    return found


def expansions(space: Workspace, name: str = "XQZT", uri: str = DOC) -> list[str]:
    return [found.expansion for found in document(space, uri).glossary.senses(name)]


def test_the_nearest_glossary_comes_first() -> None:
    space = workspace(
        {
            "/user/glossary-ls/glossary.yaml": term("XQZT", "user"),
            "/ws/glossary.yaml": term("XQZT", "root"),
            "/ws/docs/.glossary/team.yaml": term("XQZT", "docs"),
            "/ws/doc/glossary.yaml": term("XQZT", "a folder whose name starts alike"),
            "/ws/docs/below/glossary.yaml": term("XQZT", "below"),
            "/glossary.yaml": term("XQZT", "outside"),
            "/ws/terms/extra.yaml": term("XQZT", "named"),
        },
        glossaries=["terms/extra.yaml"],
    )
    assert expansions(space) == ["docs", "root", "named", "user"]


def test_the_users_glossary_can_be_switched_off() -> None:
    contents = {"/user/glossary-ls/glossary.yaml": term("XQZT", "user")}
    assert expansions(workspace(contents)) == ["user"]
    assert expansions(workspace(contents, userGlossary=False)) == []


def test_packs_come_last_and_can_be_switched_off() -> None:
    space = workspace({"/ws/glossary.yaml": term("API", "Another Perfect Idea")}, packs=["common-tech"])
    assert expansions(space, "API")[0] == "Another Perfect Idea"
    assert len(expansions(space, "API")) == 2
    space.configure(QUIET)
    assert len(expansions(space, "API")) == 1


def test_a_document_outside_the_workspace_has_its_own_folder() -> None:
    space = workspace(
        {"/other/glossary.yaml": term("XQZT", "beside"), "/glossary.yaml": term("XQZT", "above")}
    )
    space.open("file:///other/x.md", "markdown", 1, "XQZT")
    assert expansions(space, uri="file:///other/x.md") == ["beside"]


def test_a_document_without_a_file_belongs_to_the_first_root() -> None:
    space = workspace({"/ws/glossary.yaml": term("XQZT", "root")})
    space.open("untitled:Untitled-1", "markdown", 1, "XQZT")
    assert expansions(space, uri="untitled:Untitled-1") == ["root"]


def test_the_innermost_root_counts() -> None:
    space = workspace(
        {"/ws/glossary-ls.toml": "accept = ['A']", "/ws/docs/glossary-ls.toml": "accept = ['B']"}
    )
    assert document(space).settings.accept == {"A"}
    space.set_roots(["/ws", "/ws/docs", "/ws/doc"])
    assert document(space).settings.accept == {"B"}


def test_a_snapshot_is_the_same_until_something_changes() -> None:
    space = workspace({"/ws/glossary.yaml": term("XQZT", "root")})
    first = document(space)
    assert document(space) is first
    assert space.changed(["/ws/README.md"]) is False
    assert document(space) is first
    space.change(DOC, 2, [((0, 0), (0, 0), "The ")])
    assert document(space).text.source == "The XQZT"
    assert document(space).glossary is first.glossary


@pytest.mark.parametrize(
    ("uri", "language"), [("file:///ws/a.rst", "restructuredtext"), ("untitled:a", "plaintext")]
)
def test_a_document_whose_language_the_editor_does_not_know(uri: str, language: str) -> None:
    space = workspace({})
    space.open(uri, "", 1, "XQZT")
    assert document(space, uri).language == language


def test_documents_in_one_folder_share_a_glossary() -> None:
    space = workspace({"/ws/glossary.yaml": term("XQZT", "root")})
    space.open("file:///ws/docs/b.md", "markdown", 1, "")
    assert document(space).glossary is document(space, "file:///ws/docs/b.md").glossary


@pytest.mark.parametrize("told", ["watcher", "poll"])
def test_a_glossary_that_changes_appears_and_goes(told: str) -> None:
    space = workspace({})
    files = files_of(space)

    def hear(path: str, *, deleted: bool = False) -> bool:
        if told == "watcher":
            return space.changed([] if deleted else [path], [path] if deleted else [])
        return any([space.poll(), space.poll()])

    assert expansions(space) == []
    files.put("/ws/docs/glossary.yaml", term("XQZT", "new"))
    assert hear("/ws/docs/glossary.yaml")
    assert expansions(space) == ["new"]
    files.put("/ws/docs/glossary.yaml", term("XQZT", "newer"))
    assert hear("/ws/docs/glossary.yaml")
    assert expansions(space) == ["newer"]
    files.remove("/ws/docs/glossary.yaml")
    assert hear("/ws/docs/glossary.yaml", deleted=True)
    assert expansions(space) == []
    assert hear("/ws/docs/other.md") is False


def test_a_file_that_vanishes_for_a_moment_stays_in_force() -> None:
    space = workspace({"/ws/glossary.yaml": term("XQZT", "root")})
    assert expansions(space) == ["root"]
    files_of(space).remove("/ws/glossary.yaml")
    space.poll()
    space.changed(["/ws/glossary.yaml"])
    assert expansions(space) == ["root"]
    files_of(space).put("/ws/glossary.yaml", term("XQZT", "saved"))
    space.poll()
    assert expansions(space) == ["saved"]


def test_a_deleted_folder_takes_its_glossaries_along() -> None:
    space = workspace({"/ws/docs/.glossary/a.yaml": term("XQZT", "docs")})
    assert expansions(space) == ["docs"]
    files_of(space).remove("/ws/docs/.glossary/a.yaml")
    assert space.changed([], ["/ws/docs/.glossary"])
    assert expansions(space) == []


def test_the_editors_text_of_a_glossary_wins() -> None:
    space = workspace({"/ws/glossary.yaml": term("XQZT", "saved")})
    space.open("file:///ws/glossary.yaml", "yaml", 1, term("XQZT", "draft"))
    assert expansions(space) == ["draft"]
    space.change("file:///ws/glossary.yaml", 2, [(None, None, term("XQZT", "second draft"))])
    assert expansions(space) == ["second draft"]
    space.close("file:///ws/glossary.yaml")
    assert expansions(space) == ["saved"]


def test_a_draft_that_is_not_saved_yet_counts_until_it_is_closed() -> None:
    space = workspace({})
    assert expansions(space) == []
    space.open("file:///ws/docs/glossary.yaml", "yaml", 1, term("XQZT", "draft"))
    assert expansions(space) == ["draft"]
    space.close("file:///ws/docs/glossary.yaml")
    assert expansions(space) == []


def test_a_broken_glossary_shows_its_problems_and_keeps_its_terms() -> None:
    space = workspace({"/ws/glossary.yaml": term("XQZT", "good") + "- term: ABCD\n  expansion: fine\n"})
    assert expansions(space) == ["good"]
    files_of(space).put(
        "/ws/glossary.yaml", "version: 1\nterms:\n- term: [XQZT\n- term: ABCD\n  expansion: new\n"
    )
    space.changed(["/ws/glossary.yaml"])
    assert expansions(space) == ["good"]
    assert expansions(space, "ABCD") == ["new"]
    findings = space.findings("file:///ws/glossary.yaml")
    assert findings is not None
    assert "invalid-yaml" in {problem.code for problem in findings.problems}
    files_of(space).put("/ws/glossary.yaml", term("ABCD", "repaired"))
    space.changed(["/ws/glossary.yaml"])
    assert expansions(space) == []


def test_gitignore_is_read_again() -> None:
    space = workspace({"/ws/glossary.yaml": term("XQZT", "root")})
    files_of(space).put("/ws/.gitignore", "*.glossary.yaml\n")
    files_of(space).put("/ws/team.glossary.yaml", term("ABCD", "team"))
    space.changed(["/ws/.gitignore", "/ws/team.glossary.yaml"])
    assert expansions(space, "ABCD") == []
    files_of(space).put("/ws/.gitignore", "")
    space.changed(["/ws/.gitignore"])
    assert expansions(space, "ABCD") == ["team"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("glossary-ls.toml", 'accept = ["A"]\n'),
        ("pyproject.toml", '[tool.glossary-ls]\naccept = ["A"]\n'),
        ("pyproject.toml", '[tool."glossary-ls"]\naccept = ["A"]\n'),
    ],
)
def test_the_configuration_file(name: str, text: str) -> None:
    space = workspace({f"/ws/{name}": text}, accept=["B"])
    assert document(space).settings.accept == {"A", "B"}
    files_of(space).put(f"/ws/{name}", text.replace("A", "C"))
    assert space.changed([f"/ws/{name}"])
    assert document(space).settings.accept == {"B", "C"}


def test_a_configuration_file_is_polled() -> None:
    space = workspace({})
    assert document(space).settings.accept == set()
    files_of(space).put("/ws/glossary-ls.toml", 'accept = ["A"]')
    assert space.poll()
    assert document(space).settings.accept == {"A"}
    assert not space.poll()


def test_problems_of_the_configuration_stand_at_their_lines() -> None:
    text = (
        'accept = ["A"]\n\n[completion]\nlimit = "many"\n\n[rules]\nunknown-acronim = "off"\n[dignostics]\n'
    )
    space = workspace({"/ws/glossary-ls.toml": text})
    assert document(space).settings.accept == {"A"}
    findings = space.findings("file:///ws/glossary-ls.toml")
    assert findings is not None
    lines = {findings.text.line_column(problem.span.start)[0] for problem in findings.problems}
    assert lines == {4, 6, 8}


def test_a_configuration_that_is_no_toml_keeps_the_last_settings() -> None:
    space = workspace({"/ws/glossary-ls.toml": 'accept = ["A"]\n'})
    assert document(space).settings.accept == {"A"}
    files_of(space).put("/ws/glossary-ls.toml", 'accept = ["A"]\npacks = [\n')
    space.changed(["/ws/glossary-ls.toml"])
    assert document(space).settings.accept == {"A"}
    findings = space.findings("file:///ws/glossary-ls.toml")
    assert findings is not None
    assert [problem.code for problem in findings.problems] == ["invalid-toml"]


def test_the_number_of_findings_is_capped() -> None:
    many = " ".join(f"QX{letter}Z" for letter in "ABCDEFGH")
    space = workspace({}, many, **{"diagnostics.limit": 3})
    findings = space.findings(DOC)
    assert findings is not None
    assert len(findings.problems) == 3


def test_diagnostics_can_be_switched_off() -> None:
    space = workspace({}, "QXZT", **{"diagnostics.enabled": False})
    findings = space.findings(DOC)
    assert findings is not None
    assert findings.problems == ()


def test_reloading_forgets_what_was_read() -> None:
    files = MemoryFiles({"/ws/glossary.yaml": "QXZT: Queue Transfer"})
    space = Workspace(files, ["/ws"])
    assert space.glossary_of("/ws/a.md").senses("QXZT")
    files.remove("/ws/glossary.yaml")
    files.put("/ws/.glossary.yaml", "QVZT: Queue View")
    assert space.glossary_of("/ws/a.md").senses("QXZT")
    space.reload()
    assert not space.glossary_of("/ws/a.md").senses("QXZT")
    assert space.glossary_of("/ws/a.md").senses("QVZT")


def test_a_glossary_that_an_edit_replaced_is_let_go() -> None:
    space = workspace({"/ws/glossary.yaml": term("QXZT", "Queue Transfer")}, "The QXZT transfer of an XVZT.")
    space.open(YAML, "yaml", 1, term("QXZT", "Queue Transfer"))
    space.findings(DOC)
    first = weakref.ref(document(space).glossary)
    for version in range(2, merging._MOST_MERGED + 4):
        space.change(YAML, version, [((3, 13), (3, 13), "x")])
        space.findings(DOC)
        space.findings(YAML)
    gc.collect()
    assert first() is None


edits = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 9),
        st.integers(0, 4),
        st.integers(0, 9),
        st.text("aXQ 😀\n\r", max_size=4),
    ),
    max_size=8,
)


@given(edits)
def test_a_document_that_was_edited_equals_one_that_was_opened(
    changes: list[tuple[int, int, int, int, str]],
) -> None:
    space = workspace({}, "The 😀 XQZT\nand\r\nAXQ here")
    for number, (line, column, last, end, text) in enumerate(changes):
        space.change(DOC, number + 2, [((line, column), (last, end), text)])
        document(space)
    edited = document(space)
    space.open("file:///ws/docs/b.md", "markdown", 1, edited.text.source)
    fresh = document(space, "file:///ws/docs/b.md")
    assert edited.analysis.mentions == fresh.analysis.mentions
    assert edited.analysis.candidates == fresh.analysis.candidates


class Silent(MemoryFiles):
    """A disk that must not be asked any more once it is `sealed`."""

    sealed = False

    def _ask(self) -> None:
        assert not self.sealed, "the disk was asked"

    @property
    def user_folder(self) -> str:
        self._ask()
        return super().user_folder

    def read(self, path: str) -> bytes:
        self._ask()
        return super().read(path)

    def list_folder(self, folder: str) -> Sequence[FolderItem]:
        self._ask()
        return super().list_folder(folder)

    def signature(self, path: str) -> Signature | None:
        self._ask()
        return super().signature(path)

    def resolve(self, path: str) -> str:
        self._ask()
        return super().resolve(path)


def test_asking_for_what_is_in_force_touches_neither_disk_nor_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contents = {
        "/ws/glossary.yaml": "SLO: Service Level Objective\n",
        "/ws/terms/more.yaml": "SLI: Service Level Indicator\n",
        "/ws/glossary-ls.toml": 'glossaries = ["terms/more.yaml", "terms/none.yaml"]\n',
        "/user/glossary.yaml": "SLA: Service Level Agreement\n",
    }
    files = Silent(contents, user_folder="/user")
    space = Workspace(files, ["/ws"])
    space.open("file:///ws/a.md", "markdown", 1, "The SLO.")
    first = space.snapshot("file:///ws/a.md")
    assert first is not None
    files.sealed = True
    monkeypatch.setattr(store, "data_names", None)
    assert space.snapshot("file:///ws/a.md") is first
    space.change("file:///ws/a.md", 2, [((0, 0), (0, 0), "SLI, SLA. ")])
    document = space.snapshot("file:///ws/a.md")
    assert document is not None
    assert {mention.term.name for mention in document.analysis.mentions} == {"SLO", "SLI", "SLA"}
    assert space.findings("file:///ws/a.md") is not None
    # What was looked up for a document holds for the others of its folder.
    assert space.glossary_of("/ws/b.md").senses("SLO")


def test_a_snapshot_changes_nothing_for_other_documents() -> None:
    space = Workspace(MemoryFiles(), ["/ws"])
    space.open("file:///ws/a.md", "markdown", 1, "The quantum transfer zone (QTZ).")
    space.open("file:///ws/b.md", "markdown", 1, "The QTZ.")
    before = space.revision, space.definition_index.revision, space.definition_index.definitions_of("/ws")
    space.snapshot("file:///ws/a.md")
    space.findings("file:///ws/a.md")
    assert (
        space.revision,
        space.definition_index.revision,
        space.definition_index.definitions_of("/ws"),
    ) == before
    space.record_definitions("file:///ws/a.md")
    assert space.definition_index.definitions_of("/ws").find("QTZ")


@pytest.mark.parametrize("is_reported", [True, False])
def test_a_glossary_that_the_settings_name_may_come_into_being_later(*, is_reported: bool) -> None:
    space = workspace({"/ws/glossary-ls.toml": 'glossaries = ["terms.yaml"]\n'}, "An SLO.")
    assert not document(space).analysis.mentions
    files_of(space).put("/ws/terms.yaml", term("SLO", "Service Level Objective"))
    assert space.changed(["/ws/terms.yaml"]) if is_reported else space.poll()
    assert document(space).analysis.mentions


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_folder_that_is_a_link_has_the_documents_of_its_real_path(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    (real / "docs").mkdir(parents=True)
    (real / "glossary.yaml").write_text(term("SLO", "Service Level Objective"))
    (real / "docs" / "b.md").write_text("An SLO.")
    link.symlink_to(real)
    root = paths.normal(str(link))
    space = Workspace(DiskFiles(), [root], Encoding.UTF16)
    space.configure(QUIET)
    uri = paths.to_uri(paths.normal(str(real / "docs" / "a.md")))
    space.open(uri, "markdown", 1, "The SLO, and a quantum transfer zone (QTZ).")
    opened = document(space, uri)
    assert [mention.term.name for mention in opened.analysis.mentions] == ["SLO"]
    assert opened.path == f"{root}/docs/a.md"
    space.record_definitions(uri)
    assert space.definition_index.definitions_of(root).find("QTZ")
    library = WorkspaceLibrary(space)
    assert library.uri(opened.path) == uri
    found = references(opened, 5, library, declaration=False)
    assert [path for path, _ in places(found)] == [opened.path, f"{root}/docs/b.md"]
    (real / "glossary.yaml").write_text(term("SLI", "Service Level Indicator"))
    assert space.changed([paths.normal(str(real / "glossary.yaml"))])
    assert not document(space, uri).analysis.mentions
    assert space.close(uri)
