"""The page on features names every request that is answered, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from lsprotocol import types

from glossary_ls.lsp.capabilities import PULL_REQUESTS, REQUESTS
from glossary_ls.lsp.registry import FEATURES
from glossary_ls.settings.schema import options

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/features.md").read_text("utf-8")
ROWS = re.findall(r"^\| `([\w/]+)` \| (.+?) \| `([\w.]+)` \| (.+?) \|$", PAGE, re.MULTILINE)


def test_every_request_has_a_row_and_every_row_a_request() -> None:
    answered = {*REQUESTS, *PULL_REQUESTS} - {types.WORKSPACE_EXECUTE_COMMAND}
    assert sorted(method for method, *_ in ROWS) == sorted(answered)


def test_each_row_names_the_setting_that_switches_it_off() -> None:
    keys = {name: option.key for name, option in options()}
    settings = {method: setting for method, _, setting, _ in ROWS}
    for feature in FEATURES:
        assert settings[feature.method] == keys[feature.setting]
    assert set(settings.values()) <= set(keys.values())


def test_each_row_is_shown_by_a_case_that_exists() -> None:
    for method, _, _, shown in ROWS:
        targets = re.findall(r"\]\(\.\./([^)]+)\)", shown)
        assert targets, method
        assert all((ROOT / target).is_file() for target in targets), method


#: What a case of the marker format says about a request, if it says something; others are sent by a test.
_VERBS = {
    "textDocument/hover": "hover",
    "textDocument/completion": "complete|has|not",
    "textDocument/inlayHint": "hint",
    "textDocument/codeAction": "actions|fix",
    "codeAction/resolve": "fix",
    "textDocument/diagnostic": "diag",
    "textDocument/definition": "def",
    "textDocument/declaration": "def",
    "textDocument/references": "refs|uses",
    "textDocument/documentHighlight": "highlight",
    "textDocument/prepareRename": "rename|refuse",
    "textDocument/rename": "rename",
    "textDocument/documentLink": "link",
    "textDocument/documentSymbol": "symbol",
    "workspace/symbol": "query",
    "textDocument/foldingRange": "fold",
    "textDocument/codeLens": "lens",
    "codeLens/resolve": "lens",
    "textDocument/semanticTokens/full": "token",
}


def test_what_shows_a_request_asks_for_it() -> None:
    for method, _, _, shown in ROWS:
        for target in re.findall(r"\]\(\.\./([^)]+)\)", shown):
            text = (ROOT / target).read_text("utf-8")
            verb = rf"^ *\^+ ({_VERBS.get(method, 'none')})\b"
            asks = re.search(verb, text, re.MULTILINE) if target.endswith(".txt") else f'"{method}"' in text
            assert asks, f"{target} does not ask for {method}"


def test_every_folder_of_cases_is_named() -> None:
    folders = {path.parent.name for path in (ROOT / "tests/cases").rglob("*.txt")}
    # Formats have pages of their own, in docs/glossaries.
    folders = {folder for folder in folders if not folder.startswith("glossary_")} - {"sources", "contextive"}
    # What a document says about itself shows in the hover and in the findings.
    assert {folder for folder in folders if f"tests/cases/{folder}/" not in PAGE} <= {"definitions"}
