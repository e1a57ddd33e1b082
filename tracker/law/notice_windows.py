"""The time in which notice may be given, where that is counted from an entry: only so long after it, and in windows.

Many conventions can be denounced only some years after they entered into force for the party that leaves (UNFCCC 25:
three), those of the ILO only in the year after every ten years from the entry of the convention itself (C190, Art. 15).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates import periods
from tracker.dates.day import PartialDate, after
from tracker.dates.periods import Period
from tracker.law import terms

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Notice


class Window(NamedTuple):
    """The time in which notice may be given: its first day, and its last one, None where it stays open."""

    number: int
    first: PartialDate
    last: PartialDate | None

    @property
    def end(self) -> PartialDate:
        """The last of its days that falls due."""
        return self.last or self.first


def windows(entry: PartialDate, clause: Notice) -> Iterator[Window]:
    """Yield the windows that a clause of notice opens after an entry, each counted from the same day."""
    wait = periods.parse(clause.get("after_entry") or clause.get("after_first_entry"))
    length = periods.parse(clause.get("window")) if clause.get("window") else None
    again = periods.parse(clause.get("repeats")) if clause.get("repeats") else None
    for number in range(terms.MOST_TERMS if again else 1):
        more = Period(0, 0) if again is None else again.times(number)
        try:
            first = terms.moved(entry, Period(wait.months + more.months, wait.days + more.days))
            yield Window(number + 1, first, None if length is None else terms.last_day(first, length))
        except periods.PeriodError:
            return


def is_counted(clause: Notice) -> bool:
    """Tell whether a clause counts the time for a notice from an entry into force."""
    return bool(clause.get("after_entry") or clause.get("after_first_entry"))


def missed(given: PartialDate, entry: PartialDate, clause: Notice) -> str | None:
    """Say why a notice was certainly given outside the time for it; None where it was in time, or may have been."""
    said: str | None = None
    for window in windows(entry, clause):
        if after(window.first, given):
            return f"the first day for it is {window.first.edtf}"
        if window.last is None or not after(given, window.last):
            return None
        said = f"the last day for it was {window.last.edtf}"
    return said
