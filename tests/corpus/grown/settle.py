#!/usr/bin/env python3
# Copyright 2024 The Quaymark Authors
# SPDX-License-Identifier: Apache-2.0
r"""Match trades with confirmations and tell which will not settle.

A trade settles on T+1, so a mismatch has to be found on the evening of the trade date. The inputs are

* the blotter, our own view;
* the confirmations of the custodian, in the MT format or as XML;
* the allocations of the order management system (OMS).

The standing settlement instructions (SSIs) of the counterparty decide where the securities go. An SSI is valid from a date
on. Two valid SSIs for one market are an error of the static data team, and are reported as such.

Matching is done on the ISIN, the side, the quantity and the settlement amount, with a tolerance of 2 units of the currency
(25 for USD; this is the rule of the CSD, not ours). See :func:`match`.

Not handled here: FX, repos, and anything that is settled free of payment (FOP).
"""

from __future__ import annotations

import enum
import logging
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

logger = logging.getLogger("SETTLE.MATCH")

TOLERANCE = {"USD": Decimal(25)}
DEFAULT_TOLERANCE = Decimal(2)

#: Market identifier codes (MICs) that settle on T+2 still. Shrinks every year.
SLOW_MICS = frozenset({"XBRA", "XLJU"})


class Status(enum.Enum):
    """What became of a trade. The names are those of the DTP protocol."""

    MATCHED = "MACH"
    MISMATCH = "NMAT"
    MISSING = "MISS"  # no confirmation. May be LATE rather than missing


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of the blotter.

    Attributes:
        isin: what was traded
        side: ``B`` or ``S``
        quantity: nominal for bonds, pieces for everything else
        amount: what is paid, with the accrued interest (AI) in it
        lei: the legal entity identifier of the counterparty; see also :attr:`bic`
        bic: the BIC of its custodian. It is NOT unique for the counterparty
    """

    isin: str
    side: str
    quantity: Decimal
    amount: Decimal
    currency: str
    lei: str
    bic: str = ""


def match(trades: list[Trade], confirmations: list[Trade]) -> dict[Trade, Status]:
    """Pair trades with confirmations.

    The pairing is greedy by amount. This is not optimal in theory. In practice there are hardly ever two trades that agree
    in everything but the amount, and then the amounts are far apart. (A min-cost flow was tried; the CSDR penalties it saved
    in a year would not have paid for the coffee.)

    Args:
        trades: ours
        confirmations: theirs, already converted to *our* side

    Returns:
        The status of each trade. Confirmations without a trade (DKs, from "don't know") are logged, not returned.
    """
    waiting: dict[tuple[str, str, Decimal], list[Trade]] = defaultdict(list)
    for confirmation in confirmations:
        waiting[confirmation.isin, confirmation.side, confirmation.quantity].append(confirmation)
    result = {}
    for trade in trades:
        candidates = waiting[trade.isin, trade.side, trade.quantity]
        if not candidates:
            result[trade] = Status.MISSING
            continue
        best = min(candidates, key=lambda other: abs(other.amount - trade.amount))
        if abs(best.amount - trade.amount) <= TOLERANCE.get(trade.currency, DEFAULT_TOLERANCE):
            candidates.remove(best)
            result[trade] = Status.MATCHED
        else:
            # Often the fees. The broker adds SDRT for UK equities, we do not know it before the evening.
            result[trade] = Status.MISMATCH
    for rest in waiting.values():
        for confirmation in rest:
            logger.warning("DK %s %s QTY=%s", confirmation.isin, confirmation.side, confirmation.quantity)
    return result


def settles_late(mic: str) -> bool:
    """Return whether a market settles on T+2.

    >>> settles_late("XBRA")
    True
    """
    # HACK: the ESMA register has no such flag, hence the list above. Ask RegOps before touching it.
    return mic in SLOW_MICS


SQL_OPEN = """
    SELECT isin, side, qty FROM BLOTTER WHERE status = 'OPEN' AND td = %s  -- TD is the trade date
"""


if __name__ == "__main__":
    raise SystemExit("USE THE CLI: qm settle --date TODAY")
