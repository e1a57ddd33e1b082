"""When each party may give notice, where that is counted from an entry: only so long after it, and in windows.

Many conventions can be denounced only some years after they entered into force for the party that leaves (UNFCCC 25:
three), those of the ILO only in the year after every ten years from the entry of the convention itself (C190, Art. 15).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates import periods
from tracker.dates.day import PartialDate, beyond, passed
from tracker.dates.edtf import parse
from tracker.dates.periods import Period
from tracker.law import terms
from tracker.law.life.due_items import NOTICE, Deadline

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Notice


BOUND = ("in_force", "suspended")
"""Statuses of those who have something to leave."""


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


def of_parties(record: Agreement, as_of: str, horizon: str | None) -> list[Deadline]:
    """Return the first and last days for notice that are counted from an entry, for those who are bound on the day.

    ``record`` with its derived part of the day; up to ``horizon``, the next window only where that is None.
    """
    found: list[Deadline] = []
    for position, clause in enumerate(record["terms"]["notices"], 1):
        if not (clause.get("after_entry") or clause.get("after_first_entry")):
            continue
        for begun, whose in _entries(record, clause):
            for window in windows(begun, clause):
                if passed(window.end, as_of):
                    continue
                found += _days(f"notice-{position}", clause, (begun, whose), window)
                if horizon is None or beyond(window.end, horizon):
                    break
    return found


def _entries(record: Agreement, clause: Notice) -> list[tuple[PartialDate, tuple[str, ...]]]:
    """Return the entries from which a clause counts, each with those for whom it does."""
    derived = record["derived"]
    bound = [
        (held["code"], start) for held in derived["party_status"] if held["status"] in BOUND and (start := held["from"])
    ]
    if clause.get("after_first_entry"):
        begun = derived["in_force_from"]
        return [(parse(begun["edtf"]), tuple(code for code, _ in bound))] if begun and bound else []
    found: dict[str, list[str]] = {}
    for code, start in bound:
        found.setdefault(start["edtf"], []).append(code)
    return [(parse(text), tuple(dict.fromkeys(codes))) for text, codes in found.items()]


def _days(
    name: str, clause: Notice, counted: tuple[PartialDate, tuple[str, ...]], window: Window
) -> Iterator[Deadline]:
    begun, whose = counted
    kind = clause["kind"].replace("_", "-")
    wait = terms.spoken(periods.parse(clause.get("after_entry") or clause.get("after_first_entry")))
    entry = "the entry into force for the party" if clause.get("after_entry") else "the entry into force"
    rule = f"{wait} from {entry}, {begun.edtf}"
    if clause["provision"]:
        rule = f"{clause['provision']}: {rule}"
    if clause.get("repeats"):
        rule += f", then every {terms.spoken(periods.parse(clause['repeats']))}; window {window.number}"
    item = f"{name}-window-{window.number}-{begun.edtf}"
    sure = not begun.uncertain
    first = f"first day for notice of {kind}"
    yield Deadline(f"{item}-first", NOTICE, window.first, first, whose, rule, sure)
    if window.last is not None:
        rule += f", open for {terms.spoken(periods.parse(clause['window']))}"
        yield Deadline(f"{item}-last", NOTICE, window.last, f"last day for notice of {kind}", whose, rule, sure)
