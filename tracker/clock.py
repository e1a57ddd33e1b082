"""The one clock of the program: times of the log, names of backups, and the day that is today.

Nothing else asks the machine what time it is. Whoever needs another time (a test, a page of examples) puts another
clock in its place with ``replaced``. Rules never ask: they take today as an argument. Waiting is measured with
``time.monotonic``, which is no time of day.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]
"""Gives the present moment, with its zone."""


def machine() -> datetime:
    """Return the moment that this machine's clock shows."""
    return datetime.now(UTC)


_clock: Clock = machine


def now() -> datetime:
    """Return the present moment in UTC."""
    return _clock().astimezone(UTC)


def today() -> date:
    """Return the day on the calendar of whoever runs the program, in the zone of this machine."""
    return _clock().astimezone().date()


def use(clock: Clock) -> Clock:
    """Put another clock in place for good; return the one that was there."""
    global _clock
    before, _clock = _clock, clock
    return before


@contextmanager
def replaced(clock: Clock) -> Iterator[None]:
    """Put another clock in place until the end of the block."""
    before = use(clock)
    try:
        yield
    finally:
        use(before)
