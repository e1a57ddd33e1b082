"""Spans: stretches of time in which an agreement, or one party in it, has a status, each end a window of days."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.dates.day import OPEN, between
from tracker.dates.edtf import bounds
from tracker.law.life.standing import GOING_ON, IN_FORCE
from tracker.law.life.steps import Step

FIRST_DAY = "0001-01-01"
"""The earliest possible end of a span where nothing bounds it: NULL would mean that it never ends."""
ENDING = 90
"""Causes from here on end what was before: whichever span it was, where the act may have come that early."""
SPAN_COLUMNS = (
    "party", "position", "status", "from_date", "from_earliest", "from_latest",
    "until_date", "until_earliest", "until_latest", "uncertain", "from_events", "until_events", "spell",
    "spell_begins", "spell_ends", "spell_ended", "spell_from", "spell_from_earliest", "spell_from_latest",
    "spell_from_uncertain", "spell_until", "spell_until_earliest", "spell_until_latest", "spell_until_uncertain",
)  # fmt: skip


@dataclass(slots=True)
class Span:
    """One row of table ``span``, without its agreement; ``party`` '' is the instrument.

    On day D the status holds possibly if from_earliest <= D < until_latest, and certainly if from_latest <= D <
    until_earliest and not ``uncertain``. None: from_earliest = possible from the beginning, from_latest = never
    certain, until_* = no end. ``from_date`` and ``until_date`` are the EDTF dates as recorded: ``until_date`` is the
    day on which the ending takes effect, or the last day of a term; None where the day is unknown (or there is no end).
    An end in doubt (``2019?``) has no ``until_latest``: "not ended yet" stays possible, as ``not`` negates "certain".
    """

    party: str
    position: int
    status: str
    from_date: str | None
    from_earliest: str | None
    from_latest: str | None
    until_date: str | None
    until_earliest: str | None
    until_latest: str | None
    uncertain: bool
    from_events: tuple[str, ...] = field(default=(), compare=False)
    """Ids of the events that made the beginning on their own day; () = a rule did, such as the end of a term."""
    until_events: tuple[str, ...] = field(default=(), compare=False)
    """The same for the end."""
    spell: "Spell | None" = None
    """The spell of force that it belongs to."""
    supposed_end: bool = field(default=False, compare=False)
    """Nothing in the record tells of the end, which is only possible."""

    def __getitem__(self, column: str) -> object:
        """Return a column by name, as a row of a query does."""
        return self.row()[SPAN_COLUMNS.index(column)] if column in _COMPUTED else getattr(self, column)

    def _spell(self) -> tuple[object, ...]:
        """Return the columns of the spell; the days of its dates are asked of the instrument alone."""
        if self.spell is None:
            return NO_SPELL
        return self.spell.of_party() if self.party else self.spell

    def of_party(self, code: str, status: str | None = None, position: int | None = None) -> "Span":
        """Return the same span of another party, under the word and the position that it has there."""
        return Span(
            code, self.position if position is None else position, self.status if status is None else status,
            self.from_date, self.from_earliest, self.from_latest, self.until_date, self.until_earliest,
            self.until_latest, self.uncertain, self.from_events, self.until_events, self.spell,
        )  # fmt: skip

    def row(self) -> tuple[object, ...]:
        """Return the values in the order of ``SPAN_COLUMNS``."""
        return (
            self.party, self.position, self.status, self.from_date, self.from_earliest, self.from_latest,
            self.until_date, self.until_earliest, self.until_latest, self.uncertain,
            " ".join(self.from_events) or None, " ".join(self.until_events) or None, *self._spell(),
        )  # fmt: skip


class Spell(NamedTuple):
    """A spell of force: from an entry through all suspensions to the end; its values are columns of its spans.

    It holds possibly on day D if begins <= D < ends (None = open). ``from_`` and ``until`` are its dates as recorded,
    each with its days and doubt; ``ended`` = an end is recorded, if only on an unknown day.
    """

    number: int | None
    begins: str | None
    ends: str | None
    ended: bool | None
    from_: str | None
    from_earliest: str | None
    from_latest: str | None
    from_uncertain: bool | None
    until: str | None
    until_earliest: str | None
    until_latest: str | None
    until_uncertain: bool | None

    def of_party(self) -> tuple[object, ...]:
        """Return the same without the days of its dates."""
        return (*self[:5], None, None, None, self.until, None, None, None)


NO_SPELL = (None,) * len(Spell._fields)
_COMPUTED = frozenset(SPAN_COLUMNS[SPAN_COLUMNS.index("from_events") :])


def tell_spells(spans: Sequence[Span]) -> None:
    """Tell the spans of one track, in order of position, the spell of force that each belongs to."""
    number = 0
    spell: list[Span] = []
    for span in spans:
        if span.status in (GOING_ON if spell else IN_FORCE):
            spell.append(span)
        elif spell:
            number += 1
            _tell(spell, number)
            spell = []
    if spell:
        _tell(spell, number + 1)


def _tell(spans: Sequence[Span], number: int) -> None:
    first, last = spans[0], spans[-1]
    from_earliest, from_latest, from_doubt = bounds(first.from_date)
    until = None if last.supposed_end else last.until_date
    until_earliest, until_latest, until_doubt = bounds(until)
    spell = Spell(
        number, first.from_earliest, last.until_latest,
        (last.until_date is not None or last.until_earliest is not None) and not last.supposed_end,
        first.from_date, from_earliest, from_latest, first.uncertain or from_doubt,
        until, until_earliest, until_latest, last.uncertain or until_doubt,
    )  # fmt: skip
    for span in spans:
        span.spell = spell


class Track:
    """Follows one status through time and writes down its spans."""

    __slots__ = ("acting", "cause", "closed", "party", "spans", "status")

    def __init__(self, party: str) -> None:
        """Begin without a status; ``party`` '' is the instrument."""
        self.party = party
        self.status = ""
        self.cause = 0
        self.acting: tuple[Step, ...] = ()
        """The last step, and the steps of its rank on the same days that came just before it."""
        self.closed: Span | None = None
        """The span that these steps ended."""
        self.spans: list[Span] = []

    def turn(self, status: str, step: Step, *, widens: bool = False) -> None:
        """Change to ``status`` ('' = none) within the window of ``step``; it cannot come before what it follows began.

        ``widens``: a second act of the same rank that may have been the earlier one widens the window in which the
        status began.
        """
        together = bool(self.acting) and _acts_with(self.acting[-1], step)
        self.acting = (*self.acting, step) if together else (step,)
        if not together:
            self.closed = None
        if status == self.status:
            if together:
                self._act_too(status, step)
            if widens and step.rank == self.cause and status:
                self._begin_earlier(step)
                self._begin_at_last(step)
            return
        self.cause = step.rank if widens else 0
        earliest, latest, text, doubt = step[:4]
        events = tuple(event for act in self.acting for event in act.events) if together else step.events
        spans = self.spans
        if spans:
            earliest = max(earliest, spans[-1].from_earliest or "")
            if self.status:
                self._close(earliest, step, events)
            elif not doubt:
                _be_over(spans, latest)
        self.status = status
        if status:
            final = None if latest == OPEN else latest
            begun = Span(self.party, len(spans), status, text, earliest or None, final, None, None, None, doubt, events)
            spans.append(begun)

    def be_over(self, step: Step) -> None:
        """End by the window of a step, at the latest, every status that came before the one that holds."""
        if step.doubt or not self.spans:
            return
        _be_over(self.spans[:-1], step.latest)
        held = self.spans[-1]
        if not held.uncertain and (held.from_latest or OPEN) > step.latest:
            held.from_latest = None if step.latest == OPEN else step.latest

    def _act_too(self, status: str, step: Step) -> None:
        """Count one more act of the same days and rank among those that began the status, and ended the last one."""
        if status and self.spans[-1].from_events == tuple(event for act in self.acting[:-1] for event in act.events):
            self.spans[-1].from_events += step.events
        if self.closed is not None:
            self.closed.until_events += step.events

    def _begin_earlier(self, step: Step) -> None:
        span = self.spans[-1]
        earliest = step.earliest
        if span.from_earliest is None or earliest >= span.from_earliest:
            return
        ends = self.cause >= ENDING
        for before in self.spans[-2::-1]:
            begun = before.from_earliest or ""
            earliest = earliest if ends else max(earliest, begun)
            if before.until_earliest is None or before.until_earliest <= earliest:
                break
            before.until_earliest = max(earliest, begun) or FIRST_DAY
            if not ends:
                break
        earliest = max(earliest, self.spans[0].from_earliest or "") if len(self.spans) > 1 else earliest
        span.from_earliest = earliest or None
        if span.from_date is not None and (earliest or span.from_latest):
            span.from_date = between(earliest or None, span.from_latest, uncertain=span.uncertain).edtf

    def _begin_at_last(self, step: Step) -> None:
        """Take the last day of a second act of the same kind, where that came first for certain."""
        span = self.spans[-1]
        earliest, latest, text, doubt = step[:4]
        if doubt or text is None or latest == OPEN or latest >= (span.from_latest or OPEN) or span.uncertain:
            return
        _be_over(self.spans[:-1], latest)
        span.from_latest = latest
        span.from_date = text if earliest == (span.from_earliest or "") else between(span.from_earliest, latest).edtf

    def _close(self, earliest: str, step: Step, events: tuple[str, ...]) -> None:
        span = self.closed = self.spans[-1]
        span.until_events = events
        span.supposed_end = step.supposed
        _, latest, text, doubt = step[:4]
        span.until_date = text
        span.until_earliest = earliest or FIRST_DAY
        span.until_latest = None if doubt or latest == OPEN else latest
        if span.until_latest is not None:
            _be_over(self.spans, span.until_latest)
        if span.until_latest is not None and span.from_earliest is not None and span.until_latest <= span.from_earliest:
            self.spans.pop()


def _acts_with(last: Step, step: Step) -> bool:
    """Tell whether a step comes on the days of the last one, and is of its rank."""
    return last.rank == step.rank and last[:4] == step[:4]


def _be_over(spans: Sequence[Span], latest: str) -> None:
    """End by a day, at the latest, what came before the status that begins by then."""
    for before in spans:
        if (before.until_latest or OPEN) > latest:
            before.until_latest = latest
