"""The tables of options in docs/command-line.md and docs/harvest.md, and which rules `check` can fix."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from glossary_ls.cli import check, harvest
from glossary_ls.rules import DOCUMENT_RULES, expand_first_use
from glossary_ls.rules.shared import replacement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def options() -> str:
    """Return a table for each group of options of `glossary-ls check`, in Markdown."""
    return _options("check", check.add)


def harvest_options() -> str:
    """Return the same for `glossary-ls harvest`."""
    return _options("harvest", harvest.add)


def _options(command: str, add: Callable[[argparse.ArgumentParser], None]) -> str:
    parser = argparse.ArgumentParser(prog=f"glossary-ls {command}")
    add(parser)
    return "\n\n".join(_table(group, parser) for group in parser._action_groups)


def _table(group: argparse._ArgumentGroup, parser: argparse.ArgumentParser) -> str:
    title = "Arguments" if group.title == "positional arguments" else str(group.title).capitalize()
    rows = "\n".join(_rows(group, parser))
    return f"### {title}\n\n| Option | Effect |\n| --- | --- |\n{rows}"


def _rows(group: argparse._ArgumentGroup, parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in group._group_actions:
        value = action.metavar or ("" if action.nargs == 0 else "VALUE")
        if action.nargs == "?":
            value = f"[{value}]"
        names = ", ".join(f"`{f'{name} {value}'.strip()}`" for name in action.option_strings) or "`PATH ...`"
        effect = (action.help or "") % {**vars(action), "prog": parser.prog}
        if action.choices:
            effect += f": {', '.join(f'`{choice}`' for choice in action.choices)}"
        yield f"| {names} | {effect[:1].upper()}{effect[1:]} |"


def fixes() -> str:
    """Return a row for each rule for documents: whether `--fix` makes its fix."""
    rows = "\n".join(
        f"| [{rule.CODE}](rules/{rule.CODE}.md) | {_applicability(rule.CODE, rule.fixes)} |"
        for rule in DOCUMENT_RULES
    )
    return f"| Rule | Fix |\n| --- | --- |\n{rows}"


def _applicability(code: str, function: object) -> str:
    if function is replacement.fixes:
        return "safe: `--fix`"
    if function is replacement.definition_fixes or code == expand_first_use.CODE:
        return "unsafe: `--fix --unsafe-fixes`"
    return "in the editor, or by hand"
