"""Two questions, one law: on random records ``eif`` and the spans tell the same of every party.

    python benchmarks/law_properties.py [--records 50000] [--seed 1] [--fill]

Records are those of ``law_records``. Prints the number of records, and of those in which the two answers contradict
each other, the first of them in full. With ``--fill`` another property: what is certain of a record whose dates are
known in part is certain in each filling of them; a filling that contradicts itself is none.
"""

import argparse
import json
import random
import time
from typing import Any, cast

from law_records import EXISTENCE, Maker, Record

from tracker.dates import periods
from tracker.dates.day import OPEN, PartialDate
from tracker.dates.edtf import bounds
from tracker.law.force.facts import CEASED, recorded_for
from tracker.law.life import lifecycle
from tracker.law.life.entry import Assessment, Case, Entry, assess
from tracker.law.parties import acts, contracting, roles
from tracker.law.successors import UNKNOWN
from tracker.record.kinds import ENTRIES, LEAVING, NOTICES, OVER, RESUMED, SUSPENDED, at, effective, row, which
from tracker.record.typed import Agreement

DEPARTURES = (*LEAVING, *which(lambda kind: kind.undoes), CEASED)

SUSPENSIONS = at(SUSPENDED, RESUMED)
FILLINGS = 3
SOME_DAY = "2020-01-01"
LAST_DAY = "2199-12-31"


def contradictions(record: Record) -> list[str]:
    """Return where ``eif`` and the spans contradict each other, in words."""
    codes = contracting(record["parties"])
    around = lifecycle.Around(existence=EXISTENCE)
    answer = assessed(record)
    if answer is None:
        return []
    spans = lifecycle.of_record(cast("Agreement", record), around=around)
    days = _days(record, [answer.instrument, *answer.parties])
    found = _against("", [answer.instrument], spans, days, record)
    for code in codes:
        mine = [entry for entry in answer.parties if entry.party == code]
        if any(entry.how and (entry.how != "with_all" or len(mine) > 1) for entry in mine):
            found += _against(code, mine, spans, days, record)
    return found


def assessed(record: Record) -> Assessment | None:
    """Return what ``eif`` says of a record at the end of time; None where a day leaves the years of the register."""
    held = record["terms"]
    case = Case(
        acts(record["events"], record["parties"]),
        contracting(record["parties"]),
        held["entry_into_force"],
        LAST_DAY,
        held=held,
        existence=EXISTENCE,
        roles=roles(record["parties"]),
        treaty=record["binding_status"] != "non_binding",
    )
    try:
        return assess(case)
    except periods.PeriodError:
        return None


def _against(party: str, entries: list[Entry], spans: list[Any], days: list[str], record: Record) -> list[str]:
    dated = [(date, entry) for entry in entries if (date := _begins(entry, record)) is not None]
    undated = any(
        entry.how in ("", "founder") and entry.acts and entry.recorded is None and entry.computed is None
        for entry in entries
    )
    shown = min(_shown(record, party), _shown(record, "") if undated else "~")
    found = []
    for day in days:
        standing = lifecycle.standing(spans, day, party)
        in_force = standing.status in ("in_force", "operative")
        begun = [(date, entry) for date, entry in dated if (date.earliest or "") <= day]
        stayed = any(not _left(entry, date, day) for date, entry in begun)
        if in_force and standing.certain and day < shown and not stayed:
            found.append(f"{party or 'the whole'} on {day}: certainly {standing.status}, eif knows no entry by then")
        possible = set(lifecycle.possible(spans, day, party))
        over = set(lifecycle.possible(spans, day)) & {*OVER}
        surely = any((date.latest or OPEN) <= day and not date.uncertain and not _may_have_left(entry, day, record)
                     for date, entry in dated)  # fmt: skip
        if surely and not possible & {"in_force", "operative", "suspended"} and not over:
            found.append(f"{party or 'the whole'} on {day}: in force by eif, the spans say {sorted(possible)}")
    return found


def taken_back(record: Record) -> list[str]:
    """Return, in words, what is certain of a record and is not so in some filling of its partial dates."""
    around = lifecycle.Around(existence=EXISTENCE)
    known = lifecycle.of_record(cast("Agreement", record), around=around)
    days = _days(record, [])
    source = random.Random(len(known))  # no secret is made
    found = []
    for better in (filled(record, source) for _ in range(FILLINGS)):
        if _is_impossible(better, record):
            continue
        spans = lifecycle.of_record(cast("Agreement", better), around=around)
        for party in ("", *contracting(record["parties"])):
            for day in days:
                one, two = (lifecycle.standing(held, day, party) for held in (known, spans))
                rest = set(lifecycle.possible(known, day, party)) - {one.status}
                if one.certain and (rest or not two.certain or two.status != one.status):
                    dates = [(event["id"], event["date"], event["effective_date"]) for event in better["events"]]
                    found.append(f"{party or 'the whole'} on {day}: certainly {one.status}, {two.status} with {dates}")
    return found


