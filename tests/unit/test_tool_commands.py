"""The commands about the program and the project: rule, config, doctor, schema, clean, completions."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import glossary_ls
from glossary_ls.cli import COMMANDS
from glossary_ls.rules import RULES
from glossary_ls.rules.pages import codes, summary_of
from tests.command import run

SETTINGS = """accept = ["QXA"]
packs = []

[hover]
enabled = true

[rules]
unknown-acronym = "warning"
wrong-case = "off"

[[overrides]]
paths = ["docs/**"]
accept = ["QXB"]

[overrides.rules]
unknown-acronym = "off"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "glossary-ls.toml").write_text(SETTINGS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- rule -------------------------------------------------------------------------------------------------


def test_each_code_in_the_sources_has_a_headline_in_the_manual() -> None:
    written = re.compile(r"""roblem\(\s*"([a-z\d-]+)"|^_?CODE = "([\w-]+)\"""", re.MULTILINE)
    found = {
        next(filter(None, match))
        for path in Path(glossary_ls.__file__).parent.rglob("*.py")
        for match in written.findall(path.read_text("utf-8"))
    }
    assert {"unknown-acronym", "invalid-yaml", "invalid-json", "missing-library"} <= found <= codes()
    for code in found:
        assert re.fullmatch(r"(?:An?|The|Two|Concepts) [^\[\]]{15,100}[^. ]\.", summary_of(code)), code


def test_each_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(run(capsys, "rule", "--all", "--json")[1])
    assert [row["code"] for row in rows] == [rule.CODE for rule in RULES]
    for row in rows:
        assert row["explanation"].startswith(f"# {row['code']}\n")
        assert len(row["explanation"].splitlines()) > 4
        assert row["severity"] in row["explanation"]
    assert {row["code"]: row["fix"] for row in rows}["wrong-case"] == "safe"
    # The titles of pages, and no other line of this kind.
    assert run(capsys, "rule", "--all")[1].count("\n# ") >= len(rows) - 1


def test_codes_without_a_page_of_their_own_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "rule", "not-utf-8")
    assert (code, out.splitlines()[:3]) == (0, ["# not-utf-8", "", "## What it reports"])
    assert "## How to fix it" in out
    row = json.loads(run(capsys, "rule", "unknown-setting", "--json")[1])
    assert row["severity"] is None
    assert row["url"].endswith("/docs/settings.md")
    assert {"invalid-yaml", "missing-glossary", "unknown-setting", "alias-taken"} <= codes()


# --- config -----------------------------------------------------------------------------------------------


def settings(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, tuple[object, str]]:
    """Return the value of each setting, and the lines that set it."""
    rows = json.loads(run(capsys, "config", "--json", *arguments)[1])
    return {
        row["setting"]: (row["value"], " ".join(str(origin["line"]) for origin in row["origins"]))
        for row in rows
    }


def test_config_says_where_each_value_comes_from(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = settings(capsys)
    # That a value is the default does not mean that nobody set it.
    assert found["hover.enabled"] == (True, "5")
    assert found["completion.enabled"] == (True, "")
    assert found["rules.unknown-acronym"] == ("warning", "8")
    assert found["accept"] == (["QXA"], "1")
    below = settings(capsys, "docs")
    assert below["rules.unknown-acronym"] == ("off", "16")
    assert below["rules.wrong-case"] == ("off", "9")
    # A set adds to the lower layer.
    assert below["accept"] == (["QXA", "QXB"], "1 13")
    (folder / "glossary-ls.toml").unlink()
    assert not any(lines for _, lines in settings(capsys).values())


def test_config_finds_lines_in_a_shared_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "glossary-ls.toml").unlink()
    text = """[tool.other]
accept = ["no"]
[tool.glossary-ls]
accept = ["QXA"]
hover = {enabled = false}
[[tool.glossary-ls.overrides]]
languages = ["markdown"]
max-problems = 3
diagnostics.limit = 3
"""
    (folder / "pyproject.toml").write_text(text, "utf-8")
    (folder / "a.md").write_text("A\n", "utf-8")
    found = settings(capsys, "a.md")
    assert found["accept"] == (["QXA"], "4")
    assert found["diagnostics.limit"] == (3, "9")
    # The line of an inline table is not looked for.
    assert found["hover.enabled"] == (False, "None")
    err = run(capsys, "config", "a.md", "--setting", "hover")[2]
    assert err.startswith("pyproject.toml:8:1: warning: pyproject.toml: `max-problems`: unknown setting")


def test_config_prints_lines(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "config", "docs", "--setting", "rules")
    assert (code, err) == (0, "")
    assert [line.split() for line in out.splitlines()] == [
        ["rules.unknown-acronym", '"off"', "glossary-ls.toml:16", "(override", "1)"],
        ["rules.wrong-case", '"off"', "glossary-ls.toml:9"],
    ]


# --- doctor -----------------------------------------------------------------------------------------------


def test_doctor_is_content_with_what_works(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "glossary.yaml").write_text("QXZ: Queue of Xeric Zebras\n", "utf-8")
    code, out, err = run(capsys, "doctor")
    assert (code, err) == (0, "")
    rows = [line.split(maxsplit=2) for line in out.splitlines()]
    assert ["ok", "settings", "glossary-ls.toml: 4 settings, 1 override"] in rows
    assert ["ok", "glossary", "glossary.yaml: 1 term, by its name"] in rows
    assert {"program", "Python", "engine", "cache", "command"} <= {part for _, part, _ in rows}


