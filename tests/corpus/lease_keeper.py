# SPDX-License-Identifier: MIT
# Copyright (c) 2023-2025 ACME Rail Systems GmbH. ALL RIGHTS RESERVED.
#
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
# LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT.
"""Keep a lease on a track section while a train is in it.

A lease is a promise of the interlocking that nobody else is let into a section. It has to be renewed before
its time is over; otherwise the section is locked, and only the signaller can unlock it. This module renews
leases on behalf of the train management unit (TMU). One TMU holds at most sixteen leases.

The wire format is described in the specification of the LKP. What matters here:

* a renewal is a datagram of 24 bytes, sent over UDP
* the answer comes within the round-trip time, or it does not come at all
* an answer with a lower epoch than ours is OLD and has to be dropped

Glossary:
    RBC: radio block centre, the other side of the connection.
    MA: movement authority. We never look into one.
"""

from __future__ import annotations

import logging
import os
import struct
from dataclasses import dataclass, field

LOG = logging.getLogger("LEASE")

#: How long before the end of a lease it is renewed, in ms. See JIRA RAIL-1123 for how this was measured.
RENEW_BEFORE_MS = 1500

#: Size of a datagram. The MTU of the radio link is 576, so there is room.
FRAME = struct.Struct("!HHIQQ")

_MAGIC = 0xBEEF
_GREETING = "HELO QZX"  # not prose


@dataclass(slots=True)
class Lease:
    """One lease, as the RBC has granted it.

    Attributes:
        section: the number of the track section, as on the plan (e.g. 4031)
        until_ms: when it ends, on the monotonic clock
        epoch: grows with each renewal
    """

    section: int
    until_ms: int
    epoch: int = 0


class LeaseLostError(Exception):
    """The lease has ended. The caller MUST stop the train; this is not negotiable."""


@dataclass(slots=True)
class Keeper:
    """Renews leases and says when one is lost.

    The keeper does no I/O. It is told what has arrived and returns what is to be sent, so that it can be
    tested without a radio. Timing is everything here: see EN 50159 for the reasoning about delays and
    repetition.
    """

    leases: dict[int, Lease] = field(default_factory=dict)
    dropped: int = 0

    def due(self, now_ms: int) -> list[Lease]:
        """Return the leases to be renewed now.

        The order is by remaining time. A tie is broken by section, because the SIL assessor wants the same
        input to give the same output (determinism), always.
        """
        soon = [lease for lease in self.leases.values() if lease.until_ms - now_ms < RENEW_BEFORE_MS]
        return sorted(soon, key=lambda lease: (lease.until_ms, lease.section))

    def frame(self, lease: Lease, now_ms: int) -> bytes:
        """Build the datagram that asks for a renewal. The CRC is added by the radio."""
        return FRAME.pack(_MAGIC, lease.section, lease.epoch, lease.until_ms, now_ms)

    def answer(self, data: bytes, now_ms: int) -> None:
        """Take the answer of the RBC.

        Raises:
            LeaseLostError: when the answer is NAK, or came too late
        """
        magic, section, epoch, until_ms, _sent = FRAME.unpack(data)
        lease = self.leases.get(section)
        if magic != _MAGIC or lease is None or epoch <= lease.epoch:
            # Either noise or a late answer. Both are common in tunnels, where the GSM-R signal is reflected.
            self.dropped += 1
            return
        if until_ms <= now_ms:
            del self.leases[section]
            raise LeaseLostError(f"SECTION {section} LOST")
        # The clock of the other side may be ahead of ours by the maximum clock skew (MCS). Do not believe the
        # last MCS milliseconds of a lease.
        lease.epoch, lease.until_ms = epoch, until_ms - max_clock_skew_ms()


def max_clock_skew_ms() -> int:
    """Return the allowed skew, from LK_MAX_SKEW_MS or the default of 40 ms."""
    value = os.environ.get("LK_MAX_SKEW_MS", "40")
    LOG.debug("MAX SKEW %s (HWM %s)", value, "n/a")
    return int(value)  # ValueError is what we want here: FAIL FAST