def _is_impossible(better: Record, record: Record) -> bool:
    """Tell whether a filling contradicts itself where the record does not.

    An entry before the acts that its condition asks for, an act of nobody, what takes back before what it takes back,
    a notice that works before it is given, a suspension of the whole before the day on which its condition was met.
    """
    if _is_incomplete(better) and not _is_incomplete(record):
        return True
    events = better["events"]
    met = ((better["terms"]["entry_into_force"] or {}).get("met") or {}).get("date") or ""
    return any(
        (event["kind"] in NOTICES and (event["effective_date"] or "~") < (event["date"] or ""))
        or (event["kind"] in SUSPENSIONS and not event["parties"] and (event["date"] or "~") < met)
        for event in events
    ) or any(
        any((event["date"] or "") > (EXISTENCE.get(code, UNKNOWN).over or "~") for code in event["parties"])
        or any(
            other["kind"] == row(event["kind"]).takes_back and other["parties"] == event["parties"]
            and (other["date"] or "") > (event["date"] or "~") for other in events
        )
        for event in events
    )  # fmt: skip


def _is_incomplete(record: Record) -> bool:
    """Tell whether the recorded entry lies before the acts that its condition asks for."""
    answer = assessed(record)
    return answer is not None and any(one.what == "unlisted" for one in answer.instrument.missing)


def filled(record: Record, source: random.Random) -> Record:
    """Return a record with each date that is known in part on one of its days."""
    events = [
        {**event, **{key: _one_day(event[key], source) for key in ("date", "effective_date")}}
        for event in record["events"]
    ]
    return {**record, "events": events}


def _one_day(text: str | None, source: random.Random) -> str | None:
    earliest, latest, doubt = bounds(text)
    if earliest is None or (earliest == latest and not doubt):
        return text
    days = [earliest, latest or SOME_DAY, periods.add_days(earliest, source.randint(0, 400))]
    return source.choice([day for day in days if earliest <= day <= (latest or SOME_DAY)])


def _shown(record: Record, party: str) -> str:
    """Return the first day from which a suspension, or a role, shows that there was an entry, on whatever day.

    Whose consent came before that of the whole is a founder, on a day that nobody knows.
    """
    undated = any(event["kind"] in ENTRIES and party in event["parties"] and effective(event) is None
                  for event in record["events"])  # fmt: skip
    if undated or roles(record["parties"]).get(party) == "party":
        return ""
    of_it = (
        effective(event) for event in record["events"]
        if event["kind"] in SUSPENSIONS and party in ("", *event["parties"])
    )  # fmt: skip
    return min((bounds(text)[0] or "" for text in of_it), default="~")


def _begins(entry: Entry, record: Record) -> PartialDate | None:
    """Return the day that an entry tells: the recorded one, else the computed one."""
    if entry.party and not recorded_for(record["events"], entry.party) and entry.how not in ("founder", "with_all", ""):
        return entry.computed
    return entry.recorded or entry.computed


def _left(entry: Entry, begun: PartialDate, day: str) -> bool:
    """Tell whether a party that entered on a date has left again by a day, for certain."""
    last = entry.acts[-1] if entry.party and entry.acts else None
    if last is None or last.kind not in DEPARTURES or last.latest <= (begun.earliest or ""):
        return False
    return last.latest <= day and not (last.doubt or last.maybe)


def _may_have_left(entry: Entry, day: str, record: Record) -> bool:
    if roles(record["parties"]).get(entry.party) == "former_party":
        return True
    if (end := EXISTENCE.get(entry.party, UNKNOWN).over) is not None and day > end:
        return True
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
    parser.add_argument("--fill", action="store_true", help="what is certain in every filling of partial dates instead")
    options = parser.parse_args()
    source = random.Random(options.seed)  # no secret is made
    begin = time.process_time()
    different = 0
    for number in range(options.records):
        record = Maker(source, partial=number % 2 == 1).record()
        found = taken_back(record) if options.fill else contradictions(record)
        different += bool(found)
        if found and different <= options.show:
            print(json.dumps(record, ensure_ascii=False, indent=1))
            print("\n".join(found))
    spent = time.process_time() - begin
    print(f"{options.records} records, {different} with different answers, {spent:.0f} s of CPU")


if __name__ == "__main__":
    main()
