"""Files for registries and package managers: they parse, fit their schemas, and agree with each other."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import glossary_ls
from tests import addresses

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMULA = PACKAGING / "homebrew/glossary-ls.rb"
NIX = PACKAGING / "nix/package.nix"
MASON = PACKAGING / "mason/package.yaml"

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_there_is_one_address() -> None:
    found = {path.name: addresses.repositories(path.read_text("utf-8")) for path in addresses.FILES}
    assert found == {path.name: {addresses.repository()} for path in addresses.FILES}


def test_another_address_replaces_the_whole_of_the_old_one() -> None:
    text = 'a = "https://old.example/o/glossary-ls/issues"\nb = "https://pypi.org/project/glossary-ls"\n'
    replaced = addresses.with_repository(text, "https://git.example/me/glossary-ls")
    assert replaced == text.replace("https://old.example/o/", "https://git.example/me/")


def test_there_is_one_version() -> None:
    version = glossary_ls.__version__
    assert json.loads((ROOT / "editors/vscode/package.json").read_text("utf-8"))["version"] == version
    assert f"/glossary_ls-{version}.tar.gz" in FORMULA.read_text("utf-8")
    assert f'version = "{version}";' in NIX.read_text("utf-8")
    assert yaml.safe_load(MASON.read_text("utf-8"))["source"]["id"] == f"pkg:pypi/glossary-ls@{version}"


def test_the_recipes_have_the_dependencies() -> None:
    names = {re.split(r"[^\w.-]", line)[0].lower() for line in PROJECT["dependencies"]}
    resources = set(re.findall(r'resource "(.+?)"', FORMULA.read_text("utf-8")))
    assert names <= resources
    assert names == set(re.findall(r"^    python3Packages\.(\w+)$", NIX.read_text("utf-8"), re.MULTILINE))


def test_each_resource_of_the_formula_has_a_hash() -> None:
    text = FORMULA.read_text("utf-8")
    assert len(re.findall(r'^ +sha256 "[0-9a-f]{64}"$', text, re.MULTILINE)) == text.count(" url ")


@pytest.mark.skipif(not shutil.which("ruby"), reason="there is no Ruby")
def test_the_formula_is_ruby() -> None:
    subprocess.run(["ruby", "-c", FORMULA], check=True, capture_output=True, timeout=60)


@pytest.mark.skipif(not shutil.which("nix-instantiate"), reason="there is no Nix")
def test_the_expression_is_nix() -> None:
    subprocess.run(["nix-instantiate", "--parse", NIX], check=True, capture_output=True, timeout=60)


def test_the_entry_of_mason_has_the_keys_of_its_schema() -> None:
    entry = yaml.safe_load(MASON.read_text("utf-8"))
    required = {"name", "description", "homepage", "licenses", "languages", "categories", "source"}
    assert required <= set(entry) <= required | {"bin", "neovim", "schemas"}
    assert entry["bin"] == {name: f"pypi:{name}" for name in PROJECT["scripts"]}
    assert (ROOT / "editors/nvim/lsp" / f"{entry['neovim']['lspconfig']}.lua").exists()
    assert {entry["licenses"][0]} == {PROJECT["license"]}


def test_the_entry_of_lspconfig_names_the_address_first() -> None:
    lines = (ROOT / "editors/nvim/lsp/glossary_ls.lua").read_text("utf-8").splitlines()
    assert lines[:4] == ["---@brief", "---", f"--- {addresses.repository()}", "---"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_fits_the_schema_and_may_do_little(path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        str(path),
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout
    assert yaml.safe_load(path.read_text("utf-8"))["permissions"] == {"contents": "read"}


def test_nothing_is_published_without_a_variable_and_an_environment() -> None:
    release = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))
    # YAML 1.1 reads the key `on` as a truth value.
    assert release[True] == {"push": {"tags": ["v[0-9]+.[0-9]+.[0-9]+"]}}
    jobs = release["jobs"]
    assert set(jobs) == {"build", "pypi", "marketplace", "openvsx", "site"}
    page = (PACKAGING / "README.md").read_text("utf-8")
    for name, job in jobs.items():
        text = json.dumps(job)
        if name == "build":
            assert "secrets." not in text
            continue
        variable = f"PUBLISH_{name.upper()}"
        assert job["if"] == f"vars.{variable} == 'true'"
        assert f"`{variable}=true`" in page
        assert job["environment"]
        assert job["needs"] == "build"
        assert not re.search(r"\bnpm publish|twine upload", text)
    assert jobs["pypi"]["permissions"] == {"id-token": "write"}


def test_every_python_is_tested_on_every_system() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]
    matrix = jobs["systems"]["strategy"]["matrix"]
    classifiers = {line.rpartition(" ")[2] for line in PROJECT["classifiers"] if " :: 3." in line}
    assert set(matrix["python"]) == classifiers
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "windows", "macos"}
    needed = PROJECT["requires-python"].removeprefix(">=")
    assert min(classifiers, key=lambda version: int(version.partition(".")[2])) == needed


def test_every_dependency_is_locked_with_hashes() -> None:
    lines = (PACKAGING / "requirements.txt").read_text("utf-8").replace("\\\n", "").splitlines()
    rows = dict(line.split("==", 1) for line in lines if not line.startswith("#"))
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["fast"]]
    assert {re.split(r"[<>=]", each)[0].lower() for each in wanted} <= set(rows)
    for name, row in rows.items():
        assert re.fullmatch(r"[\d.]+(\s+--hash=sha256:[0-9a-f]{64})+\s*", row), name
