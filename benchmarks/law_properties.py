"""Two questions, one law: on random records ``eif`` and the spans tell the same of every party.

    python benchmarks/law_properties.py [--records 50000] [--seed 1]

A record has notices with and without effect, withdrawals before and after the entry, returns, successions, numbered
instruments of nobody in particular, provisional application, partial dates, and consents taken back (of parties without
an entry of their own: for whom it is in force takes nothing back). Prints the number of records, and of those in which
the two answers contradict each other, the first of them in full.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from typing import Any, cast

from tracker.dates import periods
from tracker.dates.day import OPEN, PartialDate
from tracker.dates.edtf import bounds
from tracker.law.entry.dates import Entry
from tracker.law.entry.into_force import Case, assess
from tracker.law.force.facts import recorded_for
from tracker.law.life import lifecycle
from tracker.law.parties import acts, contracting
from tracker.record.kinds import CONSENTS, LEAVING, OVER, which
from tracker.record.typed import Agreement

Record = dict[str, Any]

DEPARTURES = (*LEAVING, *which(lambda kind: kind.undoes))

LAST_DAY = "2199-12-31"
CODES = ("DEU", "FRA", "GBR", "JPN", "CZE")
EXISTENCE = {"CZE": ("1993-01-01", None)}
CONDITIONS = (
    "nth_instrument", "nth_instrument_plus_period", "nth_instrument_plus_period", "named_states", "all_signatories",
    "on_date", "on_signature", "weighted", "unknown", None,
)  # fmt: skip
PERIODS = (None, "P30D", "P3M", "P1Y")
STARTS = (None, None, None, "first_of_following_month", "first_of_month", "first_of_following_year")


class Maker:
    """Makes records; ``choose`` takes one of several values, ``draw`` a whole number below another."""

    def __init__(self, source: random.Random, *, partial: bool) -> None:
        self.source = source
        self.partial = partial

    def some(self, chance: float) -> bool:
        """Tell whether something of a chance happens."""
        return self.source.random() < chance

    def date(self, first: int = 1990, last: int = 2010) -> str | None:
        """Return a day, now and then known in part."""
        pick = self.source
        day = f"{pick.randint(first, last)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
        if not self.partial or self.some(0.7):
            return day
        return pick.choice((day[:7], day[:4], f"{day}?", f"{day}/..", None))

    def record(self) -> Record:
        """Return a record with its terms and events."""
        pick = self.source
        codes = pick.sample(CODES, pick.randint(2, len(CODES)))
        events: list[Record] = []
        for code in codes:
            events += self._of_party(code)
        if self.some(0.5):
            events.append(_event("entered_into_force", self.date(1995, 2005)))
        if self.some(0.2):
            note = f"{pick.randint(2, 4)}{'th'} instrument"
            events.append({**_event("instrument_deposited", self.date()), "note": note})
        if self.some(0.1):
            code = pick.choice(codes)
            events = [event for event in events if event["kind"] != "consent_withdrawn" or event["parties"] != [code]]
            events.append(_event("entered_into_force", self.date(), code))
        for at, event in enumerate(events, 1):
            event["id"] = f"e{at}"
        terms = {"entry_into_force": self._entry(codes), "duration": None, "notices": self._notices(), "survival": None}
        return {
            "binding_status": "binding" if self.some(0.9) else "non_binding",
            "parties": [{"code": code, "role": None} for code in codes],
            "events": events,
            "terms": terms,
        }

    def _entry(self, codes: list[str]) -> Record | None:
        pick = self.source
        condition = pick.choice(CONDITIONS)
        if condition is None:
            return None
        exact = Maker(pick, partial=False)
        met = exact.date(1995, 2005) if self.some(0.2) else None
        return {
            "condition": condition,
            "number": pick.randint(1, 4) if condition.startswith(("nth", "named")) else None,
            "period": pick.choice(PERIODS),
            "starts": pick.choice(STARTS),
            "parties": pick.sample(codes, 1) if condition == "named_states" else [],
            "date": exact.date(1995, 2005) if condition == "on_date" or self.some(0.1) else None,
            "date_rule": pick.choice((None, "not_before", "if_met_by_then")),
            "met": met and {"date": met},
            "late_joiners": pick.choice(PERIODS),
            "late_starts": pick.choice(STARTS),
            "late_from": pick.choice((None, "met", "entry")),
            "late_rule": pick.choice((None, None, "silent")),
        }

    def _notices(self) -> list[Record]:
        if self.some(0.5):
            return []
        period = self.source.choice(("P3M", "P1Y"))
        return [{"kind": "withdrawal", "period": period, "starts": self.source.choice(STARTS), "counted_from": None}]

    def _of_party(self, code: str) -> Iterator[Record]:
        pick = self.source
        if self.some(0.4):
            yield _event("signed", self.date(), code)
        if self.some(0.1):
            yield _event("provisional_application_started", self.date(), code)
        for _ in range(pick.choice((0, 1, 1, 1, 2))):
            kind = "succeeded" if code in EXISTENCE and self.some(0.5) else pick.choice(CONSENTS)
            stated = self.date(1995, 2012) if self.some(0.15) else None
            yield {**_event(kind, self.date(), code), "effective_date": stated}
        if self.some(0.3):
            yield from self._leaving(code)
        if self.some(0.08):
            yield _event("consent_withdrawn", self.date(), code)

    def _leaving(self, code: str) -> Iterator[Record]:
        pick = self.source
        if self.some(0.4):
            yield {**_event(pick.choice(("withdrawn", "denounced")), self.date(1995, 2015), code),
                   "effective_date": self.date(1996, 2016) if self.some(0.3) else None}  # fmt: skip
            return
        yield {**_event("notice_of_withdrawal_given", self.date(1995, 2014), code),
               "effective_date": self.date(1996, 2016) if self.some(0.6) else None}  # fmt: skip
        if self.some(0.2):
            kind = pick.choice(("notice_of_withdrawal_suspended", "notice_of_withdrawal_revoked"))
            yield _event(kind, self.date(1996, 2016), code)


def _event(kind: str, date: str | None, *parties: str) -> Record:
    return {
        "kind": kind, "date": date, "effective_date": None, "parties": list(parties), "provision": None, "note": None,
        "toward": [],
    }  # fmt: skip


def contradictions(record: Record) -> list[str]:
    """Return where ``eif`` and the spans contradict each other, in words."""
    codes = contracting(record["parties"])
    treaty = record["binding_status"] != "non_binding"
    events = acts(record["events"], record["parties"])
    held = record["terms"]
    around = lifecycle.Around(existence=EXISTENCE)
    try:
        case = Case(events, codes, held["entry_into_force"], LAST_DAY, held=held, existence=EXISTENCE, treaty=treaty)
        answer = assess(case)
    except periods.PeriodError:
        return []
    spans = lifecycle.of_record(cast("Agreement", record), around=around)
    days = _days(record, [answer.instrument, *answer.parties])
    found = _against("", [answer.instrument], spans, days, record)
    for code in codes:
        mine = [entry for entry in answer.parties if entry.party == code]
        if any(entry.how and (entry.how != "with_all" or len(mine) > 1) for entry in mine):
            found += _against(code, mine, spans, days, record)
    return found


def _against(party: str, entries: list[Entry], spans: list[Any], days: list[str], record: Record) -> list[str]:
    dated = [(date, entry) for entry in entries if (date := _begins(entry, record)) is not None]
    found = []
    for day in days:
        standing = lifecycle.standing(spans, day, party)
        in_force = standing.status in ("in_force", "operative", "suspended")
        begun = [(date, entry) for date, entry in dated if (date.earliest or "") <= day]
        if in_force and standing.certain and not any(not _left(entry, day) for _, entry in begun):
            found.append(f"{party or 'the whole'} on {day}: certainly {standing.status}, eif knows no entry by then")
        possible = set(lifecycle.possible(spans, day, party))
        over = set(lifecycle.possible(spans, day)) & {*OVER}
        surely = any((date.latest or OPEN) <= day and not date.uncertain and not _may_have_left(entry, day)
                     for date, entry in dated)  # fmt: skip
        if surely and not possible & {"in_force", "operative", "suspended"} and not over:
            found.append(f"{party or 'the whole'} on {day}: in force by eif, the spans say {sorted(possible)}")
    return found


def _begins(entry: Entry, record: Record) -> PartialDate | None:
    """Return the day that an entry tells: the recorded one, else the computed one."""
    if entry.party and not recorded_for(record["events"], entry.party) and entry.how not in ("founder", "with_all", ""):
        return entry.computed
    return entry.recorded or entry.computed


def _left(entry: Entry, day: str) -> bool:
    """Tell whether a party has left again by a day, for certain."""
    last = entry.acts[-1] if entry.party and entry.acts else None
    return last is not None and last.kind in DEPARTURES and last.latest <= day and not (last.doubt or last.maybe)


def _may_have_left(entry: Entry, day: str) -> bool:
    last = entry.acts[-1] if entry.party and entry.acts else None
    return last is not None and last.kind in DEPARTURES and last.earliest <= day


def _days(record: Record, entries: list[Entry]) -> list[str]:
    """Return the days around every date of a record and of the answers."""
    texts = [event[key] for event in record["events"] for key in ("date", "effective_date")]
    texts += [date.edtf for entry in entries for date in (entry.computed, entry.recorded) if date is not None]
    found = set()
    for text in texts:
        for bound in bounds(text)[:2]:
            if bound is not None:
                found |= {bound, periods.add_days(bound, -1), periods.add_days(bound, 1)}
    return sorted(found)


def main() -> None:
    """Make the records, look at each, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=3)
    options = parser.parse_args()
    source = random.Random(options.seed)  # no secret is made
    begin = time.process_time()
    different = 0
    for number in range(options.records):
        record = Maker(source, partial=number % 2 == 1).record()
        found = contradictions(record)
        different += bool(found)
        if found and different <= options.show:
            print(json.dumps(record, ensure_ascii=False, indent=1))
            print("\n".join(found))
    spent = time.process_time() - begin
    print(f"{options.records} records, {different} with different answers, {spent:.0f} s of CPU")


if __name__ == "__main__":
    main()
