"""The survey: which files are looked at, and when what is known about them is out of date."""

from __future__ import annotations

from glossary_ls.workspace import check_all
from glossary_ls.workspace.workspace import Workspace
from tests.memory_files import MemoryFiles

FILES = {
    "/ws/glossary.yaml": "QXZT: Queue Transfer",
    "/ws/a.md": "QXZT, QXZT and QVZT.",
    "/ws/deep/b.rst": "QXZT.",
    "/ws/deep/glossary.yaml": "terms:\n- trem: x\n",
    "/ws/main.py": "# QVZT",
    "/ws/.gitignore": "left.md",
    "/ws/left.md": "QVZT",
}


def prepared() -> tuple[Workspace, MemoryFiles]:
    files = MemoryFiles(FILES)
    return Workspace(files, ["/ws", "/ws/deep"]), files


def test_documents_and_glossaries_are_looked_at_once() -> None:
    found = [path for path in check_all.files_below(prepared()[0]) if path]
    assert sorted(found) == ["/ws/a.md", "/ws/deep/b.rst", "/ws/deep/glossary.yaml", "/ws/glossary.yaml"]


def test_a_look_tells_findings_and_uses() -> None:
    space, _ = prepared()
    found = check_all.check_file(space, "/ws/a.md")
    assert found
    assert [problem.code for problem in found.findings.problems] == ["unknown-acronym"]
    assert found.uses == {("QXZT", "Queue Transfer"): 2}
    broken = check_all.check_file(space, "/ws/deep/glossary.yaml")
    assert broken
    assert broken.findings.problems
    assert check_all.check_file(space, "/ws/none.md") is None


def test_of_a_document_in_another_encoding_that_alone_is_said() -> None:
    space, files = prepared()
    files.put("/ws/a.md", b"caf\xe9 with a QVZT")
    found = check_all.check_file(space, "/ws/a.md")
    assert found
    assert [(problem.code, problem.span.start) for problem in found.findings.problems] == [("not-utf-8", 3)]
    space.configure({"diagnostics": {"enabled": False}})
    silent = check_all.check_file(space, "/ws/a.md")
    assert silent
    assert not silent.findings.problems


def test_an_open_document_is_seen_as_it_stands_in_the_editor() -> None:
    space, _ = prepared()
    space.open("file:///ws/a.md", "markdown", 1, "Nothing.")
    found = check_all.check_file(space, "/ws/a.md")
    assert found
    assert (found.findings.problems, found.uses) == ((), {})


def test_a_stamp_changes_with_the_file_its_glossary_and_the_settings() -> None:
    space, files = prepared()

    def stamp() -> tuple[object, ...] | None:
        return check_all.stamp(space, "/ws/a.md")

    first = stamp()
    assert first == stamp()
    files.put("/ws/a.md", "Else.")
    second = stamp()
    assert second != first
    space.changed(["/ws/glossary.yaml"])
    files.put("/ws/glossary.yaml", "QVZT: Queue View")
    third = stamp()
    assert third != second
    space.configure({"accept": ["QVZT"]})
    assert stamp() != third
    files.remove("/ws/a.md")
    assert stamp() is None
