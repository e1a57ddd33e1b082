"""Records that are alike: the same acts in the same order, on other days, by other parties, have the same life.

The rules compare days, whichever they are. Only where they count from one (a period, a notice, the end of a party) does
it matter which it is; such records share nothing. Of the others one life is derived, with signs in place of days,
parties and ids, and told of each with its own: an import meets the same few kinds of records again and again. All that
is counted here is the day after a term, which has a sign of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from tracker.dates.edtf import bounds, parse
from tracker.dates.periods import add_days
from tracker.law.consents import ordinal
from tracker.law.life import lifecycle
from tracker.law.life.instrument import BINDING
from tracker.law.life.lifecycle import NOTHING, Around
from tracker.law.life.steps import ANY_DAY, ENDLESS
from tracker.law.parties import unnamed
from tracker.record import kinds
from tracker.record.kinds import effective
from tracker.record.types import Json, Record

if TYPE_CHECKING:  # making these classes costs a read two milliseconds
    from tracker.record.typed import Agreement, Event

Cells = tuple[Json, ...]
"""A span as a row: its values in the order of ``SPAN_COLUMNS``."""

MOST_EVENTS = 8
"""Records of more events are rarely alike."""
REMEMBERED = 4096
"""Lives that are kept in mind, about five kilobytes each."""
MET = 65_536
"""Likenesses that are known again by a number when they are met once more; most are met once or very often."""
COUNTED_FROM = frozenset(kinds.which(lambda kind: kind.stage == kinds.NOTICE or kind.succeeds))
"""Kinds of events from whose day the rules count, or that ask when a party came into being."""
READ = frozenset(("id", "kind", "date", "effective_date", "parties"))
"""What is read of an event here."""
IDLE = frozenset(("kind_raw", "note", "raw", "places", "verified", "origin", "sources"))
"""What of an event moves nothing, but for a note that gives an act its number; of all else there may be nothing."""
SIMPLE = frozenset(("condition", "number"))
"""What a condition of entry into force may hold where nothing is counted from its day."""
FEW_YEARS = re.compile(r"P\d{1,2}[MY]")
"""A length of a term that leads out of the years of the register from none before ``LATE``."""
LATE = "2100"

Window = tuple[int, int, str]
"""The first and last day of a date, each by its place among all days of the record, and how it is written."""


class Likeness(NamedTuple):
    """What records that are alike have in common."""

    binding_status: str
    parties: int
    """How many there are."""
    acts: tuple[tuple[str, Window | None, Window | None, tuple[int, ...]], ...]
    """Of each event its kind, its date, its effective date, and its parties by their places in the list."""
    clause: tuple[str, int | None] | None
    """The condition of entry into force, with a number."""
    term: Window | None
    """The last day of a term that ends."""
    wholes: tuple[Window | None, ...]
    """The ends of what it is part of."""


class Own(NamedTuple):
    """What each record has of its own: ids of its events, all dates, codes of its parties, sorted days."""

    ids: Sequence[str]
    dates: Sequence[str | None]
    """Date and effective date of each event in turn, the end of the term, those of what it is part of."""
    codes: Sequence[str]
    days: Sequence[str]
    following: Sequence[str]
    """The days after the first and the last day on which the term may end."""


def span_rows(record: Agreement, around: Around = NOTHING) -> list[Cells]:
    """Return the spans that ``lifecycle.of_record`` tells, as rows."""
    events = _moving(record["events"])
    taken = _taken_apart(record, events, around) if _has_likes(record, events, around) else None
    life = None if taken is None else _life(taken[0])
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
        and not unnamed(record.get("open_questions"))
        and not (around.successors or around.left or around.joined is not None or around.awaited)
        and _is_uncounted(record)
        and not any(party.get("role") for party in record["parties"])
        and all(map(_is_plain, events))
    )


def _is_uncounted(record: Agreement) -> bool:
    """Tell whether no term and no period of the record makes the rules count: one that ends does so on a stated day."""
    clause, duration = record["terms"]["entry_into_force"], record["terms"]["duration"]
    if clause and any(value and key not in SIMPLE for key, value in clause.items() if key != "sources"):
        return False
    if not duration or duration["kind"] in ENDLESS:
        return True
    if not duration["until"] or any(event["kind"] in kinds.PROLONGATIONS for event in record["events"]):
        return False
    return not duration["period"] or FEW_YEARS.fullmatch(duration["period"]) is not None


def _are_of_all_time(codes: Sequence[str], days: Sequence[str], around: Around) -> bool:
    """Tell whether no party ceased to exist, or may have come to be only after what is recorded began."""
    lives = [around.existence[code] for code in codes if code in around.existence]
    first = days[0][:4] if days else ""
    return all(not lived.over and (not lived.begun or lived.begun[:4] < first) for lived in lives)


def _taken_apart(record: Agreement, events: Sequence[Event], around: Around) -> tuple[Likeness, Own] | None:
    """Return what a record shares with all that are alike, and what it has of its own; None for odd dates."""
    duration = record["terms"]["duration"]
    until = duration["until"] if duration and duration["kind"] not in ENDLESS else None
    dates = [date for event in events for date in (event["date"], event["effective_date"])]
    dates += [until, *[end.edtf for end in around.wholes]]
    codes = list(dict.fromkeys([party["code"] for party in record["parties"]]))
    place = {code: at for at, code in enumerate(codes)}
    windows = _windows(dates)
    if windows is None or not all(place.keys() >= set(event["parties"]) for event in events):
        return None
    days = sorted({day for window in windows.values() for day in window[:2]})
    if not _are_of_all_time(codes, days, around):
        return None
    following = [] if until is None else [add_days(day, 1) for day in windows[until][:2]]
    if following and (days[-1] >= LATE or not set(following).isdisjoint(days)):
        return None
    turn = {day: at for at, day in enumerate(days)}
    turns: dict[str | None, Window | None] = {None: None}
    turns.update((text, (turn[first], turn[last], form)) for text, (first, last, form) in windows.items())
    acts = [
        (
            event["kind"],
            turns[event["date"]],
            turns[event["effective_date"]],
            tuple([place[who] for who in event["parties"]]),
        )
        for event in events
    ]
    clause = record["terms"]["entry_into_force"]
    likeness = Likeness(
        _binding(record["binding_status"], events),
        len(codes),
        tuple(acts),
        (clause["condition"], clause["number"]) if clause else None,
        turns[until],
        tuple([turns[end.edtf] for end in around.wholes]),
    )
    return likeness, Own([event["id"] for event in events], dates, codes, days, following)


def _binding(status: str, events: Sequence[Event]) -> str:
    """Return a binding status for all that have the same words for force and end: acts of arrangements tell them apart.

    What does not bind has words of its own, whatever its acts.
    """
    if status == "non_binding":
        return status
    if status in BINDING or not any(kinds.row(event["kind"]).of_arrangement for event in events):
        return BINDING[0]
    return "undetermined"


def _is_plain(event: Event) -> bool:
    """Tell whether only the order of its days decides what an event does."""
    if event["kind"] in COUNTED_FROM or not event["id"]:
        return False
    for key, value in event.items():
        if value and key not in READ and (key not in IDLE or (key in ("note", "raw") and ordinal(event))):
            return False
    return True


def _windows(dates: Sequence[str | None]) -> dict[str, tuple[str, str, str]] | None:
    """Return the days of each date and how it is written; None where one is open, or two differ in writing alone."""
    found: dict[str, tuple[str, str, str]] = {}
    for text in dates:
        if text is None or text in found:
            continue
        first, last, doubt = bounds(text)
        if first is None or last is None or last >= ANY_DAY:
            return None
        mark = "?" if doubt else ""
        if first == last:
            if text != first + mark:
                return None
            form = DAY + mark
        else:
            form = (STRETCH if text == f"{first}/{last}{mark}" else OTHER) + mark
        found[text] = first, last, form
    return found if len(set(found.values())) == len(found) else None


DAY, STRETCH, OTHER = "A", "A/B", "[A,B]"
"""How a date is written: as rules write a day, or a day between two, or in a way of its own; ``?`` = in doubt."""


SIGN = re.compile(r"\[[^]]+\]|\d{4}-06-1[56]|[#@]\d+")
"""What stands for a date of several days, for a day or the one after, for the id of an event, for a code of a party."""


def _day(place: int) -> str:
    return f"{1501 + place}-06-15"


def _following(place: int) -> str:
    return f"{1501 + place}-06-16"


def _code(place: int) -> str:
    return f"@{place}"


def _date(window: Window | None) -> str | None:
    """Return a date of these days; what is written in a way of its own becomes what the rules write nowhere."""
    if window is None:
        return None
    (first, last), form = map(_day, window[:2]), window[2]
    mark = form[-1] if form[-1] == "?" else ""
    if form.startswith(OTHER):
        return f"[{first}{mark},{last}{mark}]"
    return f"{first}{mark}" if first == last else f"{first}/{last}{mark}"


def _signed(likeness: Likeness) -> Agreement:
    """Return a record with signs for what each has of its own."""
    events = [
        {
            "id": f"#{at}", "kind": kind, "date": _date(date), "effective_date": _date(effective),
            "parties": list(map(_code, who)), "toward": [], "provision": None, "note": None, "raw": None,
        }
        for at, (kind, date, effective, who) in enumerate(likeness.acts)
    ]  # fmt: skip
    terms: Record = {}
    if likeness.clause is not None:
        terms["entry_into_force"] = dict(zip(("condition", "number"), likeness.clause, strict=True))
    if likeness.term is not None:
        terms["duration"] = {"kind": "fixed_term", "until": _date(likeness.term)}
    parties = [{"code": _code(place), "role": None} for place in range(likeness.parties)]
    record = {"binding_status": likeness.binding_status, "parties": parties, "events": events, "terms": terms}
    return cast("Agreement", record)


def _signs(likeness: Likeness) -> list[str | None]:
    """Return the signs of such a record, in the order of what each has of its own."""
    dates = [*[window for act in likeness.acts for window in act[1:3]], likeness.term, *likeness.wholes]
    days = max((window[1] for window in dates if window), default=-1) + 1
    ids = [f"#{at}" for at in range(len(likeness.acts))]
    following = map(_following, likeness.term[:2]) if likeness.term else ()
    return [*ids, *map(_date, dates), *map(_code, range(likeness.parties)), *map(_day, range(days)), *following]


class _Life:
    """The spans of a likeness: of each cell, where it stands among the values of a record."""

    def __init__(self, likeness: Likeness) -> None:
        around = Around(wholes=[parse(sign) for end in likeness.wholes if (sign := _date(end))])
        rows = [span.row() for span in lifecycle.of_record(_signed(likeness), around=around)]
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
        values = [*own.ids, *own.dates, *own.codes, *own.days, *own.following, *self._fixed]
        values += [form.format(*values) for form in self._forms]
        return [row(values) for row in self._rows]


_met: set[int] = set()
_lives = lru_cache(maxsize=REMEMBERED)(_Life)


def _life(likeness: Likeness) -> _Life | None:
    """Return the life of all that are alike; None at the first meeting."""
    number = hash(likeness)
    if number in _met:
        return _lives(likeness)
    if len(_met) >= MET:
        _met.clear()
    _met.add(number)
    return None


def forget() -> None:
    """Forget all lives: what is met next is met for the first time."""
    _met.clear()
    _lives.cache_clear()
