"""Withdrawals to come: notices that stand, ends recorded for a day ahead, and windows in which notice may be given.

A notice works on its recorded effective day, else after the period of the agreement's own clause (VCLT 54(a), 56, 65);
until then it can be revoked (VCLT 68). Where an agreement counts the time for notice from an entry, each party has
windows of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.dates import periods
from tracker.dates.day import PartialDate, beyond, not_after, passed
from tracker.dates.edtf import parse
from tracker.law import terms
from tracker.law.due.items import EXPIRY, NOTICE, Deadline
from tracker.law.life import steps
from tracker.law.life.notice_effects import clause_of, ends_a_term, period_of_notice
from tracker.law.parties import contracting
from tracker.law.terms import Window, is_counted, windows
from tracker.record import kinds
from tracker.record.kinds import effective

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


if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Event, Notice


NO_EFFECT = "a notice of withdrawal was given, when it takes effect is not recorded"


def standing_notices(record: Agreement, as_of: str) -> list[Event]:
    """Return the notices of withdrawal that were given by a day and neither suspended nor revoked by then."""
    events = record["events"]
    lifts = [event for event in events if kinds.stage(event["kind"]) == kinds.NOTICE_LIFTED]
    return [
        event
        for event in events
        if event["kind"] in kinds.NOTICES
        and not _comes_later(event["date"], as_of)
        and not any(
            steps.concerns(tuple(lift["parties"]), tuple(event["parties"]))
            and not _comes_later(effective(lift), as_of)
            and not _precedes(effective(lift), event["date"])
            for lift in lifts
        )
    ]


def pending(record: Agreement, as_of: str, *, two_sides: bool) -> tuple[list[Deadline], list[str]]:
    """Return the days on which standing notices take effect, and a reason for each that has none.

    A notice of non-renewal takes effect with the term and is no matter of this function.
    """
    found, reasons = [], []
    clauses = record["terms"]["notices"]
    treaty = record["binding_status"] not in ("non_binding", "binding_domestic_law")
    period = period_of_notice(clauses, treaty=treaty)
    clause = clause_of(clauses)
    for event in standing_notices(record, as_of):
        given = parse(event["date"]) if event["date"] else None
        effect, rule = _effect(event, given, clause, period)
        if effect is None:
            if not ends_a_term(record["terms"]):
                reasons.append(NO_EFFECT)
            continue
        if passed(effect, as_of):
            continue
        whole = not event["parties"] or two_sides
        who = " and ".join(event["parties"])
        what = f"withdrawal{f' of {who}' if who else ''} takes effect{', which ends it' if whole else ''}"
        whose = tuple(event["parties"]) or contracting(record["parties"])
        sure = not effect.uncertain and bool(event["effective_date"])
        found.append(Deadline(f"withdrawal-{event['id']}", EXPIRY, effect, what, whose, rule, sure, ends=whole))
    return found, reasons


def recorded_ends(record: Agreement, as_of: str, found: list[Deadline]) -> list[Deadline]:
    """Return the ends that are recorded for a day from ``as_of`` on and not among what was found."""
    ends = []
    known = {item.date for item in found if item.kind == EXPIRY}
    has_term = any(item.item == "expiry" for item in found)
    arrangement = record["binding_status"] == "non_binding"
    for event in record["events"]:
        kind = event["kind"]
        text = effective(event)
        if kinds.stage(kind) < kinds.WITHDRAWN or not text or (kind in kinds.TERM_ENDS and has_term):
            continue
        date = parse(text)
        if date in known or passed(date, as_of):
            continue
        known.add(date)
        whole = not event["parties"]
        what = kinds.coming(kind, arrangement=arrangement)
        if not whole:
            what = f"{' and '.join(event['parties'])}: {what}"
        rule = f"recorded ({kinds.said(kind)}, {event['id']})"
        whose = tuple(event["parties"]) or contracting(record["parties"])
        sure = not date.uncertain
        ends.append(Deadline(f"end-{event['id']}", EXPIRY, date, what, whose, rule, sure, ends=whole))
    return ends


def _effect(
    event: Event,
    given: PartialDate | None,
    clause: Notice | None,
    period: periods.Period | None,
) -> tuple[PartialDate | None, str]:
    """Return the day on which a notice takes effect, as recorded else as computed, and the counting in words."""
    computed = None
    rule = ""
    if given is not None and period is not None and (clause or not event["effective_date"]):
        computed = terms.takes_effect(given, period, clause.get("starts") if clause else None)
        counted = "" if clause else " (VCLT 56(2), if the text is silent and may be left)"
        if clause and clause["counted_from"] in ("receipt", "dispatch"):
            counted = f" from {clause['counted_from']}"
        rule = f"notice of {given.edtf} plus {terms.spoken(period)}{counted}: {computed.edtf}"
    if not event["effective_date"]:
        return computed, rule
    recorded = parse(event["effective_date"])
    if computed is None:
        return recorded, "effective day of the notice, as recorded"
    same = computed == recorded
    return recorded, f"{rule}, as recorded" if same else f"recorded {recorded.edtf}; {rule}"


def _comes_later(text: str | None, day: str) -> bool:
    return text is not None and beyond(parse(text), day)


def _precedes(text: str | None, other: str | None) -> bool:
    if text is None or other is None:
        return False
    one, two = parse(text), parse(other)
    return not_after(one, two) and one != two
