"""Which rules report: `--select`, `--ignore` and `--extend-select`, on top of the settings.

Rules that a setting switches off are switched on by naming them. It must not know what the rules do.
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from glossary_ls.base.dataclass import dataclass
from glossary_ls.base.model import Severity
from glossary_ls.cli.errors import nearest
from glossary_ls.rules import RULES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

_ALL = "ALL"

_CODES = frozenset(rule.CODE for rule in RULES)

#: The severity of a rule that is off and was named.
_NAMED = Severity.INFORMATION


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Selection:
    """The codes that are reported (None for all), those that are not, and the rules to be switched on."""

    only: frozenset[str] | None = None
    ignored: frozenset[str] = frozenset()
    enabled: frozenset[str] = frozenset()

    def includes(self, code: str) -> bool:
        """Return whether problems with a code are reported; those of no rule, such as bad syntax, are."""
        return code not in _CODES or (code not in self.ignored and (self.only is None or code in self.only))

    def severities(self, given: Mapping[str, Severity]) -> Mapping[str, Severity]:
        """Return the severity of each rule; the same object if nothing was selected."""
        if self == EVERYTHING:
            return given
        found = dict(given)
        for rule in RULES:
            if not self.includes(rule.CODE):
                found[rule.CODE] = Severity.OFF
            elif rule.CODE in self.enabled and found.get(rule.CODE, rule.SEVERITY) is Severity.OFF:
                found[rule.CODE] = _NAMED
        return found


EVERYTHING = Selection()


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    group = parser.add_argument_group("rule selection")
    group.add_argument(
        "--select",
        metavar="CODES",
        type=_codes,
        action="extend",
        help="report only these rules, separated by commas, or ALL; also those that are off by default",
    )
    group.add_argument(
        "--ignore",
        metavar="CODES",
        type=_codes,
        action="extend",
        default=[],
        help="do not report these rules",
    )
    group.add_argument(
        "--extend-select",
        metavar="CODES",
        type=_codes,
        action="extend",
        default=[],
        help="also report these rules, which are off by default",
    )


def selection(options: argparse.Namespace) -> Selection:
    """Return the selection that the arguments describe."""
    more = frozenset(options.extend_select)
    only = None if options.select is None else frozenset(options.select) | more
    if only is not None and only >= _CODES:
        only = None
    return Selection(only, frozenset(options.ignore), more | frozenset(options.select or ()))


def _codes(text: str) -> list[str]:
    found: list[str] = []
    for code in filter(None, map(str.strip, text.split(","))):
        if code == _ALL:
            found += sorted(_CODES)
        elif code in _CODES:
            found.append(code)
        else:
            raise ArgumentTypeError(f"there is no rule {code!r}{nearest(code, _CODES)}")
    return found
