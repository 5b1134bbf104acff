"""What other repositories run in CI: the hooks of pre-commit, the GitHub action and the GitLab component."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema

from glossary_ls.cli import main, parser
from glossary_ls.markup.languages import DOCUMENT_ENDINGS

pytest.importorskip("pre_commit", reason="pre-commit (PyPI) runs the hooks")

from pre_commit.clientlib import load_config, load_manifest

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
PAGE = (ROOT / "docs/ci.md").read_text("utf-8")
PROGRAMS = Path(sys.executable).parent

#: A repository of documents.
FILES = {
    "glossary.yaml": "quay wall: {summary: a wall, aliases: [{name: dock wall, kind: avoid}]}\n",
    "docs/night shift.md": "# Night\n\nThe dock wall.\n",
    "docs/code.py": "# The ZQX.\n",
    "glossary-ls.toml": "packs = []\n",
}


def _repository(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    for arguments in (("init", "-q"), ("add", "-A"), (*identity, "commit", "-qm", "x")):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def _environment(tmp_path: Path) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return environment | {
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
    }


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_the_hooks_run_in_a_repository(tmp_path: Path) -> None:
    # As in a real installation, but with the program of this environment: an installation takes a minute.
    hooks = HOOKS.read_text("utf-8").replace("language: python", "language: system")
    hooks = re.sub(r"^  additional_dependencies: .*\n", "", hooks, flags=re.MULTILINE)
    _repository(tmp_path / "hooks", {".pre-commit-hooks.yaml": hooks})
    configuration = {
        "repos": [
            {
                "repo": str(tmp_path / "hooks"),
                "rev": _head(tmp_path / "hooks"),
                "hooks": [{"id": "glossary-ls", "verbose": True}, {"id": "glossary-ls-fix"}],
            }
        ]
    }
    work = tmp_path / "work"
    _repository(work, FILES | {".pre-commit-config.yaml": yaml.safe_dump(configuration)})
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"]
    done = subprocess.run(
        command, cwd=work, env=_environment(tmp_path), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1, done.stderr
    first, _, second = done.stdout.partition("glossary-ls --fix")
    assert "docs/night shift.md:3:5" in first
    assert "avoid-alias" in first
    assert "code.py" not in first
    assert "files were modified by this hook" in second
    assert (work / "docs/night shift.md").read_text("utf-8") == "# Night\n\nThe quay wall.\n"


def _head(folder: Path) -> str:
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout.strip()


def test_the_hooks_get_every_kind_of_document() -> None:
    for hook in load_manifest(str(HOOKS)):
        assert {name for name in DOCUMENT_ENDINGS if re.search(hook["files"], f"docs/a{name}")} == set(
            DOCUMENT_ENDINGS
        )
        assert not re.search(hook["files"], "src/a.py")
        assert hook["require_serial"]


def test_the_examples_of_the_page_fit_their_schemas(tmp_path: Path) -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    hook, *workflows, pipeline = blocks
    (tmp_path / "config.yaml").write_text(hook, "utf-8")
    [repository] = load_config(str(tmp_path / "config.yaml"))["repos"]
    assert {each["id"] for each in repository["hooks"]} <= {each["id"] for each in load_manifest(str(HOOKS))}
    for workflow in map(yaml.safe_load, workflows):
        # YAML 1.1 reads the key `on` as a truth value.
        jsonschema.validate(_with_on(workflow), get_builtin_schema("vendor.github-workflows"))
        steps = workflow["jobs"]["glossary"]["steps"]
        [given] = [each["with"] for each in steps if each["uses"].startswith("glossary-ls/")]
        assert set(given) <= set(_action()["inputs"])
        parser(["check"]).parse_args(["check", *given.get("args", "").splitlines()])
    jsonschema.validate(yaml.safe_load(pipeline), get_builtin_schema("vendor.gitlab-ci"))
    component = _component()[0]
    [included] = yaml.safe_load(pipeline)["include"]
    assert set(included["inputs"]) <= set(component["spec"]["inputs"])


def _with_on(workflow: dict[Any, Any]) -> dict[str, Any]:
    return {"on" if name is True else name: value for name, value in workflow.items()}


@pytest.mark.parametrize("title", ["GitHub Actions", "GitLab"])
def test_the_page_lists_the_inputs_and_their_defaults(title: str) -> None:
    section = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([\w-]+)` \| .*? \| (?:`(.*?)`)? ?\|$", section, re.MULTILINE)
    inputs = _action()["inputs"] if title == "GitHub Actions" else _component()[0]["spec"]["inputs"]
    assert dict(rows) == {name: each["default"] for name, each in inputs.items()}


# --- the action of GitHub ---------------------------------------------------------------------------------


def _action() -> dict[str, Any]:
    action: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return action


def test_the_action_fits_the_schema_and_expands_nothing_in_scripts() -> None:
    action = _action()
    jsonschema.validate(action, get_builtin_schema("vendor.github-actions"))
    assert not [step for step in action["runs"]["steps"] if "${{" in step.get("run", "")]


@pytest.mark.skipif(sys.platform == "win32", reason="bash here is not that of GitHub")
def test_the_script_of_the_action_annotates_lines(tmp_path: Path) -> None:
    _repository(tmp_path, FILES)
    *_, step = _action()["runs"]["steps"]
    values = {
        "PATHS": "docs/night shift.md\ndocs/code.py",
        "ARGS": "--select\navoid-alias",
        "FORMAT": "github",
    }
    assert set(values) == set(step["env"])
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env=_environment(tmp_path) | values,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::notice file=docs/night shift.md,line=3,")
    assert done.stdout.count("\n") == 1


# --- the component of GitLab ------------------------------------------------------------------------------


def _component() -> tuple[dict[str, Any], str]:
    """Return the head of the component, and the text of its jobs."""
    head, _, jobs = (ROOT / "templates/check.yml").read_text("utf-8").partition("\n---\n")
    return yaml.safe_load(head), jobs


def _jobs(**inputs: str) -> dict[str, Any]:
    """Return the jobs as GitLab puts them together: inputs are filled in as text."""
    head, jobs = _component()
    values = {name: each["default"] for name, each in head["spec"]["inputs"].items()} | inputs
    filled = re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: values[found[1]], jobs)
    assert "$[[" not in filled
    result: dict[str, Any] = yaml.safe_load(filled)
    return result


def test_the_component_fits_the_schema() -> None:
    schema = get_builtin_schema("vendor.gitlab-ci")
    jsonschema.validate(_component()[0], schema)
    jsonschema.validate(_jobs(), schema)


def test_the_script_of_the_component_writes_the_report_that_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _repository(tmp_path, FILES)
    monkeypatch.chdir(tmp_path)
    [job] = _jobs(paths="docs", args="--select avoid-alias").values()
    program, *arguments = shlex.split(job["script"][-1])
    assert program.endswith("/glossary-ls")
    assert main(arguments) == 1
    report = json.loads((tmp_path / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    assert [row["location"]["path"] for row in report] == ["docs/night shift.md"]
