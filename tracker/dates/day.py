"""Partial dates: the day on which something happened, as exact as it is known, and how two of them compare.

``2023`` is one day in 2023, ``A/B`` one day between A and B: a stretch of possible days. Days are ISO text, which sorts
as the calendar does. Years run from 1300 to 2200: what lies outside is a spreadsheet's way to say "none" (9999-12-31,
0001-01-01, 2899-01-01). How a date is written is the matter of ``edtf``.
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

FIRST_YEAR = 1300
LAST_YEAR = 2200
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
OPEN = "~"
"""Stands for "no latest day" while days are compared as text: it sorts after every ISO day."""


Answer = Literal["certain", "possible", "no"]
"""Whether a date lies in a range of days."""


class DateError(ValueError):
    """A text that is no date, with what was expected and the nearest right form."""


class ShapeError(DateError):
    """A text of another shape than EDTF, as against an impossible day in the right shape."""


class Stretch(NamedTuple):
    """The first and last day on which something can have happened, to be compared as text: '' and ``OPEN`` = open."""

    earliest: str
    latest: str
    uncertain: bool = False

    @property
    def date(self) -> "PartialDate | None":
        """The same as a partial date, None where nothing bounds it."""
        if not self.earliest and self.latest == OPEN:
            return None
        return between(self.earliest or None, None if self.latest == OPEN else self.latest, uncertain=self.uncertain)

    def or_later(self, other: "Stretch") -> "Stretch":
        """Return the possible days of the later of two things, in doubt where either is."""
        doubt = self.uncertain or other.uncertain
        return Stretch(max(self.earliest, other.earliest), max(self.latest, other.latest), doubt)

    def meets(self, other: "Stretch") -> bool:
        """Tell whether the two can have been on the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest


class PartialDate(NamedTuple):
    """A date as exact as it is known: canonical text, first and last possible day (None = open), and doubt."""

    edtf: str
    earliest: str | None
    latest: str | None
    uncertain: bool

    @property
    def days(self) -> Stretch:
        """Its possible days."""
        return Stretch(self.earliest or "", self.latest or OPEN, self.uncertain)


class DayRange(NamedTuple):
    """The days from ``first`` to ``last``, both included; None = open."""

    first: str | None
    last: str | None


def days_in_month(year: int, month: int) -> int:
    """Return the length of a month of the (proleptic) Gregorian calendar in days."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return MONTH_LENGTHS[month - 1] + leap


def passed(date: PartialDate, day: str) -> bool:
    """Tell whether a date lies before an ISO day for certain."""
    return date.latest is not None and date.latest < day


def beyond(date: PartialDate, day: str) -> bool:
    """Tell whether a date lies after an ISO day for certain."""
    return date.earliest is not None and date.earliest > day


def not_after(one: PartialDate, two: PartialDate) -> bool:
    """Tell whether one date is for certain the same day as another, or an earlier one."""
    return one.latest is not None and two.earliest is not None and one.latest <= two.earliest and not one.uncertain


def after(one: PartialDate, two: PartialDate) -> bool:
    """Tell whether one date is for certain a later day than another."""
    return one.earliest is not None and two.latest is not None and one.earliest > two.latest and not one.uncertain


def answer(date: PartialDate | None, wanted: DayRange) -> Answer | None:
    """Tell whether a date lies in a range certainly, possibly or not; None where there is no date.

    ``?`` and ``~`` do not widen the bounds of the date, they keep the answer from being certain.
    """
    if date is None:
        return None
    earliest, latest = date.earliest, date.latest
    first, final = wanted.first, wanted.last
    if (final is not None and earliest is not None and earliest > final) or (
        first is not None and latest is not None and latest < first
    ):
        return "no"
    inside = (first is None or (earliest is not None and earliest >= first)) and (
        final is None or (latest is not None and latest <= final)
    )
    return "certain" if inside and not date.uncertain else "possible"


def last_of(stretches: Iterable[Stretch]) -> Stretch:
    """Return the possible days of the last of several acts (one at least); in doubt where one that may be it is."""
    known = list(stretches)
    earliest = max(days.earliest for days in known)
    latest = max(days.latest for days in known)
    return Stretch(earliest, latest, any(days.uncertain and days.latest >= earliest for days in known))


def last(dates: Sequence[PartialDate]) -> PartialDate | None:
    """Return the later of several partial dates, as exact as the dates that may be the last allow."""
    if len(dates) < 2:
        return dates[0] if dates else None
    earliest = max(date.earliest or "" for date in dates) or None
    latest = None if any(date.latest is None for date in dates) else max(date.latest or "" for date in dates)
    rivals = [date for date in dates if date.latest is None or earliest is None or date.latest >= earliest]
    for date in rivals:
        if date.earliest == earliest and date.latest == latest and (date.uncertain or len(rivals) == 1):
            return date
    doubt = any(date.uncertain for date in rivals)
    if not doubt:
        for date in rivals:
            if date.earliest == earliest and date.latest == latest:
                return date
    return between(earliest, latest, uncertain=doubt)


def between(earliest: str | None, latest: str | None, *, uncertain: bool = False) -> PartialDate:
    """Return the partial date of one day from ``earliest`` to ``latest`` (ISO days; None = open, not both)."""
    text = (earliest or "") if earliest == latest else f"{earliest or '..'}/{latest or '..'}"
    # EDTF has no doubt about an open end.
    return PartialDate(text + ("?" if uncertain and latest is not None else ""), earliest, latest, uncertain)
