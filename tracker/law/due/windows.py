"""When each party may give notice, where that is counted from an entry: the days that fall due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.dates import periods
from tracker.dates.day import PartialDate, beyond, passed
from tracker.dates.edtf import parse
from tracker.law import terms
from tracker.law.due.items import NOTICE, Deadline
from tracker.law.notice_windows import Window, is_counted, windows

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Notice


BOUND = ("in_force", "suspended")
"""Statuses of those who have something to leave."""


def of_parties(record: Agreement, as_of: str, horizon: str | None) -> list[Deadline]:
    """Return the first and last days for notice that are counted from an entry, for those who are bound on the day.

    ``record`` with its derived part of the day; up to ``horizon``, the next window only where that is None.
    """
    found: list[Deadline] = []
    for position, clause in enumerate(record["terms"]["notices"], 1):
        if not is_counted(clause):
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
