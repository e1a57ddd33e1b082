"""What falls due for an agreement from a day on: ends of terms, notices, tacit renewals, entries, survival.

Each deadline carries its counting in words. What is recorded wins over what is computed, and both are said where they
differ. A record is a mapping in the shape of the register with its derived part (``derived`` of the same day).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.dates import fiscal_years, periods
from tracker.dates.day import PartialDate, after, beyond, not_after, passed
from tracker.dates.edtf import parse
from tracker.dates.periods import PeriodError
from tracker.law import terms
from tracker.law.due.courses import Course, course
from tracker.law.due.items import EXPIRY, NOTICE, RENEWAL, SURVIVAL, Deadline, Findings, of_whole
from tracker.law.due.unfinished import entries, of_provisions, with_another
from tracker.law.due.withdrawals import of_parties, pending, recorded_ends, standing_notices
from tracker.law.life import lifecycle
from tracker.law.life.notice_effects import counts_back
from tracker.law.life.standing import SpanRow
from tracker.law.parties import contracting, has_two_sides
from tracker.law.successors import NO_LIVES, Existence
from tracker.record import kinds
from tracker.record.kinds import effective
from tracker.record.vocabulary import words

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Event, Survival


ALIVE = ("in_force", "operative", "suspended", "provisionally_applied")
NOT_BY_TERM = tuple(status for status in kinds.OVER if status not in ("expired", "never_entered"))
"""Ends that came on the first day without force, not on the last day of a term."""
DEPARTING = (*kinds.LEAVING, *kinds.NOTICES)
LAST_DAY = "last day for notice"
TAKEN_BACK = "by what is recorded of its life it may not have ended then"
COUNTED = {
    "receipt": "the other side must have received it",
    "dispatch": "it must have been sent",
    "end_of_term": "counted from the end of the term",
}
"""What the counting rule of a notice asks for by its last day."""


Spans = Callable[[], Sequence[SpanRow]]
"""Gives the spans of an agreement, where a deadline has to be held against its whole life."""


def deadlines(
    record: Agreement,
    as_of: str,
    horizon: str | None,
    spans: Spans | None = None,
    existence: Existence = NO_LIVES,
) -> Findings:
    """Return what falls due for one agreement on or after the ISO day ``as_of``.

    Terms that renew tacitly are listed up to ``horizon``, the next one only where that is None. What has terms but no
    day to count from is told by the reasons of the answer. ``spans`` gives those that the register holds, which know
    what other agreements do to this one; without it they follow from the record alone. ``existence`` tells how long its
    parties existed, as for the status.
    """
    try:
        findings = _Agreement(of_whole(record), as_of, horizon, Outside(spans, existence)).findings()
    except PeriodError:
        return Findings([], ["a term leaves the years of the register"])
    if record["derived"]["status"] not in kinds.OVER:
        findings.found.extend(of_provisions(record, as_of))
    return findings


class Outside(NamedTuple):
    """What is known beside the record."""

    spans: Spans | None
    existence: Existence


class _Agreement:
    """One agreement on one day; the methods add to ``found`` and ``reasons``."""

    def __init__(self, record: Agreement, as_of: str, horizon: str | None, outside: Outside) -> None:
        self.record = record
        self.as_of = as_of
        self.horizon = horizon
        self.terms = record["terms"]
        self.codes = contracting(record["parties"])
        self.existence = outside.existence
        self.two_sides = has_two_sides(record, self.existence)
        self.words = words(record["binding_status"])
        self.derived = record["derived"]
        self.alive = bool(self.derived["status"] in ALIVE and self.derived["status_certain"])
        around = lifecycle.Around(existence=self.existence)
        self.told = outside.spans or (lambda: lifecycle.of_record(record, around=around))
        self.spans: Sequence[SpanRow] | None = None
        self.found: list[Deadline] = []
        self.reasons: list[str] = []

    def findings(self) -> Findings:
        """Return everything, ends and notices first."""
        if self.derived["status"] not in kinds.OVER:
            notices, unplaced = pending(self.record, self.as_of, two_sides=self.two_sides)
            self.found += notices
            self.reasons += unplaced
            self._term()
            self.found += recorded_ends(self.record, self.as_of, self.found)
            self._by_others()
            self.found += of_parties(self.record, self.as_of, self.horizon)
            self.found = [item for item in self.found if not self._is_stopped(item.date)]
            found = entries(self.record, self.as_of, self.existence)
            found += with_another(self.record, self.as_of, self._spans)
            self.found += [item for item in found if self._may_enter(item)]
            self.found = [self._fulfilled(self._confirmed(item)) for item in self.found]
        self._survival()
        return Findings([item for item in self.found if not passed(item.date, self.as_of)], self.reasons)

    def _by_others(self) -> None:
        """Add the ends that come from other agreements: the end of a whole, of what this depends on, a later treaty."""
        moves = {code for event in self.record["events"] if event["kind"] in DEPARTING for code in event["parties"]}
        known = {item.date for item in self.found if item.kind == EXPIRY}
        ends = [("", self.derived["in_force_until"])]
        ends += [(held["code"], held["until"]) for held in self.derived["party_status"] if held["code"] not in moves]
        for party, day in ends:
            date = parse(day["edtf"]) if day else None
            if date is None or date in known or passed(date, self.as_of) or not self._is_by_others(party, date):
                continue
            whose = (party,) if party else self.codes
            what = f"withdrawal of {party} takes effect" if party else "ends"
            rule = "by another agreement: one that it depends on, amends or extends, or that takes its place"
            sure = not date.uncertain
            self.found.append(
                Deadline(f"other-{party or 'end'}", EXPIRY, date, what, whose, rule, sure, ends=not party)
            )

    def _is_by_others(self, party: str, date: PartialDate) -> bool:
        """Tell whether an end on a day has no cause in the record itself: no event, no term and no notice."""
        wanted = ("withdrawn",) if party else kinds.ENDED_AS
        begun = [span for span in self._spans() if span["party"] == party and span["status"] in wanted]
        there = [span for span in begun if span["from_earliest"] == date.earliest and not span["from_events"]]
        by_record = self.terms["duration"] is not None or any(standing_notices(self.record, self.as_of))
        return bool(there) and not by_record

    def _term(self) -> None:
        found = course(self.record, self.as_of, self.existence)
        self._earliest_notices()
        if isinstance(found, str):
            self.reasons.append(found)
        elif found is not None and found.renewal is not None:
            self._rolling(found)
        elif found is not None and not found.overruled:
            self._single(found)

    def _single(self, held: Course) -> None:
        """Take a term that does not renew by itself: it ends, or goes on without limit."""
        last = held.last
        if held.kind == "initial_term_then_indefinite":
            what = "initial term ends; goes on without a fixed end"
            self._add("initial-term", RENEWAL, last, what, held.rule)
        else:
            if passed(last, self.as_of):
                self.reasons.append("the term ran out, neither an end nor a renewal is recorded")
                return
            what = "last day of the term"
            if held.kind == "renewable_by_agreement":
                what += f", unless the {self.words['parties']} renew it"
            self._add("expiry", EXPIRY, last, what, held.rule + self._fiscal_year(last))
        self._notices(last, 1)

    def _rolling(self, held: Course) -> None:
        """Take terms that renew tacitly, from the first that does not lie behind to the horizon."""
        renewal = held.renewal
        assert renewal is not None  # noqa: S101 - the caller looked
        before: terms.Term | None = None
        for term in terms.rolling(held.anchor or terms.ending(held.last), renewal, self.as_of):
            if passed(term.following, self.as_of):
                before = term
                continue
            if self.found and not passed(term.last, self.as_of) and self._is_stopped(term.last):
                return
            rule = f"{held.rule}; then {terms.spoken(renewal)} at a time; term {term.number} ends {term.last.edtf}"
            ends = self._end_by_notice(term, before, rule)
            self.found.extend(self._departures(term, before, rule))
            before = term
            if ends is not None:
                self.found.append(ends)
                if ends.certain:
                    return
            if self.horizon is not None or not self._has_coming(RENEWAL):
                what = f"renews tacitly for {terms.spoken(renewal)}"
                tail = "unless notice is given" if ends is None else "unless the notice given stands"
                self._add(f"renewal-{term.number}", RENEWAL, term.following, what, f"{rule}, {tail}", sure=ends is None)
            self._notices(term.last, term.number)
            if self._is_far_enough(term):
                return

    def _is_far_enough(self, term: terms.Term) -> bool:
        """Tell whether later terms are not asked for: beyond the horizon, or the next of each kind is listed."""
        notices = [notice for notice in self.terms["notices"] if counts_back(notice) and notice["period"]]
        if self.horizon is None:
            return self._has_coming(RENEWAL) and (not notices or self._has_coming(NOTICE))
        days = [terms.notice_deadline(term.last, periods.parse(notice["period"])) for notice in notices]
        return all(beyond(day, self.horizon) for day in (term.following, *days))

    def _has_coming(self, kind: str) -> bool:
        return any(item.kind == kind and not passed(item.date, self.as_of) for item in self.found)

    def _is_stopped(self, last: PartialDate) -> bool:
        """Tell whether the agreement has certainly ended before a day, so that nothing falls due on it any more."""
        return any(
            item.kind == EXPIRY and item.certain and item.ends and item.date.latest and beyond(last, item.date.latest)
            for item in self.found
        )

    def _spans(self) -> Sequence[SpanRow]:
        """Return the spans that the status is read from, read once."""
        if self.spans is None:
            self.spans = self.told()
        return self.spans

    def _may_enter(self, item: Deadline) -> bool:
        """Tell whether an entry is one by the whole life: what ended before, or is no more, enters no more."""
        day = item.date.latest or item.date.earliest
        if day is None:
            return True
        party = item.whose[0] if len(item.whose) == 1 and item.whose != self.codes else ""
        return bool(set(lifecycle.possible(self._spans(), day, party)) & {*ALIVE})

    def _confirmed(self, item: Deadline) -> Deadline:
        """Return an end as it is, or not certain where the whole life, known later, may end before or go on after."""
        if not (item.certain and item.ends):
            return item
        if item.date.latest is None:
            return item._replace(certain=False)
        spans = self._spans()
        before = lifecycle.possible(spans, periods.add_days(item.date.earliest or item.date.latest, -1))
        after_ = lifecycle.possible(spans, periods.add_days(item.date.latest, 1))
        if set(after_) <= set(kinds.OVER) and not set(before) & set(kinds.OVER):
            return item
        return item._replace(certain=False, rule=f"{item.rule}; {TAKEN_BACK}")

    def _fulfilled(self, item: Deadline) -> Deadline:
        """Return the last day for a notice with what was done by then: whose notice was given, and when."""
        if item.kind != NOTICE or not item.what.startswith(LAST_DAY):
            return item
        given = [
            f"{' and '.join(event['parties']) or 'all'} {event['date']}"
            for event in standing_notices(self.record, self.as_of)
            if event["date"] and not after(parse(event["date"]), item.date)
            if not event["parties"] or set(event["parties"]) & set(item.whose)
        ]
        return item._replace(what=f"{item.what}; given: {', '.join(given)}") if given else item

    def _end_by_notice(self, term: terms.Term, before: terms.Term | None, rule: str) -> Deadline | None:
        """Return the end that a notice of non-renewal brings, certain where it was given in time; None for none.

        A notice that was in time for the term before ended the agreement with that.
        """
        for event, deadline, in_time in self._noticed(term, before):
            if event["parties"] and not self.two_sides:
                continue
            what = "ends with its term: notice was given" if in_time else "may end with its term: notice was given"
            whose = tuple(event["parties"]) or self.codes
            item = f"notice-{event['id']}-end"
            rule = f"{_given(event, deadline)}; {rule}"
            return Deadline(item, EXPIRY, term.last, what, whose, rule, in_time and self.alive, ends=True)
        return None

    def _departures(self, term: terms.Term, before: terms.Term | None, rule: str) -> Iterator[Deadline]:
        """Yield the ends that such notices bring for some of many, for whom the term is not renewed."""
        for event, deadline, in_time in self._noticed(term, before):
            if event["parties"] and not self.two_sides:
                what = f"withdrawal of {' and '.join(event['parties'])} takes effect, with the term"
                item = f"withdrawal-{event['id']}"
                said = f"{_given(event, deadline)}; {rule}"
                sure = in_time and self.alive
                yield Deadline(item, EXPIRY, term.following, what, tuple(event["parties"]), said, sure, ends=False)

    def _noticed(self, term: terms.Term, before: terms.Term | None) -> Iterator[tuple[Event, PartialDate, bool]]:
        """Yield the notices that may end a term, each with the last day for it, and whether it was surely in time.

        One that was in time for the term before ended that.
        """
        clause = next((notice for notice in self.terms["notices"] if counts_back(notice) and notice["period"]), None)
        for event in standing_notices(self.record, self.as_of):
            if clause is None or event.get("effective_date"):
                continue
            given = parse(event["date"]) if event["date"] else None
            period = periods.parse(clause["period"])
            deadline = terms.notice_deadline(term.last, period)
            if given is not None and after(given, deadline):
                continue
            if given is not None and before and not_after(given, terms.notice_deadline(before.last, period)):
                continue
            yield event, deadline, given is not None and not_after(given, deadline)

    def _notices(self, last: PartialDate, number: int) -> None:
        """Add the last day for each kind of notice that is counted back from the end of a term."""
        for position, notice in enumerate(self.terms["notices"], 1):
            if not counts_back(notice) or not notice["period"]:
                continue
            period = periods.parse(notice["period"])
            day = terms.notice_deadline(last, period)
            counted = COUNTED.get(notice["counted_from"] or "", "from where it is counted is not recorded")
            kind = notice["kind"].replace("_", "-")
            rule = f"last day of the term {last.edtf} less {terms.spoken(period)}; {counted}"
            if notice["provision"]:
                rule = f"{notice['provision']}: {rule}"
            sure = self.alive and notice["counted_from"] is not None and not last.uncertain
            what = f"last day for notice of {kind}"
            self.found.append(
                Deadline(f"notice-{position}-{number}", NOTICE, day, what, self.codes, rule, sure, ends=False)
            )

    def _earliest_notices(self) -> None:
        for position, notice in enumerate(self.terms["notices"], 1):
            if notice["earliest"]:
                what = f"first day for notice of {notice['kind'].replace('_', '-')}"
                rule = f"{notice['provision'] or 'its terms'}: recorded day"
                if notice["period"]:
                    rule += f"; takes effect {terms.spoken(periods.parse(notice['period']))} after the notice"
                self._add(f"notice-{position}-first", NOTICE, parse(notice["earliest"]), what, rule)

    def _survival(self) -> None:
        """Add the last day of duties that survive the end of the agreement (VCLT 70(1))."""
        survival = self.terms["survival"]
        if not survival or not survival["period"]:
            return
        over = self.derived["status"] in kinds.OVER and self.derived["status_certain"]
        alone = not over and not self.two_sides
        for held in self.derived["party_status"] if alone else ():
            if held["status"] == "withdrawn" and held["until"]:
                whose = (held["code"],)
                self.found.append(
                    self._survives(f"survival-{held['code']}", parse(held["until"]["edtf"]), whose, survival)
                )
        first = self._first_day_without_force()
        if first is None:
            if self.derived["status"] in kinds.OVER:
                self.reasons.append("duties survive the end, whose day is not recorded")
            return
        self.found.append(self._survives("survival", first, self.codes, survival))

    def _survives(self, item: str, ended: PartialDate, whose: tuple[str, ...], survival: Survival) -> Deadline:
        """Return the last day of duties that survive an end; ``ended`` is the first day without force."""
        period = periods.parse(survival["period"])
        scope = f" ({survival['scope']})" if survival["scope"] else ""
        what = f"last day on which duties survive{scope}"
        rule = f"{terms.spoken(period)} from {ended.edtf}, the first day after the end"
        day = terms.survival_end(ended, period)
        return Deadline(item, SURVIVAL, day, what, whose, rule, not day.uncertain, ends=False)

    def _first_day_without_force(self) -> PartialDate | None:
        """Return the day after the end, recorded or of a fixed term; None where none is known."""
        for event in self.record["events"]:
            if event["kind"] in kinds.ENDS and not event["parties"]:
                text = effective(event)
                if text:
                    return terms.day_after(parse(text)) if event["kind"] in kinds.TERM_ENDS else parse(text)
        last = next((item.date for item in self.found if item.item == "expiry"), None)
        if last is None and self.derived["status"] == "expired":
            ran = course(self.record, self.as_of, self.existence)
            last = ran.last if isinstance(ran, Course) and ran.renewal is None else None
        if last is not None:
            return terms.day_after(last)
        coming = next((item.date for item in self.found if item.kind == EXPIRY and item.ends and item.certain), None)
        over = self.derived["in_force_until"] if self.derived["status"] in NOT_BY_TERM else None
        return parse(over["edtf"]) if coming is None and over else coming

    def _fiscal_year(self, last: PartialDate) -> str:
        if last.earliest is None or last.earliest != last.latest:
            return ""
        years = ((code, fiscal_years.ending_on(code, last.earliest)) for code in self.codes)
        found = [f"{code} fiscal year {year} ({fiscal_years.RULES[code].source})" for code, year in years if year]
        return f"; the last day of {' and '.join(found)}" if found else ""

    def _add(self, item: str, kind: str, date: PartialDate, what: str, rule: str, *, sure: bool = True) -> None:
        sure = sure and self.alive and not date.uncertain
        if not self.alive:
            rule += f"; not certainly {self.words['in_force']} on {self.as_of}"
        self.found.append(Deadline(item, kind, date, what, self.codes, rule, sure, ends=kind == EXPIRY))


def _given(event: Event, deadline: PartialDate) -> str:
    return f"notice given {event['date'] or '(day unknown)'}, last day for it {deadline.edtf}"
