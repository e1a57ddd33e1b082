"""What has begun and is not carried through: promises unsigned, signatures not ratified, entries into force ahead.

Entries are those recorded for a day to come, and those on the day that the agreement itself names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tracker.dates import periods
from tracker.dates.day import PartialDate, beyond, passed
from tracker.dates.edtf import parse
from tracker.dates.periods import Period
from tracker.law import terms
from tracker.law.due.items import ENTRY, STALE_PROMISE, UNRATIFIED, Deadline, Findings, of_whole
from tracker.law.force.awaited import waits_for_another
from tracker.law.life import lifecycle
from tracker.law.life.lifecycle import signed
from tracker.law.life.sequence import enters
from tracker.law.life.standing import SpanRow, is_computed
from tracker.law.parties import contracting, roles, unnamed
from tracker.law.successors import NO_LIVES, Existence
from tracker.record import kinds
from tracker.record.kinds import ANNOUNCEMENTS, SIGNATURES, SUBSTITUTES, effective, which
from tracker.record.vocabulary import words

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement

UNSIGNED = ("announced", "negotiating", "adopted", "initialled")
UNBOUND = ("signed", "partly_ratified", "awaiting_entry", "provisionally_applied", "adopted", "in_force", "unknown")
NEEDS_CONSENT = which(lambda kind: kind.shows_consent_is_due)
"""Events that show that a signature alone did not bind."""

CARRIED_OUT = ("executed", "carried out", "carried_out", "implemented", "performed", "fulfilled")
"""Words of sources for an agreement that was carried out, as ``kind_raw`` of an event keeps them."""

NO_CONSENT_DUE = "signed and carried out, or held to bind by a tribunal: no consent is awaited"
BY_INSTRUMENTS = (
    "nth_instrument", "nth_instrument_plus_period", "named_states", "weighted", "exchange_of_ratifications",
    "last_notification", "last_notification_plus_period", "all_signatories", "exchange_of_notes",
)  # fmt: skip
"""Conditions of entry into force that ask for an act after the signature."""


def unfinished(record: Agreement, as_of: str, kinds: Sequence[str]) -> Findings:
    """Return promises that were never signed, and signatures that no consent to be bound followed (VCLT 14, 18)."""
    findings = Findings([], [])
    record = of_whole(record)
    if STALE_PROMISE in kinds:
        _promises(record, as_of, findings)
    if UNRATIFIED in kinds and record["binding_status"] not in ("non_binding", "binding_domestic_law"):
        _signatures(record, as_of, findings)
    return findings


def _no_consent_due(record: Agreement, as_of: str) -> bool:
    """Tell whether an agreement was carried out by a day, or held to bind by a tribunal.

    Nobody waits for its ratification then. A ruling tells what the signature did from the beginning (ICJ, Qatar v
    Bahrain 1994, Somalia v Kenya 2017), so its own day does not count.
    """
    if any(one["kind"] == "tribunal_ruling" and one["supports"] == "binding" for one in record["evidence"]):
        return True
    return any(
        (event["kind_raw"] or "").strip().lower() in CARRIED_OUT
        and not (event["date"] and beyond(parse(event["date"]), as_of))
        for event in record["events"]
    )


def ago(date: PartialDate, as_of: str) -> str:
    """Say how long ago a date lies, in years, months and days; "between X and Y" is its shorter end."""
    begin = date.latest or date.earliest
    if begin is None or begin > as_of:
        return "at most a moment"
    months = (int(as_of[:4]) - int(begin[:4])) * 12 + int(as_of[5:7]) - int(begin[5:7])
    months -= periods.add(begin, Period(months, 0)) > as_of
    if months >= 1:
        return terms.spoken(Period(months, 0))
    from datetime import date as day

    return terms.spoken(Period(0, (day.fromisoformat(as_of) - day.fromisoformat(begin)).days))


def _promises(record: Agreement, as_of: str, findings: Findings) -> None:
    if record["derived"]["status"] not in UNSIGNED:
        return
    announced = [event["date"] for event in record["events"] if event["kind"] in ANNOUNCEMENTS]
    dates = [parse(text) for text in announced if text]
    dates = [date for date in dates if not beyond(date, as_of)]
    if not dates:
        if None in announced:
            findings.reasons.append("announced on an unknown day, never signed")
        return
    first = min(dates, key=lambda date: (date.earliest or "", date.latest or ""))
    rule = f"announced {first.edtf}, no signature recorded by {as_of} ({ago(first, as_of)})"
    certain = record["derived"]["status_certain"] and not first.uncertain
    whose = contracting(record["parties"])
    findings.found.append(
        Deadline("stale-promise", STALE_PROMISE, first, "promised, never signed", whose, rule, certain)
    )


def _signatures(record: Agreement, as_of: str, findings: Findings) -> None:
    derived = record["derived"]
    if derived["status"] not in UNBOUND:
        return
    waiting = [party["code"] for party in derived["party_status"] if party["status"] in ("signatory", "provisional")]
    if not waiting:
        return
    if _no_consent_due(record, as_of):
        findings.reasons.append(NO_CONSENT_DUE)
        return
    dated = [(code, _signed_by(record, code, as_of)) for code in waiting]
    if any(date is None for _, date in dated):
        findings.reasons.append("signed on an unknown day, never ratified")
    entry = record["terms"]["entry_into_force"]
    sure = any(event["kind"] in NEEDS_CONSENT for event in record["events"]) or bool(
        entry and entry["condition"] in BY_INSTRUMENTS
    )
    everyone = set(waiting) == set(contracting(record["parties"])) and len({date for _, date in dated}) == 1
    groups = [("unratified", tuple(waiting), dated[0][1])] if everyone else [
        (f"unratified-{code}", (code,), date) for code, date in dated
    ]  # fmt: skip
    in_force = words(record["binding_status"])["in_force"]
    for item, whose, date in groups:
        if date is None:
            continue
        whom = "for it" if len(whose) == 1 else "for them"
        waited = f"{as_of} ({ago(date, as_of)})"
        rule = f"signed {date.edtf}, no consent to be bound recorded, not {in_force} {whom} by {waited}"
        if not sure:
            rule += "; whether the signature alone binds is not recorded"
        what = "signed, not ratified"
        findings.found.append(Deadline(item, UNRATIFIED, date, what, whose, rule, sure and not date.uncertain))


def _signed_by(record: Agreement, code: str, as_of: str) -> PartialDate | None:
    acts = [
        event
        for event in record["events"]
        if event["kind"] in (*SIGNATURES, *SUBSTITUTES)
        and (not event["parties"] or code in event["parties"])
        and not (event["date"] and beyond(parse(event["date"]), as_of))
    ]
    return signed(acts)


def entries(record: Agreement, as_of: str, existence: Existence = NO_LIVES) -> list[Deadline]:
    """Return the entries into force from a day on (VCLT 24); arrangements become operative."""
    speech = words(record["binding_status"])
    codes = contracting(record["parties"])
    found = []
    recorded = False
    for event in record["events"]:
        text = effective(event)
        if kinds.stage(event["kind"]) != kinds.ENTERED:
            continue
        recorded = recorded or not event["parties"]
        if not text or passed(date := parse(text), as_of):
            continue
        who = " and ".join(event["parties"])
        what = speech["enters_into_force"] + (f" for {who}" if who else "")
        whose = tuple(event["parties"]) or codes
        rule = f"recorded ({event['kind'].replace('_', ' ')}, {event['id']})"
        found.append(Deadline(f"entry-{event['id']}", ENTRY, date, what, whose, rule, not date.uncertain))
    told = {item.whose for item in found} | ({codes} if recorded else set())
    return found + _computed(record, as_of, existence, recorded=told)


def _computed(record: Agreement, as_of: str, existence: Existence, *, recorded: set[tuple[str, ...]]) -> list[Deadline]:
    """Return the entries that follow from the condition and the acts done by ``as_of``, where none is recorded."""
    clause = record["terms"]["entry_into_force"]
    if clause is None:
        return []
    from tracker.law.life import entry_words
    from tracker.law.life.entry import Case, assess

    treaty = record["binding_status"] != "non_binding"
    codes = contracting(record["parties"])
    known = roles(record["parties"])
    held = record["terms"]
    more = unnamed(record.get("open_questions"))
    case = Case(
        record["events"], codes, clause, as_of,
        held=held, existence=existence, roles=known, treaty=treaty, more=more,
    )  # fmt: skip
    found = assess(case)
    speech = words(record["binding_status"])
    items = []
    for entry in (found.instrument, *found.parties):
        date = entry.computed
        whose = (entry.party,) if entry.party else codes
        shared = entry.party and date == found.instrument.computed
        if date is None or entry.recorded or shared or passed(date, as_of) or whose in recorded:
            continue
        what = speech["enters_into_force"] + (f" for {entry.party}" if entry.party else "")
        basis = entry_words.basis(entry, found.rule, None, treaty=treaty)
        rule = f"computed: {basis}; none is recorded" if basis else "computed; none is recorded"
        sure = not date.uncertain and date.earliest is not None and not entry.missing
        items.append(Deadline(f"entry-{entry.party}" if entry.party else "entry", ENTRY, date, what, whose, rule, sure))
    return items


def with_another(record: Agreement, as_of: str, spans: Callable[[], Sequence[SpanRow]]) -> list[Deadline]:
    """Return the entry into force together with another agreement, where none is recorded of this one.

    ``spans`` gives those that the register holds, which know the other one.
    """
    if not waits_for_another(record["terms"]["entry_into_force"]):
        return []
    whole = next((span for span in spans() if not span["party"] and is_computed(span)), None)
    date = parse(whole["from_date"]) if whole else None
    if date is None or passed(date, as_of) or enters(lifecycle.steps_of_record(record)):
        return []
    what = words(record["binding_status"])["enters_into_force"]
    rule = "computed: with the entry into force of another agreement; none is recorded"
    return [Deadline("entry", ENTRY, date, what, contracting(record["parties"]), rule, not date.uncertain)]


def of_provisions(record: Agreement, as_of: str) -> list[Deadline]:
    """Return the entries into force of single provisions, such as annexes, that are recorded from a day on."""
    enters = words(record["binding_status"])["enters_into_force"]
    codes = contracting(record["parties"])
    found = []
    for event in record["events"]:
        text = effective(event)
        if not event["provision"] or kinds.stage(event["kind"]) != kinds.ENTERED or not text:
            continue
        date = parse(text)
        if passed(date, as_of):
            continue
        who = " and ".join(event["parties"])
        what = f"{event['provision']} {enters}" + (f" for {who}" if who else "")
        rule = f"recorded ({event['kind'].replace('_', ' ')}, {event['id']})"
        whose = tuple(event["parties"]) or codes
        found.append(Deadline(f"entry-{event['id']}", ENTRY, date, what, whose, rule, not date.uncertain))
    return found