def test_doctor_names_what_is_broken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "glossary-ls.toml").write_text('sources = ["gone.yaml"]\nbogus = 1\n', "utf-8")
    (folder / "glossary.yaml").write_text("- term: QXZ\n  defintion: x\n", "utf-8")
    code, out, _ = run(capsys, "doctor", "--json")
    broken = [fact["text"] for fact in json.loads(out) if fact["status"] == "broken"]
    assert code == 1
    for place in ("glossary.yaml:2:3:", "glossary-ls.toml:1:1:", "glossary-ls.toml:2:1:"):
        assert [text for text in broken if text.startswith(place)]


def test_doctor_finds_editors_without_running_them(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = folder / ("nvim.bat" if os.name == "nt" else "nvim")
    program.write_text("exit 3\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(subprocess, "Popen", None)
    out = run(capsys, "doctor")[1]
    assert "Neovim (" in out
    assert "`glossary-ls` is not on the search path" in out


# --- clean ------------------------------------------------------------------------------------------------


def test_clean_removes_only_what_the_program_wrote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setattr("glossary_ls.cli.clean.cache_folder", lambda *_: str(cache))
    assert run(capsys, "clean") == (0, "The cache is empty.\n", "")
    (cache / "remote" / "0a1b").mkdir(parents=True)
    for name in ("harvest-1.json", ".harvest-1.json.tmp1", "remote/0a1b.json", "remote/0a1b/glossary.yaml"):
        (cache / name).write_text("x" * 50, "utf-8")
    (cache / "notes.txt").write_text("not ours", "utf-8")
    told = ["definitions of documents: 2 files, 0.1 kB", "copies of glossaries at URLs: 2 files, 0.1 kB"]
    assert run(capsys, "clean", "--dry-run")[1].splitlines() == [f"Would remove {each}" for each in told]
    assert (cache / "harvest-1.json").exists()
    assert run(capsys, "clean")[1].splitlines() == [f"Removed {each}" for each in told]
    assert [path.name for path in cache.iterdir()] == ["notes.txt"]
    (cache / "notes.txt").unlink()
    (cache / "a.json").write_text("x", "utf-8")
    run(capsys, "clean")
    assert not cache.exists()


# --- schema and completions -------------------------------------------------------------------------------


def test_schema(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("glossary", "settings"):
        code, out, _ = run(capsys, "schema", name)
        assert code == 0
        assert "json-schema.org" in json.loads(out)["$schema"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completions_know_each_command(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    code, out, err = run(capsys, "completions", shell)
    assert (code, err) == (0, "")
    assert [
        name for name in (*COMMANDS, "--output-format", "sarif", "unknown-acronym") if name not in out
    ] == []


#: How a shell prints the completions of a line; `$1` is the file with the completions.
_ASK = {
    "bash": 'source "$1"; COMP_WORDS=({}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _shtab_glossary_ls; '
    'printf "%s\\n" "${{COMPREPLY[@]}}"',
    "fish": 'source $argv[1]; complete -C "{}"',
}


@pytest.mark.parametrize("shell", list(_ASK))
def test_a_real_shell_completes(folder: Path, capsys: pytest.CaptureFixture[str], shell: str) -> None:
    program = shutil.which(shell)
    if program is None or os.name == "nt":
        pytest.skip(f"{shell} is not installed")
    script = folder / "completions"
    script.write_text(run(capsys, "completions", shell)[1], "utf-8")
    environment = os.environ | {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}

    def completed(line: str) -> list[str]:
        command = [program, *(["--norc"] if shell == "bash" else []), "-c", _ASK[shell].format(line)]
        name = [script] if shell == "fish" else ["x", script]
        done = subprocess.run(
            [*command, *map(str, name)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        return sorted(row.partition("\t")[0] for row in done.stdout.splitlines())

    assert completed("glossary-ls com") == ["compare", "completions"]
    assert completed("glossary-ls check --output-format s") == ["sarif"]
    assert completed("glossary-ls rule plural") == ["plural-apostrophe"]


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh_registers_the_completions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "completions").write_text(run(capsys, "completions", "zsh")[1], "utf-8")
    script = (
        'autoload -U compinit; compinit -u -D; eval "$(cat completions)"; print $_comps[glossary-ls]; '
        "whence -w $_comps[glossary-ls]"
    )
    done = subprocess.run(
        ["zsh", "-f", "-c", script], cwd=folder, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.split() == ["_shtab_glossary_ls", "_shtab_glossary_ls:", "function"]
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("rule", "wrong-cas"), "there is no rule 'wrong-cas'; did you mean 'wrong-case'?"),
        (("rule",), "name a rule, or write --all"),
        (("config", "--setting", "hover.enabld"), "no setting 'hover.enabld'; did you mean 'hover.enabled'?"),
        (("config", "nowhere"), "nowhere: no such file or folder"),
        (("completions", "fsh"), "did you mean 'fish'?"),
        (("schema", "setings"), "did you mean 'settings'?"),
        (("docter",), "did you mean 'doctor'?"),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err
