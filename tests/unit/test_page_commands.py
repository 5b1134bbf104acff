"""The commands in the pages work: those of the server, targets of make, scripts of npm, extras of pip."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from glossary_ls.cli import main, parser

ROOT = Path(__file__).parents[2]
FOLDERS = ("*.md", "docs/**/*.md", "editors/*/*.md", "packaging/*.md")
PAGES = {
    page.relative_to(ROOT).as_posix(): page.read_text("utf-8")
    for folder in FOLDERS
    for page in sorted(ROOT.glob(folder))
    if "CHANGELOG" not in page.name
}

#: Code in a line of text, and the lines of blocks for a shell.
_INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_SHELL = re.compile(r"^ *```(?:sh|console)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"\s+#.*")

#: What the pages call the things of their readers, and what stands for them here.
PLACES = {
    "COMMAND": "check",
    "FILE:LINE:COLUMN": "docs/runbook.md:3:5",
    "FILE": "docs/runbook.md",
    "TERM": "SLO",
}
#: These need the network, as URLs and clusters do, or run until they are ended; `--review` needs a person.
ONLY_PARSED = frozenset({"fetch", "mcp", "serve"})
#: The files that examples name.
WORKSPACE = {
    "docs/runbook.md": "# Runbook\n\nThe SLO of the team.\n",
    "docs/acronyms.csv": "term,expansion\nSLO,Service Level Objective\n",
    "terms/slo.md": "---\ntitle: SLO\n---\nService Level Objective\n",
    "list.txt": "SLI\tService Level Indicator\n",
    "glossary-baseline.json": '{"version": 1, "findings": []}',
    ".glossary.yaml": "DNS: {expansion: Domain Name System, topics: [Networking]}\n",
}


def _commands(text: str) -> list[str]:
    """Return the commands in a page."""
    lines = [line for block in _SHELL.findall(text) for line in block.splitlines()]
    inline = _INLINE.findall(_SHELL.sub("", text))
    return [_COMMENT.sub("", line).strip().removeprefix("$ ") for line in [*lines, *inline]]


def _of(program: str) -> list[str]:
    """Return the different commands that start a program, without its name."""
    start = f"{program} "
    found = [command for text in PAGES.values() for command in _commands(text)]
    return sorted({command.removeprefix(start) for command in found if command.startswith(start)})


@pytest.mark.parametrize("command", _of("glossary-ls"))
def test_a_command_runs(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in WORKSPACE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    shutil.copytree(ROOT / "docs/demo", tmp_path / "docs/demo")
    if "--merge" in command:
        (tmp_path / "glossary.yaml").write_text("SLO: Service Level Objective\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    if "--changed" in command:
        commit = ("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--allow-empty", "-mx")
        for arguments in (("init",), commit):
            subprocess.run(["git", *arguments], check=True, capture_output=True)
    words = [PLACES.get(word, word) for word in shlex.split(command)]
    if len(words) == 1 and words[0] in {"import", "fetch"}:
        # The name of the command, in a text about it.
        assert words[0] in parser().format_help()
    elif words[0] == "help":
        with pytest.raises(SystemExit, match=r"^0$"):
            main(words)
        assert "usage: glossary-ls" in capsys.readouterr().out
    elif words[0] in ONLY_PARSED or {"--watch", "--review", "--dask"} & set(words) or "://" in command:
        assert parser([words[0]]).parse_args(words).run
    else:
        # Documents may have diagnostics; everything else must succeed.
        code = main(words)
        said = capsys.readouterr()
        assert code in ({0, 1} if words[0] == "check" and "--fail-on" not in words else {0}), said.err
        says = {"export", "import", "sources", "--fix", "--diff", "--write-baseline"}
        assert says & set(words) or said.err == ""


def test_the_commands_of_the_readme_run_in_a_checkout(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    commands = re.findall(r"^\| `glossary-ls (.+?)` \|", PAGES["README.md"], re.MULTILINE)
    assert len(commands) == 5
    for command in commands:
        assert main(command.split()) == 0, command
        assert capsys.readouterr().err == ""


def test_the_own_pages_have_no_findings_but_those_of_the_demo(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    main(["check", "--quiet", "docs"])
    found = capsys.readouterr().out.splitlines()
    # A hint is about a definition in another document, here in the examples of tests. The page about accuracy
    # lists acronyms that are not defined.
    assert [
        line
        for line in found
        if not line.startswith(("docs/demo/", "docs/quality.md")) and ": hint: " not in line
    ] == []


def test_the_targets_of_make_exist() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = {word for command in _of("make") for word in command.split() if "=" not in word}
    assert {"demo", "test", "dist", "site", "vsix"} <= named <= set(targets)


def test_the_help_of_make_lists_every_target_of_the_pages() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    described = set(re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE))
    assert {word for command in _of("make") for word in command.split() if "=" not in word} <= described


def test_the_scripts_of_npm_exist() -> None:
    scripts = set(json.loads((ROOT / "editors/vscode/package.json").read_text("utf-8"))["scripts"])
    named = {command.split()[-1] for command in _of("npm") if command != "ci"}
    assert {"package", "check", "test"} <= named <= scripts


def test_each_line_that_installs_the_server_brings_the_fast_engine() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [line for text in PAGES.values() for line in text.splitlines()]
    installing = [line for line in lines if re.search(r"\bpipx install |\buv tool install \"", line)]
    assert len(installing) >= 5
    assert [line for line in installing if not re.search(r"\[fast[],]", line)] == []
    extras = {name for line in lines for name in re.findall(r"(?:glossary-ls|CHECKOUT|\.)\[(\w+)\]", line)}
    assert {"fast", "skos"} <= extras <= set(project["optional-dependencies"])


def test_the_commands_of_visual_studio_code_exist() -> None:
    package = json.loads((ROOT / "editors/vscode/package.json").read_text("utf-8"))
    titles = {f"{each['category']}: {each['title']}" for each in package["contributes"]["commands"]}
    pages = PAGES["docs/editors/vscode.md"] + PAGES["editors/vscode/README.md"]
    named = set(re.findall(r"(?:\*|^\| )(Glossary: [^*|]+?)(?:\*| \|)", pages, re.MULTILINE))
    assert named
    assert named <= titles
    settings = {key for each in package["contributes"]["configuration"] for key in each["properties"]}
    own = set(re.findall(r"`(glossary_ls\.(?:server|trace)\.[\w.]+)", pages))
    assert own
    assert own <= settings


@pytest.mark.parametrize("name", ["docs/editors/neovim.md", "editors/nvim/doc/glossary_ls.txt"])
def test_the_keys_of_neovim_are_in_its_pages(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert {"gra", "grn", "grr"} <= set(re.findall(r"\bgr\w\b", text))
