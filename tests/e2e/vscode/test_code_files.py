"""Source code in Visual Studio Code: our explanation stands beside what the language itself says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.e2e.vscode.code import Code

from playwright.sync_api import expect

from tests.e2e.vscode.code import Window

CODE = "/* Where the gateway is shown. */\n.zonk-state { color: red; }\n"
GLOSSARY = "zonk: A gateway that never sleeps.\n"


def test_a_hover_in_code_shows_what_both_say(browser: Browser, code: Code, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    (folder / ".git").mkdir(parents=True)
    (folder / "glossary.yaml").write_text(GLOSSARY)
    (folder / "gateway.css").write_text(CODE)
    languages = {"glossary_ls.server.languages": ["css"]}
    with Window(browser, code, folder, **languages) as window:
        window.open("gateway.css")
        shown = window.hover("zonk-state", "A gateway that never sleeps.")
        expect(shown).to_contain_text("<element class")
