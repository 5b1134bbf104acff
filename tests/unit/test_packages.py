"""Glossaries in installed Python packages."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from glossary_ls.base import paths
from glossary_ls.vfs.packages import PackageFiles, package_files

if TYPE_CHECKING:
    from pathlib import Path

#: Code that must not run.
CODE = "raise SystemExit('imported')\n"

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "acme-glossary"
version = "1.0"

[project.entry-points."glossary_ls.packs"]
acme = "acme_glossary.terms:glossary.yaml"
"""


def installed(folder: Path, name: str, points: str, *files: str) -> None:
    """Lay out a distribution as an installer does."""
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(points)
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(CODE if file.endswith(".py") else "SLO: Service Level Objective\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def test_a_package_that_pip_installed(tmp_path: Path, site: Path) -> None:
    project = tmp_path / "project"
    terms = project / "acme_glossary" / "terms"
    terms.mkdir(parents=True)
    (project / "pyproject.toml").write_text(PROJECT)
    (project / "acme_glossary" / "__init__.py").write_text(CODE)
    (terms / "glossary.yaml").write_text("SLO: Service Level Objective\n")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run(
        [*pip, "--no-index", "--target", str(site), str(project)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    expected = paths.normal(str(site / "acme_glossary" / "terms" / "glossary.yaml"))
    assert package_files("acme-glossary") == PackageFiles((expected,))
    assert package_files("Acme.Glossary") == PackageFiles((expected,))
    assert "acme_glossary" not in sys.modules


@pytest.mark.parametrize(
    ("value", "files"),
    [
        ("acme:glossary.yaml", ["acme/glossary.yaml"]),
        ("acme:data/team-terms.csv", ["acme/data/team-terms.csv"]),
        ("acme.data:deep/x.md", ["acme/data/deep/x.md"]),
        ("acme.data", ["acme/data/deep/x.md", "acme/data/team-terms.csv"]),
        ("acme", ["acme/data/deep/x.md", "acme/data/team-terms.csv", "acme/glossary.yaml"]),
        ("acme:missing.yaml", []),
        ("acme:../other/glossary.yaml", []),
        ("acme:data/../../other/glossary.yaml", []),
        ("acme:/etc/passwd", []),
        ("acme:data", []),
        ("..other:glossary.yaml", []),
        ("nowhere:glossary.yaml", []),
        ("sys:glossary.yaml", []),
    ],
)
def test_the_value_of_an_entry_point_names_files(site: Path, value: str, files: list[str]) -> None:
    names = [
        *("__init__.py", "__pycache__/x.yaml", ".hidden.yaml"),
        *("glossary.yaml", "data/team-terms.csv", "data/deep/x.md"),
    ]
    points = f"[glossary_ls.packs]\nterms = {value}\n[console_scripts]\nacme = acme:main\n"
    installed(site, "acme", points, *(f"acme/{name}" for name in names), "other/glossary.yaml")
    found = package_files("acme")
    assert [paths.relative(path, paths.normal(str(site))) for path in found.paths] == files
    problem = f"the Python package 'acme' has no file for its glossary 'terms' ({value}); ask its authors"
    assert found.problems == (() if files else (problem,))
    assert "acme" not in sys.modules


def test_the_glossaries_of_a_package_are_in_the_order_of_their_names(site: Path) -> None:
    points = "[glossary_ls.packs]\nb = acme:b.yaml\na = acme:a.yaml\nc = acme:gone.yaml\na2 = acme:b.yaml\n"
    installed(site, "acme", points, "acme/b.yaml", "acme/a.yaml")
    found = package_files("acme")
    assert [paths.name(path) for path in found.paths] == ["a.yaml", "b.yaml"]
    assert len(found.problems) == 1


def test_an_editable_package_is_found_without_running_its_code(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(site, "acme", "[glossary_ls.packs]\nacme = acme.terms:glossary.yaml\n")
    source = tmp_path / "source"
    (source / "acme" / "terms").mkdir(parents=True)
    for name in ("acme/__init__.py", "acme/terms/__init__.py"):
        (source / name).write_text(CODE)
    (source / "acme" / "terms" / "glossary.yaml").write_text("")
    monkeypatch.syspath_prepend(str(source))
    expected = paths.normal(str(source / "acme" / "terms" / "glossary.yaml"))
    assert package_files("acme") == PackageFiles((expected,))
    assert "acme" not in sys.modules


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        (
            "no-such-package",
            "the Python package 'no-such-package' is not installed beside the server; install it there",
        ),
        ("PyYAML", "the Python package 'PyYAML' has no glossary (no entry point 'glossary_ls.packs')"),
        ("../x", "'../x' is not the name of a Python package"),
        ("", "'' is not the name of a Python package"),
    ],
)
def test_a_package_without_glossaries(name: str, problem: str) -> None:
    assert package_files(name) == PackageFiles(problems=(problem,))
