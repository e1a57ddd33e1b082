"""What spans say about one day: the status, whether it is certain, the spell of force, and the flags."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from tracker.dates.day import OPEN, PartialDate
from tracker.dates.edtf import parse

SPAN_FLAGS = frozenset(("notice_given", "partly_ratified"))
"""Flags that have spans of their own beside the statuses of the instrument."""

IN_FORCE = ("in_force", "operative")
"""Statuses that open a spell of force: the treaty's word and the arrangement's."""
BOUND = IN_FORCE[0]
"""The status of a party for which an agreement is in force, a treaty or an arrangement."""
GOING_ON = (*IN_FORCE, "suspended")
"""Statuses that a spell of force runs through: a suspension does not end it."""

COLUMNS = (
    "party", "position", "status", "from_date", "from_earliest", "from_latest", "until_date", "until_earliest",
    "until_latest", "uncertain", "from_events", "spell", "spell_begins", "spell_ends", "spell_ended", "spell_from",
    "spell_until",
)  # fmt: skip
"""Columns of a span that the rules of this package read."""


class SpanRow(Protocol):
    """A span by column name: ``spans.Span`` or a row of view ``spans``."""

    def __getitem__(self, column: str, /) -> Any:
        """Return the value of a column."""


class Standing(NamedTuple):
    """The status on a day, and the spell of force that holds on it, else the last one.

    ``certain`` is False where another status is possible on that day. ``from_`` and ``until`` are the dates of the
    spell (for arrangements the operative time; a suspension does not break it), None where no day is known.
    ``open_ended`` = there is such a spell and no end of it is recorded.
    """

    status: str
    certain: bool
    from_: PartialDate | None
    until: PartialDate | None
    open_ended: bool


def standing(spans: Iterable[SpanRow], as_of: str, party: str = "") -> Standing:
    """Return the standing of the instrument, or of a party, on the ISO day ``as_of``; ``spans`` in order of position.

    What certainly holds is the status; else the furthest stage that has begun or whose day is unknown, not certain.
    Where the only relevant dates straddle the day, or nothing is recorded, the status is ``unknown``. A party without
    an act that works on the day is ``listed``; where one may work, it is that.
    """
    return _standing([span for span in spans if span["party"] == party], as_of, party)


def standings(spans: Iterable[SpanRow], as_of: str) -> dict[str, Standing]:
    """Return the standings of the instrument ('') and of every party that has spans, in one pass."""
    rows: dict[str, list[SpanRow]] = {"": []}
    for span in spans:
        rows.setdefault(span["party"], []).append(span)
    return {party: _standing(mine, as_of, party) for party, mine in rows.items()}


def flags(spans: Iterable[SpanRow], as_of: str, now: Standing | None = None) -> list[str]:
    """Return the flags on a day: a pending notice, consent of some parties only, force without a recorded end.

    The first two only where they are certain. ``computed_entry``: it is in force by its rules, of which no entry is
    recorded. ``now`` is the standing of the instrument on the day, where it is known.
    """
    rows = [span for span in spans if span["party"] == ""]
    found = [flag for flag in sorted(SPAN_FLAGS) if _is_certain(rows, flag, as_of)]
    now = now or _standing(rows, as_of, "")
    if now.status in IN_FORCE and now.open_ended:
        found.append("no_end_recorded")
    if computed(rows, as_of) is not None:
        found.append("computed_entry")
    return found


def computed(spans: Iterable[SpanRow], as_of: str, party: str = "") -> str | None:
    """Return the day from which it is in force by its rules on ``as_of``, while no entry is recorded; None for none."""
    days = [row["from_date"] for row in spans if row["party"] == party and is_computed(row) and _has_begun(row, as_of)]
    return str(days[-1]) if days else None


def is_computed(row: SpanRow) -> bool:
    """Tell whether a span is that of a force which only follows from the rules: no event began it."""
    return bool(
        row["status"] in IN_FORCE and row["uncertain"] and not row["from_events"] and row["from_date"] is not None
    )


def _has_begun(row: SpanRow, day: str) -> bool:
    return holds_possibly(row, day) and (row["from_latest"] is None or row["from_latest"] <= day)


def possible_flags(spans: Iterable[SpanRow], as_of: str) -> list[str]:
    """Return the flags that may hold on a day and are not certain."""
    rows = [span for span in spans if span["party"] == "" and span["status"] in SPAN_FLAGS]
    held = {row["status"] for row in rows if holds_possibly(row, as_of)}
    return [flag for flag in sorted(held) if not _is_certain(rows, flag, as_of)]


def possible(spans: Iterable[SpanRow], as_of: str, party: str = "") -> list[str]:
    """Return every status that the instrument, or a party, may have on a day, in order of its life; one if certain."""
    mine = [span for span in spans if span["party"] == party and span["status"] not in SPAN_FLAGS]
    found = dict.fromkeys(span["status"] for span in mine if holds_possibly(span, as_of))
    return list(found) or [_standing(mine, as_of, party).status]


def _is_certain(rows: Sequence[SpanRow], word: str, day: str) -> bool:
    return any(
        row["status"] == word
        and row["from_latest"] is not None
        and row["from_latest"] <= day
        and (row["until_earliest"] is None or day < row["until_earliest"])
        and not row["uncertain"]
        for row in rows
    )


def holds_possibly(row: SpanRow, day: str) -> bool:
    """Tell whether a span may hold on an ISO day."""
    begin, end = row["from_earliest"], row["until_latest"]
    return (begin is None or begin <= day) and (end is None or day < end)


def _standing(rows: Sequence[SpanRow], day: str, party: str) -> Standing:
    status = furthest = ""
    nothing = True
    for row in rows:
        word, begin, end = row["status"], row["from_earliest"], row["until_latest"]
        if (begin is not None and begin > day) or (end is not None and day >= end) or word in SPAN_FLAGS:
            continue
        nothing = False
        begin, end = row["from_latest"], row["until_earliest"]
        if begin is None or begin <= day:
            if word != "listed" or not furthest:
                furthest = word
            if begin is not None and (end is None or day < end) and not row["uncertain"]:
                status = word
    if party and nothing:
        status = "listed"
    spell = shown_spell(rows, day)
    if spell is None:
        return Standing(status or furthest or "unknown", bool(status), None, None, open_ended=False)
    from_, until = _date(spell["spell_from"]), _date(spell["spell_until"])
    return Standing(status or furthest or "unknown", bool(status), from_, until, open_ended=not spell["spell_ended"])


def told_from(windows: Iterable[tuple[str | None, str | None, str | None]]) -> str | None:
    """Return the first day from which on a status is always told: '' = on every day, None = on none for good.

    ``windows``: from_earliest, from_latest and until_latest of the spans of a track, those of flags aside. A status is
    told once its span has begun, or began on an unknown day, until it is over for certain.
    """
    stretches = sorted(
        ((earliest or "", latest or "", until or OPEN) for earliest, latest, until in windows), key=_END, reverse=True
    )
    first = OPEN
    for earliest, latest, until in stretches:
        if until < first:
            break
        first = min(first, max(earliest, latest))
    return None if first == OPEN else first


_END = itemgetter(2)


def shown_spell(rows: Iterable[SpanRow], day: str) -> SpanRow | None:
    """Return a span of the last spell of force that may hold on the day, else of the last one; None for none."""
    shown: SpanRow | None = None
    shown_holds = False
    for row in rows:
        if row["spell"] is None:
            continue
        begin, end = row["spell_begins"], row["spell_ends"]
        holds = (begin is None or begin <= day) and (end is None or day < end)
        if holds or not shown_holds:
            shown, shown_holds = row, holds
    return shown


def _date(text: str | None) -> PartialDate | None:
    return None if text is None else parse(text)
