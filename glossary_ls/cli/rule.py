"""`glossary-ls rule`: print the page of a rule or of another code. It must not know what rules check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_ls.cli.arguments import add_json
from glossary_ls.cli.errors import InputError, fail, nearest
from glossary_ls.cli.fixing import applicability
from glossary_ls.cli.printing import print_json, print_markdown
from glossary_ls.cli.terminal import add as add_color
from glossary_ls.rules import RULES
from glossary_ls.rules.pages import address_of, codes, explanation_of, summary_of

if TYPE_CHECKING:
    import argparse

SUMMARY = "explain a rule, or another code of a report"

_SEVERITIES = {rule.CODE: rule.SEVERITY for rule in RULES}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("code", metavar="CODE", nargs="?", help="a code in a report, such as unknown-acronym")
    parser.add_argument("--all", action="store_true", help="explain all rules")
    add_json(parser)
    parser.add_argument(
        "--markdown", action="store_true", help="print Markdown, as everywhere but on a terminal"
    )
    add_color(parser)


def run(options: argparse.Namespace) -> int:
    """Print the pages; an unknown code is wrong usage."""
    if options.all == (options.code is not None):
        return fail("name a rule, or write --all; `glossary-ls rule --all --json` lists them")
    if options.code is not None and options.code not in codes():
        raise InputError(f"there is no rule {options.code!r}{nearest(options.code, sorted(codes()))}")
    named = list(_SEVERITIES) if options.all else [options.code]
    if options.json:
        rows = [_row(code) for code in named]
        print_json(rows if options.all else rows[0])
    else:
        text = "\n\n".join(explanation_of(code).rstrip() for code in named)
        print_markdown(options, text, text)
    return 0


def _row(code: str) -> dict[str, object]:
    severity = _SEVERITIES.get(code)
    return {
        "code": code,
        "summary": summary_of(code),
        "severity": severity and str(severity),
        "fix": applicability(code),
        "url": address_of(code),
        "explanation": explanation_of(code),
    }
