"""docs/getting-started.md is a story that is true: each output is what the commands before it print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import story

if TYPE_CHECKING:
    from pathlib import Path


def test_the_outputs_are_what_the_commands_print(tmp_path: Path) -> None:
    page = story.PAGE.read_text("utf-8")
    assert story.told(page, tmp_path) == page, "run: make generate"
    # It ends well.
    assert page.count("```sh\nglossary-ls check\n") == 2
    *_, last = page.split("```text\n")
    assert last.startswith("No problems in 4 files\nThe glossary lacks nothing that 3 documents use.\n")
