"""What notices of withdrawal bring about by themselves: the end on their effective day, or with a term (VCLT 54, 65).

A notice can be revoked until it takes effect (VCLT 68). Where that is only possible, so is the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tracker.dates import periods
from tracker.dates.day import PartialDate, after, between, not_after
from tracker.dates.edtf import parse
from tracker.law import terms
from tracker.law.life.steps import ANY_DAY, ENDED, NOTICE_LIFTED, TERM_OVER, WITHDRAWN, Step, concerns, taking
from tracker.record import kinds

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Event, Notice, Terms


SILENT = periods.Period(12, 0)
"""Notice where the text says nothing of withdrawal and allows it (VCLT 56(2))."""


ENDING = ("fixed_term", "renewable_by_agreement")
"""Kinds of duration that end with their term, whether notice is given or not."""
PROCEDURE = periods.Period(3, 0)
"""Time that the other parties have to object to a measure for which a ground is invoked (VCLT 65(2))."""


def clause_of(clauses: Sequence[Notice]) -> Notice | None:
    """Return the clause that tells how long a notice of withdrawal or termination runs; none that works with a term."""
    running = (one for one in clauses if one["period"] and not counts_back(one))
    return next((one for one in running if one["kind"] in ("withdrawal", "termination")), None)


def period_of_notice(clauses: Sequence[Notice], *, treaty: bool) -> periods.Period | None:
    """Return the time from a notice to its effect: the agreement's own, or twelve months where no notice is recorded.

    ``treaty`` = the law of treaties fills what the text leaves open.
    """
    clause = clause_of(clauses)
    if clause is None:
        return SILENT if treaty and not clauses else None
    return periods.parse(clause["period"])


def withdrawals(
    steps: Sequence[Step], events: Sequence[Event], held: Terms | None, *, treaty: bool = True, of_many: bool = False
) -> list[Step]:
    """Return the withdrawals that notices bring about on their effective day.

    ``of_many`` = more than two sides: what ends the whole later does not tell when one of them left.

    Without a recorded day that which the agreement's own clause gives, in doubt: the record does not say that it did.
    Of a treaty without a clause that allows a notice, in doubt from three months to twelve months after it (VCLT 65(2),
    56(2)); a day that may be earlier than three months after it is in doubt as well. Where nothing tells when a notice
    works, it may have worked on any day from the first that is possible; one that ends a term is no matter of this
    function (``non_renewals``).
    """
    found: list[Step] = []
    for event in _notices(events):
        given = parse(event["date"]) if event.get("date") else None
        clauses = (held.get("notices") if held else None) or ()
        silent = treaty and not clauses and given is not None and _says_nothing(held)
        if event.get("effective_date"):
            effect: PartialDate | None = parse(event["effective_date"])
        else:
            effect = _in_silence(given) if silent and given is not None else _by_clause(given, clauses)
        if effect is None:
            if given is not None and not ends_a_term(held):
                found += unknown(steps, event, clauses, treaty=treaty)
            continue
        rash = silent and given is not None and not not_after(terms.moved(given, PROCEDURE), effect)
        who = tuple(event.get("parties") or ())
        lifted = _lifted(steps, who, given, effect)
        recorded = _is_recorded(_ends_by(steps, effect) if of_many and who else steps, who, given)
        if recorded is not True and lifted is not True:
            doubt = lifted is None or recorded is None or not event.get("effective_date") or rash
            over = taking(WITHDRAWN, kinds.usual(WITHDRAWN), who, effect, doubt=doubt)
            over = over._replace(supposed=silent and not event.get("effective_date"), maybe=doubt)
            known = event.get("id") if event.get("effective_date") else None
            found.append(over._replace(events=(known,) if known else ()))
    return found


def unknown(steps: Sequence[Step], event: Event, clauses: Sequence[Notice], *, treaty: bool) -> Iterator[Step]:
    """Yield the withdrawal that a notice may have brought about on a day that nothing tells, if it was not lifted.

    Once the period of a clause has passed; of a treaty for which none is recorded after three months (VCLT 65(2)).
    """
    given = parse(event["date"] or "")
    lengths = [periods.parse(one["period"]) for one in clauses if one["period"] and one["kind"] != "suspension"]
    least = min(lengths, key=periods.most_days, default=periods.Period(0, 0) if clauses or not treaty else PROCEDURE)
    try:
        first = terms.moved(given, least)
    except periods.PeriodError:
        return
    who = tuple(event.get("parties") or ())
    if first.earliest is None or _is_recorded(steps, who, given) or _lifted(steps, who, given, parse(ANY_DAY)):
        return
    day = between(first.earliest, None)
    over = taking(WITHDRAWN, kinds.usual(WITHDRAWN), who, day, doubt=True)
    yield over._replace(latest=ANY_DAY, supposed=True, maybe=True)


def ends_a_term(held: Terms | None) -> bool:
    """Tell whether a notice works with a term: one that renews tacitly unless notice is given, or that ends anyhow."""
    duration = held["duration"] if held else None
    if held is None or not duration or not any(counts_back(one) for one in held.get("notices") or ()):
        return False
    if duration["kind"] != "auto_renewing":
        return duration["kind"] in ENDING
    return _stopping(held) is not None


def _stopping(held: Terms) -> tuple[periods.Period, periods.Period] | None:
    """Return the period of a notice that stops a term from renewing, and the length for which it renews."""
    clause = next((one for one in held.get("notices") or () if counts_back(one) and one["period"]), None)
    duration = held["duration"]
    length = duration and (duration.get("renewal_period") or duration.get("period"))
    if clause is None or not length:
        return None
    return periods.parse(clause["period"]), periods.parse(length)


def _ends_by(steps: Sequence[Step], effect: PartialDate) -> list[Step]:
    """Leave out the ends of the whole that come after a notice took effect: its giver had left before them."""
    latest = effect.latest or "~"
    return [step for step in steps if step.rank != ENDED or step.who or step.earliest <= latest]


def _is_recorded(steps: Sequence[Step], who: tuple[str, ...], given: PartialDate | None) -> bool | None:
    """Tell whether an end that followed a notice is recorded by itself: True, False, or None for possibly."""
    first, last = given.days[:2] if given is not None else ("", "")
    ends = [
        step for step in steps
        if step.rank in (WITHDRAWN, ENDED) and step.text is not None and concerns(step.who, who)
        and first <= step.latest
    ]  # fmt: skip
    if not ends:
        return False
    return True if any(last <= step.earliest for step in ends) else None


def non_renewals(
    steps: Sequence[Step],
    events: Sequence[Event],
    held: Terms,
    anchor: terms.Anchor | None,
    setting: tuple[bool, bool | None],
) -> list[Step]:
    """Return what notices bring about that keep a term from renewing tacitly.

    ``anchor`` is where the terms are counted from, None where that is not known; ``setting`` tells whether the law of
    treaties fills what is open, and whether there are two sides. A notice counts for the first term whose last day for
    it has not passed. Among more than two parties that of one ends the term for that party alone.
    """
    treaty, bilateral = setting
    stopping = _stopping(held)
    if stopping is None:
        return []
    period, length = stopping
    found: list[Step] = []
    for event in _notices(events):
        if event.get("effective_date") or not event.get("date"):
            continue
        given = parse(event["date"])
        last = None if anchor is None else _stopped(given, period, terms.rolling(anchor, length))
        who = tuple(event.get("parties") or ())
        if last is None:
            found += unknown(steps, event, held.get("notices") or (), treaty=treaty)
            continue
        over = terms.day_after(last)
        lifted = _lifted(steps, who, given, over)
        if lifted is True:
            continue
        if not who or bilateral:
            ends = taking(TERM_OVER, kinds.TERM_ENDS[0], (), over, doubt=lifted is None)
            found.append(ends._replace(text=last.edtf))
        elif not _is_recorded(steps, who, given):
            found.append(taking(WITHDRAWN, kinds.usual(WITHDRAWN), who, over, doubt=lifted is None))
    return found


def _stopped(given: PartialDate, period: periods.Period, coming: Iterable[terms.Term]) -> PartialDate | None:
    """Return the last day of the term that a notice ends: the first for which it is in time, or may be."""
    earliest: str | None = None
    for term in coming:
        deadline = terms.notice_deadline(term.last, period)
        if after(given, deadline):
            continue
        earliest = earliest or term.last.earliest
        if given.latest is None:
            return between(earliest, None, uncertain=given.uncertain) if earliest else None
        if deadline.earliest is not None and given.latest <= deadline.earliest:
            return between(earliest, term.last.latest, uncertain=given.uncertain or term.last.uncertain)
    return None


def counts_back(notice: Notice) -> bool:
    """Tell whether a notice has a last day: it stops a renewal, or its period is counted from the end of the term."""
    return notice["kind"] == "non_renewal" or bool(notice.get("counted_from") == "end_of_term")


def _notices(events: Sequence[Event]) -> Iterator[Event]:
    for event in events:
        if event["kind"] in kinds.NOTICES and not event.get("provision"):
            yield event


def _by_clause(given: PartialDate | None, clauses: Sequence[Notice]) -> PartialDate | None:
    clause = clause_of(clauses)
    if clause is None or given is None:
        return None
    try:
        return terms.takes_effect(given, periods.parse(clause["period"]), clause.get("starts"))
    except periods.PeriodError:
        return None


def _says_nothing(held: Terms | None) -> bool:
    """Tell whether nothing is recorded of how the agreement ends (VCLT 56(1))."""
    duration = held.get("duration") if held else None
    return not duration or duration["kind"] in ("indefinite", "unknown")


def _in_silence(given: PartialDate) -> PartialDate | None:
    try:
        first, final = terms.moved(given, PROCEDURE), terms.moved(given, SILENT)
    except periods.PeriodError:
        return None
    return None if first.earliest is None else between(first.earliest, final.latest, uncertain=True)


def _lifted(steps: Sequence[Step], who: tuple[str, ...], given: PartialDate | None, effect: PartialDate) -> bool | None:
    """Tell whether a notice was suspended or revoked before its effect: True, False, or None for possibly."""
    begun = (given and given.earliest) or ""
    end = effect.latest or "~"
    answer: bool | None = False
    for step in steps:
        if step.rank != NOTICE_LIFTED or not concerns(step.who, who) or step.latest < begun or step.earliest >= end:
            continue
        if step.earliest >= begun and step.latest < (effect.earliest or "") and not step.doubt:
            return True
        answer = None
    return answer
