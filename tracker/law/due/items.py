"""One thing that falls due, and comparisons of partial dates with days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.dates.day import PartialDate
from tracker.law.parties import acts

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement


EXPIRY, NOTICE, RENEWAL, ENTRY, SURVIVAL = "expiry", "notice", "renewal", "entry", "survival"
STALE_PROMISE, UNRATIFIED = "stale_promise", "unratified"
KINDS = (EXPIRY, NOTICE, RENEWAL, ENTRY, SURVIVAL, STALE_PROMISE, UNRATIFIED)
"""What ``--kind`` takes; the last two look back, the others ahead."""


class Deadline(NamedTuple):
    """One thing that falls due, on a day as exact as it is known."""

    item: str
    """Name within the agreement, the same as long as the thing is the same: a calendar updates by it."""
    kind: str
    date: PartialDate
    what: str
    whose: tuple[str, ...]
    """Codes of the parties concerned."""
    rule: str
    """What the day was counted from, and how, in words."""
    certain: bool
    ends: bool = False
    """Whether the agreement ends with it."""


class Findings(NamedTuple):
    """What falls due, and why something of the agreement could not be placed."""

    found: list[Deadline]
    reasons: list[str]


def of_whole(record: Agreement) -> Agreement:
    """Return a record without the events that move neither instrument nor parties.

    Those are events of single provisions (VCLT 44), and what only observers and others outside did.
    """
    whole = [event for event in record["events"] if not event["provision"]]
    return {**record, "events": list(acts(whole, record["parties"]))}
