"""Spans: stretches of time in which an agreement, or one party in it, has a status, each end a window of days."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.dates.day import between

OPEN = "~"
"""Stands for "no latest day" while windows are compared as text: it sorts after every ISO day."""
FIRST_DAY = "0001-01-01"
"""The earliest possible end of a span where nothing bounds it: NULL would mean that it never ends."""
ENDING = 90
"""Causes from here on end what was before: whichever span it was, where the act may have come that early."""
SPAN_COLUMNS = (
    "party", "position", "status", "from_date", "from_earliest", "from_latest",
    "until_date", "until_earliest", "until_latest", "uncertain",
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

    def __getitem__(self, column: str) -> object:
        """Return a column by name, as a row of a query does."""
        return getattr(self, column)

    def of_party(self, code: str) -> "Span":
        """Return the same span of another party."""
        return Span(
            code, self.position, self.status, self.from_date, self.from_earliest, self.from_latest,
            self.until_date, self.until_earliest, self.until_latest, self.uncertain,
        )  # fmt: skip

    def row(self) -> tuple[object, ...]:
        """Return the values in the order of ``SPAN_COLUMNS``."""
        return (
            self.party, self.position, self.status, self.from_date, self.from_earliest, self.from_latest,
            self.until_date, self.until_earliest, self.until_latest, self.uncertain,
        )  # fmt: skip


Window = tuple[str, str, str | None, bool]
"""First day ('' = open), last day (``OPEN`` = open), EDTF text (None = day unknown), doubt."""


class Track:
    """Follows one status through time and writes down its spans."""

    __slots__ = ("cause", "party", "spans", "status")

    def __init__(self, party: str) -> None:
        """Begin without a status; ``party`` '' is the instrument."""
        self.party = party
        self.status = ""
        self.cause = 0
        self.spans: list[Span] = []

    def turn(self, status: str, window: Window, *, cause: int = 0) -> None:
        """Change to ``status`` ('' = none) within ``window``; it cannot come before what it follows began.

        ``cause`` names what brings it about, 0 = nothing does: a second act of the same kind that may have been the
        earlier one widens the window in which the status began.
        """
        if status == self.status:
            if cause and cause == self.cause and status:
                self._begin_earlier(window)
                self._begin_at_last(window)
            return
        self.cause = cause
        earliest, latest, text, doubt = window
        spans = self.spans
        if spans:
            earliest = max(earliest, spans[-1].from_earliest or "")
            if self.status:
                self._close(earliest, window)
            elif not doubt:
                _be_over(spans, latest)
        self.status = status
        if status:
            final = None if latest == OPEN else latest
            spans.append(Span(self.party, len(spans), status, text, earliest or None, final, None, None, None, doubt))

    def _begin_earlier(self, window: Window) -> None:
        span = self.spans[-1]
        earliest = window[0]
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

    def _begin_at_last(self, window: Window) -> None:
        """Take the last day of a second act of the same kind, where that came first for certain."""
        span = self.spans[-1]
        earliest, latest, text, doubt = window
        if doubt or text is None or latest == OPEN or latest >= (span.from_latest or OPEN) or span.uncertain:
            return
        _be_over(self.spans[:-1], latest)
        span.from_latest = latest
        span.from_date = text if earliest == (span.from_earliest or "") else between(span.from_earliest, latest).edtf

    def _close(self, earliest: str, window: Window) -> None:
        span = self.spans[-1]
        _, latest, text, doubt = window
        span.until_date = text
        span.until_earliest = earliest or FIRST_DAY
        span.until_latest = None if doubt or latest == OPEN else latest
        if span.until_latest is not None:
            _be_over(self.spans, span.until_latest)
        if span.until_latest is not None and span.from_earliest is not None and span.until_latest <= span.from_earliest:
            self.spans.pop()


def _be_over(spans: Sequence[Span], latest: str) -> None:
    """End by a day, at the latest, what came before the status that begins by then."""
    for before in spans:
        if (before.until_latest or OPEN) > latest:
            before.until_latest = latest
