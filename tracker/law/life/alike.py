"""Records that are alike: the same acts in the same order, on other days, by other parties, have the same life.

The rules compare days, whichever they are. Only where they count from one (a term, a period, a notice, the end of a
party) does it matter which it is; such records share nothing. Of the others one life is derived, with signs in place of
days, parties and ids, and told of each with its own: an import meets the same few kinds of records again and again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from tracker.dates.edtf import bounds
from tracker.law.consents import ordinal
from tracker.law.life import lifecycle
from tracker.law.life.instrument import BINDING
from tracker.law.life.lifecycle import NOTHING, Around
from tracker.law.life.sequence import ANY_DAY
from tracker.law.life.steps import ENDLESS
from tracker.law.parties import unnamed
from tracker.law.successors import UNKNOWN
from tracker.record import kinds
from tracker.record.acts import effective
from tracker.record.types import Json

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Event

Cells = tuple[Json, ...]
"""A span as a row: its values in the order of ``SPAN_COLUMNS``."""

MOST_EVENTS = 8
"""Records of more events are rarely alike."""
REMEMBERED = 4096
"""Likenesses that are kept in mind."""
COUNTED_FROM = frozenset(kinds.which(lambda kind: kind.stage == kinds.NOTICE or kind.succeeds))
"""Kinds of events from whose day the rules count, or that ask when a party came into being."""
READ = frozenset(("id", "kind", "date", "effective_date", "parties"))
"""What is read of an event here."""
IDLE = frozenset(("kind_raw", "note", "raw", "places", "verified", "origin", "sources"))
"""What of an event moves nothing, but for a note that gives an act its number; of all else there may be nothing."""
LONGEST = 10
"""Characters of a date that is one day, one month or one year: two such texts differ where their days do."""

Window = tuple[int, int]
"""The first and last day of a date, each by its place among all days of the record."""


class Likeness(NamedTuple):
    """What records that are alike have in common."""

    binding_status: str
    parties: int
    """How many there are."""
    acts: tuple[tuple[str, Window | None, Window | None, tuple[int, ...]], ...]
    """Of each event its kind, its date, its effective date, and its parties by their places in the list."""


class Own(NamedTuple):
    """What each record has of its own: ids and dates of its events, codes of its parties, sorted days."""

    ids: Sequence[str]
    dates: Sequence[str | None]
    """Date and effective date of each event in turn."""
    codes: Sequence[str]
    days: Sequence[str]


def span_rows(record: Agreement, around: Around = NOTHING) -> list[Cells]:
    """Return the spans that ``lifecycle.of_record`` tells, as rows."""
    events = _moving(record["events"])
    taken = _taken_apart(record, events) if _has_likes(record, events, around) else None
    life = None if taken is None else _remembered(taken[0])()
    if taken is None or life is None:
        return [span.row() for span in lifecycle.of_record(record, around=around)]
    return life.of(taken[1])


def _moving(events: Sequence[Event]) -> Sequence[Event]:
    """Return the events that move something, and the others only where an end on an unknown day came after them."""
    moving = [event for event in events if kinds.stage(event["kind"])]
    undated = any(effective(event) is None and kinds.stage(event["kind"]) >= kinds.WITHDRAWN for event in moving)
    return events if undated else moving


def _has_likes(record: Agreement, events: Sequence[Event], around: Around) -> bool:
    """Tell whether a life follows from these events alone, and from nothing that is counted."""
    return (
        0 < len(events) <= MOST_EVENTS
        and not record["terms"]["entry_into_force"]
        and not unnamed(record.get("open_questions"))
        and (not record["terms"]["duration"] or record["terms"]["duration"]["kind"] in ENDLESS)
        and not (around.successors or around.wholes or around.left or around.joined is not None)
        and not any(party.get("role") or _is_of_some_time(party["code"], events, around) for party in record["parties"])
        and all(map(_is_plain, events))
    )


def _is_of_some_time(code: str, events: Sequence[Event], around: Around) -> bool:
    """Tell whether a party ceased to exist, or may have come to be only after what is recorded began."""
    lived = around.existence.get(code, UNKNOWN)
    if lived.over or not lived.begun:
        return bool(lived.over)
    dates = [date for event in events if (date := event["date"] or event["effective_date"])]
    return lived.begun[:4] >= min(dates, default="")[:4]


def _taken_apart(record: Agreement, events: Sequence[Event]) -> tuple[Likeness, Own] | None:
    """Return what a record shares with all that are alike, and what it has of its own; None for odd dates."""
    dates = [date for event in events for date in (event["date"], event["effective_date"])]
    windows = _windows(dates)
    codes = list(dict.fromkeys([party["code"] for party in record["parties"]]))
    place = {code: at for at, code in enumerate(codes)}
    if windows is None or not all(place.keys() >= set(event["parties"]) for event in events):
        return None
    days = sorted({day for window in windows.values() for day in window})
    turn = {day: at for at, day in enumerate(days)}
    turns: dict[str | None, Window | None] = {None: None}
    turns.update((text, (turn[first], turn[last])) for text, (first, last) in windows.items())
    acts = [
        (
            event["kind"],
            turns[event["date"]],
            turns[event["effective_date"]],
            tuple([place[who] for who in event["parties"]]),
        )
        for event in events
    ]
    likeness = Likeness(_binding(record["binding_status"]), len(codes), tuple(acts))
    return likeness, Own([event["id"] for event in events], dates, codes, days)


def _binding(status: str) -> str:
    """Return a binding status for all that have the same words for force and end."""
    if status == "non_binding":
        return status
    return BINDING[0] if status in BINDING else "undetermined"


def _is_plain(event: Event) -> bool:
    """Tell whether only the order of its days decides what an event does."""
    if event["kind"] in COUNTED_FROM or not event["id"]:
        return False
    for key, value in event.items():
        if value and key not in READ and (key not in IDLE or (key in ("note", "raw") and ordinal(event))):
            return False
    return True


def _windows(dates: Sequence[str | None]) -> dict[str, tuple[str, str]] | None:
    """Return the days of each date; None where one is open or in doubt, or where two differ in their writing alone."""
    found: dict[str, tuple[str, str]] = {}
    for text in dates:
        if text is None or text in found:
            continue
        first, last, doubt = bounds(text)
        if doubt or first is None or last is None or len(text) > LONGEST or (first == last != text) or last >= ANY_DAY:
            return None
        found[text] = first, last
    return found if len(set(found.values())) == len(found) else None


class _Memory:
    """What is kept in mind of a likeness: that it was met, and once it is met again the life."""

    __slots__ = ("_is_met", "_life", "_likeness")

    def __init__(self, likeness: Likeness) -> None:
        self._likeness = likeness
        self._is_met = False
        self._life: _Life | None = None

    def __call__(self) -> _Life | None:
        """Return the life of all that are alike; None at the first meeting: most are met once or very often."""
        if self._is_met and self._life is None:
            self._life = _Life(self._likeness)
        self._is_met = True
        return self._life


_remembered = lru_cache(maxsize=REMEMBERED)(_Memory)


def forget() -> None:
    """Forget all lives: what is met next is met for the first time."""
    _remembered.cache_clear()


SIGN = re.compile(r"\[[^]]+\]|\d{4}-06-15|[#@]\d+")
"""What stands for a date of several days, for a day, for the id of an event and for the code of a party."""


def _day(place: int) -> str:
    return f"{1501 + place}-06-15"


def _code(place: int) -> str:
    return f"@{place}"


def _date(window: Window | None) -> str | None:
    """Return a date of these days; of several it is written as the rules write no date of theirs."""
    if window is None:
        return None
    first, last = map(_day, window)
    return first if first == last else f"[{first},{last}]"


def _signed(likeness: Likeness) -> Agreement:
    """Return a record with signs for what each has of its own."""
    events = [
        {
            "id": f"#{at}", "kind": kind, "date": _date(date), "effective_date": _date(effective),
            "parties": list(map(_code, who)), "toward": [], "provision": None, "note": None, "raw": None,
        }
        for at, (kind, date, effective, who) in enumerate(likeness.acts)
    ]  # fmt: skip
    parties = [{"code": _code(place), "role": None} for place in range(likeness.parties)]
    record = {"binding_status": likeness.binding_status, "parties": parties, "events": events, "terms": {}}
    return cast("Agreement", record)


def _signs(likeness: Likeness) -> list[str | None]:
    """Return the signs of such a record, in the order of what each has of its own."""
    dates = [window for act in likeness.acts for window in act[1:3]]
    days = max((last for window in dates if window for last in window), default=-1) + 1
    ids = [f"#{at}" for at in range(len(likeness.acts))]
    return [*ids, *map(_date, dates), *map(_code, range(likeness.parties)), *map(_day, range(days))]


class _Life:
    """The spans of a likeness: of each cell, where it stands among the values of a record."""

    def __init__(self, likeness: Likeness) -> None:
        rows = [span.row() for span in lifecycle.of_record(_signed(likeness))]
        signs = _signs(likeness)
        place = {sign: at for at, sign in enumerate(signs)}

        def form(cell: Json) -> Json:
            return SIGN.sub(lambda sign: f"{{{place[sign[0]]}}}", cell) if isinstance(cell, str) else cell

        cells = dict.fromkeys([(type(cell), cell) for row in rows for cell in row if cell not in place])
        fixed = [key for key in cells if form(key[1]) == key[1]]
        composed = [key for key in cells if form(key[1]) != key[1]]
        self._fixed = [cell for _, cell in fixed]
        self._forms = [form(cell) for _, cell in composed]
        """What is written of several values, as ``A/B`` of two days."""
        of_cell = {key: at for at, key in enumerate([*((type(sign), sign) for sign in signs), *fixed, *composed])}
        self._rows = [itemgetter(*[of_cell[type(cell), cell] for cell in row]) for row in rows]

    def of(self, own: Own) -> list[Cells]:
        """Return the rows of one record."""
        values = [*own.ids, *own.dates, *own.codes, *own.days, *self._fixed]
        values += [form.format(*values) for form in self._forms]
        return [row(values) for row in self._rows]
