"""The tables of commands and options in the manual, and which rules `check` can fix."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from glossary_ls import cli
from glossary_ls.cli import check, coverage, harvest
from glossary_ls.cli.fixing import applicability
from glossary_ls.rules import DOCUMENT_RULES

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


def coverage_options() -> str:
    """Return one table of the options of `glossary-ls coverage`, in Markdown."""
    parser = argparse.ArgumentParser(prog="glossary-ls coverage")
    coverage.add(parser)
    rows = "\n".join(row for group in parser._action_groups for row in _rows(group, parser))
    return f"| Option | Effect |\n| --- | --- |\n{rows}"


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


#: Where the options of a command have tables of their own.
_DESCRIBED = {"check": "see above", "coverage": "see above", "harvest": "see [harvest.md](harvest.md)"}


def commands() -> str:
    """Return a row for each command: what it does, and its options."""
    rows = []
    for name in cli.COMMANDS:
        known = argparse.ArgumentParser(add_help=False)
        module = cli.module_of(name)
        module.add(known)
        written = _DESCRIBED.get(name) or ", ".join(f"`{each}`" for each in _written(known))
        rows.append(f"| `{name}` | {module.SUMMARY[:1].upper()}{module.SUMMARY[1:]} | {written} |")
    return "| Command | Effect | Arguments |\n| --- | --- | --- |\n" + "\n".join(rows)


def _written(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield each argument of a command as its user writes it."""
    for action in parser._actions:
        value = str(action.metavar or (action.dest.upper() if action.nargs != 0 else ""))
        if action.choices and not action.metavar:
            value = "/".join(map(str, action.choices))
        yield " ".join(filter(None, (*action.option_strings[-1:], value)))


def fixes() -> str:
    """Return a row for each rule for documents: whether `--fix` makes its fix."""
    rows = "\n".join(
        f"| [{rule.CODE}](rules/{rule.CODE}.md) | {_FIXES[applicability(rule.CODE)]} |"
        for rule in DOCUMENT_RULES
    )
    return f"| Rule | Fix |\n| --- | --- |\n{rows}"


_FIXES = {
    "safe": "safe: `--fix`",
    "unsafe": "unsafe: `--fix --unsafe-fixes`",
    None: "in the editor, or by hand",
}
